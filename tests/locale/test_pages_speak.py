"""No word on a page, in a report or in a download is outside the catalogue; and every one says *usted*.

The projects of these tests are made of figures alone, and their catalogue writes every text in fullwidth letters: a
letter that is left in ASCII was written past it.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from gettext import NullTranslations
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from pypdf import PdfReader

from generator.locale import Words
from generator.metrics.appointments import appointments
from generator.metrics.likeness import Article
from generator.outputs.ics import calendar_ics
from generator.outputs.pdf import report_pdf
from generator.pages.reports import reports
from generator.pages.table import task_table
from generator.portals.rendering import PortalContext, _pages, _views
from generator.problems import N_, Problem
from generator.projects.calendar import ServiceCalendar
from generator.projects.model import Cut, Document, Person, Phase, Policy, Project, Request, ServiceTimes
from generator.tickets.kinds import Kind

from ..page_tree import Element, read_page

ROOT = Path(__file__).parents[2]
ZONE = ZoneInfo("America/Caracas")
TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=ZONE)
CYRILLIC = "Сверка остатков склада"
"""A title that an article shares, in letters that no text of the interface has."""
CONTEXT = PortalContext(
    templates_dir=ROOT / "site_templates",
    company="0",
    ticket_portal="https://0.example/{ticket}",
    policy=(),
    articles=(Article(address="1/", title=CYRILLIC),),
)
NAMES = ("WhatsApp", "Google Calendar", "SHA-256", "TXT")
"""Names of other people's things, and of a kind of file: the same in every language."""
STATES = ("pendiente de firma", "por aprobar", "aprobado", "rechazado")
"""States of documents as the executive writes them: data, but with a meaning."""
SPEAKING = ("aria-label", "title", "alt", "placeholder", "label", "value")
SPOKEN_BY_SCRIPT = ("data-text", "data-told", "data-old", "data-open", "data-closed")
SILENT = {"kind", "block", "tone", "state", "address", "cut_iso", "iso", "language", "id"}
"""Fields of a report's view that are no text."""
_PLACE = re.compile(r"(%\(\w+\)s|\{\w+\})")
_LATIN = re.compile(r"[A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]+")


def fullwidth(text: str) -> str:
    """Return *text* in fullwidth letters, the places to fill as they are."""
    return "".join(part if _PLACE.fullmatch(part) else _each(part, _wide) for part in _PLACE.split(text))


def dotted(text: str) -> str:
    """Return *text* with a dot for each letter, which every font of the reports has."""
    return "".join(part if _PLACE.fullmatch(part) else _each(part, lambda _: ".") for part in _PLACE.split(text))


def _each(text: str, change: Callable[[str], str]) -> str:
    return "".join(change(char) if char.isalpha() else char for char in unicodedata.normalize("NFKD", text))


def _wide(char: str) -> str:
    return chr(ord(char) - 0x21 + 0xFF01) if char.isascii() else "·"


class Marked(NullTranslations):
    """A catalogue that changes every letter of its texts, and remembers which ones were asked for."""

    def __init__(self, change: Callable[[str], str]) -> None:
        super().__init__()
        self.change = change
        self.asked: set[str] = set()

    def gettext(self, message: str) -> str:
        """Return *message* marked."""
        self.asked.add(message)
        return self.change(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the form for *n* marked."""
        self.asked.add(msgid1)
        return self.change(msgid1 if n == 1 else msgid2)


@dataclass(frozen=True)
class MarkedWords(Words):
    """Words whose dates and numbers are marked as well: they are CLDR's."""

    def __getattribute__(self, name: str) -> object:
        """Return a method of `Words` that marks what it says."""
        found = super().__getattribute__(name)
        if name not in DATES:
            return found
        return lambda *said, **more: self.catalogue.change(found(*said, **more))


DATES = ("day", "month", "full_day", "range", "short_day", "city", "percent", "number", "size", "clock")


def marked(change: Callable[[str], str] = fullwidth) -> MarkedWords:
    return MarkedWords("es", Marked(change))


def test_the_marks_are_seen() -> None:
    words = marked()
    assert words.text("Corte N.º {number}").format(number=3) == "Ｃｏｒｔｅ Ｎ.ｏ 3"
    assert words.plural("{count} día", "{count} días", 2).format(count=2) == "2 ｄｉ\u0301ａｓ"
    assert leaked(f"{words.text('en curso')} · {words.day(TODAY)} · doing") == ["doing"]


def leaked(text: str) -> list[str]:
    """Return the words of *text* that no catalogue wrote."""
    for name in (*NAMES, *STATES):
        text = text.replace(name, "")
    return _LATIN.findall(_PLACE.sub("", text))


# Projects made of figures


def moment(days: float) -> datetime:
    return NOON + timedelta(days=days)


def said(number: int, status: str, **more: object) -> dict[str, object]:
    usual = {
        "ticket": str(number),
        "title": f"{number}",
        "status": status,
        "kind": str(number % 3),
        "component": "5 > 6",
        "priority": "7",
        "created": moment(-90 + number),
        "updated": moment(-8 + number / 100),
        "answered": moment(-89 + number),
    }
    over = {"closed": moment(-5)} if status in ("done", "cancelled") else {}
    return usual | over | more


def tickets() -> list[dict[str, object]]:
    """Return tickets of every kind that a page tells apart."""
    return [
        said(1, "todo", due=moment(5), answered=None),
        said(2, "todo", due=moment(-3), answered=None, estimate_hours=2.5),
        said(3, "doing", agreed=moment(2), started=moment(-40), title=CYRILLIC),
        said(4, "doing", agreed=moment(3), labels="por confirmar"),
        said(5, "waiting", waiting_on="client", agreed=moment(400), question="8"),
        said(6, "waiting", waiting_on="client"),
        said(7, "waiting", waiting_on="client"),
        said(8, "waiting", waiting_on="third-party", agreed=moment(-2)),
        said(9, "waiting", waiting_on="adaptapro"),
        said(10, "waiting"),
        said(11, "doing", tracker_status="99"),
        said(12, "done", agreed=moment(-6), answer="9", question=CYRILLIC, public=True, spent_hours=3.0),
        said(13, "done", agreed=moment(4)),
        said(14, "done", closed=None, estimate_hours=8.0),
        said(15, "cancelled", agreed=moment(6)),
        said(16, "cancelled", closed=moment(-400)),
        said(17, "todo", title="", created=None, updated=None, answered=None),
        said(19, "todo", agreed=datetime(2026, 12, 1, tzinfo=ZONE), created=moment(-0.1), assignee_group="8"),
        said(61, "doing", assignee_group="9", component="3, 4", estimate_hours=3.0, spent_hours=1.0),
        said(62, "todo"),
        said(63, "done", created=datetime(2026, 11, 18, tzinfo=ZONE), answered=None),
        said(64, "doing", created=datetime(2026, 11, 20, tzinfo=ZONE), answered=None),
        said(18, "doing", created=moment(-700), answered=datetime(2026, 1, 2, tzinfo=ZONE)),
        *(said(number, "done", closed=moment(-number), spent_hours=0.5) for number in range(20, 60)),
    ]


def before() -> list[dict[str, object]]:
    """Return the same tickets a week earlier: some there were not, some stood otherwise."""
    earlier = [ticket for ticket in tickets() if ticket["ticket"] not in ("1", "22")]
    changes = {
        "3": {"status": "todo", "agreed": moment(1)},
        "4": {"agreed": moment(1)},
        "12": {"status": "doing", "closed": None},
        "9": {"status": "done", "closed": moment(-20), "waiting_on": ""},
        "15": {"status": "todo", "closed": None},
        "62": {"agreed": moment(8)},
    }
    gone = said(70, "todo", agreed=moment(9))
    return [*(ticket | changes.get(str(ticket["ticket"]), {}) for ticket in earlier), gone]


def document(number: int, kind: str, state: str = "", **more: object) -> Document:
    usual = {"title": str(number), "day": TODAY - timedelta(days=30), "version": "1", "ticket": "3"}
    return Document(**{"id": str(number), "project": "acme", "kind": kind, "state": state} | usual | more)


DOCUMENTS = (
    document(1, "acta", "pendiente de firma"),
    document(2, "presupuesto", "por aprobar", valid_until=TODAY + timedelta(days=12)),
    document(3, "presupuesto", valid_until=TODAY - timedelta(days=1)),
    document(4, "presupuesto", valid_until=TODAY),
    document(5, "contrato", "aprobado", valid_until=TODAY + timedelta(days=900)),
    document(6, "minuta", "rechazado", ticket=""),
    document(7, "carta", title=""),
    document(
        8, "plantilla", file="1.md", size=2_345_678, sha256="0" * 64, content=b"1", text="# 1\n\n2", redacted=True
    ),
    document(11, "minuta", file="2.md", size=2_345, sha256="1" * 64, content=b"2", text="# 1\n\n2", redacted=True),
    document(9, "otro", title="9", version="1"),
    document(10, "otro", title="9", version="2"),
)
REQUESTS = (
    Request(id="1", project="acme", what="1", purpose="2", asked=TODAY - timedelta(days=20), template="8", ticket="5"),
    Request(id="2", project="acme", what="2", asked=TODAY, received=TODAY),
    Request(id="3", project="acme", what="3", asked=TODAY, received=TODAY, validated=TODAY),
    Request(
        id="4",
        project="acme",
        asked=TODAY,
        received=TODAY,
        observations=(
            Problem(
                message=N_("No es un número."),
                hint=N_("Escriba solo el número, sin unidad ni texto."),
                row=3,
                column="4",
            ),
            Problem(message=N_("No es un número.")),
        ),
    ),
    Request(id="5", project="acme", what="5", asked=TODAY),
)
EXECUTIVE = Person(id="1", name="1", role="2", group="AdaptaPro", phone="+58 212 5550123", email="1@2.3")
PEOPLE = (
    EXECUTIVE,
    Person(id="2", name="2", role="3", company="4", group="cliente interno"),
    Person(id="3", name="3", role="Programador", group="AdaptaPro", until=TODAY - timedelta(days=9)),
)
USUAL: Mapping[str, object] = {
    "client": "1",
    "name": "2",
    "start": date(2026, 2, 2),
    "planned_end": date(2026, 12, 18),
    "go_live": TODAY + timedelta(days=30),
    "technical_end": TODAY - timedelta(days=9),
    "executive": EXECUTIVE,
    "people": PEOPLE,
    "documents": DOCUMENTS,
    "requests": REQUESTS,
    "policy": Policy(hours=180, since=date(2026, 2, 1), until=date(2027, 1, 31)),
    "service_times": ServiceTimes(first_answer={"7": 4.0}, resolution={"7": 100.0}),
    "kinds": {"0": Kind.SUPPORT, "1": Kind.IMPROVEMENT},
    "calendar": ServiceCalendar({date(2026, 12, 25): "1"}),
    "meanings": {"3": "4"},
    "unclassified": frozenset({"99"}),
}
"""What is said of a project."""
PLAIN: Mapping[str, object] = dict.fromkeys(("executive", "start", "planned_end", "go_live", "technical_end")) | {
    "people": (),
    "documents": (),
    "requests": (),
    "policy": Policy(),
    "service_times": ServiceTimes(),
    "kinds": {},
}
"""What is said of one of which nothing is known."""


@pytest.fixture(scope="session")
def projects(make_project, make_tickets) -> dict[str, Project]:
    """Projects that show, together, every state of every page."""

    def project(*given: dict[str, object], **more: object) -> Project:
        return make_project(*given, **{**USUAL, **more})

    made = {phase.value: project(*tickets(), before=before(), phase=phase) for phase in Phase}
    nothing = Cut(number=1, day=None, instant=None, tickets=make_tickets(zone=ZONE.key))
    service = {"phase": Phase.ESERVICE}
    return made | {
        "no ticket": project(**PLAIN),
        "no export": project(cuts=(nothing,), **PLAIN),
        "all over": project(said(1, "done"), said(2, "cancelled"), before=[said(1, "done"), said(2, "cancelled")]),
        "all cancelled": project(said(1, "cancelled"), phase=Phase.BUSINESS_CASE),
        "many": project(*(said(number, "done", closed=moment(-number / 9)) for number in range(1, 650)), **service),
        "in service, no ticket": project(**{**PLAIN, **service}),
        "hours used up": project(said(1, "done", spent_hours=99.0), policy=Policy(hours=50), **service),
        "no hours": project(said(1, "doing"), policy=Policy(hours=5, until=TODAY - timedelta(days=1)), **service),
        "hours reserved": project(
            *(said(number, "todo", estimate_hours=9.0, answered=None) for number in range(1, 50)),
            said(99, "done", spent_hours=3.0, answered=None),
            policy=Policy(hours=20, since=TODAY - timedelta(days=400)),
            people=(replace(EXECUTIVE, role=""), *PEOPLE[1:]),
            executive=replace(EXECUTIVE, role=""),
            go_live=TODAY - timedelta(days=60),
            technical_end=None,
            **service,
        ),
        "hours run out": project(
            *(said(number, "done", closed=moment(-number * 3), spent_hours=2.0) for number in range(1, 100)),
            said(200, "doing", kind="2", spent_hours=400.0, updated=moment(-600)),
            policy=Policy(hours=240, since=TODAY - timedelta(days=320)),
            **service,
        ),
        "an early implementation": project(said(1, "done"), *(said(n, "todo", due=moment(n)) for n in range(2, 60))),
        "policy ends today": project(*tickets(), policy=Policy(hours=500, until=TODAY), **service),
    }


SCENES = [
    *(phase.value for phase in Phase),
    *("no ticket", "no export", "all over", "all cancelled", "many", "in service, no ticket"),
    *("hours used up", "no hours", "hours reserved", "hours run out", "policy ends today", "an early implementation"),
]
EACH = pytest.mark.parametrize("scene", SCENES)


def spoken(page: Element) -> Iterator[str]:
    """Yield all that a page says: to the eye, to the ear, by its script, and in the letters that it begins."""
    yield page.text
    for element in page.each():
        for name, value in element.attributes.items():
            if value and name in (*SPEAKING, *SPOKEN_BY_SCRIPT) and not (element.tag == "option" and name == "value"):
                yield value
            if value and name == "href" and "?" in value:
                yield " ".join(
                    text
                    for key, texts in parse_qs(urlsplit(value).query).items()
                    if key in ("text", "subject", "body", "details")
                    for text in texts
                )


@EACH
def test_every_word_of_a_page_is_in_the_catalogue(scene: str, projects: Mapping[str, Project]) -> None:
    words, project = marked(), projects[scene]
    for page in _pages(_views(project, CONTEXT, words), project, CONTEXT, words):
        found = [word for text in spoken(read_page(page.body)) for word in leaked(text)]
        assert not found + leaked(page.title), page.path


def texts_of(view: object) -> Iterator[str]:
    """Yield the texts of a report's view."""
    if isinstance(view, str):
        yield view
    elif isinstance(view, tuple):
        for part in view:
            yield from texts_of(part)
    elif is_dataclass(view):
        for field in fields(view):
            if field.name not in SILENT:
                yield from texts_of(getattr(view, field.name))


@EACH
def test_every_word_of_a_report_is_in_the_catalogue(scene: str, projects: Mapping[str, Project]) -> None:
    words, project = marked(), projects[scene]
    views = {tab: view for tab, (_, view) in _views(project, CONTEXT, words).items()}
    for name, report in reports(project, views, words, company="0", site=""):
        assert not [word for text in texts_of(report) for word in leaked(text)], name


def test_the_template_of_the_reports_adds_no_word(projects: Mapping[str, Project]) -> None:
    words, project = marked(dotted), projects[Phase.ESERVICE.value]
    views = {tab: view for tab, (_, view) in _views(project, CONTEXT, words).items()}
    for name, report in reports(project, views, words, company="0", site="https://0.example/"):
        if name in ("avance", "acta"):
            paper = PdfReader(io.BytesIO(report_pdf(report, CONTEXT.templates_dir)))
            text = "\n".join(page.extract_text() for page in paper.pages)
            assert not leaked(text.replace(report.address, "")), name


@EACH
def test_every_word_of_a_download_is_in_the_catalogue(scene: str, projects: Mapping[str, Project]) -> None:
    words, project = marked(), projects[scene]
    table = task_table(project, words, company="0")
    cells = (cell for row in table.rows for cell in row if isinstance(cell, str))
    headings = (column.heading for column in table.columns)
    assert not [word for text in (table.title, table.note, *headings, *cells) for word in leaked(text)]
    calendar = Calendar.from_ical(calendar_ics(appointments(project), project, words))
    events = calendar.walk("VEVENT")
    said = [calendar["name"], *(str(event[name]) for event in events for name in ("summary", "description"))]
    assert not [word for text in said for word in leaked(text)]


def test_every_word_of_a_template_is_in_the_catalogue() -> None:
    """Where no project of these tests leads as well."""
    for path in sorted((CONTEXT.templates_dir / "portal").rglob("*.html")):
        html = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not [word for text in spoken(read_page(html)) for word in leaked(text)], path.name


# Usted


INFORMAL = re.compile(
    r"\b(?:tú|tu|tus|ti|te|contigo|tuy[oa]s?|vos|os|vosotr[oa]s|vuestr[oa]s?|sos|eres"
    r"|(?:pued|tien|quier|deb|sab|hac|necesit|encuentr|us|busc|recib|escrib|envi)[ae]s|puedas|tengas|quieras|hayas"
    r"|podés|tenés|querés|debés|sabés|hacés|\w+(?:ar|er|ir|dr|br|rr)ás"
    r"|(?!(?:ex|cons|ins|as|pers|res|des|tr|ch)iste|(?:b|g|contr)aste)\w+(?:aste|iste)"
    r"|haz|pon|ten|hacé|poné|tené|vení|decí|mirá|escribí|elegí|abrí|seguí|pedí|subí|corregí|añadí|definí)\b"
    r"|(?:^|[.:;¿¡(]\s+)(?:abre|elige|escribe|revisa|guarda|copia|pulsa|selecciona|indica|corrige|completa|pide|descarga|envía"
    r"|confirma|ingresa|agrega|responde|borra|guardá|revisá|usá|buscá|enviá|confirmá|ingresá|seleccioná|copiá|completá)\b",
    re.IGNORECASE | re.MULTILINE,
)
"""Forms of *tú*, *vos* and *vosotros*; an imperative that is also «it does» counts where a sentence begins with it."""
_NOT_PROSE = re.compile(r"\A---\n.*?\n---\n|^```.*?^```|`[^`]*`|\]\([^)]*\)|https?://\S+", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize(
    "text",
    [
        "Aquí está tu informe",
        "Si no puedes, escribe",
        "Vos elegís la fecha",
        "Podrás verlo mañana",
        "Lo enviaste ayer",
        "Haz una copia",
        "Revisa el filtro con que lo exportó.",
        "No se pudo leer. Descarga el archivo",
        "Escribí el número",
    ],
)
def test_familiar_forms_are_seen(text: str) -> None:
    assert INFORMAL.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "Después de la copia, el sistema guarda y revisa; además escribe los archivos",
        "Escriba su número: ya está en la lista de las tareas",
        "Usted tendrá, si existe, su respuesta a través del ejecutivo, así que tenga la copia",
        "Descargue el archivo; luego indique la fecha. Detrás, los demás países y el interés",
    ],
)
def test_formal_sentences_are_left_alone(text: str) -> None:
    assert not INFORMAL.search(text)


def test_the_interface_says_usted(texts: set[str | tuple[str, ...]]) -> None:
    said = [form for text in texts for form in ((text,) if isinstance(text, str) else text)]
    assert len(said) > 400
    assert not [text for text in said if INFORMAL.search(text)]


@pytest.mark.parametrize(
    "path",
    [ROOT / "README.md", ROOT / "data" / "README.md", *sorted((ROOT / "content").rglob("*.md"))],
    ids=lambda path: path.parent.name + "/" + path.stem,
)
def test_the_documentation_says_usted(path: Path) -> None:
    text = _NOT_PROSE.sub(" ", path.read_text(encoding="utf-8"))
    assert not [found[0] for found in INFORMAL.finditer(text)]

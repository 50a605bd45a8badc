"""Projects at the edges of what there is: nothing, one, thousands; titles without an end, without Latin, without words.

Each has every page, in each phase; each page is right and can be read.
"""

from __future__ import annotations

import gzip
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe

from generator.build import write_portals
from generator.pages.faq import policy_questions
from generator.portals.rendering import Portal, PortalContext, render_pages, render_project
from generator.projects.calendar import ServiceCalendar
from generator.projects.model import Cut, Document, Person, Phase, Policy, Project, Request, ServiceTimes
from generator.tickets.kinds import Kind
from generator.website.documentation import build_documentation, load_site

from .page_tree import Element, read_page

ROOT = Path(__file__).parent.parent
ZONE = ZoneInfo("America/Caracas")
TODAY = date(2026, 11, 23)
CONTEXT = PortalContext(
    templates_dir=ROOT / "site_templates",
    company="AdaptaPro",
    ticket_portal="https://oficina.example/?t={ticket}",
    policy=policy_questions("## ¿Quién atiende?\n\nSu ejecutivo.\n"),
)
WORDS = (
    *("configurar", "revisar", "cargar", "saldos", "iniciales", "factura", "nota", "crédito", "almacén", "traslado"),
    *("nómina", "retención", "libro", "compras", "ventas", "cliente", "proveedor", "catálogo", "lista", "precios"),
    *("conciliación", "bancaria", "cierre", "mes", "usuario", "permiso", "impresora", "fiscal"),
)
ARABIC = "مراجعة أرصدة العملاء (2026) وفاتورة رقم 15"
HEBREW = "טעינת יתרות פתיחה, חשבונית 7"
EMOJI = "🚀👩🏽‍💻🇻🇪 ✅ 1️⃣ 👨‍👩‍👧‍👦"
LONG = ("Configurar la retención de impuestos " * 11)[:400]
ENDLESS = "Anticonstitucionalmente" * 17 + "aaaaaaaaa"
BAD = re.compile(r"\b(None|nan|NaN|NaT|inf|undefined|<NA>)\b|[{}]")
"""What a value that is missing becomes when nobody looks; or a text whose places nobody filled."""
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")
BLOCKS = ("p", "h1", "h2", "h3", "h4", "li", "td", "th", "dd", "label")
Said = list[dict[str, object]]


def many(count: int, *, still_open: float = 0.2) -> Said:
    """Return *count* tickets like those of a real project, the same ones every time."""
    dice = random.Random(count)
    return [_ticket(number, count, still_open, dice) for number in range(1, count + 1)]


def _ticket(number: int, count: int, still_open: float, dice: random.Random) -> dict[str, object]:
    created = datetime(2026, 11, 23, 9, tzinfo=ZONE) - timedelta(
        days=700 * (count - number) / count, minutes=7 * number
    )
    over = dice.random() >= still_open * 2 * number / count
    status = (
        dice.choices(("done", "cancelled"), (19, 1))[0] if over else dice.choice(("todo", "todo", "doing", "waiting"))
    )
    closed = min(created + timedelta(hours=dice.expovariate(1 / 300)), datetime(2026, 11, 23, 12, tzinfo=ZONE))
    ahead = datetime(2026, 11, 23, 9, tzinfo=ZONE) + timedelta(days=dice.randrange(-20, 60))
    return {
        "ticket": str(1000 + number),
        "title": " ".join(dice.sample(WORDS, 6)).capitalize(),
        "kind": dice.choice(("Tarea", "Incidencia", "Mejora")),
        "status": status,
        "waiting_on": dice.choice(("client", "third-party", "")) if status == "waiting" else "",
        "component": dice.choice(("Ventas", "Compras", "Nómina", "Inventario", "Contabilidad")),
        "priority": dice.choice(("Alta", "Normal", "Baja")),
        "created": created,
        "updated": closed,
        "started": created + timedelta(hours=20) if status != "todo" else None,
        "answered": created + timedelta(hours=2),
        "closed": closed if over else None,
        "due": ahead if not over and dice.random() < 0.7 else None,
        "agreed": ahead if not over and dice.random() < 0.1 else None,
        "estimate_hours": dice.choice((None, 1.5, 4.0)),
        "spent_hours": dice.choice((None, 0.5, 2.25)),
    }


def titled(*titles: str) -> Said:
    """Return a ticket with each of *titles* in each state, as everything that people write."""
    said = many(len(titles) * 10, still_open=0.6)
    return [
        ticket
        | {
            "title": titles[place % len(titles)],
            "component": titles[place % len(titles)],
            "assignee_group": titles[-1],
            "priority": titles[0],
            "question": titles[0],
            "answer": titles[0],
            "public": True,
        }
        for place, ticket in enumerate(said)
    ]


EXTREMES: dict[str, Callable[[], Said]] = {
    "no ticket": list,
    "one ticket": lambda: [{"title": "Única"}],
    "long titles": lambda: titled(LONG, ENDLESS),
    "right to left": lambda: titled(ARABIC, HEBREW, f"{HEBREW} ERP {ARABIC}"),
    "emoji": lambda: titled(EMOJI, EMOJI * 12),
    "no dates": lambda: [{"status": word} for word in ("todo", "doing", "waiting", "done", "cancelled") * 30],
    "all cancelled": lambda: [ticket | {"status": "cancelled", "waiting_on": ""} for ticket in many(60, still_open=0)],
}
TABS = (
    "",
    *(
        f"{tab}/"
        for tab in (
            "tablero",
            "agenda",
            "soporte",
            "mejora-continua",
            "preguntas",
            "documentos",
            "involucrados",
            "historial",
        )
    ),
)
LIKE_FULL = ("preguntas/", "documentos/", "involucrados/")
"""Pages that do without tickets, so that those of an empty project are like any other."""
SPEECH = {"long titles": LONG, "right to left": ARABIC, "emoji": EMOJI}
"""What the people of a project write where they write like this."""
LIMITS = {100: 16, 500: 32, 3_000: 96, 5_000: 144}
"""KB of a page's own HTML, compressed, for a project of so many tickets of which two in five are open."""


@pytest.fixture(scope="module")
def extreme(make_project):
    """A function: the name of an extreme, a phase and a language → such a project, with two cuts."""

    def make(name: str, phase: Phase = Phase.ESERVICE, language: str = "es") -> Project:
        said, speech = EXTREMES[name](), SPEECH.get(name, "")
        return project_of(make_project, said, speech, phase=phase, language=language)

    return make


def project_of(make_project, said: Said, speech: str = "", **fields: object) -> Project:
    """Return a project with all that a page can show of one; *speech* is how its people write."""
    executive = Person(
        id="e", name=f"Lucía {speech}", role=speech, group="AdaptaPro", phone="+58 212 5550123", email="l@a.example"
    )
    client = Person(id="c", name=speech or "Ana", role=speech, company=speech, group="cliente interno")
    document = Document(
        id="d",
        project="acme",
        kind="acta",
        title=speech,
        state="pendiente de firma",
        day=TODAY,
        text=speech,
        ticket="1",
    )
    request = Request(id="s", project="acme", what=speech or "Saldos", purpose=speech, asked=TODAY - timedelta(days=30))
    usual = {
        "client": speech or "ACME, C.A.",
        "name": speech or "Ventas",
        "before": said[: -max(3, len(said) // 20)] if len(said) > 1 else None,
        "calendar": ServiceCalendar({date(2026, 12, 25): speech or "Navidad"}),
        "executive": executive,
        "people": (executive, client),
        "documents": (document,) if speech else (),
        "requests": (request,) if said else (),
        "policy": Policy(hours=180, since=date(2026, 2, 1), until=date(2027, 1, 31)),
        "service_times": ServiceTimes(first_answer={"": 4.0}, resolution={"": 20.0}),
        "kinds": {"Incidencia": Kind.SUPPORT, "Mejora": Kind.IMPROVEMENT},
    }
    return make_project(*said, **usual | fields)


def trees(project: Project) -> dict[str, Element]:
    """Return the pages of *project* by their folder."""
    return {page.path.removeprefix("p/acme/"): read_page(page.body) for page in render_pages(project, CONTEXT)}


def spoken(page: Element) -> list[str]:
    """Return all that a reader or a listener gets of a page, and the measures of its drawings."""
    attributes = [
        value
        for element in page.each()
        for name, value in element.attributes.items()
        if value and name not in ("href", "class", "id") and not name.startswith("data-")
    ]
    return [*page.texts(), *attributes]


def assert_filled(pages: dict[str, Element], language: str) -> None:
    """Nothing stands on a page in place of what is missing; in English "None" is a word for "Ninguna"."""
    for tab, page in pages.items():
        found = [text for text in spoken(page) if BAD.search(text) and (language, text.strip()) != ("en", "None")]
        assert not found, f"{tab}: {found[:3]}"


def assert_counts_agree(project: Project, pages: dict[str, Element]) -> None:
    """Each ticket has one row among all tasks, and every page counts the same tickets."""
    states = Counter(ticket.status for ticket in project.each)
    rows = [
        row.attributes["data-ticket"]
        for tab, page in pages.items()
        if tab == "" or tab.startswith("historial/")
        for row in page.all(".task[data-ticket]")
    ]
    assert sorted(rows) == sorted(ticket.ticket for ticket in project.each)
    counted = sum(states.values()) - states["cancelled"]
    share = pages[""].one("[data-progress]").attributes["data-progress"]
    assert share == "" if not counted else abs(int(share) - 100 * states["done"] / counted) < 1
    if "tablero/" in pages:
        columns = pages["tablero/"].all(".board-column .count")
        assert sum(int(column.text) for column in columns) == len(project.each)
    if "soporte/" in pages and "mejora-continua/" in pages:
        kinds = Counter(project.kind_of(ticket) for ticket in project.each)
        support, improved = pages["soporte/"], pages["mejora-continua/"]
        old = sum(
            project.kind_of(ticket) is Kind.SUPPORT for ticket in project.each if ticket.ticket in project.archived
        )
        assert len(support.all(".support-task")) + old == kinds[Kind.SUPPORT]
        assert len(improved.all(".task")) == kinds[Kind.IMPROVEMENT]


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("name", EXTREMES)
def test_each_page_is_right(name: str, phase: Phase, extreme) -> None:
    project = extreme(name, phase)
    pages = trees(project)
    assert_filled(pages, "es")
    assert_counts_agree(project, pages)


@pytest.mark.parametrize("language", ["en", "pt"])
@pytest.mark.parametrize("name", EXTREMES)
def test_each_page_is_right_in_other_languages(name: str, language: str, extreme) -> None:
    assert_filled(trees(extreme(name, language=language)), language)


def test_a_project_without_tickets_says_so(extreme) -> None:
    for name, said in (
        ("no ticket", "Aún no hay tareas registradas."),
        ("all cancelled", "Todas las tareas están anuladas."),
    ):
        figure = trees(extreme(name))[""].one("[data-progress]")
        assert figure.one(".value").text == "sin dato"
        assert figure.one(".counts").text == said


@pytest.mark.parametrize(
    ("count", "limit"),
    [pytest.param(*each, marks=pytest.mark.slow if each[0] == 3_000 else ()) for each in LIMITS.items()],
)
def test_pages_of_many_tickets_are_right_and_within_their_size(count: int, limit: int, make_project) -> None:
    project = project_of(make_project, many(count, still_open=0.4), phase=Phase.ESERVICE)
    pages = render_pages(project, CONTEXT)
    assert max(len(gzip.compress(page.body.encode())) for page in pages) <= 1000 * limit
    found = {page.path.removeprefix("p/acme/"): read_page(page.body) for page in pages}
    assert_filled(found, "es")
    assert_counts_agree(project, found)


@pytest.mark.parametrize("name", ["long titles", "right to left", "emoji"])
def test_files_can_be_made_of_any_text(name: str, extreme) -> None:
    files = {file.path.rpartition("/")[2]: file.content for file in render_project(extreme(name), CONTEXT).files}
    assert all(content.startswith(b"%PDF") for path, content in files.items() if path.endswith(".pdf"))
    assert {"avance.pdf", "tareas.xlsx", "agenda.ics", "proyecto.json"} <= files.keys()


def test_text_from_right_to_left_is_kept_apart(extreme) -> None:
    for tab, page in trees(extreme("right to left")).items():
        assert not [text for text in mixed(page) if RIGHT_TO_LEFT.search(text)], tab


def mixed(element: Element) -> Iterator[str]:
    """Yield the runs of text that stand beside others on one line, without an element that keeps them apart."""
    for child in element.children:
        if isinstance(child, Element):
            if child.tag not in ("bdi", "option", "script"):
                yield from mixed(child)
        elif element.text != " ".join(child.split()) or element.tag not in BLOCKS:
            yield child


def test_a_project_whose_export_has_not_come_yet_has_every_page(make_project, make_tickets) -> None:
    nothing = Cut(number=1, day=None, instant=None, tickets=make_tickets(zone=ZONE.key))
    for phase in Phase:
        project = project_of(make_project, [], cuts=(nothing,), phase=phase)
        pages = trees(project)
        assert_filled(pages, "es")
        assert_counts_agree(project, pages)


@pytest.fixture(scope="module")
def extremes_site(extreme, make_project, make_site, serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a site with an empty project, and one whose people write all that is hard to write."""
    folder = tmp_path_factory.mktemp("extremes")
    documentation = build_documentation(load_site(make_site(folder / "src", {})), folder / "site")
    hard = project_of(
        make_project,
        titled(LONG, ENDLESS, ARABIC, EMOJI),
        f"{ENDLESS[:60]} {HEBREW} {EMOJI} {LONG}",
        phase=Phase.ESERVICE,
    )
    portals = [
        Portal(language="es", pages=render_pages(replace(project, id=name), CONTEXT), files=())
        for name, project in (("empty", extreme("no ticket")), ("hard", hard))
    ]
    write_portals(portals, documentation.layouts, folder / "site")
    return serve(folder / "site")


@pytest.mark.parametrize(
    ("name", "tab"),
    [
        *(("hard", tab) for tab in TABS),
        *(pytest.param("empty", tab, marks=pytest.mark.slow if tab in LIKE_FULL else ()) for tab in TABS),
    ],
)
def test_page_fits_a_phone_and_passes_axe(name: str, tab: str, extremes_site: str, open_page) -> None:
    page = open_page(f"{extremes_site}/p/{name}/{tab}", width=390, reduced_motion="reduce")
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()

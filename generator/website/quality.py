"""What a writer should mend in content/: each check takes pages and returns problems; `check_content` is all of them.

Links and anchors are not here: MkDocs reports them while it builds.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Any

from ..pages.articles import find_tickets, projects_of_tickets
from ..problems import N_, Problem, Severity
from ..text import first_part, fold
from ..tickets.table import State
from .announcements import is_announcement
from .clips import clips_of
from .spelling import misspelt

if TYPE_CHECKING:
    from ..projects.model import Project
    from ..tickets.table import Ticket
    from .clips import Clip, ClipFile
    from .contents import ContentPage

_ARTICLES = "manual/"
_SHOWN = 12
"""Misspelt words named in one problem."""
LONGEST_WAIT = 10
"""Working days after which somebody who asked for content should have it."""
CONTENT_WORDS = frozenset(
    fold(word)
    for word in (
        *("Contenido", "Documentación", "Solicitud de contenido", "Artículo", "Manual", "Base de conocimiento"),
        *("Content", "Documentation", "Knowledge base", "Article"),
        *("Conteúdo", "Documentação", "Base de conhecimento", "Artigo"),
    )
)
"""What trackers call a ticket that asks for an article: its type, its widest category or one of its labels."""

_FENCE = re.compile(r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)[ \t]*$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]+`")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_PICTURE = re.compile(r"!\[(?P<text>[^\]]*)\]\(\s*<?(?P<file>[^)\s>]+)")
_TAG = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ALT = re.compile(r"""\balt\s*=\s*(?:"\s*[^"\s]|'\s*[^'\s]|[^"'\s>])""", re.IGNORECASE)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(\s*<?(?P<file>[^)#\s>]+\.md)(?:#[^)\s>]*)?")
_REFERENCE = re.compile(r"^\[[^\]]+\]:\s*<?(?P<file>[^#\s>]+\.md)", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Content:
    """What there is to check: the pages, the paths that the navigation names (None: all), and the day of the cut."""

    pages: Sequence[ContentPage]
    in_navigation: Collection[str] | None = None
    day: date | None = None
    own_words: Collection[str] = ()
    files: Mapping[str, ClipFile] = field(default_factory=dict)
    """The pictures and videos that pages show, by their path below content/."""
    largest: int | None = None
    """Kilobytes that one of them may weigh; None: any."""


def check_content(content: Content, projects: Sequence[Project]) -> tuple[Problem, ...]:
    """Return every problem of the pages, and of the tickets that asked for one; without *projects* of pages alone."""
    pages = [page for page in content.pages if not page.is_draft]
    return (
        *pictures_without_text(pages),
        *clips_to_mend(pages, content.files, content.largest),
        *orphan_pages(pages, content.in_navigation),
        *old_reviews(pages, content.day),
        *(unknown_tickets(content.pages, projects) if projects else ()),
        *tickets_without_article(pages, projects),
        *overdue_requests(projects),
        *misspelt_pages(pages, content.own_words),
    )


def pages_of_navigation(nav: Any) -> frozenset[str] | None:
    """Return the files that `nav:` of mkdocs.yml names; None where it is not written, and every page is in it."""
    return None if nav is None else frozenset(_files(nav))


def _files(nav: Any) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, Mapping):
        for part in nav.values():
            yield from _files(part)
    elif isinstance(nav, Iterable):
        for part in nav:
            yield from _files(part)


def pictures_without_text(pages: Iterable[ContentPage]) -> Iterator[Problem]:
    """Yield a problem for each picture that says nothing to who cannot see it."""
    for page in pages:
        text = without_code(page.body)
        silent = [found["file"] for found in _PICTURE.finditer(text) if not found["text"].strip()]
        silent += [tag[0] for tag in _TAG.finditer(text) if not _ALT.search(tag[0])]
        for picture in silent:
            yield Problem(
                message=N_("La imagen {picture} no tiene texto alternativo."),
                hint=N_("Describa entre los corchetes lo que muestra: ![Descripción](archivo)."),
                file=f"content/{page.path}",
                values={"picture": picture},
            )


def clips_to_mend(
    pages: Iterable[ContentPage], files: Mapping[str, ClipFile], largest: int | None = None
) -> Iterator[Problem]:
    """Yield a problem for each picture or video that is heavier than *largest* (KB), and for what a clip lacks.

    A clip is what moves: it needs a poster, and a video also captions or a transcript. *files* are those that pages
    show, by their path below content/.
    """
    for page in pages:
        for clip in clips_of(without_code(page.body), page.path):
            file = files.get(clip.file)
            size = file.size // 1000 if file else 0
            if largest is not None and size > largest:
                yield Problem(
                    message=N_("{picture} pesa {size} KB: en un teléfono tarda en llegar."),
                    hint=N_("Redúzcalo a {largest} KB o menos, o córtelo en partes."),
                    file=f"content/{page.path}",
                    values={"picture": clip.file, "size": size, "largest": largest},
                )
            if clip.is_video or (file and file.moves):
                yield from (_lacking(page, clip, name) for name in _lacks(clip, files))


def _lacks(clip: Clip, files: Mapping[str, ClipFile]) -> Iterator[str]:
    if clip.poster not in files:
        yield "poster"
    if clip.is_video and not clip.transcript and clip.captions not in files:
        yield "captions"


def _lacking(page: ContentPage, clip: Clip, name: str) -> Problem:
    messages = {
        "poster": N_("{picture} se mueve y no tiene una imagen que mostrar mientras tanto, o esa imagen no existe."),
        "captions": N_("El video {picture} no tiene subtítulos ni transcripción, o ese archivo no existe."),
    }
    hints = {
        "poster": N_("Dígala después de la dirección: {{ poster=imagen.png }}."),
        "captions": N_(
            "Dígalos después de la dirección: {{ captions=archivo.vtt }}; si no tiene sonido y la página cuenta los "
            "pasos, {{ transcript=#pasos }}."
        ),
    }
    return Problem(message=messages[name], hint=hints[name], file=f"content/{page.path}", values={"picture": clip.file})


def orphan_pages(pages: Sequence[ContentPage], in_navigation: Collection[str] | None) -> Iterator[Problem]:
    """Yield a problem for each page that no reader can reach: in no navigation, and linked from no other page."""
    if in_navigation is None:
        return
    linked = {target for page in pages for target in links_of(page) if target != page.path}
    for page in pages:
        if page.path not in in_navigation and page.path not in linked and not is_announcement(page.path):
            yield Problem(
                message=N_("Ninguna página ni el menú llevan a esta página."),
                hint=N_("Agréguela en «nav:» de mkdocs.yml o enlácela desde otra."),
                file=f"content/{page.path}",
            )


def links_of(page: ContentPage) -> set[str]:
    """Return the files below content/ that a page links to."""
    text = without_code(page.body)
    found = [*_LINK.finditer(text), *_REFERENCE.finditer(text)]
    return {normpath(join(dirname(page.path), match["file"])) for match in found if "://" not in match["file"]}


def old_reviews(pages: Iterable[ContentPage], day: date | None) -> Iterator[Problem]:
    """Yield a problem for each article without the day of its last review, or with one a year before *day* or more."""
    for page in pages:
        if not page.path.startswith(_ARTICLES) or page.path == f"{_ARTICLES}index.md":
            continue
        reviewed = page.day("reviewed")
        if reviewed is None:
            yield Problem(
                message=N_("El artículo no dice cuándo se revisó."),
                hint=N_("Escriba «reviewed: 2026-11-23» al comienzo, con el día de la última revisión."),
                file=f"content/{page.path}",
                severity=Severity.NOTICE,
            )
        elif day is not None and _a_year_later(reviewed) <= day:
            yield Problem(
                message=N_("El artículo se revisó por última vez el {day}, hace más de un año."),
                hint=N_("Compruebe que todavía es correcto y actualice «reviewed»."),
                file=f"content/{page.path}",
                values={"day": reviewed.isoformat()},
            )


def _a_year_later(day: date) -> date:
    """Return the same day of the next year; of 29 February the 1 March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def unknown_tickets(pages: Iterable[ContentPage], projects: Sequence[Project]) -> Iterator[Problem]:
    """Yield a problem for each ticket that an article says it answers, and that no project has, or several have.

    An article with tickets must also say its `date`: without it, it would not be among the news.
    """
    owners = projects_of_tickets(projects)
    for page in pages:
        tickets = page.texts("tickets")
        for ticket in tickets:
            found = find_tickets(ticket, owners)
            if not found:
                yield Problem(
                    message=N_("El artículo responde al ticket #{ticket}, que no está en los datos."),
                    hint=N_("Corrija el número en «tickets», o quítelo."),
                    file=f"content/{page.path}",
                    values={"ticket": ticket.removeprefix("#")},
                )
            elif len(found) > 1:
                (first, number), *_ = found
                yield Problem(
                    message=N_("El artículo responde al ticket #{ticket}, que tienen varios proyectos: {projects}."),
                    hint=N_('Escriba también el proyecto, entre comillas: tickets: ["{project}#{ticket}"].'),
                    file=f"content/{page.path}",
                    values={
                        "ticket": number,
                        "projects": ", ".join(project for project, _ in found),
                        "project": first,
                    },
                )
        if tickets and page.day("date") is None and not page.is_draft:
            yield Problem(
                message=N_("El artículo responde a un ticket y no dice cuándo se publicó: no aparece en Novedades."),
                hint=N_("Escriba «date: 2026-11-23» al comienzo, con el día en que se publica."),
                file=f"content/{page.path}",
            )


def tickets_without_article(pages: Iterable[ContentPage], projects: Sequence[Project]) -> Iterator[Problem]:
    """Yield a problem for each done ticket that asked for content, and that no published article answers."""
    owners = projects_of_tickets(projects)
    answered = {found for page in pages for said in page.texts("tickets") for found in find_tickets(said, owners)}
    for project in projects:
        for ticket in project.each:
            if ticket.status == State.DONE and asks_for_content(ticket) and (project.id, ticket.ticket) not in answered:
                yield Problem(
                    message=N_("El ticket #{ticket} de «{project}» pidió un contenido y está culminado, sin artículo."),
                    hint=N_("Escriba su número en «tickets» del artículo que lo responde."),
                    file="content/",
                    values={"ticket": ticket.ticket, "project": project.id},
                )


def asks_for_content(ticket: Ticket) -> bool:
    """Return whether a ticket asks for a page of the documentation: its type, widest category or a label says so."""
    said = (ticket.kind, first_part(ticket.component), *ticket.labels.split(", "))
    return any(fold(word) in CONTENT_WORDS for word in said)


def overdue_requests(projects: Iterable[Project]) -> Iterator[Problem]:
    """Yield a problem for each request of content that has been open for more than `LONGEST_WAIT` working days."""
    for project in projects:
        for ticket in project.each:
            if ticket.is_over or ticket.created is None or project.cut.day is None or not asks_for_content(ticket):
                continue
            waited = project.calendar.days(ticket.created.date(), project.cut.day)
            if waited > LONGEST_WAIT:
                yield Problem(
                    message=N_("El ticket #{ticket} de «{project}» pide un contenido desde hace {days} días hábiles."),
                    hint=N_("Publique el artículo o acuerde una fecha con quien lo pidió."),
                    file="content/",
                    values={"ticket": ticket.ticket, "project": project.id, "days": waited},
                )


def misspelt_pages(pages: Sequence[ContentPage], own_words: Collection[str]) -> Iterator[Problem]:
    """Yield a notice for each page with words that neither the dictionary nor *own_words* have.

    A page may say in `words` of its front matter which are right on it alone.
    """
    words = {page.path: words_of(page) - set(page.texts("words")) for page in pages}
    wrong = misspelt(set().union(*words.values()), own_words)
    if wrong is None:
        yield Problem(
            message=N_("La ortografía no se revisó: falta hunspell o su diccionario de español."),
            hint=N_("Instale los paquetes hunspell y hunspell-es."),
            severity=Severity.NOTICE,
        )
        return
    for path, found in words.items():
        unknown = sorted(found & wrong, key=str.casefold)
        if unknown:
            yield Problem(
                message=N_("Palabras que no están en el diccionario: {words}."),
                hint=N_("Corríjalas o, si son correctas, agréguelas a content/.words."),
                file=f"content/{path}",
                severity=Severity.NOTICE,
                values={"words": ", ".join(unknown[:_SHOWN]) + (" …" if len(unknown) > _SHOWN else "")},
            )


_NOT_PROSE = re.compile(
    r"""<[^>\n]+> | \]\([^)]*\) | ^\[[^\]]+\]:.*$ | \{[^}\n]*\} | \+\+[^\s]+\+\+ | \b[\w.+-]+@[\w.-]+ | \bhttps?://\S+
    | ^(?:!!!|[?]{3}[+]?)[ ]\w+ | &\w+;""",
    re.MULTILINE | re.VERBOSE,
)
_WORD = re.compile(r"[^\W\d_]+")
_PROSE_FIELDS = ("title", "description", "faq", "questions", "audience")


def words_of(page: ContentPage) -> set[str]:
    """Return the words that a page says in prose, in its front matter and body; none of code, links or addresses."""
    front = " ".join(text for name in _PROSE_FIELDS for text in page.texts(name))
    prose = _NOT_PROSE.sub(" ", f"{without_code(front)}\n{without_code(page.body)}")
    return {word for word in _WORD.findall(prose) if len(word) > 1}


def without_code(text: str) -> str:
    """Return Markdown without its code and comments, which are not read as the page."""
    return _CODE.sub(" ", _FENCE.sub(" ", _COMMENT.sub(" ", text)))

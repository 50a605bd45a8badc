"""What a publication did, for whoever started it: as lines, as JSON, and as the summary of a run on another machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from .metrics.changes import changes
from .problems import N_, Problem, Severity, one_line
from .publishing.manifest import Group, grouped, is_page

if TYPE_CHECKING:
    from .locale import Words
    from .publish import Published

_SHOWN = 30
"""Problems of one severity that a summary lists; the run's log has them all."""
_MARKS = {Severity.ERROR: N_("Error"), Severity.WARNING: N_("Aviso"), Severity.NOTICE: N_("Nota")}


@dataclass(frozen=True, kw_only=True)
class ProjectNews:
    """What is new in one project's folder; tickets are compared with the last cut, and 0 where it had none."""

    folder: str
    pages: int
    new: int = 0
    done: int = 0
    gone: int = 0
    withdrawn: bool = False


def project_news(published: Published) -> tuple[ProjectNews, ...]:
    """Return the projects whose folder has changed, in order of their folders."""
    built = {project.home: project for project in (published.report.source.projects if published.report else ())}
    found = []
    for group in grouped(published.changes, published.release.files):
        if not group.folder.startswith("p/"):
            continue
        pages = sum(map(is_page, group.changes.uploads))
        project = built.get(group.folder)
        counts = {}
        if project is not None and len(project.cuts) > 1:
            what = changes(*project.cuts[-2:])
            counts = {"new": len(what.new), "done": len(what.finished), "gone": len(what.gone)}
        withdrawn = group.folder in published.release.withdrawn
        found.append(ProjectNews(folder=group.folder, pages=pages, withdrawn=withdrawn, **counts))
    return tuple(found)


def told(published: Published, words: Words) -> Iterator[str]:
    """Yield what a publication did, a line each."""
    say = words.text
    release, former = published.release, published.former
    if published.settled:
        yield say("El destino «{name}» ya muestra esta versión: no hay nada que subir.").format(
            name=published.target.name
        )
    for news in project_news(published):
        yield _project_line(news, words)
    yield from _other_lines(published, words)
    if published.target.preview:
        address = published.target.url or published.target.home
        yield say("Vista previa, aparte del sitio: {address}").format(address=address)
    if published.changes:
        yield say("Archivos: {added} nuevos, {changed} cambiados, {removed} retirados ({size} por subir)").format(
            added=len(published.changes.added),
            changed=len(published.changes.changed),
            removed=len(published.changes.removed),
            size=words.size(published.changes.bytes),
        )
    if published.dry_run:
        yield say("Es un ensayo: no se publicó nada.")
    elif not published.settled:
        after = say(", después de la {number}").format(number=former.number) if former and former.number else ""
        number = say("Publicación {number} en «{name}»{after}").format(
            number=release.number, name=published.target.name, after=after
        )
        yield f"{number} ({release.build})"
    if published.verification is not None:
        yield say("Comprobado en {url}: {count} archivos iguales a los construidos").format(
            url=published.verification.url, count=published.verification.checked
        )
    elif not published.dry_run:
        yield say("Sin comprobar: el destino no tiene url, o dice verify: false.")


def _project_line(news: ProjectNews, words: Words) -> str:
    if news.withdrawn:
        return words.text("{folder}: retirado; su página lo dice").format(folder=news.folder)
    parts = [words.plural("{count} página", "{count} páginas", news.pages).format(count=news.pages)]
    for count, one, several in (
        (news.new, N_("{count} ticket nuevo"), N_("{count} tickets nuevos")),
        (news.done, N_("{count} culminado"), N_("{count} culminados")),
        (news.gone, N_("{count} ya no está en la exportación"), N_("{count} ya no están en la exportación")),
    ):
        if count:
            parts.append(words.plural(one, several, count).format(count=count))
    return f"{news.folder}: {', '.join(parts)}"


def _other_lines(published: Published, words: Words) -> Iterator[str]:
    names = {"assets/": N_("Estilos y programas"), "": N_("Documentación y páginas generales")}
    for group in grouped(published.changes, published.release.files):
        if group.folder in names:
            count = _count(group)
            yield f"{words.text(names[group.folder])}: " + words.plural(
                "{count} archivo", "{count} archivos", count
            ).format(count=count)


def _count(group: Group) -> int:
    return len(group.changes.uploads) + len(group.changes.removed)


def published_json(published: Published) -> dict[str, Any]:
    """Return what a publication did, for other programs."""
    return {
        "target": published.target.name,
        "url": published.target.url,
        "preview": published.target.preview or None,
        "release": published.release.number,
        "build": published.release.build,
        "former": published.former.number if published.former else None,
        "source": published.release.source,
        "dry_run": published.dry_run,
        "settled": published.settled,
        "changes": asdict(published.changes),
        "projects": [asdict(news) for news in project_news(published)],
        "checked": published.verification.checked if published.verification else None,
    }


def run_summary(published: Published | None, problems: Iterable[Problem], words: Words, *, error: str = "") -> str:
    """Return the summary of a run in Markdown: what was published, or that nothing was; then every kind of problem."""
    say = words.text
    problems = tuple(problems)
    title = say("El sitio no se publicó") if published is None else say("El sitio se publicó")
    if published is not None and published.target.preview:
        title = say("La vista previa se publicó")
    if published is not None and published.dry_run:
        title = say("Lo que cambiaría")
    lines = [f"## {title}", ""]
    if error:
        lines += [_literal(error), ""]
    if published is not None:
        lines += [*(f"- {_literal(line)}" for line in told(published, words)), ""]
        if published.target.url:
            lines += [f"<{published.target.url}>", ""]
        if published.report is not None:
            lines += [say("Filas apartadas: {count}").format(count=published.report.set_aside), ""]
    for severity, mark in _MARKS.items():
        found = [problem for problem in problems if problem.severity is severity]
        if found:
            lines += [f"### {say(mark)}: {len(found)}", "", *(_row(problem, words) for problem in found[:_SHOWN])]
            if len(found) > _SHOWN:
                lines.append(say("- … y {count} más, en el registro").format(count=len(found) - _SHOWN))
            lines.append("")
    return "\n".join(lines) + "\n"


def _row(problem: Problem, words: Words) -> str:
    return f"- {_literal(one_line(problem, words.text))}"


def _literal(text: str) -> str:
    """Return other people's text so that Markdown shows it as it is."""
    plain = " ".join(text.split())
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>#|!&@~" else char for char in plain)

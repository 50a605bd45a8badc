"""What was read, and what was built, as text and as JSON."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.markup import escape

from ..locale import Words
from ..problems import N_
from .telling import STAGES, out, problem_json, show, tellable, words_of_cells

if TYPE_CHECKING:
    from ..build import Report
    from ..tickets.importing import Import


def show_import(imported: Import, language: Words) -> None:
    """Print what an export is, and its problems."""
    if imported.tracker is None:
        show(imported.problems, language, console=out)
        return
    out.print(f"[bold]{escape(imported.file)}[/]")
    separator = {"\t": language.text("tabulador")}.get(imported.delimiter, imported.delimiter)
    states = ", ".join(f"{word} → {state}" for word, state in words_of_cells(imported.statuses).items())
    for name, value in (
        (N_("Sistema"), imported.tracker),
        (N_("Codificación"), imported.encoding),
        (N_("Separador"), separator),
        (N_("Idioma del encabezado"), imported.header_language),
        (N_("Filas"), _account(imported, language)),
        (N_("Columnas"), ", ".join(f"{title} → {name}" for name, title in imported.columns.items())),
        (N_("Columnas sin usar"), ", ".join(imported.unmapped) or "—"),
        (N_("Estados"), states or "—"),
    ):
        out.print(f"  {language.text(name):<24}{escape(value)}")
    show(imported.problems, language, console=out)


def _account(imported: Import, language: Words) -> str:
    return language.text("{rows} leídas = {tickets} tickets + {merged} unidas a otra + {aside} apartadas").format(
        rows=imported.rows,
        tickets=len(imported.tickets),
        merged=imported.merged,
        aside=len(imported.set_aside),
    )


def show_report(report: Report, site_dir: Path, language: Words) -> None:
    """Print what a build published, row by row accounted for, and how long its stages took."""
    out.print(
        language.text(
            "Proyectos: {projects} · tickets: {tickets} · páginas: {pages} · archivos: {files} ({megabytes} MB)"
        ).format(
            projects=report.projects,
            tickets=report.tickets,
            pages=report.pages,
            files=report.files,
            megabytes=f"{report.bytes / 1e6:.1f}",
        )
    )
    out.print(
        language.text(
            "Filas: {rows} leídas = {tickets} publicadas + {merged} unidas a otra "
            "+ {withheld} retenidas + {aside} apartadas."
        ).format(
            rows=report.rows,
            tickets=report.tickets,
            merged=report.merged,
            withheld=report.withheld,
            aside=report.set_aside,
        )
    )
    stages = (f"{language.text(STAGES[stage])} {seconds:.1f} s" for stage, seconds in report.seconds.items())
    out.print(" · ".join(stages))
    out.print(language.text("Sitio escrito en {folder}").format(folder=escape(str(site_dir))))


def import_json(imported: Import, language: Words) -> dict[str, Any]:
    """Return what an export is, for programs."""
    tickets = imported.tickets
    created = [tickets["created"].min(), tickets["created"].max()] if tickets["created"].notna().any() else [None, None]
    return {
        "file": imported.file,
        "tracker": imported.tracker,
        "encoding": imported.encoding,
        "delimiter": imported.delimiter,
        "header_language": imported.header_language,
        "rows": imported.rows,
        "tickets": len(tickets),
        "merged": imported.merged,
        "set_aside": [
            {"row": problem.row, "column": problem.column, "message": problem.text(language.text)}
            for problem in sorted(tellable(imported.set_aside), key=lambda problem: problem.row or 0)
        ],
        "columns": dict(imported.columns),
        "unmapped": list(imported.unmapped),
        "statuses": words_of_cells(imported.statuses),
        "states": _counted(tickets["status"]),
        "created": [instant and instant.isoformat().replace("+00:00", "Z") for instant in created],
        "projects": words_of_cells(_counted(tickets["project"])),
        "problems": [problem_json(problem, language) for problem in tellable(imported.problems)],
        **(
            {"message": next(iter(tellable(imported.problems))).text(language.text)} if imported.tracker is None else {}
        ),
    }


def _counted(column: Any) -> dict[str, int]:
    return {str(value): int(count) for value, count in sorted(Counter(column).items())}


def report_json(report: Report, language: Words) -> dict[str, Any]:
    """Return what a build published, for programs."""
    return {
        "projects": report.projects,
        "tickets": report.tickets,
        "set_aside": report.set_aside,
        "rows": report.rows,
        "merged": report.merged,
        "withheld": report.withheld,
        "pages": report.pages,
        "files": report.files,
        "bytes": report.bytes,
        "rendered": report.projects - report.reused,
        "reused": report.reused,
        "seconds": dict(report.seconds),
        "problems": [problem_json(problem, language) for problem in tellable(report.problems)],
    }

"""Projects as large as one asks for, all invented, with the same bytes every time: what budgets are measured on.

A project is a póliza of a year, so that it has every page: weekly cuts, hours, dates agreed and missed, questions,
documents and people. Titles are two halves of the sample's, so that they compress as real ones do.
"""

from __future__ import annotations

import csv
import io
import random
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from generator.settings import site_root

LAST_CUT = date(2026, 11, 23)
FIRST_DAY = date(2026, 1, 12)
CUTS = tuple(LAST_CUT - timedelta(weeks=weeks) for weeks in (12, 8, 4, 1, 0))
AREAS = ("Ventas", "Compras", "Inventario", "Contabilidad", "Tesorería", "Nómina", "Impuestos", "Reportes", "Accesos")
NAMES = ("Ana Ruiz", "Luis Peña", "Carla Toro", "José Marín", "Inés Vega", "Raúl Soto", "Elsa Gil", "Iván Mora")


@dataclass(frozen=True)
class _Invented:
    """A ticket's whole life; a cut shows what had happened by its day."""

    number: int
    title: str
    kind: str
    area: str
    priority: str
    opened: datetime
    answered: datetime
    closed: datetime | None
    cancelled: bool
    due: datetime | None
    agreed: datetime | None
    waits_on: str
    hours: float
    question: str
    answer: str


def write_site(folder: Path, sizes: Iterable[int]) -> Path:
    """Write a site with a project of each size (tickets) into *folder*; return its mkdocs.yml. Ids are "p" + size."""
    sample, sizes = site_root(), tuple(sizes)
    shutil.copytree(sample / "content", folder / "content")
    text = (sample / "mkdocs.yml").read_text(encoding="utf-8")
    templates = f"\n      templates_dir: {sample / 'site_templates'}"
    (folder / "mkdocs.yml").write_text(text.replace("  - avance:", f"  - avance:{templates}"), encoding="utf-8")
    sheets: dict[str, list[dict[str, object]]] = {}
    for size in sizes:
        name = f"p{size}"
        tickets = tuple(_tickets(size, random.Random(size), sample / "data"))
        for day in CUTS:
            rows = [_row(ticket, day) for ticket in tickets if ticket.opened.date() <= day]
            _write(folder / "data" / "tickets" / name / f"{day} casos.csv", rows)
        for sheet, rows in _sheets(name, tickets).items():
            sheets.setdefault(sheet, []).extend(rows)
        _write_documents(folder / "data" / "files" / name, tickets)
    for sheet, rows in sheets.items():
        _write(folder / "data" / f"{sheet}.csv", rows)
    return folder / "mkdocs.yml"


def _tickets(size: int, chance: random.Random, sample: Path) -> Iterator[_Invented]:
    titles = _titles(sample, size, chance)
    questions = _questions(sample)
    year = (LAST_CUT - FIRST_DAY).days
    for place in range(size):
        opened = _at(FIRST_DAY + timedelta(days=place * year // size), chance)
        open_still = place > 0.9 * size or chance.random() < 0.15
        closed = None if open_still else min(_later(opened, chance, 3, 60), _at(LAST_CUT, chance))
        asked = place % 20 == 7
        question, answer = questions[place // 20 % len(questions)] if asked else ("", "")
        yield _Invented(
            number=4000 + place * 3,
            title=titles[place],
            kind=chance.choices(("Incidencia", "Mejora", "Consulta"), (5, 4, 1))[0],
            area=chance.choice(AREAS),
            priority=chance.choice(("Alta", "Media", "Baja")),
            opened=opened,
            answered=_later(opened, chance, 0, 2),
            closed=closed,
            cancelled=closed is not None and chance.random() < 0.05,
            due=_later(opened, chance, 10, 70),
            agreed=_at(LAST_CUT + timedelta(days=chance.choice((-9, -2, 1, 2, 3, 7, 14, 30))), chance)
            if open_still and chance.random() < 0.3
            else None,
            waits_on=chance.choices(("", "Cliente", "Tercero"), (6, 3, 1))[0] if open_still else "",
            hours=chance.choice((0.25, 0.5, 1, 1.5, 2, 3)),
            question=question,
            answer=answer,
        )


def _at(day: date, chance: random.Random) -> datetime:
    return datetime(day.year, day.month, day.day, chance.choice((8, 9, 10, 11, 14, 15)), chance.choice((0, 15, 30)))


def _later(moment: datetime, chance: random.Random, least: int, most: int) -> datetime:
    day = moment.date() + timedelta(days=chance.randint(least, most))
    while day.weekday() > 4:
        day += timedelta(days=1)
    return max(_at(day, chance), moment + timedelta(hours=1))


def _titles(sample: Path, size: int, chance: random.Random) -> list[str]:
    found = sorted({row[column] for row, column in _sample_rows(sample, "Asunto", "Título", "Resumen")})
    halves = [title.split() for title in found]
    chance.shuffle(halves)
    titles = [" ".join(words) for words in halves[:size]]
    while len(titles) < size:
        first, second = chance.sample(halves, 2)
        titles.append(" ".join([*first[: (len(first) + 1) // 2], *second[len(second) // 2 :]]))
    return titles


def _questions(sample: Path) -> list[tuple[str, str]]:
    rows = _sample_rows(sample, "Pregunta")
    return sorted({(row[column], row.get("Respuesta", "")) for row, column in rows if row[column]})


def _sample_rows(sample: Path, *columns: str) -> Iterator[tuple[dict[str, str], str]]:
    """Yield the rows of the sample's newest exports with the name of the column that they have of *columns*."""
    newest = {path.parent.name: path for path in sorted((sample / "tickets").glob("*/*.csv"))}
    for path in newest.values():
        text = path.read_bytes().decode("utf-8-sig")
        delimiter = ";" if text.split("\n", 1)[0].count(";") > 5 else ","
        reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
        for column in columns:
            if column in (reader.fieldnames or ()):
                yield from ((row, column) for row in reader)
                break


def _row(ticket: _Invented, day: date) -> dict[str, object]:
    closed = ticket.closed if ticket.closed and ticket.closed.date() <= day else None
    if closed:
        status = "Anulado" if ticket.cancelled else "Cerrado"
    elif ticket.waits_on:
        status = "En espera"
    else:
        status = "En curso" if ticket.number % 2 else "Por hacer"
    return {
        "Ticket": ticket.number,
        "Título": ticket.title,
        "Tipo": ticket.kind,
        "Estado": status,
        "Prioridad": ticket.priority,
        "Categoría": ticket.area,
        "Solicitante": NAMES[ticket.number % len(NAMES)],
        "Fecha de apertura": _text(ticket.opened),
        "Última actualización": _text(closed or max(ticket.answered, ticket.opened)),
        "Primera respuesta": _text(ticket.answered) if ticket.answered.date() <= day else "",
        "Fecha de cierre": _text(closed),
        "Fecha límite": _text(ticket.due),
        "Fecha acordada": "" if closed else _text(ticket.agreed),
        "Horas": f"{ticket.hours}".replace(".", ",") if closed or ticket.number % 3 == 0 else "",
        "Depende de": "" if closed else ticket.waits_on,
        "Pregunta": ticket.question,
        "Respuesta": ticket.answer if closed else "",
    }


def _text(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""


def _sheets(name: str, tickets: tuple[_Invented, ...]) -> dict[str, list[dict[str, object]]]:
    """Return the rows of a project in each of the executive's sheets."""
    open_ = [ticket for ticket in tickets if not ticket.closed]
    project = {
        "id": name,
        "cliente": "Alimentos La Colina, C.A.",
        "nombre": f"Póliza eService 2026, {len(tickets)} tickets",
        "fase": "poliza-eservice",
        "ejecutivo": f"ejecutiva-{name}",
        "clave_tracker": "",
        "inicio": "2025-03-03",
        "fin_previsto": "",
        "puesta_en_marcha": "2025-12-15",
        "fin_tecnico": "2025-12-01",
        "acceso": "public",
        "horas_contratadas": len(tickets) * 2,
        "poliza_desde": "2026-01-01",
        "poliza_hasta": "2026-12-31",
        "horas_primera_respuesta": "Alta=2; 8",
        "horas_solucion": "Alta=15; 75",
        "zona_horaria": "America/Caracas",
        "pais": "VE",
        "idioma": "es",
    }
    return {
        "projects": [project],
        "people": list(_people(name)),
        "documents": list(_documents(name, open_)),
        "requests": [
            {
                "id": f"{name}-sol-{place}",
                "proyecto": name,
                "plantilla": "",
                "que": f"Datos de {area.lower()} del año anterior",
                "para": "Cargar los saldos con que se compara cada mes",
                "pedido": f"2026-{3 + place:02}-16",
                "recibido": f"2026-{4 + place:02}-02" if place < 5 else "",
                "validado": f"2026-{4 + place:02}-20" if place < 4 else "",
                "ticket": open_[place].number,
            }
            for place, area in enumerate(AREAS[:8])
        ],
        "titles": [
            {
                "ticket": ticket.number,
                "titulo": "",
                "significado": f"Al terminar, {ticket.area.lower()} lo verá en sus pantallas de todos los días.",
            }
            for ticket in open_[::3]
        ],
    }


def _people(name: str) -> Iterator[dict[str, object]]:
    groups = [("AdaptaPro", "AdaptaPro", "Ejecutiva de cuenta")]
    groups += [("AdaptaPro", "AdaptaPro", "Soporte e implementación técnica")] * 3
    groups += [("Alimentos La Colina, C.A.", "cliente interno", f"Jefe de {area.lower()}") for area in AREAS[:6]]
    groups += [("Contadores del Valle", "cliente externo", "Contadora externa")]
    for place, (company, group, role) in enumerate(groups):
        yield {
            "id": f"persona-{name}-{place}" if place else f"ejecutiva-{name}",
            "proyecto": name,
            "nombre": f"{NAMES[place % len(NAMES)]} {chr(65 + place)}.",
            "empresa": company,
            "grupo": group,
            "rol": role,
            "telefono": f"+58 212 555 01{place:02}",
            "telefono_tipo": "profesional",
            "correo": f"persona{place}@alimentos-la-colina.example",
            "desde": "2025-03-03",
            "hasta": "",
            "acceso": "sí",
        }


def _documents(name: str, open_: list[_Invented]) -> Iterator[dict[str, object]]:
    kinds = (("contrato", "firmado"), ("minuta", "firmada"), ("minuta", "enviada"), ("presupuesto", "enviado"))
    for place, (kind, state) in enumerate(kinds * 3):
        yield {
            "id": f"{name}-doc-{place}",
            "proyecto": name,
            "tipo": kind,
            "titulo": f"{kind.capitalize()} de {AREAS[place % len(AREAS)].lower()}",
            "fecha": f"2026-{1 + place % 11:02}-15",
            "valido_hasta": "2026-12-31" if kind == "presupuesto" else "",
            "version": 1,
            "estado": state,
            "ticket": open_[place % len(open_)].number,
            "archivo": f"{name}/minuta-{place}.md" if kind == "minuta" else "",
        }


def _write_documents(folder: Path, tickets: tuple[_Invented, ...]) -> None:
    folder.mkdir(parents=True)
    for place in range(12):
        points = "\n".join(f"- {ticket.title}." for ticket in tickets[place * 5 : place * 5 + 5])
        text = f"# Minuta {place + 1}\n\nAsiste {NAMES[place % 8]}.\n\n## Acuerdos\n\n{points}\n"
        (folder / f"minuta-{place}.md").write_text(text, encoding="utf-8")


def _write(path: Path, rows: list[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)

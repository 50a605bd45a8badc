"""The executive's CSV files → typed rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from generator.problems import Severity, errors
from generator.projects.model import Access, Phase, PlainTitle
from generator.projects.sheets import DOCUMENTS, PEOPLE, PROJECTS, Sheets, read_sheets
from generator.settings import Settings


@pytest.fixture
def read(settings: Settings):
    """A function: the text of each sheet by its name → what is read of them."""

    def read_(**sheets: str) -> Sheets:
        for name, text in sheets.items():
            (Path(settings.data_dir) / f"{name}.csv").write_text(text, encoding="utf-8")
        return read_sheets(settings)

    return read_


def told(sheets: Sheets) -> list[tuple[int | None, str, str]]:
    """Return row, column and text of each problem."""
    return [(problem.row, problem.column, problem.text(str)) for problem in sheets.problems]


def test_absent_sheets_are_no_problem(read) -> None:
    assert read() == Sheets(projects=None, people=(), documents=(), problems=())


def test_a_project_is_read_whole(read) -> None:
    sheets = read(
        projects="id;cliente;nombre;fase;ejecutivo;clave_tracker;fin_previsto;acceso;zona_horaria;idioma\n"
        'acme;ACME, C.A.;Ventas;Póliza eService;lrojas;"AND; Andina";18/12/2026;public;America/Bogota;en\n'
    )
    assert sheets.problems == ()
    (row,) = sheets.projects or ()
    assert (row.id, row.client, row.name, row.tracker_keys) == ("acme", "ACME, C.A.", "Ventas", ("AND", "Andina"))
    assert (row.phase, row.access, row.language) == (Phase.ESERVICE, Access.PUBLIC, "en")
    assert (row.planned_end, row.time_zone) == (date(2026, 12, 18), ZoneInfo("America/Bogota"))


@pytest.mark.parametrize(("name", "fields"), [("projects", PROJECTS), ("people", PEOPLE), ("documents", DOCUMENTS)])
def test_headers_are_spanish_or_english(read, name: str, fields: dict[str, tuple[str, ...]]) -> None:
    spanish, english = (",".join(titles[position] for titles in fields.values()) for position in (0, -1))
    cells = "acme" + "," * (len(fields) - 1)
    assert read(**{name: f"{spanish}\n{cells}\n"}) == read(**{name: f"{english}\n{cells}\n"})


def test_what_is_left_out_takes_its_default(read, settings: Settings) -> None:
    (row,) = read(projects="id,cliente\nacme,ACME\n").projects or ()
    assert (row.name, row.phase, row.access) == ("ACME", Phase.IMPLEMENTATION, Access.LINK)
    assert (row.language, row.time_zone, row.start) == (settings.language, settings.time_zone, None)


@pytest.mark.parametrize(
    ("column", "value", "text"),
    [
        ("fase", "jardinería", "«jardinería» no es un valor conocido."),
        ("acceso", "abierto", "«abierto» no es un valor conocido."),
        ("idioma", "fr", "«fr» no es un valor conocido."),
        ("inicio", "pronto", "«pronto» no es una fecha."),
        ("zona_horaria", "Caracas", "«Caracas» no es una zona horaria."),
    ],
)
def test_a_wrong_cell_is_an_error_with_its_place(read, column: str, value: str, text: str) -> None:
    sheets = read(projects=f"id,cliente,{column}\nbien,B,\nacme,ACME,{value}\n")
    assert told(sheets) == [(3, column, text)]
    assert errors(sheets.problems)


@pytest.mark.parametrize("identifier", ["ACME", "a b", "../x", "a/b", "ñandú", "a.b"])
def test_an_id_that_is_no_address_is_an_error(read, identifier: str) -> None:
    sheets = read(projects=f"id,cliente\n{identifier},ACME\n")
    assert [problem.column for problem in errors(sheets.problems)] == ["id"]


def test_a_sheet_without_ids_is_an_error(read) -> None:
    sheets = read(projects="cliente,nombre\nACME,Ventas\n")
    assert sheets.projects is None
    assert told(sheets) == [(1, "", "Falta la columna «id».")]
    assert errors(sheets.problems)


def test_unknown_columns_are_said_and_not_used(read) -> None:
    sheets = read(projects="id,cliente,color,talla\nacme,ACME,rojo,M\n")
    assert told(sheets) == [(1, "color", "Columnas que no se conocen y no se usan: color, talla.")]
    assert not errors(sheets.problems)


def test_a_personal_phone_is_an_error_and_is_not_kept(read) -> None:
    sheets = read(people="id,nombre,telefono,telefono_tipo\nana,Ana,+58 412 5550100,Personal\n")
    assert [(problem.severity, problem.row, problem.column) for problem in sheets.problems] == [
        (Severity.ERROR, 2, "telefono")
    ]
    assert sheets.people[0].phone == ""


@pytest.mark.parametrize(("kind", "phone"), [("profesional", "555"), ("Professional", "555"), ("", ""), ("móvil", "")])
def test_only_a_professional_phone_is_kept(read, kind: str, phone: str) -> None:
    assert read(people=f"id,nombre,telefono,telefono_tipo\nana,Ana,555,{kind}\n").people[0].phone == phone


def test_a_person_takes_part_in_several_projects_and_may_have_no_access(read) -> None:
    first, second = read(people="id,proyecto,nombre,acceso\nana,acme; otro,Ana,No\nluis,,Luis,\n").people
    assert (first.projects, first.access) == (("acme", "otro"), False)
    assert (second.projects, second.access) == ((), True)


def test_a_document_is_read_whole(read, settings: Settings) -> None:
    (settings.data_dir / "files").mkdir()
    (settings.data_dir / "files" / "minuta.pdf").write_bytes(b"%PDF")
    sheets = read(documents="id,proyecto,tipo,titulo,fecha,archivo\nd1,acme,minuta,Reunión,2026-11-03,minuta.pdf\n")
    (document,) = sheets.documents
    assert (document.kind, document.title, document.day) == ("minuta", "Reunión", date(2026, 11, 3))
    assert (document.project, document.file, document.valid_until) == ("acme", "minuta.pdf", None)
    assert (document.size, document.content, document.row) == (4, b"%PDF", 2)
    assert sheets.problems == ()


def test_a_sheet_that_cannot_be_read_is_an_error_of_that_file(read) -> None:
    problems = read(projects="", people="id,nombre\nana,Ana\n").problems
    assert [(problem.file, problem.severity) for problem in problems] == [("projects.csv", Severity.ERROR)]


@pytest.mark.parametrize("rows", ["a,A\na,B\n", ",A\n"])
def test_an_id_that_is_missing_or_taken_is_an_error(read, rows: str) -> None:
    sheets = read(projects=f"id,cliente\n{rows}")
    assert [problem.severity for problem in sheets.problems] == [Severity.ERROR]
    assert sheets.problems[0].column == "id"


def test_a_plain_title_is_read_with_its_row(read) -> None:
    sheets = read(titles="ticket,titulo,significado\n#7,Pesar,Confirme el peso.\n")
    assert sheets.titles == (PlainTitle(ticket="7", title="Pesar", meaning="Confirme el peso.", row=2),)


def test_a_policy_and_its_contracted_times_are_read(read) -> None:
    (row,) = (
        read(
            projects="id;cliente;horas_contratadas;poliza_desde;poliza_hasta;horas_primera_respuesta;horas_solucion;pais\n"
            "acme;ACME;180,5;01/02/2026;31/01/2027;Alta=2; 4;Alta=8;Colombia\n".replace("Alta=2; 4", '"Alta=2; 4"')
        ).projects
        or ()
    )
    assert (row.policy.hours, row.policy.since, row.policy.until) == (180.5, date(2026, 2, 1), date(2027, 1, 31))
    assert row.service_times.for_first_answer("ALTA") == 2
    assert row.service_times.for_first_answer("Baja") == 4
    assert row.service_times.for_resolution("Baja") is None
    assert row.country == "CO"


@pytest.mark.parametrize(
    ("column", "value"), [("horas_contratadas", "muchas"), ("horas_solucion", "Alta=pronto"), ("pais", "Atlántida")]
)
def test_a_number_or_country_that_is_none_is_told(read, column: str, value: str) -> None:
    assert [problem.column for problem in read(projects=f"id,{column}\nacme,{value}\n").problems] == [column]


def test_a_holiday_of_an_unknown_country_is_nobodys(read) -> None:
    sheets = read(holidays="pais,fecha,nombre,laborable\nVenezuella,2026-12-24,Víspera,no\n,2026-12-31,Fin,no\n")
    assert [(holiday.country, holiday.name) for holiday in sheets.holidays] == [("", "Fin")]
    assert [problem.column for problem in sheets.problems] == ["pais"]


def test_requests_and_holidays_are_read(read) -> None:
    sheets = read(
        requests="id,proyecto,plantilla,que,para,pedido,recibido,validado,ticket\n"
        "s-1,acme,d-1,Puestos,Instalar,2026-09-11,,,#1038\n",
        holidays="pais,fecha,nombre,laborable\nVE,2026-12-24,Víspera,no\nVenezuela,2026-10-12,Día,sí\n",
    )
    (request,) = sheets.requests
    assert (request.what, request.asked, request.received, request.ticket) == (
        "Puestos",
        date(2026, 9, 11),
        None,
        "1038",
    )
    assert [(h.country, h.day, h.working) for h in sheets.holidays] == [
        ("VE", date(2026, 12, 24), False),
        ("VE", date(2026, 10, 12), True),
    ]


@pytest.mark.parametrize("name", ["documents", "requests"])
def test_a_row_of_a_project_that_is_not_listed_is_told(read, name: str) -> None:
    sheets = read(projects="id\nacme\n", **{name: "id,proyecto\na,acme\nb,otro\n"})
    assert told(sheets) == [(3, "proyecto", "El proyecto «otro» no está en projects.csv: esta fila no se muestra.")]
    assert not errors(sheets.problems)

"""Which ticket belongs to which project; what is withheld, and why."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.projects.grouping import Grouping, group
from generator.projects.model import Access, Person, Phase, PlainTitle, Project
from generator.projects.sheets import Holiday, ProjectRow, Sheets
from generator.settings import Settings
from generator.tickets.importing import import_table
from generator.tickets.kinds import Kind
from generator.tickets.reading import read_table
from generator.tickets.trackers import load_trackers

NOWHERE = Path("nowhere")
TRACKERS = load_trackers()
CARACAS = ZoneInfo("America/Caracas")
HEADER = "Issue key,Summary,Status,Project name,Updated,Due date,Custom field (Publish)"
EXPORTS = st.dictionaries(
    st.sampled_from(["jira", "2026-11-16 jira", "2026-11-23 jira", "otro", "acme/jira", "2026-11-20 otro"]),
    st.lists(
        st.tuples(
            st.integers(1, 6).map(lambda number: f"T-{number}"),
            st.sampled_from(["Abierta", ""]),
            st.sampled_from(["Done", "To Do"]),
            st.sampled_from(["Acme", "Beta", "Gamma", ""]),
            st.sampled_from(["2026-11-02 09:00", "2026-11-03 09:00", ""]),
            st.just(""),
            st.sampled_from(["", "no", "sí"]),
        ).map(",".join),
        max_size=8,
    ),
    max_size=4,
)


def row(identifier: str, *keys: str, **fields: object) -> ProjectRow:
    """Return a row of projects.csv: a public project that the tracker calls by *keys*."""
    days = dict.fromkeys(("start", "planned_end", "go_live", "technical_end"))
    usual = {"client": identifier, "name": identifier, "phase": Phase.IMPLEMENTATION, "access": Access.PUBLIC}
    usual |= {"language": "es", "country": "", "time_zone": CARACAS, "executive": "", **days}
    return ProjectRow(**usual | {"id": identifier, "tracker_keys": keys} | fields)


def grouped(
    exports: dict[str, list[str]],
    *projects: ProjectRow,
    people: tuple[Person, ...] = (),
    titles: tuple[PlainTitle, ...] = (),
    holidays: tuple[Holiday, ...] = (),
    **options: object,
) -> Grouping:
    """Return the grouping of *exports* (rows by file name) by a projects.csv, or by none when there are no rows."""
    site = Settings(**{"data_dir": NOWHERE, "templates_dir": NOWHERE, "public": not projects} | options)
    raw = [
        read_table("\n".join([HEADER, *rows]).encode(), name=f"tickets/{name}.csv", titles=TRACKERS.titles)
        for name, rows in exports.items()
    ]
    imports = [import_table(table, settings=site, trackers=TRACKERS) for table in raw]
    return group(imports, Sheets(projects or None, people, (), (), titles, holidays=holidays), site)


def tickets_of(grouping: Grouping) -> dict[str, list[str]]:
    return {project.id: list(project.tickets["ticket"]) for project in grouping.projects}


def only(grouping: Grouping) -> Project:
    (project,) = grouping.projects
    return project


def test_without_a_projects_file_each_project_of_the_tracker_is_one() -> None:
    grouping = grouped({"jira": ["1,a,Done,Árbol & Cía,,,", "2,b,Done,Beta,,,", "3,c,Done,BETA,,,"]})
    assert tickets_of(grouping) == {"beta": ["2", "3"], "arbol-cia": ["1"]}
    assert [problem.file for problem in grouping.problems] == ["projects.csv"]


def test_where_the_export_names_no_project_its_file_does() -> None:
    assert tickets_of(grouped({"2026-11-23 Molinos": ["1,a,Done,,,,"]})) == {"molinos": ["1"]}


def test_projects_of_one_address_are_told_apart() -> None:
    grouping = grouped({"jira": ["1,a,Done,A > Ventas,,,", "2,b,Done,B > Ventas,,,"]})
    assert tickets_of(grouping) == {"ventas": ["1"], "ventas-2": ["2"]}


@pytest.mark.parametrize("called", ["ACME", "acme", "Proyecto Ácme", "PROYECTO  ACME"])
def test_a_project_is_known_by_its_id_or_by_what_the_tracker_calls_it(called: str) -> None:
    assert tickets_of(grouped({"jira": [f"1,a,Done,{called},,,"]}, row("acme", "Proyecto Acme"))) == {"acme": ["1"]}


def test_a_folder_named_after_a_project_gives_it_its_files() -> None:
    exports = {"acme/jira": ["1,a,Done,Beta,,,"], "jira": ["2,b,Done,Beta,,,"]}
    assert tickets_of(grouped(exports, row("acme"), row("beta"))) == {"acme": ["1"], "beta": ["2"]}


def test_tickets_of_no_project_are_withheld_and_said() -> None:
    grouping = grouped(
        {"jira": ["1,a,Done,Acme,,,", "2,b,Done,Gamma,,,", "3,c,Done,Gamma,,,"]}, row("acme", executive="a")
    )
    assert (tickets_of(grouping), grouping.withheld) == ({"acme": ["1"]}, 2)
    told = [(problem.file, problem.row, problem.text(str)) for problem in grouping.problems]
    assert ("tickets/jira.csv", 3, "El proyecto «Gamma» no está en projects.csv: sus 2 tickets no se publican.") in told


@pytest.mark.parametrize("access", [Access.LINK, Access.PASSPHRASE])
def test_a_private_project_is_withheld(access: Access) -> None:
    exports = {"jira": ["1,a,Done,Acme,,,", "2,b,Done,Beta,,,"]}
    grouping = grouped(exports, row("acme", access=access), row("beta"))
    assert (tickets_of(grouping), grouping.withheld) == ({"beta": ["2"]}, 1)
    assert len(grouped(exports, row("acme", access=access), row("beta"), public=True).projects) == 2


def test_tickets_marked_private_are_withheld_in_every_cut() -> None:
    rows = ["1,a,Done,Acme,,,no", "2,b,Done,Acme,,,sí", "3,c,Done,Acme,,,"]
    grouping = grouped({"2026-11-16 jira": rows, "2026-11-23 jira": rows}, row("acme"))
    assert [list(cut.tickets["ticket"]) for cut in only(grouping).cuts] == [["2", "3"], ["2", "3"]]
    assert grouping.withheld == 1


def test_a_ticket_that_becomes_private_leaves_the_earlier_cuts() -> None:
    before, secret = "1,a,Done,Acme,,,", "1,a,Done,Acme,,,no"
    exports = {"2026-11-09 jira": [before], "2026-11-16 jira": [secret], "2026-11-23 jira": ["2,b,Done,Acme,,,"]}
    assert [list(cut.tickets["ticket"]) for cut in only(grouped(exports, row("acme"))).cuts] == [[], [], ["2"]]


def test_a_ticket_that_becomes_public_is_in_no_cut_of_before() -> None:
    exports = {"2026-11-16 jira": ["1,a,Done,Acme,,,no"], "2026-11-23 jira": ["1,a,Done,Acme,,,"]}
    assert [list(cut.tickets["ticket"]) for cut in only(grouped(exports, row("acme"))).cuts] == [[], ["1"]]


def test_the_newest_update_of_a_ticket_in_two_files_wins() -> None:
    exports = {"jira": ["1,viejo,To Do,Acme,2026-11-02,,"], "otro": ["1,nuevo,Done,Acme,2026-11-03,,"]}
    for order in (exports, dict(reversed(exports.items()))):
        grouping = grouped(order, row("acme"))
        assert list(only(grouping).tickets["title"]) == ["nuevo"]
        assert grouping.merged == 1


def test_dated_files_are_the_cuts_of_a_project() -> None:
    exports = {"2026-11-16 jira": ["1,a,To Do,Acme,,,"], "2026-11-23 jira": ["1,a,Done,Acme,,,", "2,b,Done,Acme,,,"]}
    grouping = grouped(exports, row("acme"))
    assert [(cut.number, cut.day, len(cut.tickets)) for cut in only(grouping).cuts] == [
        (1, date(2026, 11, 16), 1),
        (2, date(2026, 11, 23), 2),
    ]
    assert (grouping.read, grouping.newest_files) == (2, ("tickets/2026-11-23 jira.csv",))


def test_a_cut_in_the_settings_leaves_later_files_out() -> None:
    exports = {"2026-11-16 jira": ["1,a,To Do,Acme,,,"], "2026-11-23 jira": ["2,b,Done,Acme,,,"]}
    grouping = grouped(exports, row("acme"), cut=date(2026, 11, 20))
    assert (only(grouping).cut.day, tickets_of(grouping)) == (date(2026, 11, 20), {"acme": ["1"]})


def test_an_undated_file_is_a_cut_of_its_newest_instant_in_the_zone_of_the_project() -> None:
    cut = only(
        grouped({"jira": ["1,a,Done,Acme,2026-11-23 22:30,,"]}, row("acme", time_zone=ZoneInfo("Asia/Tokyo")))
    ).cut
    assert (cut.day, cut.instant) == (date(2026, 11, 24), datetime(2026, 11, 24, 11, 30, tzinfo=ZoneInfo("Asia/Tokyo")))


@pytest.mark.parametrize("zone", ["America/Mexico_City", "America/Bogota", "Europe/Madrid", "Asia/Tokyo"])
def test_a_due_day_is_the_same_day_in_every_zone(zone: str) -> None:
    project = only(grouped({"jira": ["1,a,To Do,Acme,,2026-11-23,"]}, row("acme", time_zone=ZoneInfo(zone))))
    assert project.tickets["due"][0] == datetime(2026, 11, 23, tzinfo=ZoneInfo(zone))


def test_a_project_that_no_export_names_has_one_cut_without_tickets() -> None:
    project = only(grouped({}, row("acme")))
    assert [(cut.number, cut.day, len(cut.tickets)) for cut in project.cuts] == [(1, None, 0)]


@pytest.mark.parametrize("named", ["lrojas", "Lucía Rojas", "LUCIA ROJAS"])
def test_the_executive_is_named_by_id_or_by_name(named: str) -> None:
    lucia = Person(id="lrojas", name="Lucía Rojas")
    grouping = grouped({}, row("acme", executive=named), people=(lucia,))
    assert (only(grouping).executive, grouping.problems) == (lucia, ())


def test_a_project_without_an_executive_is_said() -> None:
    assert [problem.column for problem in grouped({}, row("acme", executive="nadie")).problems] == ["ejecutivo"]


def test_people_of_other_projects_are_left_out() -> None:
    ana, luis = Person(id="ana", name="Ana", projects=("beta",)), Person(id="luis", name="Luis")
    assert only(grouped({}, row("acme"), people=(ana, luis))).people == (luis,)


@settings(max_examples=30)
@given(EXPORTS, st.booleans())
def test_every_ticket_is_published_merged_or_withheld(exports: dict[str, list[str]], listed: bool) -> None:
    rows = (row("acme"), row("beta", access=Access.LINK)) if listed else ()
    grouping = grouped(exports, *rows)
    published = sum(len(project.tickets) for project in grouping.projects)
    assert grouping.read == published + grouping.merged + grouping.withheld
    assert grouping.merged >= 0


@settings(max_examples=30)
@given(EXPORTS)
def test_no_ticket_is_in_two_projects_and_none_twice(exports: dict[str, list[str]]) -> None:
    grouping = grouped(exports, row("acme"), row("beta"))
    shown = [
        (project.id, *ticket)
        for project in grouping.projects
        for ticket in project.tickets[["source_file", "source_row"]].itertuples(index=False)
    ]
    assert len({ticket[1:] for ticket in shown}) == len(shown)
    assert all(project.tickets["ticket"].is_unique for project in grouping.projects)


@settings(max_examples=30)
@given(EXPORTS)
def test_what_is_marked_private_is_in_no_cut(exports: dict[str, list[str]]) -> None:
    cuts = [cut for project in grouped(exports, row("acme"), row("beta")).projects for cut in project.cuts]
    assert not any((cut.tickets["public"] == False).any() for cut in cuts)  # noqa: E712 - null is neither


@pytest.mark.parametrize("names", [["Proyecto 3", "Альфа", "Бета"], ["x", "x 3", "x!"], ["Acme", "ACME", "acme!"]])
def test_every_project_of_the_tracker_has_an_address_of_its_own(names: list[str]) -> None:
    grouping = grouped({"jira": [f"{number},a,Done,{name},,," for number, name in enumerate(names, start=1)]})
    assert sum(len(project.tickets) for project in grouping.projects) == len(names)
    assert grouping.withheld == 0


def test_a_file_named_by_its_date_alone_gives_a_project_a_name() -> None:
    assert only(grouped({"2026-11-23": ["1,a,Done,,,,"]})).name == "tickets"


def test_equal_numbers_of_two_trackers_are_two_tickets() -> None:
    glpi = "ID;Título;Entidad;Estado;Solicitante - Solicitante\n12;Pesar;Acme;Nuevo;Ana\n"
    site = Settings(data_dir=NOWHERE, templates_dir=NOWHERE, public=True)
    texts = {"jira": f"{HEADER}\n12,Contar,Done,Acme,,,", "glpi": glpi}
    imports = [
        import_table(
            read_table(text.encode(), name=f"tickets/{name}.csv", titles=TRACKERS.titles),
            settings=site,
            trackers=TRACKERS,
        )
        for name, text in texts.items()
    ]
    grouping = group(imports, Sheets(None, (), (), ()), site)
    assert sorted(only(grouping).tickets["ticket"]) == ["glpi-12", "jira-12"]
    assert grouping.merged == 0


def test_a_plain_title_takes_the_place_of_the_trackers() -> None:
    titles = (PlainTitle(ticket="7", title="Revisar la nota de crédito", meaning="Confirme el monto."),)
    project = only(grouped({"jira": ["7,Rev. NC fisc.,To Do,Acme,,,"]}, row("acme"), titles=titles))
    assert list(project.tickets["title"]) == ["Revisar la nota de crédito"]
    assert project.meanings == {"7": "Confirme el monto."}


def test_a_plain_title_of_no_ticket_is_said() -> None:
    grouping = grouped({"jira": ["7,a,To Do,Acme,,,"]}, row("acme"), titles=(PlainTitle(ticket="8", title="x", row=3),))
    assert [(problem.file, problem.row) for problem in grouping.problems if problem.file == "titles.csv"] == [
        ("titles.csv", 3)
    ]


def test_a_planned_start_is_no_news() -> None:
    export = "Issue key,Summary,Status,Updated,Start date\nA-1,a,To Do,2026-11-20 10:00,2026-12-09\n"
    site = Settings(data_dir=NOWHERE, templates_dir=NOWHERE, public=True)
    table = read_table(export.encode(), name="tickets/jira.csv", titles=TRACKERS.titles)
    grouping = group([import_table(table, settings=site, trackers=TRACKERS)], Sheets(None, (), (), ()), site)
    assert only(grouping).cut.day == date(2026, 11, 20)


def test_a_calendar_is_the_countrys_with_the_executives_corrections() -> None:
    corrections = (
        Holiday(country="PE", day=date(2026, 7, 28), name="", working=True),
        Holiday(country="", day=date(2026, 12, 24), name="Víspera", working=False),
        Holiday(country="CO", day=date(2026, 12, 23), name="", working=False),
    )
    exports = {"jira": ["T-1,Abierta,Done,Acme,2026-11-02 09:00,,"]}
    (project,) = grouped(exports, row("acme", "Acme", country="PE"), holidays=corrections).projects
    assert project.calendar.is_working_day(date(2026, 7, 28))
    assert not project.calendar.is_working_day(date(2026, 7, 29))
    assert not project.calendar.is_working_day(date(2026, 12, 24))
    assert project.calendar.is_working_day(date(2026, 12, 23))


def test_the_widest_categories_of_an_export_are_known_by_the_vocabulary() -> None:
    export = "ID;Título;Entidad;Estado;Tipo;Categoría\n7;a;Acme;Nuevo;Solicitud;Mejora continua > Compras\n"
    site = Settings(data_dir=NOWHERE, templates_dir=NOWHERE, public=True)
    table = read_table(export.encode(), name="tickets/glpi.csv", titles=TRACKERS.titles)
    project = only(group([import_table(table, settings=site, trackers=TRACKERS)], Sheets(None, (), (), ()), site))
    assert project.kind_of(project.each[0]) is Kind.IMPROVEMENT


def test_an_executive_who_has_left_is_nobodys_contact() -> None:
    ana = Person(id="ana", name="Ana Rojas", until=date(2026, 11, 23))
    exports = {"2026-11-23 jira": ["1,Llamar a Ana Rojas,Done,Acme,,,"]}
    grouping = grouped(exports, row("acme", executive="ana"), people=(ana,))
    assert only(grouping).executive is None
    assert list(only(grouping).tickets["title"]) == ["Llamar a —"]
    earlier = grouped({"2026-11-20 jira": exports["2026-11-23 jira"]}, row("acme", executive="ana"), people=(ana,))
    assert only(earlier).executive == ana

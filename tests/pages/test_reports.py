"""The reports of a project, and what is in each."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from generator.locale import words
from generator.pages.report import Figures, Heading, Picture, Report, Signatures, Table
from generator.pages.reports import reports
from generator.portals.rendering import PortalContext, _views
from generator.projects.model import Phase, Policy
from generator.tickets.kinds import Kind

ES = words("es")
NOON = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("America/Caracas"))
CONTEXT = PortalContext(templates_dir=Path(), company="AdaptaPro", ticket_portal="", policy=())


@pytest.fixture(scope="session")
def made(make_project):
    """A function: what is said of tickets, and of their project → its reports by their name."""

    def make(*tickets: dict[str, object], site: str = "", **project: object) -> dict[str, Report]:
        found = make_project(*tickets, **project)
        views = {tab: view for tab, (_, view) in _views(found, CONTEXT, ES).items()}
        return dict(reports(found, views, ES, company="AdaptaPro", site=site))

    return make


def headings(report: Report) -> list[str]:
    return [block.text for block in report.blocks if isinstance(block, Heading)]


def test_each_phase_has_the_reports_of_its_sections(made) -> None:
    assert set(made({})) == {"avance", "pendientes", "agenda", "soporte"}
    assert set(made({}, phase=Phase.BUSINESS_CASE)) == {"avance", "pendientes", "agenda"}


def test_tickets_finished_between_two_cuts_make_a_letter_to_sign(made) -> None:
    letter = made({"status": "done", "closed": NOON}, before=[{}])["acta"]
    assert isinstance(letter.blocks[-1], Signatures)
    assert letter.draft == "Borrador"
    (table,) = [block for block in letter.blocks if isinstance(block, Table)]
    assert [row[0].text for row in table.rows] == ["#1"]


def test_every_report_begins_with_a_heading_of_the_first_level_or_figures(made) -> None:
    for report in made({"agreed": NOON}, {"kind": "x"}, kinds={"x": Kind.SUPPORT}).values():
        first = next(block for block in report.blocks if isinstance(block, Heading))
        assert first.level == 1


def test_the_whole_report_has_the_sections_in_the_order_of_the_pages(made) -> None:
    found = made(
        {"created": NOON, "status": "done", "closed": NOON, "spent_hours": 1.0},
        {"created": datetime(2026, 11, 2, 9, tzinfo=NOON.tzinfo)},
        phase=Phase.ESERVICE,
        policy=Policy(hours=10),
    )
    whole = found["avance"]
    order = [name for name in headings(whole) if name in ("Evolución", "Agenda", "Soporte", "Mejora continua")]
    assert order == ["Evolución", "Agenda", "Soporte", "Mejora continua"]
    assert any(isinstance(block, Picture) for block in whole.blocks)
    assert any(card.value == "9 h" for block in whole.blocks if isinstance(block, Figures) for card in block.cards)


def test_a_code_leads_to_the_page_of_the_section(made) -> None:
    found = made({}, site="https://site.example/base/")
    assert found["soporte"].address == "https://site.example/base/p/acme/soporte/"
    assert found["avance"].address == "https://site.example/base/p/acme/"
    assert made({})["avance"].address == ""

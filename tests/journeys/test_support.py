"""A client reads the support page, in a real Chromium."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from generator.build import read_source
from generator.locale import words
from generator.metrics.response import Measure, responses, summary
from generator.metrics.shared_clock import histories, project_clock
from generator.pages.parts import hours
from generator.projects.model import Project
from generator.tickets.kinds import Kind
from generator.website.documentation import load_site, plugin_of

ROOT = Path(__file__).parent.parent.parent
IDS = ("andina", "textiles-del-sur")
ES = words("es")


@pytest.fixture(scope="module")
def projects() -> dict[str, Project]:
    """The projects of the sample site, by id."""
    config = load_site(ROOT / "mkdocs.yml", {"public": True})
    source = read_source(plugin_of(config).settings(config), docs_dir=Path(config.docs_dir))
    return {project.id: project for project in source.projects}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 390, 1280])
@pytest.mark.parametrize("name", IDS)
def test_page_fits_and_passes_axe(name: str, width: int, scheme: str, address: str, open_page) -> None:
    page = open_page(f"{address}/p/{name}/soporte/", width=width, color_scheme=scheme, reduced_motion="reduce")
    for fold in page.locator("details").all():
        fold.evaluate("fold => { fold.open = true }")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", IDS)
def test_the_numbers_of_the_page_are_those_of_the_metrics(name: str, projects, address: str, open_page) -> None:
    project = projects[name]
    support = [ticket for ticket in project.each if project.kind_of(ticket) is Kind.SUPPORT]
    measured = responses(project)
    page = open_page(f"{address}/p/{name}/soporte/", width=390)
    shown = [ticket for ticket in support if ticket.ticket not in project.archived]
    assert page.locator("[data-ticket]").count() == len(shown)
    figures = page.locator(".support-figures").inner_text()
    still_open = [ticket for ticket in support if not ticket.is_over]
    assert re.search(rf"Tareas abiertas\s+{len(still_open)}\b", figures)
    found = summary(measured[ticket.ticket].resolution for ticket in support)
    assert (f"{found.within} de {found.judged}" in figures) == bool(found.judged)
    for ticket in shown:
        row = page.locator(f'[data-ticket="{ticket.ticket}"]')
        for part, measure in vars_of(measured[ticket.ticket]):
            assert told(measure) in plain(row.locator(f"[data-{part}]").text_content()), ticket.ticket


def vars_of(response) -> list[tuple[str, Measure | None]]:
    return [("answer", response.answer), ("resolution", response.resolution)]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def told(measure: Measure | None) -> str:
    """Return what a row must say of a measure."""
    if measure is None:
        return ""
    if measure.contracted is not None:
        return f"contratadas {hours(measure.contracted, ES)}"
    return hours(measure.hours if measure.hours < 15 else int(measure.hours + 0.5), ES)


def test_the_parts_of_the_clock_are_those_of_the_metric_and_add_up(projects, address: str, open_page) -> None:
    project = projects["textiles-del-sur"]
    support = {ticket.ticket for ticket in project.each if project.kind_of(ticket) is Kind.SUPPORT}
    found = project_clock(project, histories(project, support))
    page = open_page(f"{address}/p/textiles-del-sur/soporte/")
    minutes = {}
    for party in ("doing", "client", "waiting", "unknown"):
        text = plain(page.locator(f'[data-party="{party}"] td').inner_text())
        minutes[party] = 60 * int((re.search(r"(\d+) h", text) or ["", "0"])[1]) + int(
            (re.search(r"(\d+) min", text) or ["", "0"])[1]
        )
    assert minutes == {
        "doing": found.adaptapro / 60,
        "client": found.client / 60,
        "waiting": found.third_party / 60,
        "unknown": found.unknown / 60,
    }
    assert plain(page.locator(".clock-table tfoot td").inner_text()) == hours(sum(minutes.values()) / 60, ES)


def test_a_number_leads_to_the_task_among_all_tasks(address: str, open_page) -> None:
    page = open_page(f"{address}/p/textiles-del-sur/soporte/", width=390)
    link = page.locator("[data-ticket] a.number").first
    assert link.bounding_box()["height"] >= 44
    number = link.inner_text()
    link.click()
    page.wait_for_url("**/p/textiles-del-sur/#t-*")
    assert page.locator(".task:target .number").inner_text() == number

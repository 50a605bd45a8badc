"""What a writer should mend: each check finds its fault and leaves what is right alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from generator.build import content_problems, read_source
from generator.problems import Problem, Severity
from generator.website.clips import ClipFile
from generator.website.contents import ContentPage, read_page
from generator.website.documentation import load_site, plugin_of
from generator.website.quality import (
    Content,
    asks_for_content,
    check_content,
    clips_to_mend,
    old_reviews,
    orphan_pages,
    overdue_requests,
    pages_of_navigation,
    pictures_without_text,
    tickets_without_article,
    unknown_tickets,
    words_of,
)
from generator.website.spelling import misspelt

ROOT = Path(__file__).parents[2]


def page(body: str = "", path: str = "manual/ventas/factura.md", **front: object) -> ContentPage:
    return ContentPage(path=path, front=front, body=body)


def told(problems: Iterable[Problem]) -> list[str]:
    return [problem.text(str) for problem in problems]


@pytest.mark.parametrize(
    "body", ["![](a.png)", "![ ](a.png){ width=10 }", '<img src="a.png">', '<img src="a.png" alt="">']
)
def test_a_silent_picture_is_told(body: str) -> None:
    (problem,) = pictures_without_text([page(body)])
    assert problem.file == "content/manual/ventas/factura.md"


@pytest.mark.parametrize(
    "body",
    [
        "![La ficha](a.png)",
        '<img src="a.png" alt="La ficha">',
        "`![](a.png)`",
        "```\n![](a.png)\n```",
        "<!-- ![](a) -->",
    ],
)
def test_a_picture_that_speaks_or_is_only_shown_as_code_is_right(body: str) -> None:
    assert not list(pictures_without_text([page(body)]))


FILES = {
    "manual/ventas/a.webm": ClipFile(size=3_000_000, moves=True),
    "manual/ventas/a.gif": ClipFile(size=1_000, moves=True),
    "manual/ventas/p.png": ClipFile(size=1_000, moves=False),
    "manual/ventas/s.vtt": ClipFile(size=100, moves=False),
}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("![A](a.webm){ poster=p.png captions=s.vtt }", []),
        ("![A](a.webm){ poster=p.png transcript=#pasos }", []),
        ("![A](a.webm){ poster=p.png }", ["subtítulos"]),
        ("![A](a.webm){ poster=q.png captions=t.vtt }", ["mientras tanto", "subtítulos"]),
        ("![A](a.gif)", ["mientras tanto"]),
        ("![A](a.gif){ poster=p.png }", []),
        ("![A](p.png)", []),
        ("`![A](a.gif)`", []),
    ],
)
def test_what_moves_has_a_poster_and_a_video_captions(body: str, expected: list[str]) -> None:
    found = told(clips_to_mend([page(body)], FILES))
    assert len(found) == len(expected)
    assert all(part in text for part, text in zip(expected, found, strict=True))


def test_a_file_that_is_too_heavy_for_a_phone_is_told() -> None:
    body = "![A](a.webm){ poster=p.png captions=s.vtt }"
    (problem,) = clips_to_mend([page(body)], FILES, 2_000)
    assert "3000 KB" in problem.text(str)
    assert "2000 KB" in problem.cure(str)
    assert not list(clips_to_mend([page(body)], FILES, 3_000))


def test_a_hint_shows_what_to_write() -> None:
    (problem,) = clips_to_mend([page("![A](a.gif)")], FILES)
    assert "{ poster=imagen.png }" in problem.cure(str)


def test_a_page_that_nobody_reaches_is_told() -> None:
    pages = [
        page("[dos](../b.md#x) [fuera](https://x.example/c.md) `[c](../c.md)`", "manual/a.md"),
        page("[me](b.md)", "b.md"),
        page("[me](c.md)", "c.md"),
        page(path="novedades/uno.md"),
    ]
    assert [problem.file for problem in orphan_pages(pages, {"manual/a.md"})] == ["content/c.md"]


def test_without_a_written_navigation_every_page_is_in_it() -> None:
    assert pages_of_navigation(None) is None
    assert not list(orphan_pages([page()], None))
    nav = [{"Inicio": "index.md"}, {"Manual": ["manual/index.md", {"Ventas": [{"Facturar": "manual/f.md"}]}]}]
    assert pages_of_navigation(nav) == {"index.md", "manual/index.md", "manual/f.md"}


@pytest.mark.parametrize(
    ("reviewed", "expected"),
    [
        (date(2025, 11, 24), []),
        (date(2025, 11, 23), [Severity.WARNING]),
        (None, [Severity.NOTICE]),
        ("hace poco", [Severity.NOTICE]),
    ],
)
def test_a_review_is_old_after_a_year(reviewed: object, expected: list[Severity]) -> None:
    found = old_reviews([page(reviewed=reviewed)], date(2026, 11, 23))
    assert [problem.severity for problem in found] == expected


def test_a_review_on_a_leap_day_is_old_on_the_first_of_march() -> None:
    reviewed = page(reviewed=date(2024, 2, 29))
    assert not list(old_reviews([reviewed], date(2025, 2, 28)))
    assert list(old_reviews([reviewed], date(2025, 3, 1)))


def test_pages_that_are_no_articles_need_no_review() -> None:
    assert not list(old_reviews([page(path="politica.md"), page(path="manual/index.md")], date(2026, 11, 23)))


def test_a_ticket_that_nobody_knows_is_told(make_project) -> None:
    project = make_project({"ticket": "7"})
    dated = {"date": date(2026, 11, 20)}
    (problem,) = unknown_tickets([page(tickets=[7, "X-1"], **dated)], [project])
    assert "#X-1" in problem.text(str)


def test_an_article_for_a_ticket_says_when_it_was_published(make_project) -> None:
    assert "Novedades" in told(unknown_tickets([page(tickets=[1])], [make_project({})]))[0]
    assert not list(unknown_tickets([page(tickets=[1], draft=True)], [make_project({})]))


def test_a_number_of_several_projects_is_told_and_one_with_its_project_is_not(make_project) -> None:
    projects = [make_project({"ticket": "7"}, id="andina"), make_project({"ticket": "7"}, id="sur")]
    dated = {"date": date(2026, 11, 20)}
    (problem,) = unknown_tickets([page(tickets=[7], **dated)], projects)
    assert "andina, sur" in problem.text(str)
    assert '"andina#7"' in problem.cure(str)
    assert not list(unknown_tickets([page(tickets=["sur#7", "andina:7"], **dated)], projects))


def test_a_request_of_one_client_is_not_answered_by_the_article_of_another(make_project) -> None:
    done = {"ticket": "7", "kind": "Contenido", "status": "done"}
    projects = [make_project(done, id="andina"), make_project(done, id="sur")]
    (problem,) = tickets_without_article([page(tickets=["sur#7"])], projects)
    assert "«andina»" in problem.text(str)


@pytest.mark.parametrize(
    "said", [{"kind": "documentación"}, {"component": "Contenido > Ventas"}, {"labels": "urgente, manual"}]
)
def test_a_done_request_of_content_needs_an_article(make_project, said: dict[str, str]) -> None:
    project = make_project({"status": "done", **said})
    assert len(list(tickets_without_article([], [project]))) == 1
    assert not list(tickets_without_article([page(tickets=[1])], [project]))


def test_other_tickets_and_open_ones_need_none(make_project) -> None:
    project = make_project({"status": "done", "kind": "Tarea"}, {"kind": "Contenido"}, {"status": "cancelled"})
    assert not list(tickets_without_article([], [project]))
    assert [asks_for_content(ticket) for ticket in project.each] == [False, True, False]


@pytest.mark.parametrize(("created", "expected"), [(date(2026, 11, 9), 0), (date(2026, 11, 6), 1)])
def test_a_request_waits_ten_working_days_at_most(make_project, created: date, expected: int) -> None:
    opened = datetime(created.year, created.month, created.day, 13, 0, tzinfo=UTC)
    project = make_project({"kind": "Contenido", "created": opened})
    assert len(list(overdue_requests([project]))) == expected


def test_words_are_those_of_prose() -> None:
    text = (
        '---\ntitle: Título\nquestions: [¿Cómo?]\nreviewed: 2026-11-23\n---\n# Uno {#ancla}\n\n!!! note "Dos"\n\n'
        "[tres](https://cuatro.example/cinco) `seis` ++ctrl+p++ siete@ocho.example ![nueve](diez.png){ width=1 }\n"
    )
    assert words_of(read_page(text, "a.md")) == {"Título", "Cómo", "Uno", "Dos", "tres", "nueve"}


@pytest.mark.skipif(misspelt([], []) is None, reason="hunspell is not installed")
def test_a_page_may_have_words_of_its_own() -> None:
    pages = [page("la facutra", "a.md"), page("la facutra", "b.md", words=["facutra"])]
    problems = check_content(Content(pages=pages), [])
    assert [(problem.file, problem.severity) for problem in problems] == [("content/a.md", Severity.NOTICE)]


def test_where_the_data_cannot_be_read_no_ticket_is_unknown() -> None:
    pages = [page(tickets=[7], reviewed=date(2026, 11, 2))]
    assert not [problem for problem in check_content(Content(pages=pages), []) if "#7" in problem.text(str)]


def test_drafts_are_not_checked() -> None:
    assert check_content(Content(pages=[page("![](a.png) facutra", draft=True)]), []) == ()


def test_the_sample_content_has_no_problem() -> None:
    config = load_site(ROOT / "mkdocs.yml")
    projects = read_source(plugin_of(config).settings(config), docs_dir=Path(config.docs_dir), has_secret=True).projects
    found = content_problems(config, projects)
    assert [problem.text(str) for problem in found if "hunspell" not in problem.text(str)] == []


def test_every_abbreviation_of_the_sample_is_in_its_glossary() -> None:
    told = (ROOT / "content/.abbreviations").read_text(encoding="utf-8")
    glossary = (ROOT / "content/glosario.md").read_text(encoding="utf-8")
    each = re.findall(r"^\*\[(.+?)\]: (.+)$", told, re.MULTILINE)
    assert len(each) == len(told.splitlines())
    assert [name for name, meaning in each if f"\n{name}\n:   {meaning}." not in glossary] == []

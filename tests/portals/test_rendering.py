"""One project's pages: what they must hold, and what they must not."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import escape

from generator.pages.faq import policy_questions
from generator.portals.rendering import PortalContext, render_pages, render_project
from generator.problems import Problem
from generator.projects.model import Document, Person, Request
from generator.tickets.table import State

CONTEXT = PortalContext(
    templates_dir=Path(__file__).parents[2] / "site_templates",
    company="AdaptaPro",
    ticket_portal="https://oficina.example/",
    policy=policy_questions("## ¿Quién atiende?\n\nSu ejecutivo. [Más](politica.md#quien)\n"),
)
LUCIA = Person(id="lrojas", name="Lucía Rojas", phone="+58 212 5550123", email="lucia@a.example")
HOSTILE = [
    "<script>alert(1)</script>",
    "</title></script><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus x='",
    "javascript:alert(1)",
    "</bdi></li></ul></article><iframe src=//evil.example>",
    "{{ 7*7 }}{% raw %}@@avance-body@@",
    "&lt;script&gt;",
]
SAID = st.fixed_dictionaries(
    {
        "title": st.sampled_from(HOSTILE) | st.text(max_size=20),
        "status": st.sampled_from([str(state) for state in State]),
        "component": st.sampled_from(["", *HOSTILE]),
        "assignee_group": st.sampled_from(["", *HOSTILE]),
        "waiting_on": st.sampled_from(["", "third-party", *HOSTILE]),
        "tracker_status": st.sampled_from(HOSTILE),
        "answer": st.sampled_from(["", *HOSTILE]),
        "public": st.sampled_from([True, None]),
        "agreed": st.none() | st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
        "due": st.none() | st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    }
)


def rows(found: list[tuple[str, dict[str, str | None]]]) -> dict[str | None, str | None]:
    """Return the status of each ticket that the elements of a page show as a row."""
    return {
        attributes["data-ticket"]: attributes["data-status"] for _, attributes in found if "data-ticket" in attributes
    }


def assert_only_ours(found: list[tuple[str, dict[str, str | None]]]) -> None:
    """No element or attribute that runs, and no link to another place than where we send a reader."""
    assert not {"script", "img", "iframe", "style", "object", "embed", "form"} & {tag for tag, _ in found}
    for _, attributes in found:
        assert not [name for name in attributes if name.startswith("on") or name in ("style", "autofocus", "src")]
        address = attributes.get("href") or ""
        assert re.match(r"(\.\./|\./|#|[a-z-]+/|[a-z]+\.[a-z]+$|https:|mailto:)", address) or address == ""


def test_a_project_has_its_pages_in_its_folder(make_project) -> None:
    pages = {page.path: page.full_title for page in render_pages(make_project(), CONTEXT)}
    assert pages["p/acme/"] == "Avance · Ventas"
    assert pages["p/acme/preguntas/"] == "Preguntas frecuentes · Ventas"
    assert all(path.startswith("p/acme/") for path in pages)


def test_every_task_is_a_row_with_its_ticket_and_status(make_project, elements) -> None:
    on_client = {"status": "waiting", "waiting_on": "client"}
    said = {
        **{f"C-{number}": on_client for number in range(5)},
        "A-1": {"status": "todo"},
        "A-2": {"status": "doing"},
        "A-4": {"status": "waiting"},
        "A-5": {"status": "done"},
        "A-6": {"status": "cancelled"},
    }
    progress, *_ = render_project(
        make_project(*({"ticket": key, **ticket} for key, ticket in said.items())), CONTEXT
    ).pages
    assert rows(elements(progress.body)) == {key: ticket["status"] for key, ticket in said.items()}


@pytest.mark.parametrize(("words", "percent"), [(["done", "todo", "todo"], "33"), (["todo"], "0"), ([], "")])
def test_the_percentage_can_be_read_by_a_script(make_project, elements, words: list[str], percent: str) -> None:
    progress, *_ = render_pages(make_project(*({"status": word} for word in words)), CONTEXT)
    found = [attributes["data-progress"] for _, attributes in elements(progress.body) if "data-progress" in attributes]
    assert found == [percent]


def test_ids_of_a_page_are_told_apart(make_project, elements) -> None:
    said = {"answer": "Así.", "public": True, "agreed": datetime(2026, 11, 25, 9, tzinfo=UTC)}
    for page in render_pages(make_project(*({"status": word, **said} for word in State), executive=LUCIA), CONTEXT):
        ids = [attributes["id"] for _, attributes in elements(page.body) if "id" in attributes]
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_titles_are_text(make_project, elements, text: str) -> None:
    progress, *others = render_pages(make_project({"title": text}, client=text, name=text), CONTEXT)
    for page in (progress, *others):
        assert_only_ours(elements(page.body))
    assert progress.body.count(f"<bdi>{escape(text)}</bdi>") == 3


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_documents_and_people_are_text(make_project, elements, text: str) -> None:
    said = {"title": text, "state": text, "version": text, "ticket": text}
    person = Person(id="x", name=text, group="cliente interno", role=text, company=text, email="x@y.example")
    made = make_project(
        documents=(
            Document(
                id="d", project="acme", kind="minuta", file="m.md", size=1, content=b"x", text=f"# A\n{text}", **said
            ),
        ),
        requests=(
            Request(
                id="s",
                project="acme",
                what=text,
                purpose=text,
                observations=(Problem(message="x", row=1, column=text),),
            ),
        ),
        people=(LUCIA, person),
        executive=LUCIA,
    )
    portal = render_project(made, CONTEXT)
    for page in portal.pages:
        assert_only_ours(elements(page.body))
    (file,) = [file for file in portal.files if "/documentos/" in file.path]
    assert re.fullmatch(r"p/acme/documentos/[a-z0-9-]+\.txt", file.path)


def test_documents_are_files_beside_their_page(make_project) -> None:
    document = Document(id="d", project="acme", kind="minuta", title="Minuta", file="x/m.PDF", size=1, content=b"x")
    files = render_project(
        make_project(documents=(document, Document(id="e", project="acme", kind="", title=""))), CONTEXT
    ).files
    (file,) = [file for file in files if "/documentos/" in file.path]
    assert (file.path, file.content) == ("p/acme/documentos/minuta-v1.pdf", b"x")


@settings(max_examples=25)
@given(st.lists(SAID, max_size=5))
def test_nothing_that_a_tracker_says_becomes_mark_up(make_project, elements, said: list[dict[str, object]]) -> None:
    for page in render_pages(make_project(*said, executive=LUCIA), CONTEXT):
        assert_only_ours(elements(page.body))


@settings(max_examples=10)
@given(st.lists(SAID, max_size=5))
def test_the_same_project_gives_the_same_pages_and_files(make_project, said: list[dict[str, object]]) -> None:
    first, second = (render_project(make_project(*said), CONTEXT) for _ in range(2))
    assert first == second


def test_links_to_the_documentation_lead_up_to_the_home_of_the_site(make_project, elements) -> None:
    for page in render_pages(make_project(), CONTEXT):
        addresses = [attributes.get("href") or "" for _, attributes in elements(page.body)]
        home = "../" * page.path.count("/")
        assert f"{home}politica/" in addresses
        assert all(address.count("../") <= page.path.count("/") for address in addresses)


def test_every_calendar_that_the_agenda_links_is_among_the_files(make_project, elements) -> None:
    agreed = datetime(2026, 11, 25, 9, tzinfo=UTC)
    said = ({"ticket": "A 1", "agreed": agreed}, {"agreed": agreed, "status": "cancelled"}, {})
    portal = render_project(make_project(*said), CONTEXT)
    (page,) = (page for page in portal.pages if page.path == "p/acme/agenda/")
    linked = {attributes.get("href") or "" for _, attributes in elements(page.body)}
    files = {file.path for file in portal.files}
    (odd,) = (name for name in linked if name.startswith("./t-a-1"))
    assert {"p/acme/agenda.ics", f"p/acme/agenda/{odd.removeprefix('./')}", "p/acme/agenda/t-2.ics"} <= files
    assert {"../agenda.ics", "./t-2.ics"} <= linked


def test_the_policy_stands_on_the_faq(make_project) -> None:
    pages = render_pages(make_project(), CONTEXT)
    (faq,) = [page for page in pages if page.path.endswith("preguntas/")]
    assert "¿Quién atiende?" in faq.body
    assert 'href="../../../politica/#quien"' in faq.body


def test_the_support_page_leads_to_where_a_ticket_is_registered(make_project, elements) -> None:
    support = next(page for page in render_pages(make_project(), CONTEXT) if page.path.endswith("soporte/"))
    assert CONTEXT.ticket_portal in [attributes.get("href") for _, attributes in elements(support.body)]


def test_pages_are_in_the_language_of_the_project(make_project) -> None:
    for page in render_pages(make_project(language="pt"), CONTEXT):
        assert page.body.lstrip().startswith('<article class="project" lang="pt"')

"""The project as JSON."""

from __future__ import annotations

import json
from datetime import datetime
from zoneinfo import ZoneInfo

from generator.locale import words
from generator.outputs.data import project_json
from generator.pages.table import task_table
from generator.projects.model import Phase, Project

ES = words("es")
CARACAS = ZoneInfo("America/Caracas")


def written(project: Project, language: str = "es") -> dict:
    return json.loads(project_json(project, task_table(project, words(language))))


def test_it_names_its_schema_the_project_and_the_cut(make_project) -> None:
    read = written(make_project({}, before=[], phase=Phase.ESERVICE))
    assert list(read) == ["schema", "project", "progress", "tasks"]
    assert read["schema"] == 1
    assert read["project"] == {
        "id": "acme",
        "client": "ACME, C.A.",
        "name": "Ventas",
        "phase": "poliza-eservice",
        "language": "es",
        "time_zone": "America/Caracas",
        "cut": {"number": 2, "date": "2026-11-23", "instant": None},
    }


def test_progress_is_that_of_the_page(make_project) -> None:
    on_client = {"status": "waiting", "waiting_on": "client"}
    read = written(make_project({"status": "done"}, {"status": "todo"}, on_client, {"status": "cancelled"}))
    assert read["progress"] == {
        **{"todo": 1, "doing": 0, "waiting": 1, "done": 1, "cancelled": 1, "on_client": 1},
        **{"total": 3, "percent": 33},
    }


def test_a_task_has_canonical_words_and_iso_times(make_project) -> None:
    ticket = {
        "ticket": "1050",
        "status": "waiting",
        "waiting_on": "third-party",
        "created": datetime(2026, 11, 2, 8, tzinfo=CARACAS),
        "due": datetime(2026, 11, 20, tzinfo=CARACAS),
        "agreed": datetime(2026, 11, 25, 9, tzinfo=CARACAS),
    }
    task = written(make_project(ticket))["tasks"][0]
    assert (task["ticket"], task["state"], task["waiting_on"]) == ("1050", "waiting", "third-party")
    assert (task["created"], task["started"], task["due"]) == ("2026-11-02", None, "2026-11-20")
    assert task["agreed"] == "2026-11-25T09:00-04:00"
    assert task["overdue"] is False


def test_tasks_are_the_same_in_every_language(make_project) -> None:
    project = make_project({"status": "doing"}, {"status": "waiting", "waiting_on": "client"}, {"status": "done"})
    assert written(project, "en") == written(project, "pt") == written(project, "es")


def test_texts_are_written_as_they_are(make_project) -> None:
    project = make_project({"title": 'Á "ñ" </script> 🎉\u2028', "kind": "=1+1"})
    content = project_json(project, task_table(project, ES))
    assert "Á".encode() in content
    task = json.loads(content)["tasks"][0]
    assert (task["title"], task["kind"]) == ('Á "ñ" </script> 🎉\u2028', "=1+1")


def test_the_same_project_gives_the_same_bytes_a_key_a_line(make_project) -> None:
    project = make_project({"spent_hours": 1.5}, {}, phase=Phase.ESERVICE)
    contents = {project_json(project, task_table(project, ES)) for _ in range(2)}
    assert len(contents) == 1
    assert contents.pop().endswith(b'   "spent_hours": null\n  }\n ]\n}\n')


def test_a_project_without_tickets_has_no_tasks_and_no_percentage(make_project) -> None:
    read = written(make_project())
    assert (read["tasks"], read["progress"]["percent"]) == ([], None)

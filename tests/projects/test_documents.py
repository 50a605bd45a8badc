"""Which files are published, and what lies beside them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import Severity
from generator.projects.documents import MAX_SIZE, file_names, with_file, with_returned
from generator.projects.model import Document, Request

TEMPLATE = "sede;memoria_gb\nLima;\n"


def document(file: str, **said: object) -> Document:
    return Document(
        **{"id": "d-1", "project": "acme", "kind": "plantilla", "title": "Plantilla", "row": 4} | said | {"file": file}
    )


@pytest.fixture
def put(tmp_path: Path):
    """A function: a path under data/files/, and its bytes → the data folder."""

    def put_(name: str, content: bytes = b"x") -> Path:
        path = tmp_path / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return tmp_path

    return put_


def test_a_file_is_measured_and_hashed(put) -> None:
    read, problems = with_file(document("acme/minuta.md"), put("acme/minuta.md", "\ufeff# Señal".encode()))
    assert problems == []
    assert (read.size, read.text) == (11, "# Señal")
    assert read.sha256 == hashlib.sha256(read.content).hexdigest()


def test_a_binary_file_has_no_text(put) -> None:
    assert with_file(document("a.pdf"), put("a.pdf", b"%PDF"))[0].text == ""


def test_a_record_without_a_file_is_no_problem(tmp_path: Path) -> None:
    assert with_file(document(""), tmp_path) == (document(""), [])


@pytest.mark.parametrize(
    "name", ["../people.csv", "/etc/hosts.txt", "acme/../../people.csv", "..\\people.csv", "a\0.pdf"]
)
def test_nothing_outside_the_folder_is_read(put, name: str) -> None:
    data = put("acme/a.pdf")
    (data / "people.csv").write_text("secreto")
    read, (problem,) = with_file(document(name), data)
    assert (read.content, read.file) == (b"", "")
    assert (problem.severity, problem.file, problem.row, problem.column) == (
        Severity.ERROR,
        "documents.csv",
        4,
        "archivo",
    )


def test_a_link_that_leads_outside_is_not_followed(put, tmp_path: Path) -> None:
    data = put("acme/a.pdf")
    (tmp_path / "secreto.pdf").write_bytes(b"secreto")
    (data / "files" / "enlace.pdf").symlink_to(tmp_path / "secreto.pdf")
    read, (problem,) = with_file(document("enlace.pdf"), data)
    assert (read.content, problem.severity) == (b"", Severity.ERROR)


@given(st.text(max_size=40))
def test_whatever_a_cell_says_only_files_of_the_folder_are_read(name: str) -> None:
    read, _ = with_file(document(name), Path(__file__).parent)
    assert read.content == b""


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.exe", "a", "a.pdf.js"])
def test_what_a_browser_would_run_is_not_published(put, name: str) -> None:
    read, (problem,) = with_file(document(name), put(name))
    assert (read.content, problem.severity) == (b"", Severity.WARNING)


def test_a_missing_file_is_a_warning_with_its_cure(tmp_path: Path) -> None:
    read, (problem,) = with_file(document("acme/minuta.pdf"), tmp_path)
    assert (read.file, problem.severity) == ("", Severity.WARNING)
    assert problem.hint


def test_a_name_longer_than_names_can_be_is_that_of_a_missing_file(tmp_path: Path) -> None:
    read, (problem,) = with_file(document(f"{'a' * 5000}.pdf"), tmp_path)
    assert (read.file, problem.severity) == ("", Severity.WARNING)


def test_a_file_too_large_for_a_phone_is_not_published(put) -> None:
    assert with_file(document("a.pdf"), put("a.pdf", bytes(MAX_SIZE + 1)))[0].content == b""


def test_a_name_is_never_longer_than_file_systems_take() -> None:
    long = document("a.pdf", content=b"x", title="Acta " * 200, version="1." * 200)
    names = file_names([long, long])
    assert len(set(names)) == 2
    assert max(map(len, names)) < 150


def test_files_are_named_after_title_and_version() -> None:
    documents = [
        document("x/A.PDF", title="Minuta de inicio", version="2", content=b"1"),
        document("x/b.md", title="Minuta de inicio", version="", content=b"2"),
        document("x/c.txt", title="Minuta de inicio", version="1", content=b"3"),
        document("x/d.pdf", title="Sin archivo"),
        document("x/e.csv", title="¿?", version="1.2", content=b"5"),
    ]
    assert file_names(documents) == [
        "minuta-de-inicio-v2.pdf",
        "minuta-de-inicio-v1.txt",
        "minuta-de-inicio-2-v1.txt",
        "",
        "d-1-v1-2.csv",
    ]


@given(st.lists(st.tuples(st.sampled_from("ab¿"), st.sampled_from(["", "1", "2"])), max_size=12))
def test_no_two_files_have_one_name(said: list[tuple[str, str]]) -> None:
    names = file_names([document("x.pdf", title=title, version=version, content=b"x") for title, version in said])
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", ["plantilla.csv", "plantilla.CSV"])
def test_a_template_that_came_back_is_checked(put, name: str) -> None:
    data = put(f"acme/{name}", TEMPLATE.encode())
    put(f"acme/recibido/{name}", b"sede;memoria_gb\nLima;mucha\n")
    template, _ = with_file(document(f"acme/{name}"), data)
    asked = Request(id="s", project="acme", template="d-1", row=2)
    request, problems = with_returned(asked, {"d-1": template}, data)
    assert request.returned == f"acme/recibido/{name}"
    assert [(problem.row, problem.column) for problem in request.observations] == [(2, "memoria_gb")]
    assert [problem.file for problem in problems] == [f"files/acme/recibido/{name}", "requests.csv"]


def test_a_template_that_did_not_come_back_is_nothing(put) -> None:
    data = put("acme/plantilla.csv", TEMPLATE.encode())
    template, _ = with_file(document("acme/plantilla.csv"), data)
    asked = Request(id="s", project="acme", template="d-1")
    assert with_returned(asked, {"d-1": template}, data) == (asked, [])


def test_a_template_that_no_document_has_is_told(tmp_path: Path) -> None:
    asked = Request(id="s", project="acme", template="d-9", row=3)
    _, (problem,) = with_returned(asked, {}, tmp_path)
    assert (problem.file, problem.row, problem.column) == ("requests.csv", 3, "plantilla")

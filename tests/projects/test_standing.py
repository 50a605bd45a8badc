"""Whether a document still counts, and what is asked about it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.projects.model import Document
from generator.projects.standing import DocumentKind, Stage, has_expired, kind_of, replaced_by, stage_of, version_key


def document(title: str = "Acta", version: str = "1", **said: object) -> Document:
    return Document(
        **{"id": f"{title}-{version}", "project": "acme", "kind": "acta", "title": title, "version": version} | said
    )


@pytest.mark.parametrize(
    ("state", "stage"),
    [
        ("pendiente de firma", Stage.TO_SIGN),
        ("Por firmar", Stage.TO_SIGN),
        ("espera la firma del cliente", Stage.TO_SIGN),
        ("por aprobar", Stage.TO_APPROVE),
        ("Pendiente de aprobación", Stage.TO_APPROVE),
        ("firmada", Stage.AGREED),
        ("Aprobado", Stage.AGREED),
        ("rechazado", Stage.DROPPED),
        ("en ajuste", Stage.OPEN),
        ("", Stage.OPEN),
    ],
)
def test_the_words_of_a_state_say_how_far_it_is(state: str, stage: Stage) -> None:
    assert stage_of(document(state=state)) is stage


@pytest.mark.parametrize(
    ("word", "kind"),
    [("Presupuesto", DocumentKind.QUOTATION), ("minutes", DocumentKind.MINUTES), ("plano", DocumentKind.OTHER)],
)
def test_a_kind_is_known_by_its_word(word: str, kind: DocumentKind) -> None:
    assert kind_of(document(kind=word)) is kind


@pytest.mark.parametrize(("last", "expired"), [(date(2026, 11, 22), True), (date(2026, 11, 23), False), (None, False)])
def test_it_is_good_until_the_end_of_its_last_day(last: date | None, expired: bool) -> None:
    assert has_expired(document(valid_until=last), date(2026, 11, 23)) is expired


def test_the_last_version_replaces_the_others() -> None:
    first, second, tenth = (document(version=version) for version in ("1", "2", "10"))
    assert replaced_by([tenth, first, second]) == {1: tenth, 2: tenth}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (document("Acta de carga (v1)"), document("ACTA DE CARGA (v2)", "2")),
        (document("Alcance", id="doc-12-v1"), document("Alcance final", "2", id="doc-12-v2")),
    ],
)
def test_versions_are_known_by_title_or_id(one: Document, other: Document) -> None:
    assert replaced_by([one, other]) == {0: other}


@pytest.mark.parametrize(
    "other",
    [document("Acta", "2", kind="minuta"), document("Minuta", "2"), document(version="1"), document("Acta de 2", "2")],
)
def test_other_documents_replace_nothing(other: Document) -> None:
    assert replaced_by([document(id="doc-001"), other]) == {}


@given(st.lists(st.sampled_from(["", "1", "2", "1.10", "v3"]), min_size=1, max_size=6))
def test_the_highest_version_is_never_replaced(versions: list[str]) -> None:
    documents = [document(version=version) for version in versions]
    highest = max(map(version_key, documents))
    assert all((version_key(d) < highest) == (i in replaced_by(documents)) for i, d in enumerate(documents))

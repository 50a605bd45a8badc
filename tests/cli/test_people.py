"""The verbs about readers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .exports import HEADER

DIGEST = {
    "data/projects.csv": "id,cliente,nombre,acceso,clave_tracker\nacme,ACME,Ventas,public,acme\n",
    "data/people.csv": "id,proyecto,nombre,grupo,telefono,telefono_tipo\n"
    "ana,acme,Ana Ruiz,cliente interno,+58 212 5550101,profesional\n",
    "data/tickets/acme/2026-11-16 jira.csv": HEADER + "A-1,Contar,In Progress,2026-11-02 09:00\n",
    "data/tickets/acme/2026-11-23 jira.csv": HEADER + "A-1,Contar,Done,2026-11-02 09:00\n",
    "content/manual/contar.md": "---\ntickets: [A-1]\ndate: 2026-11-20\n---\n# Contar bien\n",
}


@pytest.fixture
def told(here: Path, make_site) -> Path:
    """A site with two cuts of a public project, one contact, and an article that a ticket asked for."""
    (here / "data/tickets/jira.csv").unlink()
    make_site(here, DIGEST)
    return here


def test_digest_writes_a_message_for_each_contact(told: Path, run) -> None:
    result = run("digest", "--json")
    (digest,) = json.loads(result.stdout)["digests"]
    assert [each["number"] for each in digest["finished"]] == ["A-1"]
    assert [each["address"] for each in digest["articles"]] == ["manual/contar/"]
    (message,) = digest["messages"]
    assert (message["contact"], message["channel"]) == ("ana", "whatsapp")
    assert "https://example.org/p/acme/" in message["text"]
    assert message["text"] in run("digest", "acme").stdout


def test_what_was_marked_is_not_told_again(told: Path, run) -> None:
    run("digest", "--mark")
    assert (told / "data/sent.csv").read_text() == "proyecto,corte,articulos\nacme,2026-11-23,A-1\n"
    (digest,) = json.loads(run("digest", "--json").stdout)["digests"]
    assert not digest["is_news"]
    assert "Nada nuevo" in run("digest").stdout
    (digest,) = json.loads(run("digest", "--json", "--since", "2026-11-16").stdout)["digests"]
    assert digest["messages"]


@pytest.mark.parametrize(("arguments", "status"), [(["--channel", "fax"], 2), (["nadie"], 1)])
def test_digest_says_what_it_does_not_know(told: Path, run, arguments: list[str], status: int) -> None:
    assert run("digest", *arguments).exit_code == status

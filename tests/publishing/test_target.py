"""The settings of hosts, and messages for what is wrong in them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from generator.publishing.failures import PublishError
from generator.publishing.target import FolderTarget, GitTarget, RcloneTarget, choose_target, read_targets

ROOT = Path("/sitio")
SFTP = {"type": "rclone", "backend": "sftp", "path": "www", "options": {"host": "h.example", "port": 22, "ask": False}}
WRONG = [
    ("x", "debe ser un destino, una lista de destinos o un destino por nombre"),
    ({"a": None}, "publish: a: faltan sus opciones"),
    ({"a": {"type": "ftp"}}, "type debe ser uno de: folder, git, rclone"),
    ({"a": {"type": "folder"}}, "publish: a: falta «path»"),
    ({"a": {"type": "git", "rama": "x"}}, "no existe la opción «rama»"),
    ({"a": {"type": "git", "keep": "5"}}, "keep debe ser un número entero"),
    ({"a": {"type": "folder", "path": "x", "keep": 1}}, "keep debe ser un número entero"),
    ({"a": {"type": "git", "grace": True}}, "grace debe ser un número de días"),
    ({"a": {"type": "git", "verify": "no"}}, "verify debe ser true o false"),
    ({"a": {"type": "git", "url": "ftp://x"}}, "url debe ser una dirección"),
    ({"a": {"type": "git", "url": "https://ana:clave@x.example/"}}, "url debe ser una dirección"),
    ({"Á b": {"type": "git"}}, "un nombre lleva minúsculas, números y guiones"),
    ([{"type": "git"}, {"type": "git"}], "hay dos destinos con el nombre «git»"),
]


def test_a_host_can_be_written_alone_in_a_list_or_by_name() -> None:
    one = {"type": "git", "branch": "paginas"}
    assert read_targets(one, root=ROOT) == {"git": GitTarget(name="git", branch="paginas")}
    assert read_targets([{**one, "name": "a"}], root=ROOT).keys() == {"a"}
    assert read_targets({"a": one, "b": {"type": "folder", "path": "www"}}, root=ROOT).keys() == {"a", "b"}
    assert read_targets(None, root=ROOT) == {}


def test_folders_are_relative_to_the_site_and_times_have_units() -> None:
    (target,) = read_targets({"type": "folder", "path": "www", "grace": 1.5, "wait": 5}, root=ROOT).values()
    assert target == FolderTarget(
        name="folder", path=ROOT / "www", grace=timedelta(hours=36), wait=timedelta(seconds=5)
    )


def test_where_the_site_is_read_is_that_of_the_site_unless_the_host_says_another() -> None:
    url = "https://a.example/"
    assert read_targets({"type": "git"}, root=ROOT, url=url)["git"].url == url
    assert (
        read_targets({"type": "git", "url": "https://b.example/"}, root=ROOT, url=url)["git"].url
        == "https://b.example/"
    )


def test_options_of_rclone_are_texts() -> None:
    target = read_targets({"a": SFTP}, root=ROOT)["a"]
    assert isinstance(target, RcloneTarget)
    assert target.options == {"host": "h.example", "port": "22", "ask": "false"}


@pytest.mark.parametrize(("publish", "told"), WRONG)
def test_what_is_wrong_is_told(publish: object, told: str) -> None:
    with pytest.raises(PublishError) as error:
        read_targets(publish, root=ROOT)
    assert told in str(error.value)


@pytest.mark.parametrize(
    "key", ["pass", "secret_access_key", "access_key_id", "bearer_token", "sas_url", "key_pem", "key"]
)
def test_a_secret_in_mkdocs_yml_is_refused_without_repeating_it(key: str) -> None:
    with pytest.raises(PublishError) as error:
        read_targets({"mi-sitio": {**SFTP, "options": {key: "abracadabra"}}}, root=ROOT)
    assert f"AVANCE_MI_SITIO_{key.upper()}" in str(error.value)
    assert "abracadabra" not in str(error.value)


def test_the_file_of_a_key_is_no_secret() -> None:
    read_targets({"a": {**SFTP, "options": {"key_file": "~/.ssh/id"}}}, root=ROOT)


def test_the_first_host_is_meant_when_none_is_named() -> None:
    targets = read_targets({"a": {"type": "git"}, "b": {"type": "git"}}, root=ROOT)
    assert choose_target(targets, None).name == "a"
    assert choose_target(targets, "b").name == "b"
    with pytest.raises(PublishError, match=r"No hay ningún destino «c»\. Los que hay: a, b"):
        choose_target(targets, "c")
    with pytest.raises(PublishError, match=r"mkdocs\.yml no dice dónde publicar"):
        choose_target({}, None)

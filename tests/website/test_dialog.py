from __future__ import annotations

import re
from pathlib import Path

from generator.settings import site_root
from generator.website.dialog import TEXTS, can_search, folder_of, load_dialog

SEARCH = site_root() / "site_templates" / "search"
SCRIPTS = sorted(path for path in SEARCH.glob("*.js"))


def test_one_folder_named_by_its_content_has_every_script_that_is_imported() -> None:
    dialog = load_dialog(SEARCH.parent)
    folder = folder_of(dialog)
    paths = {asset.path for asset in dialog}
    for asset in dialog:
        if asset.path.endswith(".js"):
            for name in re.findall(r'(?:from|import\()\s*"(\.[^"]+)"', asset.content.decode()):
                found = (Path("/", asset.path).parent / name).resolve().relative_to("/").as_posix()
                assert found in paths, (asset.path, name)
    assert all(path.startswith(f"{folder}/") for path in paths)


def test_what_only_a_build_runs_is_not_published() -> None:
    assert not [asset.path for asset in load_dialog(SEARCH.parent) if "answer" in asset.path]


def test_every_text_is_used_and_every_text_that_is_used_is_there() -> None:
    scripts = "".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    used = set(re.findall(r'text\("(\w+)"', scripts)) | {"found", "best"}
    assert used == {name for name in TEXTS if not name.endswith("_one")}


def test_without_minisearch_the_scripts_are_there_and_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "search").mkdir()
    (tmp_path / "search" / "open.js").write_text("")
    assert not can_search(tmp_path)
    assert can_search(SEARCH.parent)
    assert [asset.path.split("/")[-1] for asset in load_dialog(tmp_path)] == ["open.js", "texts.js"]

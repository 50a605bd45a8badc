"""Build, upload, verify, go back: the flow over small sites, with a real server where it is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from generator.portals.keys import new_secret
from generator.portals.vault import VARIABLE
from generator.problems import DataErrors
from generator.publish import NotVerified, Published, list_releases, publish_site, remove_preview, rollback_site
from generator.publishing.failures import PublishError
from generator.summary import project_news
from generator.website.documentation import load_site

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
EXPORT = "Issue key,Summary,Status,Project key\nA-1,Contar,Done,A\nA-2,Pintar,{},A\n"
PROJECTS = "id,cliente,clave_tracker,acceso\nacme,Acme,A,public\n"
SITE = """\
site_name: Prueba
docs_dir: content
theme: {{name: material, language: es, font: false}}
plugins:
  - search
  - avance:
      publish: {{type: folder, path: www, wait: 1, {more}}}
"""


class Small:
    """A small site that is published to www/, and the address that serves www/current."""

    def __init__(self, make_site: Callable, root: Path, address: str) -> None:
        self.make_site, self.root, self.address = make_site, root, address
        self.minutes = 0

    def publish(self, status: str = "To Do", more: str | None = None, **options: object) -> Published:
        more = f"url: '{self.address}'" if more is None else more
        files = {"mkdocs.yml": SITE.format(more=more), "data/projects.csv": PROJECTS,
                 "data/tickets/jira.csv": EXPORT.format(status)}  # fmt: skip
        return publish_site(load_site(self.make_site(self.root, files)), now=self.now(), **options)

    def back(self, number: int | None = None) -> Published:
        return rollback_site(load_site(self.root / "mkdocs.yml"), None, number, now=self.now())

    def now(self) -> datetime:
        self.minutes += 1
        return NOON + timedelta(minutes=self.minutes)

    def page(self) -> str:
        return (self.root / "www/current/p/acme/index.html").read_text()


@pytest.fixture
def small(make_site, tmp_path: Path, serve) -> Small:
    return Small(make_site, tmp_path, f"{serve(tmp_path / 'www' / 'current')}/")


def test_what_was_built_is_served_and_was_checked_there(small: Small) -> None:
    done = small.publish()
    assert done.verification is not None
    assert done.verification.wrong == ()
    assert 'data-progress="50"' in small.page()
    assert (done.release.number, done.former) == (1, None)


def test_a_trial_tells_the_same_changes_and_touches_nothing(small: Small) -> None:
    small.publish()
    trial = small.publish("Done", dry_run=True)
    assert 'data-progress="50"' in small.page()
    assert trial.changes == small.publish("Done").changes
    assert {path.split("/")[1] for path in trial.changes.changed if path.startswith("p/")} == {"acme"}


def test_the_same_data_again_is_no_new_release(small: Small) -> None:
    small.publish()
    done = small.publish()
    assert done.settled
    assert [release.number for release in list_releases(load_site(small.root / "mkdocs.yml"))[1]] == [1]


@pytest.mark.slow
def test_back_goes_further_back_each_time_and_to_any_number(small: Small) -> None:
    for status in ("To Do", "Doing", "Done"):
        small.publish(status)
    assert small.back().release.source == 2
    assert small.back().release.source == 1
    assert 'data-progress="50"' in small.page()
    assert small.back(3).release.number == 6
    assert 'data-progress="100"' in small.page()
    with pytest.raises(PublishError, match="no guarda la publicación 1"):
        small.back(1)


def test_there_is_nothing_before_the_first(small: Small) -> None:
    small.publish()
    with pytest.raises(PublishError, match="No hay ninguna publicación anterior"):
        small.back()


def test_an_error_of_the_data_publishes_nothing(small: Small) -> None:
    small.publish()
    before = small.page()
    with pytest.raises(DataErrors):
        small.publish('Done,A\nA-3,"a medias')
    assert small.page() == before


def test_a_site_that_does_not_show_puts_the_former_one_back(small: Small, serve, tmp_path: Path) -> None:
    small.publish()
    before = small.page()
    (tmp_path / "otro").mkdir()
    with pytest.raises(NotVerified, match="se volvió a la publicación anterior") as told:
        small.publish("Done", more=f"url: '{serve(tmp_path / 'otro')}/'")
    assert small.page() == before
    assert "no muestra el sitio: HTTP 404" in told.value.found.wrong[0].text(str)
    assert [(one.number, one.source) for one in list_releases(load_site(small.root / "mkdocs.yml"))[1]] == [
        (1, None),
        (2, None),
        (3, 1),
    ]


@pytest.mark.parametrize("more", ["", "verify: false, url: 'http://127.0.0.1:9/'"])
def test_without_an_address_nothing_is_read(small: Small, more: str) -> None:
    assert small.publish(more=more).verification is None


def test_a_site_that_says_nowhere_to_publish_is_told_what_to_write(make_site, tmp_path: Path) -> None:
    config = load_site(make_site(tmp_path, {}))
    with pytest.raises(PublishError, match=r"mkdocs\.yml no dice dónde publicar"):
        publish_site(config, now=NOON)
    with pytest.raises(PublishError, match=r"mkdocs\.yml no dice dónde publicar"):
        rollback_site(config, now=NOON)


def test_what_is_new_in_a_private_project_is_told_by_its_opaque_folder(
    make_site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, new_secret())
    exports = {
        "data/tickets/2026-11-16 jira.csv": EXPORT.format("To Do"),
        "data/tickets/2026-11-23 jira.csv": EXPORT.format("Done") + "A-3,Lijar,To Do,A\n",
    }
    sheet = {"data/projects.csv": PROJECTS.replace("public", "link"), "mkdocs.yml": SITE.format(more="verify: false")}
    done = publish_site(load_site(make_site(tmp_path, exports | sheet)), now=NOON)
    (news,) = project_news(done)
    assert (news.new, news.done) == (1, 1)
    assert "acme" not in news.folder


def test_a_preview_is_of_its_own_address_and_out_of_every_engine(small: Small) -> None:
    small.publish()
    done = small.publish("Done", preview="precios")
    assert done.target.url == f"{small.address}preview/precios/"
    assert done.verification is not None
    assert done.verification.wrong == ()
    preview = small.root / "www/current/preview/precios"
    assert 'data-progress="100"' in (preview / "p/acme/index.html").read_text()
    assert 'data-progress="50"' in small.page()
    for page in preview.rglob("*.html"):
        assert page.read_text().count('name="robots" content="noindex') == 1, page
    assert "<loc>" not in (preview / "sitemap.xml").read_text()
    assert [release.number for release in list_releases(load_site(small.root / "mkdocs.yml"))[1]] == [1]


def test_the_address_of_the_site_leads_its_previews_to_theirs(make_site, tmp_path: Path) -> None:
    files = {"mkdocs.yml": f"site_url: https://a.example/b\n{SITE.format(more='verify: false')}",
             "data/projects.csv": PROJECTS, "data/tickets/jira.csv": EXPORT.format("Done")}  # fmt: skip
    config = make_site(tmp_path, files)
    publish_site(load_site(config), now=NOON)
    done = publish_site(load_site(config), now=NOON, preview="precios")
    assert done.target.url == "https://a.example/b/preview/precios/"
    home = (tmp_path / "www/current/preview/precios/index.html").read_text()
    assert '<link rel="canonical" href="https://a.example/b/preview/precios/">' in home
    assert "precios" not in (tmp_path / "www/current/sitemap.xml").read_text()


def test_a_preview_of_nothing_is_refused_and_so_is_one_in_the_place_of_pages(small: Small) -> None:
    with pytest.raises(PublishError, match="Publique primero la rama principal"):
        small.publish(preview="precios")
    (small.root / "content/preview").mkdir(parents=True)
    (small.root / "content/preview/nota.md").write_text("# Nota\n")
    small.publish()
    with pytest.raises(PublishError, match="ya tiene páginas propias en preview/"):
        small.publish(preview="precios")


@pytest.mark.slow
def test_a_preview_that_does_not_show_is_told_and_the_site_stays(small: Small, serve, tmp_path: Path) -> None:
    small.publish()
    before = small.page()
    (tmp_path / "otro").mkdir()
    with pytest.raises(NotVerified, match="no se ve como se construyó"):
        small.publish("Done", preview="precios", more=f"url: '{serve(tmp_path / 'otro')}/'")
    assert small.page() == before


@pytest.mark.slow
def test_a_preview_is_removed_by_the_name_of_its_branch(small: Small) -> None:
    small.publish()
    small.publish("Done", preview="prueba/precios")
    config = load_site(small.root / "mkdocs.yml")
    target, was_there = remove_preview(config, preview="prueba/precios")
    assert was_there
    assert not (small.root / "www/current" / target.home).exists()
    assert remove_preview(config, preview="prueba/precios") == (target, False)


def test_private_projects_are_sealed_in_a_preview_as_well(
    make_site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, new_secret())
    sheet = PROJECTS.replace("public", "link")
    files = {"mkdocs.yml": SITE.format(more="verify: false"), "data/projects.csv": sheet,
             "data/tickets/jira.csv": EXPORT.format("Done")}  # fmt: skip
    config = make_site(tmp_path, files)
    for preview in (None, "acme"):
        publish_site(load_site(config), now=NOON, preview=preview)
    served = [path for path in (tmp_path / "www").rglob("*") if path.is_file() and "releases" in path.parts]
    assert any(path.name == "d.bin" and "previews" in path.parts for path in served)
    for path in served:
        assert b"Pintar" not in path.read_bytes(), path

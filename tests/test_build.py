"""The flow, on small sites: every row accounted for, the same bytes each time, the former site whole on an error."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.build import Report, build_site, export_files, map_over
from generator.portals.keys import new_secret
from generator.portals.vault import VARIABLE
from generator.problems import AvanceError, DataErrors, Severity, errors
from generator.settings import Settings
from generator.website.documentation import load_site

HEADER = "Issue key,Summary,Status,Project name,Custom field (Publish)\n"
EXPORT = HEADER + "A-1,Contar,Done,Acme,\nA-2,Pintar,To Do,Acme,\n"
AGREED = "Issue key,Summary,Status,Project name,Custom field (Agreed date)\nA-1,Contar,To Do,Acme,2026-11-29\n"
PROJECTS = "id,cliente,clave_tracker,acceso\nacme,Acme,,public\nbeta,Beta,,link\n"
ROWS = [
    "A-1,Contar,Done,Acme,",
    "A-1,Contar otra vez,Done,Acme,",
    "A-2,Pintar,To Do,Acme,no",
    "B-1,Pesar,Doing,Beta,",
    "G-1,Cortar,To Do,Gamma,",
    "A-3,Medir,To Do",
    ",,Done,Acme,",
    "A-4,De,más,celdas,en,esta,fila",
    "TOTAL 5,,,,",
    ",,,,",
    "",
]
EXPORTS = st.dictionaries(
    st.sampled_from(["jira", "2026-11-16 jira", "2026-11-23 jira", "otro"]),
    st.lists(st.sampled_from(ROWS), max_size=8).map(lambda rows: HEADER + "\n".join(rows) + "\n"),
    min_size=1,
    max_size=3,
)


@pytest.fixture
def build(make_site, tmp_path: Path):
    """A function: files of a small site → the report of its build into out/."""

    def build_(files: dict[str, str | bytes], *, strict: bool = False, workers: int | None = None) -> Report:
        config = load_site(make_site(tmp_path, files), {"public": True})
        return build_site(config, tmp_path / "out", strict=strict, workers=workers)

    return build_


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def account(report: Report) -> tuple[int, int, int, int, int]:
    return report.rows, report.tickets, report.merged, report.withheld, report.set_aside


def test_one_export_is_enough_for_a_site(build, tmp_path: Path) -> None:
    report = build({"data/tickets/anything.csv": EXPORT})
    assert (report.projects, account(report)) == (1, (2, 2, 0, 0, 0))
    assert report.pages == len(list((tmp_path / "out/p").rglob("index.html")))
    assert b'data-progress="50"' in (tmp_path / "out/p/acme/index.html").read_bytes()
    assert [problem.severity for problem in report.problems] == [Severity.NOTICE]


def test_every_row_is_accounted_for(build) -> None:
    export = HEADER + "\n".join(ROWS) + "\n"
    report = build({"data/tickets/jira.csv": export, "data/projects.csv": PROJECTS})
    assert account(report) == (9, 2, 1, 3, 3)


def test_a_ticket_in_two_files_is_one_ticket(build) -> None:
    report = build({"data/tickets/jira.csv": EXPORT, "data/tickets/otro.csv": HEADER + "A-2,Pintar,Done,Acme,\n"})
    assert account(report) == (3, 2, 1, 0, 0)


@settings(max_examples=6)
@given(EXPORTS, st.booleans(), st.booleans())
def test_rows_are_published_merged_withheld_or_set_aside(
    make_site, tmp_path_factory: pytest.TempPathFactory, exports: dict[str, str], listed: bool, public: bool
) -> None:
    root = tmp_path_factory.mktemp("account")
    sheets = {"data/projects.csv": PROJECTS} if listed else {}
    site = make_site(root, {f"data/tickets/{name}.csv": text for name, text in exports.items()} | sheets)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, new_secret())
        rows, *parts = account(build_site(load_site(site, {"public": public}), root / "out"))
    assert rows == sum(parts)
    assert min(parts) >= 0


@pytest.mark.parametrize(
    "broken",
    [
        {"data/tickets/jira.csv": EXPORT + HEADER},
        {"data/tickets/jira.csv": EXPORT + 'A-3,"a medias,To Do'},
        {"data/tickets/jira.csv": b""},
        {"data/tickets/otro.csv": b"\x89PNG\r\n\x1a\n\x00\x00"},
        {"data/tickets/otro.csv": "fruta,peso\npera,3\n"},
        {"data/projects.csv": "cliente\nAcme\n"},
        {"data/people.csv": "id,nombre,telefono,telefono_tipo\na,Ana,555,personal\n"},
    ],
)
def test_an_error_of_the_data_leaves_the_former_site_whole(build, tmp_path: Path, broken: dict[str, str]) -> None:
    build({"data/tickets/jira.csv": EXPORT})
    before = files(tmp_path / "out")
    with pytest.raises(DataErrors) as found:
        build({"data/tickets/jira.csv": EXPORT} | broken)
    assert [problem.file for problem in found.value.problems if problem.severity is Severity.ERROR]
    assert files(tmp_path / "out") == before


def test_when_mkdocs_gives_up_the_former_site_is_whole(build, tmp_path: Path) -> None:
    build({"data/tickets/jira.csv": EXPORT})
    before = files(tmp_path / "out")
    config = (tmp_path / "mkdocs.yml").read_text() + "strict: true\n"
    with pytest.raises(AvanceError, match=r"nada\.md"):
        build({"mkdocs.yml": config, "content/index.md": "[roto](nada.md)\n"})
    assert files(tmp_path / "out") == before


def test_strict_takes_warnings_for_errors(build, tmp_path: Path) -> None:
    doubtful = {"data/tickets/jira.csv": EXPORT + "A-3,Medir,Flurb,Acme,\n"}
    assert Severity.WARNING in [problem.severity for problem in build(doubtful).problems]
    before = files(tmp_path / "out")
    with pytest.raises(DataErrors):
        build(doubtful, strict=True)
    assert files(tmp_path / "out") == before
    assert build({"data/tickets/jira.csv": EXPORT}, strict=True).tickets == 2


def test_a_date_that_cannot_be_kept_is_a_warning(build) -> None:
    report = build({"data/tickets/2026-11-23.csv": AGREED})
    told = [(problem.file, problem.row, problem.text(str)) for problem in report.problems]
    assert ("tickets/2026-11-23.csv", 2, "La fecha acordada de A-1 (2026-11-29) cae en fin de semana.") in told


def test_the_same_inputs_give_the_same_bytes_whatever_the_number_of_workers(build, tmp_path: Path) -> None:
    exports = {f"data/tickets/{name}.csv": EXPORT.replace("Acme", name) for name in ("uno", "dos", "tres")}
    build(exports, workers=1)
    before = files(tmp_path / "out")
    build(exports, workers=2)
    assert files(tmp_path / "out") == before


def test_the_report_says_what_is_on_disk(build, tmp_path: Path) -> None:
    report = build({"data/tickets/jira.csv": EXPORT})
    written = files(tmp_path / "out")
    assert (report.files, report.bytes) == (len(written), sum(map(len, written.values())))
    assert report.pages == sum(path.startswith("p/") and path.endswith("/index.html") for path in written)


def test_a_project_that_is_no_longer_in_the_data_is_no_longer_in_the_site(build, tmp_path: Path) -> None:
    build({"data/tickets/jira.csv": EXPORT})
    build({"data/tickets/jira.csv": EXPORT.replace("Acme", "Beta")})
    assert [path.name for path in (tmp_path / "out/p").iterdir()] == ["beta"]


def test_a_project_is_named_in_no_file_outside_its_folder(build, tmp_path: Path) -> None:
    report = build({"data/tickets/jira.csv": EXPORT.replace("Acme", "Zapatería Zutano")})
    assert report.projects == 1
    for path, content in files(tmp_path / "out").items():
        told = [word for word in (b"Zutano", b"zutano", b"Pintar") if word in content]
        inside = path.startswith("p/zapateria-zutano/")
        assert inside or not told, path
        assert told or not (inside and path.endswith(".html")), path


def test_a_private_project_is_in_no_byte_of_the_site(
    make_site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports = {"data/tickets/jira.csv": EXPORT + "B-1,Zurcir,Done,Beta,\n", "data/projects.csv": PROJECTS}
    monkeypatch.setenv(VARIABLE, new_secret())
    report = build_site(load_site(make_site(tmp_path, exports)), tmp_path / "out")
    assert (report.projects, report.withheld) == (2, 0)
    assert not [path for path, content in files(tmp_path / "out").items() if b"Zurcir" in content or "beta" in path]


def test_t10_without_a_secret_a_listed_private_project_stops_the_site(make_site, tmp_path: Path) -> None:
    exports = {"data/tickets/jira.csv": EXPORT + "B-1,Zurcir,Done,Beta,\n", "data/projects.csv": PROJECTS}
    with pytest.raises(DataErrors) as found:
        build_site(load_site(make_site(tmp_path, exports)), tmp_path / "out")
    assert [problem.values["id"] for problem in errors(found.value.problems)] == ["beta"]
    assert not (tmp_path / "out").exists()


def test_t10_without_a_secret_a_trial_of_exports_alone_publishes_no_project(make_site, tmp_path: Path) -> None:
    report = build_site(load_site(make_site(tmp_path, {"data/tickets/jira.csv": EXPORT})), tmp_path / "out")
    assert (report.projects, report.tickets) == (0, 0)
    assert report.withheld == report.rows > 0
    assert not (tmp_path / "out" / "p").exists()


def test_the_policy_of_the_documentation_is_on_every_faq(build, tmp_path: Path) -> None:
    build({"data/tickets/jira.csv": EXPORT, "content/preguntas.md": "# P\n\n## ¿Quién atiende?\n\nLucía.\n"})
    assert "¿Quién atiende?" in (tmp_path / "out/p/acme/preguntas/index.html").read_text(encoding="utf-8")


def test_without_any_export_the_site_has_no_projects_and_says_why(build) -> None:
    report = build({"data/tickets/LEAME.md": "Aquí van las exportaciones."})
    assert (report.projects, account(report)) == (0, (0, 0, 0, 0, 0))
    assert [problem.file for problem in report.problems] == ["tickets"]


def test_without_its_data_folder_nothing_is_built(build, tmp_path: Path) -> None:
    with pytest.raises(DataErrors):
        build({})
    assert not (tmp_path / "out").exists()


def test_only_exports_are_read(make_site, tmp_path: Path) -> None:
    names = ["b.csv", "a/x.csv.gz", "A.xlsx", ".oculto.csv", ".git/x.csv", "~$A.xlsx", "notas.md"]
    make_site(tmp_path, {f"data/tickets/{name}": "" for name in names})
    site = Settings(data_dir=tmp_path / "data", templates_dir=tmp_path)
    assert [path.name for path in export_files(site)] == ["A.xlsx", "x.csv.gz", "b.csv"]


def test_progress_is_told_stage_by_stage_to_the_end(make_site, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    config = load_site(make_site(tmp_path, {"data/tickets/jira.csv": EXPORT}), {"public": True})
    build_site(config, tmp_path / "out", advance=lambda *said: told.append(said))
    last = {stage: (done, total) for stage, done, total in told}
    assert last == {"data": (1, 1), "documentation": (1, 1), "projects": (1, 1)}
    assert [stage for stage, done, _ in told if done == 0] == ["data", "documentation"]


def test_any_executor_renders_in_the_order_of_the_projects(make_project) -> None:
    projects = [make_project(id=f"p{number}") for number in range(20)]
    with ThreadPoolExecutor(4) as executor:
        rendered = [list(map_over(each, lambda project: [project.id], projects)) for each in (None, executor)]
    assert rendered[0] == rendered[1] == [[f"p{number}"] for number in range(20)]


@pytest.mark.parametrize("target", [".", "data", "content", "otros"])
def test_a_folder_with_other_files_is_never_replaced(make_site, tmp_path: Path, target: str) -> None:
    config_file = make_site(tmp_path, {"data/tickets/jira.csv": EXPORT, "otros/foto.txt": "x"})
    before = files(tmp_path)
    with pytest.raises(AvanceError, match=str(tmp_path)):
        build_site(load_site(config_file, {"public": True}), tmp_path / target)
    assert files(tmp_path) == before


def test_a_file_in_the_way_is_told(make_site, tmp_path: Path) -> None:
    config_file = make_site(tmp_path, {"data/tickets/jira.csv": EXPORT, "f": "x"})
    with pytest.raises(AvanceError):
        build_site(load_site(config_file, {"public": True}), tmp_path / "f" / "x")


def test_the_bytes_of_a_site_do_not_tell_the_day(make_site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config_file = make_site(tmp_path, {"data/tickets/jira.csv": EXPORT})
    sites = []
    for epoch in ("86400", "1700000000"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        build_site(load_site(config_file, {"public": True}), tmp_path / epoch)
        sites.append(files(tmp_path / epoch))
    assert sites[0] == sites[1]


def test_a_second_build_renders_only_what_changed(make_site, tmp_path: Path) -> None:
    exports = {"data/tickets/a.csv": EXPORT, "data/tickets/b.csv": EXPORT.replace("Acme", "Beta").replace("A-", "B-")}

    def build(name: str, files: dict[str, str]) -> Report:
        config = load_site(make_site(tmp_path / "src", files), {"public": True})
        return build_site(config, tmp_path / name, cache_dir=tmp_path / "cache")

    assert build("one", exports).reused == 0
    assert build("two", exports).reused == 2
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert (
        build("three", exports | {"data/tickets/b.csv": exports["data/tickets/b.csv"].replace("Done", "To Do")}).reused
        == 1
    )
    assert 'data-status="todo"' in (tmp_path / "three/p/beta/index.html").read_text(encoding="utf-8")

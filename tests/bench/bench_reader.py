"""How long a private portal of 500 tickets takes to open on a phone; run it with `python tests/bench/bench_reader.py`.

Time is counted from the tap (the start of the navigation) to the first frame in which the progress page stands, with an
empty cache, on a processor slowed as many times as is said. The last rows have the line of a bad mobile network, where
bytes and not work are what is waited for. The host compresses as static hosts do; sealed bytes cannot be compressed.
First comes what a busy machine does not change: the processor's time of the page's main thread, beside what the same
progress page takes where it is open to all.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from served import served

ROOT = Path(__file__).parent.parent.parent
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True}
SLOW_LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
OPENED = """
    new MutationObserver((_, observer) => {
        if (!document.querySelector("[data-view] h1")) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => { window.openedAt = performance.now() }));
    }).observe(document, { childList: true, subtree: true });
"""
CONTAINER = "performance.getEntriesByType('resource').find(({ name }) => name.endsWith('/d.bin')).responseEnd"


def main() -> None:
    sys.path.insert(0, str(ROOT))
    from generator import build
    from tests.conftest import BROWSERS
    from tests.invented import write_site
    from tests.sealed import fragment, make_host

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tickets", type=int, default=500)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    code = f"p{options.tickets}"
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright, ExitStack() as stack:
        folder = Path(temporary)
        host = make_host(write_site(folder / "source", [options.tickets]), folder / "site")
        home = host.put(code, host.projects[code])
        pages = sum(len(page.body.encode()) for page in host.projects[code].pages)
        size = (folder / "site" / home / "d.bin").stat().st_size
        print(f"{options.tickets} tickets: {pages:,} B of pages, {size:,} B sealed")
        build.write_portals([host.projects[code]], host.layouts, host.folder)
        origin = stack.enter_context(served(folder / "site"))
        browser = playwright.chromium.launch(
            executable_path=next(filter(None, map(shutil.which, BROWSERS))), args=["--no-sandbox", "--disable-gpu"]
        )
        both = [work(browser, f"{origin}/{page}", options.runs) for page in (f"p/{code}/", f"{home}{fragment(code)}")]
        print(f"main thread: {both[0]:.0f} ms open to all, {both[1]:.0f} ms private ({both[1] / both[0]:.0%})")
        print(f"{'processor':>10}  {'line':>10}  {'fastest':>8}  {'median':>8}  container at")
        for rate, line in ((1, None), (4, None), (6, None), (4, SLOW_LINE)):
            runs = [opened(browser, f"{origin}/{home}{fragment(code)}", rate, line) for _ in range(options.runs)]
            times, containers = zip(*runs, strict=True)
            row = (f"{rate} times", "400 kbit/s" if line else "full")
            print(
                f"{row[0]:>10}  {row[1]:>10}  {min(times):>5.0f} ms  {statistics.median(times):>5.0f} ms"
                f"  {statistics.median(containers):.0f} ms"
            )
        browser.close()


def work(browser: Browser, address: str, runs: int) -> float:
    """Return the median time of the main thread, ms of the processor, until an opened page is at rest."""
    found = []
    for _ in range(runs):
        context = browser.new_context(**PHONE)
        page = context.new_page()
        tools = context.new_cdp_session(page)
        tools.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(address)
        page.wait_for_selector("article.project h1")
        page.wait_for_timeout(1000)
        figures = {one["name"]: one["value"] for one in tools.send("Performance.getMetrics")["metrics"]}
        found.append(1000 * figures["TaskDuration"])
        context.close()
    return statistics.median(found)


def opened(browser: Browser, address: str, rate: int, line: dict[str, object] | None) -> tuple[float, float]:
    """Return when the portal stood and when its container was there, ms after the tap."""
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.add_init_script(OPENED)
    tools = context.new_cdp_session(page)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    if line:
        tools.send("Network.emulateNetworkConditions", line)
    page.goto(address)
    while not (at := page.evaluate("window.openedAt")):
        page.wait_for_timeout(20)
    container = page.evaluate(CONTAINER)
    context.close()
    return at, container


if __name__ == "__main__":
    main()

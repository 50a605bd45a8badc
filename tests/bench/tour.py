"""Record the portal's tour for content/portal.md, on the sample site as it is built now: `make tour`.

Each scene opens a page of a project at the width of a phone, on the day of its cut, scrolls to what it shows and stays
there while its caption is read. Out come the video (VP9, no sound), its poster and its captions. The same site gives
the same pictures; the video is encoded in one thread, so that one version of FFmpeg gives the same bytes.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, sync_playwright
from served import served

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from generator.build import build_site  # noqa: E402
from generator.website.documentation import load_site  # noqa: E402

CONTENT = ROOT / "content"
NAME = "recorrido"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOME = "p/andina/"
NOW = datetime(2026, 11, 23, 16, 0, tzinfo=ZoneInfo("America/Caracas"))
SIZE = (390, 720)
RATE = 10
"""Frames a second."""
_STEPS = 8
"""Frames of a scroll."""
_LARGEST = 1_000_000


@dataclass(frozen=True)
class Scene:
    """A page, what to do on it, what to scroll to, and the caption with the seconds that it takes to read."""

    path: str
    caption: str
    seconds: float
    to: str = ""
    act: Callable[[Page], object] = lambda _: None


SCENES = (
    Scene("", "La página de su proyecto: el corte, la fase y, primero, lo que depende de usted.", 4),
    Scene("", "Debajo, cuánto se ha avanzado y la próxima fecha acordada.", 4, to="#fig-avance"),
    Scene("tablero/", "En el Tablero cada tarea está en la columna de su estado.", 3),
    Scene(
        "tablero/",
        "Los filtros dejan a la vista solo las tareas de un área o de una persona.",
        4,
        to=".filters",
        act=lambda page: page.locator(".filters select").last.select_option(label="Ventas"),
    ),
    Scene("agenda/", "La Agenda muestra las fechas acordadas; puede llevarlas a su calendario.", 4),
    Scene("preguntas/", "Preguntas frecuentes: las de su proyecto y las de la política de comunicación.", 3),
    Scene(
        "preguntas/",
        "Toque una pregunta para leer su respuesta.",
        4,
        to="details.question",
        act=lambda page: page.locator("details.question summary").first.click(),
    ),
    Scene("documentos/", "En Documentos están los que se entregaron, y los que faltan por firmar o enviar.", 4),
)


def main() -> None:
    """Build the site, record it, and put the files into content/."""
    if not shutil.which("ffmpeg"):
        sys.exit("The tour needs ffmpeg: apt-get install ffmpeg")
    with tempfile.TemporaryDirectory() as folder:
        site, frames = Path(folder) / "site", Path(folder) / "frames"
        build_site(load_site(ROOT / "mkdocs.yml", {"public": True}), site)
        frames.mkdir()
        captions = list(record(site, frames))
        encode(frames, CONTENT / f"{NAME}.webm")
        shutil.copy(frames / "00000.png", CONTENT / f"{NAME}.png")
    (CONTENT / f"{NAME}.vtt").write_text("WEBVTT\n\n" + "\n\n".join(captions) + "\n", encoding="utf-8")
    size = (CONTENT / f"{NAME}.webm").stat().st_size
    print(f"{NAME}.webm: {size / 1000:.0f} KB")
    if size > _LARGEST:
        sys.exit(f"more than {_LARGEST / 1000:.0f} KB: make it shorter")


def record(site: Path, frames: Path) -> Iterator[str]:
    """Write a picture for each frame into *frames*, and yield a WebVTT cue for each scene."""
    executable = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(
            viewport={"width": SIZE[0], "height": SIZE[1]}, locale="es-VE", timezone_id=NOW.tzinfo.key,
            color_scheme="light", reduced_motion="reduce", has_touch=True,
        )  # fmt: skip
        page = context.new_page()
        page.clock.set_fixed_time(NOW)
        count = 0
        for scene in SCENES:
            start = count
            count = play(page, f"{address}/{HOME}{scene.path}", scene, frames, count)
            yield f"{moment(start)} --> {moment(count)}\n{scene.caption}"
        browser.close()


def play(page: Page, address: str, scene: Scene, frames: Path, count: int) -> int:
    """Write the frames of *scene* from number *count* on, and return the number after its last."""
    if page.url != address:
        page.goto(address)
    if scene.to:
        top = page.evaluate("scrollY")
        goal = page.locator(scene.to).first.evaluate("it => Math.max(0, it.getBoundingClientRect().top + scrollY - 80)")
        for step in range(1, _STEPS + 1):
            page.evaluate("y => scrollTo({ top: y, behavior: 'instant' })", top + (goal - top) * step / _STEPS)
            page.screenshot(path=frames / f"{count:05}.png")
            count += 1
    scene.act(page)
    page.screenshot(path=frames / f"{count:05}.png")
    last = count + round(scene.seconds * RATE)
    for number in range(count + 1, last):
        (frames / f"{number:05}.png").hardlink_to(frames / f"{count:05}.png")
    return last


def encode(frames: Path, target: Path) -> None:
    """Make the video of the pictures in *frames*."""
    subprocess.run(
        [
            *("ffmpeg", "-y", "-loglevel", "error", "-framerate", str(RATE), "-i", str(frames / "%05d.png")),
            *("-c:v", "libvpx-vp9", "-crf", "40", "-b:v", "0", "-pix_fmt", "yuv420p", "-threads", "1", "-an"),
            *("-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1", str(target)),
        ],
        check=True,
    )


def moment(frame: int) -> str:
    """Return the time of a frame as WebVTT writes it."""
    seconds, part = divmod(frame, RATE)
    return f"00:{seconds // 60:02}:{seconds % 60:02}.{1000 * part // RATE:03}"


if __name__ == "__main__":
    main()

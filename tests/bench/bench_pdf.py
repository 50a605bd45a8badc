"""How long a report of 200 tickets takes as PDF, against Typst compiling an empty document and nothing else.

Cold is the first report of a process, with its fonts to find; warm is each further one, of other tickets every time.
The fastest of the runs is printed as well as the median: the fastest is what the work takes, the median what a busy
machine makes of it. Run it with `python tests/bench/bench_pdf.py`.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
WORDS = ("revisar", "cargar", "validar", "saldos", "factura", "almacén", "retención", "informe", "precio", "nómina")


def floor(runs: int, _: int) -> dict[str, object]:
    """Compile an empty document to PDF/UA."""
    import typst

    times = []
    for number in range(runs + 1):
        source = f'#set document(title: "{number}")\n#set page(paper: "a4")'.encode()
        start = time.perf_counter()
        content = typst.compile(source, format="pdf", ignore_system_fonts=True, pdf_standards=["ua-1"])
        times.append(time.perf_counter() - start)
    return {"cold": times[0], "warm": times[1:], "bytes": len(content)}


def ours(runs: int, tickets: int) -> dict[str, object]:
    """Make the progress report of a project with so many tickets, invented anew every time."""
    from generator.outputs.pdf import report_pdf

    times = []
    for number in range(runs + 1):
        report = make(tickets, random.Random(number))
        start = time.perf_counter()
        content = report_pdf(report, ROOT / "site_templates")
        times.append(time.perf_counter() - start)
    return {"cold": times[0], "warm": times[1:], "bytes": len(content)}


def make(tickets: int, chance: random.Random):
    """Return a report with figures, bar, QR and a table of *tickets* rows."""
    from generator.locale import words
    from generator.pages.parts import Header, Moment, Step, Task
    from generator.pages.progress import Figure
    from generator.pages.report import Bar, BarPart, Figures, Heading, report, tasks_table

    header = Header(
        client="ACME, C.A.",
        project=f"Ventas {chance.randrange(1000)}",
        cut="Corte N.º 4",
        cut_moment=Moment("lun 23 nov 2026", "lunes, 23 de noviembre de 2026", "2026-11-23"),
        executive="Ejecutiva de cuenta: Ana Ruiz",
        steps=(Step("Implementación", "current"), Step("Producción", "ahead")),
        tabs=(),
    )
    tasks = [
        Task(
            ticket=str(number),
            number=f"#{number}",
            anchor="",
            title=" ".join(chance.choices(WORDS, k=8)),
            status="todo",
            details=(chance.choice(WORDS), "en curso"),
            moment_text=f"vence el mié {chance.randrange(1, 30)} nov",
            overdue=number % 9 == 0,
        )
        for number in range(1, tickets + 1)
    ]
    figure = Figure(title="Avance", value="63 %", lines=("85 de 136 tareas culminadas",))
    bar = Bar((BarPart("done", 63, "85", "85 culminadas"), BarPart("todo", 37, "51", "51 por hacer")))
    blocks = (Figures((figure,) * 3), bar, Heading("Pendientes"), tasks_table(tasks, words("es")))
    address = f"https://example.org/p/acme/{chance.randrange(1000)}/"
    return report(header, words("es"), title="Informe de avance", blocks=blocks, company="AdaptaPro", address=address)


def _measure(what: str, runs: int, tickets: int) -> dict[str, object]:
    command = [sys.executable, __file__, "--only", what, "--runs", str(runs), "--tickets", str(tickets)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def main() -> None:
    """Print the table, or with --only one figure as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("floor", "ours"))
    parser.add_argument("--tickets", type=int, default=200)
    parser.add_argument("--runs", type=int, default=30)
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    if options.only:
        print(json.dumps({"floor": floor, "ours": ours}[options.only](options.runs, options.tickets)))
        return
    figures = {what: _measure(what, options.runs, options.tickets) for what in ("floor", "ours")}
    print(f"{options.tickets} tickets, {options.runs} warm runs; {figures['ours']['bytes'] / 1000:.0f} kB")
    for name, what in (("Typst, an empty document", "floor"), ("avance, the report", "ours")):
        cold, warm = 1000 * figures[what]["cold"], [1000 * run for run in figures[what]["warm"]]
        print(f"  {name:26} cold {cold:6.1f} ms   warm {min(warm):6.1f} ms, median {statistics.median(warm):6.1f} ms")
    print(f"  ratio, warm                {min(figures['ours']['warm']) / min(figures['floor']['warm']):6.1f}")


if __name__ == "__main__":
    main()

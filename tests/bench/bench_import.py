"""How long an export takes to read, map and type, against pandas parsing the same bytes and nothing else.

Run by `make bench`. Each figure is a process of its own; the floor and ours take turns; medians and ratios are printed.
The files are made here, of invented text, in the form of Jira's "all fields" in Spanish.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
HEADER = (
    "Resumen,Clave de incidencia,ID de la incidencia,Tipo de Incidencia,Estado,Clave del proyecto,Prioridad,"
    "Persona asignada,Informador,Creada,Actualizada,Resuelta,Fecha de vencimiento,Etiquetas,Etiquetas,Descripción,"
    "Tiempo Trabajado,Campo personalizado (Fecha acordada),Categoría de estado"
)
MONTHS = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
WORDS = ("revisar", "cargar", "validar", "saldos", "factura", "almacén", "retención", "informe", "precio", "nómina")


def make(folder: Path, rows: int, files: int) -> list[Path]:
    """Write *rows* tickets over *files* files; about 350 bytes a row."""
    chance = random.Random(7)
    folder.mkdir(parents=True)
    paths = []
    for number in range(files):
        path = folder / f"jira {number:04}.csv"
        with path.open("w", encoding="utf-8") as out:
            out.write(f"{HEADER}\n")
            for row in range(number * rows // files, (number + 1) * rows // files):
                out.write(f"{_row(row, chance)}\n")
        paths.append(path)
    return paths


def _row(number: int, chance: random.Random) -> str:
    state, category = chance.choice([("Por hacer", "Por hacer"), ("En revisión", "En curso"), ("Finalizada", "Listo")])
    cells = [
        *(" ".join(chance.choices(WORDS, k=6)), f"AND-{number}", str(10_000 + number), "Tarea", state, "AND", "Media"),
        *("Ana Ruiz", "Luis Paz", _when(chance), _when(chance), _when(chance) if category == "Listo" else "", ""),
        *("saldos", chance.choice(WORDS), f'"{" ".join(chance.choices(WORDS, k=24))}, {chance.random()}"'),
        *(str(chance.randrange(20) * 900), _when(chance) if number % 9 == 0 else "", category),
    ]
    return ",".join(cells)


def _when(chance: random.Random) -> str:
    day, month, hour = chance.randrange(1, 29), chance.choice(MONTHS), chance.randrange(1, 13)
    return f"{day:02}/{month}/26 {hour}:{chance.randrange(60):02} {chance.choice('AP')}M"


def floor(folder: Path) -> dict[str, float]:
    """Parse every file with pandas' pyarrow engine."""
    import pandas as pd

    start = time.perf_counter()
    rows = sum(len(pd.read_csv(path, engine="pyarrow", dtype_backend="pyarrow")) for path in sorted(folder.iterdir()))
    return _figures(start, rows)


def ours(folder: Path) -> dict[str, float]:
    """Import every file."""
    from generator.build import import_exports
    from generator.settings import Settings

    settings = Settings(data_dir=folder, templates_dir=folder)
    start = time.perf_counter()
    rows = 0
    for imported, _ in import_exports(sorted(folder.iterdir()), settings):
        assert imported.rows == len(imported.tickets) + imported.merged + len(imported.set_aside)
        rows += imported.rows
    return _figures(start, rows)


def _figures(start: float, rows: int) -> dict[str, float]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"seconds": time.perf_counter() - start, "rows": rows, "peak": peak}


def _measure(what: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--only", what, "--folder", str(folder)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def main() -> None:
    """Print the table, or with --only one figure as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("floor", "ours"))
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    if options.only:
        print(json.dumps({"floor": floor, "ours": ours}[options.only](options.folder)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        big = make(root / "big", options.rows, 1)[0]
        make(root / "many", options.rows, 1000)
        turns = [("floor", "big"), ("ours", "big"), ("ours", "many")]
        runs = {turn: [] for turn in turns}
        for _ in range(options.runs):
            for turn in turns:
                runs[turn].append(_measure(turn[0], root / turn[1]))
        median = {turn: statistics.median(run["seconds"] for run in runs[turn]) for turn in turns}
        peak = max(run["peak"] for run in runs["ours", "big"])
        print(f"{options.rows:,} rows, {big.stat().st_size / 1e6:.0f} MB in one file, median of {options.runs} runs")
        print(f"  pandas' pyarrow engine, parse only   {median['floor', 'big']:7.2f} s")
        print(f"  avance, read, map and type           {median['ours', 'big']:7.2f} s   peak {peak / 1e9:.2f} GB")
        print(f"  ratio                                {median['ours', 'big'] / median['floor', 'big']:7.2f}")
        print("the same rows in 1,000 files")
        print(f"  avance, read, map and type           {median['ours', 'many']:7.2f} s")
        print(f"  ratio to one file                    {median['ours', 'many'] / median['ours', 'big']:7.2f}")


if __name__ == "__main__":
    main()

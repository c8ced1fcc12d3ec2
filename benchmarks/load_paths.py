"""Nothing in; the time and memory of ways to read 200,000 paths, side by side, and what Jalons takes beside each, out.

Run by hand: `python -m benchmarks.load_paths [--rows N] [--rounds N]`. Each way has a process of its own, in turn, and
each figure is the median of the rounds. Memory is the highest sum of what the process and its children hold.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

import psutil

from benchmarks.paths_workbook import write_paths_workbook
from benchmarks.peers import WAYS

PANDAS, POLARS, FASTEXCEL, _, COMMAND, SERVER = WAYS
SLICE = 0.02
MEGABYTE = 1024**2


@dataclass(frozen=True)
class Measure:
    """Seconds of the clock, seconds of the processors, bytes at the highest."""

    wall: float
    cpu: float
    memory: int


def main() -> None:
    """Write the workbook, run the rounds, print the table and the ratios."""
    parser = argparse.ArgumentParser(description="Temps et mémoire d’un chargement de parcours, et d’autres lecteurs.")
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "parcours.xlsx"
        write_paths_workbook(file, asked.rows)
        size = file.stat().st_size / MEGABYTE
        print(f"{asked.rows} parcours sur 20 colonnes, {size:.1f} Mo ; médianes de {asked.rounds} tours\n", flush=True)
        rounds = [{way: run(way, file) for way in WAYS} for _ in range(asked.rounds)]
    print_table({way: summarise([one[way] for one in rounds]) for way in WAYS})


def run(way: str, file: Path) -> Measure:
    """One way, in a process and with a folder of its own."""
    before, start, peak = children_cpu(), time.perf_counter(), 0
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.peers", way, str(file), folder]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
            while process.poll() is None:
                peak = max(peak, held_by(process.pid))
                time.sleep(SLICE)
            wall, cpu = time.perf_counter() - start, children_cpu() - before
            said = process.stderr.read() if process.stderr else ""
    if process.returncode:
        raise RuntimeError(f"{way} : {said}")
    own = json.loads(said) if way == SERVER else {"wall": wall, "cpu": cpu}
    return Measure(own["wall"], own["cpu"], peak)


def children_cpu() -> float:
    """Seconds of the processors that ended processes took."""
    usage = getrusage(RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def held_by(pid: int) -> int:
    """Bytes of memory of a process and of its children now."""
    try:
        process = psutil.Process(pid)
        return sum(one.memory_info().rss for one in (process, *process.children(recursive=True)))
    except psutil.NoSuchProcess:
        return 0


def summarise(measures: list[Measure]) -> Measure:
    """The median of each figure."""
    return Measure(
        median(one.wall for one in measures),
        median(one.cpu for one in measures),
        int(median(one.memory for one in measures)),
    )


def print_table(found: dict[str, Measure]) -> None:
    """The figures, then what Jalons takes beside the others."""
    print(f"{'':34}{'horloge':>10}{'calcul':>10}{'mémoire':>10}")
    for way, one in found.items():
        print(f"{way:34}{one.wall:8.2f} s{one.cpu:8.2f} s{one.memory / MEGABYTE:7.0f} Mo")
    print()
    for own in (COMMAND, SERVER):
        for peer in (FASTEXCEL, POLARS):
            print(f"{own} : {found[own].wall / found[peer].wall:.1f} fois le temps de « {peer} »")
        print(f"{own} : {found[PANDAS].wall / found[own].wall:.1f} fois plus rapide que « {PANDAS} »")


if __name__ == "__main__":
    main()

"""The name of a way to read a workbook and its path in; the rows read (none for a command) out, for others to time.

Each way is run in a process of its own: `python -m benchmarks.peers NAME FILE FOLDER`.
"""

from __future__ import annotations

import json
import sys
import time
import zipfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from xml.parsers import expat

CONVENTION, SOURCE = "plie-martigues", "plie"
_PIECE = 1 << 20


def read_with_pandas(file: Path, folder: Path) -> int:
    """What a script would do: pandas and openpyxl, then a table of DuckDB."""
    import duckdb
    import pandas as pd

    frame = pd.read_excel(file, engine="openpyxl")
    # A column that mixes dates and texts has no type in a table.
    mixed = frame.select_dtypes("object").columns
    frame[mixed] = frame[mixed].astype(str)
    with duckdb.connect(str(folder / "pandas.duckdb")) as database:
        database.register("frame", frame)
        database.execute("create table parcours as from frame")
    return len(frame)


def read_with_fastexcel(file: Path, _: Path) -> int:
    """The bare read of the quickest reader known, to Arrow."""
    import fastexcel

    return int(fastexcel.read_excel(file).load_sheet(0).to_arrow().num_rows)


def read_with_polars(file: Path, _: Path) -> int:
    """The same reader, to a table of polars."""
    import polars

    return polars.read_excel(file).height


def scan_with_expat(file: Path, _: Path) -> int:
    """The bare scan of the sheet's XML, nothing kept but the number of rows."""
    rows = 0

    def count(name: str, __: object) -> None:
        nonlocal rows
        rows += name == "row"

    parser = expat.ParserCreate()
    parser.StartElementHandler = count
    with zipfile.ZipFile(file) as archive, archive.open("xl/worksheets/sheet1.xml") as sheet:
        while piece := sheet.read(_PIECE):
            parser.Parse(piece)
        parser.Parse(b"", True)
    return rows - 1


def load_as_command(file: Path, folder: Path) -> int:
    """All that `python -m etl load` does, its own start included."""
    from etl.__main__ import main

    place = str(folder / "jalons.duckdb")
    if main(["load", "--database", place, "--convention", CONVENTION, "--source", SOURCE, str(file)]):
        raise RuntimeError("le fichier est refusé")
    return 0


def load_as_server(file: Path, folder: Path) -> int:
    """What the server does of an upload: libraries loaded, database open, a child ready; it times itself."""
    from functools import partial

    from etl.children import keep_ready
    from etl.keys import KeyRing
    from etl.load import load_report
    from etl.report import Options
    from etl.run import examine, get_ready
    from store.database import open_database
    from store.reading import read_current

    content = file.read_bytes()
    with open_database(folder / "jalons.duckdb") as database:
        get_ready()
        keep_ready()
        time.sleep(2)
        start, cpu = time.perf_counter(), _cpu()
        options = Options(CONVENTION, SOURCE)
        report = examine(file.name, content, options, KeyRing(), previous=partial(read_current, database))
        result = load_report(database, report)
        print(json.dumps({"wall": time.perf_counter() - start, "cpu": _cpu() - cpu}), file=sys.stderr)
    return result.added


def _cpu() -> float:
    children = getrusage(RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


WAYS = {
    "pandas + openpyxl → DuckDB": read_with_pandas,
    "polars (fastexcel), lecture nue": read_with_polars,
    "fastexcel → Arrow, lecture nue": read_with_fastexcel,
    "expat, parcours nu du XML": scan_with_expat,
    "Jalons : python -m etl load": load_as_command,
    "Jalons : dépôt sur le serveur": load_as_server,
}

if __name__ == "__main__":
    print(WAYS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3])))

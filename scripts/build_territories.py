"""Packages of the COG in, one per vintage; out comes `data/territories.parquet`, one row per state.

    python scripts/build_territories.py                    # fetches the packages with `npm pack`
    python scripts/build_territories.py --packages FOLDER  # reads them, unpacked, from FOLDER

FOLDER holds one folder per version, named as `npm pack` names its archive
(`etalab-decoupage-administratif-6.0.0/package/data/communes.json`). Same packages in, same rows out.

What the packages say and how it is flattened:
- one version per COG year, the one that the package's own table recommends; 2020 has its EPCI but still the
  communes of 2019, completed with those that the EPCI of 2020 name (Sannerville, re-established that year);
- a code that is no longer a commune (absorbed, delegated, associated, moved to another département) is a row
  `former`, whose successor is the commune it belongs to; its name comes from the history since 1943 where no
  vintage has it;
- a delegated commune may keep its old name under the code of the new one (Arbignieu, 01015): it is then a
  `former` row whose successor is its own code;
- the arrondissements of Paris, Marseille and Lyon are no communes, but not former: successor, the city;
- equal states of consecutive vintages are one row. The population is the latest known, for communes and EPCI.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

PACKAGE = "@etalab/decoupage-administratif"
VERSIONS = {
    2019: "0.7.0",
    2020: "0.8.0",
    2021: "1.1.1",
    2022: "2.3.1",
    2023: "3.1.1",
    2024: "4.1.0",
    2025: "5.3.0",
    2026: "6.0.0",
}
HISTORY_VERSION = "0.8.0"
"""The last version that ships the communes' history since 1943."""

OUTPUT = Path(__file__).resolve().parent.parent / "data" / "territories.parquet"
SCHEMA = pa.schema(
    [
        ("kind", pa.string()),
        ("code", pa.string()),
        ("name", pa.string()),
        ("departement", pa.string()),
        ("epci", pa.string()),
        ("successor", pa.string()),
        ("former", pa.bool_()),
        ("vintage_from", pa.int16()),
        ("vintage_to", pa.int16()),
        ("population", pa.int32()),
    ]
)

Json = dict[str, Any]


class State(NamedTuple):
    """One territory as one vintage has it, but for its population."""

    kind: str
    code: str
    former: bool
    name: str
    departement: str | None = None
    epci: str | None = None
    successor: str | None = None


class Source:
    """The unpacked packages: reads one file of one version."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, version: str, file: str) -> list[Json]:
        package = self.folder / f"etalab-decoupage-administratif-{version}" / "package"
        rows: list[Json] = json.loads((package / "data" / f"{file}.json").read_text(encoding="utf-8"))
        return rows


def fetch_packages(folder: Path) -> None:
    """Fetch and unpack every version into the folder."""
    for version in VERSIONS.values():
        command = ["npm", "pack", "--silent", f"{PACKAGE}@{version}"]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        archive = folder / f"etalab-decoupage-administratif-{version}.tgz"
        with tarfile.open(archive) as tar:
            tar.extractall(folder / archive.stem, filter="data")


def name_former(source: Source) -> dict[str, str]:
    """The last name known of every code, from the history or from the vintages that followed it."""
    names = {row["code"]: row["nom"] for row in source.read(HISTORY_VERSION, "historique-communes")}
    for version in VERSIONS.values():
        names |= {row["code"]: row["nom"] for row in source.read(version, "communes") if not is_alias(row)}
    return names


def is_alias(row: Json) -> bool:
    """Whether this delegated or associated commune stands under the code of the commune it belongs to."""
    return bool(row.get("chefLieu") == row["code"])


def departement_of(row: Json) -> str | None:
    """The département of a commune, or the collectivité d'outre-mer that stands for it in older vintages."""
    code: str | None = row.get("departement") or row.get("collectiviteOutremer", {}).get("code")
    return code


def current_states(communes: list[Json], epci: list[Json]) -> Iterator[State]:
    """The communes of one vintage, and those that only the EPCI of that vintage name."""
    siren = {member["code"]: group["code"] for group in epci for member in group["membres"]}
    for row in communes:
        if row["type"] == "commune-actuelle":
            code = row["code"]
            yield State("commune", code, False, row["nom"], departement_of(row), siren.pop(code, None))
    named = {member["code"]: member["nom"] for group in epci for member in group["membres"]}
    for code, group in siren.items():
        yield State("commune", code, False, named[code], code[:2], group)


def other_states(
    communes: list[Json], *, current: dict[str, str], successors: dict[str, str], names: dict[str, str]
) -> Iterator[State]:
    """The arrondissements and former codes of one vintage, given its communes (code to name)."""
    listed = {row["code"]: row for row in communes if not is_alias(row)}
    for code, row in listed.items():
        if row["type"] == "arrondissement-municipal":
            yield State("commune", code, False, row["nom"], departement_of(row), None, row["commune"])
    for row in communes:
        if is_alias(row) and row["nom"] != current[row["code"]]:
            yield State("commune", row["code"], True, row["nom"], departement_of(row), None, row["code"])
    for code, successor in successors.items():
        if code not in current:
            row = listed.get(code, {})
            name, departement = row.get("nom", names[code]), departement_of(row) or departement_in(code)
            yield State("commune", code, True, name, departement, None, row.get("chefLieu", successor))


def departement_in(code: str) -> str:
    """The département that a commune's code starts with."""
    return code[:3] if code.startswith(("97", "98")) else code[:2]


def vintage_states(
    source: Source, version: str, *, successors: dict[str, str], names: dict[str, str]
) -> Iterator[State]:
    """Every territory of one vintage."""
    communes, epci = source.read(version, "communes"), source.read(version, "epci")
    actual = list(current_states(communes, epci))
    yield from actual
    current = {state.code: state.name for state in actual}
    yield from other_states(communes, current=current, successors=successors, names=names)
    for group in epci:
        yield State("epci", group["code"], False, group["nom"])
    for kind, file in (("departement", "departements"), ("region", "regions")):
        for row in source.read(version, file):
            yield State(kind, row["code"], False, row["nom"])


def latest_population(source: Source) -> dict[tuple[str, str], int]:
    """The latest known population of communes and EPCI, by kind and code."""
    known: dict[tuple[str, str], int] = {}
    for version in VERSIONS.values():
        for row in source.read(version, "communes"):
            if row.get("population") is not None:
                known["commune", row["code"]] = row["population"]
        for group in source.read(version, "epci"):
            known["epci", group["code"]] = group["populationMunicipale"]
    return known


def spans(states: list[tuple[State, int]]) -> Iterator[tuple[State, int, int]]:
    """Equal states of consecutive vintages as one, with its first and last vintage."""
    for state, same in groupby(sorted(states, key=sort_key), key=lambda pair: pair[0]):
        years = [year for _, year in same]
        for _, run in groupby(enumerate(years), key=lambda pair: pair[1] - pair[0]):
            consecutive = [year for _, year in run]
            yield state, consecutive[0], consecutive[-1]


def sort_key(pair: tuple[State, int]) -> tuple[Any, ...]:
    """Order of states that have no value in places, then of vintages."""
    state, year = pair
    return (*("" if value is None else str(value) for value in state), year)


def build_rows(source: Source) -> list[Json]:
    """All rows of the table, by kind, code and vintage."""
    last = source.read(VERSIONS[max(VERSIONS)], "communes")
    successors = {old: row["code"] for row in last for old in row.get("anciensCodes", [])}
    names, population = name_former(source), latest_population(source)
    states = [
        (state, year)
        for year, version in VERSIONS.items()
        for state in vintage_states(source, version, successors=successors, names=names)
    ]
    rows = [
        {
            **state._asdict(),
            "vintage_from": first,
            "vintage_to": to,
            "population": None if state.former else population.get((state.kind, state.code)),
        }
        for state, first, to in spans(states)
    ]
    order = ("kind", "code", "former", "vintage_from", "name")
    return sorted(rows, key=lambda row: tuple(row[column] for column in order))


def main() -> None:
    parser = argparse.ArgumentParser(description="Flatten the vintages of the COG into one Parquet file.")
    parser.add_argument("--packages", type=Path, help="folder of the unpacked packages (default: npm pack)")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        if arguments.packages is None:
            fetch_packages(Path(scratch))
        rows = build_rows(Source(arguments.packages or Path(scratch)))
    table = pa.Table.from_pylist(rows, schema=SCHEMA)
    pq.write_table(table, arguments.output, compression="zstd", compression_level=19)
    print(f"{table.num_rows} rows, {arguments.output.stat().st_size / 1e6:.2f} MB: {arguments.output}")


if __name__ == "__main__":
    main()

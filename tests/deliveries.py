"""Small reports as tests need them: figures, paths, and the whole content of a database to compare."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

import pyarrow as pa

from conventions.values import make_segment
from etl.report import Finding, Observation, Options, Report, SheetReport
from store.database import Database
from store.rows import PATHS

GROWING = ("imports", "journal", "observations", "parcours")


def figure(
    measure: str = "orientes",
    value: float | None = 12,
    *,
    territory: str = "13056",
    period: str = "2024-T1",
    source: str = "plie",
    state: str = "ok",
    cell: str = "B2",
    is_context: bool = False,
    **segment: str,
) -> Observation:
    """A figure of the PLIE's return for Martigues, first quarter of 2024, unless told otherwise."""
    return Observation(
        measure, territory, period, source, make_segment(segment), value, state, "Retour", cell, is_context
    )


@dataclass(frozen=True)
class PathRecord:
    """One path, as a row of the table that a report holds."""

    pseudonym: str
    territory: str
    agence: str | None
    prescripteur: str | None
    date_orientation: date | None
    date_premier_contact: date | None
    date_diagnostic: date | None
    date_integration: date | None
    date_sortie: date | None
    motif: str | None
    sexe: str | None
    age: str | None
    publics: tuple[str, ...]
    niveau_formation: str | None
    entretiens: int | None
    sheet: str
    row: int


EMPTY_PATH = PathRecord(
    pseudonym="p1",
    territory="13056",
    agence=None,
    prescripteur=None,
    date_orientation=None,
    date_premier_contact=None,
    date_diagnostic=None,
    date_integration=None,
    date_sortie=None,
    motif=None,
    sexe=None,
    age=None,
    publics=(),
    niveau_formation=None,
    entretiens=None,
    sheet="Parcours",
    row=2,
)


def path(pseudonym: str = "p1", **facts: object) -> PathRecord:
    """A path of which only the given facts are known; dates are written `2024-03-05`."""
    read = {
        name: date.fromisoformat(value) if name.startswith("date_") and isinstance(value, str) else value
        for name, value in facts.items()
    }
    return replace(EMPTY_PATH, pseudonym=pseudonym, **read)  # type: ignore[arg-type]


def report(
    *observations: Observation,
    file: str = "retour.xlsx",
    content: str | None = None,
    convention: str | None = "plie-martigues",
    source: str | None = "plie",
    period: str | None = None,
    paths: Sequence[PathRecord] = (),
    findings: Sequence[Finding] = (),
) -> Report:
    """A report that holds these figures and paths; its hash is that of its content, by default its name."""
    return Report(
        file=file,
        file_hash=content or file,
        convention=convention,
        source=source,
        options=Options(period=period),
        sheets=(SheetReport("Retour", "crosstab", len(observations), len(paths)),),
        findings=tuple(findings),
        observations=observations,
        paths=pa.Table.from_pylist([asdict(one) for one in paths], schema=PATHS),
    )


def dump(db: Database, tables: Iterable[str] = ("cube",)) -> dict[str, list[tuple[object, ...]]]:
    """Every row of some tables, in one order."""
    with db.cursor() as cursor:
        return {table: cursor.execute(f"from {table} order by all").fetchall() for table in tables}


def read_values(
    db: Database, measure: str = "orientes", reading: str = "flux"
) -> dict[tuple[str, ...], float]:
    """The cube's counts of one measure by territory, period and segment."""
    with db.cursor() as cursor:
        rows = cursor.execute(
            """select territory, period, segment, value from cube where measure = ? and reading = ?
            order by all""",
            [measure, reading],
        ).fetchall()
    assert len({row[:3] for row in rows}) == len(rows)
    return {row[:3]: row[3] for row in rows}

"""What a file brings and the database in; what accepting it would change out, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from conventions.values import Segment, parse_segment
from etl.load import load_report
from etl.report import Observation, Report
from etl.steps import Told
from store.database import Database
from store.journal import REPLACED, ImportEntry, read_history
from store.rehearsal import rehearse
from ui.deposit.published import Published, compare, find_touched, take_snapshot

Key = tuple[str, str, str, Segment]
Known = Mapping[Key, tuple[float | None, str]]
TODAY, TRIAL, AFTER = "Chiffres publiés aujourd’hui", "Essai sans enregistrer", "Chiffres après le dépôt"
STEPS = (TODAY, TRIAL, AFTER)


@dataclass(frozen=True)
class Change:
    """One figure that would take another value."""

    key: Key
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Replacement:
    """An older deposit that this one would take over, whole or in part."""

    entry: ImportEntry
    is_whole: bool


@dataclass(frozen=True)
class Effect:
    """What accepting would do to the figures of a convention's source, then to those that are published.

    `absent` counts the figures and paths of the older deposits that this file lacks; `left_out` are the years
    whose published figures were not compared.
    """

    added: Sequence[Observation]
    changed: Sequence[Change]
    unchanged: int
    records: int
    published: Published = Published()
    replaced: Sequence[Replacement] = ()
    absent: int = 0
    left_out: tuple[int, ...] = ()
    is_nothing: bool = False


def read_known(database: Database, report: Report) -> Known:
    """The figures that count today for the convention and source of a report."""
    with database.cursor() as cursor:
        rows = cursor.execute(
            """select measure, territory, period, segment, value, state from current_observations
            where convention = ? and source = ? order by all""",
            [report.convention or "", report.source or ""],
        ).fetchall()
    return {(row[0], row[1], row[2], parse_segment(row[3])): (row[4], row[5]) for row in rows}


def weigh(report: Report, known: Known) -> Effect:
    """Compare what was read with what counts: new, different or the same."""
    added: list[Observation] = []
    changed: list[Change] = []
    unchanged = 0
    for one in report.observations:
        key = (one.measure, one.territory, one.period, one.segment)
        if key not in known:
            added.append(one)
        elif known[key] != (one.value, one.state):
            changed.append(Change(key, known[key][0], one.value))
        else:
            unchanged += 1
    return Effect(added, changed, unchanged, len(report.paths))


def foresee(database: Database, report: Report, day: date, *, retire_absent: bool, told: Told) -> Effect:
    """Load the report as if for good, compare what is published before and after, and keep nothing."""
    touched = find_touched(report)
    with rehearse(database) as rehearsal:
        told(TODAY)
        effect = weigh(report, read_known(rehearsal, report))
        before, entries = take_snapshot(rehearsal, touched, day), read_history(rehearsal)
        told(TRIAL)
        result = load_report(rehearsal, report, retire_absent=retire_absent)
        told(AFTER)
        after, states = take_snapshot(rehearsal, touched, day), read_history(rehearsal)
    gone = {one.id for one in states if one.state == REPLACED}
    absent = len(result.absent) + result.absent_paths
    taken = [one for one in entries if one.id in result.superseded]
    return replace(
        effect,
        published=compare(before, after),
        replaced=[Replacement(one, one.id in gone) for one in taken],
        absent=absent,
        left_out=touched.left_out,
        is_nothing=not (result.added or result.changed or (retire_absent and absent)),
    )

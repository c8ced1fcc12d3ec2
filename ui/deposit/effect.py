"""What a file brings and what counts today in; what accepting it would change out, before anything is
written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from conventions.catalogue import Catalogue
from conventions.periods import parse_period
from conventions.values import Convention, Segment, parse_segment
from etl.report import Observation, Report
from store.database import Database
from ui.french import FIXED, MISSING, write_count, write_quantity, write_short_period, write_signed
from ui.tables import Column, Row, note, render_table
from ui.wording import name_place, tag

Key = tuple[str, str, str, Segment]
Known = Mapping[Key, tuple[float | None, str]]
FIRST = 9


@dataclass(frozen=True)
class Change:
    """One figure that would take another value."""

    key: Key
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Effect:
    """What accepting would do to the figures of a convention's source."""

    added: Sequence[Observation]
    changed: Sequence[Change]
    unchanged: int
    records: int


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


def write_effect_title(effect: Effect) -> str:
    """« Si vous acceptez : 94 chiffres nouveaux, 3 corrigés »."""
    parts = []
    if effect.records:
        parts.append(write_quantity(effect.records, "parcours", "parcours"))
    if effect.added:
        parts.append(write_quantity(len(effect.added), "chiffre nouveau", "chiffres nouveaux"))
    if effect.changed:
        parts.append(write_quantity(len(effect.changed), "chiffre corrigé", "chiffres corrigés"))
    return f"Si vous acceptez{FIXED}: {', '.join(parts)}" if parts else "Ce fichier ne changerait rien"


def render_effect(effect: Effect, convention: Convention | None, catalogue: Catalogue) -> str:
    """The corrections one by one, then the new figures by measure and period."""
    rows = [_change_row(change, convention, catalogue) for change in effect.changed[:FIRST]]
    rows += _added_rows(effect.added, catalogue)[: max(0, FIRST - len(rows))]
    if not rows:
        return ""
    columns = [Column("Chiffre"), Column("Aujourd’hui", True), Column("Après", True), Column("Effet", True)]
    return render_table(caption="Effet du dépôt", columns=columns, rows=rows, is_caption_hidden=True)


def _change_row(change: Change, convention: Convention | None, catalogue: Catalogue) -> Row:
    measure, territory, period, segment = change.key
    place = name_place(territory, convention) if convention is not None else territory
    parts = [
        place,
        write_short_period(parse_period(period)),
        *(catalogue.axes[axis].values.get(v, v) for axis, v in segment),
    ]
    before = write_count(change.before) if change.before is not None else MISSING
    after = write_count(change.after) if change.after is not None else MISSING
    effect = tag("corrigé", "wait")
    if change.before is not None and change.after is not None:
        effect = tag(write_signed(change.after - change.before), "wait")
    return Row(
        [
            note(escape(catalogue.measures[measure].label), escape(", ".join(parts))),
            before,
            f"<b>{after}</b>",
            effect,
        ]
    )


def _added_rows(added: Sequence[Observation], catalogue: Catalogue) -> list[Row]:
    ordered = sorted(added, key=lambda one: (one.is_context, one.measure, parse_period(one.period)))
    rows = []
    for (measure, period), group in groupby(ordered, key=lambda one: (one.measure, one.period)):
        ones = list(group)
        total = _sum_whole(ones, catalogue.measures[measure].adds_over)
        under = (
            f"{write_short_period(parse_period(period))}, {write_quantity(len(ones), 'chiffre', 'chiffres')}"
        )
        after = f"<b>{write_count(total)}</b>" if total is not None else f"{len(ones)}{FIXED}chiffres"
        rows.append(
            Row([note(escape(catalogue.measures[measure].label), under), "—", after, tag("nouveau", "good")])
        )
    return rows


def _sum_whole(ones: Sequence[Observation], adds_over: frozenset[str]) -> float | None:
    """The sum over the places, when the measure adds up over them and each is a whole."""
    whole = [one for one in ones if not one.segment and one.value is not None]
    if not whole or "territoire" not in adds_over or len(whole) != sum(not one.segment for one in ones):
        return None
    return sum(one.value or 0 for one in whole)

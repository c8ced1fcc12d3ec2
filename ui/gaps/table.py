"""Gaps between two sources in; the title that names the largest, and their table, out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from conventions.catalogue import Catalogue
from conventions.periods import parse_period
from conventions.values import Convention
from indicators.gaps import Gap
from ui.french import (
    FIXED,
    MISSING,
    THIN,
    join_words,
    write_count,
    write_number,
    write_percent,
    write_short_period,
    write_signed,
)
from ui.places import name_one
from ui.tables import Cell, Column, Row, Table, note
from ui.wording import figure_html, name_place, name_source, tag, write_sides


def name_gap(gap: Gap, convention: Convention) -> str:
    """« Martigues (commune), T1 2024 », « Ensemble, T1 2024 »."""
    return f"{_name_where(gap.territory, convention)}, {write_short_period(parse_period(gap.period))}"


def _name_where(code: str | None, convention: Convention) -> str:
    """A place whose name the whole bears too says of what kind it is."""
    if code is None or code == convention.territory.code:
        return "Ensemble"
    name = name_place(code, convention)
    kind = next((place.kind for place in convention.places if place.code == code), "")
    level = next((one for one in convention.levels if one.kind == kind), None)
    is_shared = level is not None and name in convention.territory.name
    return f"{name} ({name_one(level)})" if is_shared and level is not None else name


def say_sides(gap: Gap, convention: Convention) -> str:
    """« PLIE 105, France Travail 114 »."""
    return write_sides([(name_source(one.source, convention), one.value or 0) for one in (gap.used, gap.other)])


def write_title(gaps: Sequence[Gap], convention: Convention, catalogue: Catalogue) -> str:
    """« DE orientés vers le PLIE : PLIE 390, France Travail 408 là où les deux se comparent (5 % d’écart) »: the first
    count that differs, over the same places and periods; or that there is no gap, or nothing to compare."""
    told = [one for one in gaps if one.absolute is not None]
    if not told:
        return "Aucun chiffre de la période ne se compare entre deux sources"
    if not told[0].absolute:
        return "Les deux sources disent la même chose partout où elles se comparent"
    indicator = catalogue.indicator(told[0].indicator)
    if indicator.denominator is not None or catalogue.measures[indicator.numerator.measure].kind != "flux":
        return write_largest(gaps, convention)
    sums: dict[str, float] = {}
    for one in told:
        for side in (one.used, one.other) if one.indicator == indicator.code else ():
            sums[side.source or ""] = sums.get(side.source or "", 0.0) + (side.value or 0.0)
    sides = write_sides([(name_source(code, convention), value) for code, value in sums.items()])
    return f"{indicator.label}{FIXED}: {sides} là où les deux se comparent{_write_share(list(sums.values()))}"


def _write_share(sums: Sequence[float]) -> str:
    """« (écart 18, soit 5 %) », of the first source; gaps of both signs may leave none."""
    first, other = sums[:2]
    if first == other or not first:
        return ""
    return f" (écart {write_count(abs(other - first))}, soit {write_percent(abs(other - first) / first)})"


def write_largest(gaps: Sequence[Gap], convention: Convention) -> str:
    """« L’écart le plus grand : Martigues, T1 2026 (84 et 89) ; en proportion : Saint-Mitre, T1 2026 (15 et 18) »."""
    told = [one for one in gaps if one.absolute]
    if not told:
        return "Aucun écart à montrer"
    largest = told[0]
    steepest = max(told, key=lambda one: abs(one.relative or 0.0))
    text = f"L’écart le plus grand{FIXED}: {name_gap(largest, convention)} ({_write_counts(largest)})"
    if steepest is largest or not steepest.relative:
        return text
    share = write_percent(abs(steepest.relative))
    return f"{text}{THIN}; en proportion{FIXED}: {name_gap(steepest, convention)} ({_write_counts(steepest)}, {share})"


def _write_counts(gap: Gap) -> str:
    return f"{write_count(gap.used.value or 0)} et {write_count(gap.other.value or 0)}"


def make_table(gaps: Sequence[Gap], convention: Convention, catalogue: Catalogue) -> Table:
    """One line a gap: both values, the gap, as a share, which one is used, and why."""
    columns = [
        Column("Mesure, territoire, période"),
        Column("Source retenue", True),
        Column("Autre source", True),
        Column("Écart", True),
        Column("En %", True),
        Column("Ce qu’en disent les partenaires"),
    ]
    rows = [_row(one, convention, catalogue) for one in gaps]
    return Table("Écarts entre sources", columns, rows, is_caption_hidden=True)


def _row(gap: Gap, convention: Convention, catalogue: Catalogue) -> Row:
    indicator = catalogue.indicator(gap.indicator)
    sides = [
        Cell(note(figure_html(one, indicator), escape(name_source(one.source, convention))), figure=one)
        for one in (gap.used, gap.other)
    ]
    absolute = MISSING if gap.absolute is None else f"<b>{write_signed(gap.absolute)}</b>"
    relative = "—" if gap.relative is None else f"{write_number(100 * abs(gap.relative), 1)}{FIXED}%"
    head = note(f"<b>{escape(name_gap(gap, convention))}</b>", escape(indicator.label))
    return Row([head, *sides, absolute, relative, _say(gap, convention)])


def _say(gap: Gap, convention: Convention) -> str:
    """Who lacks, whether a source was retained, and the reasons given."""
    parts = []
    if gap.lacking:
        lacking = join_words([name_source(code, convention) for code in dict.fromkeys(gap.lacking)])
        parts.append(f"{tag('incomplet', 'wait')} {escape(lacking)}")
    if gap.retained is not None:
        parts.append(f"{tag('retenue', 'good')} {escape(name_source(gap.retained, convention))}")
    parts += [f"{escape(one.text or '')} ({escape(one.author)})" for one in gap.reasons]
    return "<br>".join(parts) or "—"

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
    join_words,
    write_number,
    write_short_period,
    write_signed,
)
from ui.tables import Cell, Column, Row, Table, note
from ui.wording import figure_html, name_place, name_source, tag, write_sides


def name_gap(gap: Gap, convention: Convention) -> str:
    """« Martigues, T1 2024 »."""
    return f"{name_place(gap.territory, convention)}, {write_short_period(parse_period(gap.period))}"


def say_sides(gap: Gap, convention: Convention) -> str:
    """« PLIE 105, France Travail 114 »."""
    return write_sides([(name_source(one.source, convention), one.value or 0) for one in (gap.used, gap.other)])


def write_title(gaps: Sequence[Gap], convention: Convention) -> str:
    """The largest gap in words, or that there is none."""
    told = [one for one in gaps if one.absolute is not None]
    if not told:
        return "Aucun chiffre de la période ne se compare entre deux sources"
    if not told[0].absolute:
        return "Les deux sources disent la même chose partout où elles se comparent"
    return f"L’écart le plus grand{FIXED}: {name_gap(told[0], convention)}, {say_sides(told[0], convention)}"


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

"""A figure and its indicator in; the words and the HTML that say it, its counts and its state, out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from conventions.periods import parse_period
from conventions.values import Convention, Indicator
from indicators.values import Figure
from ui.french import FIXED, MISSING, join_words, write_count, write_number, write_percent, write_short_period
from ui.proof.link import wrap_link
from ui.tables import Cell

HOLES = {"n.d.": MISSING, "secret": "secret", "sans_objet": f"s.{FIXED}o."}
SECRET = '<span class="j-secret"><b>secret</b></span>'
NOT_KNOWN = f'<span class="j-missing">{MISSING}</span>'


def write_value(value: float, indicator: Indicator) -> str:
    """A value in the indicator's own unit: « 65 % », « 61,3 », « 12,4 j », « 412 »."""
    if indicator.unit == "taux":
        return write_percent(value)
    if indicator.denominator is None:
        return write_count(value)
    return f"{write_number(value, 1)}{FIXED}j" if indicator.unit == "jours" else write_number(value, 1)


def write_figure(figure: Figure, indicator: Indicator) -> str:
    """The value of a figure, or the word of its hole."""
    return HOLES.get(figure.state, MISSING) if figure.value is None else write_value(figure.value, indicator)


def write_counts(figure: Figure) -> str:
    """« (268/412) » for a ratio whose counts are known, else nothing."""
    if figure.value is None or figure.numerator is None or figure.denominator is None:
        return ""
    return f"({write_count(figure.numerator)}/{write_count(figure.denominator)})"


def name_place(code: str | None, convention: Convention) -> str:
    """The name of a territory of the convention; None is the whole."""
    if code is None or code == convention.territory.code:
        return convention.territory.name
    return next((place.name for place in convention.places if place.code == code), code)


def name_source(code: str | None, convention: Convention) -> str:
    """The name of a source of the convention."""
    return next(
        (source.label for source in convention.sources if source.code == code), code or "source non précisée"
    )


def write_sides(counts: Sequence[tuple[str, float]]) -> str:
    """« PLIE 84, France Travail 89 »: the names of sources take no article."""
    return ", ".join(f"{name} {write_count(value)}" for name, value in counts)


def list_missing(figure: Figure, convention: Convention) -> str:
    """What a partial figure leaves out: « Port-de-Bouc (T3 2026) »."""
    whole = (convention.territory.code, "")
    # A hole of one place is a hole of the whole too: only the place is told.
    pairs = [pair for pair in figure.missing if pair[0] not in whole] or list(figure.missing)
    return join_words(
        [f"{name_place(place, convention)} ({write_short_period(parse_period(p))})" for place, p in pairs]
    )


def tag(text: str, kind: str = "") -> str:
    """A small label; kind is good, bad, wait or nothing."""
    return f'<span class="j-tag{f" j-{kind}" if kind else ""}">{escape(text)}</span>'


def tag_state(figure: Figure) -> str:
    """The label of a state that a reader must know of; nothing when the figure is plain."""
    return tag_word(figure.state) if figure.value is not None else ""


def tag_word(state: str) -> str:
    """The label of a state by its code."""
    return {
        "provisoire": tag("provisoire", "wait"),
        "partiel": tag("partiel", "wait"),
        "fourni": tag("fourni"),
        "> 100 %": tag("▲ décalage de période", "bad"),
    }.get(state, "")


def write_hole(figure: Figure) -> str:
    """« n. d. » or « secret », and why: on hover, and for who listens."""
    is_secret = figure.state == "secret"
    if not figure.reason:
        return SECRET if is_secret else NOT_KNOWN
    kind, word = ("j-secret", "<b>secret</b>") if is_secret else ("j-missing", MISSING)
    return (
        f'<span class="{kind} j-reasoned" title="{escape(figure.reason)}">{word}'
        f'<span class="j-hidden"> : {escape(figure.reason)}</span></span>'
    )


def figure_cell(figure: Figure | None, indicator: Indicator) -> Cell:
    """A figure as a cell of a table; n. d. where there is none."""
    return Cell(MISSING) if figure is None else Cell(figure_html(figure, indicator), figure=figure)


def figure_html(figure: Figure, indicator: Indicator, *, is_tagged: bool = True) -> str:
    """A figure in a cell: value in bold, counts, state; a hole in the dress of its kind. It leads to its proof, unless
    nothing says how it was asked for."""
    if figure.value is None:
        return wrap_link(write_hole(figure), figure, indicator)
    over = " j-over" if figure.state == "> 100 %" else ""
    counts = write_counts(figure)
    linked = wrap_link(f"<b>{write_value(figure.value, indicator)}</b>", figure, indicator)
    parts = [f'<span class="j-figure{over}">{linked}']
    if counts:
        parts.append(f' <span class="j-counts">{counts}</span>')
    return "".join([*parts, tag_state(figure) if is_tagged else "", "</span>"])

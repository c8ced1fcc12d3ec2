"""The readings of blocks in; what they found, in words: the title of the page, the first figure of a block and its
change, and what its bars tell, out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from conventions.catalogue import Catalogue
from conventions.periods import MONTHS
from indicators.evolution import Evolution
from indicators.objectives import ObjectiveReading
from indicators.values import Figure
from ui.articles.reading import Reading, find_chart_whole, find_named
from ui.blocks import to_html
from ui.charts.ranked import Bar, rank_bars
from ui.french import FIXED, join_words, write_number, write_percent, write_points, write_signed
from ui.objectives import write_mark
from ui.places import count_places
from ui.proof.link import wrap_link
from ui.support.places import write_band_title
from ui.wording import list_missing, name_place, tag_state, write_counts, write_figure, write_value

KINDS = {
    "distinct": "personnes distinctes, comptées une fois par durée\u202f; les périodes ne s’additionnent pas",
    "stock": "effectif en fin de période",
}


def find_first(reading: Reading) -> Figure | None:
    """The figure that a block opens on: its first indicator that is known over the span."""
    found = (reading.whole.get(code) for code in reading.block.indicators)
    return next((one for one in found if one is not None and one.value is not None), None)


def write_page_title(
    readings: Sequence[Reading], objectives: Sequence[ObjectiveReading], catalogue: Catalogue
) -> str:
    """« Personnes accueillies : 1 128, soit 9 % de plus qu’en 2022 »; the figure of the first objective before the
    others, with what was due by then."""
    opened = [(reading, figure) for reading in readings if (figure := find_first(reading)) is not None]
    for agreed in objectives:
        figure = next((one for _, one in opened if one.indicator == agreed.objective.indicator), None)
        if figure is not None and agreed.objective.upper is None:
            return f"{_name_figure(figure, catalogue)}{_write_agreed(agreed, catalogue)}"
    if not opened:
        return "Rien reçu pour cette période"
    reading, figure = opened[0]
    return f"{_name_figure(figure, catalogue)}{_write_share(reading.evolution)}"


def _name_figure(figure: Figure, catalogue: Catalogue) -> str:
    indicator = catalogue.indicator(figure.indicator)
    return f"{indicator.label}{FIXED}: {write_figure(figure, indicator)}"


def _write_agreed(agreed: ObjectiveReading, catalogue: Catalogue) -> str:
    """« , pour 168 attendus fin septembre et un objectif de 225 », or the objective alone of a year that is over."""
    indicator = catalogue.indicator(agreed.objective.indicator)
    objective = f"un objectif de {write_mark(agreed.objective.value, indicator)}"
    if agreed.expected is None or agreed.is_whole_year:
        return f", pour {objective}"
    due = write_number(agreed.expected, 0 if indicator.denominator is None else 1)
    last = agreed.periods[-1]
    return f", pour {due} attendus fin {MONTHS[last.month + last.length - 2]} et {objective}"


def write_block_title(reading: Reading, bars: Sequence[Bar], catalogue: Catalogue) -> str:
    """What a block found: of its bars, else of its first figure; its own name when there is nothing to find."""
    agreed = reading.objective
    if bars and agreed is not None and agreed.upper is not None:
        sizes = [(bar.label, bar.value) for bar in bars if bar.value is not None]
        return write_band_title(sizes, agreed.value, agreed.upper, noun=f"{reading.block.by}s")
    if bars:
        return write_finding(reading, bars, catalogue)
    figure = find_first(reading)
    return f"{_name_figure(figure, catalogue)}{_write_share(reading.evolution)}" if figure else reading.block.title


def write_notes(reading: Reading, catalogue: Catalogue) -> list[str]:
    """How the table is to be read: what is partial, and which figures are not the sum of their periods."""
    found = [one for one in (*reading.through_time, *reading.whole.values()) if one.state == "partiel"]
    notes = [_tell_partial(reading, found, catalogue)] if found else []
    if len(reading.known_periods) < 2:
        return notes
    own = [catalogue.indicator(code) for code in reading.block.indicators if code in reading.whole]
    counted = [one for one in own if one.denominator is None]
    for kind, said in KINDS.items():
        labels = [one.label for one in counted if catalogue.measures[one.numerator.measure].kind == kind]
        notes += [f"{join_words(labels)}{FIXED}: {said}."] if labels else []
    return notes


def _tell_partial(reading: Reading, found: Sequence[Figure], catalogue: Catalogue) -> str:
    """« Totaux des 6 quartiers de la convention, qui ne couvrent pas tout le territoire », or the returns that lack."""
    if reading.is_of_places:
        (places,) = count_places(reading.convention)
        codes = {one.indicator for one in found}
        labels = [catalogue.indicator(code).label for code in reading.block.indicators if code in codes]
        who = "Totaux" if len(labels) == len(reading.block.indicators) else f"{join_words(labels)}{FIXED}: total"
        return f"{who} des {places} de la convention, qui ne couvrent pas tout le territoire."
    holes = dict.fromkeys(list_missing(one, reading.convention) for one in found)
    return f"«{FIXED}partiel{FIXED}»{FIXED}: sans {max(holes, key=len)}."


def _write_share(found: Evolution | None) -> str:
    """« , soit 9 % de plus qu’en 2022 », for a count that is compared."""
    if found is None or found.relative is None or found.indicator.denominator is not None:
        return ""
    year = found.before_period.year
    if not round(found.relative, 2):
        return f", comme en {year}"
    return f", soit {write_percent(abs(found.relative))} de {'plus' if found.relative > 0 else 'moins'} qu’en {year}"


def write_first(reading: Reading, catalogue: Catalogue) -> str:
    """The first figure in large, its name, its counts and its change (HTML); nothing when none is known."""
    figure = find_first(reading)
    if figure is None:
        return ""
    indicator = catalogue.indicator(figure.indicator)
    number = wrap_link(write_figure(figure, indicator), figure, indicator)
    said = [part for part in (write_counts(figure), write_change(reading)) if part]
    return (
        f'<div class="j-first"><div class="j-number">{number}</div><div><div class="j-under">'
        f"{escape(indicator.label)} {'' if reading.is_of_places else tag_state(figure)}</div>"
        f'<p class="j-small-say">{". ".join(said)}</p></div></div>'
    )


def write_change(reading: Reading) -> str:
    """« +93 (+9 %) par rapport à 2022, à champ constant », or why none is told; nothing where nothing was before."""
    found = reading.evolution
    if found is None:
        return ""
    if found.absolute is None or found.now is None or found.before is None:
        return to_html(found.reason)
    if found.indicator.unit == "taux":
        gap = write_points(found.now.value or 0, found.before.value or 0)
    else:
        gap = write_signed(found.absolute, 0 if found.indicator.denominator is None else 1)
    sign = "+" if (found.relative or 0) > 0 else ""
    share = f" ({sign}{write_percent(found.relative)})" if found.relative is not None else ""
    left = join_words([name_place(one.territory, reading.convention) for one in found.left_out])
    field = f", à champ constant{f' (sans {escape(left)})' if left else ''}"
    return f"<b>{gap}</b>{share} par rapport à {found.before_period.year}{field}"


def write_finding(reading: Reading, bars: Sequence[Bar], catalogue: Catalogue) -> str:
    """« Borny : 356 sur 1 128, soit 32 % », or the two ends of a rate; the label where nothing can be told."""
    indicator = catalogue.indicator(reading.block.chart or "")
    ranked = [bar for bar in rank_bars(bars) if bar.is_ranked and bar.value is not None]
    if len(ranked) < 2:
        return indicator.label
    first, last = ranked[0], ranked[-1]
    if indicator.denominator is not None:
        return f"{indicator.label}{FIXED}: de {last.text} ({last.label}) à {first.text} ({first.label})"
    first = find_named(ranked) or first
    whole, value = find_chart_whole(reading, catalogue), write_value(first.value or 0, indicator)
    if not whole or whole < (first.value or 0):
        return f"{first.label} vient en tête{FIXED}: {value}"
    share = write_percent((first.value or 0) / whole)
    return f"{first.label}{FIXED}: {value} sur {write_value(whole, indicator)}, soit {share}"

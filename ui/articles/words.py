"""The readings of blocks in; what they found, in words: the title of the page, the first figure of a block and its
change, and what its bars tell, out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from conventions.catalogue import Catalogue
from indicators.evolution import Evolution
from indicators.objectives import ObjectiveReading
from indicators.values import Figure
from ui.articles.reading import Reading
from ui.charts.ranked import Bar, rank_bars
from ui.french import FIXED, THIN, join_words, write_percent, write_points, write_signed
from ui.proof.link import wrap_link
from ui.wording import name_place, tag_state, write_counts, write_figure, write_value


def find_first(reading: Reading) -> Figure | None:
    """The figure that a block opens on: its first indicator that is known over the span."""
    found = (reading.whole.get(code) for code in reading.block.indicators)
    return next((one for one in found if one is not None and one.value is not None), None)


def write_page_title(
    readings: Sequence[Reading], objectives: Sequence[ObjectiveReading], catalogue: Catalogue
) -> str:
    """« Personnes accueillies : 1 128, soit 9 % de plus qu’en 2022 »; the objective in its place when there is one."""
    for reading in readings:
        figure = find_first(reading)
        if figure is None:
            continue
        indicator = catalogue.indicator(figure.indicator)
        text = f"{indicator.label}{FIXED}: {write_figure(figure, indicator)}"
        agreed = next((one for one in objectives if one.objective.indicator == figure.indicator), None)
        if agreed is not None and agreed.objective.upper is None:
            return f"{text}, pour un objectif de {write_value(agreed.objective.value, indicator)}"
        return f"{text}{_write_share(reading.evolution)}"
    return "Rien reçu pour cette période"


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
        f"{escape(indicator.label)} {tag_state(figure)}</div>"
        f'<p class="j-small-say">{". ".join(said)}</p></div></div>'
    )


def write_change(reading: Reading) -> str:
    """« +93 (+9 %) par rapport à 2022, à champ constant », or why none is told; nothing where nothing was before."""
    found = reading.evolution
    if found is None:
        return ""
    if found.absolute is None or found.now is None or found.before is None:
        return escape(found.reason)
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
        return f"De {last.text} ({last.label}) à {first.text} ({first.label})"
    whole = reading.whole.get(indicator.code)
    if whole is None or not whole.value or whole.value < (first.value or 0):
        return f"{first.label}{FIXED}: {first.text}{THIN}; c’est le plus grand nombre"
    share = write_percent((first.value or 0) / whole.value)
    return f"{first.label}{FIXED}: {first.text} sur {write_value(whole.value, indicator)}, soit {share}"

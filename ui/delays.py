"""The delays of a convention in; their card (spreads, who waits) and that of durations against limits, out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from conventions.values import Convention
from indicators.delays import Bin, Delay, DelayRequest, LimitReading
from indicators.request import PRODUCER
from ui.behind import Behind
from ui.blocks import show_behind, show_block_title, show_chart, show_lead
from ui.charts.delays import DelayBar, draw_delays
from ui.charts.durations import Column as Bar
from ui.charts.durations import draw_durations
from ui.citation import write_article
from ui.field import WHOLE_FIELD, Field, find_paths_place, say_wider
from ui.french import FIXED, MISSING, THIN, write_count, write_date, write_number, write_quantity, write_rate
from ui.path_files import write_files
from ui.readings import get_delays
from ui.shell import Screen
from ui.tables import Column, Row, Table
from ui.wording import SECRET, name_source

NAMES: dict[str, str] = {
    "date_orientation": "orientation",
    "date_premier_contact": "premier contact",
    "date_diagnostic": "diagnostic",
    "date_integration": "intégration",
    "date_sortie": "sortie",
}
WHOLE = ("date_orientation", "date_integration")
DURATION = ("date_integration", "date_sortie")
METHOD = (
    f" Médiane, attente comprise{FIXED}: estimée avec ceux qui attendent encore (Kaplan–Meier), intervalle à "
    f"95{FIXED}%. Écartés{FIXED}: dates qui manquent ou se contredisent."
)
DELAY = "jours entre les dates de deux étapes d’un même parcours, de ceux qui ont atteint la seconde"


def read_delays(screen: Screen, convention: Convention, audience: str, field: Field = WHOLE_FIELD) -> list[Delay]:
    """Every delay that the paths of a convention, or of one of its places, tell to this reader."""
    place = find_paths_place(field, audience).place
    territory = place.code if place else None
    return get_delays(screen.database, DelayRequest(convention.key, territory=territory, audience=audience))


def name_delay(delay: Delay) -> str:
    """« Orientation → premier contact », in the words of the convention where it has its own."""
    start, end = _name_stages(delay)
    return f"{start.capitalize()} → {end}"


def _name_stages(delay: Delay) -> tuple[str, str]:
    words = {**NAMES, **delay.words}
    return words[delay.stage_from], words[delay.stage_to]


def show_delays(
    screen: Screen, convention: Convention, delays: Sequence[Delay], *, audience: str, field: Field = WHOLE_FIELD
) -> None:
    """How long each stage takes; nothing without paths."""
    # A convention without a stage (no diagnostic) has nobody between it and the next.
    told = [one for one in delays if one.reached != 0]
    steps = [one for one in told if (one.stage_from, one.stage_to) not in (DURATION, WHOLE)]
    shown = [*steps, *(one for one in told if (one.stage_from, one.stage_to) == WHOLE)]
    if not shown:
        return
    told_of = find_paths_place(field, audience)
    title = told_of.write_title(write_title(shown))
    with st.container(key="carte-delais", height="stretch"):
        show_block_title(
            title,
            "Colonnes grises\u00a0: combien de personnes par délai. Dessous, en jours, pour celles qui ont commencé "
            f"depuis au moins {shown[0].maturity}{FIXED}mois{FIXED}: médiane (trait), moitié centrale (bande), "
            f"moyenne (anneau).{escape(say_wider(field, told_of))}",
        )
        behind = Behind(
            "delais",
            title,
            make_table(shown),
            "Tableau des délais",
            source=f"{_write_source(screen, convention, shown[0], audience)}{METHOD}",
            definition=DELAY,
        )
        show_chart(draw_delays([build_bar(one) for one in shown]), behind, alt=describe_delays(shown))


def write_title(delays: Sequence[Delay]) -> str:
    """« La moitié des orientés sont intégrés en 74 jours ; 52 restent sans suite à ce jour »."""
    whole = next((one for one in delays if (one.stage_from, one.stage_to) == WHOLE), delays[-1])
    start, end = _name_stages(whole)
    if whole.spread is None:
        return f"Le délai entre {start} et {end} n’est pas connu"
    text = f"Une {end} sur deux vient en {write_number(whole.spread.median)} jours" if (
        whole.stage_to == WHOLE[1]
    ) else f"De {start} à {end}, la médiane est de {write_number(whole.spread.median)} jours"  # fmt: skip
    if not whole.waiting:
        return text
    waiting = write_quantity(whole.waiting, "personne reste", "personnes restent")
    return f"{text}{THIN}; {waiting} sans suite à ce jour{_write_long(whole)}"


def _write_long(delay: Delay) -> str:
    """« , dont 812 depuis plus de 12 mois »."""
    if not delay.waiting_long:
        return ""
    return f", dont {write_count(delay.waiting_long)} depuis plus de {delay.maturity}{FIXED}mois"


def build_bar(delay: Delay) -> DelayBar:
    """The row of a delay; a spread that is not told leaves its place empty."""
    spread = delay.spread
    waiting = f"sans suite{FIXED}: secret"
    if delay.waiting is not None:
        waiting = f"{write_count(delay.waiting)} sans suite{_write_long(delay)}"
    if spread is None:
        return DelayBar(name_delay(delay), None, None, None, None, MISSING, waiting)
    text = f"{write_number(spread.median)}{FIXED}j (de {write_number(spread.lower)} à {write_number(spread.upper)})"
    days = (spread.lower, spread.median, spread.upper, spread.mean)
    return DelayBar(name_delay(delay), *days, text, waiting, build_columns(delay.bins))


def build_columns(bins: Sequence[Bin]) -> list[tuple[float, float, float]]:
    """The bins that have an end, by people a day so that merged ones compare."""
    heights = [(one.low, one.high, one.paths / (one.high - one.low)) for one in bins if one.high is not None]
    tallest = max((height for _, _, height in heights), default=0) or 1
    return [(low, high, height / tallest) for low, high, height in heights if height]


def describe_delays(delays: Sequence[Delay]) -> str:
    """What the chart shows, in words."""
    told = [f"{name_delay(one)} {build_bar(one).text}" for one in delays]
    return f"Délais entre étapes, médiane et quartiles{FIXED}: {', '.join(told)}"


def make_table(delays: Sequence[Delay]) -> Table:
    """Counts, quartiles, mean, and the median that takes into account those who wait."""
    rows = [
        Row([escape(name_delay(one)), *_write_counts(one), *_write_spread(one), _write_survival(one)])
        for one in delays
    ]
    columns = [
        Column("Délai"),
        Column("Étape atteinte", True),
        Column("En attente", True),
        Column("Écartés", True),
        Column("Lus", True),
        Column("1<sup>er</sup> quartile", True),
        Column("Médiane", True),
        Column("3<sup>e</sup> quartile", True),
        Column("Moyenne", True),
        Column("Médiane, attente comprise", True),
    ]
    return Table("Délais entre étapes, en jours", columns, rows)


def _write_counts(delay: Delay) -> list[str]:
    return [
        write_count(one) if one is not None else SECRET for one in (delay.reached, delay.waiting, delay.set_aside)
    ]


def _write_spread(delay: Delay) -> list[str]:
    spread = delay.spread
    if spread is None:
        return [MISSING] * 5
    paths = write_count(spread.paths) if delay.state != "secret" else SECRET
    days = [write_number(one) for one in (spread.lower, spread.median, spread.upper)]
    return [paths, *days, write_number(spread.mean, 1)]


def _write_survival(delay: Delay) -> str:
    found = delay.survival
    if found.median is None:
        return MISSING
    low = write_number(found.low) if found.low is not None else "?"
    high = write_number(found.high) if found.high is not None else "?"
    return f"{write_number(found.median)} (de {low} à {high})"


def _write_source(screen: Screen, convention: Convention, delay: Delay, audience: str) -> str:
    files = write_files(screen.database, convention, delay.source) if audience == PRODUCER else ""
    return (
        f"Source{FIXED}: {escape(name_source(delay.source, convention))}, parcours individuels, situation au "
        f"{write_date(delay.horizon)}.{files}"
    )


def show_durations(
    screen: Screen, convention: Convention, delays: Sequence[Delay], *, audience: str, field: Field = WHOLE_FIELD
) -> None:
    """How long paths last, against what the convention allows; nothing without a limit or paths."""
    delay = next((one for one in delays if one.limit is not None), None)
    if delay is None or delay.limit is None:
        return
    limit, told_of = delay.limit.limit, find_paths_place(field, audience)
    title = told_of.write_title(write_duration_title(delay.limit))
    with st.container(key="carte-durees", height="stretch"):
        wider = escape(say_wider(field, told_of))
        show_block_title(title, f"{write_limit(delay.limit)}{f'.{wider}' if wider else ''}")
        show_lead(write_shares(delay.limit))
        behind = Behind(
            "durees",
            title,
            make_table([delay]),
            "Tableau des durées",
            source=_write_source(screen, convention, delay, audience),
            definition=write_limit(delay.limit),
        )
        if delay.limit.ended_bins:
            bounds = [limit.value, *([limit.value + limit.extension] if limit.extension else [])]
            bars = build_bars(delay.limit)
            show_chart(draw_durations(bars, limits=bounds), behind, alt=describe_durations(bars))
        else:
            show_behind(behind)


def build_bars(reading: LimitReading) -> list[Bar]:
    """The columns of the paths that ended, with those open today where these are told."""
    still = [one.paths for one in reading.open_bins] or [0] * len(reading.ended_bins)
    return [Bar(one.low, one.high, one.paths, left) for one, left in zip(reading.ended_bins, still, strict=True)]


def describe_durations(bars: Sequence[Bar]) -> str:
    """What the chart shows, in words."""
    told = []
    for bar in bars:
        until = f"à {bar.high} mois" if bar.high is not None else "mois et plus"
        still = f" et {write_count(bar.still)} ouverts" if bar.still else ""
        told.append(f"{bar.low} {until} {write_count(bar.ended)} terminés{still}")
    return f"Parcours par durée{FIXED}: {', '.join(told)}"


def write_limit(reading: LimitReading) -> str:
    """« Durée maximale du parcours : 18 mois, et 6 de plus si la prolongation est validée (M) »."""
    limit = reading.limit
    more = f", et {write_count(limit.extension)} de plus {limit.condition}" if limit.extension else ""
    return escape(f"{limit.label}{FIXED}: {write_count(limit.value)}{FIXED}mois{more} ({write_article(limit.article)})")


def write_duration_title(reading: LimitReading) -> str:
    """How many open paths are past the limit."""
    months = f"{write_count(reading.limit.value)}{FIXED}mois"
    if reading.open_past is None:
        return f"Les durées face à {months}{FIXED}: des nombres trop petits pour être dits"
    if not reading.open_past:
        return f"Aucun parcours ouvert n’a dépassé {months}"
    text = f"{write_quantity(reading.open_past, 'parcours ouvert a', 'parcours ouverts ont')} dépassé {months}"
    whole = reading.limit.value + (reading.limit.extension or 0)
    if not reading.limit.extension or not reading.open_past_extension:
        return text
    return f"{text}, dont {write_count(reading.open_past_extension)} plus de {write_count(whole)}"


def write_shares(reading: LimitReading) -> str:
    """Of the paths old enough: ended within the limit, within its extension, and beyond or still open (HTML)."""
    if reading.begun is None:
        return SECRET
    if not reading.begun:
        return "Aucun parcours n’est encore assez ancien pour être jugé."
    limit, whole = reading.limit.value, reading.limit.value + (reading.limit.extension or 0)
    parts = [f"<b>{write_rate(reading.within or 0, reading.begun)}</b> terminés en {write_count(limit)}{FIXED}mois"]
    if reading.limit.extension:
        parts.append(f"<b>{write_rate(reading.extended or 0, reading.begun)}</b> dans la prolongation")
    parts.append(f"<b>{write_rate(reading.beyond or 0, reading.begun)}</b> au-delà ou encore ouverts")
    return (
        f"Parmi les {write_count(reading.begun)} parcours commencés depuis au moins {write_count(whole)}{FIXED}mois"
        f"{FIXED}: {', '.join(parts)}."
    )

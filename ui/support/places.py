"""A year in; its places against the agreed range, its exits by motive and the obstacles met and
lifted, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

import streamlit as st

from indicators.values import Figure
from ui.behind import Behind
from ui.blocks import message, show_block_title, show_chart, show_files, show_section, show_source, show_table
from ui.charts.band import Dot, draw_band
from ui.charts.ranked import Bar, describe_bars, draw_ranked, rank_bars
from ui.french import FIXED, join_words, set_typography, write_count, write_number, write_percent, write_small
from ui.heatmap import heat_cells
from ui.places import list_places, main_level
from ui.readings import by_place
from ui.shell import Screen
from ui.support.year import FOUR, Year
from ui.tables import Column, Row, Table, render
from ui.wording import figure_cell, name_place

SIZE = "taille_moyenne_portefeuille"
LEAST = 20


def show_places(screen: Screen, year: Year) -> None:
    """Where the mean hides breaches: each place over the range, then all figures place by place."""
    places = [
        place
        for place in list_places(year.convention, main_level(year.convention))
        if place.code in by_place(list(year.places), "en_cours")
    ]
    if not places:
        return
    reading, codes = year.reading(SIZE), [place.code for place in places]
    sizes = [
        (place.name, figure.value)
        for place in places
        if (figure := by_place(list(year.places), SIZE).get(place.code)) and figure.value is not None
    ]
    table, title = _places_table(screen, year, codes), "Les chiffres, territoire par territoire"
    if reading is None or reading.objective.upper is None or not sizes:
        show_section(title)
    else:
        low, high = reading.objective.value, reading.objective.upper
        title = write_band_title(sizes, low, high)
        show_section(
            title,
            "Une moyenne cache les dépassements\u00a0: chaque territoire se lit seul",
        )
        with st.container(key="carte-bande"):
            mean = year.everywhere[SIZE].value if SIZE in year.everywhere else None
            told = ", ".join(f"{name} {write_number(value, 1)}" for name, value in sizes)
            drawn = draw_band([Dot(*one) for one in sizes], low=low, high=high, mean=mean)
            behind = Behind("territoires", title, table, "Tableau des territoires", period=year.span.label)
            show_chart(drawn, behind, part="bande", alt=f"Taille moyenne des portefeuilles{FIXED}: {told}")
    with st.container(key="carte-chaleur"):
        show_table(render(table))
        show_files(Behind("territoires", title, table, "Tableau des territoires", period=year.span.label))
        show_source(
            "Teinte\u00a0: du plus faible (discrète) au plus élevé (marquée), colonne par "
            "colonne\u202f; les effectifs ne sont pas teintés."
        )


def write_band_title(
    sizes: Sequence[tuple[str, float]], low: float, high: float, *, noun: str = "territoires"
) -> str:
    """« CDAS 8 sort de la bande convenue, les sept autres y sont »."""
    out = [name for name, value in sizes if not low <= value <= high]
    if not out:
        return f"Les {write_small(len(sizes))} {noun} sont dans la bande convenue"
    if len(out) > 3:
        return (
            f"{write_small(len(out)).capitalize()} {noun} sur {write_small(len(sizes))} "
            "sortent de la bande convenue"
        )
    verb = "sort" if len(out) == 1 else "sortent"
    rest = len(sizes) - len(out)
    return f"{join_words(out)} {verb} de la bande convenue, les {write_small(rest)} autres y sont"


def _places_table(screen: Screen, year: Year, codes: Sequence[str]) -> Table:
    heat = {
        code: heat_cells(codes, by_place(list(year.places), code), screen.catalogue.indicator(code))
        for code in FOUR
    }
    rows = [
        Row([escape(name_place(code, year.convention)), *(heat[one][rank] for one in FOUR)])
        for rank, code in enumerate(codes)
    ]
    whole = [
        figure_cell(year.everywhere[one], screen.catalogue.indicator(one))
        for one in FOUR
        if one in year.everywhere
    ]
    rows.append(Row([escape(year.convention.territory.name), *whole], css="j-whole"))
    columns = [Column("Territoire"), *(Column(escape(screen.catalogue.indicator(one).label)) for one in FOUR)]
    caption = f"Chiffres par territoire, {year.span.label}"
    return Table(caption, columns, rows, "j-heat", is_caption_hidden=True)


def show_exits(screen: Screen, year: Year) -> None:
    """Exits by motive: no positive rate was agreed, so none is shown."""
    labels = screen.catalogue.axes["motif"].values
    bars, total = share_bars(year.exits, labels, "motif")
    with st.container(key="carte-sorties", height="stretch"):
        if not bars:
            show_block_title("Aucune sortie reçue par motif")
            return
        first = rank_bars(bars)[0]
        title = year.field.write_title(f"{first.label}\u00a0: {first.text} des sorties")
        show_block_title(
            title,
            f"{write_count(total)}{FIXED}sorties par motif\u202f; aucun taux de sorties "
            "positives n’a été convenu",
        )
        found = {labels.get(code := dict(one.segment)["motif"], code): one for one in year.exits}
        table = _share_table(screen, year.field.join("Sorties par motif"), bars, found)
        behind = Behind("sorties", title, table, "Tableau des sorties", period=year.span.label)
        drawn = draw_ranked(_name_first(bars), left=230)
        show_chart(drawn, behind, alt=describe_bars(bars, "Sorties par motif, en part du total"))


def show_rest_of_whole(year: Year) -> bool:
    """Said of one place when returns give exits, obstacles and means of the whole alone; whether it was."""
    rest = (*year.exits, *year.obstacles, *year.means)
    is_said = year.field.is_part and not any(one.value is not None or one.state == "secret" for one in rest)
    if is_said:
        text = "Les retours ne les donnent que pour toute la convention\u00a0: choisissez « Tous les territoires »."
        st.html(message("Sorties, freins et moyens mobilisés", set_typography(text), kind="note"))
    return is_said


def show_met(screen: Screen, year: Year) -> None:
    """Obstacles met, each as a part of all those identified."""
    met = [one for one in year.obstacles if one.indicator == "freins_identifies"]
    bars, total = share_bars(met, screen.catalogue.axes["frein"].values, "frein")
    first = rank_bars(bars)[0]
    title = year.field.write_title(f"{first.label}{FIXED}: {first.text} des freins rencontrés")
    lead = f"{write_count(total)}{FIXED}freins identifiés\u202f; une personne peut en avoir plusieurs"
    drawn = _Drawn("rencontres", title, lead, "Freins identifiés par type")
    _show_by_obstacle(screen, year, drawn, bars, met)


def show_means(screen: Screen, year: Year) -> None:
    """Means used against each kind of obstacle; nothing when no return tells them."""
    bars, total = share_bars(year.means, screen.catalogue.axes["frein"].values, "frein")
    if not bars:
        return
    first = rank_bars(bars)[0]
    title = year.field.write_title(f"{first.label}{FIXED}: {first.text} des moyens mobilisés")
    lead = f"{write_count(total)}{FIXED}moyens mobilisés pour lever des freins"
    drawn = _Drawn("moyens", title, lead, "Moyens mobilisés par type de frein")
    _show_by_obstacle(screen, year, drawn, bars, year.means)


@dataclass(frozen=True)
class _Drawn:
    """What a card of bars says: its key, its title and lead, and the caption of its table."""

    key: str
    title: str
    lead: str
    caption: str


def _show_by_obstacle(
    screen: Screen, year: Year, drawn: _Drawn, bars: Sequence[Bar], figures: Sequence[Figure]
) -> None:
    labels = screen.catalogue.axes["frein"].values
    found = {labels.get(code := dict(one.segment)["frein"], code): one for one in figures}
    table = _share_table(screen, drawn.caption, bars, found)
    with st.container(key=f"carte-{drawn.key}", height="stretch"):
        show_block_title(drawn.title, drawn.lead)
        behind = Behind(drawn.key, drawn.title, table, "Tableau", period=year.span.label)
        show_chart(draw_ranked(_name_first(bars)), behind, alt=describe_bars(bars, drawn.caption))


def show_obstacles(screen: Screen, year: Year) -> None:
    """Obstacles identified, and how many of them were lifted."""
    bars = lifted_bars(year.obstacles, screen.catalogue.axes["frein"].values)
    ranked = [bar for bar in rank_bars(bars) if bar.is_ranked]
    least = ranked[-1].label if ranked else ""
    title = year.field.write_title(f"{least}{FIXED}: le frein le moins souvent levé" if least else "Freins levés")
    named = [replace(bar, is_named=bar.label == least) for bar in bars]
    with st.container(key="carte-freins", height="stretch"):
        show_block_title(title, "Freins levés, rapportés aux freins identifiés")
        labels = screen.catalogue.axes["frein"].values
        lifted = [one for one in year.obstacles if one.indicator == "freins_leves"]
        found = {labels.get(code := dict(one.segment)["frein"], code): one for one in lifted}
        table = _share_table(screen, "Freins levés par type", bars, found)
        behind = Behind("freins", title, table, "Tableau des freins", period=year.span.label)
        show_chart(draw_ranked(named), behind, alt=describe_bars(named, "Part des freins levés, par type de frein"))


def lifted_bars(figures: Sequence[Figure], labels: Mapping[str, str]) -> list[Bar]:
    """Obstacles lifted over obstacles identified, by kind; few of them are not ranked."""
    met, lifted = (
        {dict(one.segment)["frein"]: one.value for one in figures if one.indicator == code}
        for code in ("freins_identifies", "freins_leves")
    )
    bars = []
    for code, of in met.items():
        up = lifted.get(code)
        if of and up is not None:
            counts = f"({write_count(up)}/{write_count(of)})"
            label = labels.get(code, code)
            bars.append(Bar(label, up / of, write_percent(up / of), counts, is_ranked=of >= LEAST))
    return bars


def share_bars(figures: Sequence[Figure], labels: Mapping[str, str], axis: str) -> tuple[list[Bar], float]:
    """Each value of an axis as a part of their sum: what is counted is in one value alone."""
    known = [figure for figure in figures if figure.value is not None]
    total = sum(figure.value or 0 for figure in known)
    bars = [
        Bar(
            labels.get(code := dict(figure.segment)[axis], code),
            (figure.value or 0) / total,
            write_percent((figure.value or 0) / total),
            f"({write_count(figure.value or 0)})",
        )
        for figure in known
        if total
    ]
    return bars, total


def _name_first(bars: Sequence[Bar]) -> list[Bar]:
    first = rank_bars(bars)[0].label
    return [replace(bar, is_named=bar.label == first) for bar in bars]


def _share_table(screen: Screen, caption: str, bars: Sequence[Bar], found: Mapping[str, Figure]) -> Table:
    """A line a bar; its count leads to its proof."""
    rows = []
    for bar in rank_bars(bars):
        one = found[bar.label]
        cell = figure_cell(one, screen.catalogue.indicator(one.indicator))
        rows.append(Row([escape(bar.label), cell, f"{bar.text} {bar.counts if '/' in bar.counts else ''}".strip()]))
    columns = [Column("Type"), Column("Nombre", True), Column("Part", True)]
    return Table(caption, columns, rows, is_caption_hidden=True)

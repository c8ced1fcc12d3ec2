"""The page of the accompagnement global: its sentences and what it compares, from invented figures."""

from __future__ import annotations

from dataclasses import replace

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.periods import parse_period
from conventions.statuses import ON_TRACK
from indicators.objectives import ObjectiveReading
from indicators.values import Figure
from tests.invented import invent
from ui.readings import by_indicator
from ui.shell import Screen
from ui.spans import Span, cover
from ui.support.advisers import list_portfolios
from ui.support.course import build_entries, write_delay_title, write_entries_title, write_portfolio_title
from ui.support.four import write_head
from ui.support.places import lifted_bars, share_bars, write_band_title
from ui.support.year import Year

CATALOGUE = load_catalogue()
CONVENTION = load_conventions()["accompagnement-global-35"]
SIZE = "taille_moyenne_portefeuille"
SCREEN = Screen("", None, load_conventions(), CATALOGUE, (), parse_period("2025").end)  # type: ignore[arg-type]


def months(code: str, year: int, values: list[float | None]) -> list[Figure]:
    return [invent(code, value, period=f"{year}-{rank:02d}") for rank, value in enumerate(values, start=1)]


def year_of(
    whole: list[Figure],
    *,
    before: tuple[Figure, ...] = (),
    series: tuple[Figure, ...] = (),
    past: tuple[Figure, ...] = (),
    gap: float = 0.0,
) -> Year:
    objective = next(one for one in CONVENTION.objectives if one.indicator == SIZE)
    figure = next((one for one in whole if one.indicator == SIZE), None)
    reading = ObjectiveReading(objective, 2025, (parse_period("2025-06"),), figure, None, gap, ON_TRACK, None)
    span = cover(2025, 1, 6, "mois")
    return Year(
        CONVENTION,
        span,
        Span((parse_period("2024"),)),
        "producteur",
        by_indicator(whole),
        by_indicator(list(before)),
        series,
        past,
        [],
        [],
        [],
        [reading],
    )


WHOLE = [invent("entrees_cumulees", 619), invent(SIZE, 876, 10), invent("delai_moyen_demarrage", 12489, 619)]


def test_head_tells_entries_the_range_and_who_is_outside() -> None:
    text = "619 entrées\u202f; 87,6 personnes par conseiller en moyenne, dans la bande convenue"
    assert write_head(SCREEN, year_of(WHOLE)) == text
    out = [invent("en_cours", 67.0 + rank, segment={"conseiller": f"c{rank:02d}"}) for rank in range(5)]
    few = replace(year_of(WHOLE), advisers=out[:2])
    assert write_head(SCREEN, few) == f"{text}, mais C00 et C01 en sortent"
    assert write_head(SCREEN, replace(few, advisers=out[:1])) == f"{text}, mais C00 en sort"
    many = replace(year_of(WHOLE), advisers=[*out, invent("en_cours", 110, segment={"conseiller": "c09"})])
    assert write_head(SCREEN, many) == f"{text}, mais quatre conseillers en sortent"
    assert write_head(SCREEN, year_of(WHOLE, gap=-2.4)).endswith("hors de la bande convenue")
    assert write_head(SCREEN, year_of([])) == "Aucun chiffre reçu pour cette période"


def test_last_year_of_a_shorter_time_is_not_compared() -> None:
    series = tuple(months("entrees_cumulees", 2025, [100, 200]))
    short = tuple(months("entrees_cumulees", 2024, [None, 150]))
    year = year_of(
        WHOLE, before=(invent("entrees_cumulees", 150), invent(SIZE, 870, 10)), series=series, past=short
    )
    assert not year.is_comparable
    assert year.last_value("entrees_cumulees", accumulates=True) is None
    assert year.last_value(SIZE, accumulates=False) == 87


def test_last_year_of_the_same_time_is_compared() -> None:
    series, past = (
        tuple(months("entrees_cumulees", 2025, [100])),
        tuple(months("entrees_cumulees", 2024, [90, 180])),
    )
    year = year_of(WHOLE, before=(invent("entrees_cumulees", 90),), series=series, past=past)
    assert year.last_value("entrees_cumulees", accumulates=True) == 90


def test_entries_are_a_line_of_totals() -> None:
    trend = build_entries(year_of(WHOLE, series=tuple(months("entrees_cumulees", 2025, [116, 224]))))
    assert trend is not None
    assert (trend.points, trend.objective) == ([(1, 116), (2, 224)], None)
    assert build_entries(year_of(WHOLE)) is None
    assert write_entries_title(trend) == "On compte 224\u00a0entrées fin février"
    before = replace(trend, last_year=[(1, 110), (2, 230)])
    assert write_entries_title(before).endswith("février, 6 de moins qu’un an plus tôt")
    assert write_entries_title(replace(trend, last_year=[(2, 224)])).endswith("février, autant qu’un an plus tôt")


def test_portfolio_title_counts_the_months_outside() -> None:
    inside, outside = months(SIZE, 2025, [88, 89]), months(SIZE, 2025, [88, 104])
    assert write_portfolio_title(inside, 70, 100) == "Le portefeuille moyen reste entre 70 et 100"
    assert (
        write_portfolio_title(outside, 70, 100) == "Le portefeuille moyen sort de la bande un mois sur deux"
    )
    assert write_portfolio_title([], 70, 100) == "Portefeuille moyen inconnu"


def test_delay_title_compares_in_days() -> None:
    year = year_of(WHOLE, before=(invent("delai_moyen_demarrage", 12600, 600),))
    assert write_delay_title(SCREEN, year) == "Il faut en moyenne 20,2 jours pour démarrer, 0,8 de moins qu’en 2024"


def test_band_title_names_the_few_outside() -> None:
    sizes = [("CDAS 1", 82.0), ("CDAS 2", 85.0), ("CDAS 8", 111.0)]
    assert write_band_title(sizes, 70, 100) == "CDAS 8 sort de la bande convenue, les deux autres y sont"
    assert write_band_title(sizes[:2], 70, 100) == "Les deux territoires sont dans la bande convenue"
    assert write_band_title([(f"C{rank}", 120.0) for rank in range(5)], 70, 100).startswith(
        "Cinq territoires sur cinq"
    )


def test_exits_are_parts_of_their_sum() -> None:
    exits = [
        invent("sorties", 60, segment={"motif": "emploi"}),
        invent("sorties", 40, segment={"motif": "formation"}),
        invent("sorties", None, segment={"motif": "autonomie_suffisante"}, state="secret"),
    ]
    bars, total = share_bars(exits, CATALOGUE.axes["motif"].values, "motif")
    assert total == 100
    assert [(bar.text, bar.counts) for bar in bars] == [("60\u00a0%", "(60/100)"), ("40\u00a0%", "(40/100)")]


def test_obstacles_are_lifted_over_those_met_and_few_are_not_ranked() -> None:
    def of(code: str, frein: str, value: float | None) -> Figure:
        return invent(code, value, segment={"frein": frein})

    figures = [
        of("freins_identifies", "mobilite", 200),
        of("freins_leves", "mobilite", 90),
        of("freins_identifies", "langue", 8),
        of("freins_leves", "langue", 2),
        of("freins_identifies", "sante", 50),
        of("freins_leves", "sante", None),
    ]
    bars = lifted_bars(figures, CATALOGUE.axes["frein"].values)
    assert [(bar.text, bar.counts, bar.is_ranked) for bar in bars] == [
        ("45\u00a0%", "(90/200)", True),
        ("25\u00a0%", "(2/8)", False),
    ]


def test_advisers_are_read_one_by_one_and_hidden_ones_left_out() -> None:
    """A mean of 87 hides one adviser with 67 people and another with 106."""
    told = (("c07", 67.0), ("c01", 87.0), ("c09", 106.0), ("c02", None))
    figures = tuple(invent("en_cours", size, segment={"conseiller": code}) for code, size in told)
    portfolios = list_portfolios(replace(year_of(WHOLE), advisers=figures))
    assert portfolios == [("C07", 67.0), ("C01", 87.0), ("C09", 106.0)]
    title = write_band_title(portfolios, 70, 100, noun="conseillers")
    assert title.startswith("C07 et C09 sortent de la bande convenue")
    inside = write_band_title(portfolios[1:2] * 2, 70, 100, noun="conseillers")
    assert inside == "Les deux conseillers sont dans la bande convenue"

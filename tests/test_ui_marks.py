"""Rules on charts: where breaks and events stand along a year or a series, and what they say."""

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.periods import Period, parse_period
from ui import palette
from ui.charts.rule import Rule, draw_rules
from ui.charts.series import Moment, draw_series
from ui.charts.trend import Trend, draw_trend
from ui.marks import list_period_rules, list_year_rules, render_rules

CATALOGUE = load_catalogue()
ROUEN, GLOBAL = (load_conventions()[key] for key in ("rouen", "accompagnement-global-35"))


def test_event_of_new_year_stands_where_the_year_begins() -> None:
    (rule,) = list_year_rules(CATALOGUE, GLOBAL, "entrees_cumulees", 2025)
    assert (rule.x, rule.label, rule.is_break) == (0, "loi plein emploi", False)
    assert rule.sentence.startswith("01/01/2025\u00a0: Depuis le 1er janvier 2025, la loi")
    assert list_year_rules(CATALOGUE, GLOBAL, "entrees_cumulees", 2022) == ()


def test_break_stands_between_the_periods_it_parts() -> None:
    periods = [parse_period(code) for code in ("2023-12", "2024-06", "2024-12", "2025-06")]
    rules = list_period_rules(CATALOGUE, ROUEN, "part_qpv_defm", periods)
    assert [(one.x, one.label, one.is_break) for one in rules] == [
        (0.5, "QPV de 2024", True),
        (0.5, "France Travail", False),
        (2.5, "loi plein emploi", True),
    ]
    assert list_period_rules(CATALOGUE, ROUEN, "part_qpv_defm", []) == ()


def test_break_before_the_first_value_stays_in_the_frame() -> None:
    months = Period(2024, 1, 12).parts("mois")
    rules = list_period_rules(CATALOGUE, ROUEN, "part_qpv_defm", months)
    assert {one.x for one in rules} == {-0.35}


def test_rules_of_one_day_are_drawn_once_solid_at_a_break_with_their_sentences_on_hover() -> None:
    rules = [
        Rule(2.5, "QPV de 2024", "Les quartiers changent.", True),
        Rule(2.5, "France Travail", "Le nom change.", False),
        Rule(0.5, "loi", "Une loi.", False),
    ]
    moments = [Moment(str(rank), float(rank), str(rank)) for rank in range(4)]
    figure = draw_series(moments)
    before = len(figure.layout.shapes)
    draw_rules(figure, rules)
    event, broken = figure.layout.shapes[before:]
    assert (event.x0, event.line.dash, broken.x0, broken.line.dash) == (0.5, "2px,3px", 2.5, "solid")
    assert broken.line.color == palette.INK
    words = figure.layout.annotations[-1]
    assert words.text == "rupture\u00a0: QPV de 2024 · France Travail"
    assert words.hovertext == "Les quartiers changent.<br>Le nom change."


def test_trend_draws_its_rules_and_none_without() -> None:
    rule = Rule(0, "loi plein emploi", "Une loi.", False)
    plain = Trend(year=2025, points=[(3, 10.0)], objective=100)
    marked = Trend(year=2025, points=[(3, 10.0)], objective=100, rules=(rule,))
    texts = [one.text for one in draw_trend(marked).layout.annotations]
    assert "loi plein emploi" in texts
    assert "loi plein emploi" not in [one.text for one in draw_trend(plain).layout.annotations]


def test_sentences_are_read_under_the_table() -> None:
    html = render_rules([Rule(0, "loi", "Une loi <du> jour.", True)])
    assert html == '<p class="j-note">Une loi &lt;du&gt; jour.</p>'
    assert render_rules([]) == ""

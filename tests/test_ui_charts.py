"""ui/charts: what each chart draws and writes, read back from the Plotly figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import plotly.graph_objects as go
import pytest

from ui import palette
from ui.charts.band import Dot, draw_band
from ui.charts.base import CONFIG, enlarge
from ui.charts.bullet import Bullet, draw_bullet
from ui.charts.funnel import Headings, Rate, Stage, render_funnel
from ui.charts.pole import STRIPES
from ui.charts.ranked import Bar, draw_ranked, rank_bars
from ui.charts.rate_line import Point, draw_rate_line
from ui.charts.series import Moment, draw_series
from ui.charts.shares import Share, render_shares
from ui.charts.trend import Trend, draw_trend


def texts(figure: go.Figure) -> list[str]:
    """What is written on a figure, without its marks."""
    return [re.sub(r"<[^>]+>", "", note.text) for note in figure.layout.annotations]


def bars(figure: go.Figure) -> list[go.Bar]:
    return [trace for trace in figure.data if trace.type == "bar"]


def poles(figure: go.Figure) -> int:
    """How many striped poles stand on a figure."""
    stripes = [one for one in figure.layout.shapes if one.xsizemode == "pixel" and one.type == "rect"]
    return len(stripes) // STRIPES


FUNNEL = [
    Stage("Orientés", "par France Travail", 412, last_year=438, link=('<a class="j-proof" href="?preuve=x">', "</a>")),
    Stage(
        "Présents",
        "",
        268,
        last_year=272,
        gap_text="au premier contact (35 %)",
        step=Rate("65 %", "(268/412)", "2024 : 62 %"),
        overall=Rate("65 %", "(268/412)"),
    ),
    Stage("Diagnostic", "", None, hole="secret"),
    Stage("Intégrés", "", 300, gap_text="décalage de période", is_shifted=True),
]


def funnel(stages: Sequence[Stage]) -> str:
    return render_funnel(stages, Headings("Personnes, 2025", last_year="2024"), caption="Le parcours")


def test_funnel_writes_counts_gap_and_rates() -> None:
    html = funnel(FUNNEL)
    written = re.sub(r"<[^>]+>", "|", html)
    for text in ("412", "\u2212144||au premier contact (35 %)", "65 %| |(268/412)", "2024\u00a0: 438", "secret"):
        assert text in written
    assert html.count("<th scope=\"row\">") == 4
    assert '<a class="j-proof" href="?preuve=x"><b>412</b></a>' in html


def test_funnel_hatches_the_gap_between_two_bars() -> None:
    """The hatched part begins where the bar ends and ends where the bar above does, on one scale."""
    html = funnel(FUNNEL[:2])
    widths = [float(one) for one in re.findall(r'class="j-filled" style="width:([\d.]+)%', html)]
    (left, width), = re.findall(r'class="j-gap" style="left:([\d.]+)%;width:([\d.]+)%', html)
    assert widths[1] / widths[0] == pytest.approx(268 / 412, abs=0.001)
    assert float(left) == pytest.approx(widths[1])
    assert float(left) + float(width) == pytest.approx(widths[0], abs=0.02)


def test_funnel_never_hatches_a_stage_above_the_one_before() -> None:
    html = funnel([FUNNEL[1], FUNNEL[3]])
    assert "j-gap" not in html
    assert "▲ décalage de période" in html


def test_funnel_draws_no_bar_for_a_hole() -> None:
    html = funnel([FUNNEL[2]])
    assert "j-filled" not in html
    assert "secret" in html


def test_short_bar_has_its_count_beside_it() -> None:
    html = funnel([FUNNEL[0], Stage("Intégrés", "", 3)])
    assert 'class="j-beside"' in html


def test_what_is_written_in_a_funnel_is_escaped() -> None:
    html = funnel([Stage("<b>x", "<i>", 3, gap_text="<u>", overall=Rate("<s>", "<s>", "<s>"))])
    assert not re.search(r"<(u|s)>|<b>x|<i>", html)


BULLET = Bullet(
    159,
    "159",
    225,
    "225",
    is_met=False,
    expected=168,
    expected_text="168 attendus",
    last_year=154,
    last_year_text="154 en 2024",
)


@pytest.mark.parametrize(("expected", "anchor"), [(56, "left"), (168, "center"), (205, "right")])
def test_bullet_says_what_was_expected_clear_of_last_year(expected: float, anchor: str) -> None:
    figure = draw_bullet(replace(BULLET, expected=expected, expected_text="attendus"))
    labels = {one.text: one for one in figure.layout.annotations}
    assert labels["attendus"].xanchor == anchor


def test_bullet_marks_objective_expected_and_last_year() -> None:
    figure = draw_bullet(BULLET)
    assert poles(figure) == 1
    assert {"225", "168 attendus", "154 en 2024"} <= set(texts(figure))
    assert bars(figure)[0].marker.color == palette.BRICK


def test_bullet_that_is_met_is_drawn_over_its_pole() -> None:
    figure = draw_bullet(Bullet(0.62, "62 %", 0.6, "60 %", is_met=True))
    layers = {shape.layer for shape in figure.layout.shapes if shape.xsizemode == "pixel"}
    assert layers == {"below"}
    assert bars(figure)[0].marker.color == palette.PETROL


def test_bullet_hatches_what_may_change_only() -> None:
    figure = draw_bullet(Bullet(0.45, "45 %", 0.5, "50 %", is_met=False, firm=0.18))
    solid, hatched = bars(figure)
    assert (solid.x[0], bool(solid.marker.pattern.shape)) == (0.18, False)
    assert (hatched.base[0], hatched.x[0]) == (0.18, pytest.approx(0.27))
    assert hatched.marker.pattern.shape == "/"


def test_bullet_of_a_range_has_two_poles() -> None:
    assert poles(draw_bullet(Bullet(84, "84", 70, "70", is_met=True, upper=100, upper_text="100"))) == 2


def test_bullet_without_value_nor_objective_draws_no_bar() -> None:
    figure = draw_bullet(Bullet(None, "", None, "", is_met=True))
    assert bars(figure) == []
    assert poles(figure) == 0


TREND = Trend(
    year=2025,
    points=[(3, 50), (6, 118), (9, 159)],
    last_year=[(3, 48), (6, 101), (9, 154), (12, 217)],
    objective=225,
    projected=212.6,
    at="fin sept.",
    last_year_name="2024",
)


def test_trend_expects_by_days_elapsed() -> None:
    assert TREND.expected(12) == pytest.approx(225)
    assert TREND.expected(9) == pytest.approx(225 * 273 / 365)
    assert TREND.gaps() == [(3, -5), (6, 6), (9, -9)]


def test_trend_labels_the_ends_of_its_lines() -> None:
    written = texts(draw_trend(TREND))
    assert {"225 objectif", "217 en 2024", "213 projeté", "159 fin sept."} <= set(written)
    assert {"+6", "\u22129"} <= set(written)


def test_trend_labels_do_not_cover_each_other() -> None:
    figure = draw_trend(TREND)
    heights = sorted(
        note.y for note in figure.layout.annotations if note.x == 12 and note.yref in (None, "y")
    )
    assert all(high - low > 15 for low, high in zip(heights, heights[1:], strict=False))


def test_trend_label_of_two_lines_gets_their_room() -> None:
    """A projection with its interval is twice as high: one line more stands between it and its neighbours."""
    figure = draw_trend(replace(TREND, projected=224.0, projected_range=(208.0, 251.0), last_year=()))
    objective, projected = (
        next(note.y for note in figure.layout.annotations if word in note.text and note.x == 12)
        for word in ("objectif", "projeté")
    )
    bare = draw_trend(replace(TREND, projected=224.0, last_year=()))
    near = next(note.y for note in bare.layout.annotations if "projeté" in note.text)
    assert objective - projected == pytest.approx(1.5 * (objective - near), rel=0.2)


def test_trend_without_objective_has_neither_pole_nor_gaps() -> None:
    figure = draw_trend(Trend(year=2025, points=[(6, 600), (12, 1285)], at="fin déc.", last_year_name="2024"))
    assert poles(figure) == 0
    assert bars(figure) == []


def test_trend_of_a_year_that_starts_late_rises_from_its_first_period() -> None:
    figure = draw_trend(Trend(year=2023, points=[(8, 65), (9, 144)], at="", last_year_name="2022"))
    assert list(figure.data[0].x) == [7, 8, 9]


RANKED = [
    Bar("Bas", 0.24, "24 %", "(15/63)", is_named=True),
    Bar("Petit", 0.42, "42 %", "(5/12)", is_ranked=False),
    Bar("Haut", 0.38, "38 %", "(57/150)"),
    Bar("Inconnu", None, "n. d."),
]


def test_rank_bars_goes_down_then_keeps_the_unranked() -> None:
    assert [bar.label for bar in rank_bars(RANKED)] == ["Haut", "Bas", "Petit", "Inconnu"]


def test_ranked_draws_only_what_is_ranked() -> None:
    figure = draw_ranked(RANKED, whole=0.32, whole_text="ensemble : 32 %")
    assert [trace.x[0] for trace in bars(figure)] == [0.38, 0.24]
    assert [trace.marker.color for trace in bars(figure)] == [palette.CONTEXT, palette.PETROL]
    assert "42 % (5/12), non classé\u00a0: moins de 20" in texts(figure)
    assert "ensemble : 32 %" in texts(figure)


def test_ranked_wraps_long_labels() -> None:
    label = "Fin à l’initiative de la personne, implicite"
    figure = draw_ranked([Bar(label, 0.5, "50 %")], left=160)
    assert any("<br>" in note.text and "implicite" in note.text for note in figure.layout.annotations)


def test_shares_run_from_zero_to_all() -> None:
    shares = [Share("Orientés", 1.0, "236", "personnes"), Share("Présents", 0.67, "67 %", "(158/236)", 0.64)]
    html = render_shares(shares, caption="Étapes", of="Étape")
    assert re.findall(r'class="j-own" style="width:([\d.]+)%', html) == ["100.00", "67.00"]
    assert re.findall(r'class="j-former" style="width:([\d.]+)%', html) == ["64.00"]
    assert "(158/236)" in html


def test_pole_of_a_share_stands_at_what_was_agreed() -> None:
    html = render_shares([Share("RSA", 0.62, "62 %", "", None, 0.6, "objectif 60 %")], caption="Publics", of="Public")
    assert 'class="j-agreed-pole" style="left:60.00%"' in html
    assert 'class="j-agreed" style="left:62.00%">objectif 60 %' in html


def test_share_that_is_hidden_has_no_bar() -> None:
    html = render_shares([Share("AAH", None, "secret", "")], caption="Publics", of="Public")
    assert "j-own" not in html
    assert "secret" in html


def test_rate_line_breaks_on_a_hole_and_flags_what_passes_one() -> None:
    points = [
        Point("T1", 0.45, "45 %", "(14/31)"),
        Point("T2", None, "secret"),
        Point("T3", 1.22, "122 %", "(11/9)"),
    ]
    figure = draw_rate_line(points, highest=1.22)
    assert list(figure.data[0].y) == [0.45, None, 1.22]
    assert figure.data[0].connectgaps is False
    over = [trace for trace in figure.data if trace.mode == "markers" and trace.y[0] > 1]
    assert over[0].marker.color == palette.SURFACE
    assert over[0].marker.line.color == palette.BRICK_TEXT
    assert "secret" in texts(figure)


def test_band_names_only_those_outside() -> None:
    figure = draw_band([Dot("CDAS 1", 82), Dot("CDAS 8", 111)], low=70, high=100, mean=88.7)
    symbols = {trace.marker.symbol for trace in figure.data}
    assert symbols == {"circle", "triangle-up"}
    assert "111,0CDAS 8" in texts(figure)
    assert "convenu\u00a0: 70 à 100" in texts(figure)


def test_band_raises_dots_that_would_cover_each_other() -> None:
    figure = draw_band([Dot("a", 85), Dot("b", 85), Dot("c", 85)], low=70, high=100)
    assert len({trace.y[0] for trace in figure.data}) == 3


def test_series_labels_first_highest_and_last() -> None:
    moments = [
        Moment("janv.", 20.1, "20,1 j", 21.0),
        Moment("févr.", 22.7, "22,7 j", 20.0),
        Moment("mars", 19.3, "19,3 j", 20.0),
    ]
    written = texts(draw_series(moments, last_year_name="2024"))
    assert {"20,1 j", "22,7 j", "19,3 j", "2024", "janv."} <= set(written)


def test_series_of_holes_draws_no_line() -> None:
    assert len(draw_series([Moment("janv.", None, "n. d.")]).data) == 0


def test_charts_have_no_toolbar_and_no_legend() -> None:
    assert CONFIG["displayModeBar"] is False
    assert draw_bullet(BULLET).layout.showlegend is False


def test_enlarged_figure_grows_in_type_marks_and_margins_alike() -> None:
    plain, large = draw_trend(TREND), enlarge(draw_trend(TREND), 2)
    assert large.layout.height == 2 * plain.layout.height
    assert large.layout.margin.r == 2 * plain.layout.margin.r
    pairs = list(zip(plain.layout.annotations, large.layout.annotations, strict=True))
    assert all(after.font.size == 2 * before.font.size for before, after in pairs)
    assert any("font-size:40px" in note.text for note in large.layout.annotations)
    assert poles(large) == poles(plain)
    wide = [shape for shape in large.layout.shapes if shape.xsizemode == "pixel"]
    assert all(shape.x1 - shape.x0 == 18 for shape in wide)

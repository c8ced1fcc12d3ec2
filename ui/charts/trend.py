"""A year of cumulated counts in; the trend towards its pole out, with the gap to the trajectory as
columns below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from conventions.periods import MONTHS, Period
from ui import palette
from ui.charts.base import bold, line, make_figure, small, write
from ui.charts.drawing import Drawing
from ui.charts.pole import draw_pole
from ui.charts.rule import Rule, draw_rules
from ui.french import MONTHS_SHORT, write_count, write_number, write_signed

HEIGHT, HEIGHT_ALONE = 430, 340
LINES, LINES_ALONE, COLUMNS = (0.44, 1.0), (0.1, 1.0), (0.06, 0.3)
"""Where the lines and the columns stand, in parts of the height."""
YEAR = 12
TICKS = (1, 3, 6, 9, 12)
End = tuple[float, str]
"""A label at the right end, and the value that it names."""


@dataclass(frozen=True)
class Trend:
    """Cumulated counts at the end of months (1 to 12), from nothing on 1 January; `at` names the last one."""

    year: int
    points: Sequence[tuple[int, float]]
    last_year: Sequence[tuple[int, float]] = ()
    objective: float | None = None
    projected: float | None = None
    projected_range: tuple[float, float] | None = None
    at: str = ""
    last_year_name: str = ""
    due: Sequence[float] = ()
    """What is due at the end of each month, where amendments make of the straight line another."""
    rules: Sequence[Rule] = ()

    def expected(self, month: int) -> float:
        """The straight line to the objective at the end of a month, in days as the objective itself is
        read."""
        if self.due:
            return self.due[month - 1]
        whole = Period(self.year, 1, YEAR)
        elapsed = (Period(self.year, month, 1).end - whole.start).days + 1
        return (self.objective or 0.0) * elapsed / ((whole.end - whole.start).days + 1)

    def gaps(self) -> list[tuple[int, float]]:
        """What was done, less what was expected, in whole units."""
        return [(month, float(round(value - self.expected(month)))) for month, value in self.points]


def describe_trend(trend: Trend) -> str:
    """What the chart shows, in words: where the year stands, what was expected, where it leads."""
    month, value = trend.points[-1]
    parts = [f"cumul de {write_count(value)} fin {MONTHS[month - 1]}"]
    if trend.objective is not None:
        expected, objective = write_number(trend.expected(month)), write_count(trend.objective)
        parts.append(f"{expected} attendus pour un objectif de {objective}")
    before = dict(trend.last_year)
    if month in before:
        parts.append(f"{write_count(before[month])} un an plus tôt")
    if trend.projected is not None:
        parts.append(f"{write_count(round(trend.projected))} en projection à la fin de l’année")
    return ", ".join(parts)


def draw_trend(trend: Trend) -> Drawing:
    """Petrol line, grey last year, dotted trajectory, dashed projection; labels stand at the ends of
    the lines."""
    has_gaps = trend.objective is not None
    figure = make_figure(HEIGHT if has_gaps else HEIGHT_ALONE, left=4, right=118, top=_margin(trend), bottom=4)
    figure.update_xaxes(range=[-0.1, YEAR + 0.25])
    top = _top(trend)
    figure.update_yaxes(domain=LINES if has_gaps else LINES_ALONE, range=[-0.02 * top, 1.06 * top])
    _draw_grounds(figure, trend, top)
    _draw_lines(figure, trend)
    _write_ends(figure, trend, top)
    if trend.objective is not None:
        _draw_gaps(figure, trend)
    _write_months(figure)
    draw_rules(figure, trend.rules, bottom=LINES[0] if has_gaps else LINES_ALONE[0])
    return figure


def _margin(trend: Trend) -> int:
    """Room above for the words of the rules."""
    return 22 if trend.rules else 14


def _top(trend: Trend) -> float:
    values = [value for _, value in (*trend.points, *trend.last_year)]
    ends = (trend.objective or 0.0, trend.projected or 0.0, *(trend.projected_range or ()))
    return float(max(*values, *ends, 1.0))


def _draw_grounds(figure: Drawing, trend: Trend, top: float) -> None:
    step = next(
        one for one in (5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 10**9) if top / one <= 3.2
    )
    for value in range(step, int(top) + 1, step):
        line(figure, x=(0, YEAR), y=(value, value), colour=palette.HAIRLINE, layer="below")
        write(figure, write_count(value), x=0, y=value, yshift=9, size=13, colour=palette.SOFT_INK)
    line(figure, x=(0, YEAR), y=(0, 0), width=1.5)


def _draw_lines(figure: Drawing, trend: Trend) -> None:
    if trend.objective is not None:
        marks = [0.0, *(trend.due or [trend.objective])]
        step = YEAR / (len(marks) - 1)
        for rank, ends in enumerate(pairwise(marks)):
            line(figure, x=(rank * step, (rank + 1) * step), y=ends, dash="2px,4px", width=1.5)
    _add_line(figure, trend.last_year, palette.CONTEXT, width=3.5)
    month, value = trend.points[-1]
    if trend.projected_range is not None:
        line(figure, x=(YEAR, YEAR), y=trend.projected_range, colour=palette.LIGHT_PETROL, width=5)
    if trend.projected is not None:
        line(
            figure,
            x=(month, YEAR),
            y=(value, trend.projected),
            colour=palette.PETROL,
            dash="6px,4px",
            width=2,
        )
    _add_line(figure, trend.points, palette.PETROL, width=3.5)
    _add_dot(figure, month, value)
    if trend.objective is not None:
        half = 0.06 * _top(trend)
        draw_pole(figure, x=YEAR, y=(trend.objective - half, trend.objective + half))
    if trend.projected is not None:
        _add_dot(figure, YEAR, trend.projected, is_hollow=True)


def _add_line(figure: Drawing, points: Sequence[tuple[int, float]], colour: str, *, width: float) -> None:
    if points:
        # A year that begins with a convention rises from its first period, not from 1 January.
        step = points[1][0] - points[0][0] if len(points) > 1 else points[0][0]
        start = points[0][0] - step
        figure.add_scatter(
            x=[start, *(month for month, _ in points)],
            y=[0, *(value for _, value in points)],
            mode="lines",
            line={"color": colour, "width": width},
            customdata=[MONTHS_SHORT[start], *(MONTHS_SHORT[month - 1] for month, _ in points)],
            hovertemplate="fin %{customdata} : %{y:.0f}<extra></extra>",
            cliponaxis=False,
        )


def _add_dot(figure: Drawing, month: float, value: float, *, is_hollow: bool = False) -> None:
    fill = palette.SURFACE if is_hollow else palette.PETROL
    marker = {"size": 9 if is_hollow else 12, "color": fill, "line": {"width": 2, "color": palette.PETROL}}
    figure.add_scatter(x=[month], y=[value], mode="markers", marker=marker, hoverinfo="skip", cliponaxis=False)


def _write_ends(figure: Drawing, trend: Trend, top: float) -> None:
    """The labels at the right end are moved apart until none covers another."""
    ends: list[End] = []
    if trend.objective is not None:
        ends.append((trend.objective, f"{bold(write_count(trend.objective))} {small('objectif', size=13)}"))
    if trend.last_year and trend.last_year[-1][0] == YEAR:
        value = trend.last_year[-1][1]
        ends.append((value, small(f"{write_count(value)} en {trend.last_year_name}", size=13)))
    if trend.projected is not None:
        text = (
            f'<span style="color:{palette.PETROL}"><b>{write_count(round(trend.projected))}</b> '
            f"projeté</span>{_write_range(trend)}"
        )
        ends.append((trend.projected, text))
    for place, text in _spread(ends, line_height=0.095 * top):
        write(figure, text, x=YEAR, y=place, xshift=13)
    month, value = trend.points[-1]
    label = f'<b><span style="font-size:20px">{write_count(value)}</span></b> {trend.at}'
    if month < YEAR:
        write(figure, label, x=month, y=value, xshift=6, yshift=-20, size=13, colour=palette.PETROL)
    elif trend.objective is None or abs(value - trend.objective) > 0.1 * top:
        write(figure, label, x=month, y=value, xshift=13, size=13, colour=palette.PETROL)
    else:
        write(
            figure,
            label,
            x=month,
            y=value,
            xshift=-10,
            yshift=26,
            xanchor="right",
            size=13,
            colour=palette.PETROL,
        )


def _write_range(trend: Trend) -> str:
    if trend.projected_range is None:
        return ""
    low, high = (write_count(round(one)) for one in trend.projected_range)
    return f"<br>{small(f'{low} à {high}', size=12.5)}"


def _spread(ends: Sequence[End], *, line_height: float) -> list[End]:
    """The labels from the highest, each far enough under the one before for the lines of both."""
    placed: list[End] = []
    for value, text in sorted(ends, key=lambda end: -end[0]):
        place = value
        if placed:
            above, label = placed[-1]
            place = min(value, above - line_height * (_count_lines(label) + _count_lines(text)) / 2)
        placed.append((place, text))
    return placed


def _count_lines(text: str) -> int:
    return 1 + text.count("<br>")


def _draw_gaps(figure: Drawing, trend: Trend) -> None:
    gaps = trend.gaps()
    reach = max(1.0, *(abs(gap) for _, gap in gaps))
    figure.update_layout(
        yaxis2={
            "domain": COLUMNS,
            "range": [-1.5 * reach, 1.5 * reach],
            "visible": False,
            "fixedrange": True,
            "anchor": "x",
        }
    )
    figure.add_bar(
        x=[month - 0.5 for month, _ in gaps],
        y=[gap for _, gap in gaps],
        yaxis="y2",
        width=0.78 if len(gaps) > 4 else 1.4,
        marker={
            "color": [palette.PETROL if gap >= 0 else palette.BRICK for _, gap in gaps],
            "line": {"width": 0},
        },
        hoverinfo="skip",
    )
    line(figure, x=(0, YEAR), y=(0, 0), yref="y2", width=1.5)
    best = max(gaps, key=lambda one: one[1])
    for month, gap in gaps:
        is_told = (month, gap) in (best, gaps[-1])
        text = bold(write_signed(gap)) if is_told else write_signed(gap)
        write(
            figure,
            text,
            x=month - 0.5,
            y=gap,
            yref="y2",
            xanchor="center",
            yshift=10 if gap >= 0 else -10,
            size=14 if is_told else 12.5,
            colour=palette.INK if is_told else palette.SOFT_INK,
        )
    write(figure, bold("Écart à la trajectoire, en personnes"), x=0, y=0.37, yref="paper", size=13)


def _write_months(figure: Drawing) -> None:
    for month in TICKS:
        write(
            figure,
            MONTHS_SHORT[month - 1],
            x=month - 0.5,
            y=0,
            yref="paper",
            xanchor="center",
            yanchor="bottom",
            size=13,
            colour=palette.SOFT_INK,
        )

"""The counts of a year, month by month or period by period, in; the trend towards an objective, and
its title, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from conventions.catalogue import Catalogue
from conventions.periods import MONTHS, Period
from conventions.values import Convention
from indicators.figures import Request
from indicators.objectives import ObjectiveReading
from indicators.request import PRODUCER
from store.database import Database
from ui.charts.trend import YEAR, Trend
from ui.french import MONTHS_SHORT, write_small
from ui.marks import list_year_rules
from ui.readings import get_figures

Points = list[tuple[int, float]]


def cumulate(values: Mapping[Period, float | None], *, is_cumul: bool) -> Points:
    """Totals since 1 January at the end of each period, as far as they are known without a hole."""
    points: Points = []
    total = 0.0
    for period in sorted(values):
        value = values[period]
        if value is None:
            break
        total = value if is_cumul else total + value
        points.append((period.month + period.length - 1, total))
    return points


def read_points(
    database: Database,
    convention: Convention,
    catalogue: Catalogue,
    *,
    indicator: str,
    periods: Sequence[Period],
    audience: str = PRODUCER,
) -> Points:
    """The cumulated counts of these periods for the whole convention."""
    request = Request(
        convention.key,
        periods=tuple(period.code for period in periods),
        by=("periode",),
        indicators=(indicator,),
        audience=audience,
    )
    known = {figure.period: figure.value for figure in get_figures(database, request)}
    values = {period: known.get(period.code) for period in periods}
    return cumulate(values, is_cumul=catalogue.indicator(indicator).time == "cumul")


def read_year(
    database: Database,
    convention: Convention,
    catalogue: Catalogue,
    *,
    indicator: str,
    year: int,
    total: float | None,
    audience: str = PRODUCER,
) -> Points:
    """By month when the months add up to the total that was read, else at the convention's own rhythm."""
    whole = Period(year, 1, YEAR)
    common = {"indicator": indicator, "audience": audience}
    months = read_points(database, convention, catalogue, periods=whole.parts("mois"), **common)
    if months and (total is None or months[-1][1] == total):
        return months
    return read_points(database, convention, catalogue, periods=whole.parts(convention.cadence), **common)


def build_trend(
    database: Database,
    convention: Convention,
    catalogue: Catalogue,
    reading: ObjectiveReading,
    *,
    audience: str = PRODUCER,
) -> Trend | None:
    """The year of an objective; nothing when its year does not start with counts that are known."""
    total = reading.figure.value if reading.figure is not None else None
    asked = {"indicator": reading.objective.indicator, "audience": audience}
    points = read_year(database, convention, catalogue, year=reading.year, total=total, **asked)
    if not points:
        return None
    before = read_year(database, convention, catalogue, year=reading.year - 1, total=None, **asked)
    month, found = points[-1][0], reading.projection
    ends = [Period(reading.year, one, 1).end for one in range(1, YEAR + 1)]
    return Trend(
        year=reading.year,
        points=points,
        last_year=before if before and before[-1][0] == YEAR else (),
        objective=reading.objective.value,
        projected=found.value if found is not None else None,
        projected_range=(found.low, found.high) if found is not None else None,
        at=f"fin {MONTHS_SHORT[month - 1]}",
        last_year_name=str(reading.year - 1),
        due=tuple(reading.due(end) for end in ends) if reading.amended else (),
        rules=list_year_rules(
            catalogue, convention, asked["indicator"], reading.year, segment=reading.objective.segment
        ),
    )


def write_trend_title(trend: Trend) -> str:
    """« De cinq d’avance fin juin à neuf de retard fin septembre »: the best gap of the year, then the
    last."""
    gaps = trend.gaps()
    last_month, last = gaps[-1]
    end = f"fin {MONTHS[last_month - 1]}"
    best_month, best = max(gaps, key=lambda one: one[1])
    if last < 0 < best:
        return (
            f"De {write_small(int(best))} d’avance fin {MONTHS[best_month - 1]} à "
            f"{write_small(int(-last))} de retard {end}"
        )
    if last == 0:
        return f"Juste sur la trajectoire {end}"
    side = "d’avance" if last > 0 else "de retard"
    return f"{write_small(int(abs(last))).capitalize()} {side} sur la trajectoire {end}"

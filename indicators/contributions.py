"""A convention and a year in; what each party mobilised, its results, its part in the objectives, out.

These are the three elements of the final evaluation [R 7, Z 7]: means, results, contribution of each party. Who
supplies a count is taken for who did what it counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from conventions.catalogue import load_catalogue
from conventions.contributions import load_contributions
from conventions.periods import Period
from conventions.statuses import TO_COME
from conventions.values import Convention
from indicators.commitments import CommitmentReading, read_commitments
from indicators.figures import compute_figures
from indicators.objectives import ObjectiveReading, read_objectives
from indicators.request import PRODUCER, Request, find_convention
from indicators.values import Figure
from store.database import Database

MEANS, RESULTS, SHARES = "Moyens mobilisés", "Résultats", "Contribution aux objectifs"


@dataclass(frozen=True)
class Contribution:
    """One line: a party (the code of a source), an element, what it is, and what says it: acts `done` of those
    `due` so far, euros `paid` of those `agreed`, or a figure (`status` and `goal` when it is an objective's)."""

    party: str
    element: str
    label: str
    article: str
    done: int | None = None
    due: int | None = None
    paid: float | None = None
    agreed: float | None = None
    figure: Figure | None = None
    goal: str = ""
    status: str = ""


@dataclass(frozen=True)
class _Reader:
    database: Database
    convention: Convention
    periods: tuple[Period, ...]
    as_of: date
    audience: str

    def ask(self, indicators: Sequence[str], source: str, by: Sequence[str] = ()) -> list[Figure]:
        """Known figures of one source over the year."""
        request = Request(
            self.convention.key,
            periods=tuple(period.code for period in self.periods),
            by=tuple(by),
            indicators=tuple(indicators),
            source=source,
            audience=self.audience,
            as_of=self.as_of,
        )
        return [one for one in compute_figures(self.database, request) if one.value is not None] if indicators else []


def list_contributions(
    database: Database, convention: str, periods: Sequence[Period], *, as_of: date, audience: str = PRODUCER
) -> list[Contribution]:
    """The lines of a time within one year, party by party in the order of the sources, element by element."""
    agreed = find_convention(convention)
    reader = _Reader(database, agreed, tuple(periods), as_of, audience)
    year = periods[-1].year
    readings = read_objectives(database, convention, year=year, as_of=periods[-1].end, audience=audience)
    commitments = read_commitments(database, convention, as_of=as_of, audience=audience)
    return [
        line
        for source in agreed.sources
        for line in (
            *_list_acts(commitments, source.code, year),
            *_list_counts(reader, source.code),
            *_list_shares(reader, readings, source.code),
        )
    ]


def _list_acts(commitments: Sequence[CommitmentReading], party: str, year: int) -> Iterator[Contribution]:
    """What the party promised, alone or with others, and held of what was owed in the year."""
    for one in commitments:
        owed = [
            occurrence
            for occurrence in one.occurrences
            if occurrence.cycle.start.year <= year <= occurrence.cycle.end.year and occurrence.state != TO_COME
        ]
        if party not in one.commitment.parties or not owed:
            continue
        paid = [occurrence.paid for occurrence in owed if occurrence.paid is not None]
        agreed = [occurrence.agreed for occurrence in owed if occurrence.agreed is not None]
        yield Contribution(
            party,
            MEANS,
            one.commitment.label,
            one.commitment.article,
            done=sum(occurrence.done for occurrence in owed),
            due=sum(occurrence.due for occurrence in owed),
            paid=sum(paid) if paid else None,
            agreed=sum(agreed) if agreed else None,
        )


def _list_counts(reader: _Reader, party: str) -> Iterator[Contribution]:
    """The counts that the party supplies: means, then results."""
    catalogue, means = load_catalogue(), load_contributions().means
    codes = [code for code in reader.convention.indicators if code in catalogue.measures]
    figures = [one for one in reader.ask(codes, party) if one.source == party]
    for element in (MEANS, RESULTS):
        for one in figures:
            if (one.indicator in means) == (element == MEANS):
                measure = catalogue.measures[one.indicator]
                article = next((a for a in measure.articles if a.split()[0] == reader.convention.letter), "")
                yield Contribution(party, element, measure.label, article, figure=one)


def _list_shares(reader: _Reader, readings: Sequence[ObjectiveReading], party: str) -> Iterator[Contribution]:
    """The objectives that the party's counts tell of, and its own share of a count that an axis splits."""
    catalogue = load_catalogue()
    for reading in readings:
        objective, figure = reading.objective, reading.figure
        if figure is not None and figure.value is not None and figure.source == party:
            named = (party, SHARES, objective.label, objective.article)
            yield Contribution(*named, figure=figure, goal=objective.code, status=reading.status)
        for share in load_contributions().shares:
            term = catalogue.indicator(objective.indicator).numerator
            measure = catalogue.measures[term.measure]
            is_split = figure is not None and figure.denominator is None and share.axis in measure.axes
            if share.source != party or figure is None or not is_split:
                continue
            found = reader.ask([objective.indicator], figure.source or "", by=[share.axis])
            own = next((one for one in found if (share.axis, share.value) in one.segment), None)
            if own is not None:
                label = f"{objective.label} : {share.label}"
                yield Contribution(party, SHARES, label, objective.article, figure=own, goal=objective.code)

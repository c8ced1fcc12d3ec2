"""A convention and a period in; its bilan quantitatif, frozen, out: every file is rendered from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bilans.axes import find_axes
from bilans.contributions import make_contributions
from bilans.findings import say_holes, say_path, say_reading, say_sources
from bilans.goals import list_goal_requests, make_objective, write_title
from bilans.path import list_stages, make_trend
from bilans.pool import compute_together
from bilans.provenance import list_imports
from bilans.scope import choose_scope
from bilans.sides import Decided, list_gaps, name_figure
from bilans.subject import SOURCES, TABLES, Subject, define, list_requests, make_header
from bilans.tables import make_tables, withdraw_secret
from bilans.terms import Terms
from bilans.values import Definition, Edition, Header, ImportLine, SourceGap
from conventions.catalogue import load_catalogue
from indicators.completeness import read_completeness
from indicators.contributions import Contribution, list_contributions
from indicators.gaps import REASON_FACT, list_shared
from indicators.objectives import ObjectiveReading, read_objectives
from indicators.request import PRODUCER, find_convention
from indicators.retained import read_retained
from indicators.values import Figure
from store.database import Database
from store.facts import read_facts
from ui.completeness import write_coverage
from ui.french import set_typography


@dataclass(frozen=True)
class _Content:
    """The figures of a bilan, by table, with its subject, its header and what the partners decided."""

    subject: Subject
    header: Header
    figures: Mapping[str, Sequence[Figure]]
    decided: Decided

    @cached_property
    def definitions(self) -> dict[str, Definition]:
        """Definitions by indicator."""
        return {one.code: one for one in define(self.subject)}


def build_edition(
    database: Database,
    convention: str,
    period: str,
    *,
    author: str,
    as_of: date | None = None,
    audience: str = PRODUCER,
) -> Edition:
    """The draft of a bilan; RequestError on an unknown convention, EditionError when nothing was received."""
    agreed, day = find_convention(convention), as_of or date.today()
    terms = Terms(agreed, load_catalogue())
    subject = Subject(terms, choose_scope(database, agreed, period, day), day)
    year, last = subject.scope.asked.year, min(day, subject.scope.together[-1].end)
    readings = read_objectives(database, convention, year=year, as_of=last)
    requests = list_requests(subject, axes=find_axes(database, terms), shared=list_shared(database, agreed))
    figures = compute_together(database, requests | list_goal_requests(readings, convention, day), audience)
    header = make_header(subject, author=author, audience=audience)
    reasons = read_facts(database, convention, REASON_FACT)
    decided = Decided(read_retained(database, convention), reasons, subject.scope.together)
    content = _Content(subject, header, figures, decided)
    imports = list_imports(database, [one for group in figures.values() for one in group], terms)
    owed = read_completeness(database, convention, as_of=day).within([subject.scope.asked])
    found = list_contributions(database, convention, subject.scope.together, as_of=day, audience=audience)
    return _assemble(content, readings, f"{write_coverage(owed, agreed)}.", imports, found)


def _assemble(
    content: _Content,
    readings: Sequence[ObjectiveReading],
    coverage: str,
    imports: tuple[ImportLine, ...],
    contributions: Sequence[Contribution],
) -> Edition:
    subject, header, definitions = content.subject, content.header, content.definitions
    lines = make_tables(subject, content.figures, header.span)
    parts = lines.pop("parts")
    tables, withdrawn = withdraw_secret(lines)
    objectives = tuple(make_objective(one, content.figures, subject.terms, subject.scope) for one in readings)
    stages = list_stages(tables["whole"], subject.terms)
    trend = make_trend(parts, subject.terms, definitions, leading=[one.indicator for one in objectives])
    sources = _compare_sources(content)
    holes = say_holes(tables["whole"], definitions)
    return Edition(
        header=header,
        title=write_title(objectives, header) if objectives or trend is None else trend.title,
        findings=tuple(say_sources(sources, definitions)),
        objectives=objectives,
        stages=stages,
        path=say_path(stages, tables["whole"], definitions),
        trend=trend,
        sources=sources,
        contributions=make_contributions(contributions, tables["whole"], subject.terms, header.audience),
        coverage=coverage,
        definitions=tuple(definitions.values()),
        notes=(*holes, *withdrawn, *say_reading()),
        reserves=tuple(set_typography(note) for note in subject.convention.notes),
        imports=imports,
        **tables,
    )


def _compare_sources(content: _Content) -> tuple[SourceGap, ...]:
    """The counts that two sources give, over the whole first."""
    figures = content.figures
    used = {
        name_figure(name, figure): figure.source for name in TABLES for figure in figures.get(f"{name}.now", ())
    }
    by_source = {name: figures.get(f"{SOURCES}{name}.now", ()) for name in TABLES}
    return list_gaps(by_source, used, content.decided, content.subject.terms)

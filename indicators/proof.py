"""One figure to be proved in; the figure, the cells of its counts file by file, what later files replaced, and what
another source says, out.

A committee reads the same proof: a cell that secrecy hides is told and not shown, and what was replaced is not shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from conventions.catalogue import load_catalogue
from conventions.values import Convention, Segment, segment_text
from indicators.amounts import SECRET
from indicators.cell_lines import Correction, Line, Side, group_cells, list_corrections, measure_moves
from indicators.figures import compute_figures
from indicators.gaps import Gap, compare_sources, list_shared
from indicators.request import COMMITTEE, FLUX, Request, find_convention
from indicators.rules import list_left_out, list_terms
from indicators.secrecy import may_show
from indicators.trace import ROLES, TracedCell, list_cells
from indicators.values import Figure
from store.database import Database


@dataclass(frozen=True)
class Question:
    """Which figure is contested: one indicator, one place (None: the whole), the pairs of its segment."""

    request: Request
    territory: str | None
    segment: Segment = ()


@dataclass(frozen=True)
class Proof:
    """All that is told of one figure. `published` is how it read before its corrections, `gaps` what another source
    gives of its counts: for its own place, then by place when it is of the whole."""

    convention: Convention
    question: Question
    figure: Figure
    sides: tuple[Side, ...]
    corrections: tuple[Correction, ...] = ()
    published: Figure | None = None
    gaps: tuple[Gap, ...] = ()
    gaps_by_place: tuple[Gap, ...] = ()

    @property
    def is_masked(self) -> bool:
        """Whether secrecy takes something out of what is listed."""
        return any(cell.state == SECRET for side in self.sides for line in side.lines for cell in line.cells)


def prove(database: Database, question: Question) -> Proof | None:
    """The proof of a figure for the audience of its request; None when nothing was received of it."""
    figure = find_figure(database, question)
    if figure is None:
        return None
    convention = find_convention(question.request.convention)
    sides = tuple(_list_sides(database, figure, convention))
    whole, by_place = _compare(database, question, figure)
    found = Proof(convention, question, figure, sides, gaps=whole, gaps_by_place=by_place)
    if question.request.audience == COMMITTEE:
        return replace(found, sides=tuple(_mask(database, found, side) for side in sides))
    corrections = tuple(one for side in sides for one in list_corrections(side))
    return replace(found, corrections=corrections, published=_rebuild_published(figure, corrections))


def find_figure(database: Database, question: Question) -> Figure | None:
    """The figure itself, asked for alone; None when the request does not lead to it."""
    is_whole = question.territory is None
    by = question.request.by if is_whole else (*question.request.by, "territoire")
    figures = compute_figures(database, replace(question.request, by=by))
    return next(
        (
            one
            for one in figures
            if one.territory == question.territory and set(question.segment) <= set(one.segment)
        ),
        None,
    )


def _list_sides(database: Database, figure: Figure, convention: Convention) -> Iterator[Side]:
    """Numerator, denominator, and what is taken away from it: the denominator is then told before."""
    indicator = load_catalogue().indicator(figure.indicator)
    terms = (*(figure.terms or list_terms(indicator)), *list_left_out(indicator, convention))
    amounts = (figure.numerator, figure.denominator)
    for rank, (role, term, leaves) in enumerate(zip(ROLES, terms, figure.leaves, strict=False)):
        lines = group_cells(list(list_cells(database, convention.key, role, leaves)), convention)
        is_plain = rank < len(amounts) and len(figure.leaves) <= len(amounts)
        amount = amounts[rank] if is_plain or not rank else _add_up(lines)
        yield Side(role, term, amount, _weigh_paths(lines, amount))


def _weigh_paths(lines: Sequence[Line], amount: float | None) -> tuple[Line, ...]:
    """What the paths of one file count is what the cells do not."""
    paths = [one for one in lines if one.first.is_path]
    if len(paths) != 1 or amount is None:
        return tuple(lines)
    return tuple(replace(one, value=amount - _add_up(lines)) if one in paths else one for one in lines)


def _add_up(lines: Sequence[Line]) -> float:
    return sum(one.value or 0 for one in lines if one.first.is_current)


def _rebuild_published(figure: Figure, corrections: Sequence[Correction]) -> Figure | None:
    """The figure as it read before its cells were corrected; None when they were not, or not all by a number."""
    moves = measure_moves(corrections)
    if not moves or figure.numerator is None:
        return None
    numerator = figure.numerator - moves["numerateur"]
    if figure.denominator is None:
        return replace(figure, numerator=numerator, value=numerator)
    denominator = figure.denominator - moves["denominateur"] + moves["deduction"]
    value = numerator / denominator if denominator else None
    return replace(figure, numerator=numerator, denominator=denominator, value=value)


def _compare(
    database: Database, question: Question, figure: Figure
) -> tuple[tuple[Gap, ...], tuple[Gap, ...]]:
    """What another source gives of the counts of the figure, over the same time."""
    request = question.request
    shared = set(list_shared(database, find_convention(request.convention)))
    asked = dict.fromkeys(term.measure for term in figure.terms if term.measure in shared and not term.segment)
    if not asked or question.segment or request.reading != FLUX:
        return (), ()
    request = replace(request, indicators=tuple(asked), by=("territoire",), source=None)
    by_place = tuple(compare_sources(database, request))
    if question.territory is not None:
        return tuple(one for one in by_place if one.territory == question.territory), ()
    return tuple(compare_sources(database, replace(request, by=()))), by_place


def _mask(database: Database, proof: Proof, side: Side) -> Side:
    """The side as a committee may read it: each cell and each sum is asked for by itself, paths are not counted."""
    leaves = {
        (one.measure, segment_text(one.segment), one.territory, one.period): one
        for own in proof.figure.leaves
        for one in own
    }

    def shows(cells: Sequence[TracedCell]) -> bool:
        own = [leaves[one.measure, one.segment, one.territory, one.period] for one in cells]
        return may_show(database, proof.convention, proof.question.request.reading, own)

    def hide(cell: TracedCell) -> TracedCell:
        if cell.is_path:
            return replace(cell, state="parcours")
        return cell if shows([cell]) else replace(cell, value=None, state=SECRET)

    return replace(
        side,
        lines=tuple(
            replace(line, cells=tuple(map(hide, line.cells)), value=line.value if shows(line.cells) else None)
            for line in side.current
        ),
    )

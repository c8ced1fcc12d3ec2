"""The seeds of damaged files in; the answer of the journey to each, given in a guarded child, out."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import dataclass

from etl.address import parse_range
from etl.checks import no_history
from etl.guard import run_telling
from etl.keys import KeyRing
from etl.lessons import NO_LESSONS
from etl.report import BLOCKING, Options
from etl.run import check_report, understand
from etl.steps import Told, silent
from etl.workbook import UnreadableError
from tests.mutation_oracle import find_values
from tests.mutations import make_mutant

_SWEEP = 20
ACCEPTED, CRASHED = "accepted", "crashed"
Loaded = tuple[str, str, float]
"""A sheet, a cell, and the value loaded from it."""


@dataclass(frozen=True)
class Answer:
    """What became of a file: accepted, the code of its refusal, or crashed with the kind of error."""

    seed: int
    outcome: str
    loaded: tuple[Loaded, ...] = ()
    has_findings: bool = True


def answer_all(told: Told, seeds: Sequence[int]) -> list[Answer]:
    """The answers to the files of some seeds, in the process where it is called; `told` hears each beforehand."""
    answers = []
    for rank, seed in enumerate(seeds):
        told(str(seed))
        answers.append(_answer(seed))
        # The child collects no garbage by itself: it is made for one file.
        if rank % _SWEEP == 0:
            gc.collect()
    return answers


def _answer(seed: int) -> Answer:
    mutant = make_mutant(seed)
    options = Options("plie-martigues", "plie")
    try:
        report = understand(silent, mutant.file, mutant.content, options, KeyRing(), NO_LESSONS)
        report = check_report(report, no_history)
    except UnreadableError as error:
        return Answer(seed, error.code)
    except Exception as error:
        # What the guard would tell as an internal error is what this trial looks for.
        return Answer(seed, f"{CRASHED}: {type(error).__name__}: {error}")
    codes = [finding.code for finding in report.findings if finding.severity == BLOCKING]
    loaded = tuple((one.sheet, one.cell, one.value) for one in report.observations if one.value is not None)
    return Answer(seed, codes[0] if codes else ACCEPTED, loaded, bool(report.findings) or bool(loaded))


def answer_guarded(seeds: Sequence[int]) -> list[Answer]:
    """The same in one child; of a batch that kills it, the last file heard is the culprit, and the others go on."""
    heard: list[str] = []
    try:
        return run_telling(heard.append, answer_all, list(seeds))
    except UnreadableError as error:
        culprit = len(heard) - 1
        killed = Answer(seeds[culprit], error.code)
    return [*answer_guarded(seeds[:culprit]), killed, *answer_guarded(seeds[culprit + 1 :])] if seeds else []


def find_invented(answer: Answer) -> list[Loaded]:
    """The values loaded that do not stand in the file at their cell."""
    if not answer.loaded:
        return []
    standing = find_values(make_mutant(answer.seed).content)
    return [one for one in answer.loaded if one[2] not in standing.get((parse_range(one[1]) or (-1, -1))[:2], ())]

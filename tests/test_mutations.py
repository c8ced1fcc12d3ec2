"""Two thousand damaged returns in; each accepted or refused in words, none that kills, hangs or lends a figure, out.

`--log-cli-level=INFO` shows the counts.
"""

from __future__ import annotations

import logging
from collections import Counter

import pytest

from etl.refusals import SENTENCES
from tests.mutation_answers import ACCEPTED, CRASHED, Answer, answer_guarded, find_invented
from tests.mutation_oracle import find_values
from tests.mutations import make_mutant
from tests.sweep import pick

COUNT, BATCH = pick(2_000), 100
_log = logging.getLogger(__name__)
# What a file that opens is refused for.
UNDERSTOOD = {"aucun_chiffre", "cellules_vides", "feuilles_masquees"}


@pytest.fixture(scope="module")
def answers() -> list[Answer]:
    """The answer to each damaged file."""
    batches = (range(start, start + BATCH) for start in range(0, COUNT, BATCH))
    found = [answer for batch in batches for answer in answer_guarded(batch)]
    _log.info("%d fichiers abîmés : %s", COUNT, dict(Counter(answer.outcome for answer in found).most_common()))
    return found


def test_each_damaged_file_is_accepted_or_refused_by_a_known_sentence(answers: list[Answer]) -> None:
    assert [answer.seed for answer in answers] == list(range(COUNT))
    assert not [answer for answer in answers if answer.outcome.startswith(CRASHED)]
    assert {answer.outcome for answer in answers} <= {ACCEPTED, *SENTENCES, *UNDERSTOOD}
    assert "trop_long" not in {answer.outcome for answer in answers}


def test_what_a_damaged_file_gives_stands_in_it_at_that_cell(answers: list[Answer]) -> None:
    loaded = sum(len(answer.loaded) for answer in answers)
    _log.info("%d nombres lus dans des fichiers abîmés, relus à leur cellule", loaded)
    assert loaded > COUNT
    assert {answer.seed: find_invented(answer) for answer in answers if find_invented(answer)} == {}


def test_the_trial_tells_a_number_that_does_not_stand_in_the_file() -> None:
    seed = next(seed for seed in range(COUNT) if make_mutant(seed).kind == "cells swapped")
    (spot, numbers), *_ = find_values(make_mutant(seed).content).items()
    assert spot
    assert numbers
    assert find_invented(Answer(seed, ACCEPTED, (("Feuil1", "A1", 123_456.5),)))

"""The written rule of statuses: read, checked, and applied at its very bounds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from conventions.reading import DATA, DataError
from conventions.statuses import WORDS, load_rule, read_rule, write_signed_word
from conventions.values import Objective
from indicators.status import Standing, judge

RULE = (DATA / "statuts.toml").read_text(encoding="utf-8")
FLOOR = Objective("o", "Au moins 200", "integres", ">=", 200, "annee", "M 3-1", prorata=True)
CEILING = replace(FLOOR, direction="<=")
BAND = replace(FLOOR, direction="within", value=70, upper=100, prorata=False)
RATE = replace(FLOOR, value=0.5, prorata=False)


def stand(value: float | None, expected: float | None = None, *, over: bool = False, whole: bool = True) -> Standing:
    return Standing(value, expected, is_over=over, is_whole=whole, is_acquired=expected is not None)


@pytest.mark.parametrize(
    ("objective", "standing", "word"),
    [
        (FLOOR, stand(None), "n. d."),
        (FLOOR, stand(200, 100), "Atteint"),
        (FLOOR, stand(199, 100), "En bonne voie"),
        (FLOOR, stand(100, 100), "En bonne voie"),
        (FLOOR, stand(99, 100), "À surveiller"),
        (FLOOR, stand(90, 100), "À surveiller"),
        (FLOOR, stand(89.99, 100), "Compromis"),
        (FLOOR, stand(0, 100), "Compromis"),
        (FLOOR, stand(200, 200, over=True), "Atteint"),
        (FLOOR, stand(199, 200, over=True), "Non atteint"),
        (FLOOR, stand(0, 200, over=True), "Non atteint"),
        (FLOOR, stand(104, 104, over=True, whole=False), "Atteint"),
        (FLOOR, stand(103, 104, over=True, whole=False), "Non atteint"),
        (RATE, stand(0.5), "En bonne voie"),
        (RATE, stand(0.45), "À surveiller"),
        (RATE, stand(0.4499), "Compromis"),
        (RATE, stand(0.5, over=True), "Atteint"),
        (RATE, stand(0.4999, over=True), "Non atteint"),
        (BAND, stand(70), "En bonne voie"),
        (BAND, stand(63), "À surveiller"),
        (BAND, stand(62.9), "Compromis"),
        (BAND, stand(100), "En bonne voie"),
        (BAND, stand(111), "À surveiller"),
        (BAND, stand(112), "Compromis"),
        (BAND, stand(101, over=True), "Non atteint"),
        (CEILING, stand(0, 100), "En bonne voie"),
        (CEILING, stand(100, 100), "En bonne voie"),
        (CEILING, stand(111, 100), "À surveiller"),
        (CEILING, stand(112, 100), "Compromis"),
        (CEILING, stand(201, 190), "Compromis"),
        (CEILING, stand(200, 200, over=True), "Atteint"),
    ],
)
def test_word_follows_the_rule_at_its_bounds(objective: Objective, standing: Standing, word: str) -> None:
    assert judge(objective, standing) == word


def test_rate_that_may_still_fall_is_not_reached_before_the_end() -> None:
    standing = Standing(0.9, None, is_over=False, is_whole=False, is_acquired=False)
    assert judge(RATE, standing) == "En bonne voie"


def test_every_word_has_a_sign_a_tone_and_a_meaning() -> None:
    statuses = load_rule().statuses
    assert set(statuses) == set(WORDS)
    assert all(one.sign and one.meaning for one in statuses.values())
    assert write_signed_word("Compromis") == "▼ Compromis"
    assert write_signed_word("n. d.") == "n. d."


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("watch = 0.9", "watch = 90", "clé « rule.watch » : une part entre 0 et 1 attendue, lu 90"),
        ('tone = "wait"', 'tone = "ochre"', "« ochre » inconnu"),
        ('[statuses."Compromis"]', '[statuses."Perdu"]', "« Perdu » inconnu"),
        ("partial_cycle = 0.5", "partial_cycles = 0.5", "clé absente"),
    ],
)
def test_mistake_in_the_rule_is_refused_with_its_key(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "statuts.toml"
    path.write_text(RULE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError, match=said):
        read_rule(path)

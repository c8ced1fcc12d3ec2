"""The file of coverage in; nothing that a convention follows is unasked, nothing asked is unanswered."""

from __future__ import annotations

from pathlib import Path

import pytest

from conventions.agreements import list_citations, load_conventions
from conventions.catalogue import load_catalogue
from conventions.coverage import OUTPUT, list_unasked, load_coverage, read_coverage, render_coverage
from conventions.reading import DATA, DataError

ROW = """[pages]
[[asked]]
convention = "metz"
article = "Z 7"
asks = "Entretiens"
answers = ["entretiens"]
"""


def test_coverage_of_the_repository_is_up_to_date() -> None:
    """Refused when stale: `python -m conventions.coverage` writes it again."""
    expected = render_coverage(load_coverage(), load_catalogue(), load_conventions())
    assert OUTPUT.read_text(encoding="utf-8") == expected, "lancez : python -m conventions.coverage"


@pytest.mark.parametrize("key", sorted(path.stem for path in (DATA / "conventions").glob("*.toml")))
def test_everything_that_a_convention_follows_answers_an_article(key: str) -> None:
    assert list_unasked(load_coverage(), load_conventions()[key]) == []


def test_every_article_that_the_data_cite_is_in_the_table() -> None:
    """Articles of the conventions' own clauses, and those of each indicator that a convention follows."""
    catalogue, told = load_catalogue(), {one.article for one in load_coverage().asked}
    cited = set()
    for convention in load_conventions().values():
        cited |= {article for article, _ in list_citations(convention)}
        for code in convention.indicators:
            cited |= {one for one in catalogue.indicator(code).articles if one[0] == convention.letter}
    assert cited - told == set()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('["entretiens"]', '["entretien"]', "vouliez-vous « entretiens »"),
        ('["entretiens"]', '["defm"]', "« defm »"),
        ('["entretiens"]', '["entretiens/frein"]', "« frein »"),
        ('["entretiens"]', '["objectif:copil"]', "« objectif:copil »"),
        ('["entretiens"]', "[]", "au moins une réponse"),
        ('"metz"', '"nancy"', "« nancy »"),
    ],
)
def test_an_answer_that_leads_nowhere_is_refused(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    path = tmp_path / "coverage.toml"
    path.write_text(ROW.replace(old, new), encoding="utf-8")
    with pytest.raises(DataError, match=sentence):
        read_coverage(path, load_catalogue(), load_conventions())

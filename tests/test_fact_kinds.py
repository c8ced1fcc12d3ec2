"""Kinds of facts in; the product's own, and the sentences that refuse broken ones, out."""

from pathlib import Path

import pytest

from conventions.agreements import load_conventions
from conventions.fact_kinds import load_fact_kinds, read_fact_kinds
from conventions.reading import DataError

KIND = """
[kinds.visite]
label = "Visite"
expected = "Le jour."
about = "convention"
value = "rien"
needs = ["jour"]
"""


def read(folder: Path, text: str) -> None:
    """Read a file of kinds that holds this text."""
    path = folder / "essai.toml"
    path.write_text(text, encoding="utf-8")
    read_fact_kinds(path)


def test_product_kinds_cover_the_facts_without_workbook() -> None:
    assert set(load_fact_kinds()) == {
        "engagement_tenu", "versement", "besoin_non_couvert", "raison_ecart", "source_retenue",
    }  # fmt: skip


@pytest.mark.parametrize("key", load_conventions())
def test_subjects_are_those_of_the_convention(key: str) -> None:
    convention, kinds = load_conventions()[key], load_fact_kinds()
    assert set(kinds["engagement_tenu"].subjects(convention)) == {one.code for one in convention.commitments}
    assert set(kinds["raison_ecart"].subjects(convention)) == set(convention.indicators)
    assert kinds["besoin_non_couvert"].subjects(convention) == {}


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('about = "convention"', 'about = "personne"', "about.*« personne » inconnu"),
        ('value = "rien"', 'value = "montant"', "value.*« montant » inconnu"),
        ('needs = ["jour"]', 'needs = ["heure"]', "needs.*« heure » inconnu"),
        ('value = "rien"', 'value = "nombre"', "unit.*une unité attendue"),
        ('value = "rien"', 'value = "rien"\nunit = "euros"', "unit.*une unité attendue"),
        ('value = "rien"', 'value = "rien"\nvaleur = 1', "clé inconnue"),
    ],
)
def test_broken_kind_is_refused(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert old in KIND
    with pytest.raises(DataError, match=sentence):
        read(tmp_path, KIND.replace(old, new))

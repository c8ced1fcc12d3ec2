"""Sentences in; what of them names people, masked or told, out."""

from __future__ import annotations

import pytest

from conventions.personal_text import check_free_text, find_kinds, mask
from conventions.privacy_rules import load_privacy_rules


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Suivi de Mme DURAND, T1 2024", "Suivi de […], T1 2024"),
        ("Fait par Kaloé VAUDRIN, le 12/03/2024", "Fait par […], le 12/03/2024"),
        ("écrire à zoe@exemple.fr", "écrire à […]"),
        ("au 0612345678 le matin", "au […] le matin"),
        ("Zoé Dupuis", "[…]"),
        ("DUPUIS Zoé", "[…]"),
        ("NIR 2 69 05 49 588 157 80", "NIR […]"),
        ("IBAN FR76 3000 6000 0112 3456 7890 189", "IBAN […]"),
        ("né le 12/03/1985 à Istres", "[…] à Istres"),
    ],
)
def test_what_names_people_is_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    ["M. le maire de Martigues", "Madame la Présidente", "Établi par France Travail", "Suivi par le PLIE",
     "Nom : Martigues", "Espace Simone Veil", "Quartier Paul Valéry", "DE orientés vers le PLIE", "1 234 567 890",
     "Saint Jean de Losne Seurre", "NIR 2 69 05 49 588 157 81", "COPIL tenu le 12/03/2024 à la mairie"],
)  # fmt: skip
def test_what_names_nobody_stays(text: str) -> None:
    assert mask(text) == text
    assert check_free_text(text) is None


def test_a_refused_text_is_not_repeated() -> None:
    told = check_free_text("Vu Mme Vaudrinac au 06 12 34 56 78")
    assert told is not None
    assert "Vaudrinac" not in told
    assert "numéro de téléphone" in told
    assert find_kinds("Vu Mme Vaudrinac") == ("nom d’une personne",)


def test_rules_carry_examples_that_were_tried_on_reading() -> None:
    rules = load_privacy_rules()
    assert {content.kind for content in rules.contents} <= set(rules.kinds)
    assert len(rules.first_names) > 500

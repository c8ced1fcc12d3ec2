"""Labels that resemble a known spelling in; taken when one word is misspelt inside, else asked, out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conventions.text import normalise
from conventions.vocabulary import load_vocabulary
from etl.near import ASKED, TAKEN, NearReader, is_misspelt
from etl.report import Report
from etl.spellings import core, stem, stem_core
from tests.drawn import figures, read
from tests.test_etl_recognise import PLIE, make_lexicon

QUARTER = "T1 2024"
KNOWN = load_vocabulary().all_words()


def head(*labels: str) -> Report:
    """What is read of one row of numbers under these headers."""
    numbers = " | ".join(str(rank + 10) for rank in range(len(labels)))
    return read(f"Commune | {' | '.join(labels)}\nMartigues | {numbers}", QUARTER)


def measures(report: Report) -> dict[str, float | None]:
    return {one.measure: one.value for one in report.observations}


@pytest.mark.parametrize(
    ("text", "measure", "how"),
    [
        ("Sorties positves", "sorties_positives", "proche à 97\u00a0% de « Sorties positives »"),
        ("Participnts en parcours", "participants", "proche à 98\u00a0% de « Participants en parcours »"),
        ("Nb de convvoqués", "convoques", "proche à 96\u00a0% de « Nb convoqués »"),
        ("Diagnostcs réalisés T1 2024", "diagnostics", "proche à 97\u00a0% de « Diagnostics réalisés »"),
        ("2) Sorties positves", "sorties_positives", "proche à 97\u00a0% de « Sorties positives »"),
    ],
)
def test_a_misspelt_label_is_read_and_says_what_it_resembles(text: str, measure: str, how: str) -> None:
    reading = PLIE.read_near(text)
    assert reading is not None
    assert (reading.measures, reading.how, reading.is_explained) == ((measure,), how, True)
    assert TAKEN / 100 <= reading.confidence < 1


@pytest.mark.parametrize(
    ("text", "measure"),
    [("Entrée diag.", "diagnostics"), ("DE orientée", "orientes"), ("Personne intégrée T2 2024", "integres")],
)
def test_gender_and_number_do_not_count(text: str, measure: str) -> None:
    reading = PLIE.read(text)
    assert (reading.measures, reading.is_explained, reading.confidence) == ((measure,), True, 0.9)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Sorties négatives", "another word"),
        ("Non orientés", "a word more"),
        ("Orientés hors PLIE", "a word more"),
        ("Sorties sans positives", "a word more"),
        ("Réintégrés", "the first letter"),
        ("Conseillés dédiés", "the ending"),
        ("Moins de 36 ans", "a digit"),
        ("36-44 ans", "a digit"),
        ("Taux de sorties positves", "a rate"),
        ("Sorties positves (%)", "a rate"),
        ("Part de sorties positves", "a share"),
        ("Refus au premier accueil", "a word of the vocabulary"),
        ("Sorties plus positives", "a word more"),
        ("RSQ", "too short"),
        ("Partcipants en parcors", "two errors"),
        ("Causes sociales : orientés", "a word of its own"),
        ("Lieux", "too short"),
    ],
)
def test_what_could_be_something_else_is_never_taken_alone(text: str, why: str) -> None:
    assert PLIE.read_near(text) is None, why


def test_two_meanings_as_near_are_not_chosen_between() -> None:
    table = {"suivis renforces": ("measure", "a"), "suivis rentorces": ("measure", "b")}
    assert NearReader(table, ()).settle("suivis renorces") is None
    assert NearReader(dict(list(table.items())[:1]), ()).settle("suivis renorces") is not None


def test_a_measure_that_the_convention_does_not_follow_is_asked() -> None:
    assert PLIE.read("Personnes accueillies").measures == ("accueillis",)
    assert PLIE.read_near("Personnes acueillies") is None
    assert make_lexicon("metz").read_near("Personnes acueillies") is not None


def test_two_labels_of_a_row_never_become_one_thing_by_likeness() -> None:
    report = head("Sorties positves", "Sorties posittives", "DE orientés")
    assert measures(report) == {"orientes": 12}
    assert [question.text for question in report.questions] == ["Sorties positves", "Sorties posittives"]


def test_a_label_near_one_that_stands_beside_it_is_asked() -> None:
    report = head("Sorties positives", "Sorties positves")
    assert measures(report) == {"sorties_positives": 10}
    assert [question.text for question in report.questions] == ["Sorties positves"]


def test_a_territory_is_never_near() -> None:
    report = read("Commune | DE orientés\nMartigues | 12\nPort-de-Boucs | 7", QUARTER)
    assert figures(report) == {("orientes", "13056", "2024-T1", 12)}
    assert report.questions == ()


def test_a_partner_beside_a_measure_names_a_part_of_it() -> None:
    report = head("Intégrés France Travail", "Orientés France Travail")
    assert {(one.measure, one.segment) for one in report.observations} == {
        ("integres", (("prescripteur", "france_travail"),)),
        ("orientes", ()),
    }


def test_a_partner_in_a_title_names_no_part() -> None:
    report = read("Personnes intégrées, France Travail\nCommune | T1 2024\nMartigues | 12")
    assert [(one.measure, one.segment) for one in report.observations] == [("integres", ())]


@settings(max_examples=400, deadline=None, derandomize=True)
@given(data=st.data())
def test_a_letter_mistyped_inside_a_spelling_is_never_read_as_another_measure(data: st.DataObject) -> None:
    """Whatever the spelling and the letter: read right, or left to be asked."""
    spelling, measure = data.draw(st.sampled_from(sorted(load_vocabulary().measures.items())))
    rank = data.draw(st.integers(0, len(spelling) - 1))
    typed = spelling[:rank] + data.draw(st.sampled_from(["", "x", 2 * spelling[rank]])) + spelling[rank + 1 :]
    reading = PLIE.read(typed)
    near = reading if reading.is_explained else PLIE.read_near(typed)
    assert near is None or not near.is_explained or near.measures in ((), (measure,)) or typed in _other_spellings()


def _other_spellings() -> set[str]:
    """A spelling with a letter less may be another known one (« Entrées » and « Entrés »)."""
    return {form for words in load_vocabulary().measures for form in (words, core(words), stem_core(words))}


@pytest.mark.parametrize(
    ("words", "spelling", "expected"),
    [
        ("premiersaccueils", "premiers accueils", True),
        ("participants actif", "participants actifs", True),
        ("absents", "presents", False),
        ("presents 1", "presents 2", False),
        ("femmes", "hommes", False),
        ("entrees", "sorties", False),
    ],
)
def test_a_misspelling_is_one_letter_inside_a_long_word(words: str, spelling: str, *, expected: bool) -> None:
    assert is_misspelt(words, spelling, KNOWN) is expected


def test_a_stem_keeps_short_words_and_codes() -> None:
    assert {stem(word) for word in ("orientees", "orientes", "oriente")} == {"orient"}
    assert (stem("des"), stem("t3"), stem(normalise("Niv."))) == ("des", "t3", "niv")


def test_scores_below_the_least_are_not_proposed() -> None:
    assert all(one.score >= ASKED for one in PLIE.near.compare("orientations du service"))
    assert PLIE.near.compare("zorglub") == ()

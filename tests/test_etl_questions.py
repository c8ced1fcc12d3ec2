"""Labels that nothing explains in; what is asked of them, and what is left a finding, out."""

from __future__ import annotations

import pytest

from etl.mend import MANY_UNKNOWN
from etl.report import WARNING
from tests.drawn import codes, draw, figures, read, read_sheets

QUARTER = "T1 2024"


def test_a_question_says_where_what_waits_and_what_it_could_be() -> None:
    report = read(
        """
        Commune      | DE orientés | Conseillés dédiés
        Martigues    | 12          | 9
        Port-de-Bouc | 7           | n.c.
        """,
        QUARTER,
    )
    question = report.questions[0]
    assert (question.kind, question.sheet, question.cell, question.text) == (
        "libelle", QUARTER, "C1", "Conseillés dédiés",
    )  # fmt: skip
    assert (question.cells, question.waiting, question.sample) == (
        ((QUARTER, "C2"), (QUARTER, "C3")), 2, ("9", "n.c."),
    )  # fmt: skip
    best = question.proposals[0]
    assert (best.code, best.label) == ("conseillers", "Conseillers dédiés (ETP)")
    assert 90 < best.score < 100


def test_the_rest_of_the_file_is_accepted_and_the_finding_tells_what_waits() -> None:
    report = read("Commune | DE orientés | Zorglub\nMartigues | 12 | 9", QUARTER)
    assert figures(report) == {("orientes", "13056", "2024-T1", 12)}
    told = next(finding for finding in report.findings if finding.code == "libelle_inconnu")
    assert (told.severity, told.cell) == (WARNING, "C1")
    assert told.message.startswith("1 nombre(s) non retenu(s) (C2)")
    assert told.message.endswith("Dites ce qu’il compte en répondant à la question.")
    assert report.accepted


def test_one_question_for_a_text_wherever_it_stands() -> None:
    table = "Commune | DE orientés | Zorglub T{}\nMartigues | 12 | 9"
    report = read_sheets(*(draw(table.format(quarter), f"T{quarter} 2024") for quarter in (1, 2)))
    assert [(question.text, question.cells) for question in report.questions] == [
        ("Zorglub T1", (("T1 2024", "C2"), ("T2 2024", "C2")))
    ]


def test_a_partner_that_is_shortened_is_proposed_as_a_part() -> None:
    report = read("Commune | DE orientés | Intégrés FT\nMartigues | 12 | 9", QUARTER)
    assert report.questions[0].proposals[0].code == "integres;prescripteur=france_travail"


def test_a_misspelt_part_is_proposed_beside_its_measure() -> None:
    report = read("Commune | DE orientés | Intégrés, femes\nMartigues | 12 | 9", QUARTER)
    assert report.questions[0].proposals[0].code == "integres;sexe=femme"


def test_a_measure_that_the_convention_follows_goes_before_one_a_little_nearer() -> None:
    report = read("Commune | DE orientés | Accompagnements suivis\nMartigues | 12 | 9", QUARTER)
    first, second, *_ = report.questions[0].proposals
    assert (first.code, second.code) == ("sorties", "en_cours")
    assert first.score < second.score


def test_a_label_beside_a_measure_is_proposed_as_a_part_of_it() -> None:
    report = read("Personnes intégrées\nCommune | Femmes | Xommes\nMartigues | 12 | 9", QUARTER)
    assert [(one.measure, [p.code for p in one.proposals]) for one in report.questions] == [
        ("integres", ["sexe=homme"])
    ]


@pytest.mark.parametrize(
    "table",
    [
        "Commune | DE orientés\nMartigues | 12\nZorglub | 7",
        "Indicateur | T1 2024 | Zorglub\nDE orientés | 12 | 7",
        "Commune | Zorglub\nMartigues | 12",
        "Commune | DE orientés | Taux de zorglub\nMartigues | 12 | 0,5",
        "Commune | DE orientés | Zorglub\nMartigues | 12 | 25 %",
        "Zorglub | Blibloo\nMartigues | 12",
    ],
)
def test_what_no_measure_could_explain_stays_a_finding(table: str) -> None:
    assert read(table, QUARTER).questions == ()


def test_a_column_of_many_unknown_texts_is_never_asked() -> None:
    """They may be names of people."""
    names = "\n".join(f"Invente Numero{letter} | 1" for letter in "abcdefg"[: MANY_UNKNOWN + 1])
    report = read(f"Indicateur | T1 2024\nDE orientés | 12\n{names}", "Martigues")
    assert report.questions == ()
    assert "libelles_inconnus" in codes(report)

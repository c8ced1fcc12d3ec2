"""ui/agreement: the calendar of commitments and the tables of what was agreed, to the word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.cycles import list_cycles
from conventions.values import Amendment, Step
from indicators.commitments import CommitmentReading, Occurrence
from tests.invented import invent
from ui.agreement.calendar import render_calendar, write_calendar_title
from ui.agreement.terms import render_amendments, render_limits, render_objectives, render_parties, render_paths
from ui.french import THIN

METZ, PLIE = load_conventions()["metz"], load_conventions()["plie-martigues"]
CATALOGUE = load_catalogue()


def invent_reading(code: str, states: list[str], **given: object) -> CommitmentReading:
    """A commitment of Metz with invented states, cycle by cycle."""
    commitment = next(one for one in METZ.commitments if one.code == code)
    occurrences = tuple(
        replace(Occurrence(cycle, commitment.times, None, 0, (), "", state), **given)  # type: ignore[arg-type]
        for cycle, state in zip(list_cycles(commitment, METZ), states, strict=False)
    )
    return CommitmentReading(commitment, occurrences)


HALVES = invent_reading("suivi", ["Tenu", "En retard", "À venir"])
PAID = invent_reading(
    "versement_agent", ["Tenu"], done=2, days=(date(2021, 7, 8), date(2021, 12, 20)), paid=23398.0, agreed=23398.0
)


def test_title_counts_the_terms_of_the_year() -> None:
    assert write_calendar_title([HALVES, PAID], 2021) == "2021\u00a0: deux échéances tenues, une en retard"
    assert write_calendar_title([HALVES], 2022) == "2022\u00a0: une à venir"
    assert write_calendar_title([HALVES], 2023) == "Aucune échéance en 2023"


def test_cell_spans_the_months_of_its_term_with_sign_and_word() -> None:
    html = render_calendar([HALVES], 2021, METZ)
    assert html.count('colspan="6"') == 2
    assert "✓ Tenu" in html
    assert "▼ En retard" in html
    assert "échéance le 31/12/2021" in html


def test_instalments_tell_their_days_and_euros() -> None:
    html = render_calendar([PAID], 2021, METZ)
    assert 'colspan="12"' in html
    assert f"2 sur 2, le 08/07 et 20/12{THIN}; 23\u202f398\u00a0€ versés sur 23\u202f398" in html


def test_return_that_lacks_some_of_its_counts_is_not_said_to_be_whole() -> None:
    stats = next(one for one in PLIE.commitments if one.returns)
    first, *_ = list_cycles(stats, PLIE)
    held = CommitmentReading(stats, (Occurrence(first, 1, None, 1, (), "retours", "Tenu"),))
    assert "incomplet" not in render_calendar([held], first.end.year, PLIE)
    html = render_calendar([held], first.end.year, PLIE, {"france-travail": {first.end}})
    assert "retours reçus, incomplet\u00a0: France Travail" in html


def test_row_names_who_promised_and_where() -> None:
    html = render_calendar([PAID], 2021, METZ)
    assert "Ville de Metz" in html
    assert "Verser la participation" in html


def test_term_that_was_moved_tells_both() -> None:
    moved = replace(PLIE, end=date(2028, 6, 30), first_end=date(2027, 12, 31))
    assert "au 30/06/2028 (d’abord 31/12/2027, puis avenant)" in render_parties(moved)
    assert "d’abord" not in render_parties(PLIE)


def test_objective_tells_the_values_that_amendments_gave_it() -> None:
    step = Step(date(2025, 7, 1), 265, None, "Au moins 265", "M avenant 1", 1)
    amended = replace(PLIE, objectives=(replace(PLIE.objectives[0], steps=(step,)),))
    html = render_objectives(amended, CATALOGUE)
    assert "≥\u00a0225" in html
    assert "puis ≥\u00a0265 dès le 01/07/2025" in html


def test_amendment_tells_its_day_and_the_term() -> None:
    html = render_amendments([Amendment(1, date(2025, 7, 1), "M avenant 1", "Essai", end=date(2028, 6, 30))])
    assert "Avenant n°\u00a01" in html
    assert "terme porté au 30/06/2028" in html


def test_what_no_return_counts_is_said_not_to_be_measured() -> None:
    commitment = next(one for one in PLIE.commitments if one.code == "entretien_mensuel")
    unread = render_paths([CommitmentReading(commitment, ())], PLIE, CATALOGUE)
    assert "aucun retour ne le compte" in unread
    figure = invent("entretiens_par_participant", 330, 100, period="2024-T1")
    assert "3,3" in render_paths([CommitmentReading(commitment, (), figure)], PLIE, CATALOGUE)


def test_limits_tell_their_extension_and_what_is_kept() -> None:
    html = render_limits(PLIE.limits, PLIE.retention)
    assert "≤\u00a018\u00a0mois, puis 6 de plus si la prolongation est validée" in html
    assert "30\u00a0mois après le début du parcours" in html
    assert html.count("Conservation\u00a0: parcours") == 1
    assert "à la première de ces échéances" in html

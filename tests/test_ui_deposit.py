"""The deposit's blocks: what is understood, found and weighed, before anything is written."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

import pytest
from openpyxl import Workbook, load_workbook

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from etl.cells import Raw
from etl.desk import Ticket
from etl.load import LoadResult
from etl.memory_writer import save_workbook
from etl.report import (
    BLOCKING,
    INFORMATION,
    WARNING,
    Finding,
    LabelNote,
    Observation,
    Options,
    Report,
    SheetReport,
)
from etl.workbook import Sheet
from tests.deliveries import path
from tests.deliveries import report as deliver
from ui.deposit.copies import describe_copy, make_copy
from ui.deposit.effect import Known, weigh
from ui.deposit.effect_tables import render_added, render_changes, write_effect_title
from ui.deposit.findings import group_findings, render_causes, write_findings_title
from ui.deposit.journey import is_asked
from ui.deposit.reading import COLUMNS, ROWS, Corner, Deposit, cut_sheet, may_keep
from ui.deposit.said import write_result
from ui.deposit.understood import find_roles, render_corner, write_confidence

CATALOGUE = load_catalogue()
MARTIGUES = load_conventions()["plie-martigues"]


def observe(
    measure: str, territory: str, value: float | None, cell: str, *, state: str = "ok"
) -> Observation:
    return Observation(measure, territory, "2026-T4", "plie", (), value, state, "T4", cell)


OBSERVATIONS = (
    observe("orientes", "13056", 67, "B6"),
    observe("orientes", "13077", 38, "B7"),
    observe("presents", "13077", None, "C7", state="n.d."),
)
LABELS = (
    LabelNote("T4", "A3", "Suivi 4e trimestre 2026", "période", "4e trimestre 2026", "mots reconnus", 1.0),
    LabelNote("T4", "B5", "Orientés FT", "mesure", "DE orientés vers le PLIE", "graphie connue", 1.0),
    LabelNote("T4", "A6", "MARTIGUES", "territoire", "13056", "territoire de la convention", 1.0),
    LabelNote("T4", "D5", "Obs.", "", "", "mots inexpliqués", 0.0),
)
CORNER = Corner(
    "T4",
    (
        ("Suivi 4e trimestre 2026", None, None, None),
        (None,) * 4,
        (None,) * 4,
        (None,) * 4,
        ("Commune", "Orientés FT", None, "Obs."),
        ("MARTIGUES", 67.0, "n.c.", "report <T2>"),
        ("Port de Bouc", 38.0, "n.c.", None),
    ),
)


def report(*findings: Finding) -> Report:
    return Report(
        "T4.xlsx",
        "abc",
        "plie-martigues",
        "plie",
        Options(),
        sheets=(SheetReport("T4", "crosstab", 3),),
        findings=findings,
        observations=OBSERVATIONS,
        labels=LABELS,
    )


def test_effect_tells_new_changed_and_known_figures() -> None:
    known: Known = {
        ("orientes", "13056", "2026-T4", ()): (60.0, "ok"),
        ("orientes", "13077", "2026-T4", ()): (38.0, "ok"),
    }
    effect = weigh(report(), known)
    assert [one.measure for one in effect.added] == ["presents"]
    assert [(change.before, change.after) for change in effect.changed] == [(60.0, 67)]
    assert effect.unchanged == 1
    assert (
        write_effect_title(effect) == "Si vous acceptez\u00a0: 1\u00a0chiffre nouveau, 1\u00a0chiffre corrigé"
    )


def test_effect_table_names_the_place_and_the_gap() -> None:
    effect = weigh(report(), {("orientes", "13056", "2026-T4", ()): (60.0, "ok")})
    html = render_changes(effect.changed, MARTIGUES, CATALOGUE)
    assert "Martigues, T4\u00a02026" in html
    assert ">+7<" in html


def test_effect_sums_new_counts_over_places_and_never_a_hole() -> None:
    html = render_added(weigh(report(), {}).added, CATALOGUE)
    assert "<b>105</b>" in html
    assert "<b>0</b>" not in html


def test_effect_of_a_known_file_is_nothing() -> None:
    known = {
        (one.measure, one.territory, one.period, one.segment): (one.value, one.state) for one in OBSERVATIONS
    }
    effect = weigh(report(), known)
    assert write_effect_title(effect) == "Ce fichier ne changerait rien"


def test_findings_stand_by_gravity_with_their_address() -> None:
    found = [
        Finding(INFORMATION, "a", "Lu."),
        Finding(BLOCKING, "b", "Total : faux ?", "T4", "D9"),
        Finding(WARNING, "c", "Vide."),
    ]
    causes = group_findings(found)
    assert [cause.findings[0].code for cause in causes] == ["b", "c", "a"]
    assert write_findings_title(causes) == "Trois constats"
    html = render_causes(causes)
    assert '<span class="j-address">T4!D9</span>' in html
    assert "Total\u00a0: faux\u202f?" in html


def test_one_cause_in_many_cells_is_one_finding_with_all_its_addresses() -> None:
    found = [Finding(WARNING, "faute", "Écrivez un nombre.", "T4", f"B{row}") for row in range(1, 301)]
    causes = group_findings(found)
    assert write_findings_title(causes) == "Un constat"
    html = render_causes(causes)
    assert html.count("Écrivez un nombre.") == 1
    assert html.count("j-address") == 6
    assert "et 294\u00a0autres" in html


def test_other_findings_of_a_cause_unfold_below_the_first() -> None:
    found = [Finding(WARNING, "total", f"Le total {rank} est faux.", "T4", f"D{rank}") for rank in range(1, 4)]
    html = render_causes(group_findings(found))
    assert html.index("total 1") < html.index("Voir les 2 autres du même genre") < html.index("total 2")
    assert '<span class="j-address">T4!D3</span>' in html


def test_findings_escape_what_the_workbook_says() -> None:
    assert "<script>" not in render_causes(group_findings([Finding(WARNING, "x", "« <script> »", "<b>", "A1")]))


@pytest.mark.parametrize(
    ("name", "content", "label"),
    [
        ("T4.xlsx", b"PK", "Télécharger le classeur annoté"),
        ("T4.csv", b"a;b", "Télécharger les constats sur une copie"),
        ("parcours.xlsx", None, "Télécharger la liste des constats"),
    ],
)
def test_copy_is_offered_for_what_it_is(name: str, content: bytes | None, label: str) -> None:
    said, sentence = describe_copy(Deposit(name, 1, report(), None, content))
    assert said == label
    assert bool(sentence) == (label != "Télécharger le classeur annoté")


@dataclass
class Shelf:
    """What the desk keeps, or no more."""

    deposit: Deposit | None

    def look(self, _ticket: Ticket[Deposit]) -> Deposit | None:
        return self.deposit


def test_copy_is_the_workbook_with_links_and_without_content_the_list_alone() -> None:
    book = Workbook()
    book.worksheets[0].title = "T4"
    book.worksheets[0]["A1"] = "=1+1"
    content = save_workbook(book)
    found = [Finding(WARNING, "faute", "=Écrivez un nombre.", "T4", "B2")]
    ticket: Ticket[Deposit] = Ticket()
    for kept, sheets in ((content, ["Constats", "T4"]), (None, ["Constats"])):
        deposit = Deposit("T4.xlsx", 1, report(*found), None, kept)
        copy = load_workbook(io.BytesIO(make_copy(Shelf(deposit).look, ticket, found)))
        assert copy.sheetnames == sheets
        assert copy["Constats"]["C6"].value == "=Écrivez un nombre."
        assert copy["Constats"]["C6"].data_type == "s"
    gone = load_workbook(io.BytesIO(make_copy(Shelf(None).look, ticket, found)))
    assert gone.sheetnames == ["Constats"]


def test_bytes_of_a_file_about_people_are_not_kept() -> None:
    assert may_keep(report())
    assert not may_keep(deliver(paths=[path()]))
    assert not may_keep(replace(report(), sheets=(SheetReport("Liste", "records"),)))
    assert not may_keep(report(Finding(BLOCKING, "parcours_refuses", "")))


def test_roles_follow_labels_figures_and_holes() -> None:
    roles = find_roles(CORNER, report())
    assert (roles["A1"], roles["B5"], roles["A6"]) == ("period", "measure", "place")
    assert (roles["B6"], roles["C7"]) == ("count", "hole")
    assert (roles["D5"], roles["A5"]) == ("aside", "aside")


def test_corner_is_drawn_with_addresses_and_escaped_text() -> None:
    html = render_corner(CORNER, report())
    assert '<th scope="col">D</th>' in html
    assert '<td class="j-role-count">67</td>' in html
    assert "report &lt;T2&gt;" in html


def test_corner_leaves_out_what_names_people_and_what_is_far() -> None:
    rows: list[list[Raw]] = [
        ["Nom", "Prénom", "Commune", "Orientés"],
        ["Dupont", "Jeanne", "Martigues", 4.0],
    ]
    row: list[Raw] = ["x", "y", "z", 1.0]
    rows += [row] * 40
    far: list[Raw] = [None] * 20
    corner = cut_sheet(Sheet("Liste", [one + far for one in rows]))
    assert corner.rows[1] == (None, None, "Martigues", 4.0)
    assert len(corner.rows) == ROWS
    assert len(corner.rows[0]) <= COLUMNS


@pytest.mark.parametrize(
    ("confidence", "word", "boxes"),
    [(1.0, "sûre", 4), (0.8, "probable", 3), (0.5, "à confirmer", 2), (0.0, "non lu", 0)],
)
def test_confidence_has_boxes_and_a_word(confidence: float, word: str, boxes: int) -> None:
    html = write_confidence(confidence)
    assert html.count("j-full") == boxes
    assert word in html


def test_question_is_asked_only_when_the_reading_needs_it() -> None:
    assert is_asked(Deposit("a.xlsx", 1, report(Finding(BLOCKING, "source_inconnue", "")), None))
    assert not is_asked(Deposit("a.xlsx", 1, report(Finding(WARNING, "total_faux", "")), None))


def test_result_is_told_in_a_sentence() -> None:
    said = write_result(LoadResult("I000007", "chargé", added=94, changed=1), "T4.xlsx")
    assert (said.title, said.text) == (
        "Dépôt I000007 enregistré",
        "T4.xlsx\u00a0: 94\u00a0nouveaux, 1\u00a0corrigé.",
    )
    assert said.import_id == "I000007"
    again = write_result(LoadResult("I000007", "déjà chargé"), "T4.xlsx")
    assert (again.title, again.import_id) == ("Ce fichier était déjà enregistré", None)

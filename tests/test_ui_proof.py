"""Where a figure comes from, as a reader sees it: its link, its table of cells, its words and its files."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.values import Term
from indicators.amounts import SECRET
from indicators.cell_lines import Correction, Line, Side
from indicators.proof import Proof, Question
from indicators.request import COMMITTEE, PRODUCER, Request
from indicators.trace import TracedCell
from tests.invented import invent
from ui.export import write_csv, write_xlsx
from ui.proof.blocks import write_agreed, write_band, write_head, write_sources
from ui.proof.cells import render_cells, write_ranges
from ui.proof.export import build_sheet
from ui.proof.link import read_key, wrap_link, write_key
from ui.proof.notes import write_cautions, write_changes
from ui.proof.words import write_citation

CATALOGUE = load_catalogue()
PLIE = load_conventions()["plie-martigues"]
REQUEST = Request("plie-martigues", ("2025-T1", "2025-T2"), indicators=("taux_presence",))
DAY = date(2025, 10, 21)


def cell(role: str, value: float | None, address: str, *, territory: str = "13056", **other: object) -> TracedCell:
    measure = "presents" if role == "numerateur" else "orientes"
    known = {"period": "2025-T1", "state": "ok", "file": "retour.xlsx", "is_current": True, **other}
    return TracedCell(
        role, measure, territory, str(known["period"]), "", value, str(known["state"]), str(known["file"]), "T1",
        address, "I000001", DAY, "PLIE", bool(known["is_current"]),
    )  # fmt: skip


def make_proof(*, audience: str = PRODUCER, state: str = "ok") -> Proof:
    """268 of 412, one cell of which was 10 before it was 13."""
    top = Line((cell("numerateur", 200, "C6"), cell("numerateur", 68, "C7", territory="13077")), 268)
    old = cell("denominateur", 10, "B8", territory="13098", is_current=False, file="avant.xlsx")
    new = cell("denominateur", 13, "B8", territory="13098", file="=apres.xlsx")
    below = [cell("denominateur", 399, "B6"), new]
    figure = invent("taux_presence", 268, 412, state=state)
    request = Request(**{**vars(REQUEST), "audience": audience})
    sides = (
        Side("numerateur", Term("presents"), 268, (top,)),
        Side("denominateur", Term("orientes"), 412, (Line((old,), 10), Line(tuple(below), 412, is_revision=True))),
    )
    published = invent("taux_presence", 268, 409)
    corrections = (Correction("denominateur", old, new),)
    return Proof(PLIE, Question(request, None), figure, sides, corrections, published)


@pytest.mark.parametrize("by", [(), ("territoire",), ("periode",), ("territoire", "source"), ("motif",)])
@pytest.mark.parametrize("audience", [PRODUCER, COMMITTEE])
def test_key_of_a_figure_reads_back_as_its_question(by: tuple[str, ...], audience: str) -> None:
    asked = Request(**{**vars(REQUEST), "by": by, "audience": audience, "reading": "cohorte"})
    segment = {"motif": "cdi"} if "motif" in by else {}
    period = "2025-T2" if "periode" in by else None
    figure = invent("sorties", 9, territory="13077", period=period, source="plie", segment=segment, asked=asked)
    question = read_key(write_key(figure), audience=PRODUCER)
    assert question is not None
    assert (question.territory, dict(question.segment)) == ("13077", segment)
    assert question.request.periods == (("2025-T2",) if period else REQUEST.periods)
    assert (question.request.convention, question.request.reading) == ("plie-martigues", "cohorte")
    assert (question.request.source, question.request.audience) == ("plie" if "source" in by else None, audience)


def test_key_of_a_figure_of_one_place_and_one_group_reads_back_as_them() -> None:
    group = {"public": "rsa"}
    asked = Request(**{**vars(REQUEST), "territories": ("13077",), "segment": (("public", "rsa"),)})
    figure = invent("taux_presence", 4, 9, territory="13077", source="plie", segment=group, asked=asked)
    question = read_key(write_key(figure), audience=PRODUCER)
    assert question is not None
    assert (question.territory, dict(question.segment), question.request.territories) == ("13077", group, ())
    assert (question.request.by, dict(question.request.segment)) == ((), group)


def test_address_never_gives_a_committee_more_than_its_view() -> None:
    question = read_key("taux_presence~~2025~plie-martigues", audience=COMMITTEE)
    assert question is not None
    assert question.request.audience == COMMITTEE


def test_short_address_finds_the_one_convention_that_knows_it() -> None:
    question = read_key("taux_presence~13056~2025-T1", audience=PRODUCER)
    assert question is not None
    assert (question.request.convention, question.territory) == ("plie-martigues", "13056")
    assert read_key("~13056", audience=PRODUCER) is None
    assert read_key("inconnu~13056", audience=PRODUCER) is None


def test_figure_that_nobody_asked_for_has_no_link() -> None:
    indicator = CATALOGUE.indicator("taux_presence")
    assert wrap_link("<b>65 %</b>", invent("taux_presence", 268, 412), indicator) == "<b>65 %</b>"


def test_link_says_counts_source_state_and_article_before_it_is_followed() -> None:
    figure = invent("taux_presence", 268, 412, state="provisoire", asked=REQUEST)
    html = wrap_link("<b>65 %</b>", figure, CATALOGUE.indicator("taux_presence"))
    assert html.startswith('<a class="j-proof" href="?preuve=taux_presence~~2025-T1.2025-T2~plie-martigues"')
    for said in ("268 sur 412", "selon PLIE", "provisoire", "Art.\u00a03-1 et 7", "D’où vient ce chiffre"):
        assert said in html


@pytest.mark.parametrize(
    ("addresses", "written"),
    [
        (["B5", "C5", "D5"], "B5:D5"),
        (["C6", "C7", "C8"], "C6:C8"),
        (["Z9", "AA9"], "Z9:AA9"),
        (["B5", "C5", "C6"], "B5:C5, C6"),
        (["B5", "D5", "B5"], "B5, D5"),
    ],
)
def test_neighbours_are_one_range(addresses: list[str], written: str) -> None:
    assert write_ranges(addresses) == written


def test_head_and_band_say_the_figure_its_counts_and_the_exact_rate() -> None:
    proof = make_proof()
    html = write_head(proof, CATALOGUE) + write_band(proof, CATALOGUE)
    for said in ("Taux de présence", "janvier – juin 2025", "lecture en flux", "268", "412", "65,0\u00a0%"):
        assert said in html


def test_convention_says_article_definition_counts_and_objective() -> None:
    html = write_agreed(make_proof(), CATALOGUE)
    for said in ("Art.\u00a03-1", "DE orientés vers le PLIE", "aucun convenu", "01/01/2023"):
        assert said in html


def test_cells_stand_file_by_file_with_what_was_replaced_struck_through() -> None:
    html = render_cells(make_proof(), CATALOGUE)
    struck = html.split('<tr class="j-off">')[1].split("</tr>")[0]
    assert "avant.xlsx" in struck
    assert "remplacé" in struck
    for said in ("200 + 68", "T1!C6:C7", "399 + 13", "révision", "21/10/2025", "PLIE"):
        assert said in html


def test_value_that_secrecy_hides_is_a_word() -> None:
    proof = make_proof(audience=COMMITTEE)
    hidden = Line((cell("numerateur", 200, "C6"), cell("numerateur", None, "C7", state=SECRET)), None)
    masked = Proof(PLIE, proof.question, proof.figure, (Side("numerateur", Term("presents"), 268, (hidden,)),))
    assert "200 + secret" in render_cells(masked, CATALOGUE)
    assert "ne sont pas montrés au comité" in write_cautions(masked, CATALOGUE)
    assert "qu’aux producteurs" in write_changes(masked, CATALOGUE)


def test_correction_says_day_place_values_and_both_figures() -> None:
    html = write_changes(make_proof(), CATALOGUE)
    for said in ("21/10/2025", "Saint-Mitre-les-Remparts", "10 → 13", "66\u00a0% (268/409)", "65\u00a0% (268/412)"):
        assert said in html


@pytest.mark.parametrize(
    ("state", "said"),
    [("ok", "Chiffre complet et définitif"), ("provisoire", "peut encore changer"), ("fourni", "ni recalculé")],
)
def test_state_of_the_figure_is_said(state: str, said: str) -> None:
    assert said in write_cautions(make_proof(state=state), CATALOGUE)


def test_figure_without_other_source_says_so() -> None:
    assert "Aucune autre source" in write_sources(make_proof(), CATALOGUE)


def test_figure_without_value_says_why() -> None:
    proof = make_proof(audience=COMMITTEE)
    hidden = replace(invent("taux_presence", None, state=SECRET), reason="Secret : effectif de 1 à 4.")
    html = write_band(Proof(PLIE, proof.question, hidden, ()), CATALOGUE)
    assert "effectif de 1 à 4" in html
    assert "ses cellules non plus" in html
    unknown = Proof(PLIE, proof.question, invent("taux_presence", None, state="n.d."), ())
    assert "Aucun retour ne donne ce chiffre" in write_band(unknown, CATALOGUE)
    assert "définitif" not in write_cautions(unknown, CATALOGUE)


def test_definition_is_the_version_of_the_time_of_the_figure() -> None:
    rouen = load_conventions()["rouen"]
    for year, said in (("2023", "version 1"), ("2024", "version 2, depuis le 01/01/2024")):
        asked = Question(Request("rouen", (year,), indicators=("part_qpv_defm",)), None)
        html = write_agreed(Proof(rouen, asked, invent("part_qpv_defm", 10, 20), ()), CATALOGUE)
        assert said in html
        assert ("quartier prioritaire de 2024" in html) == (year == "2024")


def test_citation_holds_figure_definition_source_and_dates() -> None:
    said = write_citation(make_proof(), CATALOGUE, date(2025, 11, 3))
    for part in ("65\u00a0% (268/412)", "lecture en flux", "source PLIE", "Définition", "le 03/11/2025", "21/10/2025"):
        assert part in said


def test_files_hold_every_cell_and_no_formula() -> None:
    proof = make_proof()
    made = build_sheet(proof, CATALOGUE, "citation")
    rows = list(csv.reader(io.StringIO(write_csv(made).decode("utf-8-sig")), delimiter=";"))
    assert [row[5] for row in rows[2:]] == ["200", "68", "10", "399", "13"]
    assert [row[7] for row in rows[2:]] == ["retour.xlsx", "retour.xlsx", "avant.xlsx", "retour.xlsx", "'=apres.xlsx"]
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(made)))["Preuve"]
    values = [[one.value for one in row] for row in sheet.iter_rows(min_row=4)]
    assert [row[5] for row in values] == [200, 68, 10, 399, 13]
    assert [row[9] for row in values] == ["C6", "C7", "B8", "B6", "B8"]
    assert all(one.data_type != "f" for row in sheet.iter_rows() for one in row)

"""ui/behind.py, ui/export.py: the file of a chart has its words, its definitions, the counts of each figure, and
nothing that its page does not show."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import openpyxl

from conventions.catalogue import load_catalogue
from indicators.request import COMMITTEE, Request
from indicators.values import Figure
from tests.invented import invent
from ui.behind import HIDDEN, Behind, build_sheet, name_field, name_file, read_value, write_text
from ui.export import Sheet, write_csv, write_xlsx
from ui.tables import Cell, Column, Row, Table, note
from ui.wording import figure_cell

DAY = date(2026, 11, 3)
RATE = load_catalogue().indicator("taux_presence")
COUNT = load_catalogue().indicator("orientes")


def build(*rows: Row, headings: tuple[str, ...] = ("Territoire", "Taux")) -> Sheet:
    table = Table("Taux par commune", [Column(one, bool(rank)) for rank, one in enumerate(headings)], rows)
    return build_sheet(Behind("taux", "Martigues est la plus haute", table, "Tableau", period="T3 2025"), DAY)


def test_figure_gives_its_exact_value_its_counts_and_its_state() -> None:
    plain, moving = invent("taux_presence", 268, 412), replace(invent("taux_presence", 1, 3), state="provisoire")
    sheet = build(Row(["Martigues", figure_cell(plain, RATE)]), Row(["Port-de-Bouc", figure_cell(moving, RATE)]))
    assert sheet.headings == ["Territoire", "Taux", "Taux, numérateur", "Taux, dénominateur", "Taux, état"]
    assert sheet.rows == [
        ["Martigues", 268 / 412, 268, 412, ""],
        ["Port-de-Bouc", 1 / 3, 1, 3, "provisoire"],
    ]


def test_hidden_figure_gives_no_count_and_says_why() -> None:
    known = invent("taux_presence", 268, 412)
    # Even if a count were left in a hidden figure, no file tells it.
    hidden = Figure("taux_presence", "13077", "2025", None, (), 3, 4, None, "secret", reason="Moins de 5 personnes")
    sheet = build(Row(["Martigues", figure_cell(known, RATE)]), Row(["Port-de-Bouc", figure_cell(hidden, RATE)]))
    assert sheet.rows[1] == ["Port-de-Bouc", "", "", "", "secret : Moins de 5 personnes"]


def test_column_of_counts_needs_no_other_column() -> None:
    sheet = build(Row(["Martigues", figure_cell(invent("orientes", 412), COUNT)]), headings=("Territoire", "Orientés"))
    assert sheet.headings == ["Territoire", "Orientés"]
    assert sheet.rows == [["Martigues", 412]]


def test_file_says_title_period_definition_with_its_article_and_day() -> None:
    lines = "\n".join(build(Row(["Martigues", figure_cell(invent("taux_presence", 268, 412), RATE)])).lines)
    for said in ("Martigues est la plus haute", "Période : T3 2025", RATE.definition[:30], "M 3-1", "le 03/11/2026"):
        assert said in lines
    assert HIDDEN not in lines


def test_file_of_a_committee_names_its_convention_and_says_what_is_hidden() -> None:
    asked = Request("plie-martigues", ("2025",), audience=COMMITTEE)
    figure = replace(invent("taux_presence", 268, 412), source="plie", asked=asked)
    lines = build(Row(["Martigues", figure_cell(figure, RATE)])).lines
    assert HIDDEN in lines
    assert "Source : PLIE. Convention : PLIE Pays de Martigues" in lines


def test_group_is_written_before_each_of_its_rows() -> None:
    sheet = build(Row(["Intégration"], is_group=True), Row(["T1 2025", "41"]))
    assert sheet.rows == [["Intégration, T1 2025", 41]]


def test_words_of_a_cell_are_plain() -> None:
    assert write_text(note("<b>Taux</b> d’accès", "M 3-1")) == "Taux d’accès (M 3-1)"
    assert write_text("1<sup>er</sup> quartile<br>en jours &amp; plus") == "1er quartile en jours & plus"


def test_number_alone_is_a_number_and_a_rate_with_its_counts_stays_words() -> None:
    assert read_value("1\u202f204") == 1204
    assert read_value("\u22123,5") == -3.5
    assert read_value("65\u00a0% (268/412)") == "65\u00a0% (268/412)"
    assert read_value("n.\u00a0d.") == "n.\u00a0d."


def test_name_of_the_file_is_its_title_in_plain_letters() -> None:
    table = Table("Taux", [Column("Territoire")], [])
    named = Behind("taux", "Port-de-Bouc\u00a0: 65\u00a0%, le plus élevé", table, "Tableau")
    assert name_file(named) == "jalons_port-de-bouc-65-le-plus-eleve"
    assert len(name_file(replace(named, title="mot " * 60))) <= 77


def test_file_of_one_place_and_one_group_says_so_in_its_name_and_in_its_lines() -> None:
    asked = Request("plie-martigues", territories=("13056",), segment=(("sexe", "femme"),))
    figures = [invent("taux_presence", 4, 9, territory="13056", asked=asked) for _ in range(2)]
    rows = [Row(["x", figure_cell(one, RATE)]) for one in figures]
    table = Table("Taux", [Column("Année"), Column("Taux", True)], rows)
    behind = Behind("taux", "Un taux stable", table, "Tableau")
    assert name_field(behind) == ["Martigues", "Femmes"]
    assert name_file(behind) == "jalons_martigues-femmes-un-taux-stable"
    assert name_file(replace(behind, title="Martigues, femmes\u00a0: stable")) == "jalons_martigues-femmes-stable"
    assert "Champ : Martigues, Femmes" in build_sheet(behind, DAY).lines
    whole = replace(figures[0], asked=Request("plie-martigues"))
    mixed = replace(table, rows=[*table.rows, Row(["y", figure_cell(whole, RATE)])])
    assert name_field(replace(behind, table=mixed)) == []


def test_both_formats_hold_the_same_and_no_formula() -> None:
    sheet = Sheet("Tableau", ["=titre"], ["Lieu", "Taux"], [["=Martigues", 0.25], ["Port-de-Bouc", 412]])
    rows = list(csv.reader(io.StringIO(write_csv(sheet).decode("utf-8-sig")), delimiter=";"))
    assert rows == [["'=titre"], ["Lieu", "Taux"], ["'=Martigues", "0,25"], ["Port-de-Bouc", "412"]]
    page = openpyxl.load_workbook(io.BytesIO(write_xlsx(sheet)))["Tableau"]
    assert [[one.value for one in row] for row in page.iter_rows(min_row=3)] == [
        ["Lieu", "Taux"], ["=Martigues", 0.25], ["Port-de-Bouc", 412],
    ]  # fmt: skip
    assert page["A4"].data_type == "s"


def test_cell_of_words_keeps_the_columns_of_its_neighbours() -> None:
    sheet = build(Row(["Martigues", figure_cell(invent("taux_presence", 1, 2), RATE)]), Row(["Autre", Cell("—")]))
    assert sheet.rows[1] == ["Autre", "—", "", ""]

"""The tables of the page of quality, from invented counts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from conventions.agreements import load_conventions
from conventions.periods import Period, parse_period
from etl.report import BLOCKING, INFORMATION, WARNING
from indicators.completeness import DENIED, MISSING, RECEIVED, Cell, Completeness, Freshness
from indicators.lacks import list_lacks
from indicators.owed import Owed
from store.findings import FileFinding
from store.revisions import Revision
from ui.quality.cards import write_lacks_title, write_sources_title, write_title
from ui.quality.matrix import list_columns, list_lines, rank_share, render_matrix
from ui.quality.tables import group_open, render_findings, render_lacks, render_revisions, render_sources, write_file

CONVENTIONS = load_conventions()
MARTIGUES, TROYES = CONVENTIONS["plie-martigues"], CONVENTIONS["troyes"]
QUARTERS = ("2025-T3", "2025-T4", "2026-T1")


def make(
    place: str, period: str, state: str = RECEIVED, measure: str = "orientes", source: str | None = "plie"
) -> Cell:
    return Cell(Owed(source, measure, place, parse_period(period)), state)


def hold(*cells: Cell) -> Completeness:
    sources = (Freshness("plie", parse_period("2026-T1"), date(2026, 4, 9)), Freshness("france-travail", None, None))
    return Completeness(date(2026, 5, 1), cells, sources, parse_period("2026-T2"))


def read_rows(html: str) -> list[list[str]]:
    """The texts of each row of a table, without its tags."""
    rows = re.findall(r"<tr.*?</tr>", html)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]
    return [[re.sub("<.*?>", " ", cell).strip() for cell in row] for row in cells]


CELLS = (
    *(make(place, period) for place in ("13056", "13077") for period in QUARTERS),
    make("13056", "2025-T4", MISSING, "presents"),
    make("13077", "2026-T1", MISSING, "presents"),
    make("13056", "2026-T1", DENIED, "presents"),
    make("13098", "2026-T1", MISSING),
    make(MARTIGUES.territory.code, "2025-T3", measure="accompagnateurs"),
)


def test_matrix_writes_received_and_owed_in_each_cell() -> None:
    html = render_matrix(CELLS, MARTIGUES, caption="Chiffres reçus / attendus, PLIE")
    assert "Chiffres reçus / attendus, PLIE</span></caption>" in html
    none = "–rien d’attendu".replace("–", "–  ")
    assert read_rows(html)[1:] == [
        ["Martigues", "1/1", "1/2", "1/2"],
        ["Port-de-Bouc", "1/1", "1/1", "1/2"],
        ["Saint-Mitre-les-Remparts", none, none, "0/1"],
        ["Donné pour l’ensemble", "1/1", none, none],
    ]
    assert "T3 2025" in read_rows(html)[0][1].replace("  ", " ")


def test_matrix_frames_what_has_nothing_and_draws_the_rule_of_a_year() -> None:
    html = render_matrix(CELLS, MARTIGUES, caption="essai")
    assert html.count("j-missing-cell") == 1
    assert html.count("j-year") == 1 + len(list_lines(CELLS, MARTIGUES))


@pytest.mark.parametrize(
    ("received", "owed", "css"),
    [(0, 5, "j-missing-cell"), (1, 5, "j-heat-1"), (2, 5, "j-heat-2"), (4, 5, "j-heat-3"), (5, 5, "j-heat-4")],
)
def test_only_all_has_the_darkest_tint(received: int, owed: int, css: str) -> None:
    assert rank_share(received, owed) == css


def test_a_count_of_a_year_stands_in_its_last_quarter_and_many_communes_on_one_line() -> None:
    communes = [place.code for place in TROYES.places if place.kind == "commune"]
    cells = [make(code, "2020", source=None) for code in communes] + [make("pce-1", "2020-T4", source=None)]
    assert [one.code for one in list_columns(cells)] == ["2020-T4"]
    rows = read_rows(render_matrix(cells, TROYES, caption="essai"))[1:]
    assert rows == [[rows[0][0], "1/1"], [f"Communes ({len(communes)})", f"{len(communes)}/{len(communes)}"]]


def test_more_periods_than_a_screen_holds_are_read_by_year() -> None:
    months = [Period(year, month, 1) for year in (2023, 2024, 2025) for month in range(1, 13)]
    cells = [make("13056", one.code) for one in months]
    assert [one.code for one in list_columns(cells)] == ["2023", "2024", "2025"]
    assert read_rows(render_matrix(cells, MARTIGUES, caption="essai"))[1] == ["Martigues", "12/12", "12/12", "12/12"]


def test_a_year_of_which_nothing_lacks_is_one_column() -> None:
    quarters = [Period(year, month, 3) for year in (2025, 2026) for month in (1, 4, 7, 10)]
    cells = [make("13056", one.code) for one in quarters[:-1]] + [make("13056", quarters[-1].code, MISSING)]
    assert [one.code for one in list_columns(cells)] == ["2025", "2026-T1", "2026-T2", "2026-T3", "2026-T4"]
    assert read_rows(render_matrix(cells, MARTIGUES, caption="essai"))[1] == [
        "Martigues", "4/4", "1/1", "1/1", "1/1", "0/1",
    ]  # fmt: skip


def test_titles_of_cards_say_who_gave_all_and_who_owes() -> None:
    completeness = hold(*CELLS, make("13056", "2026-T1", source="france-travail", measure="convoques"))
    assert write_sources_title(completeness) == "Une source sur deux a tout donné"
    assert write_sources_title(hold(*CELLS)) == "La source n’a pas tout donné"
    assert write_lacks_title(list_lacks(completeness), MARTIGUES) == "PLIE doit encore 4\u00a0chiffres"
    assert write_lacks_title([], MARTIGUES) == "Personne ne doit plus rien"


def test_file_names_break_after_an_underscore() -> None:
    assert write_file("PLIE_2026.xlsx") == "PLIE_<wbr>2026.xlsx"


def test_lacks_say_who_owes_what_and_since_when() -> None:
    html = render_lacks(list_lacks(hold(*CELLS)), MARTIGUES)
    rows = {row[1].split("  ")[0].strip(): row for row in read_rows(html)[1:]}
    assert rows["Saint-Mitre-les-Remparts"][0] == "PLIE"
    assert rows["Saint-Mitre-les-Remparts"][3:] == ["01/04/2026", "1"]
    assert "jamais reçu jusqu’ici" in rows["Saint-Mitre-les-Remparts"][1]
    assert any("dit « n.\u00a0d. » dans le retour" in row[1] for row in rows.values())


def test_sources_say_what_they_gave_last_and_that_nothing_is_asked_of_one() -> None:
    rows = read_rows(render_sources(hold(*CELLS), MARTIGUES))[1:]
    assert [row[0] for row in rows] == ["PLIE", "France Travail"]
    assert rows[0][1:3] == ["T1\u00a02026", "09/04/2026"]
    assert rows[0][3].endswith("(7/11)")
    assert rows[1][1:] == ["aucune", "aucun", "rien demandé en propre"]


def test_title_counts_what_lacks() -> None:
    assert write_title(hold(*CELLS)) == "4\u00a0chiffres manquent sur les 11 attendus"
    assert write_title(hold(CELLS[0], CELLS[6])) == "1\u00a0chiffre manque sur les 2 attendus"
    assert write_title(hold(*CELLS[:6])) == "Rien ne manque\u00a0: les 6 chiffres attendus sont reçus"
    assert write_title(hold()) == "Aucun chiffre n’est encore attendu"


def find(severity: str, code: str, cell: str) -> FileFinding:
    return FileFinding("I000001", "a<b>.xlsx", "plie", date(2026, 4, 9), severity, code, f"Voir {cell}.", "T1", cell)


def test_findings_are_grouped_by_cause_the_gravest_first_without_mere_information() -> None:
    found = [find(WARNING, "somme", f"B{rank}") for rank in range(6)]
    found += [find(BLOCKING, "illisible", "C1"), find(INFORMATION, "totaux", "D1"), find(WARNING, "doublon", "E1")]
    groups = group_open(found)
    assert [(group[0].code, len(group)) for group in groups] == [("illisible", 1), ("somme", 6), ("doublon", 1)]
    html = render_findings(groups)
    assert "et 2 autres" in html
    assert "a&lt;b&gt;.xlsx" in html
    assert "<b>.xlsx" not in html


REVISION = Revision(
    source="plie", measure="sorties", territory="13077", period="2025-T2", segment=(("motif", "cdi"),), before=3,
    state_before="ok", file_before="v1.xlsx", published_on=date(2025, 7, 9), after=None, state_after="n.d.",
    file_after="v2.xlsx", corrected_on=date(2025, 8, 1), sheet="T2", cell="G5",
)  # fmt: skip


def test_revisions_show_both_values_to_producers_and_none_to_a_committee() -> None:
    shown = render_revisions([REVISION], MARTIGUES, has_values=True)
    (row,) = read_rows(shown)[1:]
    assert "Port-de-Bouc, T2\u00a02025, CDI" in row[0]
    assert (row[2].split()[0], row[3].split()[0]) == ("3", "n.")
    told = render_revisions([replace(REVISION, before=3), REVISION], MARTIGUES, has_values=False)
    assert all("réservé" in cell for row in read_rows(told)[1:] for cell in row[2:4])
    assert not re.search(r">3<", told)

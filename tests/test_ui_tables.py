"""ui/tables.py and ui/heatmap.py: real tables, and tints that do not exaggerate."""

from __future__ import annotations

import pytest

from conventions.catalogue import load_catalogue
from tests.invented import invent
from ui.heatmap import heat_cells, rank_tint, spread
from ui.tables import Cell, Column, Row, note, render_table

CATALOGUE = load_catalogue()


def test_table_has_caption_scopes_and_aligned_figures() -> None:
    columns = [Column("Commune"), Column("Orientés", is_number=True)]
    html = render_table(
        caption="Orientés & présents",
        columns=columns,
        rows=[Row(["Martigues", Cell("236", "x")], css="j-whole")],
    )
    assert "<caption>Orientés &amp; présents</caption>" in html
    assert '<th scope="col" class="j-num">Orientés</th>' in html
    assert '<tr class="j-whole"><th scope="row">Martigues</th><td class="j-num x">236</td></tr>' in html


def test_table_hides_its_caption_from_the_eye_only() -> None:
    html = render_table(caption="Légende", columns=[Column("A")], rows=[], is_caption_hidden=True)
    assert '<caption><span class="j-hidden">Légende</span></caption>' in html


def test_group_row_spans_the_table() -> None:
    html = render_table(
        caption="c", columns=[Column("A"), Column("B")], rows=[Row(["Numérateur"], is_group=True)]
    )
    assert '<th scope="rowgroup" colspan="2">Numérateur</th>' in html


def test_row_with_too_few_cells_is_an_error() -> None:
    with pytest.raises(ValueError, match="zip"):
        render_table(caption="c", columns=[Column("A"), Column("B"), Column("C")], rows=[Row(["x", "y"])])


def test_note_is_left_out_when_empty() -> None:
    assert note("a", "") == "a"
    assert note("a", "b") == 'a<span class="j-note">b</span>'


@pytest.mark.parametrize(("value", "tint"), [(0.0, 1), (0.19, 1), (0.5, 3), (0.99, 5), (1.0, 5)])
def test_rank_tint_cuts_the_scale_in_five(value: float, tint: int) -> None:
    assert rank_tint(value, 0, 1) == tint


def test_spread_of_close_rates_is_thirty_points() -> None:
    low, high = spread([0.62, 0.63, 0.67], is_rate=True)
    assert high - low == pytest.approx(0.3)
    assert {rank_tint(one, low, high) for one in (0.62, 0.63, 0.67)} == {3}


def test_spread_of_far_rates_is_their_own() -> None:
    assert spread([0.1, 0.9], is_rate=True) == (0.1, 0.9)


def test_heat_cells_leave_counts_and_few_people_without_tint() -> None:
    counts = heat_cells(
        ["a", "b"],
        {"a": invent("orientes", 10), "b": invent("orientes", 90)},
        CATALOGUE.indicator("orientes"),
    )
    assert [cell.css for cell in counts] == ["", ""]
    rates = {"a": invent("taux_presence", 5, 15), "b": invent("taux_presence", 90, 100)}
    assert [cell.css for cell in heat_cells(["a", "b"], rates, CATALOGUE.indicator("taux_presence"))] == [
        "",
        "j-heat-5",
    ]


def test_heat_cells_dress_holes_by_kind() -> None:
    figures = {
        "a": invent("taux_presence", None, state="secret"),
        "b": invent("taux_presence", None, state="n.d."),
    }
    cells = heat_cells(["a", "b", "c"], figures, CATALOGUE.indicator("taux_presence"))
    assert [cell.css for cell in cells] == ["j-secret-cell", "j-missing-cell", "j-missing-cell"]


def test_heat_cells_mark_provisional_figures_at_their_edge() -> None:
    figures = {"a": invent("taux_presence", 50, 100, state="provisoire")}
    (cell,) = heat_cells(["a"], figures, CATALOGUE.indicator("taux_presence"))
    assert "j-provisional" in cell.css
    assert "provisoire" not in cell.html

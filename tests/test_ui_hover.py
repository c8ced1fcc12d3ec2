"""ui/hover.py: a mark that says its value also says what is counted, by which article and from which source."""

from __future__ import annotations

from indicators.request import Request
from tests.invented import invent
from ui.behind import Behind
from ui.charts.drawing import Drawing
from ui.hover import WIDTH, explain, write_lines
from ui.tables import Cell, Column, Row, Table


def stand(*codes: str, definition: str = "") -> Behind:
    """What stands behind a chart whose table writes these figures."""
    request = Request("plie-martigues", periods=("2026-T1",))
    cells = [Cell("65 %", figure=invent(code, 65, 100, asked=request)) for code in codes]
    table = Table("Taux", [Column("Lieu"), *[Column("Taux")] * len(cells)], [Row(["Martigues", *cells])])
    return Behind("c", "Titre", table, "Tableau", source="Source\u00a0: PLIE. Le reste.", definition=definition)


def test_one_indicator_gives_its_definition_its_article_and_its_source() -> None:
    said = " ".join(write_lines(stand("taux_presence")))
    assert "Art." in said
    assert "3-1" in said
    assert said.endswith("Source\u00a0: PLIE")
    assert all(len(line) <= WIDTH for line in write_lines(stand("taux_presence")))


def test_several_indicators_say_only_what_is_common_unless_one_is_named() -> None:
    behind = stand("taux_presence", "taux_passage_diagnostic", definition="personnes suivies")
    assert write_lines(behind) == ["personnes suivies", "Source\u00a0: PLIE"]
    assert "Art." in " ".join(write_lines(behind, code="taux_presence"))


def test_marks_that_say_their_value_say_more_and_the_others_stay_silent() -> None:
    drawing = Drawing()
    drawing.add_bar(x=[1], y=[1], hovertemplate="65 %<extra></extra>")
    drawing.add_scatter(x=[1], y=[1], hoverinfo="skip")
    drawing.add_scatter(x=[1], y=[1], hovertemplate=None)
    explain(drawing, stand("taux_presence"))
    (bar,), (point, nothing) = drawing.list_traces("bar"), drawing.list_traces("scatter")
    assert bar["hovertemplate"].startswith("65 %<br>")
    assert bar["hovertemplate"].endswith("PLIE</span><extra></extra>")
    assert "hovertemplate" not in point
    assert nothing["hovertemplate"] is None

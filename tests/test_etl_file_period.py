"""Names of files and titles of sheets in; a warning where their periods contradict each other, out."""

from __future__ import annotations

from etl.report import WARNING, Finding
from tests.drawn import figures, read

TABLE = "{} |\nCommune | DE orientés\nMartigues | 12"


def told(title: str, file: str) -> list[Finding]:
    """What is said of the period of a file."""
    return [one for one in read(TABLE.format(title), file=file).findings if one.code == "periode_du_fichier"]


def test_a_year_in_the_title_and_a_half_in_the_name_are_told() -> None:
    (finding,) = told("Retour du PLIE, année 2025", "retour-2025-S2.xlsx")
    assert (finding.severity, finding.cell) == (WARNING, "A1")
    assert "année 2025" in finding.message
    assert "2e semestre 2025" in finding.message


def test_another_year_in_the_title_than_in_the_name_is_told_and_the_title_holds() -> None:
    title, file = "Retour du PLIE, 1er semestre 2024", "retour-2025-S1.xlsx"
    (finding,) = told(title, file)
    assert "1er semestre 2025" in finding.message
    assert figures(read(TABLE.format(title), file=file)) == {("orientes", "13056", "2024-S1", 12)}


def test_a_name_and_a_title_that_agree_are_not_told() -> None:
    assert told("Retour du PLIE, 1er semestre 2024", "retour-2024-S1.xlsx") == []
    assert told("Retour du PLIE 2024", "retour-2024-S1.xlsx") == []
    assert told("Retour du PLIE, T2 2024", "retour-2024.xlsx") == []
    assert told("Retour du PLIE, année 2024", "retour.xlsx") == []

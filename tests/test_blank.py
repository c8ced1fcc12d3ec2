"""Conventions, sources and periods in; blank returns that load back, once filled, out."""

import io
import zipfile
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.periods import period_of
from conventions.reading import DataError
from conventions.returns import list_measures, load_rules, read_rules
from conventions.values import Convention, Segment, make_segment
from etl.asked import list_forms
from etl.blank import BlankError, blank_name, main_blank, write_blank
from etl.blank_sheets import INSTRUCTION
from etl.report import INFORMATION, Observation, Options, Report
from etl.run import examine

RETURNS = [(key, source.code) for key, one in load_conventions().items() for source in one.sources]
HEADER, FIRST, LABELS = 6, 7, 2
Name = tuple[str, str, Segment]
"""Measure, territory and segment."""


def period_for(convention: Convention) -> str:
    """A period of the convention's cadence, in its last year."""
    return period_of(convention.end.replace(month=1), convention.cadence).code


def open_blank(key: str, source: str) -> Workbook:
    """The blank return as the analyst's spreadsheet would open it."""
    convention = load_conventions()[key]
    return load_workbook(io.BytesIO(write_blank(convention, source, period_for(convention))))


def tables(book: Workbook) -> Iterator[Worksheet]:
    """The sheets to fill."""
    return (sheet for sheet in book.worksheets if sheet.title != "Définitions")


def fields(sheet: Worksheet) -> list[Cell]:
    """The cells that may be typed in."""
    return [
        one for row in sheet.iter_rows() for one in row if isinstance(one, Cell) and not one.protection.locked
    ]


def name_fields(sheet: Worksheet, convention: Convention) -> dict[str, Name]:
    """What each field asks, from the words that surround it, by coordinate."""
    found = {}
    subject = str(sheet["A3"].value)
    for cell in fields(sheet):
        row, column = str(sheet.cell(cell.row, LABELS).value), str(sheet.cell(HEADER, cell.column).value)
        found[cell.coordinate] = name_field(subject, row, column, convention)
    return found


def name_field(subject: str, row: str, column: str, convention: Convention) -> Name:
    """The measure, the territory and the segment that a subject, a row and a column say."""
    catalogue = load_catalogue()
    places = {place.name: place.code for place in (convention.territory, *convention.places)}
    measures = {one.label: one.code for one in catalogue.measures.values()}
    exits = {label: code for one in convention.exits for code, label in one.motifs.items()}
    if not subject.startswith("Comptes, "):
        label, _, axis_label = subject.rpartition(", par ")
        measure = measures[label]
        axis = next(a for a in catalogue.axes.values() if a.label.lower() == axis_label.lower())
        values = {label: value for value, label in axis.values.items()} | (
            exits if axis.code == "motif" else {}
        )
        return measure, places[column], make_segment({axis.code: values[row]})
    label, place = (row, column) if subject.endswith("convention") else (column, row)
    axes = catalogue.axes.values()
    shares = {text.lower(): {axis.code: value} for axis in axes for value, text in axis.values.items()}
    whole, _, share = (label, "", "") if label in measures else label.partition(", ")
    return measures[whole], places[place], make_segment(shares[share.lower()] if share else {})


def fill(book: Workbook, convention: Convention) -> dict[Name, float]:
    """Type a plausible figure into every field and compute the totals; what was typed."""
    typed: dict[Name, float] = {}
    order = {measure: rank for rank, measure in enumerate(load_catalogue().measures)}
    for sheet in tables(book):
        named = name_fields(sheet, convention)
        for cell in fields(sheet):
            name = named[cell.coordinate]
            cell.value = figure_for(name, sheet, cell, order[name[0]])
            typed[name] = float(cell.value)
    compute_totals(book)
    return typed


def figure_for(name: Name, sheet: Worksheet, cell: Cell, rank: int) -> float:
    """A count that falls from one stage to the next; in a sheet of details, all but the first row are small.

    The parts of what adds up make the count given elsewhere: those of `categorie` and `public` do not add up.
    """
    measure, territory, segment = name
    unit, axes = load_catalogue().measures[measure].unit, dict(segment)
    place = sum(ord(letter) * (rank + 1) for rank, letter in enumerate(territory)) % 97
    whole = 9000 - 100 * rank + place
    if unit == "ETP":
        return 4.5
    if axes.keys() <= {"prescripteur"}:
        return whole - 50 * len(axes)
    part = 3 + cell.row - FIRST
    if "categorie" in axes or "public" in axes or cell.row > FIRST:
        return part
    others = sum(3 + row - FIRST for row in range(FIRST + 1, FIRST + len(parts_of(sheet, cell))))
    return whole - others


def parts_of(sheet: Worksheet, cell: Cell) -> list[Cell]:
    """The fields of one column."""
    return [one for one in fields(sheet) if one.column == cell.column]


def totals(sheet: Worksheet) -> list[Cell]:
    """The cells of the row under the fields, when there is one."""
    row = max(cell.row for cell in fields(sheet)) + 1
    columns = range(LABELS + 1, sheet.max_column + 1) if row <= sheet.max_row else ()
    cells = [sheet.cell(row, column) for column in columns]
    return [cell for cell in cells if isinstance(cell, Cell)]


def compute_totals(book: Workbook) -> None:
    """What a spreadsheet keeps beside each formula: the sum when every part is a number, else a blank."""
    for sheet in tables(book):
        for cell in totals(sheet):
            parts = [part.value for part in parts_of(sheet, cell)]
            numbers = [part for part in parts if isinstance(part, int | float)]
            cell.value = sum(numbers) if len(numbers) == len(parts) else " "


def load(book: Workbook, name: str = "fichier.xlsx") -> Report:
    """What the journey reads of a workbook as saved, with no option given."""
    buffer = io.BytesIO()
    book.save(buffer)
    return examine(name, buffer.getvalue(), Options())


def read_names(observations: Iterable[Observation]) -> dict[Name, float | None]:
    """The value read under each name."""
    return {(one.measure, one.territory, one.segment): one.value for one in observations}


@pytest.mark.parametrize(("key", "source"), RETURNS)
def test_filled_return_loads_back_without_a_question(key: str, source: str) -> None:
    convention, book = load_conventions()[key], open_blank(key, source)
    typed = fill(book, convention)
    report = load(book)
    assert (report.convention, report.source, report.accepted) == (key, source, True)
    assert [one.message for one in report.findings if one.severity != INFORMATION] == []
    assert {one.period for one in report.observations} == {period_for(convention)}
    assert not any(one.is_context for one in report.observations)
    read = read_names(report.observations)
    assert {name: read.get(name) for name in typed} == typed
    assert all(segment == () for _, _, segment in set(read) - set(typed))


KEEPERS: dict[str, Callable[[Cell], bool]] = {
    "one cell in two": lambda cell: (cell.row + cell.column) % 2 == 0,
    "all but the first row": lambda cell: cell.row > FIRST,
    "the second row": lambda cell: cell.row == FIRST + 1,
    "the first column": lambda cell: cell.column == LABELS + 1,
    "all but the first column": lambda cell: cell.column > LABELS + 1,
}


@pytest.mark.parametrize("keeper", KEEPERS)
@pytest.mark.parametrize(("key", "source"), RETURNS)
def test_partly_filled_return_gives_what_was_typed_and_no_more(key: str, source: str, keeper: str) -> None:
    convention, book = load_conventions()[key], open_blank(key, source)
    typed = fill(book, convention)
    for sheet in tables(book):
        for spot, name in name_fields(sheet, convention).items():
            if not KEEPERS[keeper](sheet[spot]):
                sheet[spot].value = None
                typed.pop(name)
    compute_totals(book)
    report = load(book)
    # A count given beside some of its motives only: the two do not agree, and that is said.
    assert {one.code for one in report.findings if one.severity != INFORMATION} <= {"somme_par_motif"}
    read = read_names(report.observations)
    assert {name: read.get(name) for name in typed} == typed
    assert all(segment == () for _, _, segment in set(read) - set(typed))


@pytest.mark.parametrize(("key", "source"), RETURNS)
def test_empty_return_is_refused_as_holding_no_figure(key: str, source: str) -> None:
    convention = load_conventions()[key]
    name = blank_name(convention, source, period_for(convention))
    report = examine(name, write_blank(convention, source, period_for(convention)), Options())
    assert (report.convention, report.source) == (key, source)
    assert [one.code for one in report.findings if one.severity != INFORMATION] == ["aucun_chiffre"]


def test_secret_is_read_as_secret_and_leaves_the_total_unknown() -> None:
    convention, book = load_conventions()["plie-martigues"], open_blank("plie-martigues", "plie")
    fill(book, convention)
    sheet = book["Sorties par motif"]
    sheet["C8"].value = "s"
    compute_totals(book)
    assert (totals(sheet)[0].value, totals(sheet)[1].value) == (
        " ",
        sum(int(sheet[f"D{row}"].value) for row in range(7, 24)),
    )
    report = load(book)
    assert [one.message for one in report.findings if one.severity != INFORMATION] == []
    states = {(one.sheet, one.cell): (one.measure, one.value, one.state) for one in report.observations}
    assert states[("Sorties par motif", "C8")] == ("sorties", None, "secret")


@pytest.mark.parametrize(("key", "source"), RETURNS)
def test_only_figures_can_be_typed_and_each_is_checked(key: str, source: str) -> None:
    for sheet in open_blank(key, source).worksheets:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        checked = {spot for rule in sheet.data_validations.dataValidation for spot in cells_of(rule.sqref)}
        assert checked == {cell.coordinate for cell in fields(sheet)}
        assert all(cell.value is None for cell in fields(sheet))
        assert not sheet.merged_cells.ranges


def cells_of(area: MultiCellRange) -> Iterator[str]:
    """Every coordinate of the ranges of a rule."""
    return (f"{get_column_letter(column)}{row}" for part in area.ranges for row, column in part.cells)


@pytest.mark.parametrize(("key", "source"), RETURNS)
def test_every_sheet_says_what_it_is_and_defines_its_headers(key: str, source: str) -> None:
    convention, book = load_conventions()[key], open_blank(key, source)
    label = next(one.label for one in convention.sources if one.code == source)
    for sheet in book.worksheets:
        assert sheet["A1"].value == f"Source : {label}"
        assert str(sheet["A2"].value).startswith(f"{convention.label} – ")
        assert (sheet["A4"].value == INSTRUCTION) == (sheet.title != "Définitions")
        assert [(table.headerRowCount, table.ref.split(":")[0]) for table in sheet.tables.values()] == [
            (1, "A6")
        ]
        assert sheet.print_title_rows == "$6:$6"
        assert sheet.freeze_panes in ("C7", "B7")
    assert book.properties.language == "fr-FR"
    assert book.properties.title.startswith(f"Retour à remplir, {convention.label}")


def test_total_waits_for_every_part() -> None:
    sheet = open_blank("plie-martigues", "plie")["Communes"]
    assert sheet["C10"].value == '=IF(COUNT(C7:C9)=ROWS(C7:C9),SUM(C7:C9)," ")'
    assert sheet["C10"].protection.locked


def test_publics_overlap_and_have_no_total() -> None:
    sheet = open_blank("plie-martigues", "plie")["Participants par public"]
    assert totals(sheet) == []
    assert sheet.cell(sheet.max_row, LABELS).value == "Personnes sous main de justice"


def test_full_time_equivalents_take_decimals_and_people_do_not() -> None:
    forms = {
        form.name: form
        for form in list_forms(load_conventions()["accompagnement-global-35"], "france-travail")
    }
    decimals = [line.label for line in forms["CDAS"].columns if line.is_decimal]
    assert decimals == ["Conseillers dédiés (ETP)"]
    sheet = open_blank("accompagnement-global-35", "france-travail")["CDAS"]
    rules = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert rules["C7:C14"] == 'OR(C7="s",AND(ISNUMBER(C7),C7>=0,INT(C7)=C7))'
    assert rules["D7:D14"] == 'OR(D7="s",AND(ISNUMBER(D7),D7>=0))'


def test_every_measure_of_a_convention_is_asked_to_someone() -> None:
    catalogue = load_catalogue()
    for convention in load_conventions().values():
        read = {
            term.measure
            for code in convention.indicators
            for term in (catalogue.indicator(code).numerator, catalogue.indicator(code).denominator)
            if term is not None
        }
        asked = {one.code for source in convention.sources for one in list_measures(convention, source.code)}
        assert asked == read


def test_each_source_is_asked_for_what_it_supplies() -> None:
    plie = load_conventions()["plie-martigues"]
    asked = {source.code: {one.code for one in list_measures(plie, source.code)} for source in plie.sources}
    assert asked["plie"] & asked["france-travail"] == {"orientes"}
    assert {"integres", "participants"} <= asked["plie"]
    assert {"convoques", "mesures_prestations"} <= asked["france-travail"]


def test_rules_name_sources_and_levels_that_conventions_have() -> None:
    conventions = load_conventions().values()
    assert set(load_rules().sources) <= {source.code for one in conventions for source in one.sources}
    assert set(load_rules().levels) == {level.kind for one in conventions for level in one.levels}


def test_no_figure_is_asked_twice_in_one_return() -> None:
    for key, source in RETURNS:
        convention = load_conventions()[key]
        seen: set[Name] = set()
        for sheet in tables(open_blank(key, source)):
            names = set(name_fields(sheet, convention).values())
            assert not names & seen
            seen |= names


@pytest.mark.parametrize(
    ("key", "source", "period", "sentence"),
    [
        ("metz", "plie", "2022-S1", "« plie » n’est pas une source.*Attendu : ville-de-metz, france-travail"),
        ("metz", "ville-de-metz", "hiver", "« hiver » n'est pas une période"),
        (
            "metz",
            "ville-de-metz",
            "2019-S1",
            "hors des années de la convention \\(01/01/2021 au 31/12/2023\\)",
        ),
    ],
)
def test_return_that_nobody_agreed_is_refused(key: str, source: str, period: str, sentence: str) -> None:
    with pytest.raises(BlankError, match=sentence):
        write_blank(load_conventions()[key], source, period)


def test_command_writes_the_file_where_asked(tmp_path: Path) -> None:
    asked = Namespace(convention="troyes", source="france-travail", period="2020", out=tmp_path / "a" / "b")
    answer, code = main_blank(asked)
    path = tmp_path / "a" / "b" / "retour_france-travail_troyes_2020.xlsx"
    assert (answer, code) == ({"fichier": str(path)}, 0)
    assert zipfile.is_zipfile(path)


@pytest.mark.parametrize("wrong", [{"convention": "lille"}, {"source": "lille"}, {"period": "lille"}])
def test_command_refuses_in_french_and_writes_nothing(tmp_path: Path, wrong: dict[str, str]) -> None:
    asked = {"convention": "troyes", "source": "france-travail", "period": "2020"} | wrong
    answer, code = main_blank(Namespace(out=tmp_path / "a", **asked))
    assert code == 2
    assert "« lille »" in answer["erreur"]
    assert not (tmp_path / "a").exists()


RULES = """
[sources]
plie = ["presents"]
[whole]
measures = ["accompagnateurs"]
[levels]
commune = "Communes"
[[details]]
measure = "participants"
axis = "public"
sheet = "Publics"
values = ["rsa"]
"""


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('["presents"]', '["absents"]', "« absents » inconnu"),
        ('["accompagnateurs"]', '["chats"]', "« chats » inconnu"),
        ('axis = "public"', 'axis = "frein"', "« frein » inconnu"),
        ('["rsa"]', '["rmi"]', "« rmi » inconnu"),
        ('"Publics"', f'"{"P" * 32}"', "31 caractères au plus"),
        ('sheet = "Publics"', 'sheet = "Publics"\ntitre = "a"', "clé inconnue"),
    ],
)
def test_broken_rule_is_refused(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert old in RULES
    (tmp_path / "essai.toml").write_text(RULES.replace(old, new), encoding="utf-8")
    with pytest.raises(DataError, match=sentence):
        read_rules(tmp_path / "essai.toml", load_catalogue())


def test_whole_is_asked_where_the_places_do_not_make_it() -> None:
    names = {
        key: [form.name for form in list_forms(load_conventions()[key], "france-travail")]
        for key in load_conventions()
    }
    assert "Ensemble" not in names["accompagnement-global-35"]
    assert names["metz"][:2] == ["Ensemble", "Quartiers"]
    assert names["troyes"][:3] == ["PCE", "Communes", "Ensemble"]

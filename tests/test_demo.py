"""The workbooks of the demonstration, read without the product: same bytes, coherent counts, nobody named."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from conventions.agreements import load_conventions
from conventions.periods import parse_period
from conventions.personal_text import find_kinds
from demo.__main__ import main
from demo.accompagnement_global import list_places, record_months
from demo.accompagnement_parcours import draw_courses
from demo.samples import Sample
from demo.writing import write_samples
from etl.privacy_headers import kind_of_header

SEED = 2026
COMMUNES = {"Martigues": "13056", "Port-de-Bouc": "13077", "Saint-Mitre-les-Remparts": "13098"}
# The spellings of each line, over the years.
LINES = {
    "DE orientés vers le PLIE": "orientes",
    "DE orientés": "orientes",
    "DE présents / reçus en premier accueil": "presents",
    "DE présents": "presents",
    "DE entrés en phase de diagnostic": "diagnostics",
    "Entrées en diagnostic": "diagnostics",
    "Personnes intégrées au dispositif": "integres",
    "Intégrations": "integres",
    "Personnes intégrées au dispositif, prescripteur France Travail": "integres_ft",
    "dont prescripteur Pôle emploi": "integres_ft",
    "Sorties totales": "sorties",
    "Sorties positives": "sorties_positives",
    "Participants en parcours": "participants",
    "Participants en parcours (file active)": "participants",
    "Participants en parcours, allocataires du RSA": "participants_rsa",
    "dont allocataires du RSA": "participants_rsa",
}
STEPS = {
    "orientes": "Date d'orientation",
    "presents": "Date du premier contact",
    "diagnostics": "Date d'entrée en diagnostic",
    "integres": "Date d'intégration",
    "sorties": "Date de sortie",
}
Key = tuple[str, str, str]
"""Line, quarter, commune."""


@dataclass(frozen=True)
class Written:
    """The folder and what was written in it."""

    folder: Path
    samples: list[Sample]

    def rows(self, name: str, sheet: str) -> list[list[object]]:
        """The values of a sheet, row by row."""
        book = openpyxl.load_workbook(self.folder / name, data_only=True)
        return [list(row) for row in book[sheet].iter_rows(values_only=True)]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """One writing of the whole demonstration."""
    folder = tmp_path_factory.mktemp("samples")
    return Written(folder, write_samples(folder, SEED))


@pytest.fixture(scope="module")
def paths(written: Written) -> pd.DataFrame:
    """The individual paths, as pandas reads them."""
    file = written.folder / "PLIE_Pays_de_Martigues_parcours_2023-2026.xlsx"
    frame = pd.read_excel(file, dtype=object, engine="openpyxl")
    for column in STEPS.values():
        typed = frame[column].map(
            lambda day: datetime.strptime(day, "%d/%m/%Y") if isinstance(day, str) else day,
            na_action="ignore",
        )
        frame[column] = pd.to_datetime(typed)
    frame["RSA"] = frame["RSA"].str.lower() == "oui"
    frame["Code INSEE"] = frame["Code INSEE"].astype(int).astype(str)
    return frame


def read_day(value: object) -> object:
    """A date, typed as one or as a French text."""
    return datetime.strptime(value, "%d/%m/%Y") if isinstance(value, str) else value


def count_paths(frame: pd.DataFrame, line: str, quarter: str, commune: str) -> int:
    """A line of the return, counted from the paths."""
    period, frame = parse_period(quarter), frame[frame["Code INSEE"] == commune]
    if line.startswith("participants"):
        end = pd.Timestamp(period.end)
        frame = frame[(frame[STEPS["integres"]] <= end) & ~(frame[STEPS["sorties"]] <= end)]
        return len(frame) if line == "participants" else int(frame["RSA"].sum())
    if line == "integres_ft":
        line, frame = "integres", frame[frame["Prescripteur"] == "France Travail"]
    if line == "sorties_positives":
        line, frame = "sorties", frame[frame["Motif de sortie"].isin(positive_motifs())]
    days = frame[STEPS[line]]
    return int(days.between(pd.Timestamp(period.start), pd.Timestamp(period.end)).sum())


def positive_motifs() -> set[str]:
    """The labels of the motives that the convention calls positive."""
    exits = load_conventions()["plie-martigues"].exits
    return {label for category in exits if category.is_positive for label in category.motifs.values()}


def number(value: object) -> int | None:
    """A cell as a count, footnote marks and spaces set aside; None when it holds none."""
    digits = re.sub(r"\(1\)|\s", "", str(value))
    return int(digits) if digits.isdigit() else None


def read_2023(written: Written) -> Iterator[tuple[Key, object]]:
    """A sheet per quarter, communes × measures."""
    for rank in (1, 2, 3, 4):
        _, _, header, *rows = written.rows("PLIE_Pays_de_Martigues_suivi_2023.xlsx", f"T{rank}")
        for row in rows[:3]:
            for label, value in zip(header[2:11], row[2:11], strict=True):
                yield (LINES[str(label)], f"2023-T{rank}", str(row[0])), value


def read_2024(written: Written) -> Iterator[tuple[Key, object]]:
    """A block per commune, measures × quarters."""
    commune = ""
    for label, *values in written.rows("PLIE_Pays_de_Martigues_suivi_2024.xlsx", "Suivi 2024"):
        if str(label).startswith("Commune de "):
            commune = COMMUNES[str(label).removeprefix("Commune de ")]
        if label in LINES:
            for rank, value in enumerate(values[:4], 1):
                yield (LINES[str(label)], f"2024-T{rank}", commune), value


def read_2025(written: Written, name: str) -> Iterator[tuple[Key, object]]:
    """Quarters merged above communes, measures in rows."""
    _, _, quarters, communes, *rows = written.rows(name, "Tableau de bord")
    quarter = ""
    for column in range(1, len(communes)):
        quarter = str(quarters[column] or quarter)
        if communes[column]:
            for row in (row for row in rows if row[0] in LINES):
                code = f"2025-{quarter.split()[0]}"
                yield (LINES[str(row[0])], code, COMMUNES[str(communes[column])]), row[column]


def read_2026(written: Written) -> Iterator[tuple[Key, object]]:
    """Long tables."""
    for rank in (1, 2, 3):
        for name, quarter, label, value in written.rows(
            f"PLIE_Pays_de_Martigues_2026-T{rank}.xlsx", "Données"
        )[1:]:
            yield (LINES[str(label)], str(quarter), COMMUNES[str(name)]), value


@pytest.fixture(scope="module")
def returns(written: Written) -> dict[Key, object]:
    """Every cell of the PLIE's returns in their last edition."""
    cells = dict(read_2023(written)) | dict(read_2024(written)) | dict(read_2026(written))
    for part in ("T1_T2_v2", "T3_T4"):
        cells |= dict(read_2025(written, f"PLIE_Pays_de_Martigues_suivi_2025_{part}.xlsx"))
    return cells


def test_two_writings_give_the_same_bytes(written: Written, tmp_path: Path) -> None:
    again = write_samples(tmp_path, SEED)
    assert [sample.path.name for sample in again] == [sample.path.name for sample in written.samples]
    for one, other in zip(written.samples, again, strict=True):
        assert one.path.read_bytes() == other.path.read_bytes(), one.path.name


def test_another_seed_gives_other_counts(written: Written, tmp_path: Path) -> None:
    for one, other in zip(written.samples, write_samples(tmp_path, SEED + 1), strict=True):
        assert one.path.read_bytes() != other.path.read_bytes(), one.path.name


def test_every_line_of_the_returns_is_there_for_fifteen_quarters(returns: dict[Key, object]) -> None:
    quarters = {quarter for _, quarter, _ in returns}
    assert (min(quarters), max(quarters), len(quarters)) == ("2023-T1", "2026-T3", 15)
    assert len(returns) == 9 * 15 * 3


def test_returns_equal_the_counts_of_the_paths(returns: dict[Key, object], paths: pd.DataFrame) -> None:
    unread = {key for key, value in returns.items() if number(value) is None}
    assert unread == {("presents", "2023-T2", "13098")}
    for key in returns.keys() - unread:
        assert number(returns[key]) == count_paths(paths, *key), key


def test_first_edition_differs_by_one_cell(written: Written) -> None:
    first = dict(read_2025(written, "PLIE_Pays_de_Martigues_suivi_2025_T1_T2.xlsx"))
    second = dict(read_2025(written, "PLIE_Pays_de_Martigues_suivi_2025_T1_T2_v2.xlsx"))
    changed = {key for key in first if first[key] != second[key]}
    assert changed == {("orientes", "2025-T2", "13077")}


def test_file_active_is_the_last_one_plus_entries_less_exits(returns: dict[Key, object]) -> None:
    quarters = sorted({quarter for _, quarter, _ in returns})
    for commune in COMMUNES.values():
        stock = 0
        for quarter in quarters:
            entries, exits, end = (
                number(returns[line, quarter, commune]) or 0
                for line in ("integres", "sorties", "participants")
            )
            stock += entries - exits
            assert end == stock, (commune, quarter)


def test_exits_by_motive_add_up_to_the_exits(written: Written, returns: dict[Key, object]) -> None:
    labels = [label for one in load_conventions()["plie-martigues"].exits for label in one.motifs.values()]
    for name in (
        "suivi_2023",
        "suivi_2024",
        "suivi_2025_T1_T2_v2",
        "suivi_2025_T3_T4",
        "2026-T1",
        "2026-T2",
        "2026-T3",
    ):
        rows = written.rows(f"PLIE_Pays_de_Martigues_{name}.xlsx", "Sorties par motif")
        header = next(row for row in rows if row[0] == "Motif")
        named = rows[rows.index(header) + 1]
        motifs = [row for row in rows if row[0] in labels]
        assert [row[0] for row in motifs] == labels
        quarter = ""
        for column in range(1, len(header)):
            quarter = str(header[column] or quarter)
            code = f"{quarter[-4:]}-T{quarter[0]}"
            total = sum(number(row[column]) or 0 for row in motifs)
            assert total == number(returns["sorties", code, COMMUNES[str(named[column])]]), (name, column)


def test_totals_by_formula_keep_their_value(written: Written) -> None:
    book = openpyxl.load_workbook(written.folder / "PLIE_Pays_de_Martigues_suivi_2023.xlsx")
    assert str(book["T3"]["C7"].value).startswith("=SUM(")
    for rank in (1, 2, 3, 4):
        _, _, _, *rows = written.rows("PLIE_Pays_de_Martigues_suivi_2023.xlsx", f"T{rank}")
        for column in range(2, 11):
            assert rows[3][column] == sum(number(row[column]) or 0 for row in rows[:3])


def test_funnel_is_of_the_agreed_size(paths: pd.DataFrame) -> None:
    sent = paths[paths["Prescripteur"] == "France Travail"]
    counts = [int(sent[step].notna().sum()) for step in list(STEPS.values())[:4]]
    presence, diagnosis, entry = (after / before for before, after in zip(counts, counts[1:], strict=False))
    assert 0.60 < presence < 0.70
    assert 0.75 < diagnosis < 0.85
    assert 0.56 < entry < 0.66
    shares = sent["Code INSEE"].value_counts(normalize=True)
    assert [round(shares[code], 1) for code in COMMUNES.values()] == [0.6, 0.3, 0.1]


def test_stages_of_a_path_follow_one_another(paths: pd.DataFrame) -> None:
    steps = list(STEPS.values())
    for before, after in zip(steps, steps[1:], strict=False):
        both = paths[paths[before].notna() & paths[after].notna()]
        assert (both[before] <= both[after]).all(), (before, after)
    sent = paths[paths["Prescripteur"] == "France Travail"]
    for before, after in zip(steps[:4], steps[1:], strict=False):
        assert sent[sent[after].notna()][before].notna().all(), (before, after)
    assert paths["N° dossier"].is_unique


def test_france_travail_counts_a_few_more_orientes(written: Written, returns: dict[Key, object]) -> None:
    rows = written.rows("France_Travail_Martigues_PLIE_2024.xlsx", "Retour")[3:]
    theirs: dict[str, int] = defaultdict(int)
    for row in rows:
        if row[0] in COMMUNES:
            theirs[str(row[0])] += number(row[2]) or 0
    for name, code in COMMUNES.items():
        ours = sum(number(returns["orientes", f"2024-T{rank}", code]) or 0 for rank in (1, 2, 3, 4))
        assert 0 <= theirs[name] - ours <= 0.15 * ours


def test_last_return_of_france_travail_lacks_a_commune(written: Written) -> None:
    name = "France_Travail_Martigues_PLIE_2026.xlsx"
    assert "Port-de-Bouc" in written.rows(name, "2026-T2")[2]
    assert "Port-de-Bouc" not in written.rows(name, "2026-T3")[2]


def test_portfolios_are_those_agreed_but_for_one_place(written: Written) -> None:
    sizes: dict[str, list[float]] = defaultdict(list)
    for year in (2023, 2025):
        book = openpyxl.load_workbook(
            written.folder / f"CD35_accompagnement_global_{year}.xlsx", data_only=True
        )
        for sheet in book.worksheets[:-3]:
            rows = list(sheet.iter_rows(min_row=4, values_only=True))
            for place, _, _, stock, etp, _ in (row for row in rows if not str(row[0]).startswith("Total")):
                sizes[str(place)].append(float(str(stock)) / float(str(etp)))
            assert sum(float(str(row[4])) for row in rows[:-1]) == 10
    means = {place: sum(values) / len(values) for place, values in sizes.items()}
    assert len([place for place, mean in means.items() if mean > 100]) == 1
    assert all(mean > 70 for mean in means.values())


def test_accompagnement_global_stock_is_the_last_one_plus_entries_less_exits(written: Written) -> None:
    name = "CD35_accompagnement_global_2024.xlsx"
    blocks: dict[str, list[list[object]]] = {}
    for row in written.rows(name, "Tableau mensuel"):
        if row[0] and row[1] is None:
            blocks[str(row[0])] = []
        elif row[0] and row[0] != "Territoire":
            blocks[list(blocks)[-1]].append(row[1:])
    monthly = {
        title: [sum(number(v) or 0 for v in month) for month in zip(*rows, strict=True)]
        for title, rows in blocks.items()
        if rows
    }
    exits = [
        sum(number(v) or 0 for v in month)
        for month in zip(*(row[1:] for row in written.rows(name, "Sorties")[3:]), strict=True)
    ]
    stock, entries = monthly["DE en cours d'accompagnement"], monthly["Entrées en accompagnement global"]
    for month in range(1, 12):
        assert stock[month] == stock[month - 1] + entries[month] - exits[month]


def test_thousands_are_typed_with_a_no_break_space(written: Written) -> None:
    rows = written.rows("France_Travail_Rouen_2024.xlsx", "DEFM")
    city = next(row for row in rows if row[0] == "Rouen")
    assert re.fullmatch("\\d\u00a0\\d{3}", str(city[1]))


def test_year_of_troyes_is_less_than_the_sum_of_its_quarters(written: Written) -> None:
    quarters = written.rows("Troyes_PCE_2020.xlsx", "Trimestres")[4:]
    columns = [
        at
        for at, label in enumerate(written.rows("Troyes_PCE_2020.xlsx", "Trimestres")[3])
        if "accompagnés" in str(label)
    ]
    year = {
        row[0]: number(row[1]) or 0
        for row in written.rows("Troyes_PCE_2020.xlsx", "Année")[3:]
        if number(row[1])
    }
    assert len(columns) == 4
    assert len(year) == 6
    for row in quarters:
        parts = [number(row[at]) or 0 for at in columns]
        assert max(parts) < year[row[0]] < sum(parts)


def test_no_date_lies_outside_the_years_of_its_convention(written: Written) -> None:
    for sample in written.samples:
        convention = load_conventions()[sample.convention]
        for cell in cells_of(sample.path):
            days = [cell.date()] if isinstance(cell, datetime) else []
            found = re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", str(cell))
            days += [date(int(found[3]), int(found[2]), int(found[1]))] if found else []
            assert all(convention.start <= day <= convention.end for day in days), (sample.path.name, cell)
            years = (
                [int(year) for year in re.findall(r"(?<!\d)20\d\d(?!\d)", str(cell))]
                if isinstance(cell, str)
                else []
            )
            assert all(convention.start.year <= year <= convention.end.year for year in years), (
                sample.path.name,
                cell,
            )


def test_no_column_names_people(written: Written) -> None:
    for sample in written.samples:
        for text in {cell for cell in cells_of(sample.path) if isinstance(cell, str)}:
            assert kind_of_header(text) is None, (sample.path.name, text)
            assert find_kinds(text) == (), (sample.path.name, text)


def cells_of(path: Path) -> Iterator[object]:
    """Every value of a workbook, formulas by their kept value."""
    for sheet in openpyxl.load_workbook(path, data_only=True):
        for row in sheet.iter_rows(values_only=True):
            yield from (value for value in row if value is not None)


def test_second_build_changes_nothing(
    own_demonstration: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JALONS_DATABASE", str(own_demonstration / "jalons.duckdb"))
    monkeypatch.delenv("JALONS_KEYS", raising=False)
    first = (own_demonstration / "built").read_text(encoding="utf-8").splitlines()
    assert main(["build", "--out", str(own_demonstration / "classeurs"), "--seed", str(SEED)]) == 0
    second = capsys.readouterr().out.splitlines()
    assert all(" : chargé, " in line for line in first)
    assert second == [f"{line.split(' : ')[0]} : déjà chargé" for line in first]
    corrected = next(line for line in first if "_v2" in line)
    assert corrected.endswith(" : chargé, 1 modifié, 341 inchangés")
    # Advisers by code are read too: 34 lines of publics, advisers and means, over four quarters.
    assert any(line.endswith("publics_2024.xlsx : chargé, 136 nouveaux") for line in first)


def test_contracts_of_the_accompagnement_global_agree_with_its_returns() -> None:
    """A year after the start, nobody was prescribed before it: each month has as many contracts and days of delay."""
    courses, recorded = draw_courses(SEED), record_months(SEED)
    for month in ("2024-03", "2025-02"):
        own = [course for course in courses if f"{course.contrat:%Y-%m}" == month]
        assert len(own) == sum(recorded["entrees", place, month] for place in list_places())
        days = sum((course.entretien - course.prescription).days for course in own)
        assert days == sum(recorded["delai_demarrage_jours", place, month] for place in list_places())
    assert all(course.sortie is None or course.contrat <= course.sortie for course in courses)
    assert all(bool(course.motif) == (course.sortie is not None) for course in courses)

"""Figures of a file and of its past in; what each declared check finds, and mistaken checks refused, out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.reading import DATA, DataError
from conventions.values import parse_segment
from etl.check_rules import KINDS, Check, load_checks, read_checks
from etl.checks import no_history, run_checks
from etl.load import load_report
from etl.report import Finding, Observation, Options
from etl.run import examine
from store.database import Database, open_database
from store.reading import CurrentFigure, read_current
from tests.deliveries import figure, report

STATES = {"n.d.", "secret", "sans_objet"}
CONVENTIONS = load_conventions()
EXAMPLES = [
    pytest.param(check, example, fires, id=f"{check.code}-{'invalid' if fires else 'valid'}-{rank}")
    for check in load_checks()
    for fires, examples in ((False, check.valid), (True, check.invalid))
    for rank, example in enumerate(examples)
]


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "jalons.duckdb") as opened:
        yield opened


def read_example(text: str, cell: str) -> Observation | CurrentFigure:
    """`orientes 13056 2024-T1 sexe=femme = 40`; `déjà` in front for a figure that is stored."""
    left, _, value = text.rpartition(" = ")
    words = left.split()
    is_stored = words[0] == "déjà"
    measure, territory, period, *segment = words[is_stored:]
    number = None if value in STATES else float(value)
    one = Observation(
        measure, territory, period, "plie", parse_segment(";".join(sorted(segment))), number,
        value if value in STATES else "ok", "Retour", cell,
    )  # fmt: skip
    return CurrentFigure(**vars(one), file="avant.xlsx", import_id="I000001") if is_stored else one


def run_example(texts: Iterable[str], *, checks: Sequence[Check] | None = None) -> list[Finding]:
    """Run checks on figures written as examples, in the cells A1, A2, ..."""
    figures = [read_example(text, f"A{row}") for row, text in enumerate(texts, start=1)]
    return run_checks(
        [one for one in figures if isinstance(one, Observation)],
        convention=CONVENTIONS["plie-martigues"],
        catalogue=load_catalogue(),
        previous=[one for one in figures if isinstance(one, CurrentFigure)],
        checks=checks,
    )


def find(code: str) -> list[Check]:
    """One declared check."""
    return [check for check in load_checks() if check.code == code]


@pytest.mark.parametrize(("check", "example", "fires"), EXAMPLES)
def test_examples_fire_when_invalid_only(*, check: Check, example: Sequence[str], fires: bool) -> None:
    findings = run_example(example, checks=[check])
    assert bool(findings) is fires
    for found in findings:
        assert (found.severity, found.code, found.sheet) == (check.severity, check.code, "Retour")
        assert "{" not in found.message


def test_every_kind_is_declared() -> None:
    """Each kind of check serves, and each sentence is one that a person can act on."""
    text = (DATA / "checks.toml").read_text(encoding="utf-8")
    assert {f'kind = "{kind}"' in text for kind in KINDS} == {True}
    for check in load_checks():
        assert check.sentence.endswith(".")
        assert any(verb in check.sentence for verb in ("orrigez", "érifiez", "joutez", "emplacez", "herchez"))


@pytest.fixture
def checks_file(tmp_path: Path) -> Path:
    """A file with one small check, to damage."""
    path = tmp_path / "checks.toml"
    path.write_text(
        '[checks.entonnoir]\nkind = "partie"\nseverity = "information"\npairs = [["presents", "orientes"]]\n'
        'sentence = "{valeur} pour {total}. Vérifiez."\n'
        'valid = [["orientes 13056 2024-T1 = 4"]]\ninvalid = [["presents 13056 2024-T1 = 5"]]\n',
        encoding="utf-8",
    )
    return path


def test_small_file_reads(checks_file: Path) -> None:
    (check,) = read_checks(checks_file, load_catalogue())
    assert (check.code, check.severity) == ("entonnoir", "information")
    assert check.valid == (("orientes 13056 2024-T1 = 4",),)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('\nvalid = [["orientes 13056 2024-T1 = 4"]]', "", "checks.entonnoir.valid"),
        ('\ninvalid = [["presents 13056 2024-T1 = 5"]]', "", "checks.entonnoir.invalid"),
        ('[["presents 13056 2024-T1 = 5"]]', "[]", "checks.entonnoir.invalid"),
        ('[["presents 13056 2024-T1 = 5"]]', "[[]]", "checks.entonnoir.invalid"),
        ("{total}", "{tout}", "checks.entonnoir.sentence"),
        ("{total}", "{}", "checks.entonnoir.sentence"),
        ("{total}", "{total", "checks.entonnoir.sentence"),
        ('"orientes"]', '"orientés"]', "checks.entonnoir.pairs"),
        ('["presents", "orientes"]', '["presents"]', "checks.entonnoir.pairs"),
        ('"partie"', '"parti"', "checks.entonnoir.kind"),
        ('"information"', '"grave"', "checks.entonnoir.severity"),
        ("pairs", "paires", "checks.entonnoir.pairs"),
        ("sentence", 'title = "Oubli"\nsentence', "checks.entonnoir.title"),
    ],
)
def test_mistaken_check_is_refused(checks_file: Path, old: str, new: str, key: str) -> None:
    """A check without both examples, with an unknown word or measure, is an error that names its key."""
    content = checks_file.read_text(encoding="utf-8")
    damaged = content.replace(old, new, 1)
    assert damaged != content
    checks_file.write_text(damaged, encoding="utf-8")
    with pytest.raises(DataError) as raised:
        read_checks(checks_file, load_catalogue())
    assert (raised.value.file, raised.value.key) == ("checks.toml", key)


@pytest.mark.parametrize(
    ("code", "change", "key"),
    [
        (
            "file_active_desequilibree",
            ('["participants", "integres", "sorties"]', '["participants"]'),
            "balances",
        ),
        ("file_active_desequilibree", ('["participants", "integres"', '["orientes", "integres"'), "balances"),
        ("public_plus_grand_que_le_tout", ('axes = ["public"]', 'axes = ["publics"]'), "axes"),
        ("somme_des_territoires", ('axes = ["territoire"]', 'axes = ["territoires"]'), "axes"),
        ("loin_de_l_habitude", ("factor = 10", 'factor = "dix"'), "factor"),
        ("periode_recopiee", ('"accompagnateurs", "cons', '"accompagnateur", "cons'), "ignored"),
    ],
)
def test_mistaken_parameter_is_refused(tmp_path: Path, code: str, change: tuple[str, str], key: str) -> None:
    content = (DATA / "checks.toml").read_text(encoding="utf-8")
    assert change[0] in content
    path = tmp_path / "checks.toml"
    path.write_text(content.replace(*change, 1), encoding="utf-8")
    with pytest.raises(DataError) as raised:
        read_checks(path, load_catalogue())
    assert raised.value.key == f"checks.{code}.{key}"


def test_funnel_finding_names_both_cells() -> None:
    (found,) = run_example(
        ["orientes 13056 2024-T1 = 1040", "presents 13056 2024-T1 = 1045"], checks=find("decalage_de_periode")
    )
    assert found.cell == "A2"
    assert found.message.startswith(
        "Martigues, 1er trimestre 2024 : 1\u202f045 « DE présents / reçus en premier accueil » pour "
        "1\u202f040 (Retour!A1) « DE orientés vers le PLIE »"
    )


def test_balance_cites_the_older_file() -> None:
    (found,) = run_example(
        [
            "déjà participants 13056 2023-T4 = 80",
            "integres 13056 2024-T1 = 12",
            "sorties 13056 2024-T1 = 9",
            "participants 13056 2024-T1 = 90",
        ],
        checks=find("file_active_desequilibree"),
    )
    assert found.cell == "A4"
    assert "90 à la fin de la période (1er trimestre 2024)" in found.message
    assert "80 (« avant.xlsx », Retour!A1) au départ, plus 12 (Retour!A2)" in found.message
    assert "donnent 83." in found.message


def test_one_wrong_stock_is_told_once() -> None:
    """It upsets the period that it ends and the one that it begins; another error there is told too."""
    quarters = ["2023-T4", "2024-T1", "2024-T2", "2024-T3"]
    flows = [f"{measure} 13056 {quarter} = 9" for quarter in quarters for measure in ("integres", "sorties")]
    check = find("file_active_desequilibree")
    for stocks, cells in (
        ([80, 80, 80, 80], []),
        ([80, 87, 80, 80], ["A10"]),
        ([80, 87, 81, 81], ["A10", "A11"]),
        ([80, 87, 87, 87], ["A10"]),
    ):
        ends = [f"participants 13056 {quarter} = {n}" for quarter, n in zip(quarters, stocks, strict=True)]
        assert [one.cell for one in run_example([*flows, *ends], checks=check)] == cells


def test_past_alone_gives_no_finding() -> None:
    """Whatever was wrong before the file is not told again by a file that has nothing to do with it."""
    stored = [
        f"déjà {text.removeprefix('déjà ')}"
        for check in load_checks()
        for example in check.invalid
        for text in example
    ]
    assert run_example([*stored, "recrutements_forum 57463 2026-S1 = 3"]) == []


def test_corrected_figure_stands_before_the_stored_one() -> None:
    stored = ["déjà orientes 13056 2024-T1 = 40", "déjà presents 13056 2024-T1 = 45"]
    fired = run_example([*stored, "presents 13056 2024-T1 = 46"], checks=find("decalage_de_periode"))
    mended = run_example([*stored, "presents 13056 2024-T1 = 38"], checks=find("decalage_de_periode"))
    assert (len(fired), mended) == (1, [])


@pytest.mark.parametrize(("wrong", "findings"), [(1, 1), (3, 3), (4, 1), (7, 1)])
def test_many_cells_of_a_sheet_make_one_finding(wrong: int, findings: int) -> None:
    parts = [
        f"participants 13056 20{year}-T1 {word}= {value}"
        for year in range(23, 23 + wrong)
        for word, value in (("", 80), ("public=rsa ", 81))
    ]
    found = run_example(parts, checks=find("public_plus_grand_que_le_tout"))
    assert len(found) == findings
    assert found[0].cell == "A2"
    # Both sides of each case, whatever the number of findings.
    assert {area for one in found for area in one.areas} == {("Retour", f"A{row + 1}") for row in range(2 * wrong)}
    if wrong == 7:
        assert found[0].message.startswith("7 cas dans cette feuille (A2, A4, A6, A8, A10, …). Le premier : ")
    if wrong == 4:
        assert found[0].message.startswith(
            "4 cas dans cette feuille (A2, A4, A6, A8). Le premier : Martigues"
        )


def test_two_sheets_make_two_findings() -> None:
    years = {"Un": range(2023, 2027), "Deux": range(2033, 2037)}
    whole = [figure("participants", 80, period=f"{y}-T1") for sheet in years.values() for y in sheet]
    rsa = [
        replace(figure("participants", 81, period=f"{y}-T1", cell=f"C{y}", public="rsa"), sheet=sheet)
        for sheet, found in years.items()
        for y in found
    ]
    check = find("public_plus_grand_que_le_tout")
    found = run_checks([*whole, *rsa], convention=None, catalogue=load_catalogue(), checks=check)
    assert [(one.sheet, one.cell) for one in found] == [("Un", "C2023"), ("Deux", "C2033")]


def test_absent_territory_is_named_with_what_it_lacks() -> None:
    stored = [
        f"déjà {measure} {code} 2023-T4 = 9"
        for measure in ("orientes", "presents")
        for code in ("13056", "13077", "13098")
    ]
    given = ["orientes 13056 2024-T1 = 9", "presents 13056 2024-T1 = 9", "orientes 13077 2024-T1 = 9"]
    (found,) = run_example([*stored, *given], checks=find("territoire_absent"))
    assert found.cell is None
    assert found.message.startswith(
        "1er trimestre 2024 : il manque Port-de-Bouc (« DE présents / reçus en premier accueil »), "
        "Saint-Mitre-les-Remparts, que"
    )


def write_quarters(code: str, *, gap: int) -> list[str]:
    """Six figures of a commune for two quarters, the second greater by the gap."""
    measures = ("orientes", "presents", "diagnostics", "integres", "sorties", "participants")
    return [
        f"{measure} {code} {period} = {10 + rank + more}"
        for period, more in (("2024-T1", 0), ("2024-T2", gap))
        for rank, measure in enumerate(measures)
    ]


def test_repeated_territory_is_told_from_a_repeated_sheet() -> None:
    check = find("periode_recopiee")
    (one,) = run_example([*write_quarters("13056", gap=0), *write_quarters("13077", gap=1)], checks=check)
    assert one.message.startswith(
        "Martigues : les 6 chiffres de « 2e trimestre 2024 » sont exactement ceux de"
    )
    (both,) = run_example([*write_quarters("13056", gap=0), *write_quarters("13098", gap=0)], checks=check)
    assert both.message.startswith("Martigues, Saint-Mitre-les-Remparts : les 12 chiffres de")
    assert run_example(write_quarters("13056", gap=1), checks=check) == []


def test_context_is_outside_what_the_convention_promises() -> None:
    """A commune of elsewhere may be of any year and may go missing."""
    outside = [
        figure(territory="75056", period="2019-T4", is_context=True),
        figure("presents", territory="75056", period="2019-T4", is_context=True),
        figure(territory="75056", period="2020-T1", is_context=True),
    ]
    assert not run_checks(outside, convention=CONVENTIONS["plie-martigues"], catalogue=load_catalogue())


def test_order_of_figures_changes_no_cause() -> None:
    example = [text for check in load_checks() for text in max(check.invalid, key=len) if "sexe" not in text]
    example = list({text.rpartition(" = ")[0]: text for text in example}.values())
    found = run_example(example)
    again = run_example(example[::-1])
    assert {(one.code, one.severity) for one in found} == {(one.code, one.severity) for one in again}
    assert len({one.code for one in found}) > 5


def test_file_is_checked_against_what_was_loaded(db: Database) -> None:
    """The figures of a loaded file are the past of the next one, and undone ones are not."""
    load_report(db, report(figure("participants", 80, period="2023-T4"), file="2023.xlsx"))
    flow = [figure("integres", 12, cell="B3"), figure("sorties", 9, cell="B4")]
    new = report(*flow, figure("participants", 90, cell="B5"))
    past = read_current(db, "plie-martigues", "plie")
    assert [(one.file, one.value, one.import_id) for one in past] == [("2023.xlsx", 80, "I000001")]
    found = run_checks(
        new.observations,
        convention=CONVENTIONS["plie-martigues"],
        catalogue=load_catalogue(),
        previous=past,
        checks=find("file_active_desequilibree"),
    )
    assert [one.cell for one in found] == ["B5"]
    assert "« 2023.xlsx », Retour!B2" in found[0].message


def write_return(year: int, *, orientes: Sequence[int]) -> bytes:
    """A small workbook: one measure for the communes of the PLIE, by quarter."""
    names = ("Martigues", "Port-de-Bouc", "Saint-Mitre-les-Remparts")
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("Retour")
        sheet.write_row(0, 0, [f"PLIE Pays de Martigues : DE orientés vers le PLIE, {year}"])
        sheet.write_row(2, 0, ["Commune", *(f"T{quarter}" for quarter in range(1, 5))])
        for row, (name, value) in enumerate(zip(names, orientes, strict=True), start=3):
            sheet.write_row(row, 0, [name, *(value + quarter for quarter in range(4))])
    return buffer.getvalue()


def test_examined_file_is_compared_with_the_database(db: Database) -> None:
    """A good year passes; the next one, ten times too high for one commune, is told by its cells."""
    options = Options("plie-martigues", "plie")
    first = examine("2024.xlsx", write_return(2024, orientes=[80, 40, 20]), options)
    load_report(db, first)
    content = write_return(2025, orientes=[82, 470, 21])
    alone = examine("2025.xlsx", content, options)
    compared = examine("2025.xlsx", content, options, previous=partial(read_current, db))
    code = "loin_de_l_habitude"
    assert [code in {one.code for one in each.findings} for each in (first, alone, compared)] == [
        False,
        False,
        True,
    ]
    (found,) = (one for one in compared.findings if one.code == code)
    assert (found.sheet, found.cell) == ("Retour", "B5")
    assert "Port-de-Bouc" in found.message


def test_no_history_knows_nothing() -> None:
    assert no_history("plie-martigues", "plie") == ()

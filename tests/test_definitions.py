"""Definitions that change on a day: which period belongs to which, what is added over two, and what is refused."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from conventions.agreements import load_conventions, read_convention
from conventions.catalogue import load_catalogue, read_catalogue
from conventions.periods import parse_period
from conventions.reading import DATA, DataError
from conventions.values import Amendment, Convention, Term, Version
from conventions.versions import list_marks, split_by_version
from etl.load import load_report
from indicators.figures import compute_figures
from indicators.request import Request
from indicators.values import Figure
from store.database import Database, open_database
from tests.deliveries import figure, report

CATALOGUE = load_catalogue()
PLIE = load_conventions()["plie-martigues"]
CHANGE = date(2024, 4, 1)
CHANGED = "Le diagnostic compte depuis pour une réception."


def define(code: str, numerator: Term | None = None, denominator: Term | None = None) -> Version:
    """A definition from the second quarter of 2024 on."""
    found = CATALOGUE.indicator(code)
    return Version(code, CHANGE, "avenant 1", CHANGED, found.definition, "M 9", numerator, denominator)


def amend(*versions: Version) -> Convention:
    """The PLIE's convention with an amendment that changes definitions."""
    return replace(PLIE, amendments=(Amendment(1, CHANGE, "M 9", "Avenant 1", definitions=versions),))


AMENDED = amend(
    define("taux_integration_reception", denominator=Term("diagnostics")),
    define("part_rsa", numerator=Term("participants", (("public", "deld"),))),
    define("entretiens_par_participant", numerator=Term("integres")),
    define("orientes"),
    define("participants_par_accompagnateur"),
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Two quarters of Martigues."""
    first, second = (
        {"orientes": 80, "presents": 50, "diagnostics": 40, "integres": 20, "participants": 100, "entretiens": 300},
        {"orientes": 90, "presents": 60, "diagnostics": 45, "integres": 30, "participants": 120, "entretiens": 360},
    )
    rows = [
        figure(measure, value, period=period)
        for period, counts in (("2024-T1", first), ("2024-T2", second))
        for measure, value in counts.items()
    ]
    rows += [
        replace(figure("participants", value, period=period), segment=(("public", public),))
        for period, value, public in (("2024-T1", 70, "rsa"), ("2024-T1", 35, "deld"), ("2024-T2", 30, "deld"))
    ]
    with open_database(tmp_path_factory.mktemp("definitions") / "jalons.duckdb") as opened:
        load_report(opened, report(*rows))
        yield opened


@pytest.fixture(autouse=True)
def is_amended(monkeypatch: pytest.MonkeyPatch) -> None:
    """The convention is read with its amendment."""
    monkeypatch.setattr("indicators.request.load_conventions", lambda: {AMENDED.key: AMENDED})


def ask(database: Database, indicator: str, *periods: str) -> Figure:
    """One figure of Martigues over some periods."""
    request = Request("plie-martigues", periods, ("territoire",), (indicator,), as_of=date(2030, 1, 1))
    (found,) = compute_figures(database, request)
    return found


def test_each_period_belongs_to_one_definition(database: Database) -> None:
    before = ask(database, "taux_integration_reception", "2024-T1")
    after = ask(database, "taux_integration_reception", "2024-T2")
    assert (before.numerator, before.denominator, before.reason) == (20, 50, "")
    assert (after.numerator, after.denominator, after.reason) == (30, 45, "")
    assert after.terms[1] == Term("diagnostics")


@pytest.mark.parametrize("periods", [("2024-T1", "2024-T2"), ("2024-S1",)])
def test_rate_over_two_definitions_adds_each_part_by_its_own_and_says_it(
    database: Database, periods: tuple[str, ...]
) -> None:
    """A half that the change cuts is read by what was received of each side."""
    found = ask(database, "taux_integration_reception", *periods)
    told = f"La définition change le 01/04/2024, chaque partie est comptée par la sienne. {CHANGED}"
    assert (found.numerator, found.denominator, found.state) == (50, 95, "ok")
    assert found.reason == told


def test_head_count_over_two_definitions_is_that_of_its_last_day(database: Database) -> None:
    found = ask(database, "part_rsa", "2024-T1", "2024-T2")
    assert (found.numerator, found.denominator, found.reason) == (30, 120, "")


def test_what_is_not_made_of_two_parts_is_refused(database: Database) -> None:
    found = ask(database, "entretiens_par_participant", "2024-T1", "2024-T2")
    told = "La définition change le 01/04/2024, ce chiffre ne se fait pas de deux parties : demandez-les à part. "
    assert (found.value, found.state, found.reason) == (None, "n.d.", told + CHANGED)
    assert ask(database, "entretiens_par_participant", "2024-T2").value == 30 / 120


def test_new_words_alone_change_no_count_and_are_told(database: Database) -> None:
    assert ask(database, "orientes", "2024-S1").value == 170
    assert CHANGED in ask(database, "orientes", "2024-S1").reason
    assert ask(database, "participants_par_accompagnateur", "2024-S1").state == "n.d."


def test_period_over_a_change_is_cut_where_it_falls() -> None:
    indicator = CATALOGUE.indicator("orientes")
    parts = split_by_version(indicator, AMENDED, [parse_period("2024")])
    codes = [[period.code for period in periods] for _, periods in parts]
    assert codes == [["2024-T1"], ["2024-T2", "2024-S2"]]
    assert [one for one, _ in split_by_version(indicator, PLIE, [parse_period("2024")])] == [indicator]


def test_series_says_where_it_breaks_and_what_happened() -> None:
    start, end = date(2023, 12, 31), date(2025, 12, 31)
    marks = list_marks(CATALOGUE.indicator("orientes"), AMENDED, CATALOGUE, start=start, end=end)
    assert [(one.day, one.label, one.is_break) for one in marks] == [
        (date(2024, 1, 1), "France Travail", False),
        (CHANGE, "avenant 1", True),
        (date(2025, 1, 1), "loi plein emploi", False),
    ]
    own = (("public", "qpv"),)
    qpv = list_marks(CATALOGUE.indicator("integres"), PLIE, CATALOGUE, segment=own, start=start, end=end)
    assert [one.label for one in qpv if one.is_break] == ["QPV de 2024"]


def test_amendment_of_a_convention_file_changes_a_definition(tmp_path: Path) -> None:
    text = (DATA / "conventions" / "plie-martigues.toml").read_text(encoding="utf-8")
    said = """
[[amendments]]
number = 1
date = 2024-04-01
article = "M 9"
label = "Avenant 1"
[[amendments.definitions]]
code = "taux_integration_reception"
label = "avenant 1"
changed = "Le diagnostic compte depuis pour une réception."
definition = "Personnes intégrées, rapportées aux entrées en diagnostic."
article = "M 9"
denominator = { measure = "diagnostics" }
"""
    file = tmp_path / "plie-martigues.toml"
    file.write_text(text + said, encoding="utf-8")
    (version,) = read_convention(file, CATALOGUE).amendments[0].definitions
    assert (version.day, version.numerator, version.denominator) == (CHANGE, None, Term("diagnostics"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("from = 2024-01-02", "clé « indicators.part_qpv_defm.versions[1].from » : le premier jour d’un mois attendu"),
        ("from = 2024-01-01\nnumerator = { measure = 'x' }", "« x » inconnu"),
        ("from = 2024-01-01\nsince = 3", "« indicators.part_qpv_defm.versions[1].since » : clé inconnue"),
    ],
)  # fmt: skip
def test_mistake_in_a_version_is_told_with_its_key(tmp_path: Path, change: str, message: str) -> None:
    text = (DATA / "catalogue.toml").read_text(encoding="utf-8")
    file = tmp_path / "catalogue.toml"
    file.write_text(text.replace("from = 2024-01-01", change), encoding="utf-8")
    with pytest.raises(DataError, match="catalogue.toml") as refused:
        read_catalogue(file)
    assert message in str(refused.value)

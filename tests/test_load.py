"""Reports in, one after the other; what counts after each, what is told, and what undo brings back, out."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl import load
from etl.load import load_report, undo_import
from etl.report import BLOCKING, Finding
from etl.steps import LOADING_STEPS, SAVING
from store.database import Database, StoreError, open_database
from tests.deliveries import GROWING, dump, figure, path, read_values, report

EVERYTHING = (*GROWING, "cube")
WHOLE = ("13056", "2024-T1", "")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "jalons.duckdb") as opened:
        yield opened


def test_loading_counts_what_is_new(db: Database) -> None:
    result = load_report(db, report(figure(), figure("presents", 9), paths=[path("p1"), path("p2")]))
    assert (result.import_id, result.state) == ("I000001", "chargé")
    assert (result.added, result.changed, result.unchanged) == (4, 0, 0)
    assert (result.superseded, result.absent, result.absent_paths, result.findings) == ((), (), 0, ())
    assert read_values(db) == {WHOLE: 12}


def test_loading_twice_changes_nothing(db: Database) -> None:
    sent = report(figure(), paths=[path(date_orientation="2024-02-03")])
    load_report(db, sent)
    before = dump(db, EVERYTHING)
    again = load_report(db, sent)
    assert (again.import_id, again.state) == ("I000001", "déjà chargé")
    assert (again.added, again.changed, again.unchanged) == (0, 0, 0)
    assert [finding.code for finding in again.findings] == ["deja_charge"]
    assert dump(db, EVERYTHING) == before


def test_loading_tells_its_steps_and_says_no_totals_where_nothing_changes(db: Database) -> None:
    heard: list[str] = []
    load_report(db, report(figure()), told=heard.append)
    assert heard == list(LOADING_STEPS)
    load_report(db, report(figure()), told=heard.append)
    assert heard == [*LOADING_STEPS, SAVING]


def test_corrected_file_supersedes_the_figures_it_carries_again(db: Database) -> None:
    load_report(db, report(figure(value=12), figure("presents", 9), file="a.xlsx"))
    corrected = report(figure(value=13), figure("presents", 9), figure("integres", 4), file="b.xlsx")
    result = load_report(db, corrected)
    assert (result.added, result.changed, result.unchanged) == (1, 1, 1)
    assert result.superseded == ("I000001",)
    assert read_values(db) == {WHOLE: 13}
    assert read_values(db, "presents") == {WHOLE: 9}


def test_hole_that_replaces_a_number_is_a_change(db: Database) -> None:
    load_report(db, report(figure(value=12), file="a.xlsx"))
    result = load_report(db, report(figure(value=None, state="n.d."), file="b.xlsx"))
    assert result.changed == 1
    with db.cursor() as cursor:
        assert cursor.execute("select value, state from cube").fetchall() == [(None, "n.d.")]


def test_same_figure_of_another_source_segment_or_convention_stays(db: Database) -> None:
    load_report(db, report(figure(value=12), file="a.xlsx"))
    load_report(db, report(figure(value=10, source="france-travail"), source="france-travail", file="b.xlsx"))
    load_report(db, report(figure(value=5, sexe="femme"), file="c.xlsx"))
    result = load_report(db, report(figure(value=99), convention="metz", file="d.xlsx"))
    assert (result.added, result.superseded) == (1, ())
    with db.cursor() as cursor:
        rows = cursor.execute("select convention, source, segment, value from cube order by all").fetchall()
    assert rows == [
        ("metz", "plie", "", 99),
        ("plie-martigues", "france-travail", "", 10),
        ("plie-martigues", "plie", "", 12),
        ("plie-martigues", "plie", "sexe=femme", 5),
    ]


def test_figures_that_the_new_file_lacks_are_told_and_stay(db: Database) -> None:
    load_report(db, report(figure(value=12), figure("presents", 9), figure(period="2023-T4"), file="a.xlsx"))
    result = load_report(db, report(figure(value=13), file="b.xlsx"))
    assert [(lacking.measure, lacking.period, lacking.value) for lacking in result.absent] == [
        ("orientes", "2023-T4", 12),
        ("presents", "2024-T1", 9),
    ]
    (finding,) = result.findings
    assert (finding.severity, finding.code) == ("information", "chiffres_absents")
    assert finding.message.startswith(
        "2 chiffres du fichier « a.xlsx » ne sont pas dans celui-ci ; ils restent. "
        "Par exemple : DE orientés vers le PLIE, 13056, 4e trimestre 2023 : 12 ; "
    )
    assert read_values(db, "presents") == {WHOLE: 9}


def test_one_lacking_figure_is_told_in_the_singular_with_its_segment(db: Database) -> None:
    load_report(db, report(figure(), figure(value=None, state="secret", sexe="femme"), file="a.xlsx"))
    result = load_report(db, report(figure(), file="b.xlsx"), retire_absent=True)
    assert result.findings[0].message == (
        "1 chiffre du fichier « a.xlsx » n’est pas dans celui-ci ; il est retiré. "
        "Par exemple : DE orientés vers le PLIE, 13056, 1er trimestre 2024, Femmes : secret."
    )


def test_file_that_shares_no_figure_with_older_ones_lacks_nothing(db: Database) -> None:
    load_report(db, report(figure(period="2024-T1"), figure("presents", 9), file="t1.xlsx"))
    result = load_report(db, report(figure(period="2024-T2"), file="t2.xlsx"))
    assert (result.absent, result.findings) == ((), ())


def test_lacking_figures_of_another_source_are_not_told(db: Database) -> None:
    load_report(db, report(figure(), figure("presents_ic", 3, source="france-travail"), file="a.xlsx"))
    assert load_report(db, report(figure(value=13), file="b.xlsx")).absent == ()


def test_retired_figures_stop_counting_and_undo_brings_them_back(db: Database) -> None:
    load_report(db, report(figure(value=12), figure("presents", 9), file="a.xlsx"))
    before = dump(db)
    result = load_report(db, report(figure(value=13), file="b.xlsx"), retire_absent=True)
    assert len(result.absent) == 1
    assert read_values(db, "presents") == {}
    undo_import(db, "I000002")
    assert dump(db) == before


def test_figures_can_be_retired_after_the_file_was_loaded(db: Database) -> None:
    load_report(db, report(figure(value=12), figure("presents", 9), file="a.xlsx"))
    load_report(db, report(figure(value=13), file="b.xlsx"))
    result = load_report(db, report(figure(value=13), file="b.xlsx"), retire_absent=True)
    assert (result.state, result.import_id, len(result.absent)) == ("déjà chargé", "I000002", 1)
    assert read_values(db, "presents") == {}
    settled = dump(db, EVERYTHING)
    assert load_report(db, report(figure(value=13), file="b.xlsx"), retire_absent=True).absent == ()
    assert dump(db, EVERYTHING) == settled


def test_figures_of_later_files_are_not_lacking(db: Database) -> None:
    load_report(db, report(figure(value=12), figure("presents", 9), file="a.xlsx"))
    load_report(db, report(figure(value=13), file="b.xlsx"))
    load_report(db, report(figure(value=14), figure("integres", 4), file="c.xlsx"))
    result = load_report(db, report(figure(value=13), file="b.xlsx"), retire_absent=True)
    assert [(lacking.file, lacking.measure) for lacking in result.absent] == [("a.xlsx", "presents")]
    assert read_values(db) == {WHOLE: 14}
    assert read_values(db, "integres") == {WHOLE: 4}


def test_retired_figure_that_a_later_file_carries_counts_again(db: Database) -> None:
    load_report(db, report(figure(), figure("presents", 9), file="a.xlsx"))
    load_report(db, report(figure(), file="b.xlsx"), retire_absent=True)
    result = load_report(db, report(figure("presents", 8), file="c.xlsx"))
    assert (result.added, result.changed) == (1, 0)
    assert read_values(db, "presents") == {WHOLE: 8}


def test_paths_that_the_new_file_lacks_are_counted_without_naming_them(db: Database) -> None:
    facts = {"date_orientation": "2024-02-03"}
    load_report(db, report(paths=[path(name, **facts) for name in ("p1", "p2", "p3")], file="a.xlsx"))
    kept = [path("p1", **facts), path("p2", date_orientation="2024-02-04")]
    result = load_report(db, report(paths=kept, file="b.xlsx"))
    assert (result.changed, result.unchanged, result.absent_paths) == (1, 1, 1)
    assert [finding.message for finding in result.findings] == [
        "1 parcours du fichier « a.xlsx » n’est pas dans celui-ci ; il reste."
    ]
    assert read_values(db)[("13056", "2024-02", "")] == 3
    load_report(db, report(paths=kept, file="b.xlsx"), retire_absent=True)
    assert read_values(db)[("13056", "2024-02", "")] == 2


def test_withdrawal_of_a_path_copies_nothing_of_it(db: Database) -> None:
    load_report(db, report(paths=[path("p1"), path("p2", sexe="femme", publics=("rsa",))], file="a.xlsx"))
    load_report(db, report(paths=[path("p1")], file="b.xlsx"), retire_absent=True)
    with db.cursor() as cursor:
        rows = cursor.execute("select pseudonym, sexe, publics from parcours where is_withdrawn").fetchall()
    assert rows == [("p2", None, None)]


def test_several_paths_of_a_person_are_matched_by_time_not_by_row(db: Database) -> None:
    first = path("p1", date_orientation="2023-02-03", date_sortie="2023-09-01")
    second = path("p1", date_orientation="2024-02-03")
    load_report(db, report(paths=[first, second], file="a.xlsx"))
    result = load_report(db, report(paths=[second, first], file="b.xlsx"))
    assert (result.added, result.changed, result.unchanged, result.absent_paths) == (0, 0, 2, 0)


def test_order_of_publics_is_no_change(db: Database) -> None:
    load_report(db, report(paths=[path(publics=("rsa", "deld"))], file="a.xlsx"))
    assert load_report(db, report(paths=[path(publics=("deld", "rsa"))], file="b.xlsx")).changed == 0


def test_undo_restores_exactly_what_was_there(db: Database) -> None:
    first, later = path(date_orientation="2024-01-09"), path(date_orientation="2024-03-09")
    load_report(db, report(figure(), figure("presents", 9), paths=[first], file="a"))
    before = dump(db)
    load_report(db, report(figure(value=20), paths=[later, path("p2")], file="b"))
    assert dump(db) != before
    entry = undo_import(db, "I000002", author="Analyste")
    assert (entry.file, entry.state) == ("b", "annulé")
    assert dump(db) == before


def test_undo_of_a_superseded_import_leaves_the_later_figures(db: Database) -> None:
    load_report(db, report(figure(value=12), figure("presents", 9), file="a.xlsx"))
    load_report(db, report(figure(value=13), file="b.xlsx"))
    undo_import(db, "I000001")
    assert read_values(db) == {WHOLE: 13}
    assert read_values(db, "presents") == {}


def test_undo_of_the_only_import_leaves_nothing_that_counts(db: Database) -> None:
    load_report(db, report(figure(), paths=[path(date_orientation="2024-01-09")]))
    undo_import(db, "I000001")
    assert dump(db) == {"cube": []}


def test_undone_file_can_be_loaded_again(db: Database) -> None:
    load_report(db, report(figure()))
    before = dump(db)
    undo_import(db, "I000001")
    result = load_report(db, report(figure()))
    assert (result.import_id, result.state, result.added) == ("I000002", "chargé", 1)
    assert dump(db) == before


def test_undoing_twice_is_refused(db: Database) -> None:
    load_report(db, report(figure()))
    undo_import(db, "I000001")
    before = dump(db, EVERYTHING)
    with pytest.raises(StoreError, match="est déjà annulé"):
        undo_import(db, "I000001")
    assert dump(db, EVERYTHING) == before


def test_order_of_files_that_share_nothing_does_not_matter(tmp_path: Path) -> None:
    sent = [
        report(figure(period="2024-T1"), figure("presents", 9), file="t1.xlsx"),
        report(figure(period="2024-T2"), paths=[path("p1", date_orientation="2024-02-01")], file="t2.xlsx"),
        report(figure(source="france-travail"), source="france-travail", file="ft.xlsx"),
    ]
    cubes = []
    for rank, order in enumerate(([0, 1, 2], [2, 1, 0], [1, 2, 0])):
        with open_database(tmp_path / f"{rank}.duckdb") as db:
            for place in order:
                load_report(db, sent[place])
            cubes.append(dump(db))
    assert cubes[0] == cubes[1] == cubes[2]


def test_failure_in_the_middle_leaves_nothing(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    load_report(db, report(figure(), file="a.xlsx"))
    before = dump(db, EVERYTHING)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("panne")

    with monkeypatch.context() as patch:
        patch.setattr(load, "refresh", fail)
        with pytest.raises(RuntimeError, match="panne"):
            load_report(db, report(figure(value=13), paths=[path()], file="b.xlsx"))
        with pytest.raises(RuntimeError, match="panne"):
            undo_import(db, "I000001")
    assert dump(db, EVERYTHING) == before
    assert load_report(db, report(figure(value=13), file="b.xlsx")).import_id == "I000002"


KILLED = """
import os, signal, sys
from etl import load
from store.database import open_database
from tests.deliveries import figure, path, report
load.refresh = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
load.load_report(open_database(sys.argv[1]), report(figure(value=13), paths=[path()], file="b.xlsx"))
"""


def test_process_killed_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    place = tmp_path / "jalons.duckdb"
    with open_database(place) as db:
        load_report(db, report(figure(), file="a.xlsx"))
        before = dump(db, EVERYTHING)
    root = Path(__file__).resolve().parent.parent
    command = [sys.executable, "-c", KILLED, str(place)]
    assert subprocess.run(command, cwd=root, check=False).returncode == -9
    with open_database(place) as db:
        assert dump(db, EVERYTHING) == before


def test_refused_report_writes_nothing(db: Database) -> None:
    problem = Finding(BLOCKING, "donnees_personnelles", "Une colonne nomme des personnes.")
    result = load_report(db, report(figure(), findings=[problem]))
    assert (result.import_id, result.state) == (None, "refusé")
    assert [finding.code for finding in result.findings] == ["donnees_personnelles", "refuse"]
    assert dump(db, EVERYTHING) == {table: [] for table in EVERYTHING}


def test_report_without_figure_or_path_writes_nothing(db: Database) -> None:
    result = load_report(db, report())
    assert (result.state, [finding.code for finding in result.findings]) == ("refusé", ["rien_a_charger"])
    assert dump(db, EVERYTHING) == {table: [] for table in EVERYTHING}


def test_paths_of_no_convention_are_refused(db: Database) -> None:
    result = load_report(db, report(figure(), paths=[path()], convention=None))
    assert (result.state, [finding.code for finding in result.findings]) == ("refusé", ["parcours_non_admis"])
    assert dump(db, EVERYTHING) == {table: [] for table in EVERYTHING}


def test_context_is_kept_with_its_convention_or_without_any(db: Database) -> None:
    elsewhere = figure(
        "defm", 500, territory="200054781", period="2017-12", source="pole-emploi", is_context=True
    )
    load_report(db, report(elsewhere, convention=None, source=None, file="national.xlsx"))
    load_report(db, report(figure(), elsewhere, file="retour.xlsx"))
    with db.cursor() as cursor:
        rows = cursor.execute(
            "select convention, source, territory, value from cube where measure = 'defm' order by all"
        ).fetchall()
        marked = cursor.execute("select convention, is_context from observations order by all").fetchall()
    assert rows == [
        ("", "pole-emploi", "200054781", 500),
        ("plie-martigues", "pole-emploi", "200054781", 500),
    ]
    assert marked == [("", True), ("plie-martigues", False), ("plie-martigues", True)]
    before = dump(db)
    again = load_report(db, report(elsewhere, convention=None, source=None, file="national.xlsx"))
    assert again.state == "déjà chargé"
    assert dump(db) == before


def test_figure_named_by_two_cells_counts_once(db: Database) -> None:
    hole = figure(value=None, state="n.d.", cell="B1")
    result = load_report(db, report(hole, figure(value=12, cell="C9"), figure(value=12, cell="C10")))
    assert result.added == 1
    assert read_values(db) == {WHOLE: 12}

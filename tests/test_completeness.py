"""What is owed, received and missing of small invented returns, and the sentences that say it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from conventions.agreements import load_conventions
from conventions.cycles import is_owed
from conventions.periods import parse_period
from conventions.values import Convention
from etl.load import load_report
from etl.report import Observation
from indicators.completeness import DENIED, MISSING, RECEIVED, Cell, Completeness, read_completeness
from indicators.lacks import Lack, list_lacks
from indicators.owed import Owed
from store.database import Database, open_database
from tests.deliveries import figure, path, report
from ui.completeness import write_coverage, write_fresh, write_lack, write_periods, write_share, write_since

CONVENTIONS = load_conventions()
MARTIGUES, PLIE, FT = CONVENTIONS["plie-martigues"], "plie", "france-travail"
COMMUNES = ("13056", "13077", "13098")
WHOLE = ("accompagnateurs", "recrutements_operations", "recrutements_operations_proposes")
BY_COMMUNE = {
    PLIE: ("orientes", "presents", "diagnostics", "integres", "sorties", "sorties_positives", "refus_integration",
           "participants", "entretiens"),
    FT: ("orientes", "convoques", "presents_ic", "services_delivres", "mesures_prestations"),
}  # fmt: skip
QUARTER = len(COMMUNES) * sum(map(len, BY_COMMUNE.values())) + len(WHOLE)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty database."""
    with open_database(tmp_path / "jalons.duckdb") as opened:
        yield opened


def give(database: Database, *rows: Observation, source: str = PLIE, convention: str = "plie-martigues") -> None:
    named = ",".join(f"{one.measure}{one.territory}{one.period}{one.segment}" for one in rows)
    own = [replace(one, cell=f"B{rank}") for rank, one in enumerate(rows)]
    load_report(database, report(*own, source=source, convention=convention, content=named), author="essai")


def make_quarter(source: str, period: str, *, without: tuple[tuple[str, str], ...] = ()) -> list[Observation]:
    """All that a source owes of a quarter of Martigues, but for some measures and territories."""
    pairs = [(measure, place) for measure in BY_COMMUNE[source] for place in COMMUNES]
    pairs += [(measure, MARTIGUES.territory.code) for measure in WHOLE] if source == PLIE else []
    return [
        figure(measure, 12, territory=place, period=period, source=source)
        for measure, place in pairs
        if (measure, place) not in without
    ]


def read(database: Database, day: str, convention: str = "plie-martigues") -> Completeness:
    return read_completeness(database, convention, as_of=date.fromisoformat(day))


def state_of(found: Completeness, measure: str, place: str, period: str, source: str | None = PLIE) -> str:
    wanted = (source, measure, place, period)
    (state,) = [
        one.state
        for one in found.cells
        if (one.owed.source, one.owed.measure, one.owed.territory, one.owed.period.code) == wanted
    ]
    return state


def test_nothing_received_is_all_missing_and_said_by_whole_returns(database: Database) -> None:
    found = read(database, "2023-04-02")
    assert (found.received, found.expected) == (0, QUARTER)
    assert [(one.source, one.is_return, one.is_constant) for one in list_lacks(found)] == [
        (PLIE, True, True), (FT, True, True),
    ]  # fmt: skip
    assert write_coverage(found, MARTIGUES) == f"Aucun des {QUARTER} chiffres attendus à fin T1\u00a02023 n’est reçu"
    assert write_fresh(found) == ""


def test_a_quarter_that_is_not_over_owes_nothing(database: Database) -> None:
    """On the last day of a quarter nothing of it is owed; on the next all of it is."""
    assert read(database, "2023-03-31").expected == 0
    assert write_coverage(read(database, "2023-03-31"), MARTIGUES).startswith("Aucun chiffre n’était encore attendu")
    assert read(database, "2023-04-01").expected == QUARTER
    assert read(database, "2040-01-01").expected == QUARTER * 4 * 5


def test_everything_received_is_said_in_full(database: Database) -> None:
    for source in (PLIE, FT):
        give(database, *make_quarter(source, "2023-T1"), source=source)
    found = read(database, "2023-05-01")
    assert found.is_whole
    assert write_coverage(found, MARTIGUES) == (
        f"Tous les chiffres attendus à fin T1\u00a02023 sont reçus ({QUARTER}/{QUARTER})"
    )
    assert [one.period and one.period.code for one in found.sources] == ["2023-T1", "2023-T1"]
    assert write_fresh(found) == f"Dernier dépôt le {date.today():%d/%m/%Y}"


def test_a_place_that_lacks_measures_is_named_with_them(database: Database) -> None:
    lacking = (("orientes", "13077"), ("presents", "13077"))
    give(database, *make_quarter(PLIE, "2023-T1", without=lacking))
    give(database, *make_quarter(FT, "2023-T1"), source=FT)
    found = read(database, "2023-05-01")
    assert list_lacks(found) == (
        Lack(PLIE, "13077", ("orientes", "presents"), (parse_period("2023-T1"),), 2, is_denied=False, is_constant=True),
    )
    assert write_coverage(found, MARTIGUES) == (
        "Il manque T1\u00a02023 pour Port-de-Bouc (PLIE\u00a0: DE orientés vers le PLIE et DE présents / reçus en "
        f"premier accueil)\u00a0: {QUARTER - 2} chiffres sur {QUARTER} attendus à fin T1\u00a02023"
    )


def test_a_place_without_any_count_is_named_alone(database: Database) -> None:
    for period in ("2023-T1", "2023-T2"):
        lost = tuple((measure, "13077") for measure in BY_COMMUNE[FT]) if period == "2023-T2" else ()
        give(database, *make_quarter(FT, period, without=lost), source=FT)
        give(database, *make_quarter(PLIE, period))
    (lack,) = list_lacks(read(database, "2023-08-01"))
    assert (lack.territory, lack.measures, lack.count) == ("13077", (), len(BY_COMMUNE[FT]))
    assert write_lack(lack, MARTIGUES) == "T2\u00a02023 pour Port-de-Bouc (France Travail)"


def test_a_measure_missing_everywhere_is_told_once(database: Database) -> None:
    lost = tuple(("convoques", place) for place in COMMUNES)
    give(database, *make_quarter(FT, "2023-T1", without=lost), source=FT)
    give(database, *make_quarter(PLIE, "2023-T1"))
    (lack,) = list_lacks(read(database, "2023-05-01"))
    assert (lack.source, lack.territory, lack.measures, lack.count) == (FT, None, ("convoques",), 3)


def test_secret_and_not_concerned_are_received_and_not_available_is_not(database: Database) -> None:
    states = {"13056": "secret", "13077": "sans_objet", "13098": "n.d."}
    give(database, *(figure("presents", None, territory=place, state=state) for place, state in states.items()))
    found = read(database, "2024-05-01")
    said = [state_of(found, "presents", place, "2024-T1") for place in states]
    assert said == [RECEIVED, RECEIVED, DENIED]
    (denied,) = [one for one in list_lacks(found) if one.is_denied]
    assert write_lack(denied, MARTIGUES).endswith(", dits n.\u00a0d.)")


def test_months_make_a_quarter_and_a_stock_needs_its_last_only(database: Database) -> None:
    months = ["2024-01", "2024-02", "2024-03"]
    give(database, *(figure("orientes", 4, period=month) for month in months))
    give(database, *(figure("presents", 4, period=month) for month in months[:2]))
    give(database, figure("participants", 80, period=months[2]))
    found = read(database, "2024-05-01")
    said = [state_of(found, measure, "13056", "2024-T1") for measure in ("orientes", "presents", "participants")]
    assert said == [RECEIVED, MISSING, RECEIVED]


def test_paths_are_received_without_a_return(database: Database) -> None:
    facts = {"date_orientation": "2024-01-15", "date_premier_contact": "2024-06-20", "prescripteur": "france_travail"}
    load_report(database, report(paths=[path("p1", **facts)]), author="essai")
    found = read(database, "2024-08-01")
    assert state_of(found, "orientes", "13056", "2024-T1") == RECEIVED
    assert state_of(found, "orientes", "13056", "2024-T2") == RECEIVED


def test_exits_by_motive_give_the_positive_ones(database: Database) -> None:
    give(database, figure("sorties", 3, motif="cdi"), figure("sorties", 5, territory="13077"))
    found = read(database, "2024-05-01")
    assert state_of(found, "sorties_positives", "13056", "2024-T1") == RECEIVED
    assert state_of(found, "sorties_positives", "13077", "2024-T1") == MISSING


def test_a_measure_asked_of_all_is_owed_by_those_who_give_it(database: Database) -> None:
    """In Metz nobody is named: accueillis are owed by the city, which gives them, and interviews by either."""
    rows = [figure("accueillis", 12, territory="borny", period="2021-S1", source="ville-de-metz")]
    give(database, *rows, source="ville-de-metz", convention="metz")
    found = read(database, "2021-08-01", "metz")
    owers = {one.owed.measure: one.owed.source for one in found.cells}
    assert (owers["accueillis"], owers["entretiens"]) == ("ville-de-metz", None)
    lack = next(one for one in list_lacks(found) if one.source is None)
    assert "Ville de Metz ou France Travail" in write_lack(lack, CONVENTIONS["metz"])


def places_of(found: Completeness, measure: str) -> set[tuple[str, str]]:
    return {(one.owed.territory, one.owed.period.code) for one in found.cells if one.owed.measure == measure}


def test_a_level_is_owed_whole_once_one_of_its_places_speaks(database: Database) -> None:
    rows = [figure("accueillis", 12, territory="borny", period="2021-S1", source="ville-de-metz")]
    give(database, *rows, source="ville-de-metz", convention="metz")
    found = read(database, "2021-08-01", "metz")
    quarters = {place.code for place in CONVENTIONS["metz"].places}
    assert places_of(found, "accueillis") == {(code, "2021-S1") for code in quarters}
    assert places_of(found, "entretiens") == {("57463", "2021-S1")}


def test_what_is_only_given_by_the_year_is_owed_by_the_year(database: Database) -> None:
    """Troyes: centres by quarter, communes by year; the year of a quarterly count is not owed besides."""
    source = "troyes-champagne-metropole"
    rows = [figure("accompagnes", 20, territory="pce-1", period="2020-T1", source=source)]
    rows += [figure("accompagnes", 20, territory="10387", period="2020", source=source)]
    give(database, *rows, source=source, convention="troyes")
    found = read(database, "2021-02-01", "troyes")
    owed = places_of(found, "accompagnes")
    assert {period for place, period in owed if place.startswith("pce")} == {f"2020-T{rank}" for rank in (1, 2, 3, 4)}
    assert {period for place, period in owed if not place.startswith("pce")} == {"2020"}


def test_half_a_first_year_is_received_by_its_own_parts(database: Database) -> None:
    """Rouen begins in July 2023: with its last two quarters, 2023 lacks nothing."""
    rows = [figure("pec_signes", 9, territory="76540", period=f"2023-T{rank}", source=FT) for rank in (3, 4)]
    give(database, *rows, source=FT, convention="rouen")
    found = read(database, "2024-01-15", "rouen")
    assert places_of(found, "pec_signes") == {("76540", "2023-T3"), ("76540", "2023-T4")}
    give(database, figure("clauses_orientes", 9, territory="76540", period="2023", source=FT), source=FT,
         convention="rouen")  # fmt: skip
    assert places_of(read(database, "2024-01-15", "rouen"), "clauses_orientes") == {("76540", "2023")}


def test_a_month_mostly_outside_the_convention_is_not_owed() -> None:
    global_35 = CONVENTIONS["accompagnement-global-35"]
    months = ("2023-06", "2023-07", "2025-06", "2025-07")
    assert [is_owed(parse_period(code), global_35) for code in months] == [False, True, True, False]


def test_a_window_keeps_its_own_counts_and_tells_what_came_due_since(database: Database) -> None:
    for source in (PLIE, FT):
        give(database, *make_quarter(source, "2023-T1"), source=source)
    found = read(database, "2023-08-01")
    first = [parse_period("2023-T1")]
    assert found.within(first).is_whole
    assert found.expected == 2 * QUARTER
    said = write_since(found, first[0], MARTIGUES)
    assert said == "Depuis, rien n’est reçu\u00a0: manquent T2\u00a02023 en entier (PLIE) et T2\u00a02023 en entier " \
        "(France Travail)"  # fmt: skip
    give(database, *make_quarter(PLIE, "2023-T2"))
    assert write_since(read(database, "2023-08-01"), first[0], MARTIGUES) == ""


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (["2025-T1"], "T1 2025"),
        (["2025-T3", "2025-T1", "2025-T2"], "T1 2025 à T3 2025"),
        (["2024-T4", "2025-T1", "2025-T3"], "T4 2024 à T1 2025 et T3 2025"),
        (["2025-11", "2025-12", "2026-01", "2026"], "nov. 2025 à janv. 2026 et 2026"),
    ],
)
def test_periods_in_a_row_are_said_by_their_ends(codes: list[str], said: str) -> None:
    assert write_periods(map(parse_period, codes)).replace("\u00a0", " ") == said


def test_share_is_never_rounded_up_to_all() -> None:
    found = read_all(999, 1000)
    assert write_share(found) == "99\u00a0%"


def read_all(received: int, expected: int) -> Completeness:
    owed = Owed(PLIE, "orientes", "13056", parse_period("2023-T1"))
    cells = [Cell(owed, RECEIVED if rank < received else MISSING) for rank in range(expected)]
    return Completeness(date(2024, 1, 1), tuple(cells), ())


def test_conventions_of_the_product_each_owe_something_once_begun(database: Database) -> None:
    def owed(convention: Convention) -> int:
        return read_completeness(database, convention.key, as_of=date(2040, 1, 1)).expected

    assert all(owed(one) > 0 for one in CONVENTIONS.values())

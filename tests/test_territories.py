"""Codes and names in, territories out: properties over the whole COG, and the names of real workbooks."""

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from conventions.territories import KINDS, Gazetteer, Territory, load_gazetteer, repair_code

FOLDER = os.environ.get("JALONS_WORKBOOKS")
WORKBOOKS = sorted(Path(FOLDER).rglob("pole_emploi_defm_par_epci_*.xlsx")) if FOLDER else []

TROYES, ROUEN, METZ, MARSEILLE = "200069250", "200023414", "200039865", "200054807"
STATUSES = {
    "CC": "Communauté de communes",
    "CA": "Communauté d'agglomération",
    "CU": "COMMUNAUTÉ URBAINE",
}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def codes(found: tuple[Territory, ...]) -> list[str]:
    return [territory.code for territory in found]


def every_epci_name(gazetteer: Gazetteer) -> list[tuple[Territory, int]]:
    """Each name of each EPCI, with the first and the last vintage that have it."""
    states = gazetteer.states("epci").all
    return [(state, year) for state in states for year in {state.vintage_from, state.vintage_to}]


# --- codes


def test_each_state_has_its_own_vintages(gazetteer: Gazetteer) -> None:
    seen: Counter[tuple[str, str, int]] = Counter()
    for kind in KINDS:
        for state in gazetteer.states(kind).all:
            if not state.former:
                years = range(state.vintage_from, state.vintage_to + 1)
                seen.update((kind, state.code, year) for year in years)
    assert seen.most_common(1)[0][1] == 1


def test_former_codes_lead_to_a_commune_of_today(gazetteer: Gazetteer) -> None:
    last = gazetteer.vintages[1]
    states = gazetteer.states("commune").all
    today = {state.code for state in states if not state.former and state.vintage_to == last}
    assert {gazetteer.current_code(state.code) for state in states} <= today


def test_by_code_gives_the_latest_state(gazetteer: Gazetteer) -> None:
    metz = gazetteer.by_code("57463")
    assert metz is not None
    assert (metz.kind, metz.name, metz.departement, metz.epci) == ("commune", "Metz", "57", METZ)
    assert (metz.former, metz.vintage_to) == (False, gazetteer.vintages[1])


def test_by_code_asks_for_the_exact_code_and_kind(gazetteer: Gazetteer) -> None:
    assert gazetteer.by_code("1053") is None
    assert gazetteer.by_code("57463", "epci") is None
    ain, guadeloupe = gazetteer.by_code("01"), gazetteer.by_code("01", "region")
    assert ain is not None
    assert guadeloupe is not None
    assert (ain.name, guadeloupe.name) == ("Ain", "Guadeloupe")
    with pytest.raises(ValueError, match="canton"):
        gazetteer.by_code("57463", "canton")


def test_a_delegated_commune_does_not_hide_the_new_one_of_its_code(gazetteer: Gazetteer) -> None:
    arboys = gazetteer.by_code("01015")
    assert arboys is not None
    assert arboys.name == "Arboys en Bugey"
    (arbignieu,) = gazetteer.named("Arbignieu", kinds=("commune",))
    assert (arbignieu.code, arbignieu.former, arbignieu.successor) == ("01015", True, "01015")
    assert gazetteer.current_code("01015") == "01015"


def test_arrondissements_are_current_and_in_their_city(gazetteer: Gazetteer) -> None:
    for arrondissement, city in (("13201", "13055"), ("75101", "75056"), ("69381", "69123")):
        state = gazetteer.by_code(arrondissement)
        assert state is not None
        assert (state.former, state.successor) == (False, city)
        assert gazetteer.current_code(arrondissement) == arrondissement
        assert gazetteer.within(arrondissement, city)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (13056.0, "13056"),
        (13056, "13056"),
        ("13056.0", "13056"),
        (1053.0, "01053"),
        ("1053", "01053"),
        (1, "01"),
        ("35 ", "35"),
        ("2a004", "2A004"),
        (200069250.0, TROYES),
        ("Martigues", "MARTIGUES"),
        (13056.5, "13056.5"),
        ("", ""),
        (None, ""),
    ],
)
def test_repair_code_gives_back_what_the_workbook_lost(typed: object, code: str) -> None:
    assert repair_code(typed) == code


def test_repair_code_finds_every_commune_and_departement_again(gazetteer: Gazetteer) -> None:
    for kind in ("commune", "departement"):
        for state in gazetteer.states(kind).all:
            if state.code.isdecimal():
                assert repair_code(float(state.code)) == state.code


# --- names


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Port-de-Bouc", "13077"),
        ("PORT DE BOUC", "13077"),
        ("St Mitre les Remparts", "13098"),
        ("Havre (Le)", "76351"),
        ("Abergement-Clémenciat (L’)", "01001"),
        ("Ille-et-Vilaine", "35"),
    ],
)
def test_named_sets_the_spelling_aside(gazetteer: Gazetteer, typed: str, code: str) -> None:
    assert codes(gazetteer.named(typed, kinds=("commune", "departement"))) == [code]


@pytest.mark.parametrize(
    "typed", ["", " ", "Total", "Hors EPCI", "CC", "Métropole", "Communauté", "Martigue"]
)
def test_named_finds_nothing_where_no_territory_is_named(gazetteer: Gazetteer, typed: str) -> None:
    assert gazetteer.named(typed, kinds=KINDS) == ()


def test_named_returns_all_that_bear_the_name(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer.named("Saint-Denis", kinds=("commune",))) == ["11339", "30247", "93066", "97411"]
    assert codes(gazetteer.named("Paris", kinds=("commune", "departement"))) == ["75056", "75"]
    assert codes(gazetteer.named("CC des Quatre Rivières", kinds=("epci",))) == ["247000623", "247400666"]


def test_a_former_commune_does_not_compete_with_a_current_one(gazetteer: Gazetteer) -> None:
    states = gazetteer.states("commune")
    rivals = [s for s in states.by_name["sainte marie"] if s.former and s.covers(gazetteer.vintages[1])]
    found = gazetteer.named("Sainte-Marie", kinds=("commune",))
    assert rivals
    assert found
    assert not any(territory.former for territory in found)


def test_every_name_finds_its_territory_in_its_vintage(gazetteer: Gazetteer) -> None:
    for kind in ("epci", "departement", "region"):
        for state in gazetteer.states(kind).all:
            assert state.code in codes(gazetteer.named(state.name, kinds=(kind,), year=state.vintage_from))


def test_the_year_tells_two_epci_of_one_name_apart(gazetteer: Gazetteer) -> None:
    for year, code in ((2017, "245900410"), (2019, "245900410"), (2022, "200093201"), (None, "200093201")):
        assert codes(gazetteer.named("Métropole européenne de Lille", kinds=("epci",), year=year)) == [code]


def test_a_status_in_full_is_the_same_as_its_initials(gazetteer: Gazetteer) -> None:
    tried = 0
    for state, year in every_epci_name(gazetteer):
        status, _, name = state.name.partition(" ")
        if status in STATUSES:
            tried += 1
            found = gazetteer.named(f"{STATUSES[status]} {name}", kinds=("epci",), year=year)
            assert found == gazetteer.named(state.name, kinds=("epci",), year=year)
    assert tried > 2000


def test_another_status_never_finds_another_epci(gazetteer: Gazetteer) -> None:
    """Whatever the status said, a single answer is the EPCI of that name, or one that really bears both."""
    for state, year in every_epci_name(gazetteer):
        _, _, name = state.name.partition(" ")
        for status in ("CC", "CA", "CU", "Métropole"):
            found = gazetteer.named(f"{status} {name}", kinds=("epci",), year=year)
            exact = [one for one in found if one.name == f"{status} {name}"]
            assert not found or exact or state.code in codes(found)


def test_two_epci_that_differ_by_their_status_stay_apart(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer.named("CA du Sud", kinds=("epci",))) == ["249740085"]
    assert codes(gazetteer.named("Communauté de communes du Sud", kinds=("epci",))) == ["200060473"]
    assert codes(gazetteer.named("Sud", kinds=("epci",))) == ["200060473", "249740085"]


def test_an_epci_is_found_after_its_promotion_and_not_before(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer.named("CC du Pays de Gex", kinds=("epci",), year=2017)) == ["240100750"]
    assert gazetteer.named("CU du Pays de Gex", kinds=("epci",), year=2017) == ()


def test_a_larger_epci_of_nearly_the_same_name_is_not_taken_for_the_old_one(gazetteer: Gazetteer) -> None:
    """The CA de Laval of 2017 became part of the CA Laval Agglomération in 2019, under another code."""
    assert gazetteer.named("CA de Laval", kinds=("epci",), year=2017) == ()
    assert codes(gazetteer.named("CA de Laval", kinds=("epci",), year=2023)) == ["200083392"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Eurométropole de Metz", METZ),
        ("CA Metz Métropole", METZ),
        ("Troyes Champagne Métropole", TROYES),
        ("Rouen Normandie Métropole", ROUEN),
        ("Métropole Aix-Marseille-Provence", MARSEILLE),
    ],
)
def test_the_epci_of_the_conventions_are_found_as_people_write_them(
    gazetteer: Gazetteer, name: str, code: str
) -> None:
    assert codes(gazetteer.named(name, kinds=("epci",), year=2024)) == [code]


def test_a_place_alone_is_no_epci(gazetteer: Gazetteer) -> None:
    assert gazetteer.named("Metz", kinds=("epci",)) == ()
    assert codes(gazetteer.named("Metz", kinds=("commune", "epci"))) == ["57463"]


# --- who is in what


def test_members_share_the_communes_of_each_vintage_out(gazetteer: Gazetteer) -> None:
    first, last = gazetteer.vintages
    communes = {year: set[str]() for year in range(first, last + 1)}
    for year, seen in communes.items():
        for code in gazetteer.states("epci").by_code:
            members = set(gazetteer.members(code, year=year))
            assert not members & seen
            seen |= members
    assert all(len(seen) > 34_000 for seen in communes.values())


def test_members_are_those_of_the_year(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.members(TROYES, year=2020)) == 81
    assert len(gazetteer.members(MARSEILLE, year=2017)) == 92
    assert gazetteer.members("245900410", year=2024) == ()
    assert len(gazetteer.members("245900410")) == 90
    assert gazetteer.members("000000000") == ()


def test_within_follows_former_codes(gazetteer: Gazetteer) -> None:
    assert gazetteer.within("13056", MARSEILLE)
    assert gazetteer.within("13056", "13")
    assert gazetteer.within("13056", "13056")
    assert gazetteer.within("01132", "69")
    assert gazetteer.within("13201", MARSEILLE)
    assert not gazetteer.within("13056", ROUEN)
    assert not gazetteer.within("99999", "13")
    assert not gazetteer.within(MARSEILLE, "13")


if WORKBOOKS:

    @pytest.mark.parametrize("workbook", WORKBOOKS, ids=lambda path: path.name)
    def test_the_epci_of_a_real_workbook_are_found_once_each(
        gazetteer: Gazetteer,
        workbook: Path,
        tell: Callable[[str], None],
    ) -> None:
        rows = CalamineWorkbook.from_path(workbook).get_sheet_by_name("par catégorie").to_python()
        names = [str(row[0]) for row in rows[3:] if row[1] != ""]
        year = int(workbook.stem[-7:-3])
        found = {name: codes(gazetteer.named(name, kinds=("epci",), year=year)) for name in names}
        single = Counter(found_codes[0] for found_codes in found.values() if len(found_codes) == 1)
        count = f"{len(WORKBOOKS)} file(s) read, {single.total()} of {len(names)} names found"
        tell(f"{workbook.name}: {count}")
        assert single.total() >= 1_050
        assert max(single.values()) == 1
        assert found["Hors EPCI"] == found["Total"] == []
        assert found["CA Troyes Champagne Métropole"] == [TROYES]
        assert found["Métropole Rouen Normandie"] == [ROUEN]
        assert found["CA Metz Métropole"] == [METZ]
        assert found["Métropole d'Aix-Marseille-Provence"] == [MARSEILLE]

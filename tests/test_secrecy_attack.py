"""Tables are drawn, all that a committee can be shown of them is seen, and every hidden count is bounded by linear
programming: none may be found."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from conventions.agreements import load_conventions
from indicators.figures import Request, compute_figures
from indicators.secrecy import keep_hidden
from indicators.shown.universe import _Shelf
from store.database import open_database
from tests.attacks import (
    Shape,
    Table,
    attack,
    draw_table,
    group,
    join_states,
    look,
    open_tables,
    revise,
    two_levels,
)  # fmt: skip
from tests.minimum import Hiding, count_hidden, find_minimum
from tests.sweep import pick

PLIE = load_conventions()["plie-martigues"]
TROYES = load_conventions()["troyes"]
GLOBAL = load_conventions()["accompagnement-global-35"]
COMMUNES = ("13056", "13077", "13098")
OFFICES = tuple(place.code for place in GLOBAL.places if place.kind == "cdas")[:4]
TWO = two_levels()
SEXES = (group(sexe="homme"), group(sexe="femme"))
AGES = tuple(group(age=code) for code in ("moins_26", "26_44", "45_53", "54_plus"))
SHAPES = {
    shape.name: shape
    for shape in (
        Shape("communes et taux", PLIE, ("orientes", "presents"), COMMUNES, "trimestre",
              indicators=("orientes", "presents", "taux_presence")),
        Shape("deux niveaux", TWO, ("diagnostics",),
              tuple(place.code for place in TWO.places if place.kind == "quartier"), "trimestre",
              indicators=("diagnostics",)),
        Shape("cumuls par mois",
              replace(GLOBAL, places=tuple(place for place in GLOBAL.places if place.code in OFFICES)),
              ("entrees",), OFFICES, "mois", indicators=("entrees", "entrees_cumulees")),
        Shape("sexes", PLIE, ("presents",), COMMUNES, "semestre", SEXES, ("presents",)),
        Shape("âges sans total", PLIE, ("presents",), COMMUNES, "semestre", AGES, ("presents",), is_total_given=False),
    )
}  # fmt: skip
# A thousand tables in all: fewer of those that take long, a year of months by four places.
TABLES = {"communes et taux": 300, "deux niveaux": 150, "cumuls par mois": 50, "sexes": 300, "âges sans total": 200}
MEASURED = 10
# Small enough for the fewest hidden sums to be found.
SMALL = {"sexes": 20, "communes et taux": 10, "âges sans total": 5}


@pytest.mark.parametrize("name", SHAPES)
def test_no_hidden_count_of_the_tables_is_found(
    name: str, monkeypatch: pytest.MonkeyPatch, tell: Callable[[str], None]
) -> None:
    """Each table has its year, apart from the others, so that none opens another."""
    shape, chance = SHAPES[name], Random(name)
    monkeypatch.setattr("indicators.request.load_conventions", lambda: {shape.convention.key: shape.convention})
    tables = [draw_table(shape, 1001 + 2 * rank, chance) for rank in range(pick(TABLES[name]))]
    limit, views = shape.convention.secrecy_threshold, look(open_tables(tables), tables)
    outcomes = [attack(one, views[one.year], with_widths=rank < MEASURED) for rank, one in enumerate(tables)]
    assert [one.recovered for one in outcomes if one.recovered] == []
    shown = [value for view in views.values() for value in view.shown.values()]
    assert [value for value in shown if 0 < value < limit] == []
    tried, measured = sum(one.tried for one in outcomes), outcomes[:MEASURED]
    assert tried > len(tables)
    tell(
        f"{name}: {len(tables)} tables, {len(shown)} sums shown, {tried} hidden, none found; "
        f"{sum(len(one.narrow) for one in measured)} of {sum(one.tried for one in measured)} hidden sums "
        f"of {MEASURED} tables are known within less than {limit}"
    )


@pytest.mark.parametrize("name", SMALL)
def test_sums_hidden_beside_small_ones_are_few_more_than_the_fewest(
    name: str, monkeypatch: pytest.MonkeyPatch, tell: Callable[[str], None]
) -> None:
    """With the tables that are read at the coarser level, and without giving up any."""
    shape, chance = SHAPES[name], Random(name)
    monkeypatch.setattr("indicators.request.load_conventions", lambda: {shape.convention.key: shape.convention})
    tables = [draw_table(shape, 1001 + 2 * rank, chance) for rank in range(SMALL[name])]
    ways: list[list[Hiding]] = []
    for most in (0.5, 1.0):
        monkeypatch.setattr("indicators.shown.pattern.MOST", most)
        monkeypatch.setattr("indicators.shown.universe._SHELF", _Shelf())
        views = look(open_tables(tables), tables, with_spans=False)
        ways.append([count_hidden(one, views[one.year]) for one in tables])
    assert [one.recovered for table in tables if (one := attack(table, views[table.year])).recovered] == []
    fewest = [find_minimum(one, views[one.year]) for one in tables]
    assert all(least.beside <= ours.beside for least, ours in zip(fewest, ways[1], strict=True))
    given_up, ours, least = (sum(one.beside for one in way) for way in (*ways, fewest))
    assert ours <= 1.5 * least
    sums, primary = sum(one.sums for one in fewest), sum(one.primary for one in fewest)
    tell(
        f"{name}: of {sums} sums of {len(tables)} tables, {primary} are small; hidden beside them: "
        f"{ours / sums:.1%} ({ours}), at the least {least / sums:.1%} ({least}), "
        f"{given_up / sums:.1%} ({given_up}) with the tables read at the coarser level"
    )


def test_what_an_edition_hid_stays_hidden_after_a_revision(tmp_path: Path) -> None:
    """Two counts that are not small grow; the reader keeps both editions and knows which counts were revised. Nothing
    is found; without keeping in mind what the first edition hid, counts are."""
    counters = tuple(place.code for place in TROYES.places if place.kind == "pce")
    shape = Shape("points conseil", TROYES, ("positionnes_offres",), counters, "semestre",
                  indicators=("positionnes_offres",))  # fmt: skip
    chance = Random("révision")
    tables = [draw_table(shape, 1001 + 2 * rank, chance) for rank in range(60)]
    found: dict[bool, list[int]] = {}
    for is_kept in (False, True):
        database = open_database(tmp_path / f"{is_kept}.duckdb")
        revise(database, tables)
        before = look(database, tables, with_spans=False)
        if is_kept:
            assert keep_hidden(database, shape.convention, "7c1e 04ba") > 0
            assert keep_hidden(database, shape.convention, "7c1e 04ba") == 0
        revised = [_revise(table, Random(table.year)) for table in tables]
        revise(database, revised)
        after = look(database, revised, with_spans=False)
        pairs = [join_states(old, new, (before[old.year], after[old.year]))
                 for old, new in zip(tables, revised, strict=True)]  # fmt: skip
        database.close()
        found[is_kept] = [table.year for table, view in pairs if attack(table, view).recovered]
    assert found[False] != []
    assert found[True] == []


def _revise(table: Table, chance: Random) -> Table:
    """The same table, two of the counts that are not small being larger."""
    large = [atom for atom, value in table.counts.items() if value >= 5]
    chosen = chance.sample(large, min(2, len(large)))
    grown = {atom: table.counts[atom] + chance.randint(1, 60) for atom in chosen}
    return replace(table, counts={**table.counts, **grown})


def test_producers_own_figures_hide_nothing_from_the_attack(monkeypatch: pytest.MonkeyPatch) -> None:
    """The attack does find what secrecy does not hide: one count taken out of a whole view is solved."""
    shape = SHAPES["communes et taux"]
    table = draw_table(shape, 1001, Random("vue entière"))
    view = look(open_tables([table]), [table], audience="producteur")[1001]
    lost = next(iter(sum_ for sum_ in view.shown if len(sum_) == 1))
    del view.shown[lost]
    view.hidden.add(lost)
    assert attack(table, view).recovered == [lost]


def test_same_counts_give_the_same_answer_whatever_was_asked_before() -> None:
    shape = SHAPES["sexes"]
    table = draw_table(shape, 2024, Random("ordre"))
    asked = [
        Request("plie-martigues", ("2024-S1", "2024-S2"), by, ("presents",), audience="comite")
        for by in ((), ("territoire",), ("sexe",), ("territoire", "periode", "sexe"))
    ]
    first, second = (open_tables([table]) for _ in range(2))
    forwards = [compute_figures(first, one) for one in asked]
    assert [compute_figures(second, one) for one in reversed(asked)] == forwards[::-1]

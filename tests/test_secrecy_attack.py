"""Tables are drawn, all that a committee can be shown of them is seen, and every hidden count is bounded by linear
programming: none may be found."""

import sys
from dataclasses import replace
from random import Random

import pytest

from conventions.agreements import load_conventions
from indicators.figures import Request, compute_figures
from tests.attacks import Shape, attack, draw_table, group, look, open_tables, two_levels

PLIE = load_conventions()["plie-martigues"]
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
# A thousand tables: fewer of those that take long, a year of months by four places.
TABLES = {"communes et taux": 300, "deux niveaux": 150, "cumuls par mois": 50, "sexes": 300, "âges sans total": 200}
MEASURED = 10


@pytest.mark.parametrize("name", SHAPES)
def test_no_hidden_count_of_a_thousand_tables_is_found(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each table has its year, apart from the others, so that none opens another."""
    shape, chance = SHAPES[name], Random(name)
    monkeypatch.setattr("indicators.request.load_conventions", lambda: {shape.convention.key: shape.convention})
    tables = [draw_table(shape, 1001 + 2 * rank, chance) for rank in range(TABLES[name])]
    limit, views = shape.convention.secrecy_threshold, look(open_tables(tables), tables)
    outcomes = [attack(one, views[one.year], with_widths=rank < MEASURED) for rank, one in enumerate(tables)]
    assert [one.recovered for one in outcomes if one.recovered] == []
    shown = [value for view in views.values() for value in view.shown.values()]
    assert [value for value in shown if 0 < value < limit] == []
    tried, measured = sum(one.tried for one in outcomes), outcomes[:MEASURED]
    assert tried > len(tables)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{name}: {len(tables)} tables, {len(shown)} sums shown, {tried} hidden, none found; "
            f"{sum(len(one.narrow) for one in measured)} of {sum(one.tried for one in measured)} hidden sums "
            f"of {MEASURED} tables are known within less than {limit}\n"
        )


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

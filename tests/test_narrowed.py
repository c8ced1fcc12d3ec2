"""Requests narrowed to one place, to one group or to one source: the figures of just these, or why there is none."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from etl.load import load_report
from indicators.figures import Request, RequestError, compute_figures
from indicators.refusals import refuse_group, refuse_source
from indicators.values import Figure
from store.database import Database, open_database
from tests.deliveries import figure, path, report

RSA = (("public", "rsa"),)
PRESENTS = "DE présents / reçus en premier accueil"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Two communes, the people on RSA apart, present ones by prescriber but never both, and another source."""
    rows = [
        one
        for place, more in (("13056", 2), ("13077", 3))
        for one in (
            figure("orientes", 20 + more, territory=place, cell=f"B{more}"),
            figure("orientes", 10 + more, territory=place, cell=f"C{more}", public="rsa"),
            figure("presents", 15 + more, territory=place, cell=f"D{more}"),
            figure("presents", 8 + more, territory=place, cell=f"E{more}", public="rsa"),
            figure("presents", 12 + more, territory=place, cell=f"F{more}", prescripteur="france_travail"),
        )
    ]
    other = figure("orientes", 25, source="france-travail")
    paths = [path("p1", date_orientation="2024-02-03", date_premier_contact="2024-02-09", publics=("rsa",))]
    with open_database(tmp_path_factory.mktemp("champ") / "jalons.duckdb") as opened:
        load_report(opened, report(*rows))
        load_report(opened, report(other, source="france-travail", file="france-travail.xlsx"))
        load_report(opened, report(paths=paths, file="parcours.xlsx"))
        yield opened


def ask(database: Database, *indicators: str, **asked: object) -> list[Figure]:
    """The first quarter of 2024, read long after."""
    request = Request("plie-martigues", ("2024-T1",), indicators=indicators, as_of=date(2030, 1, 1))
    return compute_figures(database, replace(request, **asked))  # type: ignore[arg-type]


def test_figure_of_one_place_is_that_of_the_table_by_place(database: Database) -> None:
    """It says its place, so that its proof is the same."""
    by_place = ask(database, "orientes", "taux_presence", by=("territoire",))
    alone = [ask(database, code, territories=("13077",))[0] for code in ("orientes", "taux_presence")]
    assert alone == [one for one in by_place if one.territory == "13077"]


def test_place_of_which_nothing_is_known_has_a_hole_and_not_the_whole(database: Database) -> None:
    (one,) = ask(database, "orientes", territories=("13098",))
    assert (one.territory, one.value, one.state) == ("13098", None, "n.d.")


def test_group_counts_both_sides_and_places_are_read_of_it(database: Database) -> None:
    (whole,) = ask(database, "orientes", segment=RSA)
    assert (whole.value, whole.segment) == (25, RSA)
    assert [one.value for one in ask(database, "orientes", by=("territoire",), segment=RSA)] == [12, 13]


def test_rate_whose_prescriber_no_return_crosses_with_the_group_counts_everyone_and_keeps_its_preference(
    database: Database,
) -> None:
    (rate,) = ask(database, "taux_presence", segment=RSA)
    assert (rate.numerator, rate.denominator) == (21, 25)
    assert rate.terms[0].prefer
    (plain,) = ask(database, "taux_presence")
    assert (plain.numerator, plain.terms[0].prefer) == (29, ())


def test_group_that_a_count_does_not_have_is_a_hole_with_its_reason(database: Database) -> None:
    (one,) = ask(database, "orientes", segment=(("sexe", "femme"),))
    assert (one.value, one.state) == (None, "n.d.")
    assert one.reason == refuse_group("DE orientés vers le PLIE", "Femmes")


@pytest.mark.parametrize("code", ["part_rsa", "participants_par_accompagnateur"])
def test_figure_that_fixes_the_axis_or_does_not_carry_it_is_refused(database: Database, code: str) -> None:
    """The share of one public among another would be read over two different groups."""
    (one,) = ask(database, code, segment=(("public", "qpv"),))
    assert (one.value, one.numerator, one.denominator) == (None, None, None)
    assert "Axe « Public »" in one.reason


def test_source_never_takes_the_counts_of_another(database: Database) -> None:
    (count,) = ask(database, "orientes", source="france-travail")
    (rate,) = ask(database, "taux_presence", source="france-travail")
    assert (count.value, count.source) == (25, "france-travail")
    assert (rate.value, rate.reason) == (None, refuse_source(PRESENTS, "France Travail"))


def test_axis_cannot_be_both_fixed_and_asked_for(database: Database) -> None:
    with pytest.raises(RequestError, match="Le découpage « public »"):
        ask(database, "orientes", by=("public",), segment=RSA)

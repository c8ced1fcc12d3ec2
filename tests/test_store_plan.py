"""A convention and the catalogue in; the counts that its paths give out."""

from dataclasses import replace

from conventions.agreements import load_conventions
from conventions.catalogue import EVENTS, load_catalogue
from conventions.values import Convention
from store.plan import Plan, make_plan

MARTIGUES = load_conventions()["plie-martigues"]
ILLE_ET_VILAINE = load_conventions()["accompagnement-global-35"]


def plan(convention: Convention | None) -> Plan:
    return make_plan(convention, load_catalogue())


def measures(convention: Convention, reading: str) -> list[str]:
    return [count.measure for count in plan(convention).counts if count.reading == reading]


def test_plie_counts_its_funnel_its_exits_and_its_open_paths() -> None:
    funnel = ["orientes", "presents", "diagnostics", "integres", "sorties", "sorties_positives"]
    assert measures(MARTIGUES, "flux") == [*funnel, "participants"]
    assert measures(MARTIGUES, "cohorte") == funnel


def test_convention_without_orientation_has_no_cohort() -> None:
    assert measures(ILLE_ET_VILAINE, "flux") == ["sorties", "entrees", "en_cours"]
    assert measures(ILLE_ET_VILAINE, "cohorte") == []


def test_convention_without_positive_motive_counts_no_positive_exit() -> None:
    without = replace(MARTIGUES, exits=tuple(exit for exit in MARTIGUES.exits if not exit.is_positive))
    assert "sorties_positives" not in measures(without, "flux")
    assert "sorties" in measures(without, "flux")


def test_measure_that_the_convention_does_not_follow_is_not_counted() -> None:
    narrow = replace(MARTIGUES, indicators=("taux_presence",), objectives=())
    assert measures(narrow, "flux") == ["orientes", "presents"]


def test_objective_s_measure_is_counted() -> None:
    (objective,) = [found for found in MARTIGUES.objectives if found.indicator == "integres"]
    narrow = replace(MARTIGUES, indicators=("orientes",), objectives=(objective,))
    assert measures(narrow, "flux") == ["orientes", "integres"]


def test_no_convention_counts_nothing() -> None:
    assert plan(None) == Plan()


def test_flux_counts_at_its_event_and_cohort_from_its_stage_on() -> None:
    found = {(count.measure, count.reading): count for count in plan(MARTIGUES).counts}
    assert found["diagnostics", "flux"].dates == ("date_diagnostic",)
    assert found["diagnostics", "cohorte"].dates == EVENTS[2:]
    assert found["orientes", "flux"].is_sent
    assert not found["presents", "flux"].is_sent
    assert found["presents", "cohorte"].is_sent
    assert found["participants", "flux"].is_stock


def test_axes_are_those_of_paths_that_the_measure_may_carry() -> None:
    found = {count.measure: count.axes for count in plan(MARTIGUES).counts}
    assert found["orientes"] == ("public", "sexe", "age", "niveau_formation")
    assert "prescripteur" in found["integres"]
    assert {"motif", "categorie"} <= set(found["sorties"])


def test_motives_carry_their_category_and_whether_it_is_positive() -> None:
    motifs = plan(MARTIGUES).motifs or {}
    assert motifs["cdi"] == ("positive_emploi", True)
    assert motifs["deces"] == ("administrative", False)

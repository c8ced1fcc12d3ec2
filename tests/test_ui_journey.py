"""The funnel's stages, its sentences, its places and its two sources, from invented figures."""

from __future__ import annotations

from dataclasses import replace

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.periods import parse_period
from indicators.evolution import Evolution, LeftOut
from indicators.gaps import Gap
from indicators.request import Request
from indicators.rules import list_terms, prefer_terms
from indicators.values import Figure
from tests.invented import invent
from ui.charts.funnel import Rate
from ui.french import MISSING
from ui.journey.funnel import say_field, write_evolution
from ui.journey.places import build_points, build_shares, write_heat_title, write_places_title
from ui.journey.sources import find_common, read_gap
from ui.journey.stages import CALLED, build_stages, find_widest, has_reserve, read_counts, write_funnel_title
from ui.journey.study import Choice, Study
from ui.readings import by_indicator
from ui.spans import cover

MARTIGUES = load_conventions()["plie-martigues"]
CATALOGUE = load_catalogue()


def path(
    orientes: float, presents: float, diagnostics: float, integres: float, territory: str | None = None
) -> list[Figure]:
    """The figures that a funnel is made of."""
    return [
        invent("taux_presence", presents, orientes, territory=territory),
        invent("taux_diagnostic_prescrits", diagnostics, orientes, territory=territory),
        invent("taux_integration_orientation", integres, orientes, territory=territory),
    ]


WHOLE = by_indicator(path(412, 268, 214, 131))


def study(places: list[Figure]) -> Study:
    choice = Choice(MARTIGUES, cover(2025, 1, 9, "trimestre"), None, "flux", "producteur")
    return Study(choice, WHOLE, None, {}, places, [], [], {}, WHOLE)


def test_counts_are_nested_over_the_same_people() -> None:
    assert [count.value for count in read_counts(WHOLE)] == [412, 268, 214, 131]


def test_counts_under_secrecy_are_not_given_away() -> None:
    hidden = {
        **WHOLE,
        "taux_integration_orientation": invent("taux_integration_orientation", None, None, state="secret"),
    }
    assert [count.state for count in read_counts(hidden)] == ["ok", "ok", "ok", "secret"]
    assert read_counts(hidden)[3].value is None


def test_stages_carry_both_rates_and_last_year() -> None:
    stages = build_stages(WHOLE, by_indicator(path(438, 272, 205, 126)), reading="flux", year=2025)
    assert stages[0].step == Rate()
    assert stages[2].step == Rate("80\u00a0%", "(214/268)", "2024\u00a0: 75\u00a0%")
    assert stages[2].overall == Rate("52\u00a0%", "(214/412)", "2024\u00a0: 47\u00a0%")
    assert stages[3].last_year == 126


def test_flux_has_gaps_and_only_a_cohort_has_losses() -> None:
    flux = build_stages(WHOLE, None, reading="flux", year=2025)[1].gap_text
    cohort = build_stages(WHOLE, None, reading="cohorte", year=2025)[1].gap_text
    assert flux == "au premier contact (35\u00a0%)"
    assert cohort == "perdus au premier contact (35\u00a0%)"


def test_stages_that_count_every_prescriber_say_so_and_carry_a_reserve() -> None:
    """The numerator prefers those whom France Travail sent: no return tells them apart."""
    catalogue = load_catalogue()
    plain = {
        code: replace(one, terms=list_terms(catalogue.indicator(code))) for code, one in WHOLE.items()
    }  # fmt: skip
    preferred = {code: replace(one, terms=prefer_terms(one.terms) or ()) for code, one in plain.items()}
    last, sent = (build_stages(one, None, reading="flux", year=2025)[3] for one in (plain, preferred))
    assert (last.label, last.note) == ("Intégrés", "tous prescripteurs confondus")
    assert (sent.label, sent.note) == ("Intégrés, orientés par FT", "contrat signé")
    assert (has_reserve(read_counts(plain)), has_reserve(read_counts(preferred))) == (True, False)
    in_cohort = {code: replace(one, asked=Request("plie-martigues", reading="cohorte")) for code, one in plain.items()}
    assert not has_reserve(read_counts(in_cohort))
    over = {**plain, "taux_presence": replace(plain["taux_presence"], numerator=500)}
    assert build_stages(over, None, reading="flux", year=2025)[1].gap_text == "autres prescripteurs compris"


def test_other_source_is_read_by_its_own_counts_and_no_rate_is_made_of_two() -> None:
    counts = {"orientes": 604.0, "convoques": 485.0, "presents_ic": 283.0}
    figures = {code: invent(code, value, source="france-travail") for code, value in counts.items()}
    stages = build_stages(figures, None, reading="flux", year=2025, steps=CALLED)
    assert [one.count for one in stages] == [604, 485, 283]
    assert [one.step for one in stages] == [Rate(), Rate(), Rate("58\u00a0%", "(283/485)")]
    assert {one.overall for one in stages} == {Rate()}
    assert "283 présents à l’information collective pour 485 convoqués" in write_funnel_title(
        read_counts(figures, CALLED), reading="flux", steps=CALLED
    )


def test_stage_above_the_one_before_is_a_shift() -> None:
    stage = build_stages(by_indicator(path(100, 60, 20, 30)), None, reading="flux", year=2025)[3]
    assert stage.is_shifted
    assert stage.gap_text == "décalage de période"


def test_title_names_the_widest_gap() -> None:
    counts = read_counts(WHOLE)
    assert find_widest(counts) == 1
    assert write_funnel_title(counts, reading="flux") == (
        "C’est au premier contact que l’écart est le plus grand\u00a0: 268 présents pour 412 orientés"
    )
    assert "la perte est la plus grande" in write_funnel_title(counts, reading="cohorte")


def test_title_of_an_unknown_path_claims_nothing() -> None:
    assert write_funnel_title(read_counts({}), reading="flux") == "Le parcours ne peut pas encore être lu"
    assert (
        write_funnel_title(read_counts(by_indicator(path(5, 5, 5, 5))), reading="flux")
        == "Aucune étape n’est en retrait"
    )


def test_places_title_leaves_small_numbers_out() -> None:
    places = [*path(236, 158, 127, 79, "13056"), *path(131, 82, 66, 42, "13077"), *path(10, 9, 9, 9, "13098")]
    title = write_places_title(study(places), MARTIGUES.places)
    told = "Martigues intègre 33\u00a0% des personnes orientées, Port-de-Bouc 32\u00a0%"
    assert title == f"{told}\u202f; sur si peu de personnes, le hasard peut l’expliquer"


def test_places_title_says_nothing_of_chance_when_intervals_are_apart() -> None:
    places = [*path(236, 158, 127, 79, "13056"), *path(131, 82, 66, 13, "13077")]
    title = write_places_title(study(places), MARTIGUES.places)
    assert title == "Martigues intègre 33\u00a0% des personnes orientées, Port-de-Bouc 10\u00a0%"


def test_places_title_without_two_places_ranks_nothing() -> None:
    assert (
        write_places_title(study(path(236, 158, 127, 79, "13056")), MARTIGUES.places)
        == "Le parcours, territoire par territoire"
    )


def test_rates_title_names_the_gap_that_chance_does_not_make() -> None:
    apart = [*path(236, 158, 127, 79, "13056"), *path(131, 82, 66, 13, "13077"), *path(10, 9, 9, 1, "13098")]
    title = write_heat_title(study(apart), MARTIGUES.places, CATALOGUE, "communes")
    assert title.endswith("l’écart le plus net entre communes, de 10\u00a0% (Port-de-Bouc) à 33\u00a0% (Martigues)")
    near = [*path(236, 158, 127, 79, "13056"), *path(131, 82, 66, 42, "13077")]
    assert write_heat_title(study(near), MARTIGUES.places, CATALOGUE, "communes") == (
        "Entre communes, aucun écart de taux ne dépasse le hasard"
    )


def test_shares_start_with_all_and_keep_their_counts() -> None:
    shares = build_shares(WHOLE, by_indicator(path(438, 272, 205, 126)))
    assert [share.share for share in shares] == [1.0, 268 / 412, 214 / 412, 131 / 412]
    assert (shares[1].text, shares[1].counts, shares[1].last_year) == ("65\u00a0%", "(268/412)", 272 / 438)


def test_points_keep_the_word_of_a_hole() -> None:
    place = MARTIGUES.places[0]
    lines = [
        invent("taux_integration_diagnostic", 28, 48, territory=place.code, period="2025-T1"),
        invent(
            "taux_integration_diagnostic", None, None, territory=place.code, period="2025-T2", state="secret"
        ),
    ]
    assert [(point.label, point.text) for point in build_points(lines, place)] == [
        ("T1", "58\u00a0%"),
        ("T2", "secret"),
    ]


def test_gap_of_two_sources_stands_on_common_ground() -> None:
    known = (invent("orientes", 235), invent("orientes", 242, source="france-travail"))
    hole = (invent("orientes", 142), invent("orientes", None, source="france-travail", state="n.d."))
    assert read_gap(known) == (235, 242)
    assert read_gap(hole) is None
    assert read_gap((known[0], replace(known[1], state="partiel"))) is None


def test_a_place_is_compared_over_the_periods_that_both_sources_give() -> None:
    def gap(place: str, period: str, other: float | None) -> Gap:
        theirs = invent("orientes", other, source="france-travail", state="ok" if other is not None else "n.d.")
        return Gap("orientes", place, period, invent("orientes", 50), theirs)

    gaps = [gap("13056", "2026-T1", 52), gap("13056", "2026-T2", 50), gap("13077", "2026-T1", 51)]
    gaps += [gap("13077", "2026-T2", None), gap("13098", "2026-T1", None)]
    assert find_common(gaps, "13056") is None
    assert find_common(gaps, "13077") == ("2026-T1",)
    assert find_common(gaps, "13098") is None


def test_an_evolution_is_told_over_the_territories_known_at_both_dates() -> None:
    indicator = load_catalogue().indicator("taux_presence")
    now, before = (invent("taux_presence", *counts) for counts in ((180, 300), (150, 300)))
    year, left = parse_period("2025"), LeftOut("13077", is_known_now=False, is_known_before=True)
    narrowed = Evolution(indicator, year, year.shift(-1), now, before, ("13056", "13098"), (left,))
    seen = replace(study([]), narrowed={"taux_presence": narrowed})
    assert write_evolution(seen, WHOLE["taux_presence"], indicator) == ("50\u00a0% (150/300)", "+10 points")
    assert say_field(seen, "taux_presence") == (
        "Évolution à champ constant, sans Port-de-Bouc\u00a0: 60\u00a0% (180/300) en 2025"
    )
    refused = replace(seen, narrowed={"taux_presence": replace(narrowed, reason="La définition change.")})
    assert write_evolution(refused, WHOLE["taux_presence"], indicator) == (MISSING, MISSING)

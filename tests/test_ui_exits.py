"""The page of exits: its words and its charts from invented figures, then the page itself on the demonstration."""

from __future__ import annotations

from dataclasses import replace

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.periods import parse_period
from conventions.statuses import ON_TRACK
from indicators.evolution import Evolution, LeftOut
from indicators.objectives import ObjectiveReading
from indicators.values import Figure
from tests.invented import invent
from ui.charts.columns import draw_columns, draw_rates
from ui.charts.motives import draw_motives
from ui.exits.cards import read_firm, write_categories_title
from ui.exits.course import build_columns, write_course_title
from ui.exits.motives import is_blanked, list_motives, write_motives_title
from ui.exits.reading import COUNT, POSITIVE, RATE, Exits, has_exits, list_quarters
from ui.exits.words import write_evolution, write_lead, write_other_reading, write_title
from ui.readings import by_indicator
from ui.shell import Screen
from ui.spans import Span

CATALOGUE, CONVENTIONS = load_catalogue(), load_conventions()
PLIE, GLOBAL = CONVENTIONS["plie-martigues"], CONVENTIONS["accompagnement-global-35"]
SCREEN = Screen("", None, CONVENTIONS, CATALOGUE, (), parse_period("2026").end)  # type: ignore[arg-type]
QUARTERS = tuple(parse_period(code) for code in ("2026-T1", "2026-T2"))
OBJECTIVE = next(one for one in PLIE.objectives if one.indicator == RATE)
HIDDEN = invent(COUNT, None, state="secret", segment={"motif": "deces"})


def plain(text: str) -> str:
    """No-break spaces as plain ones."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def by_motive(**counts: float) -> dict[str, Figure]:
    return {code: invent(COUNT, count, segment={"motif": code}) for code, count in counts.items()}


def by_category(**counts: float) -> dict[str, Figure]:
    return {code: invent(COUNT, count, segment={"categorie": code}) for code, count in counts.items()}


def exits_of(
    *whole: Figure,
    motives: dict[str, Figure] | None = None,
    categories: dict[str, Figure] | None = None,
    through: tuple[Figure, ...] = (),
) -> Exits:
    figure = next((one for one in whole if one.indicator == RATE), None)
    reading = ObjectiveReading(OBJECTIVE, 2026, QUARTERS, figure, None, 0.0, ON_TRACK, None)
    return Exits(
        PLIE, Span(QUARTERS), None, "producteur", by_indicator(list(whole)), {}, categories or {}, {},
        motives or {}, through, [], None, reading,
    )  # fmt: skip


def of_global(exits: Exits) -> Exits:
    return replace(exits, convention=GLOBAL, objective=None)


FULL = exits_of(
    invent(COUNT, 20), invent(POSITIVE, 9), invent(RATE, 9, 20, state="provisoire"),
    motives=by_motive(cdi=6, certification=3, abandon=5, rupture=1, demenagement=5),
    categories=by_category(positive_emploi=6, positive_formation=3, initiative=6, administrative=5),
    through=(
        invent(COUNT, 12, period="2026-T1"), invent(POSITIVE, 6, period="2026-T1"),
        invent(RATE, 6, 12, period="2026-T1"),
        invent(COUNT, 8, period="2026-T2"), invent(POSITIVE, 3, period="2026-T2"),
        invent(RATE, 3, 8, period="2026-T2", state="provisoire"),
    ),
)  # fmt: skip


def test_title_tells_the_rate_against_its_objective() -> None:
    assert plain(write_title(FULL)) == (
        "45 % de sorties positives (9/20), provisoire : 5 points au-dessous de l’objectif de 50 %"
    )
    assert plain(write_title(exits_of(invent(RATE, 10, 20)))).endswith("juste l’objectif de 50 %")
    assert plain(write_title(exits_of(invent(RATE, 51, 100)))).endswith("1 point au-dessus de l’objectif de 50 %")
    assert "ne peut pas être lu" in plain(write_title(exits_of(invent(RATE, None, state="secret"))))


def test_a_quarter_is_told_against_an_objective_of_the_year() -> None:
    quarter = replace(exits_of(invent(RATE, 10, 25)), span=Span(QUARTERS[:1]))
    assert plain(write_title(quarter)).endswith("10 points au-dessous de l’objectif annuel de 50 %")


def test_title_without_agreed_rate_tells_the_first_motive() -> None:
    exits = of_global(exits_of(invent(COUNT, 12), motives=by_motive(emploi=3, formation=9)))
    assert plain(write_title(exits)) == "Formation : premier motif de sortie, 75 % (9 sur 12)"
    assert "Aucun taux de sorties positives" in write_lead(exits)
    other = replace(exits, whole=by_indicator([invent(COUNT, 30, missing=(("cdas-1", "2026-T1"),))]))
    assert plain(write_title(other)) == "Formation : le premier motif de sortie (9)"
    assert plain(write_title(of_global(exits_of()))) == "Les sorties ne sont pas connues par motif"


def test_the_other_denominator_stands_beside_and_tells_nothing_hidden() -> None:
    assert plain(write_other_reading(FULL)).endswith("60 % (9/15).")
    assert plain(write_other_reading(replace(FULL, categories={}))) == ""
    hidden = {"administrative": invent(COUNT, None, state="secret", segment={"categorie": "administrative"})}
    assert plain(write_other_reading(replace(FULL, categories=hidden))) == ""
    without = replace(PLIE, positive_denominator="sorties_hors_administratives")
    assert plain(write_other_reading(replace(FULL, convention=without))).endswith("36 % (9/25).")


def evolution(**changes: object) -> Evolution:
    now, before = invent(RATE, 9, 20), invent(RATE, 8, 20)
    periods = (parse_period("2026-T2"), parse_period("2025-T2"))
    return replace(Evolution(CATALOGUE.indicator(RATE), *periods, now, before), **changes)  # type: ignore[arg-type]


def test_evolution_names_the_places_it_leaves_out() -> None:
    said = plain(write_evolution(evolution(), FULL))
    assert said == "<b>+5 points</b> sur un an, contre 40 % (8/20) à la même période de 2025, à champ constant."
    narrowed = evolution(kept=("13056", "13077"), left_out=(LeftOut("13098", True, False),))
    said = plain(write_evolution(narrowed, FULL))
    assert "constant : Martigues et Port-de-Bouc, sans Saint-Mitre-les-Remparts" in said
    assert plain(write_evolution(evolution(reason="Rupture."), FULL)) == "Rupture."
    assert "n’est pas connue" in plain(write_evolution(evolution(before=None), FULL))
    assert plain(write_evolution(None, FULL)) == ""


def test_categories_that_gained_and_lost_most_are_named() -> None:
    before = by_category(positive_emploi=2, positive_formation=4, initiative=6, administrative=5)
    assert plain(write_categories_title(replace(FULL, categories_before=before))) == (
        "Accès à un emploi tenu au moins six mois, 4 de plus ; titre professionnel ou diplôme inscrit au RNCP, obtenu, "
        "1 de moins qu’en 2025"
    )
    less = by_category(positive_emploi=9)
    assert plain(write_categories_title(replace(FULL, categories_before=less))).endswith("mois, 3 de moins qu’en 2025")
    assert write_categories_title(replace(FULL, categories_before={})) == "Catégorie par catégorie"


def test_motives_are_ranked_within_their_category() -> None:
    rows = list_motives(FULL)
    told = [(one.label, one.text, one.is_head) for one in rows]
    assert told[0] == ("Accès à un emploi tenu au moins six mois", "6", True)
    assert [one[0] for one in told if not one[2]] == ["CDI", "Déménagement", "Abandon", "Rupture d’accompagnement"]
    single = next(one for one in rows if one.label.startswith("Titre professionnel"))
    assert single.is_drawn
    assert single.is_counted
    assert not any(one.is_counted for one in rows if one.label in ("Abandon", "Déménagement"))
    assert plain(write_motives_title(FULL)) == (
        "CDI, premier motif positif : 6 sur 9 ; abandon et déménagement, premiers des autres : 5 chacun sur 11"
    )


def test_a_committee_is_told_no_small_rest_of_the_exits() -> None:
    near = replace(FULL, whole=by_indicator([invent(COUNT, 20), invent(POSITIVE, 17), invent(RATE, 17, 20)]))
    assert "sur 3" in plain(write_motives_title(near))
    assert write_motives_title(replace(near, audience="comite")) == "Pourquoi les parcours se terminent"


def test_without_positive_exits_the_motives_of_the_title_stand_out() -> None:
    motives = by_motive(emploi=9, formation=6, autonomie_suffisante=4, problematique_resolue=1)
    categories = by_category(emploi=9, formation=6, autonomie=5)
    exits = of_global(exits_of(invent(COUNT, 20), motives=motives, categories=categories))
    named = [one.label for one in list_motives(exits) if one.is_counted and one.is_drawn]
    assert named == ["Emploi", "Formation", "Autonomie suffisante"]
    assert plain(write_motives_title(exits)) == "Emploi, formation et autonomie suffisante : 95 % des sorties"


def test_motives_mostly_secret_are_read_by_category() -> None:
    motives = {**by_motive(cdi=6), "deces": HIDDEN, "sante": HIDDEN}
    exits = replace(FULL, motives=motives)
    assert is_blanked(exits)
    assert all(one.is_head and one.is_drawn for one in list_motives(exits))
    assert not is_blanked(replace(exits, motives={**by_motive(cdi=6, abandon=5), "deces": HIDDEN}))


def test_a_hidden_motive_says_its_word_last() -> None:
    exits = replace(FULL, motives={**by_motive(demenagement=5), "deces": HIDDEN})
    own = [one for one in list_motives(exits) if not one.is_head]
    assert [(one.label, one.text, one.value) for one in own] == [("Déménagement", "5", 5), ("Décès", "secret", None)]
    assert len(draw_motives(list_motives(exits)).data) == 2


def test_provisional_periods_are_hatched_and_said() -> None:
    bars = build_columns(SCREEN, FULL, QUARTERS)
    assert [(one.total, one.part, one.is_provisional) for one in bars] == [(12, 6, False), (8, 3, True)]
    patterns = [one.marker.pattern.shape for one in draw_columns(bars, part_name="positives", rest_name="autres").data]
    assert patterns == [None, None, "/", None]
    texts = [note.text for note in draw_rates(bars, objective=0.5, objective_text="50 %").layout.annotations]
    assert sum("provisoire" in text for text in texts) == 1
    assert read_firm(FULL) == 0.45 * 6 / 9


def test_a_period_whose_count_is_hidden_breaks_the_charts() -> None:
    through = (*FULL.through[:3], *(replace(one, value=None, state="secret") for one in FULL.through[3:]))
    bars = build_columns(SCREEN, replace(FULL, through=through), QUARTERS)
    assert (bars[1].total, bars[1].text, bars[1].rate_text) == (None, "secret", "secret")
    assert any(note.text == "secret" for note in draw_columns(bars).layout.annotations)
    assert write_course_title(bars, QUARTERS, has_rate=True) == "Période après période"


def test_course_title_tells_the_last_period_and_the_best() -> None:
    bars = build_columns(SCREEN, FULL, QUARTERS)
    said = write_course_title(bars, QUARTERS, has_rate=True)
    assert plain(said) == (
        "38 % au 2ᵉ trimestre 2026, encore provisoire, contre 50 % au 1ᵉʳ trimestre 2026"
    )


def test_months_are_read_by_whole_quarters() -> None:
    months = [parse_period(f"2025-{rank:02d}") for rank in range(2, 8)]
    found = list_quarters(months, Span((parse_period("2025"),)), cadence="mois")
    assert [one.code for one in found] == ["2025-T2"]
    quarters = [parse_period(f"{year}-T{rank}") for year in (2023, 2024, 2025) for rank in range(1, 5)]
    found = list_quarters(quarters, Span((parse_period("2025-T2"),)), cadence="trimestre")
    assert [one.code for one in found][::7] == ["2023-T3", "2025-T2"]


def test_conventions_that_count_exits_are_known_from_their_data() -> None:
    assert {key for key, one in CONVENTIONS.items() if has_exits(one)} == {"plie-martigues", "accompagnement-global-35"}

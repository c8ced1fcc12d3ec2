"""The page of publics: its words and its bars from invented figures."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.periods import parse_period
from conventions.statuses import ON_TRACK
from indicators.objectives import ObjectiveReading
from indicators.shares import as_share
from indicators.values import Figure
from tests.invented import invent
from ui.charts.shares import render_shares
from ui.people.cards import build_bars
from ui.people.places import is_blanked
from ui.people.reading import Part, People, find_own
from ui.people.words import find_named, list_rules, write_lead, write_places_title, write_title
from ui.spans import Span

CATALOGUE, CONVENTIONS = load_catalogue(), load_conventions()
PLIE = CONVENTIONS["plie-martigues"]
COUNT = CATALOGUE.indicator("participants")
QUARTERS = (parse_period("2026-T1"),)
OBJECTIVE = next(one for one in PLIE.objectives if one.indicator == "part_rsa")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def part(code: str, count: float | None, *, before: float | None = None, is_agreed: bool = False) -> Part:
    figure = invent("participants", count, 100, state="ok" if count is not None else "secret")
    past = invent("participants", before, 100) if before is not None else None
    reading = ObjectiveReading(OBJECTIVE, 2026, QUARTERS, figure, None, 0.0, ON_TRACK, None)
    label = CATALOGUE.axes["public"].values.get(code, code)
    return Part(code, label, figure, as_share(COUNT), past, reading if is_agreed else None)


def people_of(*publics: Part, **changes: object) -> People:
    people = People(
        PLIE, Span(QUARTERS), None, "producteur", COUNT, invent("participants", 100), publics, {}, {}, {}, (), {}
    )
    return replace(people, **changes)  # type: ignore[arg-type]


RSA, DELD, HIDDEN = part("rsa", 62, before=58, is_agreed=True), part("deld", 70), part("ass", None)


def test_title_is_the_public_that_has_an_objective() -> None:
    told = "Allocataires du RSA : 62 % (62/100), 2 points au-dessus de l’objectif de 60 %"
    assert plain(write_title(people_of(DELD, RSA))) == told
    below = part("rsa", 59, is_agreed=True)
    assert plain(write_title(people_of(below))).endswith("1 point au-dessous de l’objectif de 60 %")
    assert plain(write_title(people_of(part("rsa", 60, is_agreed=True)))).endswith("juste l’objectif de 60 %")


def test_title_without_objective_is_the_largest_public() -> None:
    title = plain(write_title(people_of(DELD, part("qpv", 30))))
    assert title.endswith("(DELD) : 70 % (70/100), le public le plus nombreux")
    assert plain(write_title(people_of(DELD))).endswith("70 % (70/100)")
    assert "ne peuvent pas être lus" in write_title(people_of(HIDDEN))


def test_bars_are_separate_and_never_stacked() -> None:
    """Each starts at zero on a scale that ends at all the people, whatever their sum."""
    bars = build_bars(people_of(DELD, RSA, HIDDEN))
    assert [(one.label[:4], one.share, one.is_named) for one in bars] == [
        ("Allo", 0.62, True),
        ("Dema", 0.7, False),
        ("Allo", None, False),
    ]
    assert bars[2].text == "secret"
    html = render_shares(bars, caption="Publics", of="Public")
    assert re.findall(r'class="j-own" style="width:([\d.]+)%', html) == ["62.00", "70.00"]


def test_the_pole_stands_at_what_was_agreed() -> None:
    (bar,) = build_bars(people_of(RSA))
    assert (bar.objective, bar.objective_text) == (0.6, "objectif 60\u00a0%")


def test_what_overlaps_and_what_makes_a_whole_is_said() -> None:
    groups = {"sexe": [part("homme", 40), part("femme", 60)], "age": [part("moins_26", 50), part("26_44", 50)]}
    said = plain(" ".join(list_rules(people_of(RSA, partitions=groups), CATALOGUE)))
    assert "Se recoupent" in said
    assert "sexe (2 groupes) et tranche d’âge (2 groupes)" in said
    assert "Aucun retour ne croise l’âge et le sexe" in said
    assert "Non reçus</b> pour cette période : niveau de formation" in said
    crossed = {("moins_26", "homme"): invent("participants", 3)}
    assert "ne croise" not in " ".join(list_rules(people_of(RSA, partitions=groups, crossed=crossed), CATALOGUE))
    lead = plain(write_lead(people_of(RSA), CATALOGUE))
    assert "<b>100</b> participants en parcours au 31/03/2026" in lead
    assert "ne font pas 100 %" in lead


def test_a_break_says_why_last_year_is_not_compared() -> None:
    said = list_rules(people_of(RSA, breaks=("Les quartiers ont changé.",)), CATALOGUE)
    assert any("2025 ne se compare pas" in one and "Les quartiers ont changé." in one for one in said)


def places(**rates: float | None) -> dict[str, dict[str, Figure]]:
    codes = {"martigues": "13056", "port": "13077", "mitre": "13098"}
    return {
        "rsa": {
            codes[name]: invent("participants", rate and 100 * rate, 100, state="ok" if rate else "secret")
            for name, rate in rates.items()
        }
    }


def test_places_title_tells_the_two_ends() -> None:
    (level,) = PLIE.levels
    people = people_of(RSA, by_place=places(martigues=0.61, port=0.66, mitre=0.63))
    assert plain(write_places_title(people, level)) == (
        "Allocataires du RSA : de 61 % (Martigues) à 66 % (Port-de-Bouc)"
    )
    same = people_of(RSA, by_place=places(martigues=0.61, port=0.61))
    assert plain(write_places_title(same, level)) == "Allocataires du RSA : 61 % partout"
    alone = people_of(RSA, by_place=places(martigues=0.61))
    assert plain(write_places_title(alone, level)) == "Les publics par territoire : communes"


def test_places_mostly_secret_are_read_for_the_whole_only() -> None:
    codes = ["13056", "13077", "13098"]
    assert is_blanked(people_of(RSA, by_place=places(martigues=None, port=None, mitre=0.6)), codes)
    assert not is_blanked(people_of(RSA, by_place=places(martigues=None, port=0.5, mitre=0.6)), codes)


@pytest.mark.parametrize(
    ("convention", "measure", "own"),
    [
        ("plie-martigues", "participants", {"part_rsa", "part_45_plus", "part_54_plus"}),
        ("metz", "accueillis", {"part_qpv_accueillis"}),
        ("rouen", "defm", {"part_qpv_defm"}),
        ("troyes", "accompagnes", set()),
    ],
)
def test_indicators_that_are_a_share_of_the_people_are_found(convention: str, measure: str, own: set[str]) -> None:
    agreed = CONVENTIONS[convention]
    assert agreed.publics == measure
    assert set(find_own(agreed, CATALOGUE, measure).values()) == own


def test_the_named_public_is_one_that_is_known() -> None:
    assert find_named(people_of(HIDDEN)) is None
    assert find_named(people_of(DELD, RSA)) is RSA

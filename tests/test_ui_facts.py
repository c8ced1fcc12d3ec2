"""A fact typed in a form is read as the French write it, and told with who said it and when."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from conventions.agreements import load_conventions
from conventions.fact_kinds import load_fact_kinds
from store.database import StoreError
from store.facts import Fact
from ui.facts.form import read_amount
from ui.facts.listing import group_facts, render_facts, write_title

METZ = load_conventions()["metz"]


@pytest.mark.parametrize(
    ("typed", "value"),
    [("11 699,00 €", 11699.0), ("11\u202f699", 11699.0), ("23398.5", 23398.5), ("0", 0.0)],
)
def test_amount_is_read_as_it_is_written(typed: str, value: float) -> None:
    assert read_amount(typed) == value


@pytest.mark.parametrize("typed", ["onze mille", "1,234,5", "-3", "12 k€"])
def test_what_is_no_amount_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(StoreError, match="11 699,00"):
        read_amount(typed)


def test_facts_are_told_with_subject_date_value_and_author() -> None:
    subject = next(iter(load_fact_kinds()["versement"].subjects(METZ)))
    fact = Fact(
        "metz", "versement", subject, None, None, "<b>solde</b>", 11699.0, date(2021, 7, 1),
        "F000001", "Ville", datetime(2026, 11, 22, 9, 0, tzinfo=UTC),
    )  # fmt: skip
    html = render_facts([[fact]], METZ)
    for words in ("Versement effectué", "01/07/2021", "11\u202f699\u00a0euros", "Ville", "22/11/2026 à 10:00"):
        assert words in html
    assert "&lt;b&gt;solde" in html


def test_source_and_place_are_told_by_name() -> None:
    place, source = METZ.places[0], METZ.sources[0]
    said = {"recorded_at": datetime(2026, 11, 22, tzinfo=UTC), "about": METZ.indicators[0], "period": "2022-S1"}
    facts = [
        Fact("metz", "raison_ecart", territory=place.code, text="Fermeture d’un site", **said),  # type: ignore[arg-type]
        Fact("metz", "source_retenue", text=source.code, **said),  # type: ignore[arg-type]
    ]
    html = render_facts(group_facts(facts), METZ)
    assert f"S1\u00a02022, {place.name}" in html
    assert source.label in html


def test_facts_that_say_but_their_day_are_told_on_one_line() -> None:
    subject = next(iter(load_fact_kinds()["engagement_tenu"].subjects(METZ)))
    said = {"recorded_at": datetime(2026, 11, 22, tzinfo=UTC), "about": subject}
    days = (date(2022, 3, 1), date(2021, 9, 14), date(2021, 3, 2))
    facts = [Fact("metz", "engagement_tenu", day=day, id=f"F{9 - rank}", **said) for rank, day in enumerate(days)]  # type: ignore[arg-type]
    told = Fact("metz", "engagement_tenu", day=days[0], id="F1", text="à la mairie", **said)  # type: ignore[arg-type]
    assert [len(own) for own in group_facts([*facts, told])] == [3, 1]
    html = render_facts(group_facts(facts), METZ)
    assert "3 fois, de F7 à F9" in html
    assert "<b>2022</b>\u00a0: 01/03<br><b>2021</b>\u00a0: 02/03,\u00a014/09" in html
    assert "Ce qui est dit" not in html
    months = [Fact("metz", "engagement_tenu", day=date(2021, month, 5), **said) for month in range(1, 6)]  # type: ignore[arg-type]
    assert "5 fois, en dernier le 05/05".replace(" ", "\u00a0") in render_facts(group_facts(months), METZ)


def test_title_counts_what_was_entered() -> None:
    assert write_title([]).startswith("Rien n’est encore saisi")
    fact = Fact("metz", "engagement_tenu", recorded_at=datetime(2026, 11, 22, tzinfo=UTC))
    assert write_title([fact]) == "1\u00a0fait saisi complète ce que disent les fichiers"

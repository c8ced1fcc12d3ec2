"""The calendar: which events fall between two days for a count, and how a mistake in it is told."""

from datetime import date
from pathlib import Path

import pytest

from conventions.catalogue import load_catalogue
from conventions.events import events_between, load_calendar, read_calendar
from conventions.reading import DataError

NEW_YEAR_2024, NEW_YEAR_2025 = date(2024, 1, 1), date(2025, 1, 1)
EVENT = """
[[events]]
code = "un"
day = 2024-05-01
label = "un"
sentence = "Un jour."
break = true
"""


def codes(start: date, end: date, *measures: str, **scope: object) -> list[str]:
    """The events between two days."""
    return [one.code for one in events_between(start, end, measures=measures, **scope)]  # type: ignore[arg-type]


def test_event_is_between_two_days_when_it_falls_after_the_first() -> None:
    assert codes(date(2023, 12, 31), NEW_YEAR_2024, "convoques") == ["france-travail"]
    assert codes(NEW_YEAR_2024, date(2024, 12, 31), "convoques") == []


def test_event_concerns_its_own_measures_and_segments() -> None:
    whole = (date(2023, 6, 30), date(2025, 6, 30))
    assert codes(*whole, "defm") == ["france-travail", "loi-plein-emploi"]
    assert codes(*whole, "pmsmp") == []
    assert codes(*whole, "pmsmp", segments=[(("public", "qpv"),)]) == ["qpv-2024"]
    assert codes(*whole, "pmsmp", segments=[(("public", "rsa"),)]) == []


def test_event_of_some_territories_concerns_them_alone(tmp_path: Path) -> None:
    file = tmp_path / "calendar.toml"
    file.write_text(EVENT + 'territories = ["13056"]\n', encoding="utf-8")
    (event,) = read_calendar(file, load_catalogue())
    assert event.concerns(["orientes"], [], ["13056", "13077"])
    assert not event.concerns(["orientes"], [], ["13077"])


def test_every_event_says_what_to_know_in_a_sentence() -> None:
    assert len(load_calendar()) >= 4
    assert [one.code for one in load_calendar() if not one.sentence.endswith(".") or len(one.label) > 24] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (EVENT + 'measures = ["orientees"]\n', "vouliez-vous « orientes » ?"),
        (EVENT + 'segments = { public = ["zus"] }\n', "« zus » inconnu"),
        (EVENT + "until = 2025-01-01\n", "« events[1].until » : clé inconnue"),
        (EVENT + EVENT, "« un » est donné plusieurs fois"),
    ],
)
def test_mistake_in_the_calendar_is_told(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "calendar.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as refused:
        read_calendar(file, load_catalogue())
    assert message in str(refused.value)

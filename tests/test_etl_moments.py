"""Words of labels in; the year and part of the year that they name out."""

import pytest

from conventions.text import normalise
from etl.moments import Moment, read_moment


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2024", "2024"),
        ("Année 2024", "2024"),
        ("exercice 2024", "2024"),
        ("1996T1", "1996-T1"),
        ("2025T2", "2025-T2"),
        ("2024-T2", "2024-T2"),
        ("T2 2024", "2024-T2"),
        ("T2-24", "2024-T2"),
        ("4T2023", "2023-T4"),
        ("1T 2024", "2024-T1"),
        ("Q1 2024", "2024-T1"),
        ("2024 (T1)", "2024-T1"),
        ("2e trimestre 2024", "2024-T2"),
        ("2ème trimestre 2024", "2024-T2"),
        ("1er trim. 2024", "2024-T1"),
        ("Deuxième trimestre de l’année 2024", "2024-T2"),
        ("IIe trimestre 2024", "2024-T2"),
        ("Trimestre 3 2024", "2024-T3"),
        ("trimestre n° 3 2024", "2024-T3"),
        ("3T24", "2024-T3"),
        ("T3'24", "2024-T3"),
        ("M06 2024", "2024-06"),
        ("janvier-mars 2024", "2024-T1"),
        ("1er juillet au 30 septembre 2024", "2024-T3"),
        ("du 1er janvier au 31 décembre 2024", "2024"),
        ("avril à juin 2024", "2024-T2"),
        ("du 01/01/2024 au 31/03/2024", "2024-T1"),
        ("du 01/01/2024 au 31/12/2024", "2024"),
        ("S1 2024", "2024-S1"),
        ("2024-S2", "2024-S2"),
        ("2nd semestre 2023", "2023-S2"),
        ("1er semestre 2024", "2024-S1"),
        ("201702", "2017-02"),
        ("2024-06", "2024-06"),
        ("06/2024", "2024-06"),
        ("juin 2024", "2024-06"),
        ("fin juin 2024", "2024-06"),
        ("déc. 2017", "2017-12"),
        ("janv. 24", "2024-01"),
        ("août-24", "2024-08"),
        ("Situation au 31 mars 2024", "2024-03"),
        ("au 31/12/2024", "2024-12"),
    ],
)
def test_read_moment_knows_the_spellings_of_workbooks(text: str, code: str) -> None:
    period = read_moment(normalise(text))[0].period
    assert period is not None
    assert period.code == code


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("T1", Moment(quarter=1)),
        ("2e trim.", Moment(quarter=2)),
        ("Trimestre 4", Moment(quarter=4)),
        ("premier semestre", Moment(half=1)),
        ("mars", Moment(month=3)),
    ],
)
def test_read_moment_takes_a_part_without_its_year(text: str, moment: Moment) -> None:
    assert read_moment(normalise(text)) == (moment, "")


@pytest.mark.parametrize(
    "text",
    [
        "2023-2027",
        "Convention de partenariat 2023-2027",
        "T3 2024 T4 2024",
        "T1 2024 - T2 2024",
        "5e trimestre 2024",
        "édité le 15/01/2025",
        "mis à jour le 2025-01-15",
        "le 3 avril 2025",
        "1er janvier 2025",
        "Moins de 26 ans",
        "6 à 11 mois",
        "13056",
    ],
)
def test_read_moment_takes_none_where_there_are_two_or_a_day(text: str) -> None:
    assert read_moment(normalise(text))[0].is_empty


def test_read_moment_leaves_the_other_words() -> None:
    assert read_moment(normalise("Sorties du T1 2024 (total)")) == (Moment(2024, quarter=1), "sorties du total")


def test_a_date_is_a_moment_but_no_length() -> None:
    """« Au 31 mars » dates a head count; a quarter that ends on that day is longer and wins."""
    date = read_moment("au 31 03 2024")[0]
    assert date.is_undated
    merged = date.merge(Moment(2024, quarter=1))
    assert merged is not None
    assert (merged.is_undated, merged.period and merged.period.code) == (False, "2024-T1")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Moment(2023), Moment(2024)),
        (Moment(quarter=1), Moment(quarter=2)),
        (Moment(2024, quarter=1), Moment(month=4)),
        (Moment(half=2), Moment(quarter=1)),
    ],
)
def test_moments_that_contradict_each_other_do_not_merge(one: Moment, other: Moment) -> None:
    assert one.merge(other) is None
    assert other.merge(one) is None

"""Names of EPCI in, their parts out, and which parts may stand for each other."""

import pytest

from conventions.epci_names import Status, agree, is_promoted, is_same_status, parse_epci_name


@pytest.mark.parametrize(
    ("name", "status", "core", "stem"),
    [
        ("CC de la Côte d'Albâtre", Status.COMMUNES, "cote d albatre", "cote d albatre"),
        ("Communauté d'agglomération du Pays de Gex", Status.AGGLOMERATION, "pays de gex", "pays de gex"),
        ("CU Caen la Mer", Status.URBAINE, "caen la mer", "caen la mer"),
        (
            "Métropole d'Aix-Marseille-Provence",
            Status.METROPOLE,
            "aix marseille provence",
            "aix marseille provence",
        ),
        ("Eurométropole de Metz", Status.METROPOLE, "metz", "metz"),
        ("Metz Métropole", None, "metz metropole", "metz"),
        ("CA Metz Métropole", Status.AGGLOMERATION, "metz metropole", "metz"),
        ("CA Agglomération du Choletais", Status.AGGLOMERATION, "agglomeration du choletais", "choletais"),
        ("CC Communauté de Communes de Thann-Cernay", Status.COMMUNES, "thann cernay", "thann cernay"),
        ("CA Porte de l'Isère (C,A,P,I)", Status.AGGLOMERATION, "porte de l isere", "porte de l isere"),
        ("CA du Douaisis [c,A,D,]", Status.AGGLOMERATION, "douaisis", "douaisis"),
        ("CA CAP Excellence", Status.AGGLOMERATION, "cap excellence", "cap excellence"),
        ("CC", Status.COMMUNES, "", ""),
        ("Hors EPCI", None, "hors epci", "hors epci"),
    ],
)
def test_parse_epci_name_tells_status_name_and_stem(
    name: str, status: Status | None, core: str, stem: str
) -> None:
    assert parse_epci_name(name) == (status, core, stem)


def test_statuses_agree_when_equal_or_unsaid() -> None:
    said, other, unsaid = (parse_epci_name(f"{status} X".strip()) for status in ("CC", "CA", ""))
    assert agree(said, said)
    assert agree(said, unsaid)
    assert agree(unsaid, said)
    assert not agree(said, other)


def test_an_epci_is_promoted_and_never_demoted() -> None:
    communes, agglomeration, unsaid = (parse_epci_name(f"{status} X".strip()) for status in ("CC", "CA", ""))
    assert is_promoted(communes, agglomeration)
    assert not is_promoted(agglomeration, communes)
    assert not is_promoted(communes, communes)
    assert not is_promoted(unsaid, agglomeration)


def test_a_stem_needs_a_word_that_asks_for_an_epci() -> None:
    known = parse_epci_name("Metz Métropole")
    assert is_same_status(parse_epci_name("Eurométropole de Metz"), known)
    assert not is_same_status(parse_epci_name("Metz"), known)
    assert not is_same_status(parse_epci_name("CC de Metz"), known)

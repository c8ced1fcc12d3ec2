"""Spellings in; what they name, or the sentence that refuses two meanings, out."""

import re
from pathlib import Path

import pytest

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.reading import DATA, DataError
from conventions.text import normalise
from conventions.vocabulary import HOLE_STATES, WORD_KINDS, Vocabulary, load_vocabulary, read_vocabulary

OWN = (DATA / "vocabulary.toml").read_text(encoding="utf-8")


def read(folder: Path, text: str) -> Vocabulary:
    """The vocabulary that a text makes, on the product's own catalogue."""
    path = folder / "essai.toml"
    path.write_text(text, encoding="utf-8")
    return read_vocabulary(path, load_catalogue())


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("Orientés FT", "orientes"),
        ("Nb DE orientés", "orientes"),
        ("Présents 1er accueil", "presents"),
        ("DE présents / reçus en premier accueil", "presents"),
        ("Entrées diag.", "diagnostics"),
        ("Intégrations", "integres"),
        ("Total des sorties", "sorties"),
        ("Sorties +", "sorties_positives"),
        ("File active", "participants"),
        ("Présents IC", "presents_ic"),
        ("Entrées en accompagnement global", "entrees"),
        ("Portefeuille", "en_cours"),
        ("MER", "mises_en_relation"),
        ("DEFM", "defm"),
        ("Nombre de demandeurs d'emploi", "defm"),
        ("demandeurs d’emploi inscrits", "defm"),
        ("Demandeurs d'emploi en fin de mois", "defm"),
        ("delai_demarrage_jours", "delai_demarrage_jours"),
    ],
)
def test_spelling_names_its_measure(spelling: str, code: str) -> None:
    assert load_vocabulary().measures[normalise(spelling)] == code


@pytest.mark.parametrize(
    ("spelling", "axis", "value"),
    [
        ("Catégorie A", "categorie", "A"),
        ("Catégories A,B,C", "categorie", "ABC"),
        ("cat. ABC", "categorie", "ABC"),
        ("Catégorie ABCDE", "categorie", "ABCDE"),
        ("toutes catégories", "categorie", "ABCDE"),
        ("Moins de 25 ans", "age", "moins_25"),
        ("Entre 25 et 49 ans", "age", "25_49"),
        ("Plus de 50 ans", "age", "50_plus"),
        ("< 26 ans", "age", "moins_26"),
        ("≥ 54 ans", "age", "54_plus"),
        ("45 ans et +", "age", "45_plus"),
        ("MOINS DE 3 MOIS", "anciennete", "moins_3_mois"),
        ("DE 3 À 5 MOIS", "anciennete", "3_5_mois"),
        ("A PARTIR DE 36 MOIS ET PLUS", "anciennete", "36_mois_plus"),
        ("NIV. I/II", "niveau_formation", "niv_1_2"),
        ("NIVEAU V", "niveau_formation", "niv_5"),
        ("NIV. V BIS", "niveau_formation", "niv_5bis"),
        ("Indéterminé", "niveau_formation", "indetermine"),
        ("Homme", "sexe", "homme"),
        ("Femmes", "sexe", "femme"),
        ("RSA", "public", "rsa"),
        ("CDD < 6 mois", "motif", "cdd_court"),
        ("CDD ≥ 6 mois", "motif", "cdd_6_mois"),
        ("dont prescripteur Pôle emploi", "prescripteur", "france_travail"),
    ],
)
def test_spelling_names_its_segment(spelling: str, axis: str, value: str) -> None:
    assert load_vocabulary().segments[normalise(spelling)] == (axis, value)


@pytest.mark.parametrize(
    "spelling", ["Reçus", "de 26 ans et plus", "Niveau 5", "Catégorie", "PLIE", "France Travail"]
)
def test_ambiguous_word_names_nothing(spelling: str) -> None:
    vocabulary = load_vocabulary()
    assert normalise(spelling) not in {*vocabulary.measures, *vocabulary.segments}


def test_every_measure_and_value_has_its_own_label_as_a_spelling() -> None:
    catalogue, vocabulary = load_catalogue(), load_vocabulary()
    for code, measure in catalogue.measures.items():
        assert vocabulary.measures[normalise(measure.label)] == code
        assert vocabulary.measures[normalise(code)] == code
    for code, axis in catalogue.axes.items():
        assert vocabulary.axes[normalise(axis.label)] == "segment"
        for value, label in axis.values.items():
            assert vocabulary.segments[normalise(label)] == (code, value)


def test_every_measure_has_spellings_beyond_its_label() -> None:
    spelled = set(load_vocabulary().measures.values())
    assert spelled == set(load_catalogue().measures)
    for code in spelled:
        assert re.search(rf"^{code} = \[", OWN, re.MULTILINE), code


def test_headers_name_their_role() -> None:
    axes = load_vocabulary().axes
    headers = (
        "Commune",
        "CDAS",
        "Point conseil emploi",
        "Trimestre",
        "Année",
        "Indicateur",
        "Valeur",
        "Code INSEE",
        "Motif de sortie",
        "Niveau de diplôme",
    )
    roles = [axes[normalise(text)] for text in headers]
    assert roles == [
        *["territoire"] * 3,
        "periode",
        "annee",
        "mesure",
        "valeur",
        "identifiant",
        "segment",
        "segment",
    ]


def test_absent_secret_and_not_concerned_are_three_things() -> None:
    holes = load_vocabulary().holes
    assert {holes[text] for text in ("nc", "n.c.", "nd", "n.d.", "nr", "ns", "-", "/", "…", "x")} == {"n.d."}
    assert {holes[text] for text in ("s", "s.s", "s.s.", "ss", "secret statistique", "c")} == {"secret"}
    assert {holes[text] for text in ("so", "s.o.", "sans objet")} == {"sans_objet"}
    assert set(holes.values()) == set(HOLE_STATES)


def test_columns_of_paths_are_known_by_realistic_headers() -> None:
    columns = load_vocabulary().columns
    headers = {
        "N° dossier": "identifiant",
        "Code INSEE": "code_commune",
        "Agence Pôle emploi": "agence",
        "Date d'orientation": "date_orientation",
        "Date du 1er accueil": "date_premier_contact",
        "Date d’entrée en diagnostic": "date_diagnostic",
        "Date d'intégration": "date_integration",
        "Date de sortie": "date_sortie",
        "BRSA": "public.rsa",
        "Chef de famille monoparentale": "public.monoparental",
        "Nb entretiens": "entretiens",
    }
    assert {text: columns[normalise(text)] for text in headers} == headers


def test_headers_that_identify_people_are_no_columns_of_paths() -> None:
    columns = load_vocabulary().columns
    for text in (
        "Nom",
        "Prénom",
        "NIR",
        "Date de naissance",
        "Adresse",
        "Identifiant France Travail",
        "ID France Travail",
    ):
        assert normalise(text) not in columns


def test_answers_are_yes_or_no() -> None:
    answers = load_vocabulary().answers
    assert [answers[text] for text in ("oui", "o", "x", "1", "vrai")] == [True] * 5
    assert [answers[text] for text in ("non", "n", "0", "faux")] == [False] * 4


def test_cell_is_read_under_the_header_of_its_axis_only() -> None:
    vocabulary = load_vocabulary()
    assert vocabulary.value("sexe", "F") == "femme"
    assert vocabulary.value("prescripteur", "Pôle emploi") == "france_travail"
    assert vocabulary.value("prescripteur", "Mission locale") == "autre"
    assert vocabulary.value("age", "54 ans et +") == "54_plus"
    assert vocabulary.value("sexe", "Mission locale") is None
    assert "f" not in vocabulary.segments


def test_words_that_name_nothing_have_one_kind() -> None:
    words = load_vocabulary().words
    assert set(words) == set(WORD_KINDS)
    assert sum(map(len, words.values())) == len(frozenset().union(*words.values()))
    assert {"total", "ensemble"} <= words["total"]
    assert "taux" in words["rate"]


def test_motives_of_every_convention_are_read() -> None:
    segments = load_vocabulary().segments
    for convention in load_conventions().values():
        for category in convention.exits:
            for motif, label in category.motifs.items():
                assert segments[normalise(label)] == ("motif", motif)


@pytest.mark.parametrize(
    ("old", "new", "key", "expected"),
    [
        (
            "[measures]",
            '[measures]\norientees = ["x"]',
            "measures.orientees",
            "« orientees » inconnu ; vouliez-vous",
        ),
        (
            'sorties = [\n  "Sortie"',
            'sorties = [\n  "Orientés"',
            "measures.sorties",
            "« Orientés » nomme déjà « orientes »",
        ),
        (
            'sorties = [\n  "Sortie"',
            'sorties = [\n  "Intégrés !"',
            "measures.sorties",
            "nomme déjà « integres »",
        ),
        (
            'sorties = [\n  "Sortie"',
            'sorties = [\n  "→"',
            "measures.sorties",
            "une graphie avec une lettre ou un chiffre",
        ),
        ("[segments.sexe]", "[segments.genre]", "segments.genre", "« genre » inconnu"),
        ('homme = ["Homme"', 'hommes = ["Homme"', "segments.sexe.hommes", "« hommes » inconnu"),
        ('homme = ["Homme"', 'homme = ["Femme"', "segments.sexe.femme", "« Femme » nomme déjà « homme »"),
        ('homme = ["Homme"', 'homme = ["RSA"', "segments.sexe.homme", "« rsa » nomme déjà « public = rsa »"),
        ('homme = ["Homme"', 'homme = ["Orientés"', "segments", "« orientes » est aussi dans « measures »"),
        ('total = ["Total"', 'total = ["Homme"', "words", "« homme » est aussi dans « segments »"),
        ('rate = ["Taux"', 'rate = ["Total"', "words.rate", "« Total » nomme déjà « total »"),
        ("[holes]", '[holes]\nvide = ["v"]', "holes.vide", "« vide » inconnu"),
        ("[columns]", '[columns]\nnom = ["Nom"]', "columns.nom", "« nom » inconnu"),
        ('non = ["non"', 'non = ["oui"', "answers.non", "« oui » nomme déjà « oui »"),
        ("[answers]", "[reponses]", "answers", "clé absente"),
        ("[answers]", "[autres]\n[answers]", "autres", "clé inconnue"),
        ("[cells.sexe]", "[cells.genre]", "cells.genre", "« genre » inconnu"),
        ("periode = [", "saison = [", "axes.saison", "« saison » inconnu"),
    ],
)
def test_mistake_is_refused_with_its_key(tmp_path: Path, old: str, new: str, key: str, expected: str) -> None:
    assert old in OWN
    with pytest.raises(DataError, match=f"^essai.toml, clé « {re.escape(key)} » : .*{expected}"):
        read(tmp_path, OWN.replace(old, new, 1))

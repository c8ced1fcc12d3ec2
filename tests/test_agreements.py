"""Convention files in; the five agreements, and the sentences that refuse broken ones, out."""

import re
from datetime import date
from pathlib import Path

import pytest

from conventions.agreements import list_citations, load_conventions, read_convention
from conventions.catalogue import load_catalogue
from conventions.reading import DATA, DataError
from conventions.values import Convention

KEYS = ("accompagnement-global-35", "metz", "plie-martigues", "rouen", "troyes")
MARTIGUES = (DATA / "conventions" / "plie-martigues.toml").read_text(encoding="utf-8")
TROYES = (DATA / "conventions" / "troyes.toml").read_text(encoding="utf-8")


def read(folder: Path, text: str, name: str = "plie-martigues") -> Convention:
    """The convention that a text makes."""
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return read_convention(path, load_catalogue())


def test_the_five_conventions_are_read() -> None:
    conventions = load_conventions()
    assert tuple(conventions) == KEYS
    assert {found.letter: found.key for found in conventions.values()} == {
        "M": "plie-martigues",
        "I": "accompagnement-global-35",
        "Z": "metz",
        "R": "rouen",
        "T": "troyes",
    }


@pytest.mark.parametrize(
    ("key", "start", "end"),
    [
        ("plie-martigues", date(2023, 1, 1), date(2027, 12, 31)),
        ("accompagnement-global-35", date(2023, 7, 10), date(2025, 7, 9)),
        ("metz", date(2021, 1, 1), date(2023, 12, 31)),
        ("rouen", date(2023, 7, 1), date(2025, 12, 31)),
        ("troyes", date(2020, 1, 1), date(2020, 12, 31)),
    ],
)
def test_convention_is_to_come_then_running_then_over(key: str, start: date, end: date) -> None:
    convention = load_conventions()[key]
    assert (convention.start, convention.end) == (start, end)
    states = [convention.state(day) for day in (date(2019, 1, 1), start, end, date(2028, 1, 1))]
    assert states == ["à venir", "en cours", "en cours", "échue"]


def test_territories_are_those_of_the_conventions() -> None:
    found = load_conventions()
    roots = {key: (convention.territory.kind, convention.territory.code) for key, convention in found.items()}
    assert roots == {
        "plie-martigues": ("convention", "plie-martigues"),
        "accompagnement-global-35": ("departement", "35"),
        "metz": ("commune", "57463"),
        "rouen": ("commune", "76540"),
        "troyes": ("epci", "200069250"),
    }
    assert {place.code for place in found["plie-martigues"].places} == {"13056", "13077", "13098"}
    assert len([place for place in found["metz"].places if place.kind == "quartier"]) == 6
    assert [place.name for place in found["rouen"].places if place.kind == "agence"] == [
        "Saint-Sever",
        "Luciline",
        "Aubette",
        "Beauvoisine",
    ]


def test_communes_of_troyes_are_those_of_2020() -> None:
    places = load_conventions()["troyes"].places
    assert len([place for place in places if place.kind == "commune"]) == 81
    assert len([place for place in places if place.kind == "pce"]) == 6


def test_place_without_parent_lies_under_the_whole_territory() -> None:
    for convention in load_conventions().values():
        assert {place.parent for place in convention.places} <= {convention.territory.code}


def test_objectives_of_martigues_are_those_of_the_agreement() -> None:
    objectives = {found.indicator: found for found in load_conventions()["plie-martigues"].objectives}
    promised = {code: (found.direction, found.value, found.article) for code, found in objectives.items()}
    assert promised == {
        "integres": (">=", 225, "M 3-1"),
        "taux_sorties_positives": (">=", 0.5, "M 3-1"),
        "part_rsa": (">=", 0.6, "M 3-1"),
        "participants_par_accompagnateur": (">=", 60, "M 3-3"),
        "part_recrutements_insertion": (">=", 0.1, "M"),
    }
    assert [code for code, found in objectives.items() if found.prorata] == ["integres"]


def test_objectives_of_the_accompagnement_global_hold_for_their_year() -> None:
    objectives = {
        found.indicator: found for found in load_conventions()["accompagnement-global-35"].objectives
    }
    portfolio = objectives["taille_moyenne_portefeuille"]
    assert (portfolio.direction, portfolio.value, portfolio.upper) == ("within", 70, 100)
    assert objectives["conseillers"].value == 10
    assert objectives["entrees_cumulees"].value == 10 * objectives["entrees_par_conseiller"].value == 1270
    assert objectives["entrees_cumulees"].valid_until == date(2023, 12, 31)


def test_cities_promised_no_figure_but_troyes_its_ambition() -> None:
    found = load_conventions()
    assert found["metz"].objectives == found["rouen"].objectives == ()
    (ambition,) = found["troyes"].objectives
    assert (ambition.value, ambition.article, ambition.prorata) == (800, "T délibération", False)


def test_positive_exits_of_martigues_are_jobs_held_and_diplomas_obtained() -> None:
    convention = load_conventions()["plie-martigues"]
    positive = {category.code for category in convention.exits if category.is_positive}
    assert positive == {"positive_emploi", "positive_formation"}
    assert convention.motifs["cdi"] == "positive_emploi"
    assert convention.motifs["entree_formation_qualifiante"] == "dynamique"
    assert convention.positive_denominator == "sorties_totales"


def test_motives_of_the_conventions_have_the_labels_of_the_catalogue() -> None:
    labels = load_catalogue().axes["motif"].values
    for convention in load_conventions().values():
        for category in convention.exits:
            assert category.motifs.items() <= labels.items()


def test_paths_are_allowed_where_the_parties_agreed() -> None:
    allowed = {key for key, convention in load_conventions().items() if convention.is_paths_allowed}
    assert allowed == {"plie-martigues", "accompagnement-global-35"}
    assert {convention.secrecy_threshold for convention in load_conventions().values()} == {5}


def test_retention_is_what_was_agreed_and_never_invented() -> None:
    rules = {
        key: [(rule.what, rule.after, rule.months) for rule in convention.retention]
        for key, convention in load_conventions().items()
    }
    assert rules == {
        "plie-martigues": [
            ("parcours", "fin_parcours", 6),
            ("parcours", "debut_parcours", 30),
            ("parcours", "fin_convention", 6),
        ],
        "accompagnement-global-35": [("parcours", "fin_parcours", None)],
        "metz": [("donnees_personnelles", "fin_convention", None)],
        "rouen": [("donnees_personnelles", "fin_convention", 2)],
        "troyes": [("donnees_personnelles", "fin_convention", 2), ("listes_nominatives", "reception", 2)],
    }


def test_limits_on_paths_contracts_and_tutors_are_kept() -> None:
    limits = {
        (convention.letter, limit.code): (limit.direction, limit.value, limit.unit, limit.extension)
        for convention in load_conventions().values()
        for limit in convention.limits
    }
    assert limits["M", "duree_parcours"] == ("<=", 18, "mois", 6)
    assert limits["M", "suivi_emploi"] == (">=", 3, "mois", None)
    assert limits["I", "duree_contrat"] == ("<=", 9, "mois", 3)
    assert limits["R", "salaries_par_tuteur"] == ("<=", 3, "personnes", None)
    assert limits["T", "plaintes_violations"] == ("<=", 36, "heures", None)


def test_seven_themes_question_martigues_and_three_elements_the_final_evaluations() -> None:
    found = load_conventions()
    assert len(found["plie-martigues"].questionnaire) == 7
    for key in ("metz", "rouen"):
        assert [item.code for item in found[key].questionnaire] == ["moyens", "resultats", "contributions"]


def test_every_clause_cites_an_article_of_its_own_convention() -> None:
    for convention in load_conventions().values():
        cited = list(list_citations(convention))
        assert cited
        assert {article[0] for article, _ in cited} == {convention.letter}


def test_two_sources_supply_the_plie() -> None:
    sources = load_conventions()["plie-martigues"].sources
    assert [source.code for source in sources] == ["plie", "france-travail"]
    assert "Pôle emploi" in sources[1].aliases


@pytest.mark.parametrize(
    ("old", "new", "key", "expected"),
    [
        ('key = "plie-martigues"', 'key = "plie"', "key", "le nom du fichier attendu, « plie-martigues »"),
        ("cadence =", "rythme =", "cadence", "clé absente"),
        ("cadence =", 'rythme = "mois"\ncadence =', "rythme", "clé inconnue"),
        ('cadence = "trimestre"', 'cadence = "trimestriel"', "cadence", "« trimestriel » inconnu"),
        ("end = 2027-12-31", "end = 2022-12-31", "end", "une date après le début"),
        ("end = 2027-12-31", 'end = "fin 2027"', "end", "une date AAAA-MM-JJ attendu"),
        (
            '  "orientes",\n',
            '  "orientees",\n',
            "indicators",
            "« orientees » inconnu ; vouliez-vous « orientes »",
        ),
        ('  "orientes",\n', '  "orientes",\n  "orientes",\n', "indicators", "« orientes » est donné 2 fois"),
        (
            'code = "13077"',
            'code = "13999"',
            "places[2].code",
            "« 13999 » : un code de commune du COG attendu",
        ),
        ('code = "13077"', 'code = "13056"', "places", "« 13056 » est donné 2 fois"),
        ('name = "Port-de-Bouc"', 'name = "P"\nparent = "13"', "places", "« 13 » inconnu"),
        ('kind = "commune"\nlabel', 'kind = "quartier"\nlabel', "levels", "« quartier » inconnu"),
        ('["13098", "."]', '["13999", "."]', "levels.tiles", "« 13999 » inconnu"),
        ('["13098", "."]', '["13098", "13077"]', "levels.tiles", "« 13077 » est donné 2 fois"),
        ('["13098", "."]', '[".", "."]', "levels.tiles", "« 13098 » n’a pas de tuile"),
        (
            'indicator = "integres"',
            'indicator = "integrees"',
            "objectives[1].indicator",
            "« integrees » inconnu",
        ),
        ('article = "M 3-1"\nprorata', "prorata", "objectives[1].article", "clé absente"),
        (
            'article = "M 3-1"\nprorata',
            'article = "Z 3"\nprorata',
            "article",
            "un article de la convention M",
        ),
        ('direction = ">="', 'direction = "within"', "objectives[1].upper", "« upper » va avec direction"),
        (
            'direction = ">="',
            'direction = "within"\nupper = 9',
            "objectives[1].upper",
            "une borne au-dessus de 225",
        ),
        ('direction = ">="', 'direction = ">"', "objectives[1].direction", "« > » inconnu"),
        ("prorata = true", 'segment = { sexe = "x" }', "objectives[1].segment.sexe", "« x » inconnu"),
        ("prorata = true", 'segment = { frein = "x" }', "objectives[1].segment", "« frein » inconnu"),
        (
            "prorata = true",
            "valid_from = 2024-01-01\nvalid_until = 2023-01-01",
            "objectives[1].valid_until",
            "une date après « valid_from » attendue",
        ),
        ('every = "parcours"', 'every = "jour"', "commitments[1].every", "« jour » inconnu"),
        (
            "times = 1\ntimes_max = 2",
            "times = 3\ntimes_max = 2",
            "commitments[4].times_max",
            "au moins 3 attendu",
        ),
        ("times = 1", "times = 0", "commitments[1].times", "au moins 1 attendu"),
        ('unit = "mois"', 'unit = "lunes"', "limits[1].unit", "« lunes » inconnu"),
        ("[exits.dynamique]", "[exits.dynamiques]", "exits.dynamiques.code", "« dynamiques » inconnu"),
        ('abandon = "Abandon"', 'cdi = "CDI"', "exits", "« cdi » est donné 2 fois"),
        ("positive = true", "positif = true", "exits.positive_emploi.positif", "vouliez-vous « positive »"),
        ('after = "fin_parcours"', 'after = "fin"', "retention[1].after", "« fin » inconnu"),
        ("secrecy_threshold = 5", "secrecy_threshold = 0", "secrecy_threshold", "au moins 1 attendu"),
        (
            '"sorties_totales"',
            '"sans_objet"',
            "positive_denominator",
            "« sans_objet » va avec une convention sans",
        ),
        ("paths_allowed = true", 'paths_allowed = "oui"', "paths_allowed", "true ou false attendu"),
        ("[territory]", '[steps]\ndate_entree = "entrée"\n\n[territory]', "steps.date_entree", "clé inconnue"),
        ('publics = "participants"', 'publics = "part_rsa"', "publics", "« part_rsa » inconnu"),
        ('publics = "participants"', 'publics = "services_delivres"', "publics", "« services_delivres » inconnu"),
    ],
)
def test_mistake_is_refused_with_its_key(tmp_path: Path, old: str, new: str, key: str, expected: str) -> None:
    assert old in MARTIGUES
    with pytest.raises(DataError, match=f"^plie-martigues.toml, clé « {re.escape(key)} » : .*{expected}"):
        read(tmp_path, MARTIGUES.replace(old, new, 1))


def test_members_of_what_is_no_epci_are_refused(tmp_path: Path) -> None:
    text = TROYES.replace('code = "200069250"\nkind = "epci"', 'code = "10387"\nkind = "commune"')
    with pytest.raises(DataError, match="clé « members_year » : « 10387 » n’a pas de commune connue"):
        read(tmp_path, text, "troyes")


def test_convention_without_retention_rule_or_source_is_refused(tmp_path: Path) -> None:
    for key in ("retention", "sources", "questionnaire"):
        text = re.sub(rf"\[\[{key}\]\]\n(?:\w+ = .*\n)+", "", MARTIGUES)
        with pytest.raises(DataError, match=f"clé « {key} » : clé absente"):
            read(tmp_path, text)
        with pytest.raises(DataError, match=f"clé « {key} » : au moins une table"):
            read(tmp_path, f"{key} = []\n{text}")


def test_convention_of_another_name_is_one_more_file(tmp_path: Path) -> None:
    """A sixth convention is data only: its own territory, motives and sources, and no code."""
    text = MARTIGUES.replace('"plie-martigues"', '"plie-essai"').replace(
        'cdi = "CDI"', 'essai = "Motif d’essai"'
    )
    convention = read(tmp_path, text, "plie-essai")
    assert convention.key == convention.territory.code == "plie-essai"
    assert convention.motifs["essai"] == "positive_emploi"

"""Catalogues in; the product's own, and the sentences that refuse broken ones, out."""

import re
from pathlib import Path

import pytest

from conventions.catalogue import Catalogue, load_catalogue, read_catalogue
from conventions.reading import DataError
from conventions.values import make_segment, parse_segment, segment_text

SMALL = """
[axes.sexe]
label = "Sexe"
partitions = [["homme", "femme"]]
[axes.sexe.values]
homme = "Hommes"
femme = "Femmes"

[axes.public]
label = "Public"
[axes.public.values]
rsa = "RSA"

[axes.theme]
label = "Thème"
open = true

[measures.presents]
label = "Présents"
definition = "Personnes présentes."
unit = "personnes"
kind = "flux"
adds_over = ["territoire", "periode", "sexe"]
axes = ["sexe", "public", "theme"]
articles = ["M 3-1"]
event = "date_premier_contact"

[measures.participants]
label = "Participants"
definition = "Personnes en parcours."
unit = "personnes"
kind = "stock"
adds_over = ["territoire"]
axes = ["public"]
articles = ["M 3-3"]

[indicators.part_rsa]
label = "Part du RSA"
definition = "Participants au RSA."
unit = "taux"
numerator = { measure = "participants", segment = { public = "rsa" } }
denominator = { measure = "participants" }
articles = ["M 3-1"]
"""
MEASURES = [
    "orientes",
    "presents",
    "diagnostics",
    "integres",
    "sorties",
    "sorties_positives",
    "refus_integration",
    "participants",
    "accompagnateurs",
    "convoques",
    "presents_ic",
    "services_delivres",
    "mesures_prestations",
    "entrees",
    "delai_demarrage_jours",
    "en_cours",
    "conseillers",
    "freins_identifies",
    "freins_leves",
    "moyens_mobilises",
    "accueillis",
    "entretiens",
    "prescriptions_prestation",
    "prescriptions_formation",
    "propositions_offres",
    "offres_transmises",
    "actions_proposees",
    "recus_agent",
    "mises_en_relation",
    "promotions_profils",
    "envois_mrs",
    "inscriptions_formation",
    "informations_agences",
    "ateliers",
    "orientes_job_dating_iae",
    "manifestations",
    "recrutements_forum",
    "defm",
    "pec_signes",
    "pec_livrets",
    "pmsmp",
    "tousmobilises",
    "clauses_orientes",
    "clauses_recrutes",
    "tzcld_recenses",
    "tzcld_volontaires",
    "rencontres_uts",
    "accompagnes",
    "positionnes_offres",
    "rencontres_direction",
    "sessions_information",
    "recrutements_operations",
    "recrutements_operations_proposes",
    "actions_opus",
    "placements_opus",
    "employeurs_interroges",
    "employeurs_satisfaits",
    "pec_livrets_attendus",
    "pec_entretiens_sortie",
    "pec_attestations",
    "accompagnement_social_exclusif",
]
RATIOS = {
    "taux_presence": ("presents", "orientes"),
    "taux_diagnostic_prescrits": ("diagnostics", "orientes"),
    "taux_passage_diagnostic": ("diagnostics", "presents"),
    "taux_integration_diagnostic": ("integres", "diagnostics"),
    "taux_integration_reception": ("integres", "presents"),
    "taux_integration_orientation": ("integres", "orientes"),
    "taux_sorties_positives": ("sorties_positives", "sorties"),
    "taux_presence_ic": ("presents_ic", "convoques"),
    "part_rsa": ("participants", "participants"),
    "part_prescription_ft": ("integres", "integres"),
    "participants_par_accompagnateur": ("participants", "accompagnateurs"),
    "entrees_par_conseiller": ("entrees", "conseillers"),
    "delai_moyen_demarrage": ("delai_demarrage_jours", "entrees"),
    "taille_moyenne_portefeuille": ("en_cours", "conseillers"),
    "part_45_plus": ("participants", "participants"),
    "part_54_plus": ("participants", "participants"),
    "entretiens_par_participant": ("entretiens", "participants"),
    "part_recrutements_insertion": ("recrutements_operations_proposes", "recrutements_operations"),
    "taux_levee_freins": ("freins_leves", "freins_identifies"),
    "part_qpv_accueillis": ("accueillis", "accueillis"),
    "satisfaction_employeurs": ("employeurs_satisfaits", "employeurs_interroges"),
    "part_volontaires_tzcld": ("tzcld_volontaires", "tzcld_recenses"),
    "part_qpv_defm": ("defm", "defm"),
    "part_livrets_remplis": ("pec_livrets", "pec_livrets_attendus"),
    "taux_recrutement_clauses": ("clauses_recrutes", "clauses_orientes"),
}


def read(folder: Path, text: str = SMALL) -> Catalogue:
    """The catalogue that a text makes."""
    path = folder / "essai.toml"
    path.write_text(text, encoding="utf-8")
    return read_catalogue(path)


def test_small_catalogue_is_read_whole(tmp_path: Path) -> None:
    catalogue = read(tmp_path)
    assert catalogue.axes["sexe"].partitions == (("homme", "femme"),)
    assert catalogue.measures["presents"].event == "date_premier_contact"
    assert catalogue.indicators["part_rsa"].numerator.segment == (("public", "rsa"),)


@pytest.mark.parametrize(
    ("old", "new", "key", "expected"),
    [
        (
            'unit = "personnes"\nkind = "flux"',
            'unite = "personnes"\nkind = "flux"',
            "measures.presents.unit",
            "clé absente",
        ),
        (
            'event = "date_premier',
            'evenement = "x"\nevent = "date_premier',
            "measures.presents.evenement",
            "clé inconnue",
        ),
        (
            '"flux"',
            '"flot"',
            "measures.presents.kind",
            "« flot » inconnu.*Attendu : distinct, flux, somme, stock",
        ),
        ('"date_premier_contact"', '"date_contact"', "measures.presents.event", "« date_contact » inconnu"),
        (
            'articles = ["M 3-3"]',
            "articles = []",
            "measures.participants.articles",
            "au moins un article attendu",
        ),
        ('articles = ["M 3-3"]', "", "measures.participants.articles", "clé absente"),
        (
            'articles = ["M 3-3"]',
            'articles = ["3-3"]',
            "measures.participants.articles",
            "« 3-3 » : un article attendu",
        ),
        ('"periode", "sexe"]', '"periode", "agee"]', "measures.presents.adds_over", "« agee » inconnu"),
        ('"periode", "sexe"]', '"public"]', "measures.presents.adds_over", "« public » se recoupe"),
        ('axes = ["public"]', 'axes = ["publics"]', "measures.participants.axes", "vouliez-vous « public »"),
        (
            'adds_over = ["territoire"]',
            'adds_over = ["periode"]',
            "measures.participants.adds_over",
            "un stock ne s’additionne pas",
        ),
        ('[["homme", "femme"]]', '[["homme", "dame"]]', "axes.sexe.partitions", "« dame » inconnu"),
        ('[["homme", "femme"]]', '[["homme"]]', "axes.sexe.partitions", "au moins deux valeurs"),
        ('[["homme", "femme"]]', '[["homme", "homme"]]', "axes.sexe.partitions", "chacune une fois"),
        ('rsa = "RSA"', "", "axes.public.values", "au moins une valeur attendue pour un axe fermé"),
        (
            '{ measure = "participants" }',
            '{ measure = "inconnus" }',
            "indicators.part_rsa.denominator.measure",
            "« inconnus » inconnu",
        ),
        (
            '{ public = "rsa" }',
            '{ public = "ass" }',
            "indicators.part_rsa.numerator.segment.public",
            "« ass » inconnu",
        ),
        (
            '{ public = "rsa" }',
            '{ sexe = "homme" }',
            "indicators.part_rsa.numerator.segment",
            "« sexe » inconnu",
        ),
        (
            'denominator = { measure = "participants" }',
            "",
            "indicators.part_rsa.denominator",
            "un dénominateur attendu",
        ),
        ('unit = "taux"', 'unit = "pourcent"', "indicators.part_rsa.unit", "« pourcent » inconnu.*taux"),
        (
            "[indicators.part_rsa]",
            "[indicators.presents]",
            "indicators.presents.label",
            "une mesure porte celui-ci",
        ),
    ],
)
def test_mistake_is_refused_with_its_key(tmp_path: Path, old: str, new: str, key: str, expected: str) -> None:
    assert old in SMALL
    with pytest.raises(DataError, match=f"^essai.toml, clé « {re.escape(key)} » : .*{expected}"):
        read(tmp_path, SMALL.replace(old, new, 1))


def test_unknown_section_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="clé « mesures » : clé inconnue ; vouliez-vous « measures »"):
        read(tmp_path, SMALL + '\n[mesures.x]\nlabel = "x"')


def test_every_measure_of_the_conventions_is_in_the_catalogue() -> None:
    assert set(MEASURES) <= set(load_catalogue().measures)


def test_every_indicator_is_the_agreed_ratio() -> None:
    indicators = load_catalogue().indicators
    found = {
        code: (indicator.numerator.measure, indicator.denominator.measure)
        for code, indicator in indicators.items()
        if indicator.denominator
    }
    assert found == RATIOS
    assert set(indicators) - set(found) == {"entrees_cumulees"}


def test_ratios_over_orientes_prefer_those_that_france_travail_sent() -> None:
    """The PLIE also integrates people whom France Travail did not orient."""
    indicators = load_catalogue().indicators.values()
    over = [found for found in indicators if found.denominator and found.denominator.measure == "orientes"]
    assert {found.code for found in over} == {
        "taux_presence",
        "taux_diagnostic_prescrits",
        "taux_integration_orientation",
    }
    assert all(found.numerator.prefer == (("prescripteur", "france_travail"),) for found in over)


def test_average_and_cumulated_readings_are_those_of_the_conventions() -> None:
    indicators = load_catalogue().indicators
    assert indicators["participants_par_accompagnateur"].time == "moyenne"
    assert indicators["entrees_cumulees"].time == indicators["entrees_par_conseiller"].time == "cumul"
    assert indicators["taux_sorties_positives"].provisional_months == 6


def test_a_group_of_values_is_made_of_values_of_its_own_axis(tmp_path: Path) -> None:
    """45 ans et plus is asked for beside 54 ans et plus: the first is the sum of two bands."""
    assert load_catalogue().axes["age"].groups == {"45_plus": ("45_53", "54_plus")}
    groups = '\n[axes.age]\nlabel = "Âge"\n[axes.age.values]\na = "A"\nb = "B"\nc = "C"\n[axes.age.groups]\n'
    assert read(tmp_path, SMALL + groups + 'a = ["b", "c"]').axes["age"].groups == {"a": ("b", "c")}
    for wrong in ('a = ["b", "x"]', 'x = ["a", "b"]', 'a = ["b"]'):
        with pytest.raises(DataError):
            read(tmp_path, SMALL + groups + wrong)


def test_head_counts_never_add_up_over_time() -> None:
    for measure in load_catalogue().measures.values():
        assert ("periode" in measure.adds_over) is (measure.kind in ("flux", "somme")), measure.code


def test_job_seekers_do_not_add_up_over_categories_but_exits_do() -> None:
    measures = load_catalogue().measures
    assert "categorie" not in measures["defm"].adds_over
    assert "categorie" in measures["sorties"].adds_over
    assert all("public" not in measure.adds_over for measure in measures.values())


def test_stages_of_the_funnel_are_counted_from_paths() -> None:
    events = {code: measure.event for code, measure in load_catalogue().measures.items() if measure.event}
    assert events == {
        "orientes": "date_orientation",
        "presents": "date_premier_contact",
        "diagnostics": "date_diagnostic",
        "integres": "date_integration",
        "entrees": "date_integration",
        "sorties": "date_sortie",
        "sorties_positives": "date_sortie",
    }


def test_definitions_are_sentences() -> None:
    for count in load_catalogue().counts:
        assert count.definition[0].isupper(), count.code
        assert count.definition.endswith("."), count.code


def test_measure_is_read_as_an_indicator_of_its_own() -> None:
    found = load_catalogue().indicator("orientes")
    assert (found.numerator.measure, found.denominator, found.unit) == ("orientes", None, "personnes")
    with pytest.raises(KeyError):
        load_catalogue().indicator("inconnu")


def test_segment_text_reads_back() -> None:
    segment = make_segment({"sexe": "femme", "age": "54_plus"})
    assert segment_text(segment) == "age=54_plus;sexe=femme"
    assert parse_segment(segment_text(segment)) == segment
    assert parse_segment("") == ()

"""Each page run alone: with nothing received, with the demonstration's returns, and through a deposit
and its undo."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.vocabulary import load_vocabulary
from demo.facts import record_facts
from demo.samples import Sample
from demo.writing import write_samples
from etl import desk
from etl.keys import KeyRing
from etl.load import load_report
from etl.report import Observation, Options
from etl.run import examine
from indicators.figures import Request, compute_figures
from store.database import open_database
from store.facts import read_facts
from tests.deliveries import figure, path, report
from ui.accessibility import load_remaining
from ui.behind import write_text
from ui.blocks import to_html
from ui.definitions.entries import list_entries
from ui.definitions.shown import list_pages
from ui.deposit import errands
from ui.french import write_count
from ui.journey.stages import STEPS
from ui.pages import PAGES, find_page

PAGES_DIR = Path(__file__).resolve().parent.parent / "pages"
LOADED = ("2025", "2026", "PCE", "2023-S")
OWN_PAGES = (
    *("accueil", "synthese", "parcours", "accompagnement_global", "territoires", "sorties", "publics"),
    *("sources", "depot", "faits", "articles", "villes", "qualite"),
)


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> list[Sample]:
    """The demonstration's workbooks."""
    return write_samples(tmp_path_factory.mktemp("classeurs"), 2026)


@pytest.fixture(scope="session")
def received(samples: list[Sample], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the last years of each convention."""
    path = tmp_path_factory.mktemp("base") / "jalons.duckdb"
    with open_database(path) as database:
        for sample in samples:
            if any(word in sample.path.name for word in LOADED):
                options = Options(convention=sample.convention, source=sample.source)
                report = examine(sample.path.name, sample.path.read_bytes(), options, KeyRing())
                load_report(database, report, author="essai")
        record_facts(database, author="essai")
    return path


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    """What one test kept in memory is not another's."""
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def full(received: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JALONS_DATABASE", str(received))


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JALONS_DATABASE", str(tmp_path / "vide.duckdb"))


def run(page: str, **choices: str) -> AppTest:
    """A page drawn once, with its choices in the address."""
    test = AppTest.from_file(str(PAGES_DIR / f"{page}.py"), default_timeout=60)
    for key, value in choices.items():
        test.query_params[key] = value
    test.run()
    assert [error.value for error in test.exception] == []
    return test


def upload(test: AppTest, name: str, content: bytes) -> None:
    """Choose a file on the page of deposits, as a browser would."""
    test.file_uploader[0].upload(name, content, "application/octet-stream")
    settle(test)


def settle(test: AppTest) -> None:
    """Draw the page until what it asked of the desk is done: the test has no clock to draw it anew."""
    test.run()
    slots = (errands.READING, errands.EFFECT, errands.LOADING, errands.UNDOING)
    for _ in range(8):
        tickets = [test.session_state[slot] for slot in slots if slot in test.session_state]
        if all(ticket.is_ended for ticket in tickets):
            break
        assert all(ticket.wait(60) for ticket in tickets)
        test.run()
    assert [error.value for error in test.exception] == []


def read_html(test: AppTest) -> str:
    """Everything that the page writes as HTML, but its style."""
    bodies = [element.proto.body for element in test.get("html")]
    return "\n".join(body for body in bodies if not body.startswith("<style>"))


def read_title(test: AppTest) -> str:
    html = read_html(test)
    assert html.count("<h1") == 1
    return html.split('<h1 class="j-title">')[1].split("</h1>")[0]


def test_menu_lists_files_that_exist() -> None:
    assert [page.file for page in PAGES if not (PAGES_DIR / page.file).is_file()] == []
    assert sum(page.is_first for page in PAGES) == 1


# They show what was agreed or defined: nothing is awaited.
WITHOUT_DATA = {"engagements", "definitions", "accessibilite"}


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("convention", ["", "rouen"])
@pytest.mark.parametrize("page", sorted({Path(one.file).stem for one in PAGES} - WITHOUT_DATA))
def test_page_without_data_says_what_to_do(page: str, convention: str) -> None:
    """A page added to the menu is held to it; the address may ask for a convention of which nothing was received."""
    html = read_html(run(page, **({"convention": convention} if convention else {})))
    assert html.count("<h1") == 1
    assert "Dépôt" in html or "Déposer" in html or "saisissent ci-contre" in html


# They show what was agreed, what people entered and what Jalons learned: no figure of a return. Accueil says it of each
# convention.
WITHOUT_FIGURES = {"engagements", "faits", "depot", "reponses", "accueil", "definitions", "accessibilite"}


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("page", sorted({Path(one.file).stem for one in PAGES} - WITHOUT_FIGURES))
def test_page_that_shows_figures_says_how_much_is_behind_them(page: str) -> None:
    """Once, under the title: a page added to the menu is held to it."""
    html = read_html(run(page))
    assert html.count('class="j-coverage"') == 1
    assert "chiffres" in html.split('class="j-coverage"')[1].split("</p>")[0]


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("page", OWN_PAGES)
def test_page_with_data_is_whole(page: str) -> None:
    test = run(page)
    assert read_title(test)
    assert "<table" in read_html(test)


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("convention", ["plie-martigues", "metz", "rouen", "troyes", "accompagnement-global-35"])
def test_conventions_page_shows_what_was_agreed_and_its_calendar(convention: str) -> None:
    test = run("engagements", convention=convention)
    html = read_html(test)
    assert "j-calendar" in html
    assert "Qui signe" in html


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("page", ["parcours", "accompagnement_global", "territoires", "sorties", "publics", "bilan"])
def test_page_for_the_committee_is_whole(page: str) -> None:
    assert read_title(run(page, vue="Comité"))


@pytest.mark.usefixtures("full")
def test_qualite_says_who_owes_what_and_keeps_findings_and_values_from_a_committee() -> None:
    seen, told = read_html(run("qualite")), read_html(run("qualite", vue="Comité"))
    for html in (seen, told):
        assert "Attendu depuis le" in html
        assert "j-received" in html
    assert "il manque Port-de-Bouc" in seen
    assert "il manque Port-de-Bouc" not in told
    assert "réservées aux producteurs" in told


@pytest.mark.usefixtures("full")
def test_qualite_reads_one_year_or_the_whole_convention() -> None:
    whole, year = read_title(run("qualite")), read_title(run("qualite", periode="2026"))
    assert whole.endswith("attendus")
    assert year.endswith("attendus")
    assert whole != year


@pytest.mark.parametrize("page", [*OWN_PAGES, "reponses", "engagements", "definitions"])
def test_page_refuses_when_the_database_does_not_open(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard of every page: a sentence, and nothing else."""
    broken = tmp_path / "abime.duckdb"
    broken.write_bytes(b"ceci n'est pas une base")
    monkeypatch.setenv("JALONS_DATABASE", str(broken))
    test = run(page)
    assert "La base ne s’ouvre pas" in read_html(test)
    assert len(test.get("plotly_chart")) == 0


@pytest.mark.usefixtures("full")
def test_accueil_tells_the_state_of_each_convention() -> None:
    html = read_html(run("accueil"))
    for label in (
        "PLIE Pays de Martigues",
        "Ville de Metz",
        "Troyes Champagne Métropole",
        "Ville de Rouen et CCAS",
    ):
        assert label in html
    assert "échue" in html
    assert html.count('href="/synthese?convention=') == 5
    # The day is the same for all: it is said once.
    assert (html.count("chiffres attendus"), html.count("dernier dépôt le")) == (5, 1)


@pytest.mark.usefixtures("full")
def test_synthese_tells_objectives_trajectory_returns_and_decisions() -> None:
    test = run("synthese", convention="PLIE Pays de Martigues")
    html = read_html(test)
    assert "objectifs" in read_title(test)
    for said in ("Art.\u00a03-1", "Écart", "retours reçus sur", "À décider aujourd’hui", "Ce qui est provisoire"):
        assert said in html
    assert len(test.get("plotly_chart")) == 6


@pytest.mark.usefixtures("full")
def test_presentation_goes_from_screen_to_screen_and_back_to_the_page() -> None:
    test = run("synthese", convention="PLIE Pays de Martigues")
    title = read_title(test)
    test.button(key="presenter").click().run()
    assert read_title(test) == title
    assert "1 / 9" in read_html(test)
    test.button(key="aller-Right-1").click().run()
    assert test.query_params["ecran"] == "2"
    assert "sur la trajectoire" in read_title(test)
    test.button(key="aller-End-2").click().run()
    assert read_title(test) == "À décider aujourd’hui"
    assert test.button(key="aller-Right-9").disabled
    test.button(key="aller-Esc-9").click().run()
    assert "ecran" not in test.query_params
    assert "Tableau des objectifs (csv, xlsx)" in [one.label for one in test.expander]


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("page", ["synthese", "parcours", "bilan"])
def test_page_is_laid_out_for_paper_and_back(page: str) -> None:
    test = run(page)
    count = len(test.get("plotly_chart"))
    test.button(key="imprimer").click().run()
    assert "A4 portrait." in read_html(test)
    assert len(test.get("plotly_chart")) == count
    test.button(key="feuille-paysage").click().run()
    assert test.query_params["impression"] == "paysage"
    test.button(key="feuille-ecran").click().run()
    assert "impression" not in test.query_params
    assert "A4" not in read_html(test)


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("vue", ["Producteur", "Comité"])
@pytest.mark.parametrize("key", ["plie-martigues", "metz", "rouen", "troyes", "accompagnement-global-35"])
def test_bilan_is_the_sheet_of_any_convention(key: str, vue: str) -> None:
    """A convention is data: its sheet has its state, its objectives or its counts, and a line for each signatory."""
    html = read_html(run("bilan", convention=key, vue=vue))
    convention = load_conventions()[key]
    assert html.count('aria-current="step"') == 1
    assert ("j-goals" in html) == bool(convention.objectives)
    assert html.count(", le</span>") == len(convention.signatories)
    assert ("à ne pas diffuser" in html) == ("Voir la version du comité" in html) == (vue == "Producteur")
    assert "@bottom-right" not in html


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize(("asked", "shown"), [("0", "1"), ("99", "9"), ("deux", "1"), ("7", "7")])
def test_presentation_shows_the_nearest_screen_of_the_address(asked: str, shown: str) -> None:
    html = read_html(run("synthese", convention="PLIE Pays de Martigues", presentation="1", ecran=asked))
    assert f"{shown} / 9" in html


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("label", ["Ville de Metz", "Troyes Champagne Métropole"])
def test_presentation_and_synthese_of_a_committee_are_whole(label: str) -> None:
    assert read_title(run("synthese", convention=label, vue="Comité"))
    assert "1 / " in read_html(run("synthese", convention=label, vue="Comité", presentation="1"))


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("label", ["Ville de Metz", "Ville de Rouen et CCAS", "Troyes Champagne Métropole"])
def test_synthese_and_territoires_follow_any_convention(label: str) -> None:
    """A convention is data: no page is written for one of them."""
    assert label in read_html(run("synthese", convention=label))
    assert read_title(run("territoires", convention=label))


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("vue", ["Producteur", "Comité"])
@pytest.mark.parametrize(
    ("label", "title", "charts"),
    [
        ("PLIE Pays de Martigues", "de sorties positives", 4),
        ("Accompagnement global, Ille-et-Vilaine", "premier motif de sortie", 2),
    ],
)
def test_sorties_reads_each_convention_by_its_own_motives(label: str, title: str, charts: int, vue: str) -> None:
    test = run("sorties", convention=label, vue=vue)
    assert title in read_title(test)
    assert "Sorties par catégorie" in read_html(test)
    shown = test.get("plotly_chart")
    assert len(shown) >= charts
    assert all(chart.proto.alt for chart in shown)


@pytest.mark.usefixtures("full")
def test_sorties_hatches_the_last_quarters_and_tells_the_other_denominator() -> None:
    test = run("sorties", convention="PLIE Pays de Martigues")
    html = read_html(test)
    for said in ("provisoire", "hors sorties administratives", "à champ constant", "Art.\u00a03-1"):
        assert said in html


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("vue", ["Producteur", "Comité"])
def test_parcours_follows_cohorts_to_the_motive_where_paths_were_received(vue: str) -> None:
    html = read_html(run("parcours", convention="PLIE Pays de Martigues", vue=vue, lecture="Cohorte"))
    assert "De l’orientation à la sortie" in html or "ont été intégrées et" in html
    assert "Sur les intégrés" in html
    assert "lecture=Cohorte" in read_html(run("sorties", convention="PLIE Pays de Martigues", vue=vue))


@pytest.mark.parametrize(
    ("observation", "convention", "source", "said"),
    [
        (figure("orientes", 12), "plie-martigues", "plie", "Aucune sortie reçue"),
        (figure("accueillis", 40, territory="57463", period="2023", source="ville-de-metz"), "metz", "ville-de-metz",
         "Aucun retour reçu d’une convention qui compte des sorties"),
    ],
)  # fmt: skip
def test_sorties_says_what_to_do_where_no_exit_was_received(
    observation: Observation, convention: str, source: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A convention that counts exits and sent none; then one that counts none at all."""
    monkeypatch.setenv("JALONS_DATABASE", str(tmp_path / "jalons.duckdb"))
    with open_database(tmp_path / "jalons.duckdb") as database:
        load_report(database, report(observation, convention=convention, source=source))
    html = read_html(run("sorties"))
    assert said in html
    assert 'href="/depot"' in html


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("vue", ["Producteur", "Comité"])
@pytest.mark.parametrize(
    ("label", "whole", "is_by_place"),
    [
        ("PLIE Pays de Martigues", "niveau de formation (7 groupes)", True),
        ("Accompagnement global, Ille-et-Vilaine", "tranche d’âge (4 groupes)", False),
        ("Ville de Metz", "Non reçus", True),
        ("Ville de Rouen et CCAS", "ancienneté d’inscription", False),
        ("Troyes Champagne Métropole", "Non reçus", True),
    ],
)
def test_publics_says_of_each_convention_what_overlaps(label: str, whole: str, is_by_place: bool, vue: str) -> None:
    test = run("publics", convention=label, vue=vue)
    html = read_html(test)
    assert "Se recoupent" in html
    assert whole in html
    assert ("parmi les personnes du territoire" in html) == is_by_place
    assert all(chart.proto.alt for chart in test.get("plotly_chart"))


@pytest.mark.usefixtures("full")
def test_publics_reads_the_objective_of_the_convention() -> None:
    test = run("publics", convention="PLIE Pays de Martigues")
    assert "l’objectif de 60" in read_title(test)
    assert "Regroupement\u00a0: 45 ans et plus" in read_html(test)


@pytest.mark.parametrize(
    ("observation", "said"),
    [
        (figure("orientes", 12), "Aucun public reçu"),
        (figure("participants", 40), "Aucun public reçu pour cette période"),
    ],
)
def test_publics_says_what_to_do_where_none_was_received(
    observation: Observation, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JALONS_DATABASE", str(tmp_path / "jalons.duckdb"))
    with open_database(tmp_path / "jalons.duckdb") as database:
        load_report(database, report(observation))
    html = read_html(run("publics"))
    assert said in html
    assert 'href="/depot"' in html


def test_publics_crosses_age_and_sex_when_a_return_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JALONS_DATABASE", str(tmp_path / "jalons.duckdb"))
    ages = ("moins_26", "26_44", "45_53", "54_plus")
    counts = [
        figure("participants", 10 + rank, cell=f"{column}{rank}", age=age, sexe=sex)
        for rank, age in enumerate(ages)
        for column, sex in (("B", "homme"), ("C", "femme"))
    ]
    others = [figure("participants", 92, cell="E1"), figure("participants", 30, cell="D1", public="rsa")]
    with open_database(tmp_path / "jalons.duckdb") as database:
        load_report(database, report(*counts, *others))
    html = read_html(run("publics"))
    assert "Chaque personne est dans une case et une seule" in html
    assert "Aucun retour ne croise" not in html


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize(
    "page", ["synthese", "parcours", "territoires", "sources", "articles", "sorties", "publics", "bilan"]
)
def test_any_page_opens_the_proof_that_its_address_asks(page: str) -> None:
    html = read_html(run(page, preuve="taux_presence~13056~2025-T1~plie-martigues"))
    assert "Ce que dit la convention" in html
    assert html.count('class="j-proof"') > 4


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("key", ["~", "inconnu~~2025~plie-martigues", "taux_presence~~1800-T9~plie-martigues"])
def test_page_says_that_an_address_names_no_figure(key: str) -> None:
    html = read_html(run("parcours", preuve=key))
    assert "Ce chiffre n’a pas de preuve" in html
    assert html.count("<h1") == 1


@pytest.mark.usefixtures("full")
def test_parcours_changes_its_words_with_the_reading() -> None:
    assert "l’écart est le plus grand" in read_title(run("parcours", periode="2025"))
    cohort = run("parcours", periode="2025", lecture="Cohorte")
    assert "la perte est la plus grande" in read_title(cohort)
    assert "emboîtées" in read_html(cohort)


@pytest.mark.usefixtures("full")
def test_parcours_and_sources_tell_the_same_gap() -> None:
    said = read_title(run("sources", convention="PLIE Pays de Martigues"))
    assert "là où les deux se comparent" in said
    assert said in read_html(run("parcours", convention="PLIE Pays de Martigues"))


@pytest.mark.usefixtures("full")
def test_parcours_reads_cohorts_delays_and_durations_for_both_views() -> None:
    for vue in ("Producteur", "Comité"):
        test = run("parcours", vue=vue, lecture="Cohorte")
        said = " ".join(block.proto.body for block in test.get("html"))
        assert "mois après leur orientation" in said
        assert "Une intégration sur deux vient en" in said
        assert "dépassé 18" in said or "trop petits" in said
        assert ("import I0" in said) == (vue == "Producteur")


def test_accompagnement_global_reads_durations_against_nine_and_three_months(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JALONS_DATABASE", str(tmp_path / "jalons.duckdb"))
    ends = ["2024-08-15", "2024-12-15", None]
    paths = [
        path(f"p{rank}", territory="cdas-1", date_integration="2024-01-15", date_sortie=end)
        for rank, end in enumerate(ends)
    ]
    last = path("p9", territory="cdas-2", date_integration="2025-03-01")
    with open_database(tmp_path / "jalons.duckdb") as database:
        load_report(
            database, report(paths=[*paths, last], convention="accompagnement-global-35", source="departement-35")
        )
    said = read_html(run("accompagnement_global"))
    assert "1\u00a0parcours ouvert a dépassé 9\u00a0mois, dont 1 plus de 12" in said
    assert "9\u00a0mois, et 3 de plus une fois (Art.\u00a03)" in said
    assert "33\u00a0% (1/3)</b> terminés en 9\u00a0mois" in said


HEADINGS = re.compile(r"<h([1-4])\b[^>]*>(.*?)</h\1>", re.S)
# A page with charts, and how many it has at least; the funnel and the parts of a whole are tables.
CHARTS = {
    "synthese": 6, "parcours": 3, "parcours en cohorte": 6, "accompagnement_global": 10, "territoires": 1, "sources": 1,
    "articles": 3, "sorties": 4,
}  # fmt: skip
COHORTS = "parcours en cohorte"


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("vue", ["Producteur", "Comité"])
@pytest.mark.parametrize("page", [*sorted(Path(one.file).stem for one in PAGES), COHORTS])
def test_every_chart_says_its_finding_and_has_its_table_and_its_files(page: str, vue: str) -> None:
    """The sentence of a chart is a heading of the page; what it shows is in words, in a table and in two files."""
    test = run("parcours", vue=vue, lecture="Cohorte") if page == COHORTS else run(page, vue=vue)
    charts = test.get("plotly_chart")
    said = {write_text(found[1]) for found in HEADINGS.findall(read_html(test))}
    files = {one.key or "" for one in test.download_button}
    tables = {key.removesuffix("-csv") for key in files if f"{key.removesuffix('-csv')}-xlsx" in files}
    for chart in charts:
        alt, key = write_text(to_html(chart.proto.alt)), chart.proto.id.split("-", 2)[2]
        titles = [one for one in said if alt.startswith(f"{one}. ")]
        assert titles, f"{key} n’a pas pour titre un titre de la page : {alt}"
        assert len(alt) > len(max(titles, key=len)) + 20, f"{key} ne dit pas ce qu’il montre"
        own = [one for one in tables if key == one or key.startswith(f"{one}-")]
        assert len(own) == 1, f"{key} n’a pas de tableau à télécharger"
    assert read_html(test).count("<caption>") >= len(tables)
    assert len(charts) >= CHARTS.get(page, 0) or vue == "Comité"


def test_depot_goes_from_file_to_figures_and_back(
    samples: list[Sample], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read, weighed, accepted, seen in the history, undone."""
    monkeypatch.setenv("JALONS_DATABASE", str(tmp_path / "jalons.duckdb"))
    sample = next(one for one in samples if "2026-T3" in one.path.name)
    test = run("depot")
    upload(test, sample.path.name, sample.path.read_bytes())
    assert read_title(test).startswith("Classeur compris")
    assert "Si vous acceptez" in read_html(test)
    test.button(key="accepter").click()
    settle(test)
    assert "Dépôt I000001 enregistré" in read_html(test)
    assert ">actif<" in read_html(test)
    test.button(key="annuler-dernier").click()
    settle(test)
    assert "Dépôt annulé" in read_html(test)
    assert ">annulé<" in read_html(test)


def test_depot_refuses_what_is_no_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JALONS_DATABASE", str(tmp_path / "jalons.duckdb"))
    test = run("depot")
    upload(test, "abime.xlsx", b"PK\x03\x04 rien")
    assert "refusé" in read_title(test)
    assert [button.key for button in test.button] == ["refuser"]


def test_depot_reads_again_with_what_the_reader_says(
    samples: list[Sample], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JALONS_DATABASE", str(tmp_path / "jalons.duckdb"))
    sample = next(one for one in samples if "2026-T3" in one.path.name)
    test = run("depot")
    upload(test, sample.path.name, sample.path.read_bytes())
    test.selectbox(key="dire_convention").select("troyes")
    settle(test)
    assert "Troyes Champagne Métropole" in read_html(test)


def test_depot_forgets_the_bytes_of_paths_and_offers_the_list_alone(
    samples: list[Sample], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JALONS_DATABASE", str(tmp_path / "jalons.duckdb"))
    sample = next(one for one in samples if "parcours" in one.path.name and "Martigues" in one.path.name)
    test = run("depot")
    upload(test, sample.path.name, sample.path.read_bytes())
    assert "parcours prêts" in read_title(test)
    deposit = errands.get_desk().look(test.session_state[errands.READING])
    assert deposit is not None
    assert deposit.content is None
    assert "Jalons n’en garde pas le contenu" in read_html(test)


def test_depot_says_when_too_many_files_wait(
    samples: list[Sample], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of the file is kept, and the page says what to do."""
    monkeypatch.setenv("JALONS_DATABASE", str(tmp_path / "jalons.duckdb"))
    monkeypatch.setattr(desk, "MOST_WAITING", 0)
    sample = next(one for one in samples if "2026-T3" in one.path.name)
    test = run("depot")
    upload(test, sample.path.name, sample.path.read_bytes())
    assert "Le serveur est occupé" in read_html(test)
    assert read_title(test) == "Déposer un retour"


def test_faits_records_lists_and_takes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JALONS_DATABASE", str(tmp_path / "jalons.duckdb"))
    test = run("faits", convention="Ville de Metz")
    test.selectbox(key="fait-nature").select("versement").run()
    subject = next(one for one in test.selectbox if one.label == "Engagement")
    subject.select_index(0)
    next(one for one in test.text_input if one.label.startswith("Montant")).input("11 699,00")
    test.button(key="fait-enregistrer").click().run()
    assert "Il manque qui saisit" in read_html(test)
    test.text_input(key="fait-auteur").input("Ville de Metz, DRH")
    test.button(key="fait-enregistrer").click().run()
    html = read_html(test)
    assert "Fait enregistré" in html
    assert "11\u202f699\u00a0euros" in html
    assert "Ville de Metz, DRH" in html
    next(one for one in test.selectbox if one.label == "Fait à retirer").select_index(0).run()
    test.button(key="fait-retirer").click().run()
    assert "Fait retiré" in read_html(test)
    assert "Aucun fait saisi" in read_html(test)


def test_sources_says_why_and_which_source_the_bilan_retains(
    received: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A choice and a reason are told in the tables, change the source of the figures, and can be taken back."""
    copy = tmp_path / "jalons.duckdb"
    shutil.copy(received, copy)
    monkeypatch.setenv("JALONS_DATABASE", str(copy))
    test = run("sources")
    assert "là où les deux se comparent (écart" in read_title(test)
    test.button(key="ecart-enregistrer").click().run()
    assert "Il manque ce qui est dit" in read_html(test)
    test.text_area[0].input("Deux listes sont arrivées après la clôture.")
    next(one for one in test.button_group if one.label == "Source retenue").set_value("france-travail")
    test.text_input(key="ecart-auteur").input("Comité technique").run()
    test.button(key="ecart-enregistrer").click().run()
    html = read_html(test)
    assert "C’est enregistré" in html
    assert "Deux listes sont arrivées après la clôture. (Comité technique)" in html
    assert ">retenue</span> France Travail" in html
    with open_database() as database:
        assert [one.text for one in read_facts(database, "plie-martigues", "source_retenue")] == ["france-travail"]
    next(one for one in test.selectbox if one.label == "Fait à retirer").select_index(0).run()
    test.button(key="fait-retirer").click().run()
    assert "C’est retiré" in read_html(test)


def test_faits_refuses_a_text_that_names_someone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JALONS_DATABASE", str(tmp_path / "jalons.duckdb"))
    test = run("faits", convention="Ville de Metz")
    test.selectbox(key="fait-nature").select("besoin_non_couvert").run()
    test.text_area[0].input("Voir avec Mme Exemple, jeanne.exemple@example.org")
    test.text_input(key="fait-auteur").input("CCAS")
    test.button(key="fait-enregistrer").click().run()
    html = read_html(test)
    assert "données personnelles" in html
    assert "jeanne.exemple" not in html
    with open_database() as database:
        assert read_facts(database, "metz") == []


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("key", ["metz", "rouen", "troyes", "accompagnement-global-35"])
@pytest.mark.parametrize("page", ["synthese", "definitions", "engagements"])
def test_address_names_a_convention_by_its_key_and_keeps_it(page: str, key: str) -> None:
    test = run(page, convention=key)
    assert test.selectbox[0].value == key
    assert test.query_params["convention"] == test.selectbox[0].options[test.selectbox[0].index or 0]


@pytest.mark.usefixtures("full")
def test_address_names_a_convention_on_a_page_that_has_its_own_choice() -> None:
    assert run("sources", convention="plie-martigues").selectbox[0].value == "plie-martigues"
    assert run("definitions", convention="nulle-part").selectbox[0].value == "plie-martigues"


@pytest.mark.usefixtures("full")
def test_page_says_which_choice_of_another_page_changes_nothing_here() -> None:
    """A convention without paths, and a reading that only the funnel has."""
    html = read_html(run("parcours", convention="metz"))
    assert "Sans effet sur cette page\u00a0: convention «\u00a0Ville de Metz\u00a0»." in html
    html = read_html(run("territoires", lecture="Cohorte"))
    assert "Sans effet sur cette page\u00a0: lecture «\u00a0Cohorte\u00a0»." in html
    assert "Sans effet" not in read_html(run("parcours", lecture="Cohorte", vue="Comité"))


FIELDS: list[tuple[str, dict[str, str], tuple[str, ...]]] = [
    ("parcours", {"territoire": "13077"}, ("Port-de-Bouc\u00a0: c’est", "territoire choisi")),
    ("parcours", {"public": "rsa"}, ("Allocataires du RSA\u00a0: c’est", "Réserve")),
    ("parcours", {"source": "france-travail"}, ("France Travail\u00a0: c’est", "ne suit personne plus loin")),
    ("sorties", {"territoire": "13056"}, ("Martigues\u00a0: ", "se juge sur toute la convention")),
    ("sorties", {"public": "femme"}, ("Femmes\u00a0: ", "Aucun retour ne croise le motif")),
    ("publics", {"territoire": "13056"}, ("Martigues\u00a0: ", "L’objectif convenu se juge sur toute la convention")),
    ("territoires", {"public": "qpv"}, ("habitants des quartiers prioritaires (QPV)",)),
    ("accompagnement_global", {"territoire": "cdas-2"}, ("CDAS 2\u00a0: ", "Bande convenue pour chaque conseiller")),
]  # fmt: skip


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("vue", ["Producteur", "Comité"])
@pytest.mark.parametrize(("page", "asked", "said"), FIELDS)
def test_page_of_one_place_one_public_or_one_source_says_so(
    page: str, asked: dict[str, str], said: tuple[str, ...], vue: str
) -> None:
    """In its title, its context and its files; the address may name what it asks for by its code."""
    test = run(page, vue=vue, **asked)
    (key,) = asked
    name = test.query_params[key]
    html = read_html(test)
    assert name != asked[key]
    assert name in html.split("j-context")[1].split("</div>")[0].replace("&#x27;", "'")
    assert "Sans effet" not in html
    if vue == "Producteur":
        assert [one for one in said if one not in html] == []


@pytest.mark.usefixtures("full")
def test_figures_of_one_place_and_one_public_lead_to_their_own_proof() -> None:
    test = run("parcours", territoire="Martigues", public="Femmes", periode="2025")
    keys = re.findall(r"preuve=(taux_presence[^&\"]*)\"", read_html(test))
    assert any("13056" in key and "sexe%3Dfemme" in key for key in keys)
    proof = read_html(run("parcours", preuve="taux_presence~13056~2025~plie-martigues~~~sexe=femme"))
    assert "Taux de présence au premier contact\u00a0: Femmes" in proof
    assert "Martigues" in proof.split("j-proof-head")[1].split("</p>")[0]


@pytest.mark.usefixtures("full")
def test_filter_is_drawn_only_where_it_changes_something() -> None:
    """One source alone follows cohorts; publics are all on their own page; the other source counts no public."""
    html = read_html(run("parcours", lecture="Cohorte", source="France Travail"))
    assert "Sans effet sur cette page\u00a0: source «\u00a0France Travail\u00a0»." in html
    assert "Tous publics\u00a0: ces chiffres ne se lisent pas par public" in read_html(
        run("parcours", lecture="Cohorte", public="Femmes")
    )
    html = read_html(run("publics", public="Femmes"))
    assert "Sans effet sur cette page\u00a0: public «\u00a0Femmes\u00a0»." in html
    html = read_html(run("parcours", source="France Travail", public="Femmes"))
    assert "Sans effet sur cette page\u00a0: public «\u00a0Femmes\u00a0»." in html
    html = read_html(run("synthese", territoire="Martigues"))
    assert "Sans effet sur cette page\u00a0: territoire «\u00a0Martigues\u00a0»." in html
    labels = [one.label for one in run("sorties", convention="accompagnement-global-35").selectbox]
    assert "Territoire" not in labels


@pytest.mark.usefixtures("full")
def test_funnel_of_one_place_counts_what_the_engine_counts_there() -> None:
    html = read_html(run("parcours", territoire="Martigues", periode="2025"))
    with open_database() as database:
        request = Request(
            "plie-martigues", periods=("2025-T1", "2025-T2", "2025-T3", "2025-T4"), by=("territoire",),
            indicators=("taux_presence",),
        )  # fmt: skip
        (figure,) = [one for one in compute_figures(database, request) if one.territory == "13056"]
    funnel = re.sub("<[^>]+>", " ", html.split("j-funnel")[1].split("</table>")[0])
    assert f"({write_count(figure.numerator or 0)}/{write_count(figure.denominator or 0)})" in funnel


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize(("page", "shown"), [("parcours", "T2\u00a02025"), ("qualite", "2025"), ("bilan", "2025")])
def test_page_that_reads_years_shows_the_year_of_a_quarter(page: str, shown: str) -> None:
    test = run(page, periode="T2\u00a02025")
    assert next(one.value for one in test.selectbox if one.label == "Période") == shown


@pytest.mark.usefixtures("full")
def test_definitions_opens_on_the_figure_of_the_address_and_finds_words() -> None:
    opened = read_html(run("definitions", indicateur="taux_presence", convention="plie-martigues"))
    assert '<h1 class="j-title">Taux de présence au premier contact</h1>' in opened
    assert opened.count("<details") > 20
    found = run("definitions", mots="rsa")
    assert "pour «\u00a0rsa\u00a0»" in read_title(found)
    assert "Part des allocataires du RSA" in read_html(found)
    nothing = read_html(run("definitions", mots="presance"))
    assert "Aucun chiffre ne porte ces mots" in nothing
    assert 'href="/definitions?mots=pr%C3%A9sence"' in nothing
    assert read_title(run("definitions", catalogue="Toutes les conventions")).endswith("chiffres suivis")


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize(
    ("key", "page"),
    [
        ("plie-martigues", "articles"),
        ("metz", "villes"),
        ("troyes", "villes"),
        ("plie-martigues", "parcours"),
        ("accompagnement-global-35", "accompagnement_global"),
        ("plie-martigues", "synthese"),
        ("plie-martigues", "sorties"),
        ("plie-martigues", "publics"),
    ],
)
def test_page_where_a_definition_says_that_a_figure_is_shown_shows_it(key: str, page: str) -> None:
    """A figure on a page leads to its proof, whose address begins with its code, the steps of the funnel included."""
    entries = list_entries(load_catalogue(), load_conventions(), load_vocabulary())
    convention, title = load_conventions()[key], find_page(page).title
    told = {code for code in convention.indicators if title in dict(list_pages(entries[code], convention))}
    shown = set(re.findall(r"preuve=([a-z0-9_]+)~?", read_html(run(page, convention=key))))
    # Those of the funnel lead to the proof of the rate that counts them.
    counted = {step.code for step in STEPS} if page == "parcours" else set()
    assert told
    assert told - shown - counted == set()


@pytest.mark.usefixtures("full")
def test_accessibility_statement_says_what_remains_and_whom_to_write_to(monkeypatch: pytest.MonkeyPatch) -> None:
    html = read_html(run("accessibilite"))
    for one in load_remaining():
        assert escape(one.cause) in html
    assert "Aucune adresse n’est encore donnée" in html
    assert "JALONS_" not in html
    monkeypatch.setenv("JALONS_CONTACT", "accessibilite@exemple.fr")
    monkeypatch.setenv("JALONS_ORGANISME", "Ville d’Exemple")
    html = read_html(run("accessibilite"))
    assert "accessibilite@exemple.fr" in html
    assert "Ville d’Exemple" in html
    assert "JALONS_" not in html


@pytest.mark.parametrize("base", ["full", "empty"])
def test_every_page_ends_with_the_way_to_the_statement(base: str, request: pytest.FixtureRequest) -> None:
    """Even one that stops early because nothing was received."""
    request.getfixturevalue(base)
    menu = AppTest.from_file(str(PAGES_DIR.parent / "ui" / "menu.py"), default_timeout=60)
    menu.run()
    assert 'href="/accessibilite"' in read_html(menu)
    menu.switch_page("../pages/territoires.py").run()
    assert 'href="/accessibilite"' in read_html(menu)

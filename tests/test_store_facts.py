"""Facts without a workbook in; those that stand, whoever recorded or took back which, out."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from store.database import Database, StoreError, open_database
from store.facts import FactDraft, read_facts, record_fact, revoke_fact

PLIE = "plie-martigues"
COPIL = FactDraft(PLIE, "engagement_tenu", about="copil_plie", day=date(2024, 6, 18))
GAP = FactDraft(PLIE, "raison_ecart", about="integres", period="2024-T2", text="Deux postes vacants.")
PAID = FactDraft("metz", "versement", about="versement_agent", day=date(2021, 3, 2), number=11699)
NEED = FactDraft(PLIE, "besoin_non_couvert", period="2024", territory="13056", text="Garde le soir.")
RETAINED = FactDraft(PLIE, "source_retenue", about="orientes", period="2024", text="plie")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "a.duckdb") as database:
        yield database


def test_recorded_fact_is_read_with_author_and_date(db: Database) -> None:
    kept = record_fact(db, COPIL, author="A. Analyste")
    assert read_facts(db, PLIE) == [kept]
    assert (kept.id, kept.author, kept.about, kept.day) == (
        "F000001", "A. Analyste", "copil_plie", date(2024, 6, 18),
    )  # fmt: skip
    assert datetime.now(UTC) - kept.recorded_at < timedelta(minutes=5)


@pytest.mark.parametrize("draft", [COPIL, GAP, PAID, NEED, RETAINED])
def test_every_kind_is_kept_whole(db: Database, draft: FactDraft) -> None:
    kept = record_fact(db, draft, author="a")
    assert FactDraft(**{name: getattr(kept, name) for name in draft.__dataclass_fields__}) == draft
    assert read_facts(db, draft.convention, draft.kind) == [kept]


def test_facts_are_those_of_the_convention_and_kind_in_order(db: Database) -> None:
    for draft in (GAP, PAID, COPIL, NEED):
        record_fact(db, draft, author="a")
    assert [fact.kind for fact in read_facts(db, PLIE)] == [GAP.kind, COPIL.kind, NEED.kind]
    assert [fact.id for fact in read_facts(db, PLIE, COPIL.kind)] == ["F000003"]
    assert read_facts(db, "troyes") == []


def test_revoked_fact_no_longer_stands_and_both_rows_stay(db: Database) -> None:
    first, second = (record_fact(db, draft, author="a") for draft in (COPIL, GAP))
    revoke_fact(db, first.id, author="b")
    assert read_facts(db, PLIE) == [second]
    with db.cursor() as cursor:
        rows = cursor.execute("select id, author, revokes from facts order by seq").fetchall()
    assert rows == [("F000001", "a", None), ("F000002", "a", None), ("F000003", "b", "F000001")]


def test_fact_is_revoked_once_and_may_be_recorded_again(db: Database) -> None:
    first = record_fact(db, COPIL, author="a")
    revoke_fact(db, first.id, author="a")
    with pytest.raises(StoreError, match="« F000001 » n’existe pas ou a déjà été retiré"):
        revoke_fact(db, first.id, author="a")
    with pytest.raises(StoreError, match="« F000002 »"):
        revoke_fact(db, "F000002", author="a")
    assert record_fact(db, COPIL, author="a").id == "F000003"


@pytest.mark.parametrize(
    ("draft", "sentence"),
    [
        (replace(COPIL, convention="lille"), "La convention « lille » n’existe pas"),
        (replace(COPIL, kind="fete"), "Le fait « fete » n’existe pas"),
        (replace(COPIL, about="bal"), "« bal » n’est pas un choix possible.*copil_plie"),
        (replace(COPIL, about=None), "il manque ce dont il s’agit"),
        (replace(COPIL, day=None), "il manque le jour"),
        (replace(COPIL, number=3), "aucun nombre attendu"),
        (replace(PAID, number=None), "un nombre attendu, en euros"),
        (replace(PAID, number=-1), "un nombre positif ou nul attendu, en euros"),
        (replace(PAID, number=float("nan")), "un nombre positif ou nul attendu"),
        (replace(GAP, period=None), "il manque la période"),
        (replace(GAP, period="printemps"), "« printemps » n'est pas une période"),
        (replace(GAP, period="2019"), "« 2019 » est hors de la convention"),
        (replace(GAP, text="  "), "un texte attendu"),
        (replace(GAP, text="a" * 2001), "2000 caractères au plus, reçu 2001"),
        (replace(NEED, about="integres"), "il porte sur la convention, non sur « integres »"),
        (replace(NEED, territory="75056"), "« 75056 » n’est pas un territoire de la convention"),
        (replace(RETAINED, text="insee"), "une source de la convention attendue : plie, france-travail"),
    ],
)
def test_fact_that_says_too_little_or_too_much_is_refused(
    db: Database, draft: FactDraft, sentence: str
) -> None:
    with pytest.raises(StoreError, match=sentence):
        record_fact(db, draft, author="a")
    with db.cursor() as cursor:
        assert cursor.execute("select count(*) from facts").fetchall() == [(0,)]


def test_facts_recorded_at_once_each_have_their_id(db: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(lambda _: record_fact(db, GAP, author="a").id, range(24)))
    assert sorted(ids) == [f"F{rank:06d}" for rank in range(1, 25)]


def test_database_of_before_the_facts_gets_their_table(tmp_path: Path) -> None:
    with open_database(tmp_path / "old.duckdb") as db, db.transaction() as cursor:
        cursor.execute("drop table facts")
    with open_database(tmp_path / "old.duckdb") as db:
        assert read_facts(db, PLIE) == []
        assert record_fact(db, COPIL, author="a").id == "F000001"

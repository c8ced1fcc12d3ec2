"""The options of `python -m etl answers` in; the answers listed, added or revoked out."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from etl.lessons import Lessons
from store.answers import (
    COLUMN,
    IGNORED,
    IGNORED_CODE,
    KINDS,
    LABEL,
    SHEET,
    Answer,
    AnswerDraft,
    Meaning,
    parse_meaning,
    read_answers,
    record_answer,
    revoke_answer,
)
from store.database import Database, StoreError, default_path, open_database

Command = tuple[argparse.ArgumentParser, Callable[[argparse.Namespace], tuple[Any, int]]]
"""One command and what runs it."""
_UNSAID = {SHEET: IGNORED, COLUMN: Meaning()}


def recall_lessons(database: Database) -> Lessons:
    """All that analysts answered, as the reading takes it."""
    return Lessons(tuple(read_answers(database)))


def recall_lessons_of(path: Path) -> Lessons:
    """Those of a database file; none when there is no file, or when another program holds it."""
    if not path.exists():
        return Lessons()
    try:
        with open_database(path) as database:
            return recall_lessons(database)
    except StoreError:
        return Lessons()


def add_answers_commands(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> Iterator[Command]:
    """The three acts on answers, each with what runs it."""
    listing = acts.add_parser("list", help="les réponses qui valent")
    listing.add_argument("--convention", help="celles de cette convention")
    adding = acts.add_parser("add", help="apprendre le sens d’un texte")
    adding.add_argument("text", metavar="TEXTE", help="tel qu’il est écrit dans le classeur")
    adding.add_argument("--convention", required=True)
    adding.add_argument("--source", help="la source concernée, sinon toutes")
    adding.add_argument("--kind", choices=list(KINDS), default=LABEL)
    adding.add_argument(
        "--meaning", help=f"presents, sexe=femme, integres;sexe=femme, ou {IGNORED_CODE} pour ne pas lire"
    )
    revoking = acts.add_parser("revoke", help="retirer une réponse")
    revoking.add_argument("id", metavar="REPONSE")
    yield from ((listing, _list), (adding, _add), (revoking, _revoke))


def _author() -> str:
    return os.environ.get("JALONS_AUTHOR") or os.environ.get("USER") or "ligne de commande"


def _open(parsed: argparse.Namespace) -> Database:
    return open_database(parsed.database or default_path())


def _list(parsed: argparse.Namespace) -> tuple[Any, int]:
    with _open(parsed) as database:
        return [_describe(answer) for answer in read_answers(database, parsed.convention)], 0


def _add(parsed: argparse.Namespace) -> tuple[Any, int]:
    meaning = parse_meaning(parsed.meaning) if parsed.meaning else _UNSAID.get(parsed.kind, Meaning())
    draft = AnswerDraft(parsed.convention, parsed.source, parsed.kind, parsed.text, meaning)
    with _open(parsed) as database:
        return _describe(record_answer(database, draft, author=_author())), 0


def _revoke(parsed: argparse.Namespace) -> tuple[Any, int]:
    with _open(parsed) as database:
        revoke_answer(database, parsed.id, author=_author())
    return {"id": parsed.id, "state": "révoquée"}, 0


def _describe(answer: Answer) -> dict[str, Any]:
    said = {"id": answer.id, "convention": answer.convention, "source": answer.source, "kind": answer.kind}
    return {**said, "text": answer.text, "meaning": answer.meaning.code, "author": answer.author,
            "recorded_at": f"{answer.recorded_at:%Y-%m-%d %H:%M}"}  # fmt: skip

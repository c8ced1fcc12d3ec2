"""What this session and the database were taught in; the lessons that a file is read with out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from html import escape

import streamlit as st

from etl.lessons import Lessons
from etl.teach import recall_lessons
from store.answers import Answer, AnswerDraft, record_answer
from store.database import Database, StoreError
from ui.blocks import show_error
from ui.french import set_typography

PASSING = "depot_reponses"


def keep_answer(
    database: Database,
    file_hash: str,
    draft: AnswerDraft,
    *,
    author: str,
    is_kept: bool = True,
    then: Callable[[], None],
) -> None:
    """Keep an answer, in the database or for this file alone, then read again; or say why it is not kept."""
    if not is_kept:
        now = datetime.now(UTC)
        kind, text, meaning = draft.kind, draft.text, draft.meaning
        teach_once(file_hash, Answer(draft.convention, draft.source, kind, text, meaning, "", author, now))
        then()
        return
    try:
        record_answer(database, draft, author=author)
    except StoreError as error:
        show_error("Cette réponse n’est pas retenue", escape(set_typography(str(error))))
        return
    then()


def teach_once(file_hash: str, answer: Answer) -> None:
    """Keep an answer for this file and this session alone."""
    kept_hash, answers = st.session_state.get(PASSING, ("", ()))
    st.session_state[PASSING] = (file_hash, (*(answers if kept_hash == file_hash else ()), answer))


def gather_lessons(database: Database, file_hash: str) -> Lessons:
    """The answers that are kept, then those given for this file alone."""
    kept_hash, answers = st.session_state.get(PASSING, ("", ()))
    lessons = recall_lessons(database)
    return replace(lessons, answers=(*lessons.answers, *answers)) if kept_hash == file_hash else lessons

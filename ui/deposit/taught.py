"""What this session and the database were taught in; the lessons that a file is read with out."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from etl.lessons import Lessons
from etl.teach import recall_lessons
from store.answers import Answer
from store.database import Database

PASSING = "depot_reponses"


def teach_once(file_hash: str, answer: Answer) -> None:
    """Keep an answer for this file and this session alone."""
    kept_hash, answers = st.session_state.get(PASSING, ("", ()))
    st.session_state[PASSING] = (file_hash, (*(answers if kept_hash == file_hash else ()), answer))


def gather_lessons(database: Database, file_hash: str) -> Lessons:
    """The answers that are kept, then those given for this file alone."""
    kept_hash, answers = st.session_state.get(PASSING, ("", ()))
    lessons = recall_lessons(database)
    return replace(lessons, answers=(*lessons.answers, *answers)) if kept_hash == file_hash else lessons

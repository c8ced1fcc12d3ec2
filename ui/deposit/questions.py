"""The questions of a report in; one card at a time with what the text could mean, and the answer kept, out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from html import escape

import streamlit as st

from conventions.catalogue import Catalogue
from etl.address import cover, parse_range
from etl.report import Proposal, Question, Report, name_areas
from store.answers import IGNORED, LONGEST_TEXT, Answer, AnswerDraft, Meaning, parse_meaning, record_answer
from store.database import StoreError
from ui.author import ask_author
from ui.blocks import show_block_title, show_error
from ui.deposit.meanings import pick_meaning
from ui.deposit.taught import teach_once
from ui.french import FIXED, join_words, set_typography, write_quantity
from ui.shell import Screen
from ui.wording import name_source, tag

OTHER, NOTHING = "autre", "rien"
LATER = "depot_plus_tard"
_VERY_NEAR, _NEAR = 90.0, 82.0
_NAMED = 4


def count_waiting(report: Report) -> int:
    """How many figures wait for an answer."""
    return sum(question.waiting for question in report.questions)


def show_questions(screen: Screen, report: Report, reread: Callable[[], None]) -> None:
    """The first question that was not put off, and the names of the others; `reread` is called once answered."""
    if report.convention is None:
        # Whose words they are is not known yet: that is asked first.
        return
    put_off: set[str] = st.session_state.setdefault(LATER, set())
    left = [question for question in report.questions if _key(report, question) not in put_off]
    if not left:
        if report.questions:
            _offer_again(report)
        return
    question, *others = left
    rank = len(report.questions) - len(left) + 1
    with st.container(key="carte-question-libelle"):
        count = len(report.questions)
        st.html(tag("Une question" if count == 1 else f"Question {rank} sur {count}", "wait"))
        show_block_title(set_typography(write_title(question, screen.catalogue)), write_evidence(question))
        _ask(screen, report, question, reread)
        if others:
            st.html(f'<p class="j-small-say">{escape(write_others(others))}</p>')


def write_title(question: Question, catalogue: Catalogue) -> str:
    """« Que compte « Reçus » ? »"""
    if question.measure:
        return f"Dans « {catalogue.measures[question.measure].label} », qui compte « {question.text} » ?"
    return f"Que compte « {question.text} » ?"


def write_evidence(question: Question) -> str:
    """Where the text stands and the first figures that wait for it (HTML)."""
    spots = [found[:2] for sheet, cell in question.cells if sheet == question.sheet and (found := parse_range(cell))]
    sheets = {sheet for sheet, _ in question.cells} - {question.sheet}
    where = f"Feuille {question.sheet}, {name_areas(cover(spots))}"
    more = f", et {write_quantity(len(sheets), 'autre feuille', 'autres feuilles')}" if sheets else ""
    dots = "…" if question.waiting > len(question.sample) else ""
    waiting = write_quantity(question.waiting, "chiffre attend", "chiffres attendent")
    return (
        f"{escape(where)}{more}{FIXED}: {escape(', '.join(question.sample))}{dots}. "
        f"<b>{waiting}</b> votre réponse{FIXED}; le reste du classeur peut être accepté sans elle."
    )


def write_others(others: list[Question]) -> str:
    """« Ensuite : « Suivis », « Bilan 2 ». »"""
    names = [f"«\u00a0{one.text}\u00a0»" for one in others[:_NAMED]]
    rest = len(others) - _NAMED
    return f"Ensuite{FIXED}: {join_words([*names, f'{rest} autres'] if rest > 0 else names)}."


def write_nearness(proposal: Proposal) -> str:
    """How close a proposal is, in words."""
    if proposal.score >= 100:
        return "c’est une graphie connue de cette partie"
    word = "très proche" if proposal.score >= _VERY_NEAR else "proche" if proposal.score >= _NEAR else "assez proche"
    return f"{word} de ce qui est écrit ({proposal.score:.0f}\u00a0%)"


def _key(report: Report, question: Question) -> str:
    return f"{report.file_hash[:12]}-{question.kind}-{question.text}"


def _ask(screen: Screen, report: Report, question: Question, reread: Callable[[], None]) -> None:
    convention = screen.conventions[report.convention or ""]
    key = _key(report, question)
    labels = {one.code: one.label for one in question.proposals}
    labels |= {OTHER: "Autre chose\u00a0: choisir dans la liste", NOTHING: "Ne pas lire ce libellé"}
    captions = [write_nearness(one) for one in question.proposals]
    captions += ["toutes les mesures du catalogue, celles de la convention d’abord"]
    captions += ["ses chiffres sont laissés de côté, sans avertissement"]
    choice = st.radio(
        "Sens du libellé",
        list(labels),
        index=0 if question.proposals else None,
        format_func=labels.__getitem__,
        captions=captions,
        key=f"choix-{key}",
        label_visibility="collapsed",
    )
    meaning: Meaning | None = None
    if choice == OTHER:
        meaning = pick_meaning(
            f"sens-{key}", screen.catalogue, convention, source=report.source, measure=question.measure
        )
    elif choice is not None:
        meaning = IGNORED if choice == NOTHING else parse_meaning(choice)
    whose = name_source(report.source, convention)
    told = f"Retenir cette réponse pour les prochains retours ({convention.label}, {whose})"
    is_kept = st.checkbox(told, value=True, key=f"retenir-{key}")
    author = ask_author("Réponse de", key="reponse_par")
    with st.container(horizontal=True, key="repondre-ou-pas"):
        is_given = st.button("Répondre", type="primary", key="repondre", disabled=meaning is None)
        if st.button("Plus tard", key="plus-tard"):
            st.session_state[LATER].add(key)
            st.rerun()
    if is_given and meaning is not None:
        draft = AnswerDraft(convention.key, report.source, question.kind, question.text[:LONGEST_TEXT], meaning)
        if _keep(screen, report, draft, author=author, is_kept=is_kept):
            reread()


def _keep(screen: Screen, report: Report, draft: AnswerDraft, *, author: str, is_kept: bool) -> bool:
    """Keep an answer, in the database or for this file alone; whether it could be."""
    if not is_kept:
        teach_once(report.file_hash, _as_answer(draft, author))
        return True
    try:
        record_answer(screen.database, draft, author=author)
    except StoreError as error:
        show_error("Cette réponse n’est pas retenue", escape(set_typography(str(error))))
        return False
    return True


def _as_answer(draft: AnswerDraft, author: str) -> Answer:
    now = datetime.now(UTC)
    return Answer(draft.convention, draft.source, draft.kind, draft.text, draft.meaning, author=author, recorded_at=now)


def _offer_again(report: Report) -> None:
    count = len(report.questions)
    with st.container(key="carte-question-reportee"):
        text = write_quantity(count, "question est restée sans réponse", "questions sont restées sans réponse")
        show_block_title(text, f"{write_quantity(count_waiting(report), 'chiffre attend', 'chiffres attendent')}.")
        if st.button("Y répondre", key="y-repondre"):
            st.session_state[LATER] = set()
            st.rerun()

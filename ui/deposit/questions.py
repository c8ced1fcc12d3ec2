"""The questions of a report in; one card at a time with what the text could mean, and the answer kept, out."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from conventions.catalogue import Catalogue
from etl.address import cover, parse_range
from etl.lessons import lesson_key
from etl.report import Proposal, Question, Report, name_areas
from store.answers import COLUMN, IGNORED, IGNORED_CODE, LONGEST_TEXT, SHEET, AnswerDraft, Meaning, parse_meaning
from ui.author import ask_author, get_author
from ui.blocks import show_block_title
from ui.deposit.meanings import pick_meaning
from ui.deposit.taught import keep_answer
from ui.french import FIXED, join_words, set_typography, write_quantity
from ui.shell import Screen
from ui.wording import name_source, tag

OTHER, NOTHING, HARMLESS = "autre", "rien", "personne"
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
    if question.kind == COLUMN:
        return f"La colonne « {question.text} » nomme-t-elle des personnes ?"
    if question.measure:
        return f"Dans « {catalogue.measures[question.measure].label} », qui compte « {question.text} » ?"
    return f"Que compte « {question.text} » ?"


def write_evidence(question: Question) -> str:
    """Where the text stands and the first figures that wait for it (HTML)."""
    if question.kind == COLUMN:
        where = escape(f"Feuille {question.sheet}, cellule {question.cell}")
        return f"{where}{FIXED}: elle est écartée par prudence, rien n’en est lu ni enregistré."
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
    meaning = _pick_column(key) if question.kind == COLUMN else _pick_label(screen, report, question, key)
    whose = f"{convention.label}, {name_source(report.source, convention)}"
    told = f"Retenir cette réponse pour les prochains retours ({whose})"
    is_kept = st.checkbox(told, value=True, key=f"retenir-{key}")
    author = ask_author("Réponse de", key="reponse_par")
    with st.container(horizontal=True, key="repondre-ou-pas"):
        is_given = st.button("Répondre", type="primary", key="repondre", disabled=meaning is None)
        if st.button("Plus tard", key="plus-tard"):
            st.session_state[LATER].add(key)
            st.rerun()
    if is_given and meaning is not None:
        draft = AnswerDraft(convention.key, report.source, question.kind, question.text[:LONGEST_TEXT], meaning)
        keep_answer(screen.database, report.file_hash, draft, author=author, is_kept=is_kept, then=reread)


def _pick_label(screen: Screen, report: Report, question: Question, key: str) -> Meaning | None:
    """The proposals, any other meaning, or nothing to read."""
    labels = {one.code: one.label for one in question.proposals}
    labels |= {OTHER: "Autre chose\u00a0: choisir dans la liste", NOTHING: "Ne pas lire ce libellé"}
    captions = [write_nearness(one) for one in question.proposals]
    captions += ["toutes les mesures du catalogue, celles de la convention d’abord"]
    captions += ["ses chiffres sont laissés de côté, sans avertissement"]
    choice = _choose("Sens du libellé", labels, captions, key, is_first_likely=bool(question.proposals))
    if choice == OTHER:
        convention = screen.conventions[report.convention or ""]
        return pick_meaning(
            f"sens-{key}", screen.catalogue, convention, source=report.source, measure=question.measure
        )
    if choice is None:
        return None
    return IGNORED if choice == NOTHING else parse_meaning(choice)


def _pick_column(key: str) -> Meaning | None:
    """Whether a column names people."""
    labels = {
        IGNORED_CODE: "Oui, ou j’en doute\u00a0: la laisser de côté",
        HARMLESS: "Non, elle ne nomme personne\u00a0: la lire",
    }
    captions = ["rien n’en est enregistré", "ses cellules seront lues comme les autres"]
    choice = _choose("La colonne nomme-t-elle des personnes", labels, captions, key, is_first_likely=True)
    return IGNORED if choice == IGNORED_CODE else Meaning()


def _choose(title: str, labels: dict[str, str], captions: list[str], key: str, *, is_first_likely: bool) -> str | None:
    return st.radio(
        title,
        list(labels),
        index=0 if is_first_likely else None,
        format_func=labels.__getitem__,
        captions=captions,
        key=f"choix-{key}",
        label_visibility="collapsed",
    )


def _offer_again(report: Report) -> None:
    count = len(report.questions)
    with st.container(key="carte-question-reportee"):
        text = write_quantity(count, "question est restée sans réponse", "questions sont restées sans réponse")
        waiting = count_waiting(report)
        show_block_title(text, f"{write_quantity(waiting, 'chiffre attend', 'chiffres attendent')}." if waiting else "")
        if st.button("Y répondre", key="y-repondre"):
            st.session_state[LATER] = set()
            st.rerun()


def offer_sheets(screen: Screen, report: Report, reread: Callable[[], None]) -> None:
    """A sheet to leave unread (a draft, a copy), now and in the next returns, whatever the period in its name."""
    names = [sheet.sheet for sheet in report.sheets if lesson_key(sheet.sheet)]
    if report.convention is None or len(report.sheets) < 2 or not names:
        return
    with st.expander("Ne pas lire une feuille de ce classeur, ni dans les prochains retours"):
        chosen = st.selectbox(
            "Feuille à ne pas lire", names, index=None, placeholder="choisir une feuille", key="feuille-a-taire"
        )
        if st.button("Ne plus la lire", key="taire-feuille", disabled=chosen is None) and chosen is not None:
            draft = AnswerDraft(report.convention, report.source, SHEET, chosen[:LONGEST_TEXT], IGNORED)
            keep_answer(screen.database, report.file_hash, draft, author=get_author(), then=reread)

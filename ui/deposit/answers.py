"""The answers that stand in; their table, and the change or the revocation of one of them, out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from etl.lessons import name_meaning
from store.answers import KINDS, LABEL, SHEET, Answer, AnswerDraft, Meaning, record_answer, revoke_answer
from store.database import StoreError
from ui.author import ask_author, get_author
from ui.blocks import show_block_title, show_error, show_table
from ui.deposit.history import write_moment
from ui.deposit.meanings import pick_meaning
from ui.french import set_typography
from ui.shell import Screen
from ui.tables import Column, Row, note, render_table
from ui.wording import name_source

CHOSEN, EDITED = "reponse_choisie", "reponse_modifiee"
NOT_READ, NOBODY, LEFT_OUT = "à ne pas lire", "ne nomme personne", "à laisser de côté"
EVERY_SOURCE = "toutes les sources"


def write_meaning(answer: Answer, screen: Screen) -> str:
    """What a text was said to be, in French."""
    if answer.kind == LABEL:
        return name_meaning(answer.meaning, screen.catalogue)
    if answer.meaning.is_ignored:
        return NOT_READ if answer.kind == SHEET else LEFT_OUT
    return NOBODY


def render_answers(answers: Sequence[Answer], screen: Screen) -> str:
    """One row an answer, the latest first."""
    columns = [
        Column("Convention et source"), Column("Écrit"), Column("Compris comme"), Column("Par"), Column("Le"),
    ]  # fmt: skip
    return render_table(
        caption="Réponses apprises, de la plus récente à la plus ancienne",
        columns=columns,
        rows=[_row(answer, screen) for answer in reversed(answers)],
        is_caption_hidden=True,
    )


def _row(answer: Answer, screen: Screen) -> Row:
    convention = screen.conventions[answer.convention]
    source = name_source(answer.source, convention) if answer.source else EVERY_SOURCE
    return Row(
        [
            note(escape(convention.label), escape(source)),
            note(f"«\u00a0{escape(answer.text)}\u00a0»", KINDS[answer.kind]),
            f"<b>{escape(write_meaning(answer, screen))}</b>",
            escape(answer.author) or "—",
            write_moment(answer.recorded_at),
        ]
    )


def show_answers(screen: Screen, answers: Sequence[Answer]) -> None:
    """The table, then the answer that is chosen, to change or to revoke."""
    with st.container(key="carte-reponses"):
        show_table(render_answers(answers, screen))
        names = {answer.id: f"« {answer.text} »\u00a0: {write_meaning(answer, screen)}" for answer in reversed(answers)}
        with st.container(horizontal=True, vertical_alignment="bottom", key="choisir-reponse"):
            chosen = st.selectbox(
                "Réponse à modifier ou à révoquer",
                list(names),
                index=None,
                format_func=names.__getitem__,
                placeholder="choisir une réponse",
                key=CHOSEN,
                width=520,
            )
            answer = next((one for one in answers if one.id == chosen), None)
            if st.button("Modifier", key="modifier", disabled=answer is None or answer.kind != LABEL):
                st.session_state[EDITED] = chosen
            is_revoked = st.button("Révoquer", key="revoquer", disabled=answer is None)
    if answer is not None and is_revoked:
        _revoke(screen, answer)
    if answer is not None and st.session_state.get(EDITED) == answer.id:
        _show_edit(screen, answer)


def _revoke(screen: Screen, answer: Answer) -> None:
    try:
        revoke_answer(screen.database, answer.id, author=get_author())
    except StoreError as error:
        show_error("Cette réponse ne peut pas être révoquée", escape(set_typography(str(error))))
        return
    st.rerun()


def _show_edit(screen: Screen, answer: Answer) -> None:
    """Another meaning for the same text: the answer before is revoked and stays written."""
    with st.container(key="carte-question-modifier"):
        show_block_title(
            set_typography(f"Que compte « {answer.text} » ?"),
            "La nouvelle réponse vaut pour les prochains dépôts\u00a0; les chiffres déjà enregistrés ne changent pas.",
        )
        key = f"modifier-{answer.id}"
        is_ignored = st.checkbox("Ne pas lire ce libellé", value=answer.meaning.is_ignored, key=f"{key}-rien")
        meaning: Meaning | None = Meaning(is_ignored=True)
        if not is_ignored:
            convention = screen.conventions[answer.convention]
            meaning = pick_meaning(
                key, screen.catalogue, convention, source=answer.source, current=answer.meaning
            )
        author = ask_author("Réponse de", key=f"{key}-par")
        if st.button("Enregistrer", type="primary", key="enregistrer-reponse", disabled=meaning is None):
            _change(screen, answer, meaning, author)


def _change(screen: Screen, answer: Answer, meaning: Meaning | None, author: str) -> None:
    if meaning is None:
        return
    draft = AnswerDraft(answer.convention, answer.source, answer.kind, answer.text, meaning)
    try:
        record_answer(screen.database, draft, author=author)
    except StoreError as error:
        show_error("Cette réponse n’est pas retenue", escape(set_typography(str(error))))
        return
    st.session_state.pop(EDITED, None)
    st.rerun()

"""A file in; the steps of its deposit out: waiting, understood, questions, effect, then accepted or
refused."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from etl.load import ALREADY_LOADED, LoadResult
from etl.report import BLOCKING, Options
from ui.blocks import show_block_title, show_lead, show_source, show_title
from ui.deposit import acts
from ui.deposit.effect import read_known, render_effect, weigh, write_effect_title
from ui.deposit.history import SAID, Said, undo_entry
from ui.deposit.reading import STATE, Deposit
from ui.french import FIXED, write_number, write_quantity, write_small
from ui.shell import Screen
from ui.wording import name_source, tag

STEPS = ("Fichier lu", "Compris", "Constats", "Effet", "Accepter ou refuser")
NOT_SAID = "selon le fichier"
ASKING = ("convention_inconnue", "source_inconnue", "source_supposee", "periode_inconnue", "aucun_chiffre")
ANSWERS = ("dire_convention", "dire_source", "dire_periode")


def ask_file() -> UploadedFile | None:
    """The uploader; a new one after each act."""
    turn = st.session_state.setdefault("depot_tour", 0)
    return st.file_uploader(
        "Classeur à déposer",
        type=["xlsx", "xlsm", "xls", "ods", "csv"],
        key=f"fichier-{turn}",
        label_visibility="collapsed",
    )


def show_waiting() -> None:
    """The page before any file."""
    show_title(
        "Déposer un retour",
        lead="Jalons lit les tableaux de comptes tels qu’ils sont, dit ce qu’il comprend, et "
        "n’enregistre rien avant votre accord.",
    )


def show_said(screen: Screen) -> None:
    """What the last act did, with its undo, until another file is chosen."""
    said: Said | None = st.session_state.get(SAID)
    if said is None:
        return
    with st.container(key="carte-decision" if said.import_id else "carte-note"):
        show_block_title(said.title, escape(said.text))
        entry = next((one for one in screen.history if one.id == said.import_id), None)
        if entry is not None and st.button("Annuler ce dépôt", key="annuler-dernier"):
            undo_entry(screen, entry)


def show_head(deposit: Deposit) -> None:
    """The steps, the finding and the file."""
    report = deposit.report
    done = len(STEPS) - 1 if report.accepted else 2
    items = "".join(_write_step(rank, done, is_refused=not report.accepted) for rank in range(len(STEPS)))
    st.html(f'<ol class="j-steps">{items}</ol>')
    amount = write_quantity(len(report.observations), "chiffre prêt", "chiffres prêts")
    if report.paths:
        amount = write_quantity(len(report.paths), "parcours prêt", "parcours prêts")
    blocking = sum(finding.severity == BLOCKING for finding in report.findings)
    title = f"Classeur compris{FIXED}: {amount}" if report.accepted else _write_refusal(blocking)
    size = f"{write_number(max(1, deposit.size / 1024))}{FIXED}Ko"
    sheets = write_quantity(len(report.sheets), "feuille", "feuilles")
    lead = (
        f"<b>{escape(deposit.name)}</b>, {sheets}, {size}. Rien n’est enregistré tant que vous "
        "n’avez pas accepté."
    )
    show_title(title, lead=lead)


def _write_step(rank: int, done: int, *, is_refused: bool) -> str:
    name = f"{rank + 1}. {STEPS[rank]}"
    if rank < done:
        return f'<li class="j-done">{name} ✓</li>'
    css = "j-now j-stop" if is_refused else "j-now"
    return f'<li class="{css}" aria-current="step">{name}</li>' if rank == done else f"<li>{name}</li>"


def _write_refusal(blocking: int) -> str:
    if blocking == 1:
        return "Classeur refusé pour une raison, rien n’est enregistré"
    return f"Classeur refusé pour {write_small(blocking)} raisons, rien n’est enregistré"


def read_options(screen: Screen) -> Options:
    """What the reader has said of the file so far."""
    said = st.session_state
    convention = next(
        (one for one in screen.conventions.values() if one.label == said.get("dire_convention")), None
    )
    sources = {one.label: one.code for one in convention.sources} if convention else {}
    period = str(said.get("dire_periode") or "").strip()
    return Options(
        convention.key if convention else None, sources.get(said.get("dire_source", "")), period or None
    )


def is_asked(deposit: Deposit) -> bool:
    """Whether the reading needs an answer: without it the file is refused, or read on a supposition."""
    return any(finding.code in ASKING for finding in deposit.report.findings)


def ask_options(screen: Screen, deposit: Deposit) -> None:
    """What the file does not say itself: a question when the reading needs it, else folded away."""
    if is_asked(deposit):
        with st.container(key="carte-question"):
            st.html(tag("Une question", "wait"))
            show_block_title("D’où vient ce classeur\u202f?", "La lecture reprend dès votre réponse.")
            _ask_fields(screen)
    else:
        with st.expander("Corriger la convention, la source ou la période retenues"):
            _ask_fields(screen)


def _ask_fields(screen: Screen) -> None:
    conventions = {one.label: one for one in screen.conventions.values()}
    first, second, third = st.columns(3)
    with first:
        name = st.selectbox(
            "Convention",
            list(conventions),
            index=None,
            placeholder=NOT_SAID,
            key="dire_convention",
            filter_mode=None,
        )
    sources = [one.label for one in conventions[name].sources] if name else []
    with second:
        st.selectbox(
            "Source",
            sources,
            index=None,
            placeholder=NOT_SAID,
            key="dire_source",
            disabled=not sources,
            filter_mode=None,
        )
    with third:
        st.text_input("Période", placeholder="2026-T3", key="dire_periode", help=None)


def show_decision(screen: Screen, deposit: Deposit) -> None:
    """What accepting would change, and the two buttons."""
    report = deposit.report
    convention = screen.conventions.get(report.convention or "")
    with st.container(key="carte-effet" if report.accepted else "carte-refus"):
        if not report.accepted:
            show_block_title("Ce classeur ne peut pas être enregistré tel quel")
            show_lead(
                "Corrigez dans le tableur ce qui est marqué «\u00a0▼ À corriger\u00a0», ou précisez "
                "ci-contre ce que le fichier ne dit pas, puis déposez-le de nouveau."
            )
            if st.button("Retirer ce fichier", key="refuser"):
                start_again()
            return
        effect = weigh(report, read_known(screen.database, report))
        show_block_title(write_effect_title(effect))
        table = render_effect(effect, convention, screen.catalogue)
        if table:
            st.html(table)
        same = (
            f"{write_quantity(effect.unchanged, 'chiffre déjà connu', 'chiffres déjà connus')}, inchangés. "
            if effect.unchanged
            else ""
        )
        whose = f"{convention.label}, source {name_source(report.source, convention)}. " if convention else ""
        show_source(
            f"{escape(whose)}{same}Les chiffres corrigés remplacent les anciens, qui restent "
            "au journal. Vous pourrez annuler ce dépôt."
        )
        if not table and not effect.records:
            if st.button("Retirer ce fichier", key="refuser"):
                start_again()
            return
        _show_buttons(screen, deposit, can_retire=bool(effect.changed or effect.unchanged))


def _show_buttons(screen: Screen, deposit: Deposit, *, can_retire: bool) -> None:
    author = st.text_input("Déposé par", placeholder="service ou initiales", key="depose_par")
    retire = can_retire and st.checkbox(
        "Retirer aussi ce que l’ancienne version donnait et que celle-ci ne donne plus", key="retirer"
    )
    with st.container(horizontal=True, key="choix"):
        is_accepted = st.button("Accepter", type="primary", key="accepter")
        if st.button("Refuser", key="refuser"):
            start_again()
    if is_accepted:
        with st.spinner("Enregistrement…"):
            result = acts.accept(
                screen.database,
                replace(deposit.report, file=deposit.name),
                author=author.strip(),
                retire_absent=retire,
            )
        start_again(write_result(result, deposit.name))


def write_result(result: LoadResult, name: str) -> Said:
    """What loading did, in a sentence."""
    if result.state == ALREADY_LOADED:
        return Said("Ce fichier était déjà enregistré", f"{name}{FIXED}: rien n’a changé.")
    parts = (
        (result.added, "nouveau", "nouveaux"),
        (result.changed, "corrigé", "corrigés"),
        (result.unchanged, "inchangé", "inchangés"),
    )
    text = ", ".join(write_quantity(count, one, many) for count, one, many in parts if count)
    absent = " ".join(finding.message for finding in result.findings if finding.code.startswith("absent"))
    return Said(
        f"Dépôt {result.import_id} enregistré", f"{name}{FIXED}: {text}. {absent}".strip(), result.import_id
    )


def start_again(said: Said | None = None) -> None:
    """Forget the file and what was said of it, say what was done, and draw the page anew."""
    st.session_state["depot_tour"] = st.session_state.get("depot_tour", 0) + 1
    for key in (STATE, *ANSWERS):
        st.session_state.pop(key, None)
    if said is not None:
        st.session_state[SAID] = said
    st.rerun()

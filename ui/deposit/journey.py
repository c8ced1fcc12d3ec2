"""A file understood in; its steps, what the reader says that the file does not, and the way out, out."""

from __future__ import annotations

from html import escape

import streamlit as st

from conventions.values import Convention
from etl.desk import DeskFullError
from etl.report import BLOCKING, Options, Report
from ui.blocks import show_block_title, show_error, show_title
from ui.deposit import errands
from ui.deposit.questions import count_waiting
from ui.deposit.reading import Deposit, ask_reading
from ui.deposit.said import Said, say
from ui.french import FIXED, set_typography, write_number, write_quantity, write_small
from ui.shell import Screen
from ui.wording import tag

STEPS = ("Fichier lu", "Compris", "Constats", "Effet", "Accepter ou refuser")
NOT_SAID = "selon le fichier"
ASKING = ("convention_inconnue", "source_inconnue", "source_supposee", "periode_inconnue", "aucun_chiffre")
NEXT = "depot_options"
"""What was said of the file that comes next."""


def show_head(deposit: Deposit) -> None:
    """The steps, the finding and the file."""
    report = deposit.report
    steps = (*STEPS[:2], "Une question", *STEPS[3:]) if report.questions else STEPS
    done = 2 if report.questions or not report.accepted else len(steps) - 1
    css = "j-stop" if not report.accepted else "j-ask" if report.questions else ""
    items = "".join(_write_step(rank, name, done, css) for rank, name in enumerate(steps))
    st.html(f'<ol class="j-steps">{items}</ol>')
    amount = write_quantity(len(report.observations), "chiffre prêt", "chiffres prêts")
    if report.paths:
        amount = write_quantity(len(report.paths), "parcours prêt", "parcours prêts")
    blocking = sum(finding.severity == BLOCKING for finding in report.findings)
    title = f"Classeur compris{write_doubt(report)}{FIXED}: {amount}" if report.accepted else _write_refusal(blocking)
    if report.accepted and count_waiting(report):
        title += f", {write_number(count_waiting(report))} en attente de votre réponse"
    size = f"{write_number(max(1, deposit.size / 1024))}{FIXED}Ko"
    sheets = write_quantity(len(report.sheets), "feuille", "feuilles")
    lead = (
        f"<b>{escape(deposit.name)}</b>, {sheets}, {size}. Rien n’est enregistré tant que vous "
        "n’avez pas accepté."
    )
    show_title(title, lead=lead)


def write_doubt(report: Report) -> str:
    """« à une question près », nothing when nothing is asked."""
    count = len(report.questions)
    if not count:
        return ""
    return f" à {write_small(count, feminine=True)} question{'s' if count > 1 else ''} près"


def _write_step(rank: int, title: str, done: int, css: str) -> str:
    name = f"{rank + 1}. {title}"
    if rank < done:
        return f'<li class="j-done">{name} ✓</li>'
    return f'<li class="j-now {css}" aria-current="step">{name}</li>' if rank == done else f"<li>{name}</li>"


def _write_refusal(blocking: int) -> str:
    if blocking == 1:
        return "Classeur refusé pour une raison, rien n’est enregistré"
    return f"Classeur refusé pour {write_small(blocking)} raisons, rien n’est enregistré"


def is_asked(deposit: Deposit) -> bool:
    """Whether the reading needs an answer: without it the file is refused, or read on a supposition."""
    return any(finding.code in ASKING for finding in deposit.report.findings)


def ask_options(screen: Screen, deposit: Deposit) -> None:
    """What the file does not say itself: a question when the reading needs it, else folded away."""
    if is_asked(deposit):
        with st.container(key="carte-question"):
            st.html(tag("Une question", "wait"))
            show_block_title("D’où vient ce classeur\u202f?", "La lecture reprend dès votre réponse.")
            options = _ask_fields(screen, deposit.report.options)
    else:
        with st.expander("Corriger la convention, la source ou la période retenues"):
            options = _ask_fields(screen, deposit.report.options)
    if options != deposit.report.options:
        read_again(screen, deposit, options)


def _ask_fields(screen: Screen, said: Options) -> Options:
    """Three fields that open on what was said before."""
    first, second, third = st.columns(3)
    keys = list(screen.conventions)
    with first:
        key = st.selectbox(
            "Convention",
            keys,
            index=_find(keys, said.convention),
            format_func=lambda one: screen.conventions[one].label,
            placeholder=NOT_SAID,
            key="dire_convention",
            filter_mode=None,
        )
    with second:
        source = _ask_source(screen.conventions.get(key or ""), said)
    with third:
        period = st.text_input("Période", value=said.period or "", placeholder="2026-T3", key="dire_periode")
    return Options(key, source, (period or "").strip() or None)


def _ask_source(convention: Convention | None, said: Options) -> str | None:
    labels = {one.code: one.label for one in convention.sources} if convention else {}
    return st.selectbox(
        "Source",
        list(labels),
        index=_find(list(labels), said.source),
        format_func=lambda one: labels[one],
        placeholder=NOT_SAID,
        key=f"dire_source-{convention.key if convention else ''}",
        disabled=not labels,
        filter_mode=None,
    )


def _find(codes: list[str], code: str | None) -> int | None:
    return codes.index(code) if code in codes else None


def read_again(screen: Screen, deposit: Deposit, options: Options) -> None:
    """Read the same file with what was just said; the bytes of a file about people are asked for again."""
    if deposit.content is None:
        st.session_state[NEXT] = options
        start_again(
            Said(
                "Déposez de nouveau ce fichier",
                "Il parle de personnes\u00a0: Jalons n’en garde pas le contenu une fois lu. "
                "Déposez-le encore une fois, il sera lu avec ce que vous venez de préciser.",
            )
        )
        return
    try:
        ask_reading(screen.database, deposit.name, deposit.content, options)
    except DeskFullError as error:
        show_error("Le serveur est occupé", set_typography(str(error)))
        return
    st.rerun()


def start_again(said: Said | None = None) -> None:
    """Let go of the file and of what was said of it, say what was done, and draw the page anew."""
    for slot in (errands.READING, errands.EFFECT):
        errands.forget(slot)
    if said is not None:
        say(said)
    st.rerun()


def take_options() -> Options:
    """What was said of the file that arrives, said once."""
    options: Options = st.session_state.pop(NEXT, Options())
    return options

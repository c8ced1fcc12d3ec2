"""What this session asks of the desk in; where each request stands, step by step, and its answer, out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any, TypeAlias, TypeVar

import streamlit as st

from etl.desk import WAITING, Desk, Ticket
from etl.steps import Told
from ui.blocks import show_block_title
from ui.french import FIXED, write_quantity

Answer = TypeVar("Answer")
Work: TypeAlias = Callable[[Told], Answer]
Look: TypeAlias = Callable[[Ticket[Answer]], Answer | None]

READING, EFFECT, LOADING, UNDOING = "depot_lecture", "depot_effet", "depot_chargement", "depot_annulation"
# What ends this soon is not worth drawing a page for.
AT_ONCE = 0.6
EVERY = 1.0


@st.cache_resource(show_spinner=False)
def get_desk() -> Desk:
    """The desk of this server, one for all sessions."""
    return Desk()


def ask(
    slot: str, work: Work[Answer], *, steps: Sequence[str] = (), weight: int = 0
) -> Ticket[Answer]:
    """Put a request in the line and remember its ticket; DeskFullError when the line is full."""
    ticket = get_desk().submit(work, steps=steps, weight=weight)
    forget(slot)
    st.session_state[slot] = ticket
    ticket.wait(AT_ONCE)
    return ticket


def find(slot: str) -> Ticket[Any] | None:
    """The ticket of this session's request, under way or ended."""
    ticket: Ticket[Any] | None = st.session_state.get(slot)
    return ticket


def forget(slot: str) -> None:
    """Let go of a request and of its answer."""
    ticket = st.session_state.pop(slot, None)
    if ticket is not None:
        get_desk().drop(ticket)


@st.fragment(run_every=EVERY)
def show_progress(slot: str, title: str) -> None:
    """Where a request stands, drawn anew each second by itself; the page is drawn anew at its end."""
    ticket = find(slot)
    if ticket is None or ticket.is_ended:
        st.rerun()
    before = get_desk().count_before(ticket)
    with st.container(key=f"carte-avance-{slot}"):
        show_block_title(write_standing(ticket, before, title))
        st.html(render_steps(ticket, before))


def write_standing(ticket: Ticket[Any], before: int, title: str) -> str:
    """« En attente : 2 demandes avant la vôtre », else what is being done."""
    if ticket.state != WAITING:
        return title
    if not before:
        return "C’est votre tour"
    return f"En attente{FIXED}: {write_quantity(before, 'demande', 'demandes')} avant la vôtre"


def render_steps(ticket: Ticket[Any], before: int) -> str:
    """The steps done, the one under way, those to come; a screen reader hears each change."""
    if ticket.state == WAITING and before:
        text = (
            "Jalons traite un classeur à la fois. Votre tour est gardé et la lecture commencera seule\u00a0: "
            "vous pouvez aller sur une autre page et revenir."
        )
        return f'<p class="j-say" role="status">{text}</p>'
    told = list(ticket.told)
    names = [*told, *(step for step in ticket.steps if step not in told)]
    items = "".join(_write_step(name, rank, len(told)) for rank, name in enumerate(names))
    return (
        f'<ol class="j-list j-plain j-progress" role="status">{items}</ol>'
        '<p class="j-source">Vous pouvez aller sur une autre page et revenir\u00a0: rien ne s’arrête.</p>'
    )


def _write_step(name: str, rank: int, begun: int) -> str:
    mark = '<span class="j-mark {}" aria-hidden="true">{}</span>'
    if rank < begun - 1:
        return f'<li>{mark.format("j-in", "✓")}{escape(name)} <span class="j-hidden">fait</span></li>'
    if rank == begun - 1:
        under_way = f'<b>{escape(name)}</b> <span class="j-soft">en cours…</span>'
        return f'<li aria-current="step">{mark.format("j-turn", "")}{under_way}</li>'
    return f'<li class="j-soft">{mark.format("j-later", "·")}{escape(name)}</li>'

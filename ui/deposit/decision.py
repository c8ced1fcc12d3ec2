"""A file understood in; what accepting it would change, figure by figure, and the two ways out, out."""

from __future__ import annotations

from datetime import date
from functools import partial
from html import escape

import streamlit as st

from conventions.statuses import UNKNOWN
from etl.desk import DeskFullError, Ticket
from ui.author import ask_author
from ui.blocks import show_block_title, show_error, show_lead, show_source, show_table
from ui.deposit import acts, errands
from ui.deposit.effect import STEPS, Effect, foresee
from ui.deposit.effect_tables import (
    render_added,
    render_changes,
    render_moves,
    render_verdicts,
    write_effect_title,
    write_lead,
    write_replaced,
    write_secrets,
    write_unchanged,
)
from ui.deposit.journey import start_again
from ui.deposit.reading import Deposit
from ui.french import set_typography, write_number
from ui.shell import Screen

FIRST, MOST = 6, 300
WEIGHED, RETIRING = "depot_effet_de", "depot_retire"


def show_decision(screen: Screen, deposit: Deposit) -> None:
    """What accepting would change, then the two buttons; a file that is refused has one way out."""
    if not deposit.report.accepted:
        _show_no_way(deposit)
        return
    ticket = _weigh(screen, deposit, is_retiring=_is_retiring())
    if ticket is None:
        return
    if not ticket.is_ended:
        errands.show_progress(errands.EFFECT, "Ce que changerait ce classeur")
        return
    effect = errands.get_desk().look(ticket)
    with st.container(key="carte-effet"):
        if effect is None:
            show_block_title("L’effet n’a pas pu être calculé")
            why = ticket.problem or "Il n’est plus en mémoire : déposez de nouveau le fichier."
            show_lead(escape(set_typography(why)))
            _show_leave()
            return
        _show_effect(screen, deposit, effect)
        if effect.is_nothing and not effect.absent:
            _show_leave()
        else:
            _show_buttons(screen, deposit, effect)


def _show_no_way(deposit: Deposit) -> None:
    with st.container(key="carte-refus"):
        show_block_title("Ce classeur ne peut pas être enregistré tel quel")
        show_lead(
            "Corrigez dans le tableur ce qui est marqué «\u00a0▼ À corriger\u00a0», ou précisez "
            "ci-contre ce que le fichier ne dit pas, puis déposez-le de nouveau."
        )
        _show_leave()


def _show_leave() -> None:
    if st.button("Retirer ce fichier", key="refuser"):
        start_again()


def _is_retiring() -> bool:
    """Whether this file is to withdraw what the older ones had more: chosen for one reading at a time."""
    reading = errands.find(errands.READING)
    return reading is not None and st.session_state.get(RETIRING) is reading


def _weigh(screen: Screen, deposit: Deposit, *, is_retiring: bool) -> Ticket[Effect] | None:
    """The effect of this reading on the database as it stands: weighed again when either has changed."""
    wanted = (errands.find(errands.READING), screen.database.writes, is_retiring)
    ticket = errands.find(errands.EFFECT)
    if ticket is not None and st.session_state.get(WEIGHED) == wanted:
        return ticket
    work = partial(_foresee, screen, deposit, is_retiring)
    try:
        ticket = errands.ask(errands.EFFECT, work, steps=STEPS)
    except DeskFullError as error:
        show_error("Le serveur est occupé", escape(set_typography(str(error))))
        return None
    st.session_state[WEIGHED] = wanted
    return ticket


def _foresee(screen: Screen, deposit: Deposit, is_retiring: bool, told: errands.Told) -> Effect:
    return foresee(screen.database, deposit.report, date.today(), retire_absent=is_retiring, told=told)


def _show_effect(screen: Screen, deposit: Deposit, effect: Effect) -> None:
    show_block_title(write_effect_title(effect))
    if effect.is_nothing:
        show_lead(f"{write_unchanged(effect)}.")
    else:
        show_source(escape(write_lead(effect)))
    _show_published(screen, effect)
    _show_own(screen, deposit, effect)
    years = " et ".join(str(year) for year in effect.left_out)
    notes = [
        write_replaced(effect),
        f"Les chiffres publiés de {years} ne sont pas comparés ici." if years else "",
        "" if effect.is_nothing else "Les anciens chiffres restent au journal\u00a0; vous pourrez annuler ce dépôt.",
    ]
    show_source(" ".join(part for part in notes if part))


def _show_published(screen: Screen, effect: Effect) -> None:
    """The first published figures that move, the others folded, then what becomes secret."""
    published = effect.published
    turned = [one for one in published.verdicts if one.before != UNKNOWN]
    if turned:
        show_table(render_verdicts(turned[:FIRST]))
    if len(published.verdicts) > len(turned[:FIRST]):
        label = f"Voir tous les objectifs dont l’état change ou se lit ({len(published.verdicts)})"
        show_table(render_verdicts(published.verdicts), label=label)
    if published.moves:
        show_table(render_moves(published.moves[:FIRST], screen, caption="Chiffres publiés qui changent"))
    if len(published.moves) > FIRST:
        label = f"Voir tout\u00a0: les {_count(len(published.moves))} chiffres publiés qui changent"
        show_table(render_moves(published.moves[:MOST], screen, caption="Tous les chiffres publiés"), label=label)
    secrets = write_secrets(effect)
    if secrets:
        show_lead(secrets)
        both = (*published.hidden, *published.revealed)
        show_table(render_moves(both[:MOST], screen, caption="Secret pour le comité"), label="Voir lesquels")


def _show_own(screen: Screen, deposit: Deposit, effect: Effect) -> None:
    """The figures of the file itself, folded: corrections one by one, new ones by measure and period."""
    convention = screen.conventions.get(deposit.report.convention or "")
    if effect.changed:
        table = render_changes(effect.changed[:MOST], convention, screen.catalogue)
        label = f"Voir les chiffres du classeur qui en corrigent d’autres ({_count(len(effect.changed))})"
        show_table(table, label=label)
    if effect.added:
        table = render_added(effect.added, screen.catalogue)
        show_table(table, label=f"Voir les chiffres nouveaux du classeur ({_count(len(effect.added))})")


def _count(number: int) -> str:
    return f"{write_number(number)}{f', dont {MOST} montrés' if number > MOST else ''}"


def _show_buttons(screen: Screen, deposit: Deposit, effect: Effect) -> None:
    author = ask_author("Déposé par", key="depose_par")
    if effect.absent:
        label = f"Retirer aussi les {write_number(effect.absent)} chiffres ou parcours que ce fichier ne donne plus"
        is_chosen = st.checkbox(label, value=_is_retiring(), key="retirer")
        if is_chosen != _is_retiring():
            st.session_state[RETIRING] = errands.find(errands.READING) if is_chosen else None
            st.rerun()
    with st.container(horizontal=True, key="choix"):
        is_accepted = st.button("Accepter", type="primary", key="accepter", disabled=effect.is_nothing)
        if st.button("Refuser", key="refuser"):
            start_again()
    if is_accepted:
        acts.accept(screen.database, deposit, author=author, retire_absent=_is_retiring())

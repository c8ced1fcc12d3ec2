"""The completeness, findings and revisions of a convention in; the cards of the page of quality out."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from conventions.values import Convention
from indicators.completeness import Completeness
from indicators.lacks import Lack, list_lacks
from store.findings import FileFinding
from store.revisions import Revision
from ui.blocks import message, show_block_title, show_lead, show_section, show_source, show_table, to_html
from ui.completeness import name_owner
from ui.french import (
    FIXED,
    THIN,
    join_words,
    upper_first,
    write_count,
    write_long_date,
    write_quantity,
    write_short_period,
    write_small,
)
from ui.quality.matrix import render_matrix
from ui.quality.tables import group_open, render_findings, render_lacks, render_revisions, render_sources

FIRST_LACKS, FIRST_REVISIONS = 8, 10
DEPOSIT = '<a href="/depot" target="_self">Dépôt</a>'


def write_title(completeness: Completeness) -> str:
    """« 5 chiffres manquent sur les 675 attendus », « Rien ne manque : les 348 chiffres attendus sont reçus »."""
    missing = completeness.expected - completeness.received
    if not completeness.expected:
        return "Aucun chiffre n’est encore attendu"
    expected = write_count(completeness.expected)
    if not missing:
        return f"Rien ne manque{FIXED}: les {expected} chiffres attendus sont reçus"
    verb = "manquent" if missing > 1 else "manque"
    return f"{write_quantity(missing, 'chiffre', 'chiffres')} {verb} sur les {expected} attendus"


def write_sources_title(completeness: Completeness) -> str:
    """« Une source sur deux a tout donné », of those that owe something."""
    owing = [own for one in completeness.sources if (own := completeness.of(one.source)).expected]
    whole = sum(own.is_whole for own in owing)
    if not owing:
        return "Aucune source ne doit encore de chiffre"
    if len(owing) == 1:
        return "La source a tout donné" if whole else "La source n’a pas tout donné"
    if whole == len(owing):
        return f"Les {write_small(whole)} sources ont tout donné"
    who = f"{write_small(whole, feminine=True)} source{'s' if whole > 1 else ''}" if whole else "aucune source"
    return f"{upper_first(who)} sur {write_small(len(owing))} {'ont' if whole > 1 else 'a'} tout donné"


def show_sources(completeness: Completeness, convention: Convention) -> None:
    """How fresh each source is."""
    with st.container(key="carte-fraicheur", height="stretch"):
        show_block_title(write_sources_title(completeness))
        show_table(render_sources(completeness, convention))
        show_source(
            "Attendu\u00a0: chaque mesure que lisent les indicateurs de la convention, pour chaque territoire où elle "
            "est donnée, à chaque période échue, au rythme convenu ou à celui, plus long, auquel elle a toujours été "
            "donnée. Un chiffre «\u00a0secret\u00a0» ou «\u00a0non concerné\u00a0» est reçu."
        )


def write_lacks_title(lacks: Sequence[Lack], convention: Convention) -> str:
    """« France Travail doit encore 5 chiffres »: who owes the most; nothing lacks."""
    if not lacks:
        return "Personne ne doit plus rien"
    owed: dict[str, int] = {}
    for one in lacks:
        name = name_owner(one.source, convention)
        owed[name] = owed.get(name, 0) + one.count
    named = [f"{name} {write_quantity(count, 'chiffre', 'chiffres')}" for name, count in owed.items()]
    if len(named) > 1:
        return f"Restent dus{FIXED}: {join_words(named)}"
    ((name, count),) = owed.items()
    return f"{name} doit encore {write_quantity(count, 'chiffre', 'chiffres')}"


def show_lacks(completeness: Completeness, convention: Convention) -> None:
    """What is missing, who owes it, since when; the next date when nothing is."""
    lacks = list_lacks(completeness)
    with st.container(key="carte-manques", height="stretch"):
        show_block_title(write_lacks_title(lacks, convention))
        if not lacks:
            st.html(message("Rien à réclamer", _write_next(completeness), kind="empty"))
            return
        show_table(render_lacks(lacks[:FIRST_LACKS], convention))
        if len(lacks) > FIRST_LACKS:
            rest = lacks[FIRST_LACKS:]
            show_table(render_lacks(rest, convention), label=f"Voir les {len(rest)} autres")
        show_source(
            f"Déposez le classeur reçu dans la page {DEPOSIT}\u202f; un zéro s’y écrit 0, et un chiffre que la source "
            "n’aura pas s’y écrit «\u00a0n. d.\u00a0»\u00a0: il reste compté comme manquant, mais il est expliqué."
        )


def _write_next(completeness: Completeness) -> str:
    if completeness.coming is None:
        return "La convention est échue et tout ce qui était attendu est reçu\u00a0: il n’y a plus rien à demander."
    after = write_long_date(completeness.coming.end)
    coming = write_short_period(completeness.coming)
    return f"Prochain retour{FIXED}: {coming}, à déposer après le {to_html(after)} dans {DEPOSIT}."


def show_matrices(completeness: Completeness, convention: Convention) -> None:
    """A table for each source that owes something, and one for what any of them could give."""
    if not completeness.expected:
        return
    show_section(
        "Où et quand les chiffres attendus sont reçus",
        "La teinte suit la part reçue\u202f; un cadre vide n’a rien reçu. Un chiffre attendu par trimestre ou par "
        "an est compté à la fin de sa période\u202f; une année entièrement reçue tient en une colonne.",
    )
    for rank, source in enumerate([*(one.source for one in completeness.sources), None]):
        own = completeness.of(source)
        if own.expected:
            name = name_owner(source, convention)
            with st.container(key=f"carte-matrice-{rank}"):
                show_block_title(f"{name}{FIXED}: {write_count(own.received)} sur {write_count(own.expected)}")
                show_table(render_matrix(own.cells, convention, caption=f"Chiffres reçus / attendus, {name}"))


def show_findings(findings: Sequence[FileFinding], *, is_producer: bool) -> None:
    """What the files that count still ask to be checked; a committee is told how many, as they quote small counts."""
    groups = group_open(findings)
    count = sum(map(len, groups))
    with st.container(key="carte-constats", height="stretch"):
        opened = write_quantity(count, "constat ouvert", "constats ouverts")
        show_block_title(opened if groups else "Aucun constat ouvert")
        if not groups:
            show_lead(f"Les classeurs qui comptent n’ont rien à corriger. Un constat se lit au moment du {DEPOSIT}.")
        elif is_producer:
            show_table(render_findings(groups))
            show_source(f"Un constat se ferme quand un classeur corrigé remplace le sien{THIN}: {DEPOSIT}.")
        else:
            show_lead("Leurs phrases citent de petits effectifs\u00a0: elles sont réservées aux producteurs.")


def show_revisions(revisions: Sequence[Revision], convention: Convention, *, is_producer: bool) -> None:
    """What was published and changed since."""
    with st.container(key="carte-revisions", height="stretch"):
        changed = write_quantity(len(revisions), "chiffre corrigé", "chiffres corrigés")
        show_block_title(f"{changed} après publication" if revisions else "Aucun chiffre corrigé après publication")
        if not revisions:
            show_lead(f"Une correction se dépose comme un retour, dans {DEPOSIT}\u00a0: elle apparaît alors ici.")
            return
        first, rest = revisions[:FIRST_REVISIONS], revisions[FIRST_REVISIONS:]
        show_table(render_revisions(first, convention, has_values=is_producer))
        if rest:
            html = render_revisions(rest, convention, has_values=is_producer)
            show_table(html, label=f"Voir les {len(rest)} autres")
        if not is_producer:
            show_source("Les valeurs sont réservées aux producteurs des données.")

"""A shelf of definitions and what the reader asks in; the blocks of the page out: one definition, those found by words,
or the articles of each convention in view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from conventions.text import normalise
from conventions.values import Convention
from ui.blocks import show_block_title, show_empty, show_section, show_title, to_html
from ui.definitions.cards import Shelf, render_body, render_folded, render_named
from ui.definitions.entries import Chapter, Entry, list_chapters
from ui.definitions.link import PAGE, PARAMETER
from ui.definitions.search import build_index, find_entries, find_values, suggest_words
from ui.french import FIXED, THIN, join_words, lower_first, write_quantity

LEAD = (
    "Un taux est toujours un rapport de sommes, donné avec ses deux comptes. Un dénominateur nul ou absent donne "
    f"«{FIXED}n.{FIXED}d.{FIXED}», jamais 0{FIXED}%{THIN}; un compte absent n’est pas un zéro."
)
MOST_VALUES, MOST_CITED = 4, 2


def find_asked(entries: Mapping[str, Entry]) -> Entry | None:
    """The figure that the address names, by its code or by its label."""
    named = st.query_params.get(PARAMETER, "")
    by_label = {normalise(entry.indicator.label): entry for entry in entries.values()}
    return entries.get(named) or by_label.get(normalise(named))


def show_asked(entry: Entry, shelf: Shelf) -> None:
    """One definition, whole, as the finding of the page."""
    followers = [one.label for one in shelf.followers(entry)]
    show_title(entry.indicator.label, context=followers[:3] or ["Catalogue"], away="Définition")
    with st.container(key="carte-definition"):
        st.html(f'<div class="j-term">{render_body(entry, shelf)}</div>')


def show_found(query: str, shelf: Shelf) -> None:
    """The definitions that hold the words: in view first, then those of other conventions."""
    index = build_index(shelf.entries)
    found = find_entries(query, shelf.entries, index)
    count = write_quantity(len(found), "définition", "définitions") if found else "Aucune définition"
    show_title(f"{count} pour «{FIXED}{query}{FIXED}»", lead=_say_values(query, shelf))
    if not found:
        _show_nothing(suggest_words(query, shelf.entries))
        return
    own = [one for one in found if any(convention in shelf.focus for convention in one.conventions)]
    others = [one for one in found if one not in own]
    for title, entries in (("", own), ("Hors des conventions affichées", others)):
        if entries:
            with st.container(key=f"carte-trouvees-{len(title)}"):
                if title:
                    show_block_title(title)
                st.html("".join(render_folded(one, shelf) for one in entries))


def _say_values(query: str, shelf: Shelf) -> str:
    """« Femmes » is no figure, but counts are split by it."""
    found: dict[str, list[str]] = {}
    for axis, label in find_values(query, shelf.catalogue.axes.values())[:MOST_VALUES]:
        found.setdefault(axis.code, []).append(f"«{FIXED}{label}{FIXED}»")
    return escape(" ".join(_say_axis(code, labels, shelf) for code, labels in found.items()))


def _say_axis(code: str, labels: Sequence[str], shelf: Shelf) -> str:
    counts = sum(one.measure is not None and code in one.measure.axes for one in shelf.entries.values())
    name = shelf.catalogue.axes[code].label
    which = "sont des valeurs" if len(labels) > 1 else "est une valeur"
    split = write_quantity(counts, "compte se découpe", "comptes se découpent")
    return f"{join_words(labels)} {which} de «{FIXED}{name}{FIXED}»{FIXED}: {split} ainsi."


def _show_nothing(near: Sequence[str]) -> None:
    links = [f'<a href="{PAGE}?{urlencode({"mots": one})}" target="_self">{escape(one)}</a>' for one in near]
    said = f" Au catalogue, un mot proche{FIXED}: {join_words(links)}." if near else ""
    show_empty(
        "Aucun chiffre ne porte ces mots",
        f"Essayez un seul mot, ou l’intitulé exact de la colonne de votre classeur.{said} Effacez la recherche pour "
        "revoir tous les articles. Un libellé que Jalons ne connaît pas se lui apprend en déposant le classeur, page "
        '<a href="/depot" target="_self">Dépôt</a>.',
    )


def show_chapters(shelf: Shelf, *, is_alone: bool = False) -> None:
    """Convention by convention, article by article; a figure that several articles name is told under the first."""
    if is_alone:
        codes = {code for one in shelf.focus for code in one.indicators}
        label = shelf.focus[0].label if len(shelf.focus) == 1 else f"Les {len(shelf.focus)} conventions"
        show_title(f"Ce que comptent les {len(codes)} chiffres suivis", context=[label], lead=LEAD)
    told: set[str] = set()
    for convention in shelf.focus:
        chapters = list_chapters(convention, shelf.catalogue)
        if len(shelf.focus) > 1 or not is_alone:
            show_section(convention.label)
        known = [rank for rank, one in enumerate(chapters) if not _show_chapter(one, convention, rank, told, shelf)]
        if known:
            with st.container(key=f"carte-chapitre-{convention.key}-deja"):
                show_block_title("Articles dont les chiffres sont définis plus haut")
                st.html("".join(_render_again(chapters[rank], shelf) for rank in known))
    if len(shelf.focus) > 1:
        _show_rest(shelf)


def _show_chapter(chapter: Chapter, convention: Convention, rank: int, told: set[str], shelf: Shelf) -> bool:
    """An article, what it is cited for and its figures; nothing, and False, when all were told under another."""
    fresh = [code for code in chapter.codes if code not in told]
    again = [code for code in chapter.codes if code in told]
    told.update(fresh)
    if not fresh:
        return False
    with st.container(key=f"carte-chapitre-{convention.key}-{rank}"):
        show_block_title(chapter.title)
        st.html(_render_cited(chapter) + "".join(render_folded(shelf.entries[code], shelf) for code in fresh))
        if again:
            names = "".join(render_named(shelf.entries[code], shelf) for code in again)
            said = f"Nommés aussi par cet article{FIXED}:"
            st.html(f'<div class="j-term-others"><span class="j-soft">{said}</span>{names}</div>')
    return True


def _render_cited(chapter: Chapter) -> str:
    """What an article is cited for, a line each, folded when there are many (HTML)."""
    if not chapter.cited:
        return ""
    items = "".join(f"<li>{to_html(one)}</li>" for one in chapter.cited)
    is_open = " open" if len(chapter.cited) <= MOST_CITED else ""
    head = f"Objectifs, engagements et tableaux qui s’y rapportent ({len(chapter.cited)})"
    return f'<details class="j-spellings"{is_open}><summary>{head}</summary><ul>{items}</ul></details>'


def _render_again(chapter: Chapter, shelf: Shelf) -> str:
    names = "".join(render_named(shelf.entries[code], shelf) for code in chapter.codes)
    cited = f'<span class="j-soft">{to_html(join_words([lower_first(one) for one in chapter.cited]))}</span>'
    return f'<div class="j-term-others"><b>{to_html(chapter.title)}</b>{cited if chapter.cited else ""}{names}</div>'


def _show_rest(shelf: Shelf) -> None:
    """What the catalogue can count and that no convention follows today: parts of other figures, mostly."""
    rest = [entry for entry in shelf.entries.values() if not entry.conventions]
    if rest:
        show_section("Hors des conventions", "Au catalogue, et qu’aucune convention ne suit aujourd’hui")
        with st.container(key="carte-chapitre-reste"):
            st.html("".join(render_folded(entry, shelf) for entry in rest))


"""Sources: what two sources give of the same count, the largest gap first, why, and which one the bilan retains."""

from __future__ import annotations

from html import escape

import streamlit as st

from indicators.gaps import REASON_FACT, list_shared
from indicators.request import Request
from indicators.retained import RETAINED_FACT
from store.database import StoreError
from store.facts import read_facts, revoke_fact
from ui import filters
from ui.behind import Behind
from ui.blocks import show_block_title, show_chart, show_error, show_section, show_source, show_table
from ui.facts.form import clear_form, save_entry
from ui.facts.listing import show_facts
from ui.french import FIXED, join_words, set_typography, write_quantity
from ui.gaps.chart import draw_pairs, list_drawn
from ui.gaps.form import show_gap_form
from ui.gaps.table import make_table, name_gap, say_sides, write_largest, write_title
from ui.head import show_covered_title
from ui.readings import get_gaps, received_periods
from ui.shell import need, open_page
from ui.spans import find_rhythm, list_spans
from ui.tables import render

FIRST = 10
SAID = "sources_dit"
RULE = "Tant que rien n’est choisi, la première source de la convention est retenue."

screen = open_page("Sources")
database = screen.database
keys = need(screen, lambda one: bool(list_shared(database, one)), what="qui donne une mesure qu’une autre source donne")
convention = filters.choose_convention(screen, keys)
shared = list_shared(database, convention)
received = received_periods(database, convention, shared)
with st.container(horizontal=True, vertical_alignment="bottom", key="filtres"):
    span = filters.choose_span(list_spans(received, convention.cadence))
    audience = filters.choose_audience()
inside = [one.code for one in find_rhythm(received, convention.cadence) if span.holds(one)]
request = Request(convention.key, periods=tuple(inside) or span.codes, audience=audience)
gaps = get_gaps(database, Request(**{**vars(request), "by": ("territoire",)}))
whole = get_gaps(database, request)

show_covered_title(
    screen,
    convention,
    write_title(gaps, convention, screen.catalogue),
    span=span,
    context=[convention.label, span.label],
    lead="Les deux comptes sont gardés côte à côte, jamais additionnés, jamais moyennés. L’écart est celui de l’autre "
    "source moins celle que le bilan retient\u202f; un compte partiel n’est pas comparé.",
)
notice = st.container()
with st.container(key="carte-sources-ensemble"):
    show_block_title(f"Pour l’ensemble{FIXED}: {convention.territory.name}")
    show_table(render(make_table(whole, convention, screen.catalogue)))
drawn = list_drawn(gaps)
left, right = st.columns([1.2, 1], gap="medium")
with left, st.container(key="carte-ecarts"):
    about = write_largest(gaps, convention)
    count = write_quantity(len(drawn), "écart", "écarts, les plus grands")
    show_block_title(about, f"{count}, à même échelle" if drawn else "")
    if drawn:
        said = join_words([f"{name_gap(one, convention)}{FIXED}: {say_sides(one, convention)}" for one in drawn])
        behind = Behind(
            "ecarts", about, make_table(gaps, convention, screen.catalogue),
            "Tableau de tous les écarts", period=span.label, source=RULE,
        )  # fmt: skip
        show_chart(draw_pairs(drawn, convention), behind, alt=f"{about}. {said}")
    else:
        show_source(RULE)
periods = list(dict.fromkeys([*inside, str(span.year)]))
given = None
if audience == "producteur":
    with right:
        given = show_gap_form(screen, convention, shared=shared, periods=periods)

show_section("Par territoire et par période, le plus grand écart d’abord")
with st.container(key="carte-sources"):
    show_table(render(make_table(gaps[:FIRST], convention, screen.catalogue)))
    if len(gaps) > FIRST:
        label = f"Voir les {len(gaps) - FIRST} autres, les moins écartés et ceux qui ne se comparent pas"
        show_table(render(make_table(gaps[FIRST:], convention, screen.catalogue)), label=label)
decisions = [one for one in read_facts(database, convention.key) if one.kind in (REASON_FACT, RETAINED_FACT)]
revoked = show_facts(decisions, convention) if decisions and audience == "producteur" else None

done = st.session_state.pop(SAID, None)
try:
    if given is not None:
        entries, author = given
        if not entries:
            raise StoreError("Il manque ce qui est dit : une raison, une source retenue, ou les deux.")
        facts = [save_entry(database, entry, author) for entry in entries]
        clear_form()
        st.session_state[SAID] = "C’est enregistré", join_words([one.id for one in facts])
        st.rerun()
    if revoked is not None:
        revoke_fact(database, revoked[0].id, author=revoked[1])
        st.session_state[SAID] = "C’est retiré", revoked[0].id
        st.rerun()
except StoreError as error:
    with notice:
        show_error("Rien n’est enregistré", escape(set_typography(str(error))))
if done is not None:
    with notice, st.container(key="carte-decision"):
        show_block_title(done[0], escape(done[1]))

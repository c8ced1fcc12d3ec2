"""A convention in; what was agreed and how far it is held this year, and the needs that nobody covers, out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from conventions.catalogue import Catalogue
from conventions.periods import parse_period
from conventions.statuses import HELD, write_signed_word
from conventions.values import Convention, Limit
from indicators.commitments import CommitmentReading
from store.facts import Fact, read_facts
from ui.agreement.calendar import list_of_year
from ui.blocks import show_section, show_source, show_table
from ui.citation import write_article
from ui.french import MISSING, join_words, set_typography, write_date, write_number, write_short_period, write_small
from ui.readings import get_commitments
from ui.shell import Screen
from ui.standing import tone_of
from ui.tables import Column, Row, note, render_table
from ui.wording import NOT_KNOWN, figure_html, name_place, name_source, tag

NEED, ANSWER = "besoin_non_couvert", "actions_proposees"
RHYTHMS = {
    "convention": "sur la convention", "an": "par an", "semestre": "par semestre", "trimestre": "par trimestre",
    "deux_mois": "tous les deux mois", "mois": "par mois", "parcours": "par contrat ou parcours",
}  # fmt: skip


def show_needs(screen: Screen, convention: Convention) -> None:
    """The needs that nobody covers, in the words of who entered them; where a convention follows what is done about
    them, that none was entered is said too."""
    needs = read_facts(screen.database, convention.key, NEED)
    if not needs and ANSWER not in convention.indicators:
        return
    show_section(write_needs_title(needs), "Saisis dans la page « Faits », avec leur auteur et leur date")
    with st.container(key="carte-besoins"):
        if not needs:
            show_source('Aucun besoin saisi. La page <a href="/faits" target="_self">Faits</a> les reçoit.')
            return
        show_table(render_needs(needs, convention))


def write_needs_title(needs: Sequence[Fact]) -> str:
    """« Quatre besoins ne sont couverts par personne »."""
    if not needs:
        return "Aucun besoin sans réponse n’est saisi"
    if len(needs) == 1:
        return "Un besoin n’est couvert par personne"
    return f"{write_small(len(needs)).capitalize()} besoins ne sont couverts par personne"


def render_needs(needs: Sequence[Fact], convention: Convention) -> str:
    """A line a need, the latest period first."""
    rows = [
        Row([
            escape(set_typography(one.text or "")),
            escape(name_place(one.territory, convention)),
            write_short_period(parse_period(one.period)) if one.period else MISSING,
            f"{escape(one.author)}, {write_date(one.recorded_at.date())}",
        ])
        for one in sorted(needs, key=lambda one: one.period or "", reverse=True)
    ]  # fmt: skip
    columns = [Column("Besoin"), Column("Territoire"), Column("Période"), Column("Saisi par")]
    return render_table(caption="Besoins non couverts", columns=columns, rows=rows, is_caption_hidden=True)


def show_agreed(screen: Screen, convention: Convention, year: int) -> None:
    """The commitments, how far each is held in a year, and the limits, as the convention states them."""
    readings = get_commitments(screen.database, convention.key, screen.today)
    show_section(write_agreed_title(readings, year), "Engagements et bornes, avec leur article")
    rows = [
        Row([
            escape(one.commitment.label),
            escape(join_words([name_source(code, convention) for code in one.commitment.parties])),
            f"{one.commitment.times} {RHYTHMS[one.commitment.every]}",
            say_held(one, year, screen.catalogue),
            write_article(one.commitment.article),
        ])
        for one in readings
    ]  # fmt: skip
    rows += [
        Row([escape(one.label), "", escape(_write_limit(one)), "", write_article(one.article)])
        for one in convention.limits
    ]
    heads = ("Engagement ou borne", "Qui", "Rythme ou valeur", f"En {year}", "Article")
    columns = [Column(head) for head in heads]
    with st.container(key="carte-convenu"):
        show_table(render_table(caption="Engagements et bornes", columns=columns, rows=rows, is_caption_hidden=True))


def write_agreed_title(readings: Sequence[CommitmentReading], year: int) -> str:
    """« En 2023, deux engagements sur quatre sont tenus »; those that the calendar owes in the year."""
    own = [list_of_year(one, year) for one in readings if list_of_year(one, year)]
    held = sum(all(act.state == HELD for act in acts) for acts in own)
    if not own:
        return f"Aucun engagement n’avait d’échéance en {year}"
    if len(own) == 1:
        return f"En {year}, le seul engagement {'est' if held else 'n’est pas'} entièrement tenu"
    if not held:
        return f"En {year}, aucun des {write_small(len(own))} engagements n’est entièrement tenu"
    noun, verb = ("engagement", "est") if held == 1 else ("engagements", "sont")
    plural = "s" if held > 1 else ""
    return f"En {year}, {write_small(held)} {noun} sur {write_small(len(own))} {verb} entièrement tenu{plural}"


def say_held(reading: CommitmentReading, year: int, catalogue: Catalogue) -> str:
    """« ✓ Tenu 1 sur 1 », « ▽ Sans trace 1 sur 2 tenu, 1 sans trace », the figure that measures what each path is owed
    with its name and its period, or nothing (HTML)."""
    if reading.is_each_path:
        figure = reading.figure
        if figure is None:
            return NOT_KNOWN
        indicator = catalogue.indicator(figure.indicator)
        when = f", {write_short_period(parse_period(figure.period))}" if figure.period else ""
        return note(figure_html(figure, indicator), escape(f"{indicator.label}{when}"))
    own = list_of_year(reading, year)
    if not own:
        return ""
    done, due = sum(min(one.done, one.due) for one in own), sum(one.due for one in own)
    missed = [one for one in own if tone_of(one.state) == "bad"]
    state = missed[0].state if missed else own[-1].state
    said = f"{done} sur {due}"
    if missed and due > 1:
        lacking = sum(one.due - min(one.done, one.due) for one in missed)
        said += f" tenu{'s' if done > 1 else ''}, {lacking} {state.lower()}"
    return f"{tag(write_signed_word(state), tone_of(state))} {said}"


def _write_limit(limit: Limit) -> str:
    sign = "au plus" if limit.direction == "<=" else "au moins"
    more = f", {write_number(limit.extension)} de plus {limit.condition}" if limit.extension else ""
    return f"{sign} {write_number(limit.value)} {limit.unit}{more}"

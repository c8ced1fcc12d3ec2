"""The conventions in; each with its state, what came of it, what it asks and the way to its synthesis, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from conventions.statuses import WORDS, write_signed_word
from conventions.values import Convention
from indicators.objectives import ObjectiveReading
from ui.blocks import to_html
from ui.completeness import write_fresh, write_share
from ui.french import (
    FIXED,
    THIN,
    lower_first,
    upper_first,
    write_count,
    write_date,
    write_quantity,
    write_short_period,
    write_small,
)
from ui.objectives import is_known, write_agreed_value
from ui.readings import get_completeness, received_periods
from ui.shell import Screen
from ui.standing import count_good, is_good, name_good, tone_of
from ui.synthesis.decisions import Decision, read_decisions
from ui.synthesis.glance import Glance, read_glance, write_finding
from ui.tables import Column, Row, note, render_table
from ui.wording import figure_html, tag

ACTIVE, TO_COME, OVER = "en cours", "à venir", "échue"
STATES = {ACTIVE: ("●", "good"), TO_COME: ("○", ""), OVER: ("■", "")}
"""In the order of the list: sign and tone of each."""
CADENCES = {"annee": "annuel", "semestre": "semestriel", "trimestre": "trimestriel", "mois": "mensuel"}
NONE = '<span class="j-soft">aucune</span>'
NAMED = 2


@dataclass(frozen=True)
class Standing:
    """One convention: its state today and, when something was received, its last year and what it asks."""

    convention: Convention
    state: str
    glance: Glance | None
    decisions: Sequence[Decision]


def read_standings(screen: Screen) -> list[Standing]:
    """Every convention, those that run first."""
    found = [_read(screen, one) for one in screen.conventions.values()]
    order = list(STATES)
    return sorted(found, key=lambda one: (order.index(one.state), one.glance is None))


def _read(screen: Screen, convention: Convention) -> Standing:
    state = convention.state(screen.today)
    if not received_periods(screen.database, convention):
        return Standing(convention, state, None, ())
    glance = read_glance(screen, convention)
    return Standing(convention, state, glance, read_decisions(screen, glance))


def write_title(standings: Sequence[Standing]) -> str:
    """« Une convention en cours, cinq objectifs en bonne voie ; quatre échues à clore »."""
    active = [one for one in standings if one.state == ACTIVE]
    words = [reading.status for one in active if one.glance for reading in one.glance.readings if is_known(reading)]
    plural = "s" if len(active) > 1 else ""
    running = f"{write_small(len(active), feminine=True) if active else 'aucune'} convention{plural} en cours"
    said = f"{running}, {_write_words(words)}" if words else running
    asking = sum(one.state == OVER and bool(one.decisions) for one in standings)
    closing = f"{THIN}; {write_small(asking, feminine=True)} échue{'s' if asking > 1 else ''} à clore" if asking else ""
    return f"{upper_first(said)}{closing}"


def _write_words(words: Sequence[str]) -> str:
    """« cinq objectifs en bonne voie », « dont deux objectifs sur cinq sont en bonne voie »."""
    if not all(is_good(word) for word in words):
        return f"dont {count_good(words)}"
    return f"{write_small(len(words))} objectif{'s' if len(words) > 1 else ''} {name_good(words)}"


def write_day(screen: Screen, standings: Sequence[Standing]) -> str:
    """The day that is read, and that of the last deposit when it is the same of every convention."""
    days = list_days(screen, standings)
    return ", ".join([f"Lu le {write_date(screen.today)}", *(days if len(days) == 1 else ())])


def list_days(screen: Screen, standings: Sequence[Standing]) -> list[str]:
    """When something was last loaded of the conventions, each day once: « dernier dépôt le 22/11/2026 »."""
    loaded = [one.convention.key for one in standings if one.glance is not None]
    days = (lower_first(write_fresh(get_completeness(screen.database, key, screen.today))) for key in loaded)
    return list(dict.fromkeys(day for day in days if day))


def render_conventions(screen: Screen, standings: Sequence[Standing]) -> str:
    """One row a convention, its name leading to its synthesis."""
    columns = [
        Column("Convention et partenaires"),
        Column("État, période"),
        Column("Objectifs"),
        Column("Reçu"),
        Column("Ce qui demande attention"),
    ]
    has_day = len(list_days(screen, standings)) > 1
    rows = [_row(screen, one, has_day=has_day) for one in standings]
    caption = "Les conventions, ce qui en est reçu et ce qui demande attention"
    return render_table(caption=caption, columns=columns, rows=rows, is_caption_hidden=True, css="j-conventions")


def _row(screen: Screen, standing: Standing, *, has_day: bool) -> Row:
    convention = standing.convention
    sign, kind = STATES[standing.state]
    partners = "<br>".join(escape(partner) for partner in convention.partners)
    period = f"{write_date(convention.start)} – {write_date(convention.end)}"
    return Row(
        [
            note(_link(standing), partners),
            note(tag(f"{sign} {standing.state}", kind), f"{period}<br>suivi {CADENCES[convention.cadence]}"),
            _write_objectives(screen, standing),
            _write_received(screen, standing, has_day=has_day),
            _write_attention(standing),
        ]
    )


def _link(standing: Standing) -> str:
    name = escape(standing.convention.label)
    if standing.glance is None:
        return f"<b>{name}</b>"
    return f'<a class="j-way" href="/synthese?convention={quote(standing.convention.key)}" target="_self">{name}</a>'


def _write_objectives(screen: Screen, standing: Standing) -> str:
    """The finding, then each objective with its value, under the sign and the word of its status."""
    glance = standing.glance
    if glance is None:
        return NONE
    parts = [to_html(write_finding(screen, glance))]
    for word in WORDS:
        lines = [_write_objective(screen, one) for one in glance.readings if one.status == word and is_known(one)]
        if lines:
            said = note(tag(write_signed_word(word), tone_of(word)), "<br>".join(lines))
            parts.append(f'<div class="j-goals">{said}</div>')
    return "".join(parts)


def _write_objective(screen: Screen, reading: ObjectiveReading) -> str:
    """« Taux de sorties positives : 52 % (89/171) pour 50 % »."""
    indicator = screen.catalogue.indicator(reading.objective.indicator)
    figure = figure_html(reading.figure, indicator, is_tagged=False) if reading.figure is not None else ""
    agreed = write_agreed_value(reading.objective, indicator)
    return f"{to_html(indicator.label)}{FIXED}: {figure} pour{FIXED}{agreed}"


def _write_received(screen: Screen, standing: Standing, *, has_day: bool) -> str:
    """The coverage of the last year, and the freshest period; the last day where conventions differ."""
    glance = standing.glance
    if glance is None:
        return NONE
    completeness = get_completeness(screen.database, standing.convention.key, screen.today)
    own = completeness.within(glance.span.periods)
    last = max(glance.received, key=lambda one: (one.end, -one.length))
    counts = f"({write_count(own.received)}/{write_count(own.expected)})"
    share = f"<b>{write_share(own)}</b> {counts}" if own.cells else NONE
    parts = (
        f"des chiffres attendus en {glance.span.year}",
        f"données jusqu’à {write_short_period(last)}",
        lower_first(write_fresh(completeness)) if has_day else "",
    )
    return note(share, "<br>".join(part for part in parts if part))


def _write_attention(standing: Standing) -> str:
    if standing.glance is None:
        return 'Déposez un premier classeur dans la page <a href="/depot" target="_self">Dépôt</a>.'
    if not standing.decisions:
        return '<span class="j-soft">Rien\u00a0: tout est reçu, tenu et daté.</span>'
    items = "".join(f"<li>{one.text}</li>" for one in standing.decisions[:NAMED])
    rest = len(standing.decisions) - NAMED
    more = f'<p class="j-small-say">Et {write_quantity(rest, "autre point", "autres points")}.</p>' if rest > 0 else ""
    return f'<ul class="j-list j-plain">{items}</ul>{more}'

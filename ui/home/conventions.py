"""The conventions in; each with its state, what came of it, what it asks and the way to its synthesis, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from conventions.values import Convention
from ui.blocks import to_html
from ui.completeness import write_fresh, write_share
from ui.french import write_count, write_date, write_quantity, write_short_period, write_small
from ui.objectives import lower_first
from ui.readings import get_completeness, received_periods
from ui.shell import Screen
from ui.synthesis.decisions import Decision, read_decisions
from ui.synthesis.glance import Glance, read_glance, write_finding
from ui.tables import Column, Row, note, render_table
from ui.wording import tag

STATES = {"en cours": ("●", "good"), "à venir": ("○", ""), "échue": ("■", "")}
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
    """« Cinq conventions, dont une est en cours ; quatre demandent attention »."""
    states = [one.state for one in standings]
    active, asking = states.count("en cours"), sum(bool(one.decisions) for one in standings)
    who = write_small(active, feminine=True) if active else "aucune"
    verb = "sont" if active > 1 else "est"
    text = f"{write_small(len(states)).capitalize()} conventions, dont {who} {verb} en cours"
    if not asking:
        return text
    return f"{text}\u202f; {write_small(asking, feminine=True)} demande{'nt' if asking > 1 else ''} attention"


def render_conventions(screen: Screen, standings: Sequence[Standing]) -> str:
    """One row a convention, its name leading to its synthesis."""
    columns = [
        Column("Convention et partenaires"),
        Column("État, période"),
        Column("Objectifs"),
        Column("Reçu"),
        Column("Ce qui demande attention"),
    ]
    rows = [_row(screen, one) for one in standings]
    caption = "Les conventions, ce qui en est reçu et ce qui demande attention"
    return render_table(caption=caption, columns=columns, rows=rows, is_caption_hidden=True, css="j-conventions")


def _row(screen: Screen, standing: Standing) -> Row:
    convention = standing.convention
    sign, kind = STATES[standing.state]
    partners = "<br>".join(escape(partner) for partner in convention.partners)
    period = f"{write_date(convention.start)} – {write_date(convention.end)}"
    return Row(
        [
            note(_link(standing), partners),
            note(tag(f"{sign} {standing.state}", kind), f"{period}<br>suivi {CADENCES[convention.cadence]}"),
            to_html(write_finding(screen, standing.glance)) if standing.glance is not None else NONE,
            _write_received(screen, standing),
            _write_attention(standing),
        ]
    )


def _link(standing: Standing) -> str:
    name = escape(standing.convention.label)
    if standing.glance is None:
        return f"<b>{name}</b>"
    return f'<a class="j-way" href="/synthese?convention={quote(standing.convention.key)}" target="_self">{name}</a>'


def _write_received(screen: Screen, standing: Standing) -> str:
    """The coverage of the last year, and the freshest period and day."""
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
        lower_first(write_fresh(completeness)),
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

"""An edition in; the whole sheet (HTML) out: header, objectives, path, territories, reserves, parties, signatures."""

from __future__ import annotations

from html import escape

from bilans.heading import say_audience, say_edition, say_situation
from bilans.paper.contributions import render_contributions
from bilans.paper.indicators import fold_indicators, render_indicators, say_no_objective
from bilans.paper.objectives import render_objectives
from bilans.paper.path import render_path
from bilans.paper.places import render_places
from bilans.values import STEPS, Edition, Header
from indicators.request import COMMITTEE
from ui.blocks import to_html
from ui.french import FIXED
from ui.style import write_foot

FIGURES, BROUGHT = "Les indicateurs", "Ce que chaque partie a apporté"
LONG = (FIGURES, BROUGHT)
"""The parts that two sheets of paper may share."""


def render_sheet(edition: Edition, *, way: str = "", ways: str = "") -> str:
    """The sheet; `way` leads from a producers' version to the committee's, `ways` is HTML after what was received."""
    sections = [
        ("Les objectifs", render_objectives(edition) if edition.objectives else ""),
        (_say_path(edition), render_path(edition) if edition.stages else ""),
        (FIGURES, "" if edition.stages else f"{say_no_objective(edition)}{render_indicators(edition)}"),
        ("Ce qu’il faut savoir", _render_notes(edition)),
        ("Par territoire", render_places(edition)),
        (BROUGHT, render_contributions(edition) if edition.contributions else ""),
        ("Consolidé par", _render_signatures(edition.header)),
    ]
    told = [one for one in sections if one[1]]
    body = "".join(
        f'<section class="j-part{" j-long" if title in LONG else ""}"><h2 class="j-small">{rank}. {to_html(title)}</h2>'
        f"{html}</section>"
        for rank, (title, html) in enumerate(told, start=1)
    )
    folded = fold_indicators(edition) if edition.stages else ""
    return f'<article class="j-bilan">{_render_head(edition, way, ways)}{body}{folded}</article>'


def render_folio(edition: Edition) -> str:
    """The foot of each printed page: what it is, which edition, which page of how many (a style sheet)."""
    header = edition.header
    version = "version du comité" if header.audience == COMMITTEE else "version des producteurs"
    named = f"Jalons, bilan quantitatif {header.period}, {header.convention}"
    return write_foot(f"{named} – {header.status.lower()}, édition {edition.fingerprint}, {version}")


def _render_head(edition: Edition, way: str, ways: str) -> str:
    header = edition.header
    read = ", ".join(dict.fromkeys((header.convention, header.span)))
    words = "Voir la version du comité"
    leading = f' <a class="j-way" href="{escape(way, quote=True)}" target="_self">{words}</a>' if way else ""
    kind = "j-handed" if header.audience == COMMITTEE else "j-kept"
    return (
        f'<header><div class="j-top"><p><b>{to_html(f"Bilan quantitatif {header.period}")}</b><br>{to_html(read)}</p>'
        f"{_render_steps(header)}</div>"
        f'<h1 class="j-title">{to_html(edition.title)}</h1><p class="j-lead">{to_html(say_situation(header))}</p>'
        f'<p class="j-version {kind}"><b>{to_html(say_audience(header))}</b>{leading}</p>'
        f'<p class="j-made">{to_html(say_edition(edition))}</p>'
        f'<p class="j-coverage">{to_html(edition.coverage)}{ways}</p></header>'
    )


def _render_steps(header: Header) -> str:
    """The states of a bilan, the one it is in marked."""
    steps = "".join(
        f'<li aria-current="step"><b>{one}</b></li>' if one == header.status else f"<li>{one}</li>" for one in STEPS
    )
    return f'<ol class="j-states" aria-label="État du bilan">{steps}</ol>'


def _say_path(edition: Edition) -> str:
    return f"Le parcours{FIXED}: {edition.path}"


def _render_notes(edition: Edition) -> str:
    """What the tables do not say: the sources that differ, what is partial, provisional or secret, how to read."""
    said = [*edition.findings, *edition.notes]
    return f'<ul class="j-known">{"".join(f"<li>{to_html(one)}</li>" for one in said)}</ul>'


def _render_signatures(header: Header) -> str:
    """A line for each signatory: to be signed once consolidated, and empty while it is a draft."""
    lines = "".join(f"<p><span>{to_html(name)}, le</span></p>" for name in header.signatories)
    unsigned = f"{header.status}{FIXED}: personne n’a encore signé. " if header.status == STEPS[0] else ""
    return f'<p class="j-source">{to_html(unsigned + header.rule)}</p><div class="j-signed">{lines}</div>'

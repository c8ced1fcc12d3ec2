"""A proof in; the blocks of its dialog above the cells (figure, counts, convention, sources) as HTML out."""

from __future__ import annotations

from html import escape

from conventions.amendments import list_in_force
from conventions.catalogue import Catalogue
from conventions.periods import parse_period
from conventions.values import Indicator
from indicators.gaps import Gap
from indicators.proof import Proof
from ui.blocks import to_html
from ui.citation import own_articles, write_articles
from ui.definitions.link import link_definition
from ui.french import (
    FIXED,
    THIN,
    write_count,
    write_date,
    write_number,
    write_percent,
    write_short_period,
    write_signed,
)
from ui.proof.words import (
    find_definition,
    find_side,
    list_periods,
    name_figure,
    name_role,
    name_term,
    write_amount,
    write_exact,
    write_place,
    write_reading,
    write_time,
)
from ui.tables import Cell, Column, Row, render_table
from ui.wording import name_place, name_source, write_figure

WIDEST = 8
"""Places of the table of gaps."""
MOST_ADDENDS = 4
"""Periods of a count that stand in its band."""


def write_head(proof: Proof, catalogue: Catalogue) -> str:
    """The figure in words, where and when, and its value in large."""
    indicator = catalogue.indicator(proof.figure.indicator)
    parts = [proof.convention.label, *([write_place(proof)] if proof.figure.territory else [])]
    parts += [write_time(proof), write_reading(proof)]
    return (
        f'<div class="j-proof-head"><div><h2 class="j-block">{to_html(name_figure(proof, catalogue))}</h2>'
        f'<p class="j-under">{to_html(", ".join(parts))}</p></div>'
        f'<div class="j-number">{write_figure(proof.figure, indicator)}</div></div>'
    )


def write_band(proof: Proof, catalogue: Catalogue) -> str:
    """« 268 sur 412 = 65,0 % »: numerator, denominator and the rate as it is before it is rounded."""
    indicator = catalogue.indicator(proof.figure.indicator)
    if proof.figure.value is None:
        said = proof.figure.reason or "Aucun retour ne donne ce chiffre pour ce territoire et cette période."
        if proof.figure.state == "secret":
            said = f"{said} Il n’est montré qu’aux producteurs des données, et ses cellules non plus."
        return f'<p class="j-proof-band j-say">{escape(said)}</p>'
    named = {one.role: name_term(one.term, catalogue) for one in proof.sides}
    if proof.figure.denominator is None:
        return _write_parts(_list_addends(proof, named["numerateur"]))
    exact = "rapport des sommes, arrondi à l’unité" if indicator.unit == "taux" else "rapport des sommes"
    if proof.figure.state == "fourni":
        return _write_parts([(write_exact(proof, indicator), "donné tel quel par le retour, jamais additionné")])
    below = named.get("denominateur", "")
    if find_side(proof, "deduction") is not None:
        below = f"{below}, moins {named['deduction']}"
    return _write_parts(
        [
            (write_amount(proof.figure.numerator), named["numerateur"]),
            ("", "sur"),
            (write_amount(proof.figure.denominator), below),
            ("", "="),
            (write_exact(proof, indicator), exact),
        ]
    )


def _list_addends(proof: Proof, name: str) -> list[tuple[str, str]]:
    """« 62 + 48 + 63 = 173 »: the periods of a count, when they are few; else how many cells make it."""
    lines, total = proof.sides[0].current, write_amount(proof.figure.numerator)
    count = sum(len(line.cells) for line in lines if not line.first.is_path)
    periods = [line.first.period for line in lines]
    is_few = 1 < len(lines) <= MOST_ADDENDS and len(set(periods)) == len(lines)
    if not is_few or any(line.value is None for line in lines):
        return [(total, f"{name}{FIXED}: la somme de {count}{FIXED}cellules" if count > 1 else name)]
    parts: list[tuple[str, str]] = []
    for line in lines:
        parts += [("", "+")] if parts else []
        parts.append((write_amount(line.value), write_short_period(parse_period(line.first.period))))
    return [*parts, ("", "="), (total, name)]


def _write_parts(parts: list[tuple[str, str]]) -> str:
    written = (
        f"<div><b>{number}</b><span>{escape(said)}</span></div>" if number else f"<i>{said}</i>"
        for number, said in parts
    )
    return f'<div class="j-proof-band">{"".join(written)}</div>'


def write_agreed(proof: Proof, catalogue: Catalogue) -> str:
    """What the convention says: article, definition, both counts, objective, and since when."""
    indicator = catalogue.indicator(proof.figure.indicator)
    articles = write_articles(own_articles(indicator, proof.convention)) or "Aucun article ne nomme cet indicateur"
    shared = {one.indicator for one in proof.gaps}
    rows = []
    for side in proof.sides or ():
        sources = "deux sources" if side.term.measure in shared else "seule source"
        source = f"{name_source(proof.figure.source, proof.convention)} ({sources})"
        rows.append((name_role(proof, side), f"{name_term(side.term, catalogue)}, {source}"))
    rows.append(("Objectif", _write_objective(proof)))
    definition, version = find_definition(proof, catalogue)
    rows.append(("Définition", version))
    lines = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(said)}</dd></div>" for name, said in rows)
    way = link_definition("Tout ce qu’il faut savoir de ce chiffre", indicator.code, proof.convention.key)
    return (
        '<h3 class="j-small">Ce que dit la convention</h3>'
        f'<p class="j-proof-said"><b>{escape(articles)}.</b> '
        f"{escape(definition)}</p>"
        f'<dl class="j-proof-terms">{lines}</dl><p class="j-small-say">{way}</p>'
    )


def _write_objective(proof: Proof) -> str:
    periods = list_periods(proof)
    for one in proof.convention.objectives:
        if one.indicator == proof.figure.indicator and set(one.segment) <= set(proof.figure.segment) and periods:
            day = periods[-1].end
            starts = one.valid_from is None or one.valid_from <= day
            if starts and (one.valid_until is None or one.valid_until >= periods[0].start):
                last = list_in_force(one, periods[0].start, day)[-1]
                return f"{last.label} ({last.article})"
    return "aucun convenu"


def write_sources(proof: Proof, catalogue: Catalogue) -> str:
    """Both sources side by side, which one is retained, and the gaps by place, the largest first."""
    told = [gap for gap in proof.gaps if gap.used.value is not None or gap.other.value is not None]
    if not told:
        name = escape(name_source(proof.figure.source, proof.convention))
        return (
            f'<h3 class="j-small">Source{FIXED}: {name}</h3>'
            '<p class="j-proof-said">Aucune autre source ne donne ce compte pour ce territoire et cette période.</p>'
        )
    return "".join(_write_gap(proof, gap, catalogue) for gap in told)


def _write_gap(proof: Proof, gap: Gap, catalogue: Catalogue) -> str:
    word = catalogue.measures[gap.indicator].label
    other = name_source(gap.other.source, proof.convention)
    if gap.absolute is None:
        title = f"{word}{FIXED}: les deux sources ne couvrent pas le même champ"
    elif not gap.absolute:
        title = f"{word}{FIXED}: les deux sources comptent pareil"
    else:
        side = "de plus" if gap.absolute > 0 else "de moins"
        title = f"{other} en compte {write_count(abs(gap.absolute))} {side}"
    reasons = "".join(
        f"<li>{escape(one.text or '')} "
        f"<span class='j-soft'>({escape(one.author)}, {write_date(one.recorded_at.date())})</span></li>"
        for one in gap.reasons
    )
    return (
        f'<h3 class="j-small">{to_html(title)}</h3><p class="j-small-say">{escape(word)}</p>'
        f'<div class="j-proof-sides">{_write_side(proof, gap, catalogue, is_used=True)}'
        f"{_write_side(proof, gap, catalogue, is_used=False)}</div>{_write_places(proof, gap)}"
        f"{f'<ul class=j-list>{reasons}</ul>' if reasons else ''}"
        '<p class="j-small-say">Les deux comptes sont conservés, jamais additionnés.</p>'
    )


def _write_side(proof: Proof, gap: Gap, catalogue: Catalogue, *, is_used: bool) -> str:
    one = gap.used if is_used else gap.other
    is_retained = gap.retained is not None and gap.retained == one.source
    word = " <b>retenue</b>" if is_retained else " <b>utilisée</b>" if is_used else ""
    rate = _write_rate(proof, gap, catalogue.indicator(proof.figure.indicator), is_used=is_used)
    css = "j-proof-side j-used" if is_used else "j-proof-side"
    value = "secret" if one.state == "secret" else write_amount(one.value)
    return (
        f'<div class="{css}"><span>{escape(name_source(one.source, proof.convention))}{word}</span>'
        f"<p><b>{value}</b> {rate}</p></div>"
    )


def _write_rate(proof: Proof, gap: Gap, indicator: Indicator, *, is_used: bool) -> str:
    """« donnerait 62 % (268/431) »: the rate with the other source's count below or above."""
    sides = {one.role: one for one in proof.sides}
    if indicator.unit != "taux" or "denominateur" not in sides or "deduction" in sides or not gap.is_comparable:
        return ""
    count = (gap.used if is_used else gap.other).value or 0
    top, bottom = proof.figure.numerator, proof.figure.denominator
    if sides["denominateur"].term.measure == gap.indicator:
        bottom = count
    else:
        top = count
    if top is None or not bottom:
        return ""
    verb = "donne" if is_used else "donnerait"
    return f"{verb} {write_percent(top / bottom)} ({write_count(top)}/{write_count(bottom)})"


def _write_places(proof: Proof, gap: Gap) -> str:
    """The gaps of the places, the largest share first, each with its bar."""
    own = [one for one in proof.gaps_by_place if one.indicator == gap.indicator and one.relative is not None]
    own = [one for one in own if one.territory != proof.convention.territory.code]
    own = sorted(own, key=lambda one: -abs(one.relative or 0))[:WIDEST]
    if not own:
        return ""
    widest = max(abs(one.relative or 0) for one in own) or 1
    used, other = (name_source(one.source, proof.convention) for one in (gap.used, gap.other))
    rows = [
        Row(
            [
                escape(name_place(one.territory, proof.convention)),
                f"<b>{write_amount(one.used.value)}</b>",
                write_amount(one.other.value),
                Cell(
                    f'<i class="j-proof-bar" style="width:{round(5.5 * abs(one.relative or 0) / widest, 2)}rem"></i>'
                    f"<b>{write_number(100 * abs(one.relative or 0), 1)}{FIXED}%</b>{THIN} "
                    f"({write_signed(one.absolute or 0)})"
                ),
            ]
        )
        for one in own
    ]
    columns = [Column("Territoire"), Column(escape(used), True), Column(escape(other), True)]
    columns.append(Column(f"Écart, en % de {escape(used)}"))
    return render_table(
        caption="Écart par territoire", columns=columns, rows=rows, css="j-proof-gaps", is_caption_hidden=True
    )

"""An effect in; its title, its sentences and its tables out: objectives, published figures, the file's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from itertools import groupby

from conventions.catalogue import Catalogue
from conventions.periods import parse_period
from conventions.statuses import UNKNOWN, WORDS, write_signed_word
from conventions.values import Convention
from etl.report import Observation
from indicators.request import COHORT
from indicators.values import Figure
from ui.deposit.effect import Change, Effect
from ui.deposit.published import Move, Verdict
from ui.french import (
    FIXED,
    MISSING,
    THIN,
    write_count,
    write_number,
    write_points,
    write_quantity,
    write_short_period,
    write_signed,
    write_small,
)
from ui.shell import Screen
from ui.standing import tone_of
from ui.tables import Column, Row, note, render_table
from ui.wording import NOT_KNOWN, figure_html, name_place, name_source, tag

YEAR = 12
COLUMNS = [Column("Chiffre"), Column("Aujourd’hui", True), Column("Après", True), Column("Effet", True)]


def write_effect_title(effect: Effect) -> str:
    """« Si vous acceptez : un objectif passe à « Compromis » », else « ... : 94 chiffres nouveaux, 3 corrigés »."""
    counts = write_counts(effect)
    if effect.is_nothing or not counts:
        return "Ce fichier ne changerait rien"
    # An objective that becomes readable was neither held nor missed before.
    verdicts = [one for one in effect.published.verdicts if one.before != UNKNOWN]
    if len({one.after for one in verdicts}) == 1 and verdicts[0].after in WORDS:
        many = len(verdicts) > 1
        subject = f"{write_small(len(verdicts))} objectif{'s' if many else ''} {'passent' if many else 'passe'}"
        return f"Si vous acceptez{FIXED}: {subject} à «{FIXED}{verdicts[0].after}{FIXED}»"
    if verdicts:
        return f"Si vous acceptez{FIXED}: {write_small(len(verdicts))} objectifs changent d’état"
    return f"Si vous acceptez{FIXED}: {counts}"


def write_counts(effect: Effect) -> str:
    """« 94 chiffres nouveaux, 3 chiffres corrigés »."""
    parts = (
        (effect.records, "parcours", "parcours"),
        (len(effect.added), "chiffre nouveau", "chiffres nouveaux"),
        (len(effect.changed), "chiffre corrigé", "chiffres corrigés"),
    )
    return ", ".join(write_quantity(count, one, many) for count, one, many in parts if count)


def write_lead(effect: Effect) -> str:
    """What the file brings, and how much of what is published moves."""
    moved = len(effect.published.moves)
    said = [write_counts(effect)]
    if effect.unchanged:
        said.append(write_unchanged(effect))
    text = f"Dans le classeur{FIXED}: {', '.join(part for part in said if part)}. "
    if moved:
        text += f"Sur les écrans et dans les bilans, {write_quantity(moved, 'chiffre change', 'chiffres changent')}."
    else:
        text += "Aucun chiffre des écrans ni des bilans ne change."
    return text


def write_unchanged(effect: Effect) -> str:
    """« 3 chiffres déjà connus, inchangés »."""
    many = "chiffres déjà connus, inchangés"
    return write_quantity(effect.unchanged, "chiffre déjà connu, inchangé", many)


def write_secrets(effect: Effect) -> str:
    """What the committee stops and starts seeing; empty when nothing."""
    hidden, revealed = len(effect.published.hidden), len(effect.published.revealed)
    parts = []
    if hidden:
        noun = "chiffre devient secret" if hidden == 1 else "chiffres deviennent secrets"
        parts.append(f"{hidden}{FIXED}{noun} pour le comité (petits effectifs)")
    if revealed:
        noun = "chiffre cesse" if revealed == 1 else "chiffres cessent"
        parts.append(f"{revealed}{FIXED}{noun} de l’être")
    return f"{f'{THIN}; '.join(parts)}." if parts else ""


def write_replaced(effect: Effect) -> str:
    """Which deposits this one takes over (HTML); empty when none."""
    if not effect.replaced:
        return ""
    named = ", ".join(
        f"<b>{one.entry.id}</b> ({escape(one.entry.file)}{'' if one.is_whole else ', en partie'})"
        for one in effect.replaced
    )
    noun = "au dépôt" if len(effect.replaced) == 1 else "aux dépôts"
    return f"Ce fichier succède {noun} {named}."


def render_verdicts(verdicts: Sequence[Verdict]) -> str:
    """The objectives whose status changes."""
    rows = [
        Row([
            note(escape(one.objective.label), str(one.year)),
            one.before,
            tag(write_signed_word(one.after), tone_of(one.after)),
        ])
        for one in verdicts
    ]  # fmt: skip
    columns = [Column("Objectif"), Column("Aujourd’hui", True), Column("Après", True)]
    return render_table(caption="Objectifs dont l’état change", columns=columns, rows=rows, is_caption_hidden=True)


def render_moves(moves: Sequence[Move], screen: Screen, *, caption: str) -> str:
    """Published figures, as they stand and as they would."""
    rows = [_move_row(move, screen) for move in moves]
    return render_table(caption=caption, columns=COLUMNS, rows=rows, is_caption_hidden=True)


def _move_row(move: Move, screen: Screen) -> Row:
    spot, convention = move.spot, screen.conventions[move.spot.convention]
    indicator = screen.catalogue.indicator(spot.indicator)
    period = parse_period(spot.span)
    parts = [
        f"{period.year}, depuis janvier" if period.length == YEAR else write_short_period(period),
        *([name_place(spot.territory, convention)] if spot.territory else []),
        *([name_source(spot.source, convention)] if len(convention.sources) > 1 else []),
        *(["cohorte"] if spot.reading == COHORT else []),
    ]
    # What a deposit would change is not in the database yet: such a figure has no proof to lead to.
    before, after = (
        figure_html(replace(one, asked=None), indicator, is_tagged=False) if one is not None else NOT_KNOWN
        for one in (move.before, move.after)
    )
    return Row([note(escape(indicator.label), escape(", ".join(parts))), before, after,
                _tag_move(move.before, move.after, is_rate=indicator.unit == "taux",
                          decimals=int(indicator.denominator is not None))])  # fmt: skip


def _tag_move(before: Figure | None, after: Figure | None, *, is_rate: bool, decimals: int) -> str:
    old, new = before.value if before else None, after.value if after else None
    if after is not None and after.state == "secret":
        return tag("secret", "wait")
    if old is None or new is None:
        return tag("nouveau", "good") if new is not None else tag(f"devient {MISSING}", "bad")
    if before is not None and after is not None and abs(new - old) < 1e-9:
        return tag(after.state if after.state != before.state else "autres comptes")
    return tag(write_points(new, old) if is_rate else write_signed(new - old, decimals), "wait")


def render_changes(changes: Sequence[Change], convention: Convention | None, catalogue: Catalogue) -> str:
    """The figures of the file that correct others, one by one."""
    rows = [_change_row(one, convention, catalogue) for one in changes]
    return render_table(caption="Chiffres corrigés", columns=COLUMNS, rows=rows, is_caption_hidden=True)


def _change_row(change: Change, convention: Convention | None, catalogue: Catalogue) -> Row:
    measure, territory, period, segment = change.key
    place = name_place(territory, convention) if convention is not None else territory
    parts = [
        place,
        write_short_period(parse_period(period)),
        *(catalogue.axes[axis].values.get(v, v) for axis, v in segment),
    ]
    before = write_count(change.before) if change.before is not None else NOT_KNOWN
    after = write_count(change.after) if change.after is not None else NOT_KNOWN
    effect = tag("corrigé", "wait")
    if change.before is not None and change.after is not None:
        effect = tag(write_signed(change.after - change.before), "wait")
    label = note(escape(catalogue.indicator(measure).label), escape(", ".join(parts)))
    return Row([label, before, f"<b>{after}</b>", effect])


def render_added(added: Sequence[Observation], catalogue: Catalogue) -> str:
    """The new figures of the file, by measure and period."""
    rows = _added_rows(added, catalogue)
    columns = [Column("Mesure"), Column("Chiffres", True), Column("Total", True)]
    return render_table(caption="Chiffres nouveaux", columns=columns, rows=rows, is_caption_hidden=True)


def _added_rows(added: Sequence[Observation], catalogue: Catalogue) -> list[Row]:
    ordered = sorted(added, key=lambda one: (one.is_context, one.measure, parse_period(one.period)))
    rows = []
    for (measure, period), group in groupby(ordered, key=lambda one: (one.measure, one.period)):
        ones = list(group)
        # A mean that a return gives already computed stands under its indicator's own code, and adds up nowhere.
        adds_over = catalogue.measures[measure].adds_over if measure in catalogue.measures else frozenset()
        total = _sum_whole(ones, adds_over)
        label = note(escape(catalogue.indicator(measure).label), write_short_period(parse_period(period)))
        rows.append(Row([label, write_number(len(ones)), f"<b>{write_count(total)}</b>" if total is not None else "—"]))
    return rows


def _sum_whole(ones: Sequence[Observation], adds_over: frozenset[str]) -> float | None:
    """The sum over the places, when the measure adds up over them and each is a whole."""
    whole = [one for one in ones if not one.segment and one.value is not None]
    if not whole or "territoire" not in adds_over or len(whole) != sum(not one.segment for one in ones):
        return None
    return sum(one.value or 0 for one in whole)

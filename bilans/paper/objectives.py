"""The objectives of an edition in; their table, its bars, and how to read them, out."""

from __future__ import annotations

from html import escape

from bilans.findings import say_goal
from bilans.goals import round_gap, write_agreed
from bilans.paper.figures import NONE, write_cell, write_compared
from bilans.paper.marks import draw_objective
from bilans.values import Edition, ObjectiveLine
from bilans.wording import SECRET, write_gap
from conventions.statuses import UNKNOWN, write_signed_word
from ui.french import FIXED, MISSING, write_count
from ui.standing import tone_of
from ui.tables import Column, Row, note, render_table
from ui.wording import SECRET as SECRET_HTML
from ui.wording import tag, tag_word


def render_objectives(edition: Edition) -> str:
    """One row an objective, then what its marks mean and where it leads."""
    year = edition.header.before_span[-4:]
    columns = [
        Column("Objectif", css="j-name"),
        Column("Réalisé", is_number=True),
        Column("Face à l’objectif", css="j-drawn"),
        Column("Convenu", is_number=True),
        Column("Attendu à date", is_number=True),
        Column("Écart", is_number=True),
        Column(f"Même période de {year}", is_number=True),
        Column("État", css="j-state"),
    ]
    rows = [_row(edition, one) for one in edition.objectives]
    caption = f"Les objectifs de la convention, {edition.header.span}"
    table = render_table(caption=caption, columns=columns, rows=rows, css="j-goals", is_caption_hidden=True)
    said = [one for one in (_say_marks(edition), _say_goals(edition)) if one]
    return table + "".join(f'<p class="j-source">{escape(one)}</p>' for one in said)


def _row(edition: Edition, one: ObjectiveLine) -> Row:
    definition = edition.definition(one.indicator)
    shared = sum(other.indicator == one.indicator for other in edition.objectives) > 1
    name = one.label if shared else definition.label
    is_yearly = one.expected is not None
    return Row(
        [
            note(f"<b>{escape(name)}</b>", escape(one.article)),
            write_cell(one.now, definition),
            draw_objective(one),
            note(escape(write_agreed(one, definition.kind)), "dans l’année" if is_yearly else ""),
            write_count(round(one.expected)) if one.expected is not None else note(NONE, escape(one.undue)),
            _write_gap(one, definition.kind),
            write_compared(one.before, definition),
            _write_state(one),
        ]
    )


def _write_gap(one: ObjectiveLine, kind: str) -> str:
    if one.gap is None:
        return MISSING if one.now.state != "secret" else SECRET
    if one.upper is not None and not one.gap:
        return "dans la bande"
    return write_gap(round_gap(one.gap, kind) if one.expected is not None else one.gap, kind)


def _write_state(one: ObjectiveLine) -> str:
    if one.status == SECRET:
        return SECRET_HTML
    if one.status == UNKNOWN or one.now.value is None:
        return tag(MISSING)
    said = tag(write_signed_word(one.status), tone_of(one.status))
    return f"{said}{tag_word(one.now.state)}"


def _say_marks(edition: Edition) -> str:
    """What the marks that are drawn mean, and what a dash means."""
    goals, header = edition.objectives, edition.header
    marks = ["barre = réalisé"]
    if any(one.before.is_known for one in goals):
        marks.append(f"fond gris = {header.before_span}")
    marks.append("jalon rayé = objectif")
    if any(one.expected is not None for one in goals):
        marks.append(f"triangle = attendu au {header.span_end:%d/%m}, au prorata des jours")
    if any(one.now.state == "provisoire" for one in goals):
        marks.append("hachures = provisoire")
    said = [f"Lecture{FIXED}: {', '.join(marks)}."]
    if any(one.undue and one.now.is_known for one in goals):
        said.append(f"{NONE}{FIXED}: rien à attendre à date, le chiffre se compare tel quel à l’objectif.")
    return " ".join(said)


def _say_goals(edition: Edition) -> str:
    """How each objective is read, what is left of it, and where it leads."""
    span = edition.header.span
    said = (say_goal(one, edition.definition(one.indicator).label, span) for one in edition.objectives)
    return " ".join(one for one in said if one)

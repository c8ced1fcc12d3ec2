"""A deposit in; what was understood of it out: its sheet with each cell's part, and each label with why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from html import escape

import streamlit as st

from conventions.values import Convention
from etl.address import column_name
from etl.report import LabelNote, Report
from ui.blocks import show_block_title, show_table
from ui.deposit.reading import Corner, Deposit
from ui.french import FIXED, set_typography, write_count, write_number, write_quantity
from ui.tables import Column, Row, render_table
from ui.wording import name_place

SURE, LIKELY = 0.95, 0.75
ASKED = 0.5
"""How sure a label is shown to be while a question is asked of it."""
FIRST = 12
# A label that names several things is shown by the first of these.
PARTS = (("mesure", "measure"), ("période", "period"), ("territoire", "place"))
LEGEND = (
    ("period", "période"),
    ("place", "territoire"),
    ("measure", "mesure ou axe"),
    ("count", "chiffre retenu"),
    ("ask", "à confirmer"),
    ("waiting", "en attente de réponse"),
    ("hole", "absent ou secret"),
    ("aside", "écarté ou non lu"),
)
LAYOUTS = {"crosstab": "tableau de comptes", "records": "parcours individuels", "ignored": "rien de lu"}


def show_understood(deposit: Deposit, convention: Convention | None) -> None:
    """The sheet as it looks, coloured by what each cell was taken for; then the labels; then all the
    sheets."""
    report = deposit.report
    with st.container(key="carte-compris"):
        show_block_title("Ce que nous avons compris", _write_sheets(report))
        if deposit.corner is not None:
            st.html(render_corner(deposit.corner, report))
        if report.labels:
            notes = mark_asked(report)
            show_table(_labels_table(notes[:FIRST], convention))
            if len(notes) > FIRST:
                rest = len(notes) - FIRST
                show_table(
                    _labels_table(notes[FIRST : FIRST + 200], convention),
                    label=f"Voir {rest} autres libellés",
                )


def _write_sheets(report: Report) -> str:
    parts = []
    for sheet in report.sheets:
        amounts = [write_quantity(sheet.observations, "chiffre", "chiffres")] if sheet.observations else []
        amounts += [write_quantity(sheet.records, "parcours", "parcours")] if sheet.records else []
        parts.append(f"<b>{escape(sheet.sheet)}</b>{FIXED}: {', '.join(amounts) or LAYOUTS[sheet.layout]}")
    return " · ".join(parts)


def render_corner(corner: Corner, report: Report) -> str:
    """The first cells of the sheet as a table with the names of rows and columns."""
    roles = find_roles(corner, report)
    width = max((len(row) for row in corner.rows), default=0)
    heads = "".join(f'<th scope="col">{column_name(c)}</th>' for c in range(width))
    body = []
    for rank, row in enumerate(corner.cells(), start=1):
        cells = "".join(
            f'<td class="j-role-{roles.get(address, "none")}">{_write_raw(value)}</td>'
            for address, value in row
        )
        body.append(f'<tr><th scope="row">{rank}</th>{cells}</tr>')
    used = set(roles.values())
    legend = "".join(
        f'<span><i class="j-swatch j-role-{part}" aria-hidden="true"></i>{text}</span>'
        for part, text in LEGEND
        if part in used
    )
    return (
        '<div class="j-scroll"><table class="j-grid"><caption class="j-hidden">Début de la '
        f"feuille {escape(corner.sheet)}</caption>"
        f"<thead><tr><td></td>{heads}</tr></thead><tbody>{''.join(body)}</tbody>"
        f'</table></div><div class="j-legend j-left">{legend}</div>'
    )


def find_roles(corner: Corner, report: Report) -> dict[str, str]:
    """What each cell was taken for, by address; a label seen once stands for all cells with the same text."""
    roles: dict[str, str] = {}
    notes = {note.text.strip(): note for note in report.labels if note.sheet == corner.sheet}
    counts = {one.cell: one for one in report.observations if one.sheet == corner.sheet}
    waiting = {cell for question in report.questions for sheet, cell in question.cells if sheet == corner.sheet}
    asked = {question.text for question in report.questions}
    for row in corner.cells():
        for address, value in row:
            if address in counts:
                roles[address] = "count" if counts[address].value is not None else "hole"
            elif address in waiting:
                roles[address] = "waiting"
            elif isinstance(value, str) and " ".join(value.split()) in asked:
                roles[address] = "ask"
            elif isinstance(value, str) and " ".join(value.split()) in notes:
                roles[address] = _part(notes[" ".join(value.split())])
            elif value not in (None, ""):
                roles[address] = "aside"
    return roles


def mark_asked(report: Report) -> list[LabelNote]:
    """The labels, those of a question first and said to be in doubt."""
    asked = {question.text for question in report.questions}
    notes = [
        replace(note, meaning="à choisir", how="voir la question", confidence=ASKED) if note.text in asked else note
        for note in report.labels
    ]
    return sorted(notes, key=lambda note: note.text not in asked)


def _part(note: LabelNote) -> str:
    if note.confidence == 0 or note.axis == "écarté":
        return "aside"
    named = note.axis.lower()
    return next((part for word, part in PARTS if word in named), "measure")


def _write_raw(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return write_count(value) if value.is_integer() else write_number(value, 2)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    text = " ".join(str(value).split())
    return escape(text if len(text) <= 46 else f"{text[:44]}…")


def _labels_table(notes: Sequence[LabelNote], convention: Convention | None) -> str:
    rows = [
        Row(
            [
                f'<span class="j-address">{escape(note.sheet)}!{note.cell}</span>',
                f"«\u00a0{escape(_shorten(note.text))}\u00a0»",
                f'<span class="j-note">{escape(note.axis.capitalize())}</span>'
                f"<b>{escape(_name(note, convention))}</b>",
                write_confidence(note.confidence),
                f'<span class="j-soft">{escape(set_typography(note.how))}</span>',
            ],
            css="j-waiting" if 0 < note.confidence < LIKELY else "",
        )
        for note in notes
    ]
    columns = [
        Column("Cellule"),
        Column("Écrit"),
        Column("Compris comme"),
        Column("Confiance"),
        Column("Pourquoi"),
    ]
    return render_table(
        caption="Libellés du classeur et leur sens", columns=columns, rows=rows, is_caption_hidden=True
    )


def _name(note: LabelNote, convention: Convention | None) -> str:
    """What a label means; a territory by its name, and its code when it stands alone."""
    if "territoire" not in note.axis or convention is None:
        return note.meaning
    parts = note.meaning.split(", ")
    names = [name_place(part, convention) if part in convention.codes else part for part in parts]
    is_alone = len(parts) == 1 and names != parts
    return f"{names[0]} ({note.meaning})" if is_alone else ", ".join(names)


def _shorten(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 70 else f"{flat[:68]}…"


def write_confidence(confidence: float) -> str:
    """Four boxes and a word."""
    word = (
        "sûre"
        if confidence >= SURE
        else "probable"
        if confidence >= LIKELY
        else "à confirmer"
        if confidence
        else "non lu"
    )
    full = 4 if confidence >= SURE else 3 if confidence >= LIKELY else 2 if confidence else 0
    boxes = "".join(f'<i class="{"j-full" if rank < full else ""}"></i>' for rank in range(4))
    return f'<span class="j-level"><span class="j-sure" aria-hidden="true">{boxes}</span>{word}</span>'

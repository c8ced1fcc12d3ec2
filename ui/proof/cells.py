"""The sides of a proof in; the table of their cells, file by file, numerator then denominator, out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from conventions.catalogue import Catalogue
from conventions.periods import parse_period
from conventions.values import parse_segment
from indicators.amounts import SECRET
from indicators.cell_lines import Line, Side
from indicators.proof import Proof
from indicators.trace import TracedCell
from ui.french import FIXED, MISSING, write_count, write_date, write_short_period
from ui.proof.words import name_role, name_segment, name_term, write_amount, write_time
from ui.tables import Cell, Column, Row, note, render_table
from ui.wording import SECRET as SECRET_TAG
from ui.wording import name_place, tag

MOST_NAMED = 4
_ADDRESS = re.compile(r"([A-Z]+)(\d+)$")


def render_cells(proof: Proof, catalogue: Catalogue) -> str:
    """A group a side, a line a period, file and sheet; what was replaced is struck through."""
    rows: list[Row] = []
    for side in proof.sides:
        amount = f'<span class="j-proof-sum">{write_amount(side.amount)}</span>'
        head = f"{name_role(proof, side)}{FIXED}: {escape(name_term(side.term, catalogue))}{amount}"
        rows.append(Row([head], css="j-group", is_group=True))
        told: set[str] = set()
        for line in side.lines:
            rows.append(_render_line(line, side, proof, catalogue, is_known=line.first.import_id in told))
            told.add(line.first.import_id)
    columns = [
        Column("Période"),
        Column("Fichier et dépôt"),
        Column("Feuille et cellules"),
        Column(escape(_name_values(proof)), True, css="j-proof-values"),
        Column("Somme", True),
    ]
    caption = "Cellules d’où vient le chiffre"
    return render_table(caption=caption, columns=columns, rows=rows, css="j-proof-cells", is_caption_hidden=True)


def _name_values(proof: Proof) -> str:
    """The places in the order of the values, when they are few."""
    codes = list(dict.fromkeys(cell.territory for cell in _list_cells(proof) if not cell.is_path))
    if not codes or len(codes) > MOST_NAMED:
        return "Valeurs, par territoire"
    return " + ".join(name_place(code, proof.convention) for code in codes)


def _list_cells(proof: Proof) -> list[TracedCell]:
    return [cell for side in proof.sides for line in side.lines for cell in line.cells]


def _render_line(line: Line, side: Side, proof: Proof, catalogue: Catalogue, *, is_known: bool) -> Row:
    """A line; the deposit of a file is told at its first one."""
    first = line.first
    deposit = f"{first.import_id}, déposé le {write_date(first.loaded_on)} par {first.author}"
    file = Cell(note(escape(first.file), "" if is_known else escape(deposit)), "j-file")
    if first.is_path:
        told = write_count(line.value) if line.value is not None else MISSING
        return Row([escape(write_time(proof)), file, _write_where(line), _write_paths(first), f"<b>{told}</b>"])
    total = f"<b>{write_count(line.value)}</b>" if line.value is not None else SECRET_TAG
    state = "" if first.is_current else tag("remplacé")
    state = tag("révision", "wait") if line.is_revision else state
    named = name_segment(parse_segment(first.segment), catalogue) if _is_finer(line, side) else ""
    values = note(f"{_write_values(line.cells)} {state}".strip(), escape(named))
    period = write_short_period(parse_period(first.period)).replace(FIXED, " ")
    cells: list[Cell | str] = [period, file, _write_where(line), values, total]
    return Row(cells, css="" if first.is_current else "j-off")


def _write_paths(cell: TracedCell) -> str:
    """« 2 294 parcours dans ce fichier »: how many, and never one of them."""
    count, _, word = cell.state.partition(" ")
    said = f"{write_count(int(count))}{FIXED}{word}" if count.isdigit() else "parcours"
    return note(f"comptés parmi {said}" if word else f"comptés parmi ses {said}", "aucune personne n’est montrée")


def _is_finer(line: Line, side: Side) -> bool:
    """Whether the cells count a part of what the side counts: exits by motive that make the positive exits."""
    return parse_segment(line.first.segment) != side.term.segment or line.first.measure != side.term.measure


def _write_values(cells: Sequence[TracedCell]) -> str:
    """« 58 + 30 + 10 »; a value that secrecy hides says so."""
    return " + ".join(_write_value(one) for one in cells)


def _write_value(cell: TracedCell) -> str:
    if cell.value is not None:
        return write_count(cell.value)
    return "secret" if cell.state == SECRET else escape(cell.state)


def _write_where(line: Line) -> str:
    """« T1!C6:C8 », as a spreadsheet writes it."""
    sheet = escape(line.first.sheet or "")
    addresses = write_ranges([one.cell for one in line.cells if one.cell])
    return f'<span class="j-address">{sheet}{"!" if addresses else ""}{escape(addresses)}</span>'


def write_ranges(addresses: Sequence[str]) -> str:
    """Neighbours in a column or in a row as one range: « B5:D5, F5 »."""
    runs: list[list[str]] = []
    for address in dict.fromkeys(addresses):
        if runs and _follows(runs[-1], address):
            runs[-1].append(address)
        else:
            runs.append([address])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}:{run[-1]}" for run in runs)


def _follows(run: Sequence[str], address: str) -> bool:
    """Whether an address comes next, in the direction of the run."""
    (before, row), (column, next_row) = _locate(run[-1]), _locate(address)
    step = (column - before, next_row - row)
    if len(run) == 1:
        return step in ((0, 1), (1, 0))
    (own, own_row), (last, last_row) = _locate(run[-2]), _locate(run[-1])
    return step == (last - own, last_row - own_row)


def _locate(address: str) -> tuple[int, int]:
    found = _ADDRESS.match(address)
    if found is None:
        return 0, 0
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return column, int(found[2])

"""Columns and rows in; a real HTML table out, with a caption, scopes, and figures aligned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Column:
    """A column: its heading (HTML) and whether its cells are figures, aligned at the right."""

    heading: str
    is_number: bool = False
    css: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell: its HTML and its own class."""

    html: str
    css: str = ""


@dataclass(frozen=True)
class Row:
    """A row: the first cell names it. `css` is j-whole, j-group, j-waiting or j-off."""

    cells: Sequence[Cell | str]
    css: str = ""
    is_group: bool = False


def render_table(
    *,
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    css: str = "",
    is_caption_hidden: bool = False,
) -> str:
    """The whole table; a hidden caption is still read aloud."""
    heads = "".join(f'<th scope="col"{_classes(column)}>{column.heading}</th>' for column in columns)
    body = "".join(_render_row(row, columns) for row in rows)
    said = f'<span class="j-hidden">{escape(caption)}</span>' if is_caption_hidden else escape(caption)
    table = (
        f'<table class="j-table {css}"><caption>{said}</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody>"
    )
    return f'<div class="j-scroll">{table}</table></div>'


def _classes(column: Column, own: str = "") -> str:
    classes = " ".join(part for part in ("j-num" if column.is_number else "", column.css, own) if part)
    return f' class="{classes}"' if classes else ""


def _render_row(row: Row, columns: Sequence[Column]) -> str:
    css = f' class="{row.css}"' if row.css else ""
    if row.is_group:
        first = row.cells[0]
        text = first.html if isinstance(first, Cell) else first
        return f'<tr{css}><th scope="rowgroup" colspan="{len(columns)}">{text}</th></tr>'
    cells = [cell if isinstance(cell, Cell) else Cell(cell) for cell in row.cells]
    head, *rest = cells
    parts = [f'<th scope="row"{_classes(columns[0], head.css)}>{head.html}</th>']
    parts += [
        f"<td{_classes(column, cell.css)}>{cell.html}</td>"
        for cell, column in zip(rest, columns[1:], strict=True)
    ]
    return f"<tr{css}>{''.join(parts)}</tr>"


def note(main: str, under: str) -> str:
    """A cell in two lines: what it is, then a softer note."""
    return f'{main}<span class="j-note">{under}</span>' if under else main

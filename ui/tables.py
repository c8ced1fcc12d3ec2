"""Columns and rows in; a real HTML table out, with a caption, scopes, and figures aligned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from indicators.values import Figure


@dataclass(frozen=True)
class Column:
    """A column: its heading (HTML) and whether its cells are figures, aligned at the right."""

    heading: str
    is_number: bool = False
    css: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell: its HTML and its own class; the figure that it writes, which a file gives with its counts."""

    html: str
    css: str = ""
    figure: Figure | None = None


@dataclass(frozen=True)
class Row:
    """A row: the first cell names it. `css` is j-whole, j-group, j-waiting or j-off."""

    cells: Sequence[Cell | str]
    css: str = ""
    is_group: bool = False


@dataclass(frozen=True)
class Table:
    """A table before it is written, as HTML or in a file; `below` is HTML under it. A hidden caption is still read
    aloud."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    css: str = ""
    is_caption_hidden: bool = False
    below: str = ""


def render(table: Table) -> str:
    """The whole table."""
    heads = "".join(f'<th scope="col"{_classes(column)}>{column.heading}</th>' for column in table.columns)
    body = "".join(_render_row(row, table.columns) for row in table.rows)
    caption = escape(table.caption)
    said = f'<span class="j-hidden">{caption}</span>' if table.is_caption_hidden else caption
    return (
        f'<div class="j-scroll"><table class="j-table {table.css}"><caption>{said}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>{table.below}"
    )


def render_table(
    *,
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    css: str = "",
    is_caption_hidden: bool = False,
) -> str:
    """A table that stands alone on its page."""
    return render(Table(caption, columns, rows, css, is_caption_hidden))


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

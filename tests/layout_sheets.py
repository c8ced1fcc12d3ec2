"""An author in; a return of several sheets, whose names say a quarter, a commune or a measure, out."""

from __future__ import annotations

from tests.layout_author import Author
from tests.layout_labels import COMMUNES
from tests.layout_lines import (
    measure_columns,
    measure_corner,
    measure_rows,
    number_rows,
    period_columns,
    place_corner,
    place_rows,
)
from tests.layout_pages import end_page, new_page, write_table
from tests.layout_tables import DATA, Line, Page, Table


def write_quarters(author: Author) -> list[Page]:
    """A sheet per quarter, communes × measures."""
    pages = []
    for year, rank in author.periods:
        page = new_page(author, author.period_name(year, rank), year)
        rows = place_rows(author, period=author.code(year, rank))
        table = Table(place_corner(author), rows, measure_columns(author), "repeated", "merged")
        write_table(author, page, number_rows(author, table))
        pages.append(page)
    return pages


def write_communes(author: Author) -> list[Page]:
    """A sheet per commune, measures × quarters."""
    pages = []
    for code in COMMUNES:
        page = new_page(author, author.speller.plain_commune(code), author.years[0])
        columns = period_columns(author, territory=code)
        table = Table(measure_corner(author), measure_rows(author), columns, "merged", author.groups)
        write_table(author, page, table)
        pages.append(page)
    return pages


def write_measures(author: Author) -> list[Page]:
    """A sheet per measure, communes × quarters."""
    pages = []
    for measure in author.order:
        page = new_page(author, author.speller.short_measure(measure), author.years[0])
        rows = place_rows(author, measure=measure)
        table = Table(place_corner(author), rows, period_columns(author), "repeated", author.groups)
        write_table(author, page, number_rows(author, table))
        pages.append(page)
    return pages


def write_forms(author: Author) -> list[Page]:
    """A form per commune and quarter, a label and its value on each row; those of a commune on one sheet."""
    pages = []
    mark = author.rng.choice(("", " :", "\u00a0:"))
    for code in COMMUNES:
        page = new_page(author, f"Fiche {list(COMMUNES).index(code) + 1}", author.years[0])
        for year, rank in author.periods:
            _write_form(author, page, code, (year, rank), mark)
        pages.append(end_page(author, page))
    return pages


def _write_form(author: Author, page: Page, code: str, period: tuple[int, int], mark: str) -> None:
    """The fields that name the form, then a row per measure."""
    row, left = page.bottom + author.rng.randint(1, 2), author.left
    fields: list[tuple[str, object]] = [("Commune", author.speller.commune(code))]
    labels = author.period_labels(*period)
    if len(labels) > 1:
        fields.append(("Année", labels[0]))
    fields.append(("Année" if author.grain == "year" else "Période", labels[-1]))
    for name, value in fields if author.rng.random() < 0.7 else fields[::-1]:
        page.cells |= {(row, left): name + mark, (row, left + 1): value}
        row += 1
    row += author.rng.randint(0, 1)
    for line in measure_columns(author, has_remarks=False):
        if line.labels[0] is None:
            continue
        page.cells[row, left] = f"{line.labels[0]}{mark}"
        value = author.writer.show(line, Line((), {"territory": code, "period": author.code(*period)}))
        if value is not None:
            page.cells[row, left + 1] = value
        if line.kind == DATA:
            page.spots[row, left + 1] = (line.names["measure"], code, author.code(*period), ())
        row += 1

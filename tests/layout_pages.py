"""Tables of one author in; the pages around them (titles, notes, cover, hidden sheet) and the file, out."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date

import xlsxwriter

from tests.layout_author import Author
from tests.layout_labels import COMMUNES, NOTES, TITLES
from tests.layout_tables import Formula, Page, Shown, Table


def new_page(author: Author, name: str, year: int) -> Page:
    """A sheet with its titles."""
    page = Page(f"{name} {year}" if author.year_place == "sheet" else name)
    row = author.rng.randint(1, 3) if "offset" in author.mess else 0
    titles = author.speller.pick(TITLES, 4) if "titles" in author.mess else []
    # A sheet that its name gives to a commune bears no heading of another territory.
    titles = [title for title in titles if not (author.is_named_by_sheet and title.startswith("Agence"))]
    titles = [TITLES[0], *titles] if "unsaid" in author.mess else titles
    if author.year_place == "title" and "fields" not in author.mess:
        titles.insert(
            author.rng.randint(0, len(titles)),
            author.rng.choice((f"Année {year}", f"Suivi {year}", f"Bilan de l’année {year}")),
        )
    for title in titles:
        page.cells[row, author.left] = title
        row += author.rng.choice((1, 1, 2))
    if author.year_place == "title" and "fields" in author.mess:
        page.cells |= {(row, author.left): "Année", (row, author.left + 1): year}
        page.cells[row + 1, author.left] = "Suivi des parcours"
    return page


def write_table(author: Author, page: Page, table: Table) -> None:
    top = page.bottom + (author.rng.randint(0, 1) if page.cells else author.left)
    author.writer.write(page, table, top, author.left)
    if "hidden columns" in author.mess:
        page.hidden_columns = [author.rng.choice(sorted({column for _, column in page.spots}))]
    end_page(author, page)


def end_page(author: Author, page: Page) -> Page:
    """The notes below."""
    if "notes" in author.mess:
        row = page.bottom + author.rng.randint(0, 2)
        for offset, note in enumerate(author.speller.pick(NOTES, 3)):
            page.cells[row + offset, author.left] = note
    return page


def make_cover(author: Author) -> list[Page]:
    """A first sheet without a table."""
    if "cover" not in author.mess:
        return []
    texts = (
        "PLIE du Pays de Martigues",
        "Convention 2023-2027",
        "Sommaire",
        "Feuilles de suivi des communes",
        "Contact : coordination",
    )
    lines = {(2 * row + 1, 1): text for row, text in enumerate(texts)}
    return [Page("Présentation", cells={**lines, (12, 1): "Version", (12, 2): 3})]


def make_hidden(author: Author) -> list[Page]:
    """A hidden sheet with an old version of the counts."""
    if "hidden" not in author.mess:
        return []
    cells: dict[tuple[int, int], object] = {(0, 0): "Commune", (0, 1): "Trimestre", (0, 2): "DE orientés vers le PLIE"}
    for row, code in enumerate(COMMUNES, 1):
        cells |= {(row, 0): COMMUNES[code][0], (row, 1): f"T1 {author.years[0]}", (row, 2): 77 + row}
    return [Page("Ancien", cells=cells, is_hidden=True)]


def save_pages(pages: Iterable[Page]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    month = book.add_format({"num_format": "mmm yyyy"})
    for page in pages:
        sheet = book.add_worksheet(page.name)
        if page.is_hidden:
            sheet.hide()
        for top, left, bottom, right in page.merges:
            sheet.merge_range(top, left, bottom, right, "")
        for column in page.hidden_columns:
            sheet.set_column(column, column, None, None, {"hidden": True})
        for (row, column), value in page.cells.items():
            if isinstance(value, Formula):
                sheet.write_formula(row, column, value.text, None, "" if value.value is None else value.value)
            elif isinstance(value, Shown):
                sheet.write(row, column, value.value, book.add_format({"num_format": value.pattern}))
            elif isinstance(value, date):
                sheet.write_datetime(row, column, value, month)
            else:
                sheet.write(row, column, value)
    book.close()
    return stream.getvalue()

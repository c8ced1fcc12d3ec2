"""A shape, some mess and a seed in; a return of the PLIE as a workbook, with the true name of each count, out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from etl.address import cell_name
from tests import layout_grids, layout_sheets
from tests.layout_author import Author
from tests.layout_pages import make_cover, make_hidden, save_pages
from tests.layout_tables import Key, Page, Truth

MESS = (
    "titles", "notes", "totals", "uncached", "rates", "percent format", "remarks", "holes", "no-break spaces",
    "text numbers", "code numbers", "float texts", "lost zeros", "year-like", "spellings", "abbreviations", "footnotes",
    "newlines", "spacer rows", "spacer columns", "offset", "page break", "cover", "hidden", "hidden columns",
    "two years", "year apart", "years alone", "dates", "newest first", "no merges", "repeated groups", "header once",
    "technical row", "ranks", "fields", "listed", "numbered rows", "unsaid", "objectives", "cumuls", "reminders",
    "evolutions", "sections", "swapped", "decimals",
)  # fmt: skip
"""Everything that may stand in the way of a reader; each is drawn independently."""

SHAPES: Mapping[str, Callable[[Author], list[Page]]] = {
    "quarters": layout_sheets.write_quarters,
    "communes": layout_sheets.write_communes,
    "measures": layout_sheets.write_measures,
    "forms": layout_sheets.write_forms,
    "blocks": layout_grids.write_blocks,
    "side by side": layout_grids.write_side_by_side,
    "stacked": layout_grids.write_stacked,
    "communes above": layout_grids.write_communes_above,
    "quarters above": layout_grids.write_quarters_above,
    "measures above": layout_grids.write_measures_above,
    "wide": layout_grids.write_wide,
    "profiles": layout_grids.write_profiles,
    "long": layout_grids.write_long,
    "rows": layout_grids.write_rows,
}
"""How a return is laid out; « profiles » holds two measures alone, by sex and age."""


@dataclass(frozen=True)
class Delivery:
    """A file, what was counted, and what each cell of the file truly counts."""

    file: str
    content: bytes
    truth: Truth
    spots: Mapping[tuple[str, str], Key]


def make_delivery(shape: str, mess: frozenset[str], seed: int) -> Delivery:
    """Write one return; the same arguments give the same file."""
    author = Author(shape, mess, seed)
    pages = SHAPES[shape](author)
    spots = {(page.name, cell_name(*spot)): key for page in pages for spot, key in page.spots.items()}
    pages = [*make_cover(author), *pages, *make_hidden(author)]
    return Delivery(author.file, save_pages(pages), author.truth, spots)

"""A shape, some mess and a seed in; a return of the PLIE as a workbook, with the true name of each count, out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from etl.address import cell_name
from tests.layout_author import Author
from tests.layout_labels import COMMUNES, MEASURES, RATES
from tests.layout_pages import end_page, make_cover, make_hidden, new_page, save_pages, write_table
from tests.layout_tables import BLANK, RATE, REMARK, TOTAL, Key, Line, Page, Table, Truth

MESS = (
    "titles", "notes", "totals", "uncached", "rates", "remarks", "holes", "no-break spaces", "text numbers",
    "code numbers", "year-like", "spellings", "abbreviations", "footnotes", "newlines", "spacer rows",
    "spacer columns", "offset", "page break", "cover", "hidden", "two years", "year apart", "newest first",
    "no merges", "repeated groups", "header once", "ranks", "fields", "listed", "numbered rows", "unsaid",
)  # fmt: skip
"""Everything that may stand in the way of a reader; each is drawn independently."""


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


# The six shapes.


def write_quarters(author: Author) -> list[Page]:
    """A sheet per quarter, communes × measures."""
    pages = []
    for year, rank in author.periods:
        plain = author.speller.plain_period(year, rank)
        page = new_page(author, plain if author.year_place == "label" else author.speller.plain_quarter(rank), year)
        rows = [Line(author.place_labels(code), {"territory": code, "period": f"{year}-T{rank}"}) for code in COMMUNES]
        rows += _total(author, rows, lambda width: (author.total(), *[None] * (width - 1)))
        write_table(
            author,
            page,
            _number(author, Table(_place_corner(author), rows, _measure_columns(author), "repeated", "merged")),
        )
        pages.append(page)
    return pages


def write_blocks(author: Author) -> list[Page]:
    """A block per commune under its title, measures × quarters."""
    page = new_page(author, "Suivi", author.years[0])
    for number, code in enumerate(COMMUNES):
        top = page.bottom + (author.rng.randint(1, 2) if number else 0)
        has_header = number == 0 or "header once" not in author.mess
        _write_heading(author, page, top, code, is_field="fields" in author.mess and has_header)
        columns = [
            Line(author.period_labels(y, q), {"territory": code, "period": f"{y}-T{q}"}) for y, q in author.periods
        ]
        columns += _year_totals(author, columns)
        table = Table(_measure_corner(author), _measure_rows(author), columns, "merged", author.groups)
        author.writer.write(page, table, top + 1, author.left, has_header)
    return [end_page(author, page)]


def _write_heading(author: Author, page: Page, row: int, code: str, *, is_field: bool) -> None:
    """The commune of a block: its name, a numbered heading, or a field of a form."""
    name = author.speller.commune(code)
    if is_field:
        page.cells |= {(row, author.left): "Commune", (row, author.left + 1): name}
    else:
        rank = list(COMMUNES).index(code) + 1
        page.cells[row, author.left] = f"{rank}. {name}" if "listed" in author.mess else name


def write_communes_above(author: Author) -> list[Page]:
    """Communes merged above measures, quarters in rows."""
    page = new_page(author, "Suivi", author.years[0])
    columns: list[Line] = []
    for code in COMMUNES:
        group = _measure_columns(author, has_remarks=False)
        columns += [
            Line((author.speller.commune(code), *c.labels), {**c.names, "territory": code}, c.kind) for c in group
        ]
        columns += _spacer(author, "spacer columns", 2)
    if "totals" in author.mess:
        word, data = author.total(), [column for column in columns if column.kind != BLANK]
        for measure in MEASURES:
            parts = tuple(c for c in data if c.names["measure"] == measure)
            columns.append(Line((word, author.speller.measure(measure)), {}, TOTAL, parts))
    rows = _period_rows(author)
    write_table(author, page, Table(_period_corner(author), rows, columns, author.groups, author.groups))
    return [page]


def write_quarters_above(author: Author) -> list[Page]:
    """Quarters merged above communes, measures in rows."""
    page = new_page(author, "Suivi", author.years[0])
    columns: list[Line] = []
    word = author.total()
    for year, rank in author.periods:
        labels, period = author.period_labels(year, rank), f"{year}-T{rank}"
        group = [Line((*labels, author.speller.commune(c)), {"territory": c, "period": period}) for c in COMMUNES]
        columns += [*group, *_total(author, group, lambda _, labels=labels: (*labels, word))]  # type: ignore[misc]
        columns += _spacer(author, "spacer columns", len(labels) + 1)
    write_table(author, page, Table(_measure_corner(author), _measure_rows(author), columns, "merged", author.groups))
    return [page]


def write_long(author: Author) -> list[Page]:
    """A row per count: territory, quarter, indicator, value."""
    page = new_page(author, "Données", author.years[0])
    rows = []
    names_in_order = list(product(author.periods, MEASURES))
    if author.rng.random() < 0.3:
        author.rng.shuffle(names_in_order)
    for (year, rank), measure in names_in_order:
        labels = (*author.period_labels(year, rank), author.speller.measure(measure))
        names = {"period": f"{year}-T{rank}", "measure": measure}
        group = [Line((*author.place_labels(code), *labels), {**names, "territory": code}) for code in COMMUNES]
        blanks = [None] * (len(author.place_columns) - 1)
        rows += [*group, *_total(author, group, lambda _, blanks=blanks, labels=labels: (*blanks, "Total", *labels))]  # type: ignore[misc]
    corner = (*_place_corner(author), *_period_corner(author), author.rng.choice(("Indicateur", "Mesure")))
    columns = [Line((author.rng.choice(("Valeur", "Nombre", "Effectif")),), {}), *_remarks(author)]
    write_table(author, page, _number(author, Table(corner, rows, columns, "repeated", "merged")))
    return [page]


def write_rows(author: Author) -> list[Page]:
    """A row per commune and quarter, measures in columns."""
    page = new_page(author, "Données", author.years[0])
    rows: list[Line] = []
    for code in COMMUNES:
        place = author.place_labels(code)
        own = [
            Line((*place, *author.period_labels(y, q)), {"territory": code, "period": f"{y}-T{q}"})
            for y, q in author.periods
        ]
        width = len(own[0].labels)
        rows += [*own, *_total(author, own, _pad(*place, "Total"))]
        rows += _spacer(author, "spacer rows", width)
    corner = (*_place_corner(author), *_period_corner(author))
    groups = author.rng.choice(("repeated", author.groups)) if len(author.place_columns) == 1 else "repeated"
    write_table(author, page, Table(corner, rows, _measure_columns(author), groups, "merged"))
    return [page]


SHAPES: Mapping[str, Callable[[Author], list[Page]]] = {
    "quarters": write_quarters,
    "blocks": write_blocks,
    "communes above": write_communes_above,
    "quarters above": write_quarters_above,
    "long": write_long,
    "rows": write_rows,
}


# Rows, columns and what heads them.


def _number(author: Author, table: Table) -> Table:
    """The same with a first column that numbers the rows."""
    if "numbered rows" not in author.mess:
        return table
    rows = [replace(line, labels=(rank, *line.labels)) for rank, line in enumerate(table.rows, 1)]
    return replace(table, corner=("N°", *table.corner), rows=rows)


def _measure_columns(author: Author, has_remarks: bool = True) -> list[Line]:
    columns = [Line((author.speller.measure(code),), {"measure": code}) for code in MEASURES]
    if "rates" in author.mess:
        rates = [Line((author.speller.rate(code),), {"measure": code}, RATE) for code in RATES]
        columns = (
            [*columns, *rates] if author.rng.random() < 0.5 else [*columns[:4], *rates[:2], *columns[4:], rates[2]]
        )
    if has_remarks:
        place = author.rng.randrange(1, len(columns))
        columns[place:place] = _spacer(author, "spacer columns", 1)
        columns += _remarks(author)
    return columns


def _measure_rows(author: Author) -> list[Line]:
    rows = [
        Line((f"{rank} - {line.labels[0]}",) if "listed" in author.mess else line.labels, line.names, line.kind)
        for rank, line in enumerate(_measure_columns(author, has_remarks=False), 1)
    ]
    place = author.rng.randrange(1, len(rows))
    rows[place:place] = _spacer(author, "spacer rows", 1)
    return rows


def _period_rows(author: Author) -> list[Line]:
    rows: list[Line] = []
    for year in dict.fromkeys(year for year, _ in author.periods):
        own = [Line(author.period_labels(y, q), {"period": f"{y}-T{q}"}) for y, q in author.periods if y == year]
        rows += [*own, *_year_totals(author, own), *_spacer(author, "spacer rows", len(own[0].labels))]
    return rows


def _year_totals(author: Author, lines: Sequence[Line]) -> list[Line]:
    """A total for each year: under its year when years stand apart, else with the year in its words."""
    if "totals" not in author.mess:
        return []
    totals = []
    for year in dict.fromkeys(line.names["period"][:4] for line in lines):
        parts = tuple(line for line in lines if line.names["period"].startswith(year))
        word = author.rng.choice((f"Total {year}", f"Année {year}", f"Cumul {year}"))
        labels = (author.speller.year(int(year)), "Total") if author.year_place == "apart" else (word,)
        names = {axis: value for axis, value in parts[0].names.items() if axis != "period"}
        totals.append(Line(labels, names, TOTAL, parts))
    return totals


def _total(author: Author, parts: Sequence[Line], label: Callable[[int], tuple[object, ...]]) -> list[Line]:
    return [Line(label(len(parts[0].labels)), {}, TOTAL, tuple(parts))] if "totals" in author.mess else []


def _pad(*first: object) -> Callable[[int], tuple[object, ...]]:
    """Labels that begin so, blank up to the width."""
    return lambda width: (*first, *[None] * (width - len(first)))


def _spacer(author: Author, flag: str, depth: int) -> list[Line]:
    return [Line((None,) * depth, {}, BLANK)] if flag in author.mess else []


def _remarks(author: Author) -> list[Line]:
    header = author.rng.choice(("Observations", "Commentaires", "Remarques"))
    return [Line((header,), {}, REMARK)] if "remarks" in author.mess else []


def _place_corner(author: Author) -> tuple[str, ...]:
    headers = {"code": ("Code INSEE", "Code commune", "INSEE"), "name": ("Commune", "Territoire", "Nom de la commune")}
    return tuple(author.rng.choice(headers[column]) for column in author.place_columns)


def _period_corner(author: Author) -> tuple[str, ...]:
    header = "Trimestre" if author.has_ranks else author.rng.choice(("Trimestre", "Période"))
    return (author.rng.choice(("Année", "Exercice")), header) if author.year_place == "apart" else (header,)


def _measure_corner(author: Author) -> tuple[str, ...]:
    return (author.rng.choice(("Indicateur", "Indicateurs", "")),)

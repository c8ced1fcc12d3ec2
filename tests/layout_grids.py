"""An author in; one sheet with one table or several, each count under the labels that name it, out."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from tests.layout_author import PROFILED, Author
from tests.layout_labels import AGES, COMMUNES, SEXES
from tests.layout_lines import (
    commune_lines,
    measure_columns,
    measure_corner,
    measure_rows,
    number_rows,
    pad,
    period_columns,
    period_corner,
    period_lines,
    period_rows,
    place_corner,
    place_rows,
    prefix,
    remarks,
    spacer,
    total,
    year_totals,
)
from tests.layout_pages import end_page, new_page, write_table
from tests.layout_tables import BLANK, TOTAL, Line, Page, Table


def write_blocks(author: Author) -> list[Page]:
    """A block per commune under its title, measures × quarters."""
    page = new_page(author, "Suivi", author.years[0])
    for number, code in enumerate(COMMUNES):
        top = page.bottom + (author.rng.randint(1, 2) if number else 0)
        has_header = number == 0 or "header once" not in author.mess
        _write_heading(author, page, top, code, is_field="fields" in author.mess and has_header)
        columns = period_lines(author, territory=code)
        columns += year_totals(author, columns)
        table = Table(measure_corner(author), measure_rows(author), columns, "merged", author.groups)
        author.writer.write(page, table, top + 1, author.left, has_header=has_header)
    return [end_page(author, page)]


def _write_heading(author: Author, page: Page, row: int, code: str, *, is_field: bool) -> None:
    """The commune of a block: its name, a numbered heading, or a field of a form."""
    name = author.speller.commune(code)
    if is_field:
        page.cells |= {(row, author.left): "Commune", (row, author.left + 1): name}
    else:
        rank = list(COMMUNES).index(code) + 1
        page.cells[row, author.left] = f"{rank}. {name}" if "listed" in author.mess else name


def write_side_by_side(author: Author) -> list[Page]:
    """A table per commune, measures × quarters, all on the same rows, each under its title."""
    page = new_page(author, "Suivi", author.years[0])
    top, left = page.bottom + author.rng.randint(0, 1), author.left
    rows = [line for line in measure_rows(author) if line.kind != BLANK]
    columns = period_lines(author)
    columns += year_totals(author, columns)
    for commune in commune_lines(author):
        own = [replace(line, names={**line.names, **commune.names}) for line in rows]
        page.cells[top, left] = commune.labels[0]
        table = Table(("Indicateur",), own, columns, "merged", "repeated")
        author.writer.write(page, table, top + 1, left, has_break=False)
        left += len(columns) + 2
    return [end_page(author, page)]


def write_stacked(author: Author) -> list[Page]:
    """A table per measure under its title, communes × quarters."""
    page = new_page(author, "Suivi", author.years[0])
    for measure in author.order:
        top = page.bottom + author.rng.randint(1, 2)
        page.cells[top, author.left] = author.speller.measure(measure)
        rows = place_rows(author, measure=measure)
        table = Table(place_corner(author), rows, period_columns(author), "repeated", author.groups)
        author.writer.write(page, number_rows(author, table), top + 1, author.left)
    return [end_page(author, page)]


def write_communes_above(author: Author) -> list[Page]:
    """Communes merged above measures, quarters in rows."""
    page = new_page(author, "Suivi", author.years[0])
    columns: list[Line] = []
    group = measure_columns(author, has_remarks=False)
    for line in commune_lines(author):
        columns += [Line((*line.labels, *c.labels), {**c.names, **line.names}, c.kind) for c in group]
        columns += spacer(author, "spacer columns", 2)
    if "totals" in author.mess:
        word, data = author.total(), [column for column in columns if column.kind not in (BLANK, "aside")]
        for measure in author.order:
            parts = tuple(c for c in data if c.names["measure"] == measure and c.kind == "data")
            columns.append(Line((word, author.speller.measure(measure)), {}, TOTAL, parts))
    rows = period_rows(author)
    write_table(author, page, Table(period_corner(author), rows, columns, author.groups, author.groups))
    return [page]


def write_quarters_above(author: Author) -> list[Page]:
    """Quarters merged above communes, measures in rows."""
    page = new_page(author, "Suivi", author.years[0])
    columns: list[Line] = []
    word = author.total()
    for period in period_lines(author):
        group = prefix(period.labels, commune_lines(author, **period.names))
        columns += [*group, *total(author, group, lambda _, labels=period.labels: (*labels, word))]  # type: ignore[misc]
        columns += spacer(author, "spacer columns", len(period.labels) + 1)
    write_table(author, page, Table(measure_corner(author), measure_rows(author), columns, "merged", author.groups))
    return [page]


def write_measures_above(author: Author) -> list[Page]:
    """Measures merged above quarters, communes in rows."""
    page = new_page(author, "Suivi", author.years[0])
    columns: list[Line] = []
    for measure in author.order:
        columns += prefix([author.speller.measure(measure)], period_lines(author, measure=measure))
        columns += spacer(author, "spacer columns", len(columns[0].labels))
    table = Table(place_corner(author), place_rows(author), columns, "repeated", author.groups)
    write_table(author, page, number_rows(author, table))
    return [page]


def write_wide(author: Author) -> list[Page]:
    """The year in one row, the quarter below, with sub-totals of years; a row per measure and commune."""
    page = new_page(author, "Suivi", author.years[0])
    rows: list[Line] = []
    for measure in author.order:
        group = prefix([author.speller.measure(measure)], commune_lines(author, measure=measure))
        rows += [*group, *total(author, group, lambda _, word=group[0].labels[0]: (word, "Total"))]  # type: ignore[misc]
    columns: list[Line] = []
    for year in dict.fromkeys(year for year, _ in author.periods):
        own = [line for line in period_lines(author) if line.names["period"].startswith(str(year))]
        columns += [*own, *year_totals(author, own)]
    corner = (author.rng.choice(("Indicateur", "Mesure")), author.rng.choice(("Commune", "Territoire")))
    write_table(author, page, Table(corner, rows, columns, author.groups, author.groups))
    return [page]


def write_profiles(author: Author) -> list[Page]:
    """Measures above sexes above ages, in three rows of headers, with the margins; communes and quarters in rows."""
    page = new_page(author, "Publics", author.years[0])
    columns: list[Line] = []
    whole = author.rng.choice(("Ensemble", "Total"))
    for measure, sex, age in product(PROFILED, (*SEXES, None), (*AGES, None)):
        split = [author.speller.value(axis, code) if code else whole for axis, code in (("sexe", sex), ("age", age))]
        labels = [author.speller.measure(measure), *split]
        names = {"measure": measure, "sexe": sex, "age": age}
        columns.append(Line(tuple(labels), {axis: value for axis, value in names.items() if value}))
    rows: list[Line] = []
    for code in author.places:
        rows += prefix(author.place_labels(code), period_lines(author, territory=code))
    corner = (*place_corner(author), *period_corner(author))
    write_table(author, page, number_rows(author, Table(corner, rows, columns, "repeated", author.groups)))
    return [page]


def write_long(author: Author) -> list[Page]:
    """A row per count: territory, quarter, indicator, value."""
    page = new_page(author, "Données", author.years[0])
    rows = []
    names_in_order = list(product(author.periods, author.order))
    if author.rng.random() < 0.3:
        author.rng.shuffle(names_in_order)
    for (year, rank), measure in names_in_order:
        labels = (*author.period_labels(year, rank), author.speller.measure(measure))
        names = {"period": author.code(year, rank), "measure": measure}
        group = [Line((*author.place_labels(code), *labels), {**names, "territory": code}) for code in author.places]
        blanks = [None] * (len(author.place_columns) - 1)
        rows += [*group, *total(author, group, lambda _, blanks=blanks, labels=labels: (*blanks, "Total", *labels))]  # type: ignore[misc]
    corner = (*place_corner(author), *period_corner(author), author.rng.choice(("Indicateur", "Mesure")))
    columns = [Line((author.rng.choice(("Valeur", "Nombre", "Effectif")),), {}), *remarks(author)]
    write_table(author, page, number_rows(author, Table(corner, rows, columns, "repeated", "merged")))
    return [page]


def write_rows(author: Author) -> list[Page]:
    """A row per commune and quarter, measures in columns."""
    page = new_page(author, "Données", author.years[0])
    rows: list[Line] = []
    for code in author.places:
        place = author.place_labels(code)
        own = prefix(place, period_lines(author, territory=code))
        if author.grain != "year":
            rows += [*own, *total(author, own, pad(*place, "Total"))]
        else:
            rows += own
        rows += spacer(author, "spacer rows", len(own[0].labels))
    corner = (*place_corner(author), *period_corner(author))
    groups = author.rng.choice(("repeated", author.groups)) if len(author.place_columns) == 1 else "repeated"
    write_table(author, page, Table(corner, rows, measure_columns(author), groups, "merged"))
    return [page]


"""An author in; the rows and the columns of tables, with what heads them and what stands beside the counts, out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from tests.layout_author import Author
from tests.layout_labels import ASIDES, COMMUNES, RATES, SECTIONS
from tests.layout_tables import ASIDE, BLANK, RATE, REMARK, TOTAL, Line, Table


def number_rows(author: Author, table: Table) -> Table:
    """The same with a first column that numbers the rows."""
    if "numbered rows" not in author.mess:
        return table
    rows = [replace(line, labels=(rank, *line.labels)) for rank, line in enumerate(table.rows, 1)]
    return replace(table, corner=("N°", *table.corner), rows=rows)


def measure_columns(author: Author, has_remarks: bool = True) -> list[Line]:
    """A column per measure, with the rates, the objectives and the remarks that people put beside."""
    columns = [Line((author.speller.measure(code),), {"measure": code}) for code in author.order]
    if "rates" in author.mess:
        rates = [Line((author.speller.rate(code),), {"measure": code}, RATE) for code in RATES]
        columns = (
            [*columns, *rates] if author.rng.random() < 0.5 else [*columns[:4], *rates[:2], *columns[4:], rates[2]]
        )
    for kind in _asides(author):
        place = author.rng.randrange(1, len(columns) + 1)
        measure = author.rng.choice(author.measures)
        columns.insert(place, Line((author.speller.aside(kind, measure, author.years[0]),), {}, ASIDE))
    if has_remarks:
        place = author.rng.randrange(1, len(columns))
        columns[place:place] = spacer(author, "spacer columns", 1)
        columns += remarks(author)
    return columns


def measure_rows(author: Author) -> list[Line]:
    """A row per measure, under headings without numbers."""
    rows = [
        Line((f"{rank} - {line.labels[0]}",) if "listed" in author.mess else line.labels, line.names, line.kind)
        for rank, line in enumerate(measure_columns(author, has_remarks=False), 1)
    ]
    place = author.rng.randrange(1, len(rows))
    rows[place:place] = spacer(author, "spacer rows", 1)
    return sections(author, "measure", 1) + rows


def sections(author: Author, axis: str, width: int) -> list[Line]:
    """A heading inside a table, just under its header."""
    if "sections" not in author.mess:
        return []
    return [Line((author.rng.choice(SECTIONS[axis]), *[None] * (width - 1)), {}, BLANK)]


def period_rows(author: Author) -> list[Line]:
    """A row per period, with the totals of years."""
    rows: list[Line] = []
    for year in dict.fromkeys(year for year, _ in author.periods):
        own = [line for line in period_lines(author) if line.names["period"].startswith(str(year))]
        rows += [*own, *year_totals(author, own), *spacer(author, "spacer rows", len(own[0].labels))]
    return rows


def period_lines(author: Author, **names: str) -> list[Line]:
    """A line per period, of what `names` say besides."""
    return [
        Line(author.period_labels(year, rank), {**names, "period": author.code(year, rank)})
        for year, rank in author.periods
    ]


def period_columns(author: Author, **names: str) -> list[Line]:
    """A column per period, with the totals of years, then objectives and reminders."""
    columns = period_lines(author, **names)
    columns += year_totals(author, columns)
    for kind in _asides(author):
        label = author.speller.aside(kind, None, author.years[0])
        columns.append(Line((*[None] * (len(columns[0].labels) - 1), label), {}, ASIDE))
    return columns


def _asides(author: Author) -> list[str]:
    return [kind for kind in ASIDES if kind in author.mess]


def year_totals(author: Author, lines: Sequence[Line]) -> list[Line]:
    """A total for each year: under its year when years stand apart, else with the year in its words."""
    if "totals" not in author.mess or author.grain == "year":
        return []
    totals = []
    for year in dict.fromkeys(line.names["period"][:4] for line in lines):
        parts = tuple(line for line in lines if line.names["period"].startswith(year))
        word = author.rng.choice((f"Total {year}", f"Année {year}", f"Cumul {year}"))
        labels = (author.speller.year(int(year)), "Total") if author.year_place == "apart" else (word,)
        names = {axis: value for axis, value in parts[0].names.items() if axis != "period"}
        totals.append(Line(labels, names, TOTAL, parts))
    return totals


def total(author: Author, parts: Sequence[Line], label: Callable[[int], tuple[object, ...]]) -> list[Line]:
    """A line that adds up others."""
    return [Line(label(len(parts[0].labels)), {}, TOTAL, tuple(parts))] if "totals" in author.mess else []


def total_of_places(author: Author, rows: Sequence[Line]) -> list[Line]:
    """A total in the first column of labels."""
    return total(author, rows, lambda width: (author.total(), *[None] * (width - 1)))


def pad(*first: object) -> Callable[[int], tuple[object, ...]]:
    """Labels that begin so, blank up to the width."""
    return lambda width: (*first, *[None] * (width - len(first)))


def spacer(author: Author, flag: str, depth: int) -> list[Line]:
    """A blank line."""
    return [Line((None,) * depth, {}, BLANK)] if flag in author.mess else []


def remarks(author: Author) -> list[Line]:
    """A column of free text."""
    header = author.rng.choice(("Observations", "Commentaires", "Remarques"))
    return [Line((header,), {}, REMARK)] if "remarks" in author.mess else []


def place_rows(author: Author, **names: str) -> list[Line]:
    """A row per commune, by its code, its name or both, then their total."""
    rows = [Line(author.place_labels(code), {**names, "territory": code}) for code in author.places]
    return [*sections(author, "territory", len(rows[0].labels)), *rows, *total_of_places(author, rows)]


def commune_lines(author: Author, **names: str) -> list[Line]:
    """A line per commune of the convention, by its name."""
    codes = [code for code in author.places if code in COMMUNES]
    return [Line((author.speller.commune(code),), {**names, "territory": code}) for code in codes]


def place_corner(author: Author) -> tuple[str, ...]:
    """What heads the labels of communes."""
    headers = {"code": ("Code INSEE", "Code commune", "INSEE"), "name": ("Commune", "Territoire", "Nom de la commune")}
    return tuple(author.rng.choice(headers[column]) for column in author.place_columns)


def period_corner(author: Author) -> tuple[str, ...]:
    """What heads the labels of periods."""
    if author.grain == "year":
        return (author.rng.choice(("Année", "Exercice")),)
    words = ("Mois", "Période") if author.grain == "month" else ("Trimestre", "Période")
    header = "Trimestre" if author.has_ranks else author.rng.choice(words)
    return (author.rng.choice(("Année", "Exercice")), header) if author.year_place == "apart" else (header,)


def measure_corner(author: Author) -> tuple[str, ...]:
    """What heads the labels of measures."""
    return (author.rng.choice(("Indicateur", "Indicateurs", "")),)


def prefix(labels: Iterable[object], lines: Sequence[Line]) -> list[Line]:
    """The same lines in a group that these labels head."""
    return [replace(line, labels=(*labels, *line.labels)) for line in lines]

"""A sheet with one row per path in; a table of pseudonymised paths, and a finding for each cell not understood, out.

Columns are read one at a time and each distinct value once: a table of 200,000 paths holds few of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeAlias, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from conventions.text import normalise
from conventions.vocabulary import Vocabulary
from etl.address import cell_name
from etl.cells import Raw, clean_text, parse_number
from etl.grid import is_blank
from etl.keys import make_pseudonyms
from etl.places import PlaceReader
from etl.report import BLOCKING, INFORMATION, WARNING, Finding, no_paths
from etl.workbook import Sheet
from store.rows import PATHS

Out = TypeVar("Out")
Rows: TypeAlias = NDArray[np.int32]
"""Row numbers of a sheet, as the user counts them."""
_HEADER_ROWS = 25
_SHOWN = 5
_DATES = ("date_orientation", "date_premier_contact", "date_diagnostic", "date_integration", "date_sortie")
_PLACES = ("code_commune", "commune")
_SEGMENTS = ("motif", "sexe", "age", "niveau_formation", "prescripteur")
_EXCEL_EPOCH = date(1899, 12, 30)
# From 1954 to 2119: a serial number outside is no date.
_SERIALS = (20_000, 80_000)
_YEARS = range(1950, 2101)
# What exports add to a day.
_TIME = re.compile(r"[ T]\d\d?[:h]\d\d(?::\d\d(?:\.\d+)?)?$")


@dataclass(frozen=True)
class PathTable:
    """Where a table of paths stands: its header row, the field of each column, and the columns left out."""

    header: int
    fields: Mapping[int, str]
    left_out: tuple[int, ...]

    def column(self, name: str) -> int | None:
        """The column of a field, None when the table has none."""
        return next((column for column, field_name in self.fields.items() if field_name == name), None)


@dataclass
class PathReading:
    """The paths of one sheet (schema `store.rows.PATHS`) and what was said of the rest."""

    table: pa.Table = field(default_factory=no_paths)
    findings: list[Finding] = field(default_factory=list)


def find_path_table(sheet: Sheet, vocabulary: Vocabulary) -> PathTable | None:
    """Recognise a table of paths by its headers, in any order: four fields at least, steps with dates among them."""
    for index, row in enumerate(sheet.rows[:_HEADER_ROWS]):
        texts = {c: normalise(value) for c, value in enumerate(row) if isinstance(value, str) and value.strip()}
        fields = {c: vocabulary.columns[text] for c, text in texts.items() if text in vocabulary.columns}
        dates = {name for c, name in fields.items() if name in _DATES and not _holds_counts(sheet, index, c)}
        if len(set(fields.values())) >= 4 and dates and ("identifiant" in fields.values() or len(dates) > 1):
            return PathTable(index, fields, tuple(c for c in texts if c not in fields))
    return None


def _holds_counts(sheet: Sheet, header: int, column: int) -> bool:
    """Whether a column headed like a date (« Diagnostic », « Sortie ») counts people instead."""
    held = sheet.columns[column].rows(slice(header + 1, None))
    return 2 * int(held.mask(map(_is_count, held.values)).sum()) > int(held.filled.sum())


def _is_count(value: Raw) -> bool:
    """A number that is no date, or a text that writes a number."""
    if isinstance(value, str):
        return parse_number(value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool) and parse_date(value) is None


def read_paths(
    sheet: Sheet,
    table: PathTable,
    places: PlaceReader,
    vocabulary: Vocabulary,
    *,
    motifs: Collection[str],
    key: bytes,
    today: date | None = None,
) -> PathReading:
    """Read the paths of a table; a row without identifier is left out and told. `motifs` are the convention's own."""
    refusal = _refuse(sheet, table)
    if refusal is not None:
        return PathReading(findings=[refusal])
    columns = _Columns(sheet, table)
    content = {
        "pseudonym": columns.pseudonyms(key),
        "territory": columns.territories(places),
        "agence": columns.read("agence", lambda value: places.read_own(str(value)).code),
        "publics": columns.publics(vocabulary),
        "entretiens": columns.read("entretiens", _read_whole, "nombre illisible"),
        "sheet": pa.repeat(pa.scalar(sheet.name), columns.count),
        "row": pa.array(columns.rows),
        **{name: columns.dates(name, today or date.today()) for name in _DATES},
        **{
            axis: columns.read(axis, _segment_reader(vocabulary, axis, motifs), "valeur inconnue de la convention")
            for axis in _SEGMENTS
        },
    }
    paths = pa.table([content[name] for name in PATHS.names], schema=PATHS)
    columns.check_order(paths)
    return PathReading(paths, [*_tell_left_out(sheet, table), *columns.explain()])


def _refuse(sheet: Sheet, table: PathTable) -> Finding | None:
    names = list(table.fields.values())
    repeated = next((name for name in names if names.count(name) > 1), None)
    if "identifiant" in names and repeated is None:
        return None
    what = f"deux colonnes disent « {repeated} »" if repeated else "aucune colonne n’identifie les parcours"
    message = f"Table de parcours refusée : {what}. Gardez une colonne et une seule (par exemple « N° dossier »)."
    return Finding(BLOCKING, "colonnes_de_parcours", message, sheet.name, cell_name(table.header, 0))


def _tell_left_out(sheet: Sheet, table: PathTable) -> list[Finding]:
    if not table.left_out:
        return []
    cells = [cell_name(table.header, column) for column in table.left_out]
    message = f"{len(cells)} colonne(s) non prévue(s) par le catalogue, écartée(s) sans être lues : {', '.join(cells)}."
    return [Finding(INFORMATION, "colonnes_ecartees", message, sheet.name, cells[0])]


class _Columns:
    """The columns of a table of paths, rows without identifier left out; gathers the cells not understood, by cause."""

    def __init__(self, sheet: Sheet, table: PathTable) -> None:
        self._sheet, self._table = sheet, table
        self._problems: dict[tuple[str, str], Rows] = {}
        below = [column.rows(slice(table.header + 1, None)) for column in sheet.columns]
        identified = below[table.column("identifiant") or 0].filled
        places = np.arange(len(identified), dtype=np.int32) + table.header + 2
        nameless = np.logical_or.reduce([column.filled for column in below]) & ~identified
        self._tell("identifiant", "ligne sans identifiant, laissée de côté", places[nameless])
        self.rows: Rows = places[identified]
        self.count = len(self.rows)
        self._columns = {name: below[column].rows(identified) for column, name in table.fields.items()}

    def _tell(self, name: str, problem: str, rows: Rows) -> None:
        if len(rows):
            self._problems[name, problem] = rows

    def _convert(self, name: str, convert: Callable[[Raw], Out | None], problem: str = "") -> list[Out | None]:
        """The distinct values of a column, converted; the rows of those that give nothing are told as `problem`."""
        column = self._columns[name]
        read = [None if is_blank(value) else convert(value) for value in column.values]
        if problem:
            unread = (out is None and not is_blank(value) for value, out in zip(column.values, read, strict=True))
            self._tell(name, problem, self.rows[column.mask(unread)])
        return read

    def read(self, name: str, convert: Callable[[Raw], object], problem: str = "") -> pa.Array:
        """One column, each distinct value converted once; nulls when the table has no such column."""
        kind = PATHS.field("territory" if name in _PLACES else name).type
        if name not in self._columns:
            return pa.nulls(self.count, kind)
        return pa.array(self._convert(name, convert, problem), kind).take(pa.array(self._columns[name].codes))

    def dates(self, name: str, today: date) -> pa.Array:
        """One column of dates; what has not come yet (a slip, or a plan) is no event, and is told."""
        days = self.read(name, parse_date, "date illisible (attendu : jj/mm/aaaa)")
        is_coming = pc.fill_null(pc.greater(days, pa.scalar(today)), False)
        problem = f"date postérieure au jour de la lecture ({today:%d/%m/%Y}), laissée de côté"
        self._tell(name, problem, self.rows[is_coming.to_numpy(zero_copy_only=False)])
        return pc.if_else(is_coming, pa.scalar(None, days.type), days)

    def pseudonyms(self, key: bytes) -> pa.Array:
        """The keyed hash of each identifier."""
        column = self._columns["identifiant"]
        return pa.array(make_pseudonyms(column.values, key)).take(pa.array(column.codes))

    def territories(self, places: PlaceReader) -> pa.Array:
        """The commune of each path, by its code or else by its name; an empty text when neither is known."""
        problem = "territoire inconnu : parcours compté hors territoires"
        codes, names = (
            self.read(name, lambda value: places.read(str(value), ("commune",)).code, problem) for name in _PLACES
        )
        return pc.coalesce(codes, names, pa.scalar(""))

    def publics(self, vocabulary: Vocabulary) -> pa.Array:
        """The list of publics of each path, from the columns answered by yes or no."""
        names = sorted(name for name in self._columns if name.startswith("public."))
        masks = np.zeros(self.count, dtype=np.int64)
        for rank, name in enumerate(names):
            answers = self._convert(name, lambda v: _answer(v, vocabulary), "réponse illisible (attendu : oui ou non)")
            masks += self._columns[name].mask(map(bool, answers)).astype(np.int64) << rank
        distinct, inverse = np.unique(masks, return_inverse=True)
        codes = [name.removeprefix("public.") for name in names]
        lists = [[code for rank, code in enumerate(codes) if mask >> rank & 1] for mask in distinct.tolist()]
        return pa.array(lists, PATHS.field("publics").type).take(pa.array(inverse))

    def check_order(self, paths: pa.Table) -> None:
        """Tell the dates that come before the step before them."""
        for index, later in enumerate(_DATES):
            for earlier in _DATES[:index]:
                wrong = pc.fill_null(pc.less(paths[later], paths[earlier]), False)
                self._tell(later, f"date antérieure à l’étape d’avant ({earlier})", self.rows[wrong.to_numpy()])

    def explain(self) -> list[Finding]:
        """One finding per cause, with its addresses; never the content of a cell."""
        findings = []
        for (name, what), rows in self._problems.items():
            column = self._table.column(name) or 0
            cells = [cell_name(row - 1, column) for row in rows[:_SHOWN].tolist()]
            more = f" et {len(rows) - _SHOWN} autres" if len(rows) > _SHOWN else ""
            message = f"{len(rows)} cellule(s) de la colonne « {name} » : {what}. Cellules : {', '.join(cells)}{more}."
            findings.append(Finding(WARNING, "cellule_de_parcours", message, self._sheet.name, cells[0]))
        return findings


def _segment_reader(vocabulary: Vocabulary, axis: str, motifs: Collection[str]) -> Callable[[Raw], str | None]:
    def read(value: Raw) -> str | None:
        code = vocabulary.value(axis, clean_text(str(value)))
        return None if axis == "motif" and code not in motifs else code

    return read


def _answer(value: Raw, vocabulary: Vocabulary) -> bool | None:
    if isinstance(value, bool):
        return value
    return vocabulary.answers.get(normalise(str(int(value)) if isinstance(value, float) else str(value)))


def _read_whole(value: Raw) -> int | None:
    number = float(value) if isinstance(value, int | float) else parse_number(str(value))
    return int(number) if number is not None and number.is_integer() and number >= 0 else None


def parse_date(value: Raw) -> date | None:
    """A date typed as a date, a French text, an ISO text or a spreadsheet's serial number; None when it is none."""
    day = value.date() if isinstance(value, datetime) else value
    if isinstance(day, int | float) and not isinstance(day, bool):
        day = _EXCEL_EPOCH + timedelta(days=int(day)) if _SERIALS[0] <= day <= _SERIALS[1] else None
    elif not isinstance(day, date):
        day = _parse_text(_TIME.sub("", clean_text(str(day))))
    return day if day is not None and day.year in _YEARS else None


def _parse_text(text: str) -> date | None:
    plain = text.replace(".", "/").replace("-", "/")
    for form in ("%d/%m/%Y", "%Y/%m/%d", "%d/%m/%y"):
        try:
            return datetime.strptime(plain, form).date()
        except ValueError:
            continue
    return None

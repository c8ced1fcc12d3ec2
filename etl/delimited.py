"""The bytes of a text with marks between its fields in; the one sheet it makes, or a French refusal, out."""

from __future__ import annotations

import csv
import io

from etl.cells import Raw
from etl.refusals import refuse
from etl.workbook import Sheet

_ENCODINGS = ("utf-8-sig", "cp1252")
_DELIMITERS = ";,\t|"
_SAMPLE, _SAMPLE_LINES = 20_000, 50
# What a sheet of a spreadsheet can hold.
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384


def read_delimited(content: bytes) -> Sheet:
    """Read a CSV in any encoding and with any mark."""
    text = _decode(content)
    sample = text[:_SAMPLE]
    if "\x00" in sample:
        raise refuse("format_inconnu")
    lines = sample.splitlines()[:_SAMPLE_LINES]
    delimiter = max(_DELIMITERS, key=lambda mark: sum(line.count(mark) for line in lines))
    _check_extent(text, delimiter)
    try:
        rows: list[list[Raw]] = [list(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error as error:
        raise refuse("format_inconnu") from error
    width = max((len(row) for row in rows), default=0)
    if width < 2 and len(rows) < 2:
        raise refuse("format_inconnu")
    if width > MAX_COLUMNS:
        raise refuse("csv_demesure", rows=len(rows), columns=width)
    return Sheet("CSV", rows)


def _check_extent(text: str, delimiter: str) -> None:
    """Refuse what no sheet could hold before a list is made of each of its lines."""
    rows = text.count("\n")
    if rows > MAX_ROWS:
        raise refuse("csv_demesure", rows=rows, columns=1 + text[: text.find("\n")].count(delimiter))
    if len(text) > MAX_COLUMNS and text.count(delimiter) > MAX_COLUMNS * (rows + 1):
        raise refuse("csv_demesure", rows=rows + 1, columns=text.count(delimiter) // (rows + 1))


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")

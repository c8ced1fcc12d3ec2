"""The bytes of a file, damaged or not, in; the numbers that stand at each of its addresses, read without the product,
out."""

from __future__ import annotations

import csv
import html
import io
import re
import struct
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping

_TAG = re.compile(r"<row\b(?P<row>[^>]*)>|<c\b(?P<cell>[^>]*?)(?:/>|>(?P<inside>.*?)</c>)", re.DOTALL)
_REFERENCE = re.compile(r'\br\s*=\s*["\']([A-Z]*)(\d+)["\']')
_TYPE = re.compile(r'\bt\s*=\s*["\'](\w+)["\']')
_VALUE = re.compile(r"<v\b[^>]*>(.*?)</v>", re.DOTALL)
_TEXT = re.compile(r"<t\b[^>]*?(?:/>|>(.*?)</t>)", re.DOTALL)
_STRING = re.compile(r"<si\b[^>]*?(?:/>|>(.*?)</si>)", re.DOTALL)
_ODS_ROW = re.compile(r"<table:table-row[^>]*?(?:/>|>(.*?)</table:table-row>)", re.DOTALL)
_ODS_CELL = re.compile(r"<table:table-cell([^>]*?)(?:/>|>(.*?)</table:table-cell>)", re.DOTALL)
_NUMBER = re.compile(r"([+\-\u2212]?\d[\d\s\u00a0\u202f\u2009'’]*(?:[.,]\d+)?)\s*(?:%|\(\d\)|[*†‡¹²³]+)?")
Values = Mapping[tuple[int, int], set[float]]
"""Zero-based row and column → the numbers that may be read there."""


def find_values(content: bytes) -> Values:
    """The numbers of every sheet together: a cell of another sheet is no excuse, but its name may be damaged."""
    found: dict[tuple[int, int], set[float]] = defaultdict(set)
    for spot, value in _walk(content):
        found[spot].add(value)
    return found


def _walk(content: bytes) -> Iterator[tuple[tuple[int, int], float]]:
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            strings = _read(archive, "xl/sharedStrings.xml") if "xl/sharedStrings.xml" in names else ""
            texts = ["".join(html.unescape(t) for t in _TEXT.findall(one)) for one in _STRING.findall(strings)]
            for name in names:
                if name == "content.xml":
                    yield from _walk_ods(_read(archive, name))
                elif name.endswith(".xml"):
                    # A relation that was damaged may lead to any part.
                    yield from _walk_sheet(_read(archive, name), texts)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        yield from _walk_xls(content)
    else:
        for mark in ";,\t|":
            for encoding in ("utf-8-sig", "cp1252", "latin-1"):
                yield from _walk_csv(content.decode(encoding, "replace"), mark)


def _walk_csv(text: str, mark: str) -> Iterator[tuple[tuple[int, int], float]]:
    for r, line in enumerate(csv.reader(io.StringIO(text), delimiter=mark)):
        yield from (((r, c), number) for c, field in enumerate(line) for number in _numbers(field))


def _read(archive: zipfile.ZipFile, name: str) -> str:
    return archive.read(name).decode("utf-8", "replace")


def _walk_sheet(xml: str, texts: list[str]) -> Iterator[tuple[tuple[int, int], float]]:
    row, column = -1, -1
    for tag in _TAG.finditer(xml):
        if tag["row"] is not None:
            said = _REFERENCE.search(tag["row"])
            row, column = int(said[2]) - 1 if said else row + 1, -1
            continue
        said = _REFERENCE.search(tag["cell"])
        column += 1
        if said and said[1]:
            row, column = int(said[2]) - 1, _column(said[1])
        kind, value = _TYPE.search(tag["cell"]), _VALUE.search(tag["inside"] or "")
        text = html.unescape(value[1]) if value else ""
        if kind and kind[1] == "s":
            text = texts[int(text)] if text.isdecimal() and int(text) < len(texts) else ""
        elif kind and kind[1] == "inlineStr":
            text = "".join(html.unescape(t) for t in _TEXT.findall(tag["inside"] or ""))
        yield from (((row, column), number) for number in _numbers(text))


def _column(letters: str) -> int:
    rank = 0
    for letter in letters:
        rank = 26 * rank + ord(letter) - 64
    return rank - 1


def _walk_ods(xml: str) -> Iterator[tuple[tuple[int, int], float]]:
    for r, row in enumerate(_ODS_ROW.findall(xml)):
        for c, (attributes, inside) in enumerate(_ODS_CELL.findall(row)):
            said = re.search(r'office:value="([^"]*)"', attributes)
            texts = [said[1] if said else "", re.sub(r"<[^>]*>", "", inside)]
            yield from (((r, c), number) for text in texts for number in _numbers(html.unescape(text)))


def _walk_xls(content: bytes) -> Iterator[tuple[tuple[int, int], float]]:
    """Every place where eight bytes could be the number of a cell record: two numbers of two bytes before it."""
    for place in range(512, len(content) - 14):
        row, column, _, value = struct.unpack_from("<HHHd", content, place)
        if row < 100 and column < 100:
            yield (row, column), value


def _numbers(text: str) -> Iterator[float]:
    """The number that a text is, as a machine or as a French hand writes it."""
    try:
        yield float(text)
    except ValueError:
        found = _NUMBER.fullmatch(text.strip())
        if found:
            bare = re.sub(r"[\s\u00a0\u202f\u2009'’]", "", found[1]).replace("\u2212", "-")
            yield float(bare.replace(",", "."))

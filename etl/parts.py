"""An xlsx archive in; which part each of its sheets is, and its cells that read as blanks and are none, out."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Collection
from dataclasses import dataclass

# A formula saved without its computed value reads as a blank: the cell has <f> and an empty or absent <v>. Where the
# value is an empty text (t="str" and <v></v>), it was computed.
_FORMULA = rb"\s*<f[^>]*?(?:/>|>[^<]*</f>)\s*"
_NO_VALUE = (
    rb'(?:(?![^>]*t="(?:str|e)")[^>]*>' + _FORMULA + rb'(?:<v\s*/>|<v></v>)?\s*</c>'
    rb'|(?![^>]*t="e")[^>]*>' + _FORMULA + rb"</c>)"
)
_UNCACHED = re.compile(rb'<c r="([A-Z]+\d+)"' + _NO_VALUE)
_ERROR = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*\bt="e"')
UNCACHED_CELL, ERROR_CELL = re.compile(_NO_VALUE), re.compile(rb'[^>]*\bt="e".*', re.DOTALL)
_MAX_SCANNED = 20_000_000


@dataclass(frozen=True)
class Blanks:
    """The cells of a sheet whose formula was saved without its value, and those whose value is an error."""

    uncached: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()


def name_parts(content: bytes) -> dict[str, str]:
    """The name of each sheet of an xlsx → its part in the archive; nothing for another format."""
    if not content.startswith(b"PK"):
        return {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
            return {}
        book, relations = archive.read("xl/workbook.xml"), archive.read("xl/_rels/workbook.xml.rels")
    targets = dict(re.findall(rb'<Relationship [^>]*?Id="([^"]+)"[^>]*?Target="([^"]+)"', relations))
    turned = re.findall(rb'<Relationship [^>]*?Target="([^"]+)"[^>]*?Id="([^"]+)"', relations)
    targets |= {identifier: target for target, identifier in turned}
    parts = {
        html.unescape(_text(name)): "xl/" + _text(targets.get(key, b"")).removeprefix("/xl/")
        for name, key in re.findall(rb'<sheet [^>]*?name="([^"]+)"[^>]*?r:id="([^"]+)"', book)
    }
    return {name: part for name, part in parts.items() if part in names}


def _text(written: bytes) -> str:
    return written.decode("utf-8", "replace")


def find_blanks(content: bytes, parts: Collection[str]) -> dict[str, Blanks]:
    """Those of each part; only in parts of a reasonable size."""
    if not parts:
        return {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            part: _find_in(archive.read(part))
            for part in parts
            if archive.getinfo(part).file_size < _MAX_SCANNED
        }


def _find_in(xml: bytes) -> Blanks:
    uncached, errors = (tuple(cell.decode() for cell in kind.findall(xml)) for kind in (_UNCACHED, _ERROR))
    return Blanks(uncached, errors)

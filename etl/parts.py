"""An xlsx archive in; which part each of its sheets is, and its formulas saved without their value, out."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Collection

# A formula saved without its computed value reads as a blank: the cell has <f> and an empty or absent <v>.
_NO_VALUE = rb'[^>]*>\s*<f[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
_UNCACHED = re.compile(rb'<c r="([A-Z]+\d+)"' + _NO_VALUE)
UNCACHED_CELL = re.compile(_NO_VALUE)
_MAX_SCANNED = 20_000_000


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
        html.unescape(name.decode("utf-8", "replace")): "xl/" + targets.get(key, b"").decode().removeprefix("/xl/")
        for name, key in re.findall(rb'<sheet [^>]*?name="([^"]+)"[^>]*?r:id="([^"]+)"', book)
    }
    return {name: part for name, part in parts.items() if part in names}


def find_uncached(content: bytes, parts: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The cells of the formulas without a computed value, by part; only in parts of a reasonable size."""
    if not parts:
        return {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            part: tuple(cell.decode() for cell in _UNCACHED.findall(archive.read(part)))
            for part in parts
            if archive.getinfo(part).file_size < _MAX_SCANNED
        }

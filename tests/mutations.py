"""A seed in; a small return of the PLIE in some format, damaged as transport, tools or malice damage files, out."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.hostile_files import zipped
from tests.layouts import MESS, SHAPES, make_delivery
from tests.workbook_bytes import Rows, make_ods, make_xls

_SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")
_CELL = re.compile(rb'<c r="([A-Z]+\d+)"([^>]*)>(.*?)</c>', re.DOTALL)
_VALUES = (b"0", b"-1", b"1e308", b"NaN", b"99999999999999999999", b"12,5", b"", b"#REF!", b"7")
_TYPES = (b' t="s"', b' t="str"', b' t="b"', b' t="e"', b' t="d"', b' t="inlineStr"', b' t="n"', b"")
_PLAIN: Rows = [
    ["PLIE du Pays de Martigues, 1er trimestre 2024", None, None],
    ["Commune", "DE orientés vers le PLIE", "Personnes intégrées au dispositif"],
    ["Martigues", 12, 5], ["Port-de-Bouc", 7, 3], ["Saint-Mitre-les-Remparts", 4, 1],
]  # fmt: skip
Parts = dict[str, bytes]
Change = Callable[[bytes, random.Random], bytes]


@dataclass(frozen=True)
class Mutant:
    """A damaged file: its name says how it was made."""

    file: str
    kind: str
    content: bytes


def make_mutant(seed: int) -> Mutant:
    """The damaged file of a seed: the kinds follow each other."""
    rng = random.Random(seed)
    kind = tuple(_KINDS)[seed % len(_KINDS)]
    return Mutant(f"mutant-{seed}-{kind.replace(' ', '-')}.xlsx", kind, _KINDS[kind](_draw(rng, kind), rng))


def _draw(rng: random.Random, kind: str) -> bytes:
    """A sound return: an xlsx of a drawn layout, or a plain table in another format."""
    if kind.startswith("xls "):
        return make_xls(_PLAIN, "Retour")
    if kind.startswith("ods "):
        return make_ods(_PLAIN, "Retour")
    if kind.startswith("csv "):
        return "\r\n".join(";".join("" if v is None else str(v) for v in row) for row in _PLAIN).encode()
    mess = frozenset(rng.sample(MESS, rng.randrange(4)))
    return make_delivery(rng.choice(list(SHAPES)), mess, rng.randrange(10**6)).content


def _flip(content: bytes, rng: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(rng.choice((1, 2, 5, 20))):
        damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
    return bytes(damaged)


def _overwrite(content: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(content))
    return content[:start] + rng.randbytes(rng.randrange(1, 64)) + content[start + rng.randrange(64) :]


def _truncate(content: bytes, rng: random.Random) -> bytes:
    return content[: rng.randrange(len(content))]


def _unzip(content: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _drop_part(content: bytes, rng: random.Random) -> bytes:
    parts = _unzip(content)
    del parts[rng.choice(list(parts))]
    return zipped(parts)


def _swap_parts(content: bytes, rng: random.Random) -> bytes:
    parts = _unzip(content)
    one, other = rng.sample(list(parts), 2)
    return zipped(parts | {one: parts[other], other: parts[one]})


def _in_part(change: Change, only: re.Pattern[str] | None = None) -> Change:
    """The same archive with one part changed: its checksum and sizes are right."""

    def changed(content: bytes, rng: random.Random) -> bytes:
        parts = _unzip(content)
        name = rng.choice([name for name in parts if only is None or only.fullmatch(name)])
        return zipped(parts | {name: change(parts[name], rng)})

    return changed


def _in_cells(change: Callable[[list[bytes], random.Random], None]) -> Change:
    """One sheet with some cells rewritten; each is its reference, its attributes and its content."""

    def changed(xml: bytes, rng: random.Random) -> bytes:
        found = list(_CELL.finditer(xml))
        if not found:
            return xml
        for cell in sorted(rng.sample(found, min(len(found), rng.randrange(1, 6))), key=lambda one: -one.start()):
            pieces = list(cell.groups())
            change(pieces, rng)
            xml = xml[: cell.start()] + b'<c r="%b"%b>%b</c>' % tuple(pieces) + xml[cell.end() :]
        return xml

    return changed


def _retype(cell: list[bytes], rng: random.Random) -> None:
    cell[1] = re.sub(rb' t="[^"]*"', b"", cell[1]) + rng.choice(_TYPES)


def _revalue(cell: list[bytes], rng: random.Random) -> None:
    cell[2] = b"<v>%b</v>" % rng.choice(_VALUES)


def _move(cell: list[bytes], rng: random.Random) -> None:
    row, column = rng.choice((0, 1, 3, 9, 1_048_576, 1_048_577)), rng.choice((b"A", b"B", b"C", b"ZZ", b"XFD", b"XFE"))
    cell[0] = b"%b%d" % (column, row)


def _point_beyond(cell: list[bytes], rng: random.Random) -> None:
    cell[1] = re.sub(rb' t="[^"]*"', b"", cell[1]) + b' t="s"'
    cell[2] = b"<v>%d</v>" % rng.choice((-1, 0, 1, 2, 9_999, 2**32, 2**64))


def _swap_cells(xml: bytes, rng: random.Random) -> bytes:
    """The contents of two cells, each with its type, change places."""
    found = list(_CELL.finditer(xml))
    if len(found) < 2:
        return xml
    one, other = sorted(rng.sample(found, 2), key=lambda cell: cell.start())
    first, second = (b'<c r="%b"%b>%b</c>' % (to[1], of[2], of[3]) for to, of in ((one, other), (other, one)))
    return xml[: one.start()] + first + xml[one.end() : other.start()] + second + xml[other.end() :]


def _damage_headers(content: bytes, rng: random.Random) -> bytes:
    """Bits flipped in the headers of the archive alone: names, sizes, checksums, methods, places."""
    damaged = bytearray(content)
    starts = [found.start() for found in re.finditer(rb"PK(?:\x01\x02|\x03\x04|\x05\x06)", content)]
    for start in rng.sample(starts, min(len(starts), rng.randrange(1, 4))):
        place = start + rng.randrange(4, 46)
        if place < len(damaged):
            damaged[place] = rng.randrange(256)
    return bytes(damaged)


_KINDS: Mapping[str, Change] = {
    "bytes flipped": _flip,
    "bytes overwritten": _overwrite,
    "truncated": _truncate,
    "headers damaged": _damage_headers,
    "part removed": _drop_part,
    "parts swapped": _swap_parts,
    "xml flipped": _in_part(_flip),
    "xml of a sheet flipped": _in_part(_flip, _SHEET),
    "xml truncated": _in_part(_truncate),
    "xml of a sheet truncated": _in_part(_truncate, _SHEET),
    "cells swapped": _in_part(_swap_cells, _SHEET),
    "types changed": _in_part(_in_cells(_retype), _SHEET),
    "values changed": _in_part(_in_cells(_revalue), _SHEET),
    "cells moved": _in_part(_in_cells(_move), _SHEET),
    "strings out of range": _in_part(_in_cells(_point_beyond), _SHEET),
    "xls flipped": _flip,
    "xls truncated": _truncate,
    "ods xml flipped": _in_part(_flip, re.compile("content.xml")),
    "csv flipped": _flip,
    "csv overwritten": _overwrite,
}

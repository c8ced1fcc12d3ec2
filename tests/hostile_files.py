"""Nothing in; the bytes of the files that nobody should send, and of the odd ones that people do send, out.

Every workbook holds the same small return where it can, so that what should load is told from what should not.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

SHEET = "Retour T1 2024"
TITLE = "PLIE du Pays de Martigues, 1er trimestre 2024"
ROWS: list[list[str | float | None]] = [["Commune", "DE orientés vers le PLIE"], ["Martigues", 12], ["Port-de-Bouc", 7]]
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def cell(spot: str, value: str | float) -> str:
    """One cell of a sheet."""
    if isinstance(value, str):
        return f'<c r="{spot}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{spot}"><v>{value}</v></c>'


def rows_xml() -> str:
    """The rows of the small return, title first."""
    lines: list[list[str | float | None]] = [[TITLE], *ROWS]
    return "".join(f'<row r="{r}">{_cells_xml(r, line)}</row>' for r, line in enumerate(lines, start=1))


def big_rows_xml() -> str:
    """The same rows over five megabytes of cells that say nothing."""
    blank = "".join(f'<row r="{r}"><c r="A{r}"><v>{r}</v></c></row>' for r in range(10, 120_000))
    return rows_xml() + blank


def _cells_xml(row: int, line: Sequence[str | float | None]) -> str:
    return "".join(cell(f"{'AB'[c]}{row}", value) for c, value in enumerate(line) if value is not None)


def sheet_xml(data: str | None = None, before: str = "", after: str = "", *, head: str = _HEAD) -> str:
    """A sheet around its rows."""
    body = rows_xml() if data is None else data
    return f'{head}<worksheet xmlns="{_MAIN}">{before}<sheetData>{body}</sheetData>{after}</worksheet>'


def package(
    sheets: Mapping[str, str] | None = None,
    more: Mapping[str, bytes] | None = None,
    *,
    kind: str = "worksheet",
    states: Mapping[str, str] | None = None,
) -> dict[str, bytes]:
    """The parts of a workbook with these sheets, by name; `states` hides some."""
    sheets = {SHEET: sheet_xml()} if sheets is None else sheets
    folder = f"{kind}s"
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}"{_state(name, states)} r:id="rId{n}"/>'
        for n, name in enumerate(sheets, start=1)
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/{kind}" Target="{folder}/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    return {
        "[Content_Types].xml": _types(len(sheets), folder, kind),
        "_rels/.rels": _relations(
            f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
        ),
        "xl/workbook.xml": (
            f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": _relations(related),
        **{f"xl/{folder}/sheet{n}.xml": text.encode() for n, text in enumerate(sheets.values(), start=1)},
        **(more or {}),
    }


def _state(name: str, states: Mapping[str, str] | None) -> str:
    return f' state="{states[name]}"' if states and name in states else ""


def _relations(inside: str) -> bytes:
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'.encode()


def _types(count: int, folder: str, kind: str) -> bytes:
    part = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    overrides = "".join(
        f'<Override PartName="/xl/{folder}/sheet{n}.xml" ContentType="{part}.{kind}+xml"/>'
        for n in range(1, count + 1)
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{part}.sheet.main+xml"/>{overrides}</Types>'
    ).encode()


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """An archive of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def book(data: str | None = None, before: str = "", after: str = "", *, head: str = _HEAD) -> bytes:
    """A workbook of one sheet with these rows."""
    return zipped(package({SHEET: sheet_xml(data, before, after, head=head)}))


def with_shared_strings(strings: str, data: str) -> bytes:
    """A workbook whose texts stand in their own part."""
    parts = package({SHEET: sheet_xml(data)})
    parts["xl/sharedStrings.xml"] = f'{_HEAD}<sst xmlns="{_MAIN}">{strings}</sst>'.encode()
    relation = f'<Relationship Id="rId99" Type="{_RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    end = "</Relationships>"
    rels = parts["xl/_rels/workbook.xml.rels"].decode().replace(end, relation + end)
    return zipped(parts | {"xl/_rels/workbook.xml.rels": rels.encode()})


def repeated(piece: bytes, count: int, *, before: bytes = b"") -> bytes:
    """A workbook whose sheet repeats a piece: megabytes that weigh kilobytes, deflated piece by piece."""
    parts = package({SHEET: ""})
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            if not name.startswith("xl/worksheets/"):
                archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'.encode() + before)
            block = piece * 1_000
            for _ in range(count // 1_000):
                sheet.write(block)
            sheet.write(b"</sheetData></worksheet>")
    return stream.getvalue()


def strict(content: bytes) -> bytes:
    """The same workbook in the strict variant of the format, whose names differ."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    changes = (
        (_MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (_RELATIONS.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
    )
    for name, text in parts.items():
        for old, new in changes:
            text = text.replace(old, new)
        parts[name] = text
    return zipped(parts)


def with_wrong_checksum(content: bytes) -> bytes:
    """The same archive, one byte of its sheet changed: what it inflates to no longer has its checksum."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
        crc = struct.pack("<I", entry.CRC)
    return content.replace(crc, struct.pack("<I", entry.CRC ^ 0xFF))


def with_duplicate(content: bytes, name: str, other: bytes) -> bytes:
    """The same archive with a second part of the same name: readers disagree on which one counts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts:
            archive.writestr(part, text)
        alias = "\x01" * len(name)
        archive.writestr(alias, other)
    return stream.getvalue().replace(alias.encode(), name.encode())


def zip64(content: bytes) -> bytes:
    """The same parts with the headers of very large archives."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            with archive.open(name, "w", force_zip64=True) as part:
                part.write(text)
    return stream.getvalue()


def png() -> bytes:
    """A picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0\0")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")

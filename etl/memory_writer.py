"""An openpyxl workbook in; its bytes out, without the temporary files that openpyxl writes on the disk."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter


class _MemoryWriter(ExcelWriter):
    """Writes each sheet to memory: what a workbook holds may be personal, and a file would keep it."""

    def write_worksheet(self, ws: Worksheet) -> None:
        """As openpyxl does, but for where the XML of the sheet goes."""
        ws._drawing = SpreadsheetDrawing()  # type: ignore[attr-defined]
        ws._drawing.charts = ws._charts  # type: ignore[attr-defined]
        ws._drawing.images = ws._images  # type: ignore[attr-defined]
        buffer = io.BytesIO()
        writer = WorksheetWriter(ws, buffer)
        writer.write()
        ws._rels = writer._rels  # type: ignore[attr-defined]
        self._archive.writestr(ws.path[1:], buffer.getvalue())  # type: ignore[attr-defined]
        self.manifest.append(ws)


def save_workbook(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    buffer = io.BytesIO()
    book.properties.modified = datetime.now(UTC).replace(tzinfo=None)
    _MemoryWriter(book, ZipFile(buffer, "w", ZIP_DEFLATED, allowZip64=True)).save()
    return buffer.getvalue()

"""The name and the bytes of a workbook in; what it carries that Jalons does not read, told, out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection
from pathlib import PurePath

from etl.formats import OLE, ZIP
from etl.report import INFORMATION, Finding

_CARRIED = (
    ("vbaproject.bin", "macros_ignorees", "Le classeur contient des macros : elles ne sont ni lues ni exécutées."),
    (
        "externallinks/",
        "liens_externes",
        "Le classeur est lié à d’autres classeurs : Jalons ne les ouvre pas et lit les dernières valeurs enregistrées.",
    ),
    (
        "embeddings/",
        "objets_incorpores",
        "Le classeur contient des objets incorporés (documents, images actives) : ils ne sont pas lus.",
    ),
)
_MACROS_OF_XLS = "_VBA_PROJECT".encode("utf-16-le")
_FORMATS = {
    ".xlsx": "xlsx", ".xlsm": "xlsx", ".xltx": "xlsx", ".xltm": "xlsx", ".xls": "xls", ".xlt": "xls", ".xlsb": "xlsb",
    ".ods": "ods", ".csv": "csv", ".txt": "csv", ".tsv": "csv",
}  # fmt: skip
_NAMES = {
    "xlsx": "un classeur Excel (xlsx)", "xls": "un ancien classeur Excel (xls)", "xlsb": "un classeur Excel (xlsb)",
    "ods": "un classeur OpenDocument (ods)", "csv": "un texte CSV",
}  # fmt: skip


def tell_extras(name: str, content: bytes) -> list[Finding]:
    """One finding for each thing set aside, and one for a name that announces another format."""
    parts = _part_names(content)
    if content.startswith(OLE) and _MACROS_OF_XLS in content:
        parts = ["vbaproject.bin"]
    found = [Finding(INFORMATION, code, message) for word, code, message in _CARRIED if any(word in p for p in parts)]
    real = _format_of(content, parts)
    announced = _FORMATS.get(PurePath(name).suffix.lower(), real)
    if announced != real:
        message = f"Le nom du fichier annonce {_NAMES[announced]}, mais c’est {_NAMES[real]} : il est lu comme tel."
        found.append(Finding(INFORMATION, "extension_trompeuse", message))
    return found


def _part_names(content: bytes) -> list[str]:
    if not content.startswith(ZIP):
        return []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [name.lower() for name in archive.namelist()]


def _format_of(content: bytes, parts: Collection[str]) -> str:
    if content.startswith(OLE):
        return "xls"
    if not content.startswith(ZIP):
        return "csv"
    if "content.xml" in parts:
        return "ods"
    return "xlsb" if "xl/workbook.bin" in parts else "xlsx"

"""The bytes of a file in; what they are when they are no workbook, whatever the name says, out."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import dataclass

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE = "Ouvrez-le dans le tableur et enregistrez-le au format .xlsx."
_COPY = "Recopiez le tableau dans un classeur et déposez ce classeur."
_UNPACK = "Ouvrez l’archive et déposez le classeur qu’elle contient."


@dataclass(frozen=True)
class Foreign:
    """What a file is, as a noun, and what to do about it."""

    kind: str
    advice: str


_SIGNATURES = (
    (b"%PDF", Foreign("un document PDF", _COPY)),
    (b"\x89PNG\r\n\x1a\n", Foreign("une image PNG", _COPY)),
    (b"\xff\xd8\xff", Foreign("une image JPEG", _COPY)),
    (b"GIF8", Foreign("une image GIF", _COPY)),
    (b"II*\x00", Foreign("une image TIFF", _COPY)),
    (b"MM\x00*", Foreign("une image TIFF", _COPY)),
    (b"{\\rtf", Foreign("un texte RTF", _COPY)),
    (b"\x1f\x8b", Foreign("une archive gzip", _UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", Foreign("une archive 7z", _UNPACK)),
    (b"Rar!", Foreign("une archive RAR", _UNPACK)),
    (b"PAR1", Foreign("un fichier Parquet", _SAVE)),
    (b"SQLite format 3\x00", Foreign("une base SQLite", _SAVE)),
    (b"MZ", Foreign("un programme", "Déposez le classeur lui-même.")),
)
# What an archive is, by a part that only such an archive holds.
_ARCHIVES = (
    ("word/", Foreign("un document Word", _COPY)),
    ("ppt/", Foreign("une présentation PowerPoint", _COPY)),
    ("Index/", Foreign("un classeur Numbers", "Exportez-le au format .xlsx et déposez cet export.")),
)
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": Foreign("un document texte OpenDocument", _COPY),
    b"application/vnd.oasis.opendocument.presentation": Foreign("une présentation OpenDocument", _COPY),
    b"application/vnd.oasis.opendocument.graphics": Foreign("un dessin OpenDocument", _COPY),
}
_STREAMS = (("WordDocument", "un document Word"), ("PowerPoint Document", "une présentation PowerPoint"))
_TYPES = "[Content_Types].xml"
_WORKBOOKS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
_HTML = re.compile(rb"<(?:!doctype html|html|head|body|table|div|meta|script)\b", re.IGNORECASE)


def find_foreign(content: bytes) -> Foreign | None:
    """What a file is when it is surely not a workbook; None when it may be one."""
    if content.startswith(ZIP):
        return _find_in_archive(content)
    if content.startswith(OLE):
        names = ((name.encode("utf-16-le"), kind) for name, kind in _STREAMS)
        return next((Foreign(kind, _COPY) for name, kind in names if name in content), None)
    found = next((foreign for signature, foreign in _SIGNATURES if content.startswith(signature)), None)
    return found or _find_text(content)


def _find_in_archive(content: bytes) -> Foreign | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            declared = archive.read("mimetype") if "mimetype" in names else b""
            is_book = _TYPES in names and b"spreadsheetml" in archive.read(_TYPES)
    except Exception:
        # A damaged archive is told as such by those who read it.
        return None
    if declared in _OPEN_DOCUMENTS:
        return _OPEN_DOCUMENTS[declared]
    if is_book or any(name.lower() in _WORKBOOKS for name in names):
        return None
    other = next((foreign for part, foreign in _ARCHIVES if any(name.startswith(part) for name in names)), None)
    return other or Foreign("une archive ZIP", _UNPACK)


def _find_text(content: bytes) -> Foreign | None:
    text = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        if _HTML.search(text[:2_000]):
            return Foreign("une page web", _SAVE)
        is_old = b"urn:schemas-microsoft-com:office:spreadsheet" in text[:2_000] or b"Excel.Sheet" in text[:2_000]
        return Foreign("un classeur XML de 2003 (l’ancien « Feuille de calcul XML »)" if is_old else "du XML", _SAVE)
    return Foreign("du JSON", "Enregistrez le tableau au format .xlsx ou .csv.") if _is_json(text) else None


def _is_json(text: bytes) -> bool:
    if text[:1] not in (b"{", b"["):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True

"""The bytes of a workbook in; where it names people outside its cells, out.

Comments, properties, headers of pages and defined names are never read for figures, nor kept: they are looked at so
that the user knows what her file carries. Formats that are no zip archive are not opened here.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator

from conventions.person_names import SHAPED, rate_name
from conventions.personal_text import find_kinds
from etl.report import INFORMATION, Finding

_MAX_PART = 8 * 1024**2
_MAX_PARTS = 400
_SHOWN = 6
_ZIP = b"PK\x03\x04"
_COMMENT = re.compile(r'<(?:\w+:)?(comment|threadedComment)\b[^>]*\bref="([A-Z]+\d+)"[^>]*>(.*?)</(?:\w+:)?\1>', re.S)
_ANNOTATION = re.compile(r"<office:annotation\b[^>]*>(.*?)</office:annotation>", re.S)
_AUTHOR = re.compile(r'<author>(.*?)</author>|\bdisplayName="([^"]*)"', re.S)
_PROPERTY = re.compile(
    r"<(?:\w+:)?(creator|initial-creator|lastModifiedBy|title|subject|description|keywords?|category|Company|Manager"
    r"|lpwstr|user-defined)\b[^>]*>([^<]+)<",
    re.S,
)
_DEFINED = re.compile(r'<definedName\b[^>]*\bname="([^"]*)"')
_PAGE = re.compile(r"<(?:odd|even|first)(?:Header|Footer)>(.*?)</", re.S)
_TEXT = re.compile(r"<a:t>(.*?)</a:t>", re.S)
_TAG = re.compile(r"<[^>]+>")
_FORMAT = re.compile(r"&amp;[A-Z](?:&amp;)?|&amp;&quot;.*?&quot;|&[LCRPNDTFAGBIUESXYK]|&\"[^\"]*\"|&\d+")
_WORDS = {
    "creator": "auteur", "initial-creator": "auteur", "lastModifiedBy": "dernier auteur", "title": "titre",
    "subject": "sujet", "description": "description", "keywords": "mots-clés", "keyword": "mots-clés",
    "category": "catégorie", "Company": "société", "Manager": "responsable",
}  # fmt: skip
_SHORT = ("creator", "initial-creator", "lastModifiedBy", "Manager")


def survey_parts(content: bytes) -> list[Finding]:
    """One finding that names the places outside the cells where the file names people; none when it does not."""
    if not content.startswith(_ZIP):
        return []
    places: dict[str, None] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name, text in _read_parts(archive):
                places.update(dict.fromkeys(_find_places(name, text)))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        # What cannot be opened is told by the reader.
        return []
    if not places:
        return []
    shown = ", ".join(list(places)[:_SHOWN]) + ("…" if len(places) > _SHOWN else "")
    message = (
        f"Le fichier nomme aussi des personnes hors de ses cellules ({shown}). Jalons ne le lit ni ne le garde. "
        "Ôtez-le avant de transmettre le fichier à d’autres (Fichier, Informations, Inspecter le document)."
    )
    return [Finding(INFORMATION, "hors_cellules", message)]


def _read_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The small parts that may hold texts outside cells."""
    looked = re.compile(
        r"docProps/|xl/(?:comments|threadedComments|persons|drawings|workbook\.xml|worksheets/sheet)|meta\.xml|content\.xml"
    )
    for part in archive.infolist()[:_MAX_PARTS]:
        if looked.match(part.filename) and part.filename.endswith(".xml") and part.file_size < _MAX_PART:
            yield part.filename, archive.read(part).decode("utf-8", "replace")


def _find_places(name: str, text: str) -> Iterator[str]:
    if name.startswith(("docProps/", "meta.xml")):
        yield from _find_properties(text)
    elif "omments" in name or "persons" in name:
        yield from (f"commentaire {ref}" for _, ref, said in _COMMENT.findall(text) if _is_personal(said))
        authors = [one or other for one, other in _AUTHOR.findall(text)]
        yield from ("auteur d’un commentaire" for author in authors if _is_person(author))
    elif name.startswith("xl/workbook"):
        yield from ("nom défini" for said in _DEFINED.findall(text) if _is_personal(said.replace("_", " ")))
    elif name.startswith("xl/drawings"):
        yield from ("zone de texte" for said in _TEXT.findall(text) if _is_personal(said))
    elif name.startswith("xl/worksheets"):
        yield from ("en-tête ou pied de page" for said in _PAGE.findall(text) if _is_personal(_FORMAT.sub(" ", said)))
    else:
        yield from ("commentaire" for said in _ANNOTATION.findall(text) if _is_personal(said))


def _find_properties(text: str) -> Iterator[str]:
    for key, value in _PROPERTY.findall(text):
        if _is_personal(value) or (key in _SHORT and _is_person(value)):
            yield f"propriété « {_WORDS.get(key, 'personnalisée')} »"


def _plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())


def _is_personal(text: str) -> bool:
    return bool(find_kinds(_plain(text)))


def _is_person(text: str) -> bool:
    """Whether an author is a person rather than a service or a program."""
    return rate_name(_plain(text)) >= SHAPED or _is_personal(text)

"""The names of a file and of its sheets in; names that no person is in, and what the user is told, out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import PurePath

from conventions.person_names import LIKELY, SHAPED, SURE, is_known, is_territory, rate_name
from conventions.personal_text import find_kinds
from conventions.privacy_rules import load_privacy_rules
from conventions.text import normalise
from etl.report import INFORMATION, Finding
from etl.workbook import Workbook

FILE, SHEET = "classeur", "Feuille"
_SEPARATORS = re.compile(r"[_\s]+|(?<=\w)[.-](?=\w)")
_PERIOD = re.compile(
    r"(?:19|20)\d\d|[ts][1-4]|(?:1er|2e|2eme|3e|4e)|trimestre|semestre|janvier|fevrier|mars|avril|mai|juin|juillet|aout"
    r"|septembre|octobre|novembre|decembre"
)
_LOCK = "~$"


@lru_cache(maxsize=4096)
def hide_in_file_name(name: str) -> str:
    """The name of a file as it is, or a neutral one that keeps the extension and the words of its period."""
    path = PurePath(name.removeprefix(_LOCK))
    if not _names_someone(path.stem, has_cue=True):
        return name
    lock = _LOCK if name.startswith(_LOCK) else ""
    return f"{lock}{'_'.join([FILE, *_period_words(path.stem)])}{path.suffix.lower() if len(path.suffix) < 7 else ''}"


def hide_in_sheet_names(names: Iterable[str]) -> list[str]:
    """The names of sheets in their order; those that name someone become « Feuille 3 », with their period."""
    given = list(names)
    has_people = any(_names_someone(name, has_cue=False) for name in given)
    taken = set(given)
    safe = []
    for rank, name in enumerate(given, start=1):
        is_person = _names_someone(name, has_cue=False) or (has_people and rate_name(name.strip()) >= SHAPED)
        safe.append(_neutral_sheet(rank, name, taken) if is_person else name)
    return safe


def _neutral_sheet(rank: int, name: str, taken: set[str]) -> str:
    words = " ".join([f"{SHEET} {rank}", *_period_words(name)])
    while words in taken:
        words += " bis"
    taken.add(words)
    return words


def _period_words(text: str) -> list[str]:
    return [word for word in _SEPARATORS.split(text) if _PERIOD.fullmatch(normalise(word))]


def _names_someone(text: str, *, has_cue: bool) -> bool:
    """A name in full, after a civility, or alone beside « fiche », « dossier », ...; a number or an e-mail too."""
    words = [word for word in _SEPARATORS.split(text) if word]
    plain = " ".join(words)
    if find_kinds(text) or find_kinds(plain):
        return not is_territory(plain)
    said = [word for word in words if not word.isdigit() and not _PERIOD.fullmatch(normalise(word))]
    unknown = [word for word in said if not is_known(word)]
    if rate_name(" ".join(unknown)) >= (LIKELY if len(unknown) == len(words) else SURE):
        return not is_territory(plain)
    is_filed = has_cue and any(normalise(word) in load_privacy_rules().cues.files for word in words)
    lone = [word for word in unknown if word.isalpha() and len(word) > 2]
    return is_filed and 0 < len(lone) < 3 and not is_territory(" ".join(lone))


def hide_names(workbook: Workbook) -> tuple[Workbook, list[Finding]]:
    """The workbook under names that no person is in; the findings do not repeat the others."""
    file = hide_in_file_name(workbook.file)
    names = hide_in_sheet_names(sheet.name for sheet in workbook.sheets)
    sheets = tuple(
        sheet if sheet.name == name else replace(sheet, name=name)
        for sheet, name in zip(workbook.sheets, names, strict=True)
    )
    hidden = [new.name for old, new in zip(workbook.sheets, sheets, strict=True) if old.name != new.name]
    return Workbook(file, sheets), [*tell_file_name(workbook.file), *map(_tell_sheet, hidden)]


def tell_file_name(name: str) -> list[Finding]:
    """What the user is told when the name of her file is not kept."""
    safe = hide_in_file_name(name)
    if safe == name:
        return []
    message = (
        f"Le nom du fichier semble désigner une personne : il n’est pas gardé, le dépôt s’appelle « {safe} ». "
        "Renommez le fichier avant de le transmettre à d’autres."
    )
    return [Finding(INFORMATION, "nom_de_fichier_masque", message)]


def _tell_sheet(name: str) -> Finding:
    message = f"Le nom de cette feuille semble désigner une personne : il n’est pas gardé, elle est dite « {name} »."
    return Finding(INFORMATION, "nom_de_feuille_masque", message, name)

"""The texts of a workbook in; the convention and the source that it speaks of, when it says so without doubt, out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from conventions.text import expand_saint, normalise
from conventions.values import Convention, Source
from etl.report import BLOCKING, INFORMATION, Finding, Options
from etl.workbook import Workbook

_SCANNED_ROWS, _HEADING_ROWS = 400, 8
_LEAST_SHARE = 0.04


def gather_texts(workbook: Workbook, rows: int) -> list[str]:
    """File name, sheet names and texts of the first rows of each sheet, normalised, the most telling first."""
    texts = [normalise(PurePath(workbook.file).stem), *(normalise(sheet.name) for sheet in workbook.sheets)]
    for sheet in workbook.sheets:
        for row in sheet.rows[:rows]:
            texts += [normalise(value) for value in row if isinstance(value, str) and value]
    return list(dict.fromkeys(text for text in texts if text))


def find_convention(workbook: Workbook, conventions: Mapping[str, Convention]) -> tuple[str | None, str]:
    """The one convention that the headings name, or whose territories the cells give; with the reason."""
    headings = gather_texts(workbook, _HEADING_ROWS)
    named = {c.key for c in conventions.values() if any(_mentions(text, c) for text in headings)}
    if len(named) == 1:
        return next(iter(named)), "son nom est dans le fichier"
    words, numbers = {expand_saint(text) for text in gather_texts(workbook, _SCANNED_ROWS)}, _codes(workbook)
    scores = {
        c.key: sum(bool(_place_words(c, p.code) & (words | numbers)) for p in c.places)
        for c in conventions.values()
    }
    # Three communes among forty labels make a return of the convention; among a thousand, a national workbook.
    enough = max(2.0, _LEAST_SHARE * len(words))
    best = [key for key, score in scores.items() if score >= enough and score == max(scores.values())]
    return (best[0], "ses territoires sont dans le fichier") if len(best) == 1 else (None, "")


def _mentions(text: str, convention: Convention) -> bool:
    names = {normalise(convention.label), *(normalise(alias) for alias in convention.territory.aliases)}
    return any(f" {name} " in f" {text} " for name in names if len(name) > 6)


def _place_words(convention: Convention, code: str) -> set[str]:
    place = next(place for place in convention.places if place.code == code)
    return {expand_saint(normalise(text)) for text in (place.name, *place.aliases)} | {place.code}


def find_source(texts: list[str], sources: tuple[Source, ...]) -> tuple[str | None, str]:
    """The source a file names: the one alone, else the one named first among file name, sheets and titles."""
    places: dict[str, tuple[int, int]] = {}
    for source in sources:
        names = {normalise(text) for text in (source.label, source.code, *source.aliases)}
        spots = [
            (rank, text.find(name)) for rank, text in enumerate(texts) for name in names if _has(text, name)
        ]
        if spots:
            places[source.code] = min(spots)
    if not places:
        return None, ""
    first = min(places, key=lambda code: places[code])
    return first, "seule nommée" if len(places) == 1 else "nommée la première"


def _has(text: str, name: str) -> bool:
    return f" {name} " in f" {text} "


def settle(
    workbook: Workbook, options: Options, conventions: Mapping[str, Convention]
) -> tuple[Convention | None, str | None, list[Finding]]:
    """The convention and source to read a file with; findings say what was deduced or what is unknown."""
    findings: list[Finding] = []
    if options.convention is not None and options.convention not in conventions:
        message = f"La convention « {options.convention} » n’existe pas. Attendu : {', '.join(conventions)}."
        return None, None, [Finding(BLOCKING, "convention_inconnue", message)]
    texts = gather_texts(workbook, _SCANNED_ROWS)
    key, reason = options.convention, ""
    if key is None:
        key, reason = find_convention(workbook, conventions)
        if key is not None:
            message = f"Convention retenue : {conventions[key].label} ({reason})."
            findings.append(Finding(INFORMATION, "convention_deduite", message))
    convention = conventions[key] if key else None
    source, more = _settle_source(texts, options, convention, conventions)
    return convention, source, findings + more


def _codes(workbook: Workbook) -> set[str]:
    return {
        str(int(value))
        for sheet in workbook.sheets
        for row in sheet.rows[:_SCANNED_ROWS]
        for value in row
        if isinstance(value, float) and value.is_integer() and value > 9999
    }


def _settle_source(
    texts: list[str], options: Options, convention: Convention | None, conventions: Mapping[str, Convention]
) -> tuple[str | None, list[Finding]]:
    pool = [convention] if convention else list(conventions.values())
    sources = tuple({source.code: source for one in pool for source in one.sources}.values())
    if options.source is not None:
        if options.source in {source.code for source in sources}:
            return options.source, []
        message = f"La source « {options.source} » n’existe pas ici. Attendu : {', '.join(s.code for s in sources)}."
        return None, [Finding(BLOCKING, "source_inconnue", message)]
    source, reason = find_source(texts, sources)
    if source is not None:
        label = next(s.label for s in sources if s.code == source)
        return source, [Finding(INFORMATION, "source_deduite", f"Source retenue : {label} ({reason}).")]
    if convention is not None:
        first = convention.sources[0]
        message = f"Le fichier ne nomme pas sa source : « {first.label} » est supposée. Précisez-la si ce n’est pas elle."
        return first.code, [Finding(INFORMATION, "source_supposee", message)]
    return None, []

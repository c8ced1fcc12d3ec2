"""The texts of a workbook in; the convention and the source that it speaks of, and how sure that is, out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePath

from conventions.text import expand_saint, normalise
from conventions.values import Convention, Source
from etl.report import BLOCKING, INFORMATION, WARNING, Finding, Options
from etl.workbook import Workbook

_SCANNED_ROWS = 400
_LEAST_SHARE = 0.04


def gather_names(workbook: Workbook) -> list[str]:
    """The name of the file and those of its sheets, normalised."""
    return [normalise(PurePath(workbook.file).stem), *(normalise(sheet.name) for sheet in workbook.sheets)]


def gather_headings(workbook: Workbook, known: Collection[str]) -> list[str]:
    """Titles and notes: the texts of rows with one text or two and no number, normalised, in order.

    `known` are the labels of tables: « DE orientés par France Travail » is a line of the PLIE's own return.
    """
    headings = []
    for sheet in workbook.sheets:
        for row in sheet.rows[:_SCANNED_ROWS]:
            filled = [value for value in row if value not in (None, "")]
            texts = [normalise(value) for value in filled if isinstance(value, str)]
            if 0 < len(filled) == len(texts) <= 2 and not any(text in known for text in texts):
                headings.append(" ".join(texts))
    return list(dict.fromkeys(text for text in headings if text))


def find_convention(
    workbook: Workbook, conventions: Mapping[str, Convention], known: Collection[str]
) -> tuple[str | None, str]:
    """The one convention that the headings name, or whose territories the cells give; with the reason."""
    headings = [*gather_names(workbook), *gather_headings(workbook, known)]
    named = {c.key for c in conventions.values() if any(_mentions(text, c) for text in headings)}
    if len(named) == 1:
        return next(iter(named)), "son nom est dans le fichier"
    words = {expand_saint(text) for text in (*headings, *_cells(workbook))}
    scores = {
        c.key: sum(bool(_place_words(c, place.code) & words) for place in c.places)
        for c in conventions.values()
    }
    # Three communes among forty labels make a return of the convention; among a thousand, a national workbook.
    enough = max(2.0, _LEAST_SHARE * len(words))
    best = [key for key, score in scores.items() if score >= enough and score == max(scores.values())]
    return (best[0], "ses territoires sont dans le fichier") if len(best) == 1 else (None, "")


def _mentions(text: str, convention: Convention) -> bool:
    names = {normalise(convention.label), *(normalise(alias) for alias in convention.territory.aliases)}
    return any(_has(text, name) for name in names if len(name) > 6)


def _has(text: str, name: str) -> bool:
    return f" {name} " in f" {text} "


def _cells(workbook: Workbook) -> Iterator[str]:
    """Every text, and every number that may be a code, as a text."""
    for sheet in workbook.sheets:
        for row in sheet.rows[:_SCANNED_ROWS]:
            for value in row:
                if isinstance(value, str) and value:
                    yield normalise(value)
                elif isinstance(value, int | float) and value > 9999 and float(value).is_integer():
                    yield str(int(value))


def _place_words(convention: Convention, code: str) -> set[str]:
    place = next(place for place in convention.places if place.code == code)
    return {expand_saint(normalise(text)) for text in (place.name, *place.aliases)} | {place.code}


def find_source(
    names: Sequence[str], headings: Sequence[str], sources: Sequence[Source]
) -> tuple[str | None, bool]:
    """The source that a workbook names and whether that is sure.

    The names of file and sheets speak first, then notes « Source : ... », then titles; it is sure when all that
    speak put the same one first, and one of them names it alone.
    """
    notes = [text for text in headings if text.startswith("source ")]
    titles = [text for text in headings if text not in notes]
    # « Source : France Travail » is said to be read so; titles name the convention, hence its partners, in passing.
    said = {tuple(found) for text in notes if (found := _sources_in(text, sources))}
    if len(said) == 1 and len(one := next(iter(said))) == 1:
        return one[0], True
    firsts, has_alone = [], False
    for texts in (names, notes, titles):
        named = [found for text in texts if (found := _sources_in(text, sources))]
        alone = [found[0] for found in named if len(found) == 1]
        firsts += (alone or [found[0] for found in named])[:1]
        has_alone = has_alone or len(set(alone)) == 1
    is_sure = len(set(firsts)) == 1 and (has_alone or len(firsts) > 1)
    return (firsts[0] if firsts else None), is_sure


def _sources_in(text: str, sources: Sequence[Source]) -> list[str]:
    """The sources that a text names, in the order in which it names them."""
    spots: dict[str, int] = {}
    for source in sources:
        names = {normalise(name) for name in (source.label, source.code, *source.aliases)}
        found = [f" {text} ".find(f" {name} ") for name in names if _has(text, name)]
        if found:
            spots[source.code] = min(found)
    return sorted(spots, key=lambda code: spots[code])


def settle(
    workbook: Workbook, options: Options, conventions: Mapping[str, Convention], known: Collection[str]
) -> tuple[Convention | None, str | None, list[Finding]]:
    """The convention and source to read a file with; findings say what was deduced or what is unknown."""
    findings: list[Finding] = []
    if options.convention is not None and options.convention not in conventions:
        message = f"La convention « {options.convention} » n’existe pas. Attendu : {', '.join(conventions)}."
        return None, None, [Finding(BLOCKING, "convention_inconnue", message)]
    key, reason = options.convention, ""
    if key is None:
        key, reason = find_convention(workbook, conventions, known)
        if key is not None:
            message = f"Convention retenue : {conventions[key].label} ({reason})."
            findings.append(Finding(INFORMATION, "convention_deduite", message))
    convention = conventions[key] if key else None
    pool = [convention] if convention else list(conventions.values())
    sources = tuple({source.code: source for one in pool for source in one.sources}.values())
    source, more = _settle_source(workbook, options, convention, sources, known)
    return convention, source, findings + more


def _settle_source(
    workbook: Workbook,
    options: Options,
    convention: Convention | None,
    sources: Sequence[Source],
    known: Collection[str],
) -> tuple[str | None, list[Finding]]:
    labels = {source.code: source.label for source in sources}
    if options.source is not None:
        if options.source in labels:
            return options.source, []
        message = f"La source « {options.source} » n’existe pas ici. Attendu : {', '.join(labels)}."
        return None, [Finding(BLOCKING, "source_inconnue", message)]
    source, is_sure = find_source(gather_names(workbook), gather_headings(workbook, known), sources)
    if source is not None and is_sure:
        return source, [Finding(INFORMATION, "source_deduite", f"Source retenue : {labels[source]}.")]
    if source is not None:
        reason = "le fichier nomme plusieurs sources"
    elif convention is not None:
        source, reason = convention.sources[0].code, "le fichier ne nomme pas sa source"
    else:
        return None, []
    message = f"Source supposée : {labels[source]}, car {reason}. Précisez-la si ce n’est pas elle."
    return source, [Finding(WARNING, "source_supposee", message)]

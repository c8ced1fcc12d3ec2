"""`data/conventions/*.toml` in; the conventions as frozen values, checked against catalogue and COG, out."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

from conventions.amendments import amend_commitment, amend_objective
from conventions.catalogue import EVENTS, Catalogue, load_catalogue
from conventions.clauses import (
    read_all,
    read_amendment,
    read_block,
    read_commitment,
    read_exit,
    read_level,
    read_limit,
    read_objective,
    read_place,
    read_question,
    read_retention,
    read_source,
)
from conventions.periods import GRAINS
from conventions.reading import DATA, DataError, Table, read_table
from conventions.territories import load_gazetteer
from conventions.values import Convention, Level, Place

OWN_FOLDER = "JALONS_CONVENTIONS"
"""The variable that names a folder of conventions of the installation's own, added to those of the product."""
PUBLIC = "public"
DENOMINATORS = ("sorties_totales", "sorties_hors_administratives", "sans_objet")


def _read_places(table: Table, root: Place) -> tuple[Place, ...]:
    """The places of a convention; one without parent lies right under the whole territory."""
    given = read_all(table, "places", read_place)
    own = (replace(place, parent=place.parent or root.code) for place in given)
    places = (*own, *_read_members(table, root))
    known = {root.code, *(place.code for place in places)}
    for place in places:
        table.require("places", str(place.parent), known)
    _refuse_twice(table, "places", (place.code for place in places))
    return places


def _read_members(table: Table, root: Place) -> tuple[Place, ...]:
    """The communes of the root EPCI in a given year, when the file asks for them."""
    year = table.integer("members_year", None)
    if year is None:
        return ()
    gazetteer = load_gazetteer()
    communes = (gazetteer.by_code(code, "commune") for code in gazetteer.members(root.code, year=year))
    places = tuple(Place(found.code, "commune", found.name, root.code) for found in communes if found)
    if not places:
        raise table.error("members_year", f"« {root.code} » n’a pas de commune connue : un EPCI attendu.")
    return places


def _check_tiles(table: Table, level: Level, codes: set[str]) -> None:
    """A level that is laid out as tiles places each of its territories once."""
    laid = [code for row in level.tiles for code in row if code]
    for code in laid:
        table.require("levels.tiles", code, codes)
    _refuse_twice(table, "levels.tiles", laid)
    if laid and (absent := sorted(codes - set(laid))):
        raise table.error("levels.tiles", f"« {absent[0]} » n’a pas de tuile, une par territoire attendue.")


def _refuse_twice(table: Table, key: str, codes: Iterable[str]) -> None:
    for code, times in Counter(codes).items():
        if times > 1:
            raise table.error(key, f"« {code} » est donné {times} fois, une seule attendue.")


def read_convention(path: Path, catalogue: Catalogue) -> Convention:
    """Read and check one convention file; DataError on the first mistake."""
    table = read_table(path)
    territory = table.table("territory")
    root = read_place(territory)
    territory.close()
    convention = Convention(
        key=table.text("key"),
        letter=table.text("letter"),
        label=table.text("label"),
        title=table.text("title"),
        partners=table.texts("partners"),
        signatories=table.texts("signatories"),
        territory=root,
        start=table.day("start"),
        end=table.day("end"),
        cadence=table.choice("cadence", GRAINS),
        bilan=table.text("bilan"),
        sources=read_all(table, "sources", read_source, needed=True),
        levels=read_all(table, "levels", read_level),
        places=_read_places(table, root),
        indicators=table.texts("indicators"),
        objectives=read_all(table, "objectives", partial(read_objective, catalogue=catalogue)),
        commitments=read_all(table, "commitments", partial(read_commitment, catalogue=catalogue)),
        exits=tuple(read_exit(code, sub, catalogue) for code, sub in table.named("exits", {})),
        positive_denominator=table.choice("positive_denominator", DENOMINATORS),
        retention=read_all(table, "retention", read_retention, needed=True),
        secrecy_threshold=table.integer("secrecy_threshold"),
        is_paths_allowed=table.flag("paths_allowed"),
        questionnaire=read_all(table, "questionnaire", read_question, needed=True),
        limits=read_all(table, "limits", read_limit),
        blocks=read_all(table, "blocks", partial(read_block, catalogue=catalogue)),
        notes=table.texts("notes", []),
        amendments=read_all(table, "amendments", partial(read_amendment, catalogue=catalogue)),
        publics=table.text("publics", ""),
        steps=_read_steps(table.table("steps", {})),
        file=path.name,
    )
    table.close()
    _check_amendments(convention, table)
    convention = _amend(convention)
    _check_codes(convention, table, catalogue)
    _check_rules(convention, table)
    return convention


def _read_steps(table: Table) -> dict[str, str]:
    """The words for some of the dates of a path."""
    steps = {event: table.text(event, "") for event in EVENTS}
    table.close()
    return {event: word for event, word in steps.items() if word}


def _check_amendments(convention: Convention, table: Table) -> None:
    """Amendments follow each other within the convention, and change what was agreed."""
    days = [amendment.day for amendment in convention.amendments]
    if days != sorted(set(days)) or any(day <= convention.start for day in days):
        raise table.error("amendments", "des avenants de dates différentes attendus, dans l’ordre, après le début.")
    for amendment in convention.amendments:
        for change in amendment.objectives:
            table.require("amendments.objectives", change.code, {one.code for one in convention.objectives})
        for change in amendment.commitments:
            table.require("amendments.commitments", change.code, {one.code for one in convention.commitments})
        for version in amendment.definitions:
            table.require("amendments.definitions", version.code, set(convention.indicators))


def _amend(convention: Convention) -> Convention:
    """The convention as its amendments leave it."""
    ends = [one.end for one in convention.amendments if one.end is not None]
    return replace(
        convention,
        objectives=tuple(amend_objective(one, convention.amendments) for one in convention.objectives),
        commitments=tuple(amend_commitment(one, convention.amendments) for one in convention.commitments),
        end=ends[-1] if ends else convention.end,
        first_end=convention.end if ends else None,
    )


def _check_codes(convention: Convention, table: Table, catalogue: Catalogue) -> None:
    """Codes lead somewhere and are given once."""
    if convention.key != Path(convention.file).stem:
        raise table.error("key", f"le nom du fichier attendu, « {Path(convention.file).stem} ».")
    for code in convention.indicators:
        table.require("indicators", code, set(catalogue.indicators) | set(catalogue.measures))
    if convention.publics:
        measures = [code for code in convention.indicators if code in catalogue.measures]
        table.require("publics", convention.publics, {code for code in measures if _has_publics(catalogue, code)})
    sources = {source.code for source in convention.sources}
    for commitment in convention.commitments:
        for code in (*commitment.parties, *commitment.returns):
            table.require("commitments", code, sources)
    for level in convention.levels:
        table.require("levels", level.kind, {place.kind for place in convention.places})
        _check_tiles(table, level, {place.code for place in convention.places if place.kind == level.kind})
    _refuse_twice(table, "indicators", convention.indicators)
    _refuse_twice(table, "sources", (source.code for source in convention.sources))
    _refuse_twice(table, "objectives", (objective.code for objective in convention.objectives))
    _refuse_twice(table, "commitments", (commitment.code for commitment in convention.commitments))
    _refuse_twice(table, "limits", (limit.code for limit in convention.limits))
    _refuse_twice(table, "blocks", (block.code for block in convention.blocks))
    for block in convention.blocks:
        for code in (*block.indicators, *([block.chart] if block.chart else [])):
            table.require("blocks", code, set(convention.indicators))
        if block.objective:
            table.require("blocks", block.objective, {one.code for one in convention.objectives if one.upper})
    _refuse_twice(table, "questionnaire", (question.code for question in convention.questionnaire))
    _refuse_twice(table, "exits", (motif for category in convention.exits for motif in category.motifs))


def _has_publics(catalogue: Catalogue, code: str) -> bool:
    """Whether a measure counts people, by public."""
    measure = catalogue.measures[code]
    return measure.unit == "personnes" and PUBLIC in measure.axes


def _check_rules(convention: Convention, table: Table) -> None:
    """Dates follow each other, articles are the convention's own, a positive rate has positive exits."""
    if convention.end <= convention.start:
        raise table.error("end", f"une date après le début ({convention.start}) attendue.")
    if convention.secrecy_threshold < 1:
        raise table.error("secrecy_threshold", "au moins 1 attendu (1 montre tous les effectifs).")
    for article, _ in list_citations(convention):
        if article.split()[0] != convention.letter:
            expected = f"un article de la convention {convention.letter} attendu."
            raise table.error("article", f"« {article} » : {expected}")
    has_positive = any(category.is_positive for category in convention.exits)
    if has_positive == (convention.positive_denominator == "sans_objet"):
        expected = "« sans_objet » va avec une convention sans sortie positive, et avec elle seule."
        raise table.error("positive_denominator", expected)


def list_citations(convention: Convention) -> Iterator[tuple[str, str]]:
    """Each article that the convention's own file cites, with what it is cited for."""
    yield from ((objective.article, objective.label) for objective in convention.objectives)
    yield from ((commitment.article, commitment.label) for commitment in convention.commitments)
    yield from ((limit.article, limit.label) for limit in convention.limits)
    yield from ((amendment.article, amendment.label) for amendment in convention.amendments)
    definitions = (one for amendment in convention.amendments for one in amendment.definitions)
    yield from ((one.article, one.changed) for one in definitions)
    yield from ((rule.article, "Conservation des données") for rule in convention.retention)
    yield from ((block.article, block.title) for block in convention.blocks)


@lru_cache(maxsize=1)
def load_conventions() -> dict[str, Convention]:
    """The conventions of `data/conventions`, then those of the installation's own folder, by key, read once."""
    catalogue, own = load_catalogue(), os.environ.get(OWN_FOLDER)
    folders = [DATA / "conventions", *([Path(own)] if own else [])]
    conventions: dict[str, Convention] = {}
    for path in (path for folder in folders for path in sorted(folder.glob("*.toml"))):
        convention = read_convention(path, catalogue)
        if convention.key in conventions:
            raise DataError(path.name, "key", f"« {convention.key} » est déjà une convention : une autre clé attendue.")
        conventions[convention.key] = convention
    return conventions

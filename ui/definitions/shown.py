"""A figure of a convention in; the pages that show it, with their addresses, out."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from conventions.returns import list_suppliers, load_rules
from conventions.values import Convention
from ui.articles.page import is_city
from ui.definitions.entries import Entry
from ui.exits.reading import COUNT, POSITIVE, RATE, has_exits
from ui.journey.stages import FIRST, STEPS
from ui.journey.study import TABLE
from ui.pages import find_page
from ui.support.year import BESIDE, FOUR
from ui.territories.compare import list_levels


def list_pages(entry: Entry, convention: Convention) -> list[tuple[str, str]]:
    """Title and address of each page, in the order of the menu's reading."""
    return [_address(stem, entry, convention) for stem in _list_stems(entry, convention)]


def _list_stems(entry: Entry, convention: Convention) -> Iterator[str]:
    code = entry.code
    if any(one.indicator == code for one in convention.objectives):
        yield "synthese"
    if FIRST.rate in convention.indicators and code in (*TABLE, *(step.code for step in STEPS)):
        yield "parcours"
    if has_exits(convention) and code in (COUNT, POSITIVE, RATE):
        yield "sorties"
    if FOUR[0] in convention.indicators and code in (*FOUR, *BESIDE):
        yield "accompagnement_global"
    if code == convention.publics:
        yield "publics"
    if any(code in block.indicators for block in convention.blocks):
        yield "villes" if is_city(convention) else "articles"
    if list_levels(convention) and not _is_of_the_whole(entry):
        yield "territoires"
    if entry.measure is not None and len(list_suppliers(convention, code)) > 1:
        yield "sources"


def _is_of_the_whole(entry: Entry) -> bool:
    """Whether a count it reads has no meaning place by place."""
    terms = (entry.indicator.numerator, entry.indicator.denominator)
    return any(term.measure in load_rules().whole for term in terms if term is not None)


def _address(stem: str, entry: Entry, convention: Convention) -> tuple[str, str]:
    page = find_page(stem)
    asked = {"convention": convention.key}
    if stem == "territoires":
        asked["indicateur"] = entry.indicator.label
    return page.title, f"/{page.path}?{urlencode(asked)}"

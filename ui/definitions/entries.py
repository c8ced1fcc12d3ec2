"""The catalogue, the conventions and the vocabulary in; one entry per figure, and the chapters of a convention (its
articles, in order, with the figures that each names), out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from conventions.agreements import list_citations
from conventions.catalogue import Catalogue
from conventions.text import normalise
from conventions.values import Convention, Indicator, Measure
from conventions.vocabulary import Vocabulary
from ui.citation import own_articles
from ui.french import FIXED

UNSAID = "Sans article précisé"
UNNAMED = "Suivis sans qu’un article les nomme"


@dataclass(frozen=True)
class Entry:
    """A figure: how it is read, the count it is when it is one, who follows it, how workbooks spell it."""

    indicator: Indicator
    measure: Measure | None
    conventions: tuple[Convention, ...]
    spellings: tuple[str, ...]

    @property
    def code(self) -> str:
        """The code of the catalogue."""
        return self.indicator.code


@dataclass(frozen=True)
class Chapter:
    """An article: its name, what the convention's file cites it for, and the codes of the figures that it names."""

    title: str
    cited: tuple[str, ...]
    codes: tuple[str, ...]


def list_entries(
    catalogue: Catalogue, conventions: Mapping[str, Convention], vocabulary: Vocabulary
) -> dict[str, Entry]:
    """Every count and every reading of the catalogue, by code."""
    spellings = _group_spellings(vocabulary)
    return {
        one.code: Entry(
            catalogue.indicator(one.code),
            catalogue.measures.get(one.code),
            tuple(convention for convention in conventions.values() if one.code in convention.indicators),
            tuple(text for text in spellings.get(one.code, ()) if normalise(text) != normalise(one.label)),
        )
        for one in catalogue.counts
    }


def _group_spellings(vocabulary: Vocabulary) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for words, code in vocabulary.measures.items():
        # A code of the catalogue is read too, but nobody writes one in a workbook.
        if words != normalise(code):
            found.setdefault(code, []).append(vocabulary.write(words))
    return found


def list_chapters(convention: Convention, catalogue: Catalogue) -> list[Chapter]:
    """The articles of a convention that name a figure it follows; what none names comes last."""
    articles = {code: own_articles(catalogue.indicator(code), convention) for code in convention.indicators}
    cited: dict[str, list[str]] = {}
    for article, what in list_citations(convention):
        cited.setdefault(article, []).append(what)
    named = sorted({one for own in articles.values() for one in own}, key=_rank)
    chapters = [
        Chapter(
            name_article(article),
            tuple(dict.fromkeys(cited.get(article, ()))),
            tuple(code for code, own in articles.items() if article in own),
        )
        for article in named
    ]
    rest = tuple(code for code, own in articles.items() if not own)
    return [*chapters, *([Chapter(UNNAMED, (), rest)] if rest else [])]


def _rank(article: str) -> tuple[bool, list[tuple[int, str]]]:
    """Articles in the order of their numbers, « 3-10 » after « 3-4 a »; the convention as a whole last."""
    number = article.partition(" ")[2]
    parts = re.findall(r"\d+|[^\W\d]+", number)
    return not number, [(int(part), "") if part.isdecimal() else (0, part) for part in parts]


def name_article(article: str) -> str:
    """« Article 3-1 »; a letter alone is the convention, of which nothing more is said."""
    number = article.partition(" ")[2]
    return f"Article{FIXED}{number}" if number else UNSAID


def list_articles(entry: Entry) -> list[tuple[Convention, list[str]]]:
    """For each convention that follows a figure, those of its articles that name it."""
    return [(one, sorted(own_articles(entry.indicator, one), key=_rank)) for one in entry.conventions]


def list_parts(entry: Entry, entries: Mapping[str, Entry]) -> list[Entry]:
    """The counts that a reading is made of; none for a count."""
    terms = (entry.indicator.numerator, entry.indicator.denominator)
    codes: Iterable[str] = dict.fromkeys(term.measure for term in terms if term is not None)
    return [entries[code] for code in codes if code != entry.code]

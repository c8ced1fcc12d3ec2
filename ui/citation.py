"""An article as files cite it (« M 3-1 »: the letter of a convention, its number) in; how its pages name it, out."""

from __future__ import annotations

from collections.abc import Sequence

from conventions.values import Convention, Indicator
from ui.french import FIXED, join_words


def write_article(article: str) -> str:
    """« Art. 3-1 »: the letter of the convention is known on its page; a letter alone is the whole of it."""
    number = _number(article)
    return f"Art.{FIXED}{number}" if number else "Convention"


def own_articles(indicator: Indicator, convention: Convention) -> list[str]:
    """The articles of one convention that name an indicator, as files cite them."""
    return [one for one in indicator.articles if one.split(" ")[0] == convention.letter]


def write_articles(articles: Sequence[str]) -> str:
    """« Art. 3-1 et 7 » of articles of one convention; « Convention » when none has a number, nothing without any."""
    numbers = [number for number in map(_number, articles) if number]
    if not numbers:
        return "Convention" if articles else ""
    return f"Art.{FIXED}{join_words(numbers)}"


def _number(article: str) -> str:
    return article.partition(" ")[2].replace(" ", FIXED)

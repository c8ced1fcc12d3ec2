"""How pages name the articles of their convention."""

import pytest

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from ui.citation import own_articles, write_article, write_articles


@pytest.mark.parametrize(
    ("articles", "said"),
    [
        ([], ""),
        (["M"], "Convention"),
        (["M 3-1"], "Art.\u00a03-1"),
        (["M 3-1", "M 3-4 a", "M 7"], "Art.\u00a03-1, 3-4\u00a0a et 7"),
    ],
)
def test_articles_are_named_by_their_numbers(articles: list[str], said: str) -> None:
    assert write_articles(articles) == said
    assert [write_article(one) for one in articles] == [write_articles([one]) for one in articles]


def test_a_page_names_the_articles_of_its_own_convention() -> None:
    indicator = load_catalogue().indicator("taux_presence")
    assert own_articles(indicator, load_conventions()["plie-martigues"]) == ["M 3-1", "M 7"]
    assert own_articles(indicator, load_conventions()["metz"]) == []

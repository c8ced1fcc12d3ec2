"""Where the group of a page stands in the menu, which the look underlines."""

from __future__ import annotations

from ui.pages import PAGES, rank_group


def test_group_comes_after_the_pages_that_stand_in_the_menu_themselves() -> None:
    assert rank_group("parcours") == 0
    assert rank_group("villes") == rank_group("articles") == 1 + sum(not page.group for page in PAGES)
    assert rank_group("faits") == rank_group("villes") + 2

"""Articles: each convention in its own words and order, block by block, with what was agreed beside."""

from __future__ import annotations

from ui.articles.page import show_by_blocks

show_by_blocks("Articles", lambda _: True, what="à lire par article")

"""Villes: what each city follows, in its own words and in the order of its convention."""

from __future__ import annotations

from ui.articles.page import is_city, show_by_blocks

show_by_blocks("Villes", is_city, what="d’une ville")

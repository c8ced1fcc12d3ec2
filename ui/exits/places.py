"""The exits of a span in; the same place by place out: ranked bars, small numbers unranked, and their table."""

from __future__ import annotations

from ui.exits.reading import Exits
from ui.places import list_places, main_level
from ui.shell import Screen
from ui.territories.cards import show_blanked, show_ranking
from ui.territories.compare import Comparison


def show_places(screen: Screen, exits: Exits) -> None:
    """Nothing when no place of the main level is told by the returns."""
    level = main_level(exits.convention)
    heard = {one.territory for one in exits.places if one.state != "n.d." and one.indicator == exits.main}
    places = [place for place in list_places(exits.convention, level) if place.code in heard]
    if level is None or len(places) < 2:
        return
    comparison = Comparison(
        exits.convention, exits.span, level, exits.audience, places, exits.places, dict(exits.everywhere),
        exits.field.widen(),
    )  # fmt: skip
    if comparison.is_blanked():
        show_blanked(comparison)
        return
    show_ranking(screen, comparison, screen.catalogue.indicator(exits.main))

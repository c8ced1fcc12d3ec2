"""The colours of every screen, by what they mean: grey compares, petrol counts, brick alerts; and what each is on a
dark ground."""

from __future__ import annotations

import re
from collections.abc import Mapping
from numbers import Number
from typing import Any

PAPER = "#FBF8F3"
SURFACE = "#FFFFFF"
INK = "#1D2730"
SOFT_INK = "#525C66"
PETROL = "#0B5060"
PETROL_DEEP = "#08404D"
"""A button that is pointed at."""
LIGHT_PETROL = "#5A8D98"
PETROL_TINT = "#DCE9EA"
PETROL_WASH = "#F7FAFA"
"""A field that is pointed at."""
BRICK = "#C4562A"
"""Fill of bars below the objective: no text stands on it."""
BRICK_TEXT = "#A43E1A"
BRICK_TINT = "#F8E8E0"
OCHRE = "#765300"
OCHRE_EDGE = "#B8860B"
OCHRE_TINT = "#F6ECD3"
CONTEXT = "#CFC8BC"
"""Last year and the others: always outlined in GHOST."""
CONTEXT_TINT = "#E2DBCF"
GHOST = "#857E73"
HAIRLINE = "#E2DBCF"
SAND = "#F3EDE3"
PERIOD_TINT = "#EFE2CF"
PLACE_TINT = "#E6EBD8"
"""Cells of a sheet that name a period, a place."""
HEAT = ("#EEF1EF", "#D3E2E3", "#AFCBD0", "#79A8B2", "#0B5060")
"""Five tints, from the lowest to the highest value; white text on the last only."""

DARK: Mapping[str, str] = {
    PAPER: "#13181C",
    SURFACE: "#1B2227",
    INK: "#ECE8E1",
    SOFT_INK: "#B2B9BD",
    PETROL: "#7DC4D1",
    PETROL_DEEP: "#A3D9E2",
    LIGHT_PETROL: "#4A8C99",
    PETROL_TINT: "#1E3F48",
    PETROL_WASH: "#20292F",
    BRICK: "#DD7448",
    BRICK_TEXT: "#F2A284",
    BRICK_TINT: "#47281C",
    OCHRE: "#E6BE5C",
    OCHRE_EDGE: "#C8962A",
    OCHRE_TINT: "#3C3117",
    CONTEXT: "#58626A",
    CONTEXT_TINT: "#363F46",
    GHOST: "#87919A",
    SAND: "#272F35",
    PERIOD_TINT: "#443722",
    PLACE_TINT: "#33402A",
    HEAT[0]: "#263138",
    HEAT[1]: "#25434C",
    HEAT[2]: "#295460",
    HEAT[3]: "#2F6E7D",
}
"""Each colour of the light appearance and the one that means the same on a dark ground. The hairline is the tint of
what is compared, the hottest tint is petrol, in both."""

TEXT_ON_GROUND = (
    (INK, PAPER),
    (INK, SURFACE),
    (SOFT_INK, PAPER),
    (SOFT_INK, SURFACE),
    (PETROL, PAPER),
    (PETROL, SURFACE),
    (PETROL, PETROL_TINT),
    (BRICK_TEXT, SURFACE),
    (BRICK_TEXT, PAPER),
    (BRICK_TEXT, BRICK_TINT),
    (OCHRE, OCHRE_TINT),
    (OCHRE, PAPER),
    (OCHRE, SURFACE),
    (SURFACE, PETROL),
    (SURFACE, PETROL_DEEP),
    (PETROL, SAND),
    (PETROL, PETROL_WASH),
    (SOFT_INK, SAND),
    (SOFT_INK, PETROL_TINT),
    (SOFT_INK, PETROL_WASH),
    (SOFT_INK, CONTEXT_TINT),
    (INK, SAND),
    (INK, PETROL_TINT),
    (INK, BRICK_TINT),
    (INK, OCHRE_TINT),
    (INK, PERIOD_TINT),
    (INK, PLACE_TINT),
    (INK, HEAT[0]),
    (INK, HEAT[1]),
    (INK, HEAT[2]),
    (INK, HEAT[3]),
    (SURFACE, HEAT[4]),
)
"""Every pair of text and ground in use: each one can be read in both appearances (a test measures it)."""

MARK_ON_GROUND = (
    *((mark, ground) for mark in (PETROL, LIGHT_PETROL, BRICK, GHOST, OCHRE_EDGE) for ground in (PAPER, SURFACE)),
    (PETROL, CONTEXT_TINT),
    (BRICK, CONTEXT_TINT),
    (INK, PETROL_TINT),
)
"""Every pair of a mark and what it stands on: each one is seen (3 to 1)."""

HEX = re.compile("#[0-9A-F]{6}")


def contrast(first: str, second: str) -> float:
    """The contrast of two colours as WCAG measures it, from 1 to 21."""
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def darken(value: Any) -> Any:
    """The same values on a dark ground: every colour of the palette in them, in a text as in what holds it, is the one
    that means the same there."""
    if isinstance(value, str):
        return HEX.sub(lambda found: DARK.get(found[0], found[0]), value)
    if isinstance(value, Mapping):
        return {key: darken(one) for key, one in value.items()}
    # The coordinates of a map are many, and hold no colour.
    if isinstance(value, (list, tuple)) and value and not isinstance(value[0], Number):
        return [darken(one) for one in value]
    return value


def name_colours() -> dict[str, str]:
    """Each colour by the name that the style sheets give it."""
    named = {name: value for name, value in globals().items() if name.isupper() and isinstance(value, str)}
    tints = {f"heat-{rank}": value for rank, value in enumerate(HEAT, start=1)}
    return {name.lower().replace("_", "-"): value for name, value in sorted(named.items())} | tints


def write_variables() -> str:
    """The palette as CSS variables, so that style sheets hold no colour of their own."""
    return f":root{{{_write(name_colours())}}}"


def write_dark_variables() -> str:
    """The same on a dark ground, for a reader who chose it, on a screen: paper is white."""
    return f'@media screen{{:root[data-apparence="sombre"]{{{_write(darken(name_colours()))}}}}}'


def write_paper_marks() -> str:
    """A chart drawn for a dark screen is printed in the colours of paper: each of its marks by the colour that it has,
    as a browser writes it, and as a label does."""
    rules = []
    for light, dark in DARK.items():
        drawn = f"rgb({', '.join(str(int(dark[start : start + 2], 16)) for start in (1, 3, 5))})"
        for part in ("fill", "stroke"):
            where = f'[style*="{part}:{dark}"],[style*="{part}: {drawn}"],[{part}="{drawn}"]'
            rules.append(f".main-svg :is({where}){{{part}:{light}!important}}")
    return f"@media print{{{''.join(rules)}}}"


def _write(colours: Mapping[str, str]) -> str:
    return ";".join(f"--{name}:{value}" for name, value in colours.items())

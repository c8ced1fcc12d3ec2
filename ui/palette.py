"""The colours of every screen, by what they mean: grey compares, petrol counts, brick alerts."""

from __future__ import annotations

PAPER = "#FBF8F3"
SURFACE = "#FFFFFF"
INK = "#1D2730"
SOFT_INK = "#525C66"
PETROL = "#0B5060"
LIGHT_PETROL = "#5A8D98"
PETROL_TINT = "#DCE9EA"
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
HEAT = ("#EEF1EF", "#D3E2E3", "#AFCBD0", "#79A8B2", "#0B5060")
"""Five tints, from the lowest to the highest value; white text on the last only."""

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
    (SOFT_INK, SAND),
    (INK, SAND),
    (INK, HEAT[0]),
    (INK, HEAT[1]),
    (INK, HEAT[2]),
    (INK, HEAT[3]),
    (SURFACE, HEAT[4]),
)
"""Every pair of text and ground in use: each one can be read (a test measures it)."""


def contrast(first: str, second: str) -> float:
    """The contrast of two colours as WCAG measures it, from 1 to 21."""
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def write_variables() -> str:
    """The palette as CSS variables, so that style sheets hold no colour of their own."""
    named = {name: value for name, value in globals().items() if name.isupper() and isinstance(value, str)}
    lines = [f"--{name.lower().replace('_', '-')}:{value}" for name, value in sorted(named.items())]
    lines += [f"--heat-{rank}:{value}" for rank, value in enumerate(HEAT, start=1)]
    return ":root{" + ";".join(lines) + "}"

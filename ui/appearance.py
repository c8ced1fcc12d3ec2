"""The palette and the appearance that a reader chose in, light unless told otherwise; what the framework wears in both,
whether charts are drawn for a dark ground, and the choice itself, out.

The browser keeps the choice (`static/apparence.js`), which the framework says to the server with each request.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import streamlit as st

from ui import palette
from ui.french import FIXED
from ui.palette import darken
from ui.paper import read_paper

STATIC = Path(__file__).parent / "static"
SCRIPT = STATIC / "apparence.js"
LOGO = STATIC / "jalons.svg"
NAMES = ("claire", "sombre")
FACES = {"Inter": "100 900", "Vollkorn": "400 900"}
"""The fonts of `static/fonts`, and the weights that each has."""
THEME: dict[str, Any] = {
    "primaryColor": palette.PETROL,
    "backgroundColor": palette.PAPER,
    "secondaryBackgroundColor": palette.SURFACE,
    "textColor": palette.INK,
    "linkColor": palette.PETROL,
    "borderColor": palette.GHOST,
    "showWidgetBorder": True,
    "baseRadius": "4px",
    "buttonRadius": "4px",
    "baseFontSize": 15,
    "bodyFont": "Inter, sans-serif",
    "headingFont": "Vollkorn, Georgia, serif",
    "headingFontWeights": [600] * 6,
    "fontFaces": [
        {"family": name, "url": f"app/static/fonts/{name.lower()}.woff2", "style": "normal", "weightRange": weights}
        for name, weights in FACES.items()
    ],
}
"""What the framework's own widgets wear, in its words for a theme."""


def is_dark() -> bool:
    """Whether the page is for a dark screen; a page laid out for paper never is."""
    return st.context.theme.type == "dark" and not read_paper()


def write_script() -> str:
    """What a document runs first: the appearance is worn before anything is drawn."""
    themes = {"LIGHT_THEME": THEME, "DARK_THEME": darken(THEME)}
    return f"const THEMES = {json.dumps(themes)};\n{SCRIPT.read_text('utf-8')}"


def write_ground() -> str:
    """The ground of a document that nothing covers yet: no white flash on a dark screen."""
    ground = f"color-scheme:dark;background:{darken(palette.PAPER)}"
    return f'@media screen{{:root[data-apparence="sombre"]{{{ground}}}}}'


def write_choice() -> str:
    """« Apparence : claire / sombre »: a button each, which the keyboard reaches; the sheets mark the one in use."""
    buttons = (
        f'<button type="button" class="j-appearance" data-name="{name}">{name}<span> (en cours)</span></button>'
        for name in NAMES
    )
    return f'<span role="group" aria-label="Apparence">Apparence{FIXED}: {" / ".join(buttons)}</span>'


def read_logo() -> str:
    """The mark of the product, in the colours of the page."""
    drawn = LOGO.read_text("utf-8")
    return darken(drawn) if is_dark() else drawn

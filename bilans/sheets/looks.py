"""Looks of cells by name, in the palette of the guide; the workbook's formats out, each made once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from ui import palette

Look = Mapping[str, Any]

# A workbook names one font and no fallback: these are on the machines that open it.
BODY, DISPLAY = "Calibri", "Georgia"
DOTTED = 17
"""Excel's pattern « gray125 »: the ground of what is secret."""

BASE: Look = {
    "font_name": BODY, "font_size": 10, "font_color": palette.INK, "valign": "vcenter",
    "bottom": 1, "bottom_color": palette.HAIRLINE,
}  # fmt: skip
TEXT: Look = {**BASE, "text_wrap": True}
SOFT: Look = {**TEXT, "font_color": palette.SOFT_INK}
NUMBER: Look = {**BASE, "align": "right", "indent": 1}
MAIN: Look = {**NUMBER, "bold": True, "font_color": palette.PETROL}
COMPARED: Look = {**NUMBER, "font_color": palette.SOFT_INK}
HOLE: Look = {**NUMBER, "font_color": palette.SOFT_INK, "italic": True}
SECRET: Look = {**NUMBER, "pattern": DOTTED, "fg_color": palette.CONTEXT, "bg_color": palette.SURFACE}
GOOD: Look = {**TEXT, "bold": True, "font_color": palette.PETROL}
BAD: Look = {**TEXT, "bold": True, "font_color": palette.BRICK_TEXT}
WAIT: Look = {**TEXT, "font_color": palette.OCHRE}
HEAD: Look = {
    **BASE, "bold": True, "font_color": palette.SOFT_INK, "text_wrap": True, "valign": "bottom",
    "bottom": 2, "bottom_color": palette.INK,
}  # fmt: skip
NUMBER_HEAD: Look = {**HEAD, "align": "right", "indent": 1}

_BARE: Look = {"font_name": BODY, "font_size": 10, "font_color": palette.INK, "valign": "top"}
KICKER: Look = {**_BARE, "font_size": 11, "bold": True, "valign": "vcenter"}
TITLE: Look = {
    **_BARE,
    "font_name": DISPLAY,
    "font_size": 18,
    "bold": True,
    "text_wrap": True,
    "valign": "vcenter",
}
SECTION: Look = {**_BARE, "font_name": DISPLAY, "font_size": 13, "bold": True, "valign": "bottom"}
LEAD: Look = {**_BARE, "font_size": 11, "font_color": palette.SOFT_INK, "text_wrap": True}
PROSE: Look = {**_BARE, "text_wrap": True}
NOTE: Look = {**_BARE, "font_size": 9, "font_color": palette.SOFT_INK, "text_wrap": True}
STEP: Look = {**_BARE, "align": "center", "valign": "vcenter", "border": 1, "border_color": palette.INK}
STEP_DONE: Look = {**STEP, "bold": True, "font_color": palette.SURFACE, "bg_color": palette.INK, "pattern": 1}
SIGNED: Look = {**_BARE, "valign": "bottom", "bottom": 1, "bottom_color": palette.GHOST}


class Styles:
    """The formats of one workbook: the same look is the same format."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def get(self, look: Look) -> Format:
        """The format of a look."""
        key = tuple(sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(dict(look))
        return self._made[key]

"""A figure's code in; the address of its definition out."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

PARAMETER = "indicateur"
PAGE = "/definitions"


def write_address(code: str = "", *, convention: str = "") -> str:
    """`/definitions?indicateur=taux_presence&convention=plie-martigues`; of a convention alone, all that it follows."""
    asked = {PARAMETER: code, "convention": convention}
    words = urlencode({key: value for key, value in asked.items() if value})
    return f"{PAGE}?{words}" if words else PAGE


def link_definition(text: str, code: str, convention: str = "") -> str:
    """Words that lead to a definition, as HTML."""
    href = escape(write_address(code, convention=convention), quote=True)
    return f'<a href="{href}" target="_self">{escape(text)}</a>'

"""A sheet in; a finding for the cells that write a label and its number together (« DE orientés : 12 »), out."""

from __future__ import annotations

import re

import numpy as np

from etl.address import cell_name
from etl.causes import name_spots
from etl.recognise import Lexicon
from etl.report import WARNING, Finding, areas_of
from etl.workbook import Sheet

# Spaces stand between thousands.
_GLUED = re.compile(r"(?P<label>\S.{2,80}?)\s*[:=]\s*\d[\d\s.,]*%?\s*")


def tell_glued(sheet: Sheet, lexicon: Lexicon) -> list[Finding]:
    """One finding for a sheet: a number inside a text is never read, whatever measure the text names."""
    spots = sorted(
        (int(row), index)
        for index, column in enumerate(sheet.columns)
        for row in np.flatnonzero(column.mask(_is_glued(value, lexicon) for value in column.values))
    )
    if not spots:
        return []
    message = (
        f"{len(spots)} cellule(s) portent un intitulé et son nombre ensemble ({name_spots(spots)}) : ces nombres "
        "ne sont pas lus. Mettez chaque nombre dans sa propre cellule, à droite de l’intitulé."
    )
    where = areas_of(sheet.name, spots)
    return [Finding(WARNING, "nombre_dans_un_texte", message, sheet.name, cell_name(*spots[0]), where)]


def _is_glued(value: object, lexicon: Lexicon) -> bool:
    found = _GLUED.fullmatch(value) if isinstance(value, str) else None
    return found is not None and bool(lexicon.read(found["label"]).measures)

"""The steps of a journey that lasts: what the user is told while a file is read and loaded."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Told: TypeAlias = Callable[[str], None]
"""Called with the French name of each step as it begins; it must return at once and never raise."""

SAFETY = "Sécurité du fichier"
CELLS = "Lecture des cellules"
TABLES = "Compréhension des tableaux"
CHECKS = "Contrôles"
SAVING = "Enregistrement"
TOTALS = "Calcul des totaux"

READING_STEPS = (SAFETY, CELLS, TABLES, CHECKS)
LOADING_STEPS = (SAVING, TOTALS)


def silent(step: str) -> None:
    """Tell nobody."""

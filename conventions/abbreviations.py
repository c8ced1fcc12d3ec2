"""`data/abbreviations.toml` in; what each abbreviation of the field stands for, both in the form in which labels are
compared, out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from conventions.reading import DATA, read_table
from conventions.text import normalise


def read_abbreviations(path: Path) -> Mapping[str, str]:
    """Abbreviation → the words it stands for."""
    table = read_table(path)
    found = {}
    for short in table.keys():
        full = normalise(table.text(short))
        if len(full.split()) < 2:
            raise table.error(short, f"« {full} » : au moins deux mots attendus, ceux que l’abréviation résume.")
        found[normalise(short)] = full
    table.close()
    return found


@lru_cache(maxsize=1)
def load_abbreviations() -> Mapping[str, str]:
    """The product's own, read once."""
    return read_abbreviations(DATA / "abbreviations.toml")

"""`data/interface.toml` in; the script that says the framework's own words in French out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from conventions.reading import DATA, read_table
from ui.french import set_typography

SCRIPT = "francais.js"
SOURCE = Path(__file__).parent / "static" / SCRIPT


@dataclass(frozen=True)
class Interface:
    """English words → French ones; then expressions, each with its French (`$1` is what the first group held)."""

    words: Mapping[str, str]
    patterns: tuple[tuple[str, str], ...]


def read_interface(path: Path) -> Interface:
    """Read and check the words; an expression that is none, or French that quotes a group it lacks, is an error."""
    table = read_table(path)
    patterns = []
    for one in table.tables("patterns", []):
        english, french = one.text("english"), one.text("french")
        one.close()
        try:
            groups = re.compile(english).groups
        except re.error as error:
            raise one.error("english", f"« {english} » : une expression attendue ({error}).") from error
        if any(int(rank) > groups for rank in re.findall(r"\$(\d)", french)):
            raise one.error("french", f"« {french} » : {groups} part(s) entre parenthèses dans l’anglais.")
        patterns.append((english, set_typography(french)))
    words = {english: set_typography(french) for english, french in table.labels("words").items()}
    interface = Interface(words, tuple(patterns))
    table.close()
    return interface


@lru_cache(maxsize=1)
def write_script() -> str:
    """The words of the product, then the script that writes them, as one file of this server."""
    interface = read_interface(DATA / "interface.toml")
    words = {"words": dict(interface.words), "patterns": interface.patterns}
    return f"const FRENCH = {json.dumps(words, ensure_ascii=False)};\n{SOURCE.read_text('utf-8')}"

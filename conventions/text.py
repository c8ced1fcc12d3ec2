"""A label as someone typed it in; out comes the form in which two spellings of one label are equal."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae"})
_NOT_A_WORD = re.compile(r"[\W_]+")
# Signs that change what a label means: « CDD < 6 mois » and « CDD ≥ 6 mois » must not become one label.
_SIGNS = str.maketrans(
    {"<": " moins de ", ">": " plus de ", "≥": " au moins ", "≤": " au plus ", "+": " plus "}
)
_SAINTS = {"st": "saint", "ste": "sainte"}


@lru_cache(maxsize=65536)
def normalise(text: str) -> str:
    """Lower case, no accents, ligatures spelled out, one space for all that is neither letter nor digit."""
    text = text.translate(_SIGNS)
    if not text.isascii():
        # Compatibility forms too: `1ᵉʳ`, `m²` and full-width letters read as they look.
        decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
        text = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _NOT_A_WORD.sub(" ", text.lower()).strip()


def expand_saint(norm: str) -> str:
    """A normalised label with the words `st` and `ste` written in full."""
    return " ".join(_SAINTS.get(word, word) for word in norm.split())

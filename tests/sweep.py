"""How many cases a long trial draws in; how many of them this run tries out.

Every run tries the same first quarter of them; `make sweep` (JALONS_SWEEP=entier) tries them all.
"""

from __future__ import annotations

import os

IS_WHOLE = os.environ.get("JALONS_SWEEP") == "entier"


def pick(count: int) -> int:
    """All of the cases, or the first quarter of them."""
    return count if IS_WHOLE else -(-count // 4)

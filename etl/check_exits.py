"""Known figures in; exits by a motive or a category that the convention does not have, out."""

from __future__ import annotations

from collections.abc import Iterator

from etl.check_known import NAMES, Hit, Known

EXIT_NAMES = NAMES | {"axe", "part"}
# A measure that can be split by both counts exits: refusals have motives of their own, job seekers other categories.
_EXITS = frozenset({"motif", "categorie"})


def find_foreign_exits(known: Known) -> Iterator[Hit]:
    """Figures of a motive or a category of exit that the convention does not list."""
    if known.convention is None or not known.convention.exits:
        return
    own = {
        "motif": frozenset(known.convention.motifs),
        "categorie": frozenset(category.code for category in known.convention.exits),
    }
    for one in known.fresh:
        measure = known.measure(one)
        if one.is_context or measure is None or not measure.axes >= _EXITS:
            continue
        for axis, value in one.segment:
            if axis in own and value not in own[axis]:
                label = known.catalogue.axes[axis]
                part = {"axe": label.label.lower(), "part": label.values.get(value, value)}
                yield Hit(one, known.words(one, one) | part)

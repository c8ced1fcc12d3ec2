"""The invented paths in; the other annexes of a PLIE return (publics, interviews, recruitments) out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from random import Random

from conventions.catalogue import load_catalogue
from conventions.periods import Period
from demo.chance import draw_count, draw_part
from demo.counts import select
from demo.sheets import Book, Crosstab, Labels, tabulate, write_page
from demo.world import COMMUNES, END, Dossier

# The allocataires du RSA have their line in the main table.
PUBLICS = ("rsa_socle", "rsa_majore", "ass", "aah", "deld", "jeune_sans_qualification", "seniors", "rqth", "qpv",
           "monoparental", "justice")  # fmt: skip
RECRUITED, PROPOSED = 34.0, 0.115
Group = Callable[[Dossier], bool]


def _is_in(dossier: Dossier, public: str) -> bool:
    return public in dossier.publics


def _is(dossier: Dossier, field: str, value: str) -> bool:
    return bool(getattr(dossier.person, field) == value)


def list_groups() -> Mapping[Labels, Group]:
    """Every characteristic of the participants, in the words of the catalogue, and who has it."""
    axes = load_catalogue().axes
    groups: dict[Labels, Group] = {(axes["public"].values[code],): partial(_is_in, public=code) for code in PUBLICS}
    for axis, field in {"sexe": "sexe", "age": "age", "niveau_formation": "niveau"}.items():
        values = axes[axis].partitions[0]
        groups |= {(axes[axis].values[one],): partial(_is, field=field, value=one) for one in values}
    return groups


def write_publics(book: Book, dossiers: Sequence[Dossier], quarters: Sequence[Period]) -> None:
    """The sheet of publics: characteristics of the participants in rows, quarters above communes."""
    found = {quarter: select(dossiers, "participants", quarter) for quarter in quarters}

    def value(group: Group, key: tuple[Period, str]) -> int:
        return sum(group(one) and one.person.commune == key[1] for one in found[key[0]])

    columns: dict[Labels, tuple[Period, str]] = {
        (quarter.label, name): (quarter, code) for quarter in quarters for code, name in COMMUNES.items()
    }
    table = replace(tabulate(list_groups(), columns, value), corner=("Public",))
    write_page(book, "Publics", table, titles=["Participants en parcours, par public"], widths=(52, 14))


def count_entretiens(dossiers: Sequence[Dossier], quarter: Period, commune: str) -> int:
    """Interviews of a quarter: those of each path, spread evenly over its days."""
    total = 0
    for one in dossiers:
        if one.integration is None or one.person.commune != commune:
            continue
        end = min(one.sortie or END, END)
        held = max(0, (min(end, quarter.end) - max(one.integration, quarter.start)).days + 1)
        total += round(one.entretiens * held / ((end - one.integration).days + 1))
    return total


def write_entretiens(book: Book, dossiers: Sequence[Dossier], quarters: Sequence[Period]) -> None:
    """The sheet of interviews: communes × quarters."""
    rows: dict[Labels, str] = {(name,): code for code, name in COMMUNES.items()}
    columns: dict[Labels, Period] = {(quarter.label,): quarter for quarter in quarters}
    table = tabulate(rows, columns, lambda commune, quarter: count_entretiens(dossiers, quarter, commune))
    title = load_catalogue().measures["entretiens"].label
    write_page(book, "Entretiens", replace(table, corner=("Commune",)), titles=[title], widths=(32, 22))


def write_clauses(book: Book, quarters: Sequence[Period]) -> None:
    """The sheet of the structuring operations: recruitments of the whole, by quarter."""
    write_page(book, "Clauses", _tabulate_clauses(quarters), titles=["PLIE Pays de Martigues"], widths=(84, 22))


def _tabulate_clauses(quarters: Sequence[Period]) -> Crosstab:
    counts: dict[tuple[str, Period], int] = {}
    for quarter in quarters:
        # A quarter is drawn for itself: two editions of a workbook agree.
        random = Random(f"clauses-{quarter.code}")
        recruited = draw_count(random, RECRUITED)
        counts["recrutements_operations", quarter] = recruited
        counts["recrutements_operations_proposes", quarter] = draw_part(random, recruited, PROPOSED)
    labels = load_catalogue().measures
    rows: dict[Labels, str] = {(labels[code].label,): code for code in dict.fromkeys(code for code, _ in counts)}
    columns: dict[Labels, Period] = {(quarter.label,): quarter for quarter in quarters}
    return replace(tabulate(rows, columns, lambda code, quarter: counts[code, quarter]), corner=("Indicateur",))

"""What Rouen counted in; who its job seekers are, and how its contracts are followed up, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from conventions.catalogue import load_catalogue
from conventions.periods import Period
from demo.accompagnement_social import split_exactly
from demo.chance import draw_count, draw_part
from demo.sheets import Book, Crosstab, Labels, tabulate, write_page

PARTS: Mapping[str, Mapping[str, float]] = {
    "sexe": {"homme": 53, "femme": 47},
    "age": {"moins_25": 16, "25_49": 59, "50_plus": 25},
    "anciennete": {"moins_6_mois": 38, "6_11_mois": 18, "12_mois_plus": 44},
}
QPV, YOUNG = 0.31, 0.4
# Usual counts of a quarter; booklets that were due and stayed empty, by moment, on top of those filled.
FOLLOW_UP = {"pec_entretiens_sortie": 4.0, "pec_attestations": 7.0}
UNFILLED = (1.0, 2.0, 3.0)


def write_publics(book: Book, quarters: Sequence[Period], seekers: Sequence[int]) -> None:
    """Job seekers of categories A, B, C by public, sex, age and time since they came: values × last months."""
    axes = load_catalogue().axes
    columns: dict[Labels, int] = {(one.parts("mois")[-1].label,): rank for rank, one in enumerate(quarters)}
    rows: dict[Labels, list[int]] = {(axes["public"].values["qpv"],): []}
    for quarter, size in zip(quarters, seekers, strict=True):
        random = Random(f"rouen-publics-{quarter.code}-{size}")
        rows[axes["public"].values["qpv"],].append(draw_part(random, size, QPV))
        for axis, weights in PARTS.items():
            drawn = [weight * random.uniform(0.96, 1.04) for weight in weights.values()]
            for value, part in zip(weights, split_exactly(size, drawn), strict=True):
                rows.setdefault((axes[axis].values[value],), []).append(part)
    table = tabulate(rows, columns, lambda counts, rank: counts[rank])
    titles = ["Demandeurs d'emploi en fin de mois (DEFM), catégories A, B, C", "Ville de Rouen"]
    write_page(book, "DEFM par public", replace(table, corner=("Public",)), titles=titles, widths=(52, 16))


def write_follow_up(book: Book, quarters: Sequence[Period], actions: Sequence[int], filled: Crosstab) -> None:
    """Booklets that were due, then the interviews, certificates and actions for the young: lines × quarters."""
    random = Random(f"rouen-suivi-{quarters[0].code}-{actions[0]}")
    columns: dict[Labels, int] = {(quarter.label,): rank for rank, quarter in enumerate(quarters)}
    due: dict[Labels, list[int]] = {
        labels: [int(str(value)) + draw_count(random, empty) for value in values]
        for labels, values, empty in zip(filled.rows, filled.cells, UNFILLED, strict=True)
    }
    measures = load_catalogue().measures
    table = replace(tabulate(due, columns, lambda counts, rank: counts[rank]), corner=("Moment du livret",))
    titles = [f"{measures['pec_livrets_attendus'].label} – Ville de Rouen"]
    write_page(book, "Livrets attendus", table, titles=titles, widths=(40, 22))
    lines: dict[Labels, list[int]] = {
        (measures[code].label,): [draw_count(random, usual) for _ in quarters] for code, usual in FOLLOW_UP.items()
    }
    young = f"{measures['tousmobilises'].label}, jeunes"
    lines[young,] = [draw_part(random, size, YOUNG) for size in actions]
    table = replace(tabulate(lines, columns, lambda counts, rank: counts[rank]), corner=("Indicateur",))
    write_page(book, "Suivi", table, titles=["Ville de Rouen et CCAS – suivi"], widths=(62, 22))

"""The invented paths in; the annexes of a PLIE return (exits and refusals by motive, staff) out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.periods import Period
from demo.chance import pick_by_rank
from demo.counts import count_accompagnateurs, select
from demo.sheets import Book, Labels, tabulate, write_page
from demo.world import COMMUNES, Dossier

REFUS = ("refus_personne", "absence", "hors_criteres", "reorientation", "autre")
Name = Callable[[Dossier], str]


def name_motif(dossier: Dossier) -> str:
    """The motive of an exit, in the words of the convention; empty for those still in the path."""
    exits = {category.code: category for category in load_conventions()["plie-martigues"].exits}
    if not dossier.categorie:
        return ""
    return pick_by_rank(tuple(exits[dossier.categorie].motifs.values()), dossier.motif_rank)


def name_refus(dossier: Dossier) -> str:
    """The motive of a refusal to enter the path."""
    return pick_by_rank(list_refus(), dossier.refus_rank)


def list_refus() -> list[str]:
    """The motives of refusal, in the words of the catalogue."""
    return [load_catalogue().axes["motif"].values[code] for code in REFUS]


def list_motifs() -> list[str]:
    """Every motive of exit of the convention, in its order."""
    exits = load_conventions()["plie-martigues"].exits
    return [label for category in exits for label in category.motifs.values()]


def write_motifs(book: Book, dossiers: Sequence[Dossier], quarters: Sequence[Period]) -> None:
    """The sheet of exits: motives in rows, quarters above communes."""
    _write_reasons(book, "Sorties par motif", list_motifs(), quarters, (dossiers, "sorties", name_motif))


def write_refus(book: Book, dossiers: Sequence[Dossier], quarters: Sequence[Period]) -> None:
    """The sheet of refusals: motives in rows, quarters above communes."""
    _write_reasons(
        book, "Refus d'intégration", list_refus(), quarters, (dossiers, "refus_integration", name_refus)
    )


def _write_reasons(
    book: Book,
    title: str,
    labels: Sequence[str],
    quarters: Sequence[Period],
    counted: tuple[Sequence[Dossier], str, Name],
) -> None:
    dossiers, question, name = counted
    found = {quarter: select(dossiers, question, quarter) for quarter in quarters}
    columns: dict[Labels, tuple[Period, str]] = {
        (quarter.label, commune): (quarter, code)
        for quarter in quarters
        for code, commune in COMMUNES.items()
    }

    def value(label: str, key: tuple[Period, str]) -> int:
        return sum(name(dossier) == label and dossier.person.commune == key[1] for dossier in found[key[0]])

    table = tabulate({(label,): label for label in labels}, columns, value)
    write_page(book, title, replace(table, corner=("Motif",)), titles=[title], widths=(52, 14))


def write_moyens(book: Book, dossiers: Sequence[Dossier], quarters: Sequence[Period]) -> None:
    """The sheet of staff: full-time equivalents for the whole PLIE, by quarter."""
    columns: dict[Labels, Period] = {(quarter.label,): quarter for quarter in quarters}
    table = tabulate({("PLIE Pays de Martigues",): dossiers}, columns, count_accompagnateurs)
    table = replace(table, corner=("Territoire",))
    write_page(book, "Moyens", table, titles=["Accompagnateurs-emploi (ETP)"], widths=(32, 22))

"""The grids and the findings of a file from which nothing was read in; why, in one French sentence, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from etl.address import parse_range
from etl.report import BLOCKING, Finding
from etl.workbook import Workbook

_ADVICE = "Voyez les constats, ou partez du modèle vierge de la convention."
# Why numbers were left out, by the code of the finding that says so.
_REASONS = {
    "libelle_inconnu": "leurs intitulés ne sont pas compris",
    "libelles_inconnus": "leurs intitulés ne sont pas compris",
    "libelle_ambigu": "leurs intitulés nomment plusieurs choses à la fois",
    "territoire_inconnu": "leur territoire n’est pas connu",
    "territoire_ambigu": "leur territoire peut se lire de plusieurs façons",
    "nombre_non_nomme": "il leur manque la mesure, le territoire ou la période",
    "libelles_contradictoires": "leurs intitulés se contredisent",
    "valeurs_contradictoires": "plusieurs valeurs portent le même nom",
    "ecarte_rate": "ce sont des taux, des parts ou des moyennes, que Jalons recalcule et ne charge jamais",
    "ecarte_objective": "ce sont des objectifs, non des réalisés",
    "ecarte_evolution": "ce sont des évolutions, que Jalons recalcule et ne charge jamais",
    "ecarte_cumul": "ce sont des cumuls, que Jalons recalcule à partir des périodes",
    "feuille_sans_compte": "aucun intitulé ne nomme de mesure, de territoire ni de période",
    "valeur_illisible": "un texte tient la place du nombre",
    "valeur_negative": "un compte ne peut pas être négatif",
    "valeur_non_entiere": "un compte est un entier",
    "valeur_demesuree": "ils sont démesurés",
    "pourcentage_pour_un_compte": "ce sont des pourcentages",
    "axe_inattendu": "leur mesure n’est pas suivie ainsi",
}


def explain_nothing(workbook: Workbook, findings: Sequence[Finding]) -> Finding:
    """The refusal: no sheet to see, no cell filled, no number, or numbers of which none is fully named."""
    shown = [sheet for sheet in workbook.sheets if not sheet.is_hidden]
    if not shown:
        message = "Toutes les feuilles du classeur sont masquées. Affichez dans le tableur celles qui sont à lire."
        return Finding(BLOCKING, "feuilles_masquees", message)
    if not any(value not in (None, "") for sheet in shown for row in sheet.rows for value in row):
        message = "Le classeur ne contient que des cellules vides. Déposez celui qui est rempli."
        return Finding(BLOCKING, "cellules_vides", message)
    counts = _count_causes(findings)
    if not counts:
        message = f"Aucun nombre n’a été trouvé sous des intitulés : il n’y a pas de tableau à lire. {_ADVICE}"
        return Finding(BLOCKING, "aucun_chiffre", message)
    told = " ; ".join(f"{count} ({reason})" for reason, count in counts.most_common(3))
    message = f"Aucun chiffre n’a pu être lu. Nombres écartés : {told}. {_ADVICE}"
    return Finding(BLOCKING, "aucun_chiffre", message)


def _count_causes(findings: Sequence[Finding]) -> Counter[str]:
    """How many numbers were left out, by reason, as the areas of the findings tell."""
    counts: Counter[str] = Counter()
    for finding in findings:
        if finding.code in _REASONS:
            counts[_REASONS[finding.code]] += sum(_count_cells(area) for _, area in finding.areas)
    return +counts


def _count_cells(area: str) -> int:
    top, left, bottom, right = parse_range(area) or (0, 0, -1, -1)
    return (bottom - top + 1) * (right - left + 1)

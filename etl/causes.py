"""A number that is no observation in; why, and what to do about it, in French, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from conventions.catalogue import Catalogue
from conventions.person_names import may_name_someone
from conventions.values import Measure
from etl.address import Spot, cell_name, column_name, cover
from etl.cells import TEXT
from etl.labels import AMBIGUOUS_PLACE, UNKNOWN_PLACE, Label
from etl.lessons import lesson_key
from etl.mend import MANY_UNKNOWN
from etl.naming import Named
from etl.report import INFORMATION, WARNING, Finding, areas_of, name_areas

_FRACTIONAL = frozenset({"ETP", "jours", "euros"})
_ASIDE = {
    "rate": "taux ou part : recalculé par Jalons, jamais chargé",
    "objective": "objectif : ce n’est pas un réalisé",
    "evolution": "évolution : recalculée, jamais chargée",
    "cumul": "cumul : recalculé à partir des périodes",
    "reminder": "rappel d’une autre période",
    "note": "note",
    "unread": "libellé à ne pas lire, selon une réponse enregistrée",
    "remark": "nombre dans une colonne de texte",
}
_EXPECTED = "Attendu : une mesure, un territoire, une période ou un découpage. Précisez l’intitulé."
_ASKED = "Dites ce qu’il compte en répondant à la question."
_QUOTED = 120
# No count of a partnership comes near it; neither infinity nor what is no number is below it.
TOO_LARGE = 1e9
_ARTICLES = {"mesure": "la mesure", "territoire": "le territoire", "période": "la période"}


@dataclass(frozen=True)
class Cause:
    """Why numbers are left out: those of one cause make one finding, at the label to mend if there is one."""

    code: str
    reason: str
    advice: str = ""
    severity: str = WARNING
    spot: tuple[int, int] | None = None
    column: int | None = None


def find_cause(named: Named, catalogue: Catalogue, asked: Collection[str] = ()) -> Cause | None:
    """Why a number is not a count to load; None when it is one. `asked` are the labels that a question is about."""
    if named.kind is not None:
        return Cause(f"ecarte_{named.kind}", _ASIDE.get(named.kind, named.kind), severity=INFORMATION)
    if named.cell.kind == TEXT:
        # What stands there is not repeated: it could name someone.
        advice = "Écrivez un nombre, ou « n.d. » s’il n’est pas connu."
        return Cause("valeur_illisible", "un texte tient la place d’un nombre", advice, column=named.spot[1])
    if named.problem is not None:
        return _blame_label(named.problem, is_asked=lesson_key(named.problem.text) in asked)
    if named.conflict:
        advice = "Vérifiez les intitulés de la ligne et de la colonne."
        return Cause("libelles_contradictoires", named.conflict, advice)
    if named.missing:
        reason = f"il manque {' et '.join(_ARTICLES[axis] for axis in named.missing)}"
        advice = "Attendu dans l’intitulé de ligne ou de colonne, le titre ou le nom de la feuille."
        return Cause("nombre_non_nomme", reason, advice, column=named.spot[1])
    return _refuse_value(named, catalogue.measures[named.measure or ""], catalogue)


def _blame_label(label: Label, *, is_asked: bool) -> Cause:
    how, text = label.reading.how, quote(label.text)
    if how in (UNKNOWN_PLACE, AMBIGUOUS_PLACE):
        advice = "Écrivez le code officiel (INSEE ou SIREN) ou le nom exact."
        if how == UNKNOWN_PLACE:
            reason = f"{text} ne correspond exactement à aucun territoire connu"
            return Cause("territoire_inconnu", reason, advice, spot=label.spot)
        return Cause("territoire_ambigu", f"{text} peut désigner plusieurs territoires", advice, spot=label.spot)
    if label.reading.has_conflict:
        advice = "Séparez-les en deux intitulés."
        return Cause("libelle_ambigu", f"{text} nomme plusieurs choses à la fois", advice, spot=label.spot)
    words = _shorten(" ".join(label.reading.rest) or label.text)
    unexplained = "" if may_name_someone(label.text) else f" (mots inexpliqués : {words})"
    reason = f"{text} n’est pas compris{unexplained}"
    return Cause("libelle_inconnu", reason, _ASKED if is_asked else _EXPECTED, spot=label.spot)


def quote(text: str) -> str:
    """A label between quotation marks, unless it may be the name of a person."""
    if may_name_someone(text):
        return "cet intitulé (non repris ici : il peut nommer une personne)"
    return f"« {_shorten(text)} »"


def _shorten(text: str) -> str:
    """A label as a sentence can quote it: a cell may hold 32,767 characters."""
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED].rstrip()}…"


def _refuse_value(named: Named, measure: Measure, catalogue: Catalogue) -> Cause | None:
    """Why a named number cannot be a count of its measure; None when it can."""
    for axis, _ in named.segment:
        if axis not in measure.axes:
            reason = f"« {measure.label} » n’est pas suivi par « {catalogue.axes[axis].label} »"
            advice = "Attendu : l’ensemble, ou un découpage que le catalogue prévoit. Corrigez l’intitulé."
            return Cause("axe_inattendu", reason, advice)
    number = named.cell.number
    if number is None:
        return None
    if named.cell.is_percent:
        reason = f"un pourcentage ne peut pas être « {measure.label} » ({measure.unit})"
        return Cause("pourcentage_pour_un_compte", reason, "Écrivez le compte ; Jalons calcule le pourcentage.")
    read = f"(lu : {named.cell.text})"
    if not abs(number) < TOO_LARGE:
        reason = f"« {measure.label} » ne peut pas atteindre cette valeur {read[:40]}"
        return Cause("valeur_demesuree", reason, "Corrigez le nombre, ou écrivez « n.d. » s’il n’est pas connu.")
    if number < 0:
        reason = f"« {measure.label} » ne peut pas être négatif {read}"
        return Cause("valeur_negative", reason, "Corrigez le nombre, ou écrivez « n.d. » s’il n’est pas connu.")
    if measure.unit not in _FRACTIONAL and not number.is_integer():
        reason = f"« {measure.label} » se compte en {measure.unit}, un entier est attendu {read}"
        advice = "Corrigez le nombre, ou nommez « taux » ou « moyenne » ce qui en est."
        return Cause("valeur_non_entiere", reason, advice)
    return None


def hush(causes: Mapping[Cause, list[Named]]) -> dict[Cause, list[Named]]:
    """Many row labels of one column that nobody understands make one cause, and are not repeated: they may be names
    of people."""
    columns: dict[int, list[Cause]] = defaultdict(list)
    for cause, cells in causes.items():
        if cause.code == "libelle_inconnu" and cause.spot and cause.spot[0] == cells[0].spot[0]:
            columns[cause.spot[1]].append(cause)
    hushed = {cause: cause for cause in causes}
    for column, many in columns.items():
        if len(many) > MANY_UNKNOWN:
            reason = f"{len(many)} intitulés de la colonne {column_name(column)} ne sont pas compris"
            one = Cause("libelles_inconnus", reason, "Précisez-les, ou ôtez ces lignes.", spot=many[0].spot)
            hushed |= dict.fromkeys(many, one)
    told: dict[Cause, list[Named]] = defaultdict(list)
    for cause, cells in causes.items():
        told[hushed[cause]] += cells
    return told


def explain(cause: Cause, cells: Sequence[Named], sheet: str) -> Finding:
    """One finding for all the numbers left out for one cause, with the addresses of all of them."""
    spots = [named.spot for named in cells]
    where = name_spots(spots)
    if cause.severity == INFORMATION:
        message = f"{len(cells)} cellule(s) écartée(s) ({where}), {cause.reason}."
    else:
        message = f"{len(cells)} nombre(s) non retenu(s) ({where}) : {cause.reason}. {cause.advice}".rstrip()
    first = cell_name(*(cause.spot or spots[0]))
    return Finding(cause.severity, cause.code, message, sheet, first, areas_of(sheet, spots))


def name_spots(spots: Iterable[Spot]) -> str:
    """The cells of one sheet, as a sentence names them."""
    return name_areas(cover(spots))

"""Why a count cannot be had by adding others up, in the sentences that a reader is told."""

from __future__ import annotations

from conventions.values import Axis

DISTINCT = (
    "Ce compte est celui de personnes différentes : la même peut revenir d’une période à l’autre, deux périodes "
    "ne s’additionnent pas. Il faut un compte fait sur toute la durée."
)
CUMUL = (
    "Un cumul repart de zéro chaque 1er janvier : deux années ne s’additionnent pas. Demandez chaque année à part, "
    "ou le compte lui-même."
)
PLACES = "Ce compte ne s’additionne pas d’un territoire à l’autre : il faut celui de l’ensemble."
SUPPLIED_PLACES = (
    "Cette valeur est fournie toute calculée, territoire par territoire : elles ne s’additionnent ni ne se moyennent. "
    "Il faut celle de l’ensemble, ou les comptes dont elle est faite."
)
SUPPLIED_PERIODS = (
    "Cette valeur est fournie toute calculée, période par période : elles ne s’additionnent ni ne se moyennent. "
    "Il faut celle de toute la durée, ou les comptes dont elle est faite."
)

CUMUL_BEFORE = (
    "Un cumul depuis le 1er janvier se compare au même moment de l’année d’avant, non à la période d’avant : ils "
    "n’ont pas la même durée."
)
LENGTHS = "Les deux durées ne sont pas égales : elles ne se comparent pas."
NO_PLACE = "Aucun territoire n’est connu aux deux dates, numérateur et dénominateur compris : rien ne se compare."
BREAK = "La série est rompue entre les deux dates, l’évolution n’est donnée que sur demande."


def tell_versions(day: str, changed: str) -> str:
    """Of a value counted over a change: each part has its own definition."""
    return f"La définition change le {day}, chaque partie est comptée par la sienne. {changed}"


def refuse_versions(day: str, changed: str) -> str:
    """Of what cannot be counted part by part."""
    return f"La définition change le {day}, ce chiffre ne se fait pas de deux parties : demandez-les à part. {changed}"


def refuse_groups(axis: Axis) -> str:
    """Of values that overlap: their sum would count someone twice."""
    return (
        f"Axe « {axis.label} » : une personne peut être dans plusieurs groupes, leur somme ne fait pas l’ensemble. "
        "Il faut le compte de l’ensemble."
    )


def refuse_zero(label: str) -> str:
    """Of a ratio to nothing."""
    return f"Le dénominateur (« {label} ») vaut 0 : un rapport à zéro n’est pas disponible, ce n’est pas 0."

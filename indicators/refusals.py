"""Why a figure has no value (a sum refused, a ratio to zero, a secret), in the sentences that a reader is told."""

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

NOT_CONCERNED = "Non concerné : le retour dit que ce compte n’a pas lieu d’être ici. Ce n’est ni zéro, ni un manque."
OUTSIDE = "Cette période est hors de la durée de la convention : rien n’y est attendu."
SECRET_RECEIVED = "Secret : le fichier reçu tient lui-même ce compte, ou l’un de ceux dont il est fait, secret."
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


def hide_small(threshold: int) -> str:
    """Of a count: which of the two it is would already say something."""
    return f"Secret : effectif de 1 à {threshold - 1}, ou masqué pour qu’on ne puisse pas le déduire des autres."


def hide_table(coarser: str) -> str:
    """Of a count in a table that is not shown."""
    return f"Secret : plus de la moitié des chiffres de ce tableau seraient masqués. Lisez {coarser}."


def refuse_groups(axis: Axis) -> str:
    """Of values that overlap: their sum would count someone twice."""
    return (
        f"Axe « {axis.label} » : une personne peut être dans plusieurs groupes, leur somme ne fait pas l’ensemble. "
        "Il faut le compte de l’ensemble."
    )


def refuse_split(axis: Axis) -> str:
    """Of a figure asked of a group, by an axis that one of its counts does not carry, or already fixes."""
    return f"Axe « {axis.label} » : ce chiffre ne se compte pas par groupe de cet axe."


def refuse_group(label: str, group: str) -> str:
    """Of a count that no return gives of the group asked for."""
    return f"Aucun retour ne compte « {label} » pour ce groupe ({group})."


def refuse_source(label: str, source: str) -> str:
    """Of a count that the source asked for does not give: a ratio takes both its counts from one source."""
    return f"La source {source} ne compte pas « {label} », et deux sources ne se mêlent pas."


def refuse_zero(label: str) -> str:
    """Of a ratio to nothing."""
    return f"Le dénominateur (« {label} ») vaut 0 : un rapport à zéro n’est pas disponible, ce n’est pas 0."

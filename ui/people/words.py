"""The people of a span in; the title of their page, and in words what overlaps and what makes a whole, out."""

from __future__ import annotations

from html import escape

from conventions.catalogue import Catalogue
from conventions.values import Level
from ui.french import (
    FIXED,
    THIN,
    count_points,
    join_words,
    lower_first,
    write_count,
    write_date,
    write_percent,
    write_quantity,
)
from ui.heatmap import FEW
from ui.people.reading import Part, People, sort_readings
from ui.places import list_places, lower_label
from ui.wording import write_counts


def find_named(people: People) -> Part | None:
    """The public of the title: that which has an objective, else the largest."""
    known = [one for one in sort_readings(people) if one.figure.value is not None]
    return known[0] if known else None


def write_title(people: People) -> str:
    """« Allocataires du RSA : 62 % (144/231), 2 points au-dessus de l’objectif de 60 % », of the field of the page."""
    return people.field.write_title(_write_finding(people))


def _write_finding(people: People) -> str:
    part = find_named(people)
    if part is None or part.figure.value is None:
        return "Les publics ne peuvent pas être lus pour cette période"
    text = f"{part.label}{FIXED}: {write_percent(part.figure.value)} {write_counts(part.figure)}"
    if part.reading is None:
        known = sum(one.figure.value is not None for one in people.publics)
        return f"{text}, le public le plus nombreux" if known > 1 else text
    agreed = part.reading.objective.value
    points = count_points(part.figure.value, agreed)
    named = f"l’objectif de {write_percent(agreed)}"
    if not points:
        return f"{text}, juste {named}"
    side = "au-dessus" if points > 0 else "au-dessous"
    return f"{text}, {write_quantity(abs(points), 'point', 'points')} {side} de {named}"


def write_lead(people: People, catalogue: Catalogue) -> str:
    """Of whom the shares are, on which day when they are counted at the end, and that they overlap (HTML)."""
    whole, measure = people.whole, catalogue.measures[people.convention.publics]
    size = f"<b>{write_count(whole.value)}</b> " if whole and whole.value else ""
    day = f" au {write_date(people.span.periods[-1].end)}" if measure.kind == "stock" else ""
    return (
        f"Chaque part est rapportée au même effectif{FIXED}: {size}{escape(lower_first(people.count.label))}{day}. Une "
        f"personne peut relever de plusieurs publics\u00a0: <b>ces parts se recoupent et ne font pas 100{FIXED}%</b>."
        f"{_say_aside(people)}"
    )


def _say_aside(people: People) -> str:
    """That nothing agreed of the whole convention is compared with one place."""
    codes = {part.indicator.code for part in people.publics}
    is_agreed = any(one.indicator in codes for one in people.convention.objectives)
    if not is_agreed or not people.field.is_part:
        return ""
    return " L’objectif convenu se juge sur toute la convention."


def write_places_title(people: People, level: Level) -> str:
    """« Allocataires du RSA : de 61 % (Martigues) à 66 % (Saint-Mitre) », of places of twenty people at least."""
    named = find_named(people)
    own = people.by_place.get(named.code, {}) if named is not None else {}
    names = {place.code: place.name for place in list_places(people.convention, level)}
    known = sorted((one.value, code) for code, one in own.items() if code in names and one.value is not None
                   and (one.denominator or 0) >= FEW)  # fmt: skip
    if named is None or len(known) < 2:
        return f"Les publics par territoire{FIXED}: {lower_label(level)}"
    (low, first), (high, last) = known[0], known[-1]
    if write_percent(low) == write_percent(high):
        return f"{named.label}{FIXED}: {write_percent(low)} partout"
    return f"{named.label}{FIXED}: de {write_percent(low)} ({names[first]}) à {write_percent(high)} ({names[last]})"


def list_rules(people: People, catalogue: Catalogue) -> list[str]:
    """What overlaps, what makes a whole, and what is not received (HTML sentences)."""
    said = [
        "<b>Se recoupent</b>\u00a0: les publics. Chacun se lit seul, rapporté à tout l’effectif "
        f"(le fond de la barre){THIN}; leur somme n’a pas de sens."
    ]
    if people.partitions:
        counted = [(catalogue.axes[axis].label, len(own)) for axis, own in people.partitions.items()]
        named = [f"{lower_first(label)} ({count} groupes)" for label, count in counted]
        said.append(
            f"<b>Font un tout</b>\u00a0: {escape(join_words(named))}. Chacun est dans un groupe et un seul{THIN}; "
            f"leurs parts font 100{FIXED}%, aux arrondis près."
        )
    if not people.crossed and {"age", "sexe"} <= people.partitions.keys():
        said.append("Aucun retour ne croise l’âge et le sexe\u00a0: les deux se lisent l’un après l’autre.")
    lacking = [
        catalogue.axes[axis].label.lower()
        for axis in ("sexe", "age", "niveau_formation")
        if axis not in people.partitions and axis in catalogue.measures[people.convention.publics].axes
    ]
    if people.breaks:
        said.append(f"<b>{people.span.year - 1} ne se compare pas</b>\u00a0: {escape(' '.join(people.breaks))}")
    if lacking:
        said.append(f"<b>Non reçus</b> pour cette période\u00a0: {escape(join_words(lacking))}.")
    return said

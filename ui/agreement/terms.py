"""A convention in; the tables of what it agreed (parties, objectives, avenants, limits, data kept) out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from conventions.catalogue import Catalogue
from conventions.periods import parse_period
from conventions.values import Amendment, Convention, Limit, Objective, RetentionRule
from indicators.commitments import CommitmentReading
from indicators.values import Figure
from ui.citation import write_article
from ui.french import FIXED, MISSING, lower_first, write_count, write_date, write_short_period
from ui.tables import Column, Row, note, render_table
from ui.wording import figure_html, name_source, write_value

SIGNS = {">=": "≥", "<=": "≤"}
CADENCES = {"annee": "annuel", "semestre": "semestriel", "trimestre": "trimestriel", "mois": "mensuel"}
_WHAT = {
    "parcours": "Parcours",
    "listes_nominatives": "Listes nominatives reçues",
    "donnees_personnelles": "Données personnelles",
}
_AFTER = {
    "debut_parcours": "après le début du parcours",
    "fin_parcours": "après la fin du parcours",
    "fin_convention": "après la fin de la convention",
    "reception": "après la réception",
}


def render_parties(convention: Convention) -> str:
    """Who agreed, where, until when, and who signs the bilan."""
    end = write_date(convention.end)
    if convention.first_end is not None:
        end += f" (d’abord {write_date(convention.first_end)}, puis avenant)"
    lines = {
        "Partenaires": "<br>".join(escape(one) for one in convention.partners),
        "Territoire": escape(f"{convention.territory.name}, {_count_places(convention)}"),
        "Durée": f"du {write_date(convention.start)} au {end}",
        "Rythme des retours": CADENCES[convention.cadence],
        "Bilan": escape(convention.bilan),
        "Avenants": "voir ci-contre" if convention.amendments else "aucun",
        "Qui signe": "<br>".join(escape(one) for one in convention.signatories),
        "Secret": f"effectifs de 1 à {convention.secrecy_threshold - 1} masqués pour le comité"
        if convention.secrecy_threshold > 1
        else "aucun effectif masqué",
        "Parcours individuels": "admis, sous pseudonyme" if convention.is_paths_allowed else "refusés",
    }
    rows = [Row([label, text]) for label, text in lines.items()]
    columns = [Column("Objet"), Column("Ce qui est convenu")]
    return render_table(caption="Parties et durée", columns=columns, rows=rows, is_caption_hidden=True)


def _count_places(convention: Convention) -> str:
    counts = [(sum(place.kind == one.kind for place in convention.places), one.label) for one in convention.levels]
    return ", ".join(f"{write_count(count)}{FIXED}{lower_first(label)}" for count, label in counts)


def render_objectives(convention: Convention, catalogue: Catalogue) -> str:
    """Each objective with its value, its article, and the values that amendments gave it."""
    rows = [
        Row([
            note(escape(one.label), escape(one.note)),
            escape(catalogue.indicator(one.indicator).label),
            _write_values(one, catalogue),
            write_article(one.article),
            _write_validity(one),
        ])
        for one in convention.objectives
    ]  # fmt: skip
    columns = [Column("Objectif"), Column("Indicateur"), Column("Valeur", True), Column("Article"), Column("Vaut")]
    return render_table(caption="Objectifs", columns=columns, rows=rows, is_caption_hidden=True)


def _write_values(objective: Objective, catalogue: Catalogue) -> str:
    first = _write_agreed(objective, objective.value, objective.upper, catalogue)
    later = [
        f"puis {_write_agreed(objective, step.value, step.upper, catalogue)} dès le {write_date(step.day)}"
        for step in objective.steps
    ]
    return note(first, "<br>".join(later))


def _write_agreed(objective: Objective, value: float, upper: float | None, catalogue: Catalogue) -> str:
    indicator = catalogue.indicator(objective.indicator)
    marks = [
        write_value(one, indicator) if indicator.unit == "taux" else write_count(one)
        for one in (value, upper)
        if one is not None
    ]
    return " à ".join(marks) if upper is not None else f"{SIGNS[objective.direction]}{FIXED}{marks[0]}"


def _write_validity(objective: Objective) -> str:
    if objective.valid_from is None and objective.valid_until is None:
        return "chaque année"
    years = {day.year for day in (objective.valid_from, objective.valid_until) if day is not None}
    return " – ".join(str(year) for year in sorted(years))


def render_amendments(amendments: Sequence[Amendment]) -> str:
    """Each avenant: its date, its article, what it changes."""
    rows = [
        Row([
            note(f"Avenant n°{FIXED}{one.number}", escape(one.label)),
            write_date(one.day),
            write_article(one.article),
            f"terme porté au {write_date(one.end)}" if one.end is not None else "terme inchangé",
        ])
        for one in amendments
    ]  # fmt: skip
    columns = [Column("Avenant"), Column("Date"), Column("Article"), Column("Terme")]
    return render_table(caption="Avenants", columns=columns, rows=rows, is_caption_hidden=True)


def render_paths(readings: Sequence[CommitmentReading], convention: Convention, catalogue: Catalogue) -> str:
    """What is owed to each path: the figure that measures it, or that nothing received does."""
    rows = []
    for one in readings:
        commitment, figure = one.commitment, one.figure
        said = f'<span class="j-soft">{MISSING}, aucun retour ne le compte</span>'
        if figure is not None:
            said = figure_html(figure, catalogue.indicator(figure.indicator))
            said = note(said, escape(_name_figure(figure, catalogue)))
        who = ", ".join(name_source(code, convention) for code in commitment.parties)
        head = note(escape(commitment.label), escape(f"{who}, {write_article(commitment.article)}"))
        rows.append(Row([head, said, escape(commitment.note)]))
    columns = [Column("Dû à chaque parcours"), Column("Mesuré par"), Column("Lecture")]
    return render_table(caption="Engagements par parcours", columns=columns, rows=rows, is_caption_hidden=True)


def _name_figure(figure: Figure, catalogue: Catalogue) -> str:
    label = catalogue.indicator(figure.indicator).label
    return f"{label}, {write_short_period(parse_period(figure.period))}" if figure.period else label


def render_limits(limits: Sequence[Limit], retention: Sequence[RetentionRule]) -> str:
    """The bounds on a path, a contract or an act, then how long data are kept."""
    rows = [Row([escape(one.label), _write_limit(one), write_article(one.article)]) for one in limits]
    kept: dict[str, list[RetentionRule]] = {}
    for rule in retention:
        kept.setdefault(rule.what, []).append(rule)
    rows += [
        Row([f"Conservation{FIXED}: {_WHAT[what].lower()}", _write_rules(rules), write_article(rules[0].article)])
        for what, rules in kept.items()
    ]
    columns = [Column("Limite"), Column("Convenu"), Column("Article")]
    return render_table(caption="Limites et conservation", columns=columns, rows=rows, is_caption_hidden=True)


def _write_limit(limit: Limit) -> str:
    text = f"{SIGNS[limit.direction]}{FIXED}{write_count(limit.value)}{FIXED}{limit.unit}"
    if limit.extension is not None:
        text += f", puis {write_count(limit.extension)} de plus {escape(limit.condition)}"
    return text


def _write_rules(rules: Sequence[RetentionRule]) -> str:
    """Each duration on its line; of several, the first to come ends the keeping."""
    lines = "<br>".join(_write_rule(one) for one in rules)
    return note(lines, "à la première de ces échéances") if len(rules) > 1 else lines


def _write_rule(rule: RetentionRule) -> str:
    if rule.months is None:
        return note("aucune durée convenue", "l’administrateur en fixe une")
    return f"{rule.months}{FIXED}mois {_AFTER[rule.after]}"

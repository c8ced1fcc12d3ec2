"""The catalogue and the conventions in; `docs/glossaire.md`, what each count and each article means, out.

    python -m conventions.glossary
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from conventions.agreements import list_citations, load_conventions
from conventions.catalogue import Catalogue, load_catalogue
from conventions.reading import DATA
from conventions.values import Axis, Convention, Indicator, Measure, Term, Version

OUTPUT = DATA.parent / "docs" / "glossaire.md"
KINDS = {
    "flux": "flux : des événements, qui s’additionnent dans le temps et entre territoires",
    "stock": "stock : un effectif en fin de période, qui ne s’additionne pas dans le temps",
    "somme": "somme : gardée pour recalculer exactement une moyenne",
    "distinct": "personnes différentes : jamais additionnées d’une période à l’autre",
}
TIMES = {
    "periode": "sur la période",
    "cumul": "en cumul depuis le 1er janvier",
    "moyenne": "en moyenne sur les dates de la période",
}
INTRODUCTION = """# Glossaire

Ce que le tableau de bord compte et comment il le lit. Ce fichier est écrit à partir de `data/catalogue.toml`
et de `data/conventions/` par `python -m conventions.glossary` : corrigez les données, pas ce texte.

Un taux est toujours un rapport de sommes, donné avec son numérateur et son dénominateur. Un dénominateur nul
ou absent donne « n. d. » (non disponible), jamais 0 % ; un compte absent n’est pas un zéro."""


def render_glossary(catalogue: Catalogue, conventions: Mapping[str, Convention]) -> str:
    """The whole glossary as Markdown: indicators, measures, axes, then what each article is cited for."""
    parts = [
        INTRODUCTION,
        "## Indicateurs",
        *(_render_indicator(found, catalogue, conventions) for found in catalogue.indicators.values()),
        "## Mesures",
        *(_render_measure(measure, catalogue, conventions) for measure in catalogue.measures.values()),
        "## Axes",
        *(_render_axis(axis) for axis in catalogue.axes.values()),
        "## Articles",
        "\n".join(_render_articles(catalogue, conventions)),
    ]
    return "\n\n".join(parts) + "\n"


def _render_indicator(found: Indicator, catalogue: Catalogue, conventions: Mapping[str, Convention]) -> str:
    reading = _render_term(found.numerator, catalogue)
    if found.denominator is not None:
        reading += f" / {_render_term(found.denominator, catalogue)}"
    lines = [
        f"- Calcul : {reading}, {TIMES[found.time]}.",
        f"- Unité : {found.unit}. Articles : {', '.join(found.articles)}.",
    ]
    if found.provisional_months:
        lines.append(f"- Provisoire pendant {found.provisional_months} mois.")
    lines += _render_versions(found.versions, catalogue)
    lines += _render_users(found.code, conventions)
    return _render_entry(found.label, found.code, found.definition, lines)


def _render_term(term: Term, catalogue: Catalogue) -> str:
    parts = [catalogue.axes[axis].values.get(value, value) for axis, value in term.segment]
    parts += [f"de préférence {catalogue.axes[axis].values[value]}" for axis, value in term.prefer]
    label = f"« {catalogue.measures[term.measure].label} »"
    return f"{label} ({', '.join(parts)})" if parts else label


def _render_measure(measure: Measure, catalogue: Catalogue, conventions: Mapping[str, Convention]) -> str:
    lines = [
        f"- Nature : {KINDS[measure.kind]}.",
        f"- Unité : {measure.unit}. Articles : {', '.join(measure.articles)}.",
    ]
    if measure.axes:
        labels = (axis.label for code, axis in catalogue.axes.items() if code in measure.axes)
        lines.append(f"- Se découpe par : {', '.join(labels)}.")
    lines += _render_versions(measure.versions, catalogue)
    lines += _render_users(measure.code, conventions)
    return _render_entry(measure.label, measure.code, measure.definition, lines)


def _render_versions(versions: Iterable[Version], catalogue: Catalogue) -> Iterator[str]:
    """One line per change of definition."""
    for one in versions:
        terms = [_render_term(term, catalogue) for term in (one.numerator, one.denominator) if term is not None]
        reading = f" Calcul : {' / '.join(terms)}." if terms else ""
        yield f"- Depuis le {one.day:%d/%m/%Y} ({one.article}) : {one.definition}{reading} {one.changed}"


def _render_users(code: str, conventions: Mapping[str, Convention]) -> list[str]:
    users = [convention.label for convention in conventions.values() if code in convention.indicators]
    return [f"- Suivi par : {' ; '.join(users)}."] if users else []


def _render_entry(label: str, code: str, definition: str, lines: Iterable[str]) -> str:
    return "\n".join([f"### {label}", "", f"`{code}`. {definition}", "", *lines])


def _render_axis(axis: Axis) -> str:
    rows = [f"- `{code}` : {label}" for code, label in axis.values.items()]
    sums = [" + ".join(f"`{code}`" for code in partition) for partition in axis.partitions]
    if axis.is_open:
        rule = "Liste ouverte : une convention peut y ajouter ses valeurs, qui s’excluent."
    elif axis.partitions:
        rule = f"Font le tout : {' ; '.join(sums)}."
    else:
        rule = "Les valeurs se recoupent : leurs parts ne font pas 100 %."
    return "\n".join([f"### {axis.label}", "", f"`{axis.code}`. {rule}", *([""] if rows else []), *rows])


def _render_articles(catalogue: Catalogue, conventions: Mapping[str, Convention]) -> Iterator[str]:
    """One line per article, in order of convention, with what it is cited for."""
    cited: dict[str, list[str]] = defaultdict(list)
    for count in catalogue.counts:
        for article in count.articles:
            cited[article].append(count.label)
    for convention in conventions.values():
        for article, label in list_citations(convention):
            cited[article].append(label)
    titles = {convention.letter: convention.label for convention in conventions.values()}
    for letter in sorted({article[0] for article in cited}):
        yield f"### {letter} : {titles.get(letter, 'autre convention')}\n"
        for article in sorted(article for article in cited if article[0] == letter):
            yield f"- **{article}** : {' ; '.join(dict.fromkeys(cited[article]))}."
        yield ""


def write_glossary(path: Path = OUTPUT) -> None:
    """Write the glossary of the product's own data."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(render_glossary(load_catalogue(), load_conventions()), encoding="utf-8")


if __name__ == "__main__":
    write_glossary()

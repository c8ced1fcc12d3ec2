"""An entry in; its definition as people read it (formula, sources, sums, objectives, articles, spellings) out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from conventions.catalogue import Catalogue
from conventions.returns import list_suppliers
from conventions.values import Convention, Objective, Term, Version
from conventions.versions import list_versions
from indicators.rules import has_cohort, list_left_out
from ui.definitions.entries import Entry, list_articles, list_parts, name_article
from ui.definitions.link import link_definition
from ui.definitions.shown import list_pages
from ui.definitions.sums import find_kind, say_sums, say_time, say_unit
from ui.french import FIXED, join_words, set_typography, write_date
from ui.wording import name_source

MOST = 14
"""Spellings told at once; the rest is folded."""
Facts = list[tuple[str, str]]
"""Names and HTML."""


@dataclass(frozen=True)
class Shelf:
    """What a definition is written from: the catalogue, every entry, and the conventions in view."""

    catalogue: Catalogue
    entries: Mapping[str, Entry]
    focus: tuple[Convention, ...]

    def followers(self, entry: Entry) -> list[Convention]:
        """The conventions in view that follow a figure; all those that do when none in view does."""
        return [one for one in entry.conventions if one in self.focus] or list(entry.conventions)


def render_folded(entry: Entry, shelf: Shelf) -> str:
    """The name of a figure and what it counts in a sentence, which open on the rest."""
    head = f"<b>{escape(entry.indicator.label)}</b><span>{escape(_write_short(entry.indicator.definition))}</span>"
    return f'<details class="j-term"><summary>{head}</summary>{render_body(entry, shelf)}</details>'


def render_named(entry: Entry, shelf: Shelf) -> str:
    """A figure told under an earlier article: its name, which leads to its definition."""
    convention = shelf.focus[0].key if len(shelf.focus) == 1 else ""
    return f'<p class="j-term-again">{link_definition(entry.indicator.label, entry.code, convention)}</p>'


def _write_short(definition: str) -> str:
    """Its first sentence."""
    first, stop, _ = definition.partition(". ")
    return f"{first}." if stop else definition


def _list_terms(entry: Entry) -> list[Term]:
    return [one for one in (entry.indicator.numerator, entry.indicator.denominator) if one is not None]


def render_body(entry: Entry, shelf: Shelf) -> str:
    """The whole definition: what it says and how it is computed, then what must be known to use it."""
    facts = "".join(f"<div><dt>{escape(name)}</dt><dd>{said}</dd></div>" for name, said in _list_facts(entry, shelf))
    return (
        '<div class="j-term-body"><div>'
        f'<p class="j-proof-said">{escape(entry.indicator.definition)}</p>{_render_formula(entry, shelf)}'
        f"{_render_spellings(entry, shelf)}</div>"
        f'<dl class="j-proof-terms">{facts}</dl></div>'
    )


def _render_formula(entry: Entry, shelf: Shelf) -> str:
    if entry.measure is not None or entry.indicator.denominator is None:
        return ""
    convention = next(iter(shelf.followers(entry)), None)
    top, bottom = (_name_side(one, shelf, convention) for one in _list_terms(entry))
    left_out = list_left_out(entry.indicator, convention) if convention else ()
    less = f"<span>moins {escape(join_words([_name_term(one, shelf) for one in left_out]))}</span>" if left_out else ""
    return (
        f'<div class="j-proof-band j-formula"><div><span>Numérateur</span>{top}</div><i>sur</i>'
        f"<div><span>Dénominateur</span>{bottom}{less}</div></div>"
    )


def _name_side(term: Term, shelf: Shelf, convention: Convention | None) -> str:
    label = link_definition(_name_term(term, shelf), term.measure, convention.key if convention else "")
    wanted = [shelf.catalogue.axes[axis].values[value] for axis, value in term.prefer]
    better = f"<span>de préférence «{FIXED}{escape(join_words(wanted))}{FIXED}», si le retour le dit</span>"
    return f"<strong>{label}</strong>{better if wanted else ''}"


def _name_term(term: Term, shelf: Shelf) -> str:
    label = shelf.catalogue.measures[term.measure].label
    values = [shelf.catalogue.axes[axis].values.get(value, value) for axis, value in term.segment]
    return f"{label} ({join_words(values)})" if values else label


def _render_spellings(entry: Entry, shelf: Shelf) -> str:
    """What the columns of a workbook may say to be read as this count; a reading is made of its counts'."""
    title = "<h4>Ce que vos colonnes peuvent dire</h4>"
    if entry.measure is None:
        parts = join_words([link_definition(one.indicator.label, one.code) for one in list_parts(entry, shelf.entries)])
        said = f"Jalons lit ses comptes{FIXED}: {parts}. Un résultat déjà calculé est contrôlé, jamais additionné."
        return f'{title}<p class="j-small-say">{said}</p>'
    first = [f"«{FIXED}{escape(set_typography(one))}{FIXED}»" for one in (entry.indicator.label, *entry.spellings)]
    shown, rest = first[:MOST], first[MOST:]
    count = f"Et {len(rest)} autre{'s' if len(rest) > 1 else ''}"
    folded = f"<details><summary>{count}</summary><p>{', '.join(rest)}</p></details>" if rest else ""
    said = "Accents, majuscules et ponctuation ne comptent pas."
    return f'{title}<div class="j-small-say j-spellings"><p>{", ".join(shown)}. {said}</p>{folded}</div>'


def _list_facts(entry: Entry, shelf: Shelf) -> Facts:
    indicator, followers = entry.indicator, shelf.followers(entry)
    kind = find_kind(indicator, entry.measure, shelf.catalogue)
    unit = escape(f"{say_unit(indicator)}, {say_time(indicator, kind)}")
    provisional = f"pendant {indicator.provisional_months} mois, le chiffre peut encore changer"
    readings = _say_readings(entry, kind, followers, shelf)
    facts: Facts = [("Unité", unit), *_list_sums(entry, shelf), ("Lecture", readings)]
    facts += [("Provisoire", provisional)] if indicator.provisional_months else []
    facts += _list_by_convention(entry, followers)
    facts += [("Code", f'<span class="j-address">{escape(entry.code)}</span>')]
    return facts


def _list_sums(entry: Entry, shelf: Shelf) -> Facts:
    sums = say_sums(entry.indicator, entry.measure, shelf.catalogue)
    facts = [("S’additionne", escape(sums.allowed))] if sums.allowed else []
    refused = "<br>".join(escape(one) for one in sums.refused)
    return [*facts, *([("Ne s’additionne pas", refused)] if refused else [])]


def _say_readings(entry: Entry, kind: str, followers: Sequence[Convention], shelf: Shelf) -> str:
    """In events, in head counts, and for paths that are dated, in cohorts."""
    said = "effectif à une date" if kind == "stock" else "flux (ce qui arrive dans la période)"
    if not any(one.is_paths_allowed for one in followers) or not has_cohort(entry.indicator, shelf.catalogue):
        return said
    return f"{said}, ou cohorte (les personnes orientées dans la période, suivies jusqu’à ce jour)"


def _list_by_convention(entry: Entry, followers: Sequence[Convention]) -> Facts:
    facts: Facts = []
    articles = {one.key: own for one, own in list_articles(entry)}
    for one in followers:
        named = join_words([name_article(article) for article in articles[one.key]])
        said = [escape(named or "Aucun article ne le nomme"), f"Fourni par {escape(_say_sources(entry, one))}"]
        said += [escape(f"{own.label} ({name_article(own.article).lower()})") for own in _list_objectives(entry, one)]
        said += [_write_version(version) for version in list_versions(entry.indicator, one)]
        links = [_link(title, href) for title, href in list_pages(entry, one)]
        said += [f"Montré sur {join_words(links)}"] if links else []
        facts.append((one.label, "<br>".join(said)))
    return facts or [("Conventions", "Aucune ne le suit aujourd’hui.")]


def _link(title: str, href: str) -> str:
    return f'<a href="{escape(href, quote=True)}" target="_self">{escape(title)}</a>'


def _list_objectives(entry: Entry, convention: Convention) -> list[Objective]:
    return [one for one in convention.objectives if one.indicator == entry.code]


def _say_sources(entry: Entry, convention: Convention) -> str:
    """« PLIE et France Travail »: those who are asked for each count that it is made of."""
    told = []
    for term in _list_terms(entry):
        codes = list_suppliers(convention, term.measure) or tuple(one.code for one in convention.sources)
        known = entry.indicator.sources or codes
        told += [code for code in known if code in codes]
    return join_words([name_source(code, convention) for code in dict.fromkeys(told)])


def _write_version(version: Version) -> str:
    said = f"<b>Rupture au {write_date(version.day)}</b> ({escape(name_article(version.article).lower())})"
    return f"{said}{FIXED}: {escape(version.changed)} {escape(version.definition)}"

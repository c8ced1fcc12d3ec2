"""The figures of a bilan in; the lines of its tables, without those that secrecy would blank, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bilans.lines import close_groups, pair_lines
from bilans.subject import AXIS, TABLES, Subject
from bilans.values import Line
from indicators.values import Figure
from ui.french import write_count

Tables = dict[str, tuple[Line, ...]]
COARSER = {
    "detail": ("Détail", "Par territoire"),
    "places": ("Par territoire", "Indicateurs"),
    "periods": ("Par période", "Indicateurs"),
    "splits": ("Répartitions", "Indicateurs"),
}
"""The tables that secrecy may take away, as they are called, and those to read in their place."""


def make_tables(subject: Subject, figures: Mapping[str, Sequence[Figure]], span: str) -> Tables:
    """The lines of each table, each indicator closed by its total; « parts » have none."""
    names = [name.removesuffix(".now") for name in figures if name.endswith(".now")]
    lines = {
        name: _pair(subject, figures, name, span) for name in names if name in TABLES or name.startswith(AXIS)
    }
    whole, parts = lines["whole"], lines.get("parts", ())
    splits = [line for name in lines if name.startswith(AXIS) for line in lines[name]]
    is_cut = len(subject.scope.own_parts) > 1
    return {
        "whole": whole,
        "parts": parts,
        "places": close_groups(lines["places"], whole),
        "periods": close_groups(parts, whole if is_cut else ()),
        "detail": close_groups(lines["detail"], ()) if is_cut else (),
        "splits": tuple(one for one in splits if {one.now.state, one.before.state} != {"n.d."}),
    }


def _pair(
    subject: Subject, figures: Mapping[str, Sequence[Figure]], name: str, span: str
) -> tuple[Line, ...]:
    # What was given for the whole convention as such is in its whole figure already.
    root = subject.convention.territory.code
    now = [figure for figure in figures[f"{name}.now"] if figure.territory != root]
    return pair_lines(now, figures[f"{name}.before"], subject.terms, span=span)


def withdraw_secret(tables: Tables) -> tuple[Tables, tuple[str, ...]]:
    """A table that is mostly holes teaches nothing: the reader is sent to the coarser one."""
    kept, sentences = dict(tables), []
    for name, (label, coarser) in COARSER.items():
        told = [line for line in tables[name] if line.now.state != "n.d."]
        secret = sum(line.now.state == "secret" for line in told)
        if 2 * secret > len(told):
            kept[name] = ()
            share = f"{write_count(secret)} chiffres sur {write_count(len(told))} y seraient secrets"
            sentences.append(f"Le tableau « {label} » n’est pas donné : {share}. Lire « {coarser} ».")
    return kept, tuple(sentences)

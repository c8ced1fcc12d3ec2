"""What lacks, how fresh sources are, what was found and corrected in; the HTML tables that tell them out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from html import escape

from conventions.catalogue import load_catalogue
from conventions.periods import parse_period
from conventions.values import Convention
from etl.report import INFORMATION
from indicators.completeness import Completeness, Freshness
from indicators.lacks import Lack
from store.findings import FileFinding
from store.revisions import Revision
from ui.blocks import to_html
from ui.completeness import name_measures, name_owner, write_periods, write_share
from ui.deposit.findings import KINDS
from ui.french import MISSING, set_typography, upper_first, write_count, write_date, write_short_period
from ui.tables import Column, Row, note, render_table
from ui.wording import HOLES, name_place, name_source, tag

MOST_SPOTS = 4
RETURN = "Tout le retour"


def write_file(name: str) -> str:
    """The name of a file, which a line breaks after its underscores rather than inside a word (HTML)."""
    return escape(name).replace("_", "_<wbr>")


def render_lacks(lacks: Sequence[Lack], convention: Convention) -> str:
    """Who owes what, of which periods, since when."""
    columns = [
        Column("Qui le doit"), Column("Ce qui manque"), Column("Périodes"), Column("Attendu depuis le"),
        Column("Chiffres", is_number=True),
    ]  # fmt: skip
    rows = [
        Row([
            escape(name_owner(one.source, convention)),
            _write_what(one, convention),
            escape(write_periods(one.periods)),
            write_date(min(period.end for period in one.periods) + timedelta(days=1)), write_count(one.count),
        ])
        for one in lacks
    ]  # fmt: skip
    return render_table(caption="Chiffres attendus et non reçus", columns=columns, rows=rows, is_caption_hidden=True)


def _write_what(lack: Lack, convention: Convention) -> str:
    what = name_measures(lack.measures) if lack.measures else "tous les chiffres"
    place = name_place(lack.territory, convention) if lack.territory else ""
    head = RETURN if lack.is_return else place or what
    under = [what] if place else []
    under += ["jamais reçu jusqu’ici"] if lack.is_constant else []
    under += [f"dit « {MISSING} » dans le retour"] if lack.is_denied else []
    return note(f"<b>{escape(upper_first(head))}</b>", escape(", ".join(under)))


def render_sources(completeness: Completeness, convention: Convention) -> str:
    """A line a source: what it gave last, when, and how much of what it owes."""
    columns = [
        Column("Source"), Column("Dernière période"), Column("Dernier dépôt"),
        Column("Reçus / attendus", is_number=True),
    ]  # fmt: skip
    rows = [_source_row(one, completeness.of(one.source), convention) for one in completeness.sources]
    return render_table(caption="Ce que chaque source a donné", columns=columns, rows=rows, is_caption_hidden=True)


def _source_row(fresh: Freshness, own: Completeness, convention: Convention) -> Row:
    counts = f"({write_count(own.received)}/{write_count(own.expected)})"
    return Row([
        escape(name_source(fresh.source, convention)),
        write_short_period(fresh.period) if fresh.period else '<span class="j-soft">aucune</span>',
        write_date(fresh.loaded_on) if fresh.loaded_on else '<span class="j-soft">aucun</span>',
        f"<b>{write_share(own)}</b> {counts}" if own.expected else '<span class="j-soft">rien demandé en propre</span>',
    ])  # fmt: skip


def group_open(findings: Sequence[FileFinding]) -> list[list[FileFinding]]:
    """Those that ask for something, one group a cause, the most frequent of the gravest first."""
    groups: dict[tuple[str, str], list[FileFinding]] = {}
    for one in findings:
        if one.severity != INFORMATION:
            groups.setdefault((one.severity, one.code), []).append(one)
    order = list(KINDS)
    return sorted(groups.values(), key=lambda group: (order.index(group[0].severity), -len(group)))


def render_findings(groups: Sequence[Sequence[FileFinding]]) -> str:
    """A line a cause: its gravity, its first words, and where it was found."""
    columns = [Column("Gravité"), Column("Constat"), Column("Où"), Column("Fois", is_number=True)]
    rows = [
        Row([
            tag(*KINDS[group[0].severity]), f"<span>{to_html(set_typography(group[0].message))}</span>",
            _write_spots(group), write_count(len(group)),
        ])
        for group in groups
    ]  # fmt: skip
    return render_table(caption="Constats ouverts, par cause", columns=columns, rows=rows, is_caption_hidden=True)


def _write_spots(group: Sequence[FileFinding]) -> str:
    spots = [
        note(f'<span class="j-file">{write_file(one.file)}</span>', f'<span class="j-address">{escape(address)}</span>')
        for one in group[:MOST_SPOTS]
        for address in ["!".join(part for part in (one.sheet, one.cell) if part)]
    ]
    rest = len(group) - MOST_SPOTS
    return "<br>".join([*spots, *([f'<span class="j-soft">et {write_count(rest)} autres</span>'] if rest > 0 else [])])


def render_revisions(revisions: Sequence[Revision], convention: Convention, *, has_values: bool) -> str:
    """What was published, then corrected; a committee sees that it was, not by how much."""
    columns = [
        Column("Chiffre"), Column("Source"), Column("Publié", is_number=True), Column("Corrigé", is_number=True),
        Column("Par le fichier"),
    ]  # fmt: skip
    rows = [
        Row([
            note(_name_figure(one), escape(_name_spot(one, convention))), escape(name_source(one.source, convention)),
            note(_write_side(one.before, one.state_before, is_shown=has_values), write_date(one.published_on)),
            note(_write_side(one.after, one.state_after, is_shown=has_values), write_date(one.corrected_on)),
            note(f'<span class="j-file">{write_file(one.file_after)}</span>',
                 f'<span class="j-address">{escape(f"{one.sheet}!{one.cell}")}</span>'),
        ])
        for one in revisions
    ]  # fmt: skip
    return render_table(caption="Chiffres publiés puis corrigés", columns=columns, rows=rows, is_caption_hidden=True)


def _name_figure(one: Revision) -> str:
    return escape(set_typography(load_catalogue().measures[one.measure].label))


def _name_spot(one: Revision, convention: Convention) -> str:
    axes = load_catalogue().axes
    parts = [axes[axis].values.get(value, value) for axis, value in one.segment]
    return ", ".join([name_place(one.territory, convention), write_short_period(parse_period(one.period)), *parts])


def _write_side(value: float | None, state: str, *, is_shown: bool) -> str:
    if not is_shown:
        return '<span class="j-soft">réservé</span>'
    return write_count(value) if value is not None else escape(HOLES.get(state, state))

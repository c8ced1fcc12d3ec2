"""A proof in; what changed since it was first received, and what a reader must know of it, as HTML out."""

from __future__ import annotations

from html import escape

from conventions.catalogue import Catalogue
from conventions.periods import parse_period
from indicators.cell_lines import Correction
from indicators.proof import Proof
from indicators.request import COMMITTEE
from ui.attention import tell_states
from ui.french import FIXED, THIN, write_date, write_short_period
from ui.proof.words import name_term, write_amount
from ui.wording import list_missing, name_place, name_source, tag, tag_state, write_counts, write_figure

MOST = 4


def write_changes(proof: Proof, catalogue: Catalogue) -> str:
    """Cell by cell, then the figure as published and as corrected."""
    title = '<h3 class="j-small">Ce qui a changé</h3>'
    if proof.question.request.audience == COMMITTEE:
        said = "Les valeurs remplacées ne sont montrées qu’aux producteurs des données."
        return f'{title}<p class="j-proof-said">{said}</p>'
    if not proof.corrections:
        return f'{title}<p class="j-proof-said">Rien{FIXED}: aucun dépôt n’a corrigé ces cellules.</p>'
    said = " ".join(_write_correction(one, proof, catalogue) for one in proof.corrections[:MOST])
    rest = len(proof.corrections) - MOST
    more = f" Et {rest} autre{'s' if rest > 1 else ''} cellule{'s' if rest > 1 else ''}." if rest > 0 else ""
    return f'{title}<p class="j-proof-said">{said}{more} {_write_published(proof, catalogue)}</p>'


def _write_correction(one: Correction, proof: Proof, catalogue: Catalogue) -> str:
    """« 21/10/2025 DE orientés vers le PLIE, Port-de-Bouc, T2 2025 : 43 → 46. »."""
    before, after = (_write_cell(cell.value, cell.state) for cell in (one.before, one.after))
    place = escape(name_place(one.after.territory, proof.convention))
    period = write_short_period(parse_period(one.after.period))
    label = escape(catalogue.indicator(one.after.measure).label)
    return f"<b>{write_date(one.after.loaded_on)}</b> {label}, {place}, {period}{FIXED}: {before} → {after}."


def _write_cell(value: float | None, state: str) -> str:
    return write_amount(value) if value is not None else escape(state)


def _write_published(proof: Proof, catalogue: Catalogue) -> str:
    """« Publié 67 % (195/291), corrigé 66 % (195/294). »."""
    indicator = catalogue.indicator(proof.figure.indicator)
    if proof.published is None:
        return ""
    old, new = (
        f"{write_figure(one, indicator)} {write_counts(one)}".strip() for one in (proof.published, proof.figure)
    )
    return f"Le chiffre était {old}, il est {new}."


def write_cautions(proof: Proof, catalogue: Catalogue) -> str:
    """Provisional, partial, shifted, masked, or between two sources: else that nothing is reserved."""
    state = _tell_state(proof, catalogue)
    notes = [state] if state else []
    if proof.figure.value is not None and proof.figure.reason:
        notes.append(escape(proof.figure.reason))
    if proof.figure.value is None and proof.figure.missing:
        notes.append(f"Il manque {escape(list_missing(proof.figure, proof.convention))}.")
    if proof.is_masked:
        low = proof.convention.secrecy_threshold - 1
        text = f"les effectifs de 1 à {low}, et ceux qui les diraient, ne sont pas montrés au comité."
        notes.append(f"{tag('secret')} {text}")
    open_gaps = [gap for gap in proof.gaps if gap.absolute and gap.retained is None]
    for gap in open_gaps:
        label = name_term(next(s.term for s in proof.sides if s.term.measure == gap.indicator), catalogue)
        source = name_source(gap.used.source, proof.convention)
        notes.append(
            f"{tag('à choisir', 'wait')} Les partenaires n’ont pas encore retenu de source pour "
            f"«{FIXED}{escape(label)}{FIXED}»{THIN}; {escape(source)}, la première de la convention, est utilisée."
        )
    said = "".join(f"<li>{note}</li>" for note in notes) or f"<li>{_say_nothing(proof)}</li>"
    return f'<h3 class="j-small">À savoir</h3><ul class="j-list j-plain">{said}</ul>'


def _say_nothing(proof: Proof) -> str:
    return "Chiffre complet et définitif." if proof.figure.value is not None else "Aucune valeur n’est donnée."


def _tell_state(proof: Proof, catalogue: Catalogue) -> str:
    """The state of the figure, and what it means for its reader."""
    figure = proof.figure
    if figure.state == "partiel":
        return f"{tag('partiel', 'wait')} Calculé sans {escape(list_missing(figure, proof.convention))}."
    if figure.state == "fourni":
        return f"{tag('fourni')} Donné tel quel par le retour{FIXED}: ni recalculé, ni additionné."
    found = tell_states([figure], proof.convention, catalogue)
    return f"{tag_state(figure)} {escape(found[0].text)}" if found else ""

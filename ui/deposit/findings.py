"""The findings of a file in; the card that tells them by cause with their addresses, the gravest first, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from etl.findings_sheet import sort_findings
from etl.report import BLOCKING, INFORMATION, WARNING, Finding, name_areas
from ui.blocks import show_block_title
from ui.deposit.copies import show_copy
from ui.deposit.reading import Deposit
from ui.french import FIXED, set_typography, write_number, write_small
from ui.wording import tag

KINDS = {
    BLOCKING: ("▼ À corriger", "bad"),
    WARNING: ("! À vérifier", "wait"),
    INFORMATION: ("i Information", ""),
}
FIRST = 8
# Addresses of one cause in a sentence, and lines unfolded below it: the annotated copy has them all.
IN_A_ROW, MOST = 6, 100


@dataclass(frozen=True)
class Cause:
    """Findings of one severity and one code, in the order of the file."""

    severity: str
    findings: tuple[Finding, ...]

    @property
    def is_one_sentence(self) -> bool:
        """Whether all of them say the same of different cells."""
        return len({one.message for one in self.findings}) == 1


def group_findings(findings: Sequence[Finding]) -> list[Cause]:
    """One cause each, the gravest first: what refuses the file, what must be checked, what is good to know."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for one in sort_findings(findings):
        groups.setdefault((one.severity, one.code), []).append(one)
    return [Cause(severity, tuple(group)) for (severity, _), group in groups.items()]


def write_findings_title(causes: Sequence[Cause]) -> str:
    """« Quatre constats », « Aucun constat »."""
    if not causes:
        return "Aucun constat"
    return f"{write_small(len(causes)).capitalize()} constat{'s' if len(causes) > 1 else ''}"


def show_findings(deposit: Deposit) -> None:
    """The first causes, the others folded, and the copy of the workbook with its cells marked."""
    causes = group_findings(deposit.report.findings)
    with st.container(key="carte-constats"):
        show_block_title(write_findings_title(causes))
        if not causes:
            st.html('<p class="j-say">Tout ce qui a été lu est nommé et cohérent.</p>')
            return
        st.html(render_causes(causes[:FIRST]))
        if len(causes) > FIRST:
            with st.expander(f"Voir les {len(causes) - FIRST} autres"):
                st.html(render_causes(causes[FIRST:]))
        show_copy(deposit)


def render_causes(causes: Sequence[Cause]) -> str:
    """One line a cause: what it asks, where, and in which words; its other cells unfold below."""
    items = "".join(f"<li>{tag(*KINDS[one.severity])}<div>{_write_cause(one)}</div></li>" for one in causes)
    return f'<ul class="j-list j-findings">{items}</ul>'


def _write_cause(cause: Cause) -> str:
    first, *others = cause.findings
    if not others:
        return _write_finding(first)
    if cause.is_one_sentence:
        spots = [_write_address(one) for one in cause.findings]
        rest = f" et {write_number(len(spots) - IN_A_ROW)}{FIXED}autres" if len(spots) > IN_A_ROW else ""
        return f"{', '.join(spots[:IN_A_ROW])}{rest}{FIXED}: {_write_message(first)}"
    lines = "".join(f"<li>{_write_finding(one)}</li>" for one in others[:MOST])
    more = len(others) - MOST
    if more > 0:
        lines += f"<li>{write_number(more)}{FIXED}autres sont dans le classeur annoté.</li>"
    label = "Voir l’autre" if len(others) == 1 else f"Voir les {write_number(len(others))} autres"
    return (
        f"{_write_finding(first)}<details><summary>{label} du même genre</summary>"
        f'<ul class="j-list j-plain">{lines}</ul></details>'
    )


def _write_finding(finding: Finding) -> str:
    address = _write_address(finding)
    return f"{address} {_write_message(finding)}" if address else _write_message(finding)


def _write_message(finding: Finding) -> str:
    return escape(set_typography(finding.message))


def _write_address(finding: Finding) -> str:
    """Where to go first, then the other cells concerned."""
    address = "!".join(part for part in (finding.sheet, finding.cell) if part)
    elsewhere = [area for sheet, area in finding.areas if (sheet, area) != (finding.sheet, finding.cell)]
    rest = f' <span class="j-soft">(cellules {escape(name_areas(elsewhere))})</span>' if elsewhere else ""
    return f'<span class="j-address">{escape(address)}</span>{rest}' if address else ""

"""The findings of a report in; the card that tells them with their addresses, the gravest first, out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from etl.report import BLOCKING, INFORMATION, WARNING, Finding
from ui.blocks import show_block_title
from ui.deposit.reading import Deposit
from ui.french import set_typography, write_small
from ui.wording import tag

KINDS = {
    BLOCKING: ("▼ À corriger", "bad"),
    WARNING: ("! À vérifier", "wait"),
    INFORMATION: ("i Information", ""),
}
FIRST = 8


def sort_findings(findings: Sequence[Finding]) -> list[Finding]:
    """What refuses the file, then what must be checked, then what is good to know; each in the order
    of the file."""
    order = list(KINDS)
    return sorted(findings, key=lambda finding: order.index(finding.severity))


def write_findings_title(findings: Sequence[Finding]) -> str:
    """« Quatre constats », « Aucun constat »."""
    if not findings:
        return "Aucun constat"
    return f"{write_small(len(findings)).capitalize()} constat{'s' if len(findings) > 1 else ''}"


def show_findings(deposit: Deposit) -> None:
    """The first findings, the others folded."""
    ordered = sort_findings(deposit.report.findings)
    with st.container(key="carte-constats"):
        show_block_title(write_findings_title(ordered))
        if not ordered:
            st.html('<p class="j-say">Tout ce qui a été lu est nommé et cohérent.</p>')
            return
        st.html(render_findings(ordered[:FIRST]))
        if len(ordered) > FIRST:
            with st.expander(f"Voir les {len(ordered) - FIRST} autres"):
                st.html(render_findings(ordered[FIRST:]))


def render_findings(findings: Sequence[Finding]) -> str:
    """One line a finding: what it asks, where, and in which words."""
    items = "".join(
        f"<li>{tag(*KINDS[one.severity])}<div>{_write_address(one)}{escape(set_typography(one.message))}</div></li>"
        for one in findings
    )
    return f'<ul class="j-list j-findings">{items}</ul>'


def _write_address(finding: Finding) -> str:
    address = "!".join(part for part in (finding.sheet, finding.cell) if part)
    return f'<span class="j-address">{escape(address)}</span> ' if address else ""

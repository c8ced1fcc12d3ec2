"""An edition in; the bytes of its workbook out: real numbers, native charts, nothing that can be run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from io import BytesIO

from xlsxwriter import Workbook

from bilans.sheets import drawings
from bilans.sheets.contributions import write_contributions
from bilans.sheets.drawings import has_drawings, write_drawings
from bilans.sheets.grid import Page
from bilans.sheets.looks import Styles
from bilans.sheets.notes import write_definitions, write_provenance, write_sources
from bilans.sheets.synthese import write_synthesis
from bilans.sheets.tables import write_detail, write_indicators, write_periods, write_places, write_splits
from bilans.values import Edition

SYNTHESIS = "Synthèse"
# Names that users type, and those of files, must never be read as formulas or links.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def list_sheets(edition: Edition) -> dict[str, Callable[[Page], None]]:
    """The sheets that follow the synthesis and the charts; a table without lines has none."""
    tables = {
        "Indicateurs": (write_indicators, edition.whole),
        "Par territoire": (write_places, edition.places),
        "Par période": (write_periods, edition.periods),
        "Répartitions": (write_splits, edition.splits),
        "Détail": (write_detail, edition.detail),
        "Contributions": (write_contributions, edition.contributions),
        "Sources": (write_sources, edition.definitions),
        "Définitions": (write_definitions, edition.definitions),
        "Provenance": (write_provenance, edition.definitions),
    }
    return {name: write for name, (write, lines) in tables.items() if lines}


def render_xlsx(edition: Edition) -> bytes:
    """The workbook of an edition; the same edition made on the same day gives the same bytes."""
    buffer = BytesIO()
    with Workbook(buffer, OPTIONS) as workbook:
        _describe(workbook, edition)
        styles = Styles(workbook)
        names = [SYNTHESIS, *([drawings.NAME] if has_drawings(edition) else []), *list_sheets(edition)]
        pages = {name: Page(workbook.add_worksheet(name), styles, edition) for name in names}
        drawn = write_drawings(pages[drawings.NAME], workbook) if drawings.NAME in pages else None
        write_synthesis(pages[SYNTHESIS], drawn)
        for name, write in list_sheets(edition).items():
            write(pages[name])
    return buffer.getvalue()


def _describe(workbook: Workbook, edition: Edition) -> None:
    header = edition.header
    workbook.set_size(2400, 1500)
    workbook.set_properties({
        "title": f"Bilan quantitatif {header.period}, {header.convention}",
        "subject": edition.title,
        "author": "Jalons",
        "category": header.status,
        "comments": f"Édition {edition.fingerprint}, établie par {header.author}.",
        "created": datetime.combine(header.made_on, time()),
    })  # fmt: skip

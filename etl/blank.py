"""A convention, a source and a period in; the blank return to fill, a workbook that loads back, out."""

from __future__ import annotations

import argparse
import io
import zipfile
from pathlib import Path

from xlsxwriter import Workbook

from conventions.agreements import load_conventions
from conventions.periods import Period, parse_period
from conventions.returns import list_measures
from conventions.values import Convention
from etl.asked import list_forms
from etl.blank_sheets import STYLES, Book, write_definitions, write_form

ACCEPTED, REFUSED = 0, 2
_CREATED = "<dcterms:created"


class BlankError(ValueError):
    """A blank return that cannot be made, as a French sentence with what was expected."""


def blank_name(convention: Convention, source: str, period: str) -> str:
    """The name of the file to download."""
    return f"retour_{source}_{convention.key}_{period}.xlsx"


def write_blank(convention: Convention, source: str, period: str) -> bytes:
    """The blank return of a source for a period; BlankError when the convention knows neither."""
    label, asked = _check(convention, source, period)
    title = f"{convention.label} – {asked.label}"
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        workbook.set_properties({"title": f"Retour à remplir, {title}", "subject": f"Source : {label}"})
        styles = {name: workbook.add_format(style) for name, style in STYLES.items()}
        book = Book(workbook, styles, f"Source : {label}", title, _write_period(asked))
        for rank, form in enumerate(list_forms(convention, source), start=1):
            write_form(book, form, f"Retour_{rank}")
        write_definitions(book, list_measures(convention, source))
    return _declare_language(buffer.getvalue())


def _write_period(period: Period) -> str:
    """The period as a label of its own: a bare year would be a number among numbers."""
    return f"année {period.label}" if period.grain == "annee" else period.label


def _check(convention: Convention, source: str, period: str) -> tuple[str, Period]:
    """The label of the source and the period."""
    labels = {one.code: one.label for one in convention.sources}
    if source not in labels:
        raise BlankError(
            f"La source « {source} » n’est pas une source de « {convention.label} ». "
            f"Attendu : {', '.join(labels)}."
        )
    try:
        asked = parse_period(period)
    except ValueError as error:
        raise BlankError(str(error)) from error
    if asked.end < convention.start or asked.start > convention.end:
        raise BlankError(
            f"« {asked.label} » est hors des années de la convention ({convention.start:%d/%m/%Y} au "
            f"{convention.end:%d/%m/%Y}). Donnez une période de ces années."
        )
    return labels[source], asked


def _declare_language(content: bytes) -> bytes:
    """The same workbook, its properties saying that it is in French: screen readers then speak it so."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "docProps/core.xml":
                text = data.decode().replace(_CREATED, f"<dc:language>fr-FR</dc:language>{_CREATED}", 1)
                data = text.encode()
            new.writestr(part, data)
    return buffer.getvalue()


def main_blank(parsed: argparse.Namespace) -> tuple[dict[str, str], int]:
    """The command `blank`: write the return of `convention`, `source` and `period` into the folder `out`."""
    conventions = load_conventions()
    if parsed.convention not in conventions:
        known = ", ".join(conventions)
        return {"erreur": f"La convention « {parsed.convention} » n’existe pas. Attendu : {known}."}, REFUSED
    convention = conventions[parsed.convention]
    try:
        content = write_blank(convention, parsed.source, parsed.period)
    except BlankError as error:
        return {"erreur": str(error)}, REFUSED
    folder = Path(parsed.out)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / blank_name(convention, parsed.source, parsed.period)
    path.write_bytes(content)
    return {"fichier": str(path)}, ACCEPTED

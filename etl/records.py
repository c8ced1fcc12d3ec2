"""A sheet with one row per path in; path records with keyed pseudonyms, and a finding for each cell not understood, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from conventions.text import normalise
from conventions.values import Convention
from conventions.vocabulary import Vocabulary
from etl.address import cell_name
from etl.cells import Raw, clean_text
from etl.places import PlaceReader
from etl.privacy import make_pseudonym
from etl.recognise import Lexicon
from etl.report import BLOCKING, INFORMATION, WARNING, Finding, PathRecord
from etl.workbook import Sheet

_HEADER_ROWS = 25
_DATES = ("date_orientation", "date_premier_contact", "date_diagnostic", "date_integration", "date_sortie")
_EXCEL_EPOCH = date(1899, 12, 30)
_SEGMENTS = ("motif", "sexe", "age", "niveau_formation", "prescripteur")


@dataclass(frozen=True)
class PathTable:
    """Where a table of paths stands: its header row, the field of each column, and the columns left out."""

    header: int
    fields: Mapping[int, str]
    left_out: tuple[int, ...]


@dataclass
class PathReading:
    """The records of one sheet and what was said of the rest."""

    records: list[PathRecord] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def find_path_table(sheet: Sheet, vocabulary: Vocabulary) -> PathTable | None:
    """Recognise a table of paths by its headers, in any order: an identifier or a date of a step, four fields at least."""
    for index, row in enumerate(sheet.rows[:_HEADER_ROWS]):
        texts = {
            c: normalise(value) for c, value in enumerate(row) if isinstance(value, str) and value.strip()
        }
        fields = {c: vocabulary.columns[text] for c, text in texts.items() if text in vocabulary.columns}
        dates = {name for name in fields.values() if name in _DATES}
        if len(set(fields.values())) >= 4 and dates and ("identifiant" in fields.values() or len(dates) > 1):
            return PathTable(index, fields, tuple(c for c in texts if c not in fields))
    return None


def read_paths(
    sheet: Sheet,
    table: PathTable,
    lexicon: Lexicon,
    vocabulary: Vocabulary,
    convention: Convention,
    key: bytes,
) -> PathReading:
    """Read the records of a table of paths; a row without identifier is left out and told."""
    reading = PathReading()
    repeated = _repeated(table)
    if "identifiant" not in table.fields.values() or repeated:
        what = (
            f"deux colonnes disent « {repeated} »" if repeated else "aucune colonne n’identifie les parcours"
        )
        message = f"Table de parcours refusée : {what}. Gardez une colonne et une seule (par exemple « N° dossier »)."
        reading.findings.append(
            Finding(BLOCKING, "colonnes_de_parcours", message, sheet.name, cell_name(table.header, 0))
        )
        return reading
    if table.left_out:
        cells = ", ".join(cell_name(table.header, c) for c in table.left_out)
        message = f"{len(table.left_out)} colonne(s) non prévue(s) par le catalogue, écartée(s) sans être lues : {cells}."
        reading.findings.append(
            Finding(
                INFORMATION,
                "colonnes_ecartees",
                message,
                sheet.name,
                cell_name(table.header, table.left_out[0]),
            )
        )
    rows = _RowReader(sheet, table, lexicon, vocabulary, convention, key)
    for index in range(table.header + 1, len(sheet.rows)):
        record = rows.read(index)
        if record is not None:
            reading.records.append(record)
    reading.findings += rows.explain()
    return reading


def _repeated(table: PathTable) -> str | None:
    names = list(table.fields.values())
    return next((name for name in names if names.count(name) > 1), None)


class _RowReader:
    """Reads rows one by one and gathers the cells that are not understood, by cause."""

    def __init__(
        self,
        sheet: Sheet,
        table: PathTable,
        lexicon: Lexicon,
        vocabulary: Vocabulary,
        convention: Convention,
        key: bytes,
    ) -> None:
        self._sheet, self._table, self._lexicon = sheet, table, lexicon
        self._vocabulary, self._convention, self._key = vocabulary, convention, key
        self._columns = {name: column for column, name in table.fields.items()}
        self._publics = {
            name.removeprefix("public."): c for name, c in self._columns.items() if name.startswith("public.")
        }
        self._places: PlaceReader = lexicon.places
        self._problems: dict[tuple[str, str], list[str]] = defaultdict(list)

    def read(self, index: int) -> PathRecord | None:
        row = self._sheet.rows[index]
        if all(value is None or value == "" for value in row):
            return None
        identifier = self._raw(row, "identifiant")
        if identifier in (None, ""):
            self._note("identifiant", "ligne sans identifiant, laissée de côté", index, "identifiant")
            return None
        dates = {name: self._date(row, name, index) for name in _DATES}
        self._check_order(dates, index)
        codes = {axis: self._segment(row, axis, index) for axis in _SEGMENTS}
        return PathRecord(
            pseudonym=make_pseudonym(identifier, self._key),
            territory=self._territory(row, index),
            agence=self._agence(row),
            publics=tuple(code for code, column in self._publics.items() if self._answer(row, column, index)),
            entretiens=self._entretiens(row, index),
            sheet=self._sheet.name,
            row=index + 1,
            **codes,  # type: ignore[arg-type]
            **dates,  # type: ignore[arg-type]
        )

    def _raw(self, row: Sequence[Raw], name: str) -> Raw:
        column = self._columns.get(name)
        return row[column] if column is not None and column < len(row) else None

    def _note(self, field_name: str, what: str, index: int, name: str) -> None:
        column = self._columns.get(name, 0)
        self._problems[field_name, what].append(cell_name(index, column))

    def _date(self, row: Sequence[Raw], name: str, index: int) -> date | None:
        value = self._raw(row, name)
        if value is None or value == "":
            return None
        day = parse_date(value)
        if day is None:
            self._note(name, "date illisible (attendu : jj/mm/aaaa)", index, name)
        return day

    def _check_order(self, dates: Mapping[str, date | None], index: int) -> None:
        known = [(name, day) for name in _DATES if (day := dates[name]) is not None]
        for (first, before), (second, after) in zip(known, known[1:], strict=False):
            if after < before:
                self._note(second, f"date antérieure à l’étape d’avant ({first})", index, second)

    def _segment(self, row: Sequence[Raw], axis: str, index: int) -> str | None:
        value = self._raw(row, axis)
        if value is None or value == "":
            return None
        code = self._vocabulary.value(axis, clean_text(str(value)))
        if code is None:
            self._note(axis, "valeur inconnue de la convention", index, axis)
        return code

    def _territory(self, row: Sequence[Raw], index: int) -> str:
        for name in ("code_commune", "commune"):
            value = self._raw(row, name)
            if value is not None and value != "":
                found = self._places.read(str(value), ("commune",))
                if found.code:
                    return found.code
                self._note(name, "territoire inconnu : parcours compté hors territoires", index, name)
        return ""

    def _agence(self, row: Sequence[Raw]) -> str | None:
        value = self._raw(row, "agence")
        return self._places.read_own(str(value)).code if value else None

    def _answer(self, row: Sequence[Raw], column: int, index: int) -> bool:
        value = row[column] if column < len(row) else None
        if value is None or value == "" or isinstance(value, bool):
            return bool(value)
        words = normalise(str(int(value)) if isinstance(value, float) else str(value))
        if words not in self._vocabulary.answers:
            self._problems["public", "réponse illisible (attendu : oui ou non)"].append(
                cell_name(index, column)
            )
        return self._vocabulary.answers.get(words, False)

    def _entretiens(self, row: Sequence[Raw], index: int) -> int | None:
        value = self._raw(row, "entretiens")
        if value is None or value == "":
            return None
        try:
            return int(float(str(value).replace(",", ".")))
        except ValueError:
            self._note("entretiens", "nombre illisible", index, "entretiens")
            return None

    def explain(self) -> list[Finding]:
        """One finding per cause, with its addresses; never the content of a cell."""
        findings = []
        for (name, what), cells in self._problems.items():
            shown = ", ".join(cells[:5]) + (f" et {len(cells) - 5} autres" if len(cells) > 5 else "")
            message = f"{len(cells)} cellule(s) de la colonne « {name} » : {what}. Cellules : {shown}."
            findings.append(Finding(WARNING, "cellule_de_parcours", message, self._sheet.name, cells[0]))
        return findings


def parse_date(value: Raw) -> date | None:
    """A date typed as a date, a French text, an ISO text or a spreadsheet's serial number; None when it is none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _EXCEL_EPOCH + timedelta(days=int(value)) if 20_000 <= value <= 80_000 else None
    text = clean_text(str(value)).replace(".", "/").replace("-", "/")
    for form in ("%d/%m/%Y", "%Y/%m/%d", "%d/%m/%y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None

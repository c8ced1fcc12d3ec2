"""A sheet in; the same without what names people, and what was set aside, out.

Nothing identifying goes further than this step: findings give the place and the kind of what they speak of, never
its content.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from conventions.personal_text import find_kinds, mask
from conventions.privacy_rules import load_privacy_rules
from conventions.text import normalise
from conventions.vocabulary import load_vocabulary
from etl.address import Spot, cell_name, column_name
from etl.cells import Raw
from etl.grid import Column, Grid
from etl.privacy_ages import find_ages
from etl.privacy_columns import judge_columns, may_be_released
from etl.privacy_headers import kind_of_header
from etl.privacy_people import NAMES
from etl.privacy_sample import HEADER_ROWS, IDENTIFYING, Verdict, read_header
from etl.records import find_path_table
from etl.report import INFORMATION, WARNING, Finding
from etl.workbook import Sheet

TO_CONFIRM = "colonne_a_confirmer"
_SHOWN = 5
_FIRST_TEXTS, _LONGEST_HEADER = 6, 5
_MANY_NAMES = 3
_STRICT = frozenset({"naissance", "nir", "identifiant_ft"})
_BESIDE_A_NAME = frozenset({"telephone", "adresse", "iban"})
_PLACES = frozenset({"code_commune", "commune", "agence", "prescripteur", "entretiens"})
_DIRECTORY = frozenset({"fonction", "fonctions", "qualite", "poste", "role", "metier"})
_FORM_KINDS = IDENTIFYING | {"nom_seul"}
Rows = Sequence[Sequence[Raw]]


@dataclass(frozen=True)
class Inspection:
    """A sheet without what names people; what was found in it, by kind; and whether it lists people.

    `is_list`: each row is about one person, whatever is counted beside. `is_only_names`: it holds many names; a table
    of counts may have them beside its figures, a sheet without figures is a list. `doubts` are the headers, with
    their cells, of columns set aside that an analyst may say to name nobody.
    """

    sheet: Sheet
    findings: tuple[Finding, ...] = ()
    kinds: frozenset[str] = frozenset()
    is_list: bool = False
    is_only_names: bool = False
    doubts: tuple[tuple[str, str], ...] = ()

    @property
    def labels(self) -> list[str]:
        """What was found, in French, each kind once."""
        rules = load_privacy_rules().kinds
        return list(dict.fromkeys(rules[code].label for code in rules if code in self.kinds))

    @property
    def cell(self) -> str | None:
        """Where what was found begins."""
        return self.findings[0].cell if self.findings else None


def inspect_sheet(sheet: Sheet, *, released: frozenset[str] = frozenset(), today: date | None = None) -> Inspection:
    """Blank the columns, the lines of forms and the pieces of text that name people.

    `released`: headers, normalised, of columns that an analyst said are not personal. They give back what was set
    aside for its content or for a weak header, never a number, an address or an account that is one.
    """
    unformed, form = _blank_forms(sheet)
    verdicts = judge_columns(unformed, released, today=today or date.today(), aside={r for r, _ in form})
    ages = find_ages(unformed, verdicts)
    findings = [_tell_form(sheet.name, form)] if form else []
    for c, verdict in sorted(verdicts.items()):
        findings.append(_tell(verdict, unformed.rows, sheet.name, is_age=ages is not None and ages[0] == c))
    clean = _blank_columns(unformed, verdicts, ages)
    if find_path_table(clean, load_vocabulary()) is None:
        # Of a table of paths, only the columns that the vocabulary knows are read, and none of their texts is repeated.
        clean, masked = _mask_texts(clean)
        findings += [_tell_masked(sheet.name, masked)] if masked else []
    kinds = frozenset(verdict.kind for verdict in verdicts.values()) | ({"nom"} if form else set())
    is_list = bool(form) or _is_list(verdicts, sheet.rows)
    is_only_names, doubts = _names_many(verdicts, sheet), _list_doubts(verdicts, unformed.rows)
    return Inspection(clean, tuple(findings), kinds, is_list, is_only_names, doubts)


def _list_doubts(verdicts: Mapping[int, Verdict], rows: Rows) -> tuple[tuple[str, str], ...]:
    """The headers to ask about, and where they stand; one that names someone is not repeated."""
    found = [
        (header, cell_name(*verdict.header))
        for _, verdict in sorted(verdicts.items())
        if verdict.header is not None and may_be_released(verdict) and (header := read_header(verdict, rows))
    ]
    return tuple((header, cell) for header, cell in found if not find_kinds(header))


def _blank_forms(sheet: Sheet) -> tuple[Sheet, list[Spot]]:
    """Empty what stands right of « Nom », « Né le », « Téléphone » where they stand one under the other."""
    lines: dict[int, list[tuple[int, str]]] = {}
    for r, row in enumerate(sheet.rows[:HEADER_ROWS]):
        for c, value in enumerate(row[:-1]):
            kind = kind_of_header(value) if isinstance(value, str) and value else None
            if kind not in _FORM_KINDS:
                continue
            beside = next((v for v in row[c + 1 :] if v not in (None, "")), None)
            if _is_answer(kind, beside):
                lines.setdefault(c, []).append((r, kind))
    found = {r: c for c, said in lines.items() if len({kind for _, kind in said}) > 1 for r, _ in said}
    if not found:
        return sheet, []
    rows = [
        [*row[: found[r] + 1], *([None] * (len(row) - found[r] - 1))] if r in found else row
        for r, row in enumerate(sheet.rows)
    ]
    return replace(sheet, rows=rows), sorted(found.items())


def _is_answer(kind: str, value: Raw) -> bool:
    """Whether what stands right of a label answers it: neither another header, nor a count under that label."""
    if isinstance(value, str):
        return kind_of_header(value) is None
    is_count = isinstance(value, int | float) and abs(value) < 100_000
    return value is not None and not (is_count and load_privacy_rules().kinds[kind].can_count)


def _blank_columns(sheet: Sheet, verdicts: Mapping[int, Verdict], ages: tuple[int, Column] | None) -> Sheet:
    """The sheet without the cells of these columns, from where each starts; age bands in place of births."""
    if not verdicts:
        return sheet
    columns = list(sheet.columns)
    for c, verdict in verdicts.items():
        columns[c] = columns[c].blank_from(verdict.start)
    if ages is not None:
        columns[ages[0]] = ages[1]
    return replace(sheet, rows=Grid(tuple(columns)))


def _mask_texts(sheet: Sheet) -> tuple[Sheet, list[tuple[int, int, str]]]:
    """Mask the personal data inside texts, each distinct text judged once."""
    columns = list(sheet.columns)
    spots: list[tuple[int, int, str]] = []
    for c, column in enumerate(columns):
        is_of_places = _is_of_places(column)
        safe = tuple(
            mask(value, is_of_places=is_of_places) if isinstance(value, str) else value for value in column.values
        )
        if safe != column.values:
            changed = [v if v != s else None for v, s in zip(column.values, safe, strict=True)]
            spots += [(r, c, str(changed[code])) for r, code in enumerate(column.codes.tolist()) if changed[code]]
            columns[c] = Column(safe, column.codes)
    return (replace(sheet, rows=Grid(tuple(columns))), sorted(spots)) if spots else (sheet, [])


def _is_of_places(column: Column) -> bool:
    """Whether one of the first texts of a column, its header then, announces places or structures."""
    others = load_privacy_rules().other_names
    first = [normalise(value).split() for value in column.values[:_FIRST_TEXTS] if isinstance(value, str)]
    return any(len(words) <= _LONGEST_HEADER and not others.isdisjoint(words) for words in first)


def _is_list(verdicts: Mapping[int, Verdict], rows: Rows) -> bool:
    """Whether the columns set aside make the sheet a list of people rather than a table with a name in it."""
    sure = {v.kind for v in verdicts.values() if not v.is_doubtful}
    kinds = {v.kind for v in verdicts.values()}
    headers = {row for v in verdicts.values() if v.header for row in [v.header[0]]}
    said = {normalise(value) for r in headers for value in rows[r] if isinstance(value, str)}
    if sure & _STRICT:
        return True
    words = {word for text in said for word in text.split()}
    if not kinds & NAMES or words & _DIRECTORY:
        return False
    columns = load_vocabulary().columns
    fields = {columns[text] for text in said if text in columns} - _PLACES
    return bool(kinds & _BESIDE_A_NAME) or "naissance" in kinds or len(fields) > 1


def _names_many(verdicts: Mapping[int, Verdict], sheet: Sheet) -> bool:
    """Whether a column of names holds at least three: fewer may be the contacts of a cover."""
    return any(
        int(sheet.columns[c].filled[verdict.start :].sum()) - (verdict.header == (verdict.start, c)) >= _MANY_NAMES
        for c, verdict in verdicts.items()
        if verdict.kind in NAMES
    )


def _tell(verdict: Verdict, rows: Rows, sheet: str, *, is_age: bool) -> Finding:
    label = load_privacy_rules().kinds[verdict.kind].label
    header = read_header(verdict, rows)
    named = f" (« {header} »)" if header and not find_kinds(header) else ""
    column = f"Colonne {column_name(verdict.column)}{named}"
    cell = cell_name(*(verdict.header or (verdict.start, verdict.column)))
    if is_age:
        message = f"{column} : la date n’est pas gardée, la tranche d’âge au début du parcours la remplace."
        return Finding(INFORMATION, "naissance_remplacee", message, sheet, cell)
    if verdict.kind == "texte_libre" and header and kind_of_header(header):
        message = f"{column} écartée : un texte libre peut nommer des personnes. Rien n’en est enregistré."
        return Finding(INFORMATION, "texte_libre_ecarte", message, sheet, cell)
    if verdict.is_doubtful:
        message = (
            f"{column} écartée par prudence : elle semble contenir des données personnelles ({label}). "
            "Rien n’en est enregistré. Si elle ne nomme personne, dites-le et elle sera lue."
        )
        return Finding(WARNING, TO_CONFIRM, message, sheet, cell)
    message = (
        f"{column} écartée avant toute lecture : elle contient des données personnelles ({label}). "
        "Rien n’en est enregistré."
    )
    return Finding(INFORMATION, "colonne_nominative_ecartee", message, sheet, cell)


def _tell_form(sheet: str, form: Sequence[Spot]) -> Finding:
    rows = ", ".join(str(r + 1) for r, _ in form[:_SHOWN])
    message = (
        f"Cette feuille est une fiche sur une personne (lignes {rows}) : ces lignes sont écartées. "
        "Rien n’en est enregistré."
    )
    return Finding(INFORMATION, "fiche_ecartee", message, sheet, cell_name(*form[0]))


def _tell_masked(sheet: str, masked: Sequence[tuple[int, int, str]]) -> Finding:
    cells = [cell_name(r, c) for r, c, _ in masked]
    kinds = dict.fromkeys(kind for *_, text in masked[:100] for kind in find_kinds(text))
    more = f" et {len(cells) - _SHOWN} autres" if len(cells) > _SHOWN else ""
    message = (
        f"Texte masqué dans {len(cells)} cellule(s) ({', '.join(cells[:_SHOWN])}{more}) : {', '.join(kinds)}. "
        "Le reste de la cellule est lu. Ôtez ces mentions avant de transmettre le fichier."
    )
    return Finding(INFORMATION, "texte_masque", message, sheet, cells[0])

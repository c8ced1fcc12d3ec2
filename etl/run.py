"""The whole journey of a workbook on one screen: bytes in, a report of all that was understood out."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from pathlib import PurePath

import pyarrow as pa

from conventions.agreements import load_conventions
from conventions.catalogue import Catalogue, load_catalogue
from conventions.periods import parse_period
from conventions.territories import load_gazetteer
from conventions.values import Convention
from conventions.vocabulary import Vocabulary, load_vocabulary
from etl.address import cell_name
from etl.causes import span
from etl.checks import History, no_history, run_checks
from etl.crosstab import BandReading, read_crosstab
from etl.guard import refuse_size, run_guarded
from etl.identify import settle
from etl.judge import judge_totals
from etl.moments import Moment
from etl.notes import describe_labels
from etl.observe import Sorted, check_totals, sort_numbers, withdraw_contradictions
from etl.outside import Context
from etl.places import PlaceReader
from etl.privacy import KeyRing, drop_personal_columns
from etl.rates import check_rates
from etl.reader import parse_workbook
from etl.recognise import Lexicon
from etl.records import PathTable, find_path_table, read_paths
from etl.report import (
    BLOCKING,
    INFORMATION,
    WARNING,
    Finding,
    LabelNote,
    Options,
    Report,
    SheetReport,
    no_paths,
)
from etl.wholes import set_wholes_aside
from etl.workbook import Sheet, UnreadableError, Workbook

_DATE_IN_NAME = re.compile(r"(?<!\d)(?:\d{8}|\d{4}[-_.]\d\d[-_.]\d\d|\d\d[-_.]\d\d[-_.]\d{4})(?!\d)")


def examine(
    name: str,
    content: bytes,
    options: Options,
    keys: KeyRing | None = None,
    *,
    previous: History = no_history,
) -> Report:
    """Read a file without writing anything; every refusal is a finding, never an exception.

    `previous` recalls what the same source gave before, which the checks compare the figures with.
    """
    digest = hashlib.sha256(content).hexdigest()
    try:
        refuse_size(content)
        report = run_guarded(understand, PurePath(name).name, content, options, keys or KeyRing())
    except UnreadableError as error:
        return Report(
            name, digest, None, None, options, findings=(Finding(BLOCKING, error.code, str(error)),)
        )
    return replace(check_report(report, previous), file=name, file_hash=digest)


def understand(name: str, content: bytes, options: Options, keys: KeyRing) -> Report:
    """The child's part of the journey: everything that the file alone tells, the pseudonyms made."""
    return read_grids(parse_workbook(name, content), options, keys)


def check_report(report: Report, previous: History) -> Report:
    """The same report with what the declared checks find, among its figures and against those given before."""
    if not report.observations:
        return report
    found = run_checks(
        report.observations,
        convention=load_conventions().get(report.convention or ""),
        catalogue=load_catalogue(),
        previous=previous(report.convention or "", report.source or ""),
    )
    return replace(report, findings=(*report.findings, *found))


def examine_workbook(
    workbook: Workbook, options: Options, keys: KeyRing, *, previous: History = no_history
) -> Report:
    """Understand and check grids already read, in this process."""
    return check_report(read_grids(workbook, options, keys), previous)


def read_grids(workbook: Workbook, options: Options, keys: KeyRing) -> Report:
    """Understand the grids of a workbook: settle what it is, then read each sheet, then put them together."""
    report = Report(workbook.file, "", options.convention, options.source, options)
    try:
        option_period = Moment() if options.period is None else _moment(options.period)
    except ValueError as error:
        return replace(report, findings=(Finding(BLOCKING, "periode_inconnue", str(error)),))
    convention, source, findings = settle(workbook, options, load_conventions(), _known_labels())
    report = replace(report, convention=convention.key if convention else None, source=source)
    if any(finding.severity == BLOCKING for finding in findings):
        return replace(report, findings=tuple(findings))
    journey = _Journey.start(workbook, convention, source, option_period, keys)
    read = [journey.read_sheet(sheet) for sheet in workbook.sheets]
    return journey.conclude(report, findings, read)


def _known_labels() -> frozenset[str]:
    """The labels of tables, which name neither convention nor source."""
    vocabulary = load_vocabulary()
    return frozenset((*vocabulary.measures, *vocabulary.axes))


def _moment(code: str) -> Moment:
    period = parse_period(code)
    half = (period.month - 1) // 6 + 1 if period.length == 6 else None
    quarter = (period.month - 1) // 3 + 1 if period.length == 3 else None
    return Moment(period.year, half, quarter, period.month if period.length == 1 else None)


@dataclass(frozen=True)
class _SheetReading:
    """What one sheet gave."""

    sheet: Sheet
    layout: str
    sorted: Sorted
    paths: pa.Table = field(default_factory=no_paths)
    labels: tuple[LabelNote, ...] = ()


@dataclass(frozen=True)
class _Journey:
    """The lexicon and the context in which the sheets of one file are read."""

    convention: Convention | None
    source: str | None
    catalogue: Catalogue
    vocabulary: Vocabulary
    lexicon: Lexicon
    file: str
    option: Moment
    keys: KeyRing

    @staticmethod
    def start(
        workbook: Workbook, convention: Convention | None, source: str | None, option: Moment, keys: KeyRing
    ) -> _Journey:
        vocabulary = load_vocabulary()
        sources = [source for one in load_conventions().values() for source in one.sources]
        lexicon = Lexicon(
            vocabulary, convention, sources, PlaceReader(convention, load_gazetteer()), load_catalogue().axes
        )
        return _Journey(
            convention, source, load_catalogue(), vocabulary, lexicon, workbook.file, option, keys
        )  # fmt: skip

    def read_sheet(self, sheet: Sheet) -> _SheetReading:
        """One sheet: personal columns dropped, then paths or counts."""
        if sheet.is_hidden:
            message = "Feuille masquée, non lue. Affichez-la dans le tableur si ses chiffres doivent être pris."
            told = Finding(INFORMATION, "feuille_masquee", message, sheet.name)
            return _SheetReading(sheet, "ignored", Sorted(findings=[told]))
        clean, findings = drop_personal_columns(sheet)
        findings += _explain_uncached(sheet)
        table = find_path_table(clean, self.vocabulary)
        reading = self._read_paths(clean, table) if table is not None else self._read_counts(clean)
        reading.sorted.findings[:0] = findings
        return reading

    def _read_paths(self, sheet: Sheet, table: PathTable) -> _SheetReading:
        if self.convention is None or not self.convention.is_paths_allowed:
            who = (
                f"La convention « {self.convention.label} »"
                if self.convention
                else "Sans convention désignée, Jalons"
            )
            message = (
                f"{who} ne reçoit pas de fichier individuel : la feuille liste des personnes. "
                "Rien n’en est enregistré. "
                "Déposez un tableau de comptes par territoire et période."
            )
            refused = Finding(BLOCKING, "parcours_refuses", message, sheet.name, cell_name(table.header, 0))
            return _SheetReading(sheet, "records", Sorted(findings=[refused]))
        key = self.keys.key(self.convention.key)
        reading = read_paths(
            sheet, table, self.lexicon.places, self.vocabulary, motifs=self.convention.motifs, key=key
        )
        return _SheetReading(sheet, "records", Sorted(findings=reading.findings), reading.table)

    def _read_counts(self, sheet: Sheet) -> _SheetReading:
        context = Context(
            self.catalogue.measures,
            self.lexicon.read(sheet.name),
            self.lexicon.read(_name_words(self.file)),
            self.option,
            self.convention.territory.code if self.convention else None,
        )
        bands = read_crosstab(sheet, self.lexicon, self.vocabulary.holes, context)
        if not any(label.reading.axes for band in bands for named in band.cells for label in named.labels):
            return _SheetReading(sheet, "ignored", Sorted(findings=_explain_nameless(bands, sheet.name)))
        out = Sorted()
        for band in bands:
            kept, checks = judge_totals(band, self.catalogue.measures)
            part = sort_numbers(kept, sheet.name, self.source or "", self.convention, self.catalogue)
            out.observations += part.observations
            out.findings += part.findings + check_totals(checks, sheet.name)
            out.findings += check_rates(band.cells, part.observations, sheet.name, self.catalogue)
        labels = describe_labels(bands, sheet.name, self.lexicon, self.catalogue)
        return _SheetReading(sheet, "crosstab" if out.observations else "ignored", out, labels=labels)

    def conclude(
        self, report: Report, findings: list[Finding], read: list[_SheetReading]
    ) -> Report:
        """The whole file: contradictions between sheets withdrawn, declared checks, and what is missing to load it."""
        everything = [one for reading in read for one in reading.sorted.observations]
        observations, contradictions = withdraw_contradictions(everything)
        observations, totals = set_wholes_aside(observations, self.convention, self.catalogue.measures)
        contradictions += totals
        kept = {id(one) for one in observations}
        paths = pa.concat_tables([reading.paths for reading in read])
        findings += [finding for reading in read for finding in reading.sorted.findings] + contradictions
        findings += _explain_whole(observations, paths, self.convention, report.source, findings)
        sheets = tuple(
            SheetReport(
                r.sheet.name, r.layout, sum(id(one) in kept for one in r.sorted.observations), len(r.paths)
            )
            for r in read
        )
        labels = tuple(note for reading in read for note in reading.labels)
        return replace(report, sheets=sheets, findings=tuple(findings), observations=tuple(observations),
                       paths=paths, labels=labels)  # fmt: skip


def _name_words(file: str) -> str:
    """The file's name without its extension nor the date of the day, which says when, not of when."""
    return _DATE_IN_NAME.sub(" ", PurePath(file).stem)


def _explain_nameless(bands: list[BandReading], sheet: str) -> list[Finding]:
    """One finding for the numbers of a sheet without any label that the product knows (a cover, a list)."""
    cells = [named for band in bands for named in band.cells]
    if not cells:
        return []
    message = (
        f"{len(cells)} nombre(s) non retenu(s) ({span(cells)}) : aucun intitulé de la feuille ne nomme "
        "de mesure, de territoire ni de période."
    )
    return [Finding(INFORMATION, "feuille_sans_compte", message, sheet, cell_name(*cells[0].spot))]


def _explain_uncached(sheet: Sheet) -> list[Finding]:
    if not sheet.uncached:
        return []
    shown = ", ".join(sheet.uncached[:5]) + ("…" if len(sheet.uncached) > 5 else "")
    message = (
        f"{len(sheet.uncached)} formule(s) sans valeur calculée ({shown}) : elles se lisent comme des cellules vides, "
        "jamais comme zéro. Ouvrez le classeur dans le tableur et enregistrez-le pour les calculer."
    )
    return [Finding(WARNING, "formule_sans_valeur", message, sheet.name, sheet.uncached[0])]


def _explain_whole(
    observations: list, paths: pa.Table, convention: Convention | None, source: str | None, said: list[Finding]
) -> list[Finding]:  # fmt: skip
    if any(finding.severity == BLOCKING for finding in said):
        return []
    if not observations and not paths:
        message = (
            "Aucun chiffre n’a pu être lu : aucun nombre n’a à la fois une mesure, un territoire et une période "
            "connus. "
            "Voyez les constats, ou partez du modèle vierge de la convention."
        )
        return [Finding(BLOCKING, "aucun_chiffre", message)]
    if source is None:
        message = (
            "La source n’est pas nommée dans le fichier. Précisez qui fournit ces chiffres (option --source)."
        )
        return [Finding(BLOCKING, "source_inconnue", message)]
    outside = sum(one.is_context for one in observations)
    if outside:
        where = "hors des territoires de la convention" if convention else "sans convention désignée"
        message = (
            f"{outside} chiffre(s) {where} : conservés comme contexte, jamais comptés dans ses indicateurs."
        )
        return [Finding(INFORMATION, "contexte", message)]
    return []

"""The whole journey of a workbook on one screen: bytes in, a report of all that was understood out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

import pyarrow as pa

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.periods import parse_period
from conventions.privacy_rules import load_privacy_rules
from conventions.territories import load_gazetteer
from conventions.values import Convention
from conventions.vocabulary import load_vocabulary
from etl.checks import History, no_history, run_checks
from etl.extras import tell_extras
from etl.guard import refuse_size, run_telling
from etl.identify import settle
from etl.keys import KeyRing
from etl.lessons import NO_LESSONS, Lessons
from etl.moments import Moment
from etl.observe import withdraw_contradictions
from etl.own_sheet import set_own_sheets_aside
from etl.privacy_names import hide_in_file_name, hide_names, tell_file_name
from etl.privacy_parts import survey_parts
from etl.questions import gather_questions
from etl.reader import parse_workbook
from etl.report import (
    BLOCKING,
    INFORMATION,
    Finding,
    Options,
    Report,
    SheetReport,
)
from etl.sheets import SheetReader, SheetReading
from etl.steps import CHECKS, SAFETY, TABLES, Told, silent
from etl.unread import explain_nothing
from etl.wholes import set_wholes_aside
from etl.workbook import UnreadableError, Workbook


def examine(
    name: str,
    content: bytes,
    options: Options,
    keys: KeyRing | None = None,
    *,
    previous: History = no_history,
    lessons: Lessons = NO_LESSONS,
    told: Told = silent,
) -> Report:
    """Read a file without writing anything; every refusal is a finding, never an exception.

    `previous` recalls what the same source gave before, which the checks compare the figures with; `lessons` are
    the answers that analysts gave.
    `told` hears each of `etl.steps.READING_STEPS` as it begins.
    """
    digest, safe_name = hashlib.sha256(content).hexdigest(), hide_in_file_name(name)
    try:
        told(SAFETY)
        refuse_size(content)
        report = run_telling(told, understand, PurePath(name).name, content, options, keys or KeyRing(), lessons)
    except UnreadableError as error:
        refused = (Finding(BLOCKING, error.code, str(error)), *tell_file_name(name))
        return Report(safe_name, digest, None, None, options, findings=refused)
    told(CHECKS)
    return replace(check_report(report, previous), file=safe_name, file_hash=digest)


def get_ready() -> None:
    """Load what every reading uses, before there is one."""
    load_conventions()
    load_catalogue()
    load_vocabulary()
    load_gazetteer()
    load_privacy_rules()


def understand(
    told: Told, name: str, content: bytes, options: Options, keys: KeyRing, lessons: Lessons
) -> Report:
    """The child's part of the journey: everything that the file alone tells, the pseudonyms made."""
    workbook = parse_workbook(name, content, told)
    told(TABLES)
    report = read_grids(workbook, options, keys, lessons)
    return replace(report, findings=(*tell_extras(name, content), *report.findings, *survey_parts(content)))


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
    workbook: Workbook,
    options: Options,
    keys: KeyRing,
    *,
    previous: History = no_history,
    lessons: Lessons = NO_LESSONS,
) -> Report:
    """Understand and check grids already read, in this process."""
    return check_report(read_grids(workbook, options, keys, lessons), previous)


def read_grids(workbook: Workbook, options: Options, keys: KeyRing, lessons: Lessons = NO_LESSONS) -> Report:
    """Understand the grids of a workbook: settle what it is, then read each sheet, then put them together."""
    workbook, own = set_own_sheets_aside(workbook)
    workbook, hidden = hide_names(workbook)
    report = Report(workbook.file, "", options.convention, options.source, options)
    try:
        option_period = Moment() if options.period is None else _moment(options.period)
    except ValueError as error:
        return replace(report, findings=(Finding(BLOCKING, "periode_inconnue", str(error)),))
    convention, source, findings = settle(workbook, options, load_conventions(), _known_labels())
    findings += own + hidden
    report = replace(report, convention=convention.key if convention else None, source=source)
    if any(finding.severity == BLOCKING for finding in findings):
        return replace(report, findings=tuple(findings))
    reader = SheetReader.prepare(workbook.file, convention, source, period=option_period, keys=keys, lessons=lessons)
    return _conclude(report, workbook, convention, findings, [reader.read(sheet) for sheet in workbook.sheets])


def _known_labels() -> frozenset[str]:
    """The labels of tables, which name neither convention nor source."""
    vocabulary = load_vocabulary()
    return frozenset((*vocabulary.measures, *vocabulary.axes))


def _moment(code: str) -> Moment:
    period = parse_period(code)
    half = (period.month - 1) // 6 + 1 if period.length == 6 else None
    quarter = (period.month - 1) // 3 + 1 if period.length == 3 else None
    return Moment(period.year, half, quarter, period.month if period.length == 1 else None)


def _conclude(
    report: Report,
    workbook: Workbook,
    convention: Convention | None,
    findings: list[Finding],
    read: Sequence[SheetReading],
) -> Report:
    """The whole file: contradictions between sheets withdrawn, wholes checked, and what is missing to load it."""
    everything = [one for reading in read for one in reading.sorted.observations]
    observations, contradictions = withdraw_contradictions(everything)
    observations, totals = set_wholes_aside(observations, convention, load_catalogue().measures)
    kept = {id(one) for one in observations}
    paths = pa.concat_tables([reading.paths for reading in read])
    told = [finding for reading in read for finding in reading.sorted.findings]
    told = [*findings, *told, *contradictions, *totals]
    if not observations and not paths and not any(finding.severity == BLOCKING for finding in told):
        told.append(explain_nothing(workbook, told))
    told += _explain_whole(observations, convention, report.source, told)
    sheets = tuple(
        SheetReport(r.sheet, r.layout, sum(id(one) in kept for one in r.sorted.observations), len(r.paths))
        for r in read
    )
    labels = tuple(note for reading in read for note in reading.labels)
    questions = gather_questions(question for reading in read for question in reading.questions)
    return replace(report, sheets=sheets, findings=tuple(told), observations=tuple(observations),
                   paths=paths, labels=labels, questions=questions)  # fmt: skip


def _explain_whole(
    observations: list, convention: Convention | None, source: str | None, said: list[Finding]
) -> list[Finding]:  # fmt: skip
    if any(finding.severity == BLOCKING for finding in said):
        return []
    if source is None:
        message = "La source n’est pas nommée dans le fichier. Précisez qui fournit ces chiffres (option --source)."
        return [Finding(BLOCKING, "source_inconnue", message)]
    outside = sum(one.is_context for one in observations)
    if outside:
        where = "hors des territoires de la convention" if convention else "sans convention désignée"
        message = f"{outside} chiffre(s) {where} : conservés comme contexte, jamais comptés dans ses indicateurs."
        return [Finding(INFORMATION, "contexte", message)]
    return []

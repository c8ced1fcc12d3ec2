"""A report in; its figures and paths written in one transaction, and what this changed out. And its undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import duckdb
import pyarrow as pa

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.values import segment_text
from etl.lacking import tell_lacking
from etl.report import BLOCKING, INFORMATION, Finding, Observation, Report
from etl.steps import SAVING, TOTALS, Told, silent
from store.changes import Changes, Lacking, LackingFigure, find_lacking, measure_changes
from store.cube import refresh
from store.database import Database, StoreError
from store.journal import (
    LOAD,
    UNDO,
    UNDONE,
    WITHDRAW,
    Delivery,
    ImportEntry,
    add_import,
    add_line,
    find_import,
    find_loaded,
    next_import,
)
from store.rows import OBSERVATIONS, keep, parts_of, stage, withdraw

LOADED, ALREADY_LOADED, REFUSED = "chargé", "déjà chargé", "refusé"


@dataclass(frozen=True)
class LoadResult:
    """What loading did: how many figures and paths are new, changed or the same, which imports they take
    over, and the figures (`absent`) and number of paths (`absent_paths`) that those imports had more.
    """

    import_id: str | None
    state: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    superseded: tuple[str, ...] = ()
    absent: tuple[LackingFigure, ...] = ()
    absent_paths: int = 0
    findings: tuple[Finding, ...] = ()


def load_report(
    db: Database, report: Report, *, author: str = "", retire_absent: bool = False, told: Told = silent
) -> LoadResult:
    """Load a report, whole or not at all; `retire_absent` withdraws what older files had and this one lacks.

    A file already loaded for the same convention, source and period changes nothing, but can still withdraw.
    `told` hears each of `etl.steps.LOADING_STEPS` as it begins.
    """
    refusal = _refuse(report)
    if refusal is not None:
        return LoadResult(None, REFUSED, findings=(*report.findings, refusal))
    told(SAVING)
    with db.transaction() as cursor:
        known = _find_known(cursor, report)
        import_id = known.id if known else next_import(cursor)
        changes = Changes() if known else _keep(cursor, import_id, report, author=author)
        lacking = find_lacking(cursor, import_id)
        is_withdrawing = retire_absent and bool(lacking)
        if is_withdrawing:
            _withdraw(cursor, import_id, lacking, author=author)
        if known is None or is_withdrawing:
            told(TOTALS)
            _refresh(cursor, import_id)
    db.checkpoint()
    return LoadResult(
        import_id,
        ALREADY_LOADED if known else LOADED,
        **vars(changes),
        absent=lacking.figures,
        absent_paths=sum(lot.count for lot in lacking.paths),
        findings=(*report.findings, *_tell_known(known), *tell_lacking(lacking, is_retired=retire_absent)),
    )


def undo_import(db: Database, import_id: str, *, author: str = "") -> ImportEntry:
    """Undo an import: what it replaced counts again, what replaced it stays. StoreError when it cannot be."""
    with db.transaction() as cursor:
        entry = find_import(cursor, import_id)
        if entry.state == UNDONE:
            raise StoreError(f"L’import « {import_id} » (fichier « {entry.file} ») est déjà annulé.")
        add_line(cursor, UNDO, import_id, author=author, detail={"fichier": entry.file})
        _refresh(cursor, import_id)
    db.checkpoint()
    return replace(entry, state=UNDONE)


def _refuse(report: Report) -> Finding | None:
    """Why nothing may be written, besides what the report says itself."""
    if not report.accepted:
        return Finding(BLOCKING, "refuse", f"Le fichier « {report.file} » est refusé : rien n’a été chargé.")
    if not report.observations and not report.paths:
        message = f"Aucun chiffre ni parcours reconnu dans « {report.file} » : rien n’a été chargé."
        return Finding(BLOCKING, "rien_a_charger", message)
    convention = load_conventions().get(report.convention or "")
    if report.paths and not (convention and convention.is_paths_allowed):
        message = (
            f"Le fichier « {report.file} » contient des parcours individuels, que la convention n’admet pas. "
            "Rien n’a été chargé : déposez des nombres, sans ligne par personne."
        )
        return Finding(BLOCKING, "parcours_non_admis", message)
    return None


def _find_known(cursor: duckdb.DuckDBPyConnection, report: Report) -> ImportEntry | None:
    return find_loaded(
        cursor,
        file_hash=report.file_hash,
        convention=report.convention,
        source=report.source,
        period=report.options.period,
    )


def _keep(cursor: duckdb.DuckDBPyConnection, import_id: str, report: Report, *, author: str) -> Changes:
    """Append the rows, the import and its line of journal; what they change of what counted before."""
    stage(
        cursor,
        _tabulate_observations(report.observations),
        report.paths,
        convention=report.convention,
        source=report.source,
    )
    changes = measure_changes(cursor)
    keep(cursor, import_id)
    add_import(cursor, import_id, _deliver(report, author=author))
    detail = {"nouveaux": changes.added, "modifies": changes.changed, "inchanges": changes.unchanged}
    add_line(cursor, LOAD, import_id, author=author, detail=detail)
    return changes


def _tabulate_observations(observations: Sequence[Observation]) -> pa.Table:
    columns = {name: [getattr(row, name) for row in observations] for name in OBSERVATIONS.names}
    columns["segment"] = [segment_text(segment) for segment in columns["segment"]]
    return pa.table(columns, schema=OBSERVATIONS)


def _deliver(report: Report, *, author: str) -> Delivery:
    return Delivery(
        author=author,
        file=report.file,
        file_hash=report.file_hash,
        convention=report.convention,
        source=report.source,
        options=asdict(report.options),
        sheets=[asdict(sheet) for sheet in report.sheets],
        findings=[asdict(finding) for finding in report.findings],
        observations=len(report.observations),
        records=len(report.paths),
    )


def _withdraw(cursor: duckdb.DuckDBPyConnection, import_id: str, lacking: Lacking, *, author: str) -> None:
    withdraw(cursor, import_id)
    detail = {"chiffres": len(lacking.figures), "parcours": sum(lot.count for lot in lacking.paths)}
    add_line(cursor, WITHDRAW, import_id, author=author, detail=detail)


def _refresh(cursor: duckdb.DuckDBPyConnection, import_id: str) -> None:
    refresh(cursor, parts_of(cursor, import_id), conventions=load_conventions(), catalogue=load_catalogue())


def _tell_known(known: ImportEntry | None) -> list[Finding]:
    if known is None:
        return []
    message = (
        f"Le fichier « {known.file} » est déjà chargé (import {known.id}, le {known.loaded_at:%d/%m/%Y}) : "
        "ses chiffres n’ont pas été repris."
    )
    return [Finding(INFORMATION, "deja_charge", message)]

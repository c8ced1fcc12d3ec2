"""The arguments of a command in; a report, a load, an undo or the history out, in French or JSON."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Any

from conventions.agreements import load_conventions
from conventions.reading import DataError
from etl.checks import no_history
from etl.children import keep_ready
from etl.keys import KeyRing
from etl.lessons import Lessons
from etl.load import load_report, undo_import
from etl.privacy_names import hide_in_file_name
from etl.report import BLOCKING, Finding, Options, Report
from etl.run import examine
from etl.teach import add_answers_commands, recall_lessons, recall_lessons_of
from store.database import Database, StoreError, default_path, open_database
from store.journal import read_history
from store.reading import read_current

ACCEPTED, REFUSED = 0, 2


def run_command(arguments: Sequence[str]) -> tuple[str, int]:
    """Run one command: what it answers, and 0 accepted or 2 refused."""
    parsed = _parser().parse_args(arguments)
    try:
        answer, code = parsed.run(parsed)
    except (StoreError, DataError, OSError) as error:
        answer, code = {"erreur": str(error)}, REFUSED
    text = json.dumps(answer, ensure_ascii=False, indent=1, default=str) if parsed.json else _in_french(answer)
    return text, int(code)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m etl", description="Lire, charger et annuler des classeurs.")
    commands = parser.add_subparsers(required=True, metavar="commande")
    check = commands.add_parser("check", help="lire sans rien enregistrer")
    load = commands.add_parser("load", help="lire et enregistrer")
    for command in (check, load):
        command.add_argument("files", nargs="+", metavar="FICHIER")
        command.add_argument("--convention", help="clé de la convention, si le fichier ne la nomme pas")
        command.add_argument("--source", help="qui fournit ces chiffres, si le fichier ne le dit pas")
        command.add_argument("--period", help="période, si le fichier ne la dit pas (2024, 2024-T2, 2024-06)")
        command.add_argument("--observations", action="store_true", help="donner aussi les chiffres lus")
    load.add_argument(
        "--retire-absent", action="store_true", help="retirer les chiffres que la version corrigée ne porte plus"
    )
    undo = commands.add_parser("undo", help="annuler un dépôt : ce qui était là avant revient")
    undo.add_argument("id", metavar="DEPOT")
    history = commands.add_parser("history", help="le journal des dépôts")
    blank = commands.add_parser("blank", help="écrire un retour vierge à remplir")
    for option in ("--convention", "--source", "--period", "--out"):
        blank.add_argument(option, required=True)
    answers = commands.add_parser("answers", help="les réponses apprises").add_subparsers(required=True, metavar="acte")
    runs = ((check, _check), (load, _load), (undo, _undo), (history, _history), (blank, _blank),
            *add_answers_commands(answers))  # fmt: skip
    for command, run in runs:
        command.add_argument("--json", action="store_true", help="réponse en JSON")
        command.add_argument("--database", type=Path, default=None, help="base de données (sinon JALONS_DATABASE)")
        command.set_defaults(run=run)
    return parser


def _database(parsed: argparse.Namespace) -> Path:
    return parsed.database or default_path()


def _examine(
    parsed: argparse.Namespace, file: str, keys: KeyRing, lessons: Lessons, database: Database | None = None
) -> Report:
    options = Options(parsed.convention, parsed.source, parsed.period)
    path = Path(file)
    file = str(path.with_name(hide_in_file_name(path.name))) if path.name else file
    if not path.is_file():
        message = f"Le fichier « {file} » n’existe pas ou n’est pas un fichier. Vérifiez le chemin."
        return Report(file, "", None, None, options, findings=(Finding(BLOCKING, "fichier_absent", message),))
    try:
        previous = partial(read_current, database) if database else no_history
        report = examine(path.name, path.read_bytes(), options, keys, previous=previous, lessons=lessons)
        return dataclasses.replace(report, file=file)
    except Exception as error:
        # A mistake of ours must not end the reading of the other files; the kind of error says enough to report it.
        message = f"Jalons n’a pas su lire ce fichier ({type(error).__name__}). Rien n’en est enregistré ; signalez-le."
        return Report(file, "", None, None, options, findings=(Finding(BLOCKING, "erreur_interne", message),))


def _ahead(files: Sequence[str]) -> Iterator[str]:
    """The files one by one, while the process that will read the next one gets ready."""
    for rank, file in enumerate(files):
        keep_ready(min(2, len(files) - rank))
        yield file


def _check(parsed: argparse.Namespace) -> tuple[Any, int]:
    lessons = recall_lessons_of(_database(parsed))
    reports = [_examine(parsed, file, KeyRing(), lessons) for file in _ahead(parsed.files)]
    answer = [describe_report(report, parsed.observations) for report in reports]
    return answer, ACCEPTED if all(report.accepted for report in reports) else REFUSED


def _load(parsed: argparse.Namespace) -> tuple[Any, int]:
    answers, accepted = [], True
    author = os.environ.get("JALONS_AUTHOR") or os.environ.get("USER") or "ligne de commande"
    with open_database(_database(parsed)) as database:
        lessons = recall_lessons(database)
        Thread(target=_get_ready, daemon=True).start()
        for file in _ahead(parsed.files):
            report = _examine(parsed, file, KeyRing.of_database(_database(parsed)), lessons, database)
            answer = describe_report(report, parsed.observations)
            if report.accepted:
                stored = dataclasses.replace(report, file=Path(report.file).name)
                result = load_report(database, stored, author=author, retire_absent=parsed.retire_absent)
                answer["findings"] = [dataclasses.asdict(finding) for finding in result.findings]
                answer |= {
                    "import": result.import_id, "state": result.state, "added": result.added,
                    "changed": result.changed, "unchanged": result.unchanged,
                }  # fmt: skip
            accepted = accepted and report.accepted
            answers.append(answer)
    return answers, ACCEPTED if accepted else REFUSED


def _get_ready() -> None:
    """While the child reads the first file: what loading asks for, and pandas, which DuckDB imports to bind a value."""
    load_conventions()
    import_module("pandas")


def _blank(parsed: argparse.Namespace) -> tuple[Any, int]:
    # The library that writes workbooks is for this command alone.
    from etl.blank import main_blank

    return main_blank(parsed)


def _undo(parsed: argparse.Namespace) -> tuple[Any, int]:
    with open_database(_database(parsed)) as database:
        undo_import(database, parsed.id, author=os.environ.get("USER") or "ligne de commande")
    return {"import": parsed.id, "state": "annulé"}, ACCEPTED


def _history(parsed: argparse.Namespace) -> tuple[Any, int]:
    with open_database(_database(parsed)) as database:
        return [dataclasses.asdict(entry) for entry in read_history(database)], ACCEPTED


def describe_report(report: Report, with_observations: bool = False) -> dict[str, Any]:
    """The report as the contract of the command line gives it."""
    answer: dict[str, Any] = {
        "file": report.file,
        "accepted": report.accepted,
        "convention": report.convention,
        "source": report.source,
        "sheets": [dataclasses.asdict(sheet) for sheet in report.sheets],
        "findings": [dataclasses.asdict(finding) for finding in report.findings],
        "questions": [dataclasses.asdict(question) for question in report.questions],
    }
    if with_observations:
        answer["observations"] = [
            {
                "measure": one.measure, "territory": one.territory, "period": one.period, "source": one.source,
                "segment": dict(one.segment), "value": one.value, "state": one.state, "sheet": one.sheet,
                "cell": one.cell,
            }
            for one in report.observations
        ]  # fmt: skip
    return answer


def _in_french(answer: Any) -> str:
    """The same answer as lines to read."""
    if isinstance(answer, dict):
        return " : ".join(str(value) for value in answer.values())
    lines = []
    for one in answer:
        if "sheets" not in one:
            lines.append("  ".join(str(value) for key, value in one.items() if key not in ("findings", "options")))
            continue
        state = one.get("state") or ("accepté" if one["accepted"] else "refusé")
        counts = sum(sheet["observations"] for sheet in one["sheets"]), sum(sheet["records"] for sheet in one["sheets"])
        lines.append(f"{one['file']} : {state}, {counts[0]} chiffre(s), {counts[1]} parcours")
        for finding in one["findings"]:
            where = "!".join(part for part in (finding["sheet"], finding["cell"]) if part)
            lines.append(f"  {finding['severity']}{' ' + where if where else ''} : {finding['message']}")
        lines += [_ask_in_french(question) for question in one["questions"]]
    return "\n".join(lines) or f"Rien au {date.today():%d/%m/%Y}."


def _ask_in_french(question: dict[str, Any]) -> str:
    """A question of the reading, with its answers as `answers add` takes them."""
    could = ", ".join(f"{one['label']} ({one['code']})" for one in question["proposals"])
    return f"  question {question['sheet']}!{question['cell']} : que compte « {question['text']} » ? {could}".rstrip()

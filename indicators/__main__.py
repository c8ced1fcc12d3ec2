"""The command line: a request in; its figures, or the cells behind one, out, in French or JSON."""

from __future__ import annotations

import argparse
import dataclasses
import json
import signal
import sys
from datetime import date
from pathlib import Path
from typing import Any

from conventions.reading import DataError
from indicators.figures import compute_figures
from indicators.request import AUDIENCES, FLUX, PRODUCER, READINGS, Request, RequestError, find_convention
from indicators.sentences import write_cell, write_figure
from indicators.trace import trace_figure
from indicators.values import Figure
from indicators.windows import PERIOD, WINDOWS
from store.database import Database, StoreError, default_path, open_database


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 answered, 2 refused."""
    parsed = _parser().parse_args(arguments)
    try:
        lines = parsed.run(parsed)
    except (RequestError, StoreError, DataError, OSError) as error:
        print(json.dumps({"erreur": str(error)}, ensure_ascii=False) if parsed.json else str(error))
        return 2
    answer = json.dumps(lines, ensure_ascii=False, indent=1) if parsed.json else "\n".join(lines)
    print(answer or "Aucun chiffre pour cette demande.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m indicators", description="Chiffres d’une convention et leurs preuves."
    )
    commands = parser.add_subparsers(required=True, metavar="commande")
    figures = commands.add_parser("figures", help="les chiffres, par les axes demandés")
    trace = commands.add_parser("trace", help="les cellules d’où vient un chiffre")
    for command, run in ((figures, _figures), (trace, _trace)):
        command.add_argument("--convention", required=True)
        command.add_argument("--source")
        command.add_argument("--reading", default=FLUX, help=" ou ".join(READINGS))
        command.add_argument("--window", default=PERIOD, help=f"temps lu à la fin de la période : {', '.join(WINDOWS)}")
        command.add_argument("--as-of", default=None, help="jour de lecture, AAAA-MM-JJ")
        command.add_argument("--database", type=Path, default=None, help="base de données (sinon JALONS_DATABASE)")
        command.add_argument("--json", action="store_true")
        command.set_defaults(run=run)
    figures.add_argument("--period", action="append", default=[], help="2024, 2024-S1, 2024-T2, 2024-06 ; répétable")
    figures.add_argument("--by", default="", help="axes séparés par des virgules : territoire,periode,source,public,…")
    figures.add_argument("--indicator", action="append", default=[], help="code d’indicateur ou de mesure ; répétable")
    figures.add_argument("--audience", default=PRODUCER, help=" ou ".join(AUDIENCES))
    trace.add_argument("--indicator", required=True)
    trace.add_argument("--territory", default=None)
    trace.add_argument("--period", required=True)
    return parser


def _read_day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise RequestError(
            f"« {text} » n’est pas un jour de lecture : attendu AAAA-MM-JJ, comme 2024-12-31."
        ) from error


def _open(parsed: argparse.Namespace) -> Database:
    return open_database(parsed.database or default_path())


def _figures(parsed: argparse.Namespace) -> list[Any]:
    request = Request(
        convention=parsed.convention,
        periods=tuple(code for text in parsed.period for code in text.split(",")),
        by=tuple(axis.strip() for axis in parsed.by.split(",") if axis.strip()),
        indicators=tuple(code for text in parsed.indicator for code in text.split(",")),
        reading=parsed.reading,
        source=parsed.source,
        audience=parsed.audience,
        as_of=_read_day(parsed.as_of),
        window=parsed.window,
    )
    with _open(parsed) as database:
        figures = compute_figures(database, request)
    if parsed.json:
        return [describe_figure(figure) for figure in figures]
    return [write_figure(figure, find_convention(request.convention)) for figure in figures]


def describe_figure(figure: Figure) -> dict[str, Any]:
    """A figure as the contract of the command line gives it."""
    return {
        "indicator": figure.indicator,
        "territory": figure.territory,
        "period": figure.period,
        "source": figure.source,
        "segment": dict(figure.segment),
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "value": figure.value,
        "state": figure.state,
        "missing": [{"territory": place, "period": period} for place, period in figure.missing],
        "window": figure.window,
        "reason": figure.reason,
    }


def _trace(parsed: argparse.Namespace) -> list[Any]:
    request = Request(
        convention=parsed.convention,
        periods=(parsed.period,),
        indicators=(parsed.indicator,),
        reading=parsed.reading,
        source=parsed.source,
        as_of=_read_day(parsed.as_of),
        window=parsed.window,
    )
    with _open(parsed) as database:
        cells = trace_figure(database, request, parsed.territory)
    if parsed.json:
        return [{**dataclasses.asdict(cell), "loaded_on": cell.loaded_on.isoformat()} for cell in cells]
    return [write_cell(cell, find_convention(request.convention)) for cell in cells]


if __name__ == "__main__":
    # A reader that stops early (`| head`) is no error of ours.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main())

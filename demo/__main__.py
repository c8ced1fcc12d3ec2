"""`python -m demo write` or `build` in; the demonstration's workbooks, and their database, out."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from conventions.reading import DataError
from demo.build import build_database
from demo.writing import write_samples
from store.database import StoreError

SAMPLES = Path(__file__).resolve().parent.parent / "data" / "samples"
ACCEPTED, REFUSED = 0, 2


def main(arguments: list[str] | None = None) -> int:
    """Write the workbooks, and load them when asked; 0 when all is well, 2 when a workbook is refused."""
    parsed = _parser().parse_args(arguments)
    try:
        samples = write_samples(parsed.out, parsed.seed)
        if parsed.command == "write":
            print(f"{len(samples)} classeurs écrits dans {parsed.out}.")
            return ACCEPTED
        lines, is_whole = build_database(samples)
    except (StoreError, DataError, OSError) as error:
        print(error, file=sys.stderr)
        return REFUSED
    print("\n".join(lines))
    return ACCEPTED if is_whole else REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m demo", description="Écrire et charger la démonstration.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="commande")
    helps = {"write": "écrire les classeurs", "build": "écrire les classeurs et les charger dans la base"}
    for name, text in helps.items():
        command = commands.add_parser(name, help=text)
        command.add_argument("--out", type=Path, default=SAMPLES, help="dossier des classeurs")
        command.add_argument("--seed", type=int, default=2026, help="graine du hasard")
    return parser


if __name__ == "__main__":
    sys.exit(main())

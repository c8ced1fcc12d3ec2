"""The command line of bilans: a convention and a period in; the path of the written file out."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from datetime import date
from pathlib import Path
from typing import Any

from bilans.edition import build_edition
from bilans.scope import EditionError
from bilans.values import Edition
from bilans.xlsx import render_xlsx
from conventions.reading import DataError
from indicators.request import AUDIENCES, COMMITTEE, PRODUCER, RequestError, find_convention
from indicators.secrecy import keep_hidden
from store.database import Database, StoreError, default_path, open_database

WRITTEN, REFUSED = 0, 2
FORMATS = {"xlsx": render_xlsx}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 written, 2 refused."""
    parsed = _parser().parse_args(arguments)
    try:
        answer = _export(parsed)
    except (RequestError, EditionError, StoreError, DataError) as error:
        return _refuse(str(error), as_json=parsed.json)
    except OSError as error:
        return _refuse(
            f"Le fichier ne peut pas être écrit dans « {parsed.out} » : {error.strerror}.",
            as_json=parsed.json,
        )
    print(json.dumps(answer, ensure_ascii=False, indent=1) if parsed.json else answer["fichier"])
    return WRITTEN


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bilans", description="Établir le bilan quantitatif d’une convention."
    )
    commands = parser.add_subparsers(required=True, metavar="commande")
    export = commands.add_parser("export", help="écrire le bilan d’une période")
    export.add_argument("--convention", required=True)
    export.add_argument("--period", required=True, help="2024, 2024-S1, 2024-T2 ou 2024-06")
    export.add_argument("--out", type=Path, required=True, help="dossier où écrire le fichier")
    export.add_argument("--format", choices=sorted(FORMATS), default="xlsx")
    export.add_argument(
        "--audience", choices=AUDIENCES, default=PRODUCER, help="comite : petits effectifs masqués"
    )
    export.add_argument(
        "--handed-out", action="store_true",
        help="l’édition est remise au comité : ce qu’elle cache reste caché après une révision",
    )  # fmt: skip
    export.add_argument("--as-of", type=date.fromisoformat, default=None, help="jour de lecture, AAAA-MM-JJ")
    export.add_argument("--author", default="ligne de commande", help="qui établit le bilan")
    export.add_argument("--database", type=Path, default=None, help="base de données (sinon JALONS_DATABASE)")
    export.add_argument("--json", action="store_true", help="réponse en JSON")
    return parser


def _export(parsed: argparse.Namespace) -> dict[str, Any]:
    if parsed.handed_out and parsed.audience != COMMITTEE:
        raise RequestError("--handed-out vaut pour l’édition d’un comité : ajoutez --audience comite.")
    with _open(parsed.database or default_path()) as database:
        edition = build_edition(
            database, parsed.convention, parsed.period,
            author=parsed.author, as_of=parsed.as_of, audience=parsed.audience,
        )  # fmt: skip
        if parsed.handed_out:
            keep_hidden(database, find_convention(parsed.convention), edition.fingerprint)
    parsed.out.mkdir(parents=True, exist_ok=True)
    path = parsed.out / f"{name_file(edition)}.{parsed.format}"
    path.write_bytes(FORMATS[parsed.format](edition))
    header = edition.header
    return {
        "fichier": str(path), "convention": header.key, "periode": header.code, "etat": header.status,
        "edition": edition.fingerprint, "lu_au": header.as_of.isoformat(), "audience": header.audience,
    }  # fmt: skip


def _open(path: Path) -> Database:
    """An existing database: opening would make a new one, where there is nothing to export."""
    if not path.is_file():
        raise StoreError(
            f"La base « {path} » n’existe pas. Chargez d’abord un retour, "
            "ou donnez un autre fichier avec --database."
        )
    return open_database(path)


def name_file(edition: Edition) -> str:
    """« bilan-plie-martigues-2024 », « …-comite » for the committee's version."""
    audience = "" if edition.header.audience == PRODUCER else f"-{edition.header.audience}"
    return f"bilan-{edition.header.key}-{edition.header.code}{audience}"


def _refuse(message: str, *, as_json: bool) -> int:
    print(
        json.dumps({"erreur": message}, ensure_ascii=False) if as_json else message,
        file=sys.stdout if as_json else sys.stderr,
    )
    return REFUSED


if __name__ == "__main__":
    # A reader that stops early (`| head`) is no error of ours.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main())

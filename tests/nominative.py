"""A rank in; a workbook that names invented people in one of many ways, and the texts that must appear nowhere, out."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

import xlsxwriter
from stdnum.fr import nir
from xlsxwriter.worksheet import Worksheet

from tests.workbook_bytes import Rows, make_ods, make_xls, make_xlsx

GIVEN = ("Zoé", "Karim", "Solène", "Thierry", "Fatou", "Bruno", "Inès", "Yann", "Sylvie", "Mehdi", "Chloé", "Patrick")
_FIRST = ("vau", "ker", "mel", "sou", "tar", "bri", "gon", "lam")
_LAST = ("drinac", "zobel", "tuvier", "quinel", "pardec")
PLACES = ("Martigues", "Port-de-Bouc", "Saint-Mitre-les-Remparts")


@dataclass(frozen=True)
class Person:
    """Someone who does not exist."""

    given: str
    family: str
    nir: str
    phone: str
    email: str
    birth: date
    dossier: str
    ft: str


@dataclass(frozen=True)
class Planted:
    """A file, the convention it is sent for, and what it says of people."""

    name: str
    content: bytes
    convention: str
    secrets: tuple[str, ...]


def invent(random: Random) -> Person:
    """A person with everything that a list may hold."""
    family = (random.choice(_FIRST) + random.choice(_LAST)).capitalize()
    given = random.choice(GIVEN)
    body = f"{random.choice('12')}{random.randrange(60, 99)}{random.randrange(1, 13):02d}13"
    body += f"{random.randrange(1, 990):03d}"
    body += f"{random.randrange(1, 990):03d}"
    return Person(
        given, family, body + nir.calc_check_digits(body + "00"), f"06{random.randrange(10**7, 10**8)}",
        f"{family.lower()}{random.randrange(99)}@exemple.fr",
        date(random.randrange(1960, 2003), 5, random.randrange(1, 28)),
        f"DOS{random.randrange(10**6, 10**7)}", f"{random.randrange(10**6, 10**7)}K",
    )  # fmt: skip


def plant(rank: int) -> Planted:
    """The file of that rank: each rank has its own people, and ranks go round the shapes."""
    random = Random(rank)
    people = [invent(random) for _ in range(6)]
    build = SHAPES[rank % len(SHAPES)]
    name, content, convention = build(people, random)
    secrets = {text for one in people for text in (one.family, one.family.upper(), one.nir, one.phone, one.email,
                                                   one.dossier, one.ft, one.phone[1:])}  # fmt: skip
    return Planted(f"{rank:02d}_{name}", content, convention, tuple(sorted(secrets)))


Built = tuple[str, bytes, str]


def _counts(random: Random) -> list[list[str | float | None]]:
    rows: list[list[str | float | None]] = [["Commune", "DE orientés"]]
    for place in PLACES:
        rows.append([place, random.randrange(5, 90)])
    return rows


def _beside(random: Random, header: str | None, values: Sequence[str | float]) -> Rows:
    """A table of counts with one more column."""
    rows: list[list[str | float | None]] = [["Commune", header, "DE orientés"]]
    for n, value in enumerate(values):
        rows.append([PLACES[n % 3], value, random.randrange(5, 90)])
    return rows


def _list_of_people(people: Sequence[Person]) -> Rows:
    rows: list[list[str | float | None]] = [["NOM", "Prénom", "Né(e) le", "Commune", "Téléphone"]]
    for p in people:
        rows.append([p.family.upper(), p.given, f"{p.birth:%d/%m/%Y}", "Rouen", p.phone])
    return rows


def _book(write: Callable[[xlsxwriter.Workbook, Worksheet], None], random: Random) -> bytes:
    """A table of counts and what `write` adds to it."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("T1 2024")
        for r, row in enumerate(_counts(random)):
            sheet.write_row(r, 0, row)
        write(book, sheet)
    return stream.getvalue()


def _shape_list(people: Sequence[Person], random: Random) -> Built:
    return "liste.xlsx", make_xlsx(_list_of_people(people)), "rouen"


def _shape_list_xls(people: Sequence[Person], random: Random) -> Built:
    return "liste.xls", make_xls(_list_of_people(people)), "metz"


def _shape_list_ods(people: Sequence[Person], random: Random) -> Built:
    return "liste.ods", make_ods(_list_of_people(people)), "troyes"


def _shape_list_csv(people: Sequence[Person], random: Random) -> Built:
    lines = [";".join(str(value) for value in row) for row in _list_of_people(people)]
    return "liste.csv", "\n".join(lines).encode("cp1252"), "rouen"


def _shape_paths(people: Sequence[Person], random: Random) -> Built:
    rows: list[list[str | float | None]] = [
        ["N° dossier", "Nom", "Prénom", "Date de naissance", "Commune", "Date d'orientation", "Date de sortie"]
    ]
    for p in people:
        rows.append([p.dossier, p.family, p.given, f"{p.birth:%d/%m/%Y}", "Martigues", "12/02/2024", None])
    return "parcours.xlsx", make_xlsx(rows), "plie-martigues"


def _shape_paths_by_nir(people: Sequence[Person], random: Random) -> Built:
    rows: list[list[str | float | None]] = [["Identifiant", "Commune", "Date d'orientation", "Date de sortie"]]
    rows += [[float(p.nir), "Martigues", "12/02/2024", None] for p in people]
    return "parcours.xlsx", make_xlsx(rows), "plie-martigues"


def _shape_advisers(people: Sequence[Person], random: Random) -> Built:
    rows = _beside(random, "Référent", [f"{p.given} {p.family}" for p in people])
    return "retour.xlsx", make_xlsx(rows), "plie-martigues"


def _shape_no_header(people: Sequence[Person], random: Random) -> Built:
    rows = _beside(random, None, [f"{p.family.upper()} {p.given}" for p in people])
    return "retour.xlsx", make_xlsx(rows), "plie-martigues"


def _shape_nir_numbers(people: Sequence[Person], random: Random) -> Built:
    return "retour.xlsx", make_xlsx(_beside(random, "Colonne", [float(p.nir) for p in people])), "plie-martigues"


def _shape_nir_texts(people: Sequence[Person], random: Random) -> Built:
    return "retour.csv", _csv(_beside(random, "Clé", [p.nir for p in people])), "plie-martigues"


def _csv(rows: Rows) -> bytes:
    return "\n".join(";".join("" if v is None else str(v) for v in row) for row in rows).encode()


def _shape_phones(people: Sequence[Person], random: Random) -> Built:
    return "retour.xlsx", make_xlsx(_beside(random, None, [p.phone for p in people])), "plie-martigues"


def _shape_bare_phones(people: Sequence[Person], random: Random) -> Built:
    return "retour.xlsx", make_xlsx(_beside(random, "Joindre", [float(p.phone) for p in people])), "plie-martigues"


def _shape_emails(people: Sequence[Person], random: Random) -> Built:
    texts = [f"écrire à {p.email} avant lundi" for p in people]
    return "retour.xlsx", make_xlsx(_beside(random, "Suite", texts)), "plie-martigues"


def _shape_ft(people: Sequence[Person], random: Random) -> Built:
    return "retour.xlsx", make_xlsx(_beside(random, "Clé", [p.ft for p in people])), "plie-martigues"


def _shape_comments(people: Sequence[Person], random: Random) -> Built:
    def write(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        author = f"{people[1].given} {people[1].family}"
        sheet.write_comment("B2", f"Voir avec Mme {people[0].family}", {"author": author})

    return "retour.xlsx", _book(write, random), "plie-martigues"


def _shape_hidden(people: Sequence[Person], random: Random) -> Built:
    def write(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        other = book.add_worksheet("Sources")
        for r, row in enumerate(_list_of_people(people)):
            other.write_row(r, 0, row)
        other.hide()

    return "retour.xlsx", _book(write, random), random.choice(("rouen", "plie-martigues"))


def _shape_properties(people: Sequence[Person], random: Random) -> Built:
    def write(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        author, title = f"{people[0].given} {people[0].family}", f"Dossier de M. {people[1].family}"
        book.set_properties({"author": author, "title": title, "company": "PLIE"})
        book.set_custom_property("Suivi", people[2].email)

    return "retour.xlsx", _book(write, random), "plie-martigues"


def _shape_page(people: Sequence[Person], random: Random) -> Built:
    def write(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        sheet.set_footer(f"&LÉtabli par {people[0].given} {people[0].family}&R&P")
        book.define_name(f"Mme_{people[1].family}", "='T1 2024'!$B$2")

    return "retour.xlsx", _book(write, random), "plie-martigues"


def _shape_file_name(people: Sequence[Person], random: Random) -> Built:
    name = random.choice((f"suivi_Mme_{people[0].family.upper()}.xlsx", f"{people[0].given} {people[0].family}.xlsx"))
    return name, make_xlsx(_counts(random)), "plie-martigues"


def _shape_sheet_name(people: Sequence[Person], random: Random) -> Built:
    name = random.choice((f"{people[0].family.upper()} {people[0].given}", f"Mme {people[0].family} T1 2024"))
    return "retour.xlsx", make_xlsx(_counts(random), name), "plie-martigues"


def _shape_merged(people: Sequence[Person], random: Random) -> Built:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("T1 2024")
        sheet.write_row(0, 0, ["Accompagnement", "Commune", "DE orientés"])
        for n, person in enumerate(people[:4]):
            sheet.merge_range(1 + 3 * n, 0, 3 + 3 * n, 0, f"{person.given} {person.family.upper()}")
            for k, place in enumerate(PLACES):
                sheet.write_row(1 + 3 * n + k, 1, [place, random.randrange(5, 50)])
    return "retour.xlsx", stream.getvalue(), "plie-martigues"


def _shape_form(people: Sequence[Person], random: Random) -> Built:
    p = people[0]
    rows: Rows = [["Nom :", p.family], ["Prénom :", p.given], ["Né(e) le", f"{p.birth:%d/%m/%Y}"], ["Tél.", p.phone],
                  ["N° de sécurité sociale", p.nir], ["Commune", "Martigues"], ["Nb entretiens", 3]]  # fmt: skip
    return "fiche.xlsx", make_xlsx(rows), random.choice(("rouen", "plie-martigues"))


def _shape_signature(people: Sequence[Person], random: Random) -> Built:
    one, other = people[:2]
    rows: Rows = [[f"Suivi de Mme {one.family.upper()}, PLIE"], *_counts(random), [None],
                  [f"Fait par {other.given} {other.family.upper()}, le 12/04/2024"],
                  [f"Contact : {other.email} ou {other.phone}"]]  # fmt: skip
    return "retour.xlsx", make_xlsx(rows), "plie-martigues"


def _shape_comments_column(people: Sequence[Person], random: Random) -> Built:
    texts = [f"{p.given} {p.family} ne peut pas venir car son enfant reste malade depuis lundi" for p in people]
    return "retour.xlsx", make_xlsx(_beside(random, "Observations", texts)), "plie-martigues"


SHAPES: tuple[Callable[[Sequence[Person], Random], Built], ...] = (
    _shape_list, _shape_list_xls, _shape_list_ods, _shape_list_csv, _shape_paths, _shape_paths_by_nir, _shape_advisers,
    _shape_no_header, _shape_nir_numbers, _shape_nir_texts, _shape_phones, _shape_bare_phones, _shape_emails, _shape_ft,
    _shape_comments, _shape_hidden, _shape_properties, _shape_page, _shape_file_name, _shape_sheet_name, _shape_merged,
    _shape_form, _shape_signature, _shape_comments_column,
)  # fmt: skip

"""The period that a file's name announces and those read in a sheet in; where they contradict each other, out."""

from __future__ import annotations

from collections.abc import Iterable

from conventions.periods import Period, parse_period
from conventions.text import normalise
from etl.address import cell_name
from etl.layout import Title
from etl.moments import Moment, read_moment
from etl.report import WARNING, Finding

_WHOLE = frozenset({"annee", "annuel", "annuelle", "annuels", "exercice"})


def check_file_period(
    announced: Moment, titles: Iterable[Title], codes: Iterable[str], sheet: str
) -> list[Finding]:
    """A warning when the sheet speaks of another time than the name, or of the whole year of which it says a part."""
    period, read = announced.period, [parse_period(code) for code in sorted(set(codes))]
    if period is None or not read:
        return []
    if not any(_overlap(period, one) for one in read):
        message = (
            f"Le nom du fichier annonce « {period.label} », la feuille dit « {read[0].label} » : c’est la feuille "
            "qui est retenue. Vérifiez que c’est le bon fichier."
        )
        return [Finding(WARNING, "periode_du_fichier", message, sheet)]
    whole = next((title for title in titles if _says_whole_year(title.text, period.year)), None)
    if whole is None or not announced.has_part or period not in read:
        return []
    message = (
        f"Le titre dit l’année {period.year}, le nom du fichier « {period.label} » : les chiffres sont pris pour "
        f"« {period.label} ». Vérifiez, et écrivez la période dans le titre."
    )
    return [Finding(WARNING, "periode_du_fichier", message, sheet, cell_name(whole.row, whole.column))]


def _overlap(one: Period, other: Period) -> bool:
    return one.start <= other.end and other.start <= one.end


def _says_whole_year(text: str, year: int) -> bool:
    words = normalise(text)
    moment = read_moment(words)[0]
    return moment.year == year and not moment.has_part and bool(_WHOLE & set(words.split()))

"""The header of an edition in; the sentences at its head (what it reads, for whom, in what state it is) out."""

from __future__ import annotations

from bilans.values import Edition, Header
from indicators.request import COMMITTEE
from ui.french import FIXED, join_words, write_date, write_long_date


def say_situation(header: Header) -> str:
    """« Situation au 30 septembre 2026, convention 2023 – 2027 (en cours au 22/11/2026) entre … et … . »"""
    years = " – ".join(dict.fromkeys(str(day.year) for day in (header.start, header.end)))
    return (
        f"Situation au {write_long_date(header.span_end)}, convention {years} ({header.convention_state} au "
        f"{write_date(header.as_of)}) entre {join_words(header.partners)}."
    )


def say_audience(header: Header) -> str:
    """Whose version it is: what it shows or hides of small counts, and whether it may be handed out."""
    small = f"effectifs de 1 à {header.secrecy_threshold - 1}"
    if header.audience == COMMITTEE:
        return f"Version du comité{FIXED}: les {small} y sont masqués, avec ceux dont on pourrait les déduire."
    return f"Version des producteurs, à ne pas diffuser{FIXED}: les {small} y figurent."


def say_edition(edition: Edition) -> str:
    """« Brouillon, édition ab74 483a, établie le 22/11/2026 par …, d’après les retours reçus au 20/11/2026. »"""
    header = edition.header
    received = max((one.loaded_on for one in edition.imports), default=None)
    after = f", d’après les retours reçus jusqu’au {write_date(received)}" if received is not None else ""
    return (
        f"{header.status}, édition {edition.fingerprint}, établie le {write_date(header.made_on)} "
        f"par {header.author}{after}."
    )

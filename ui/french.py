"""Numbers, dates, periods and lists in; the French texts that users read out, with French spaces and
signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from conventions.periods import MONTHS, Period

THIN = "\u202f"
"""Narrow no-break space: in thousands and before `; ? !`."""
FIXED = "\u00a0"
"""No-break space: before `% :` and inside « »."""
MINUS = "\u2212"
MONTHS_SHORT = (
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
)
MISSING = f"n.{FIXED}d."
WORDS = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")


def write_number(value: float, decimals: int = 0) -> str:
    """`5058` is « 5 058 », `61.34` to one decimal « 61,3 »; halves are rounded away from zero."""
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{decimals}f}".replace(",", THIN).replace(".", ",")
    return f"{MINUS}{text}" if rounded < 0 else text


def write_count(value: float) -> str:
    """A count as it is: whole when it is whole, else to one decimal (half a post is « 0,5 »)."""
    return write_number(value, 0 if float(value).is_integer() else 1)


def write_signed(value: float, decimals: int = 0) -> str:
    """A gap with its sign: « +5 », « −9 », « 0 »."""
    text = write_number(value, decimals)
    is_nil = not any(digit in text for digit in "123456789")
    return text if value < 0 or is_nil else f"+{text}"


def write_percent(rate: float) -> str:
    """`0.6505` is « 65 % »."""
    return f"{write_number(100 * rate)}{FIXED}%"


def write_rate(numerator: float, denominator: float) -> str:
    """A rate never travels without its counts: « 65 % (268/412) »; no denominator is « n. d. »."""
    if not denominator:
        return MISSING
    return f"{write_percent(numerator / denominator)} ({write_count(numerator)}/{write_count(denominator)})"


def count_points(rate: float, other: float) -> int:
    """The gap of two rates as they are written: « 13 % » is 3 points above « 10 % », whatever their decimals."""
    return _round_percent(rate) - _round_percent(other)


def _round_percent(rate: float) -> int:
    return int(Decimal(repr(100.0 * rate)).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def name_points(points: int) -> str:
    """« +5 points », « −1 point », « 0 point »."""
    return f"{write_signed(points)} point{'s' if abs(points) >= 2 else ''}"


def write_points(rate: float, other: float) -> str:
    """The gap of two rates, in words."""
    return name_points(count_points(rate, other))


def write_quantity(count: float, one: str, many: str) -> str:
    """« 0 commune », « 1 commune », « 3 communes »."""
    return f"{write_count(count)}{FIXED}{many if abs(count) >= 2 else one}"


def write_small(count: int, *, feminine: bool = False) -> str:
    """Small counts in words, as titles want them: « deux », « une », then « 11 »."""
    if count == 1 and feminine:
        return "une"
    return WORDS[count] if 0 <= count < len(WORDS) else write_number(count)


def write_date(day: date) -> str:
    """« 30/09/2025 »."""
    return f"{day:%d/%m/%Y}"


def write_long_date(day: date) -> str:
    """« 1ᵉʳ janvier 2025 »."""
    return f"{'1ᵉʳ' if day.day == 1 else day.day}{FIXED}{MONTHS[day.month - 1]} {day.year}"


def write_period(period: Period) -> str:
    """« 4ᵉ trimestre 2025 », « 1ᵉʳ semestre 2025 », « juin 2025 », « 2025 »."""
    return re.sub(
        r"^(\d)(er|e) ", lambda found: f"{found[1]}{'ᵉʳ' if found[2] == 'er' else 'ᵉ'}{FIXED}", period.label
    )


def write_short_period(period: Period) -> str:
    """« T3 2025 », « S1 2025 », « sept. 2025 », « 2025 »: for axes and narrow columns."""
    if period.length == 1:
        return f"{MONTHS_SHORT[period.month - 1]}{FIXED}{period.year}"
    return FIXED.join(reversed(period.code.split("-")))


def write_span(periods: Sequence[Period]) -> str:
    """Periods taken together: one by its name, several in a row of one year as « janvier – septembre
    2025 »."""
    ordered = sorted(periods)
    if not ordered:
        return "aucune période"
    if len(ordered) == 1:
        return write_period(ordered[0])
    first, last = ordered[0].start, ordered[-1].end
    if first.month == 1 and last.month == 12:
        return str(first.year) if first.year == last.year else f"{first.year} – {last.year}"
    start = MONTHS[first.month - 1] if first.year == last.year else f"{MONTHS[first.month - 1]} {first.year}"
    return f"{start} – {MONTHS[last.month - 1]} {last.year}"


def lower_first(text: str) -> str:
    """A label inside a sentence; an acronym keeps its capitals."""
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"


def upper_first(text: str) -> str:
    """A label that opens a sentence."""
    return f"{text[:1].upper()}{text[1:]}"


def join_words(words: Sequence[str]) -> str:
    """« a », « a et b », « a, b et c »."""
    return " et ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def set_typography(text: str) -> str:
    """The no-break spaces that French wants before its double signs, inside its quotation marks and in « n. d. »."""
    text = re.sub(r"\bn\.d\.", MISSING, text)
    text = re.sub(r"[ \u00a0]+([;?!])", THIN + r"\1", text)
    text = re.sub(r"[ \u202f]+([:%»])", FIXED + r"\1", text)
    return re.sub(r"«[ \u202f]+", "«" + FIXED, text).replace("'", "’")

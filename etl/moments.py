"""The normalised words of a label in; the year, semester, quarter or month they name, and what is left, out."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

from conventions.periods import MONTHS, Period
from conventions.text import normalise

_MONTH_NUMBERS: dict[str, int] = {}
for _number, _name in enumerate(MONTHS, 1):
    _MONTH_NUMBERS[normalise(_name)] = _number
for _number, _shorts in enumerate(
    ("jan janv", "fev fevr", "mar", "avr", "", "", "juil jul", "aou", "sep sept", "oct", "nov", "dec"), 1
):
    for _short in _shorts.split():
        _MONTH_NUMBERS[_short] = _number
_RANKS = {"1": 1, "2": 2, "3": 3, "4": 4, "1er": 1, "1ere": 1, "premier": 1, "2e": 2, "2eme": 2, "2nd": 2, "second": 2,
          "deuxieme": 2, "3e": 3, "3eme": 3, "troisieme": 3, "4e": 4, "4eme": 4, "quatrieme": 4,
          "i": 1, "ii": 2, "iii": 3, "iv": 4, "ier": 1, "iie": 2, "iiie": 3, "ive": 4}  # fmt: skip
_RANK = "(?:" + "|".join(sorted(_RANKS, key=len, reverse=True)) + ")"
_YEAR = r"(?:19[5-9]\d|20[0-9]\d)"
_MONTH = "(?:" + "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True)) + ")"
_QUARTER_WORD = "(?:trimestre|trim|tr)"
_HALF_WORD = "(?:semestre|sem)"
_HALF_RANK = "(?:1|2|1er|2e|2eme|2nd|second|premier|deuxieme)"
_OF = "(?:de )?(?:l )?(?:annee )?"

_RANGE = rf"(?:du )?0?1 \d\d? {_YEAR} (?:au )?[23]\d \d\d? {_YEAR}"
_WORDED_RANGE = rf"(?:du )?(?:0?1|1er) {_MONTH} (?:au )?(?:[23]\d) {_MONTH} {_YEAR}"

# The longest spelling first: what one pattern takes, the next ones no longer see.
_PATTERNS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(rf"(?<!\S){pattern}(?!\S)")
    for pattern in (
        r"(?:du )?(?P<d1>0?1) (?P<m1>\d\d?) (?P<y1>\d{4}) (?:au )?(?P<d2>[23]\d) (?P<m2>\d\d?) (?P<y2>\d{4})",
        rf"(?:du )?(?:0?1|1er) (?P<firstmonth>{_MONTH}) (?:au )?[23]\d (?P<lastmonth>{_MONTH}) (?P<year>{_YEAR})",
        rf"(?P<firstmonth>{_MONTH}) (?:a |au |et )?(?P<lastmonth>{_MONTH}) (?P<year>{_YEAR})",
        r"(?:au |le )?(?P<date>\d{8})d",
        rf"(?:[tq] ?(?P<quarter>[1-4])|(?P<quarter2>[1-4]) ?t) ?(?P<year>{_YEAR})",
        rf"(?P<year>{_YEAR}) ?(?:[tq] ?(?P<quarter>[1-4])|(?P<quarter2>[1-4]) ?t)",
        rf"(?:s ?(?P<half>[12])|(?P<half2>[12]) ?s) ?(?P<year>{_YEAR})",
        rf"(?P<year>{_YEAR}) ?(?:s ?(?P<half>[12])|(?P<half2>[12]) ?s)",
        rf"(?P<quarter>{_RANK}) {_QUARTER_WORD}(?: {_OF}(?P<year>{_YEAR}))?",
        rf"{_QUARTER_WORD} (?:n |no |numero )?(?P<quarter>{_RANK})(?: (?P<year>{_YEAR}))?",
        rf"(?P<half>{_HALF_RANK}) {_HALF_WORD}(?: {_OF}(?P<year>{_YEAR}))?",
        rf"{_HALF_WORD} (?P<half>1|2|i|ii)(?: (?P<year>{_YEAR}))?",
        rf"(?:mois de |fin )?(?P<monthname>{_MONTH}) (?P<year>{_YEAR})",
        rf"(?P<monthname>{_MONTH}) (?P<short>[1-3]\d)",
        r"t ?(?P<quarter>[1-4]) (?P<short>[1-3]\d)",
        r"(?P<quarter>[1-4]) ?t ?(?P<short>[1-3]\d)",
        rf"m(?P<month>0[1-9]|1[0-2]) (?P<year>{_YEAR})",
        rf"(?P<year>{_YEAR}) (?P<month>0[1-9]|1[0-2])",
        rf"(?P<month>0[1-9]|1[0-2]) (?P<year>{_YEAR})",
        r"(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])",
        rf"(?:annee |exercice |an )?(?P<year>{_YEAR})",
        r"t ?(?P<quarter>[1-4])",
        r"(?P<quarter>[1-4])t",
        r"s ?(?P<half>[12])",
        rf"(?:mois de |fin )?(?P<monthname>{_MONTH})",
    )
)


_DAY = re.compile(
    rf"(?<!\S)(?:(?P<range>{_RANGE}|{_WORDED_RANGE})"
    rf"|(?P<y>{_YEAR}) (?P<m>0[1-9]|1[0-2]) (?P<d>[0-3]\d)"
    rf"|(?P<d2>[0-3]?\d|1er) (?:(?P<m2>0?[1-9]|1[0-2])|(?P<name>{_MONTH})) (?P<y2>{_YEAR}))(?!\S)"
)
# A part of the year that no pattern knows: better no time at all than the whole year.
_UNKNOWN_PART = re.compile(
    r"(?<!\S)\w*\d\w* (?:trimestre|trim|semestre)(?!\S)"
    r"|(?<!\S)(?:trimestre|trim|semestre) (?:n |no |numero )?\d"
)
_SINCE_JANUARY = re.compile(rf"(?<!\S)depuis (?:le )?(?:1er |1 |01 )?(?:janvier|01)(?: {_YEAR})?(?!\S)")


@dataclass(frozen=True)
class Moment:
    """What a label says of time; any part may be missing and come from another label.

    A month that was said by its last day (`is_date`) tells when, not since when: it yields to a longer part
    that ends on that day.
    """

    year: int | None = None
    half: int | None = None
    quarter: int | None = None
    month: int | None = None
    is_date: bool = False

    @property
    def has_part(self) -> bool:
        """Whether a part of the year is named."""
        return bool(self.half or self.quarter or self.month)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is named."""
        return self.year is None and not self.has_part

    def merge(self, other: Moment) -> Moment | None:
        """Both together; None when they contradict each other."""
        pairs = list(zip(self.astuple(), other.astuple(), strict=True))
        if any(mine and theirs and mine != theirs for mine, theirs in pairs):
            return None
        year, half, quarter, month = (mine or theirs for mine, theirs in pairs)
        is_date = bool(month) and all(one.is_date or not one.month for one in (self, other))
        merged = Moment(year, half, quarter, month, is_date)
        return merged if merged.is_coherent else None

    def astuple(self) -> tuple[int | None, ...]:
        """Year, half, quarter, month."""
        return self.year, self.half, self.quarter, self.month

    @property
    def is_coherent(self) -> bool:
        """Whether the month lies in the quarter and the quarter in the half that are named."""
        if self.month and self.quarter and (self.month - 1) // 3 + 1 != self.quarter:
            return False
        if self.month and self.half and (self.month - 1) // 6 + 1 != self.half:
            return False
        return not (self.quarter and self.half and (self.quarter - 1) // 2 + 1 != self.half)

    @property
    def is_undated(self) -> bool:
        """Whether it says when but not since when: enough for a stock, not for a flow."""
        return self.is_date and not self._ends_longer

    @property
    def _ends_longer(self) -> bool:
        ends = self.month in (3 * (self.quarter or 0), 6 * (self.half or 0))
        return self.is_date and ends

    @property
    def period(self) -> Period | None:
        """The period, when the year is known."""
        if self.year is None:
            return None
        if self.month and not self._ends_longer:
            return Period(self.year, self.month, 1)
        if self.quarter:
            return Period(self.year, 3 * self.quarter - 2, 3)
        return Period(self.year, 6 * self.half - 5, 6) if self.half else Period(self.year, 1, 12)


def read_moment(words: str) -> tuple[Moment, str]:
    """Read the time that normalised words name; give it with the words left (a contradiction leaves them all)."""
    moment = Moment()
    left = _DAY.sub(_mark_day, _SINCE_JANUARY.sub("depuis le debut de l annee", words))
    for pattern in _PATTERNS:
        while found := pattern.search(left):
            part = _moment_of(found.groupdict())
            merged = moment.merge(part) if part is not None else None
            if merged is None:
                return Moment(), words
            moment, left = merged, " ".join((left[: found.start()] + " | " + left[found.end() :]).split())
    rest = " ".join(left.replace("|", " ").split())
    return (Moment(), words) if _UNKNOWN_PART.search(rest) else (moment, rest)


def read_rank(header: str, text: str) -> Moment | None:
    """The part of a year that a bare number names under a normalised header: « 2 » under « Trimestre »."""
    if not text.isdecimal():
        return None
    rank, words = int(text), set(header.split())
    if words & {"trimestre", "trimestres"} and 1 <= rank <= 4:
        return Moment(quarter=rank)
    if words & {"semestre", "semestres"} and 1 <= rank <= 2:
        return Moment(half=rank)
    return Moment(month=rank) if "mois" in words and 1 <= rank <= 12 else None


def _mark_day(found: re.Match[str]) -> str:
    """A date as one word: the last day of a month names that month, any other day is when someone wrote."""
    parts = found.groupdict()
    if parts["range"]:
        return parts["range"]
    month = int(parts["m"] or parts["m2"] or _MONTH_NUMBERS[parts["name"] or ""])
    year, day = int(parts["y"] or parts["y2"] or 0), parts["d"] or (parts["d2"] or "").removesuffix("er")
    is_last = int(day) == monthrange(year, month)[1]
    return f"{int(day):02d}{month:02d}{year}" + ("d" if is_last else "")


def _moment_of(parts: dict[str, str | None]) -> Moment | None:
    if date := parts.get("date"):
        return Moment(int(date[4:]), month=int(date[2:4]), is_date=True)
    if parts.get("d1"):
        return _moment_of_range(
            int(parts["y1"] or 0), int(parts["m1"] or 0), int(parts["y2"] or 0), int(parts["m2"] or 0)
        )
    short = parts.get("short")
    year = int(parts.get("year") or (2000 + int(short) if short else 0)) or None
    if parts.get("firstmonth"):
        return _moment_of_range(year or 0, _MONTH_NUMBERS[parts["firstmonth"] or ""], year or 0,
                                _MONTH_NUMBERS[parts["lastmonth"] or ""])  # fmt: skip
    quarter = parts.get("quarter") or parts.get("quarter2")
    half = parts.get("half") or parts.get("half2")
    month = parts.get("month")
    name = parts.get("monthname")
    return Moment(
        year,
        _RANKS[half] if half else None,
        _RANKS[quarter] if quarter else None,
        _MONTH_NUMBERS[name] if name else int(month) if month else None,
    )


def _moment_of_range(first_year: int, first: int, last_year: int, last: int) -> Moment | None:
    if first_year != last_year or not 1 <= first <= last <= 12:
        return None
    length = last - first + 1
    if (first - 1) % length or length not in (1, 3, 6, 12):
        return None
    if length == 12:
        return Moment(first_year)
    if length == 6:
        return Moment(first_year, half=(first - 1) // 6 + 1)
    return Moment(first_year, quarter=(first - 1) // 3 + 1) if length == 3 else Moment(first_year, month=first)

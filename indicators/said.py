"""The cube in; of which periods each source said something of a measure in a place, and what it lets know, out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from conventions.cycles import is_owed
from conventions.periods import GRAINS, Period, parse_period
from conventions.returns import list_followed
from conventions.values import Convention
from indicators.counts import EXITS, POSITIVE_EXITS
from store.database import Database

# A secret, or that none is concerned, is an answer. Positive exits are known from exits told by motive or category.
# A national workbook belongs to no convention, and speaks for no source.
_SAID = f"""
with own as (
    select convention, source, measure, territory, period, segment,
        value is not null or state in ('secret', 'sans_objet') as is_given
    from cube where reading = 'flux'
      and (convention = $convention or convention = '' and territory in (select unnest($territories)))
)
select if(convention = '', '', source) as who, measure, territory, period, bool_or(is_given) from (
    from own union all
    select * replace ('{POSITIVE_EXITS}' as measure) from own
    where measure = '{EXITS}' and (segment like '%motif=%' or segment like '%categorie=%')
)
where measure in (select unnest($measures)) group by all order by all
"""
NATIONAL = ""
_Key = tuple[str, str, str]
"""Source, measure and territory."""


@dataclass(frozen=True)
class Said:
    """The periods of which something is said, and whether it is an answer: « n. d. » is none."""

    codes: Mapping[_Key, Mapping[str, bool]]

    def speakers(self, measure: str) -> frozenset[str]:
        """The sources that ever spoke of a measure."""
        return frozenset(who for who, what, _ in self.codes if what == measure and who != NATIONAL)

    def places(self, measure: str, source: str | None) -> frozenset[str]:
        """The places of which a source (any, when None) ever spoke."""
        return frozenset(place for who, what, place in self.codes if what == measure and who and source in (who, None))

    def given(self, sources: Iterable[str], measures: Iterable[str], places: Iterable[str]) -> list[Period]:
        """The periods that one of these sources gave, of any of these measures and places, oldest first."""
        wanted = set(sources), set(measures), set(places)
        own = [codes for key, codes in self.codes.items() if all(a in b for a, b in zip(key, wanted, strict=True))]
        return sorted({parse_period(code) for codes in own for code, is_given in codes.items() if is_given})

    def is_known(self, key: _Key, period: Period, *, kind: str, convention: Convention) -> bool:
        """Whether a count is given for a period, or for the parts that make it."""
        if self.codes.get(key, {}).get(period.code):
            return True
        if kind == "distinct" or period.length == 1:
            return False
        parts = [one for one in period.parts(GRAINS[GRAINS.index(period.grain) + 1]) if is_owed(one, convention)]
        needed = parts[-1:] if kind == "stock" else parts
        return bool(needed) and all(self.is_known(key, one, kind=kind, convention=convention) for one in needed)

    def is_denied(self, key: _Key, period: Period) -> bool:
        """Whether it is said that the count is not available."""
        return self.codes.get(key, {}).get(period.code) is False


def read_said(database: Database, convention: Convention) -> Said:
    """Read the cube once for a convention."""
    asked = {
        "convention": convention.key,
        "territories": sorted(convention.codes),
        "measures": list(list_followed(convention)),
    }
    with database.cursor() as cursor:
        rows = cursor.execute(_SAID, asked).fetchall()
    codes: dict[_Key, dict[str, bool]] = {}
    for who, measure, territory, period, is_given in rows:
        codes.setdefault((who, measure, territory), {})[period] = is_given
    return Said(codes)

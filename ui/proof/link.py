"""A figure in; the link that asks where it comes from out, and back: an address in, the figure asked for out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import urlencode

import streamlit as st

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.values import Indicator, parse_segment, segment_text
from indicators.proof import Question
from indicators.request import BASE_AXES, COMMITTEE, FLUX, PRODUCER, Request
from indicators.values import Figure
from indicators.windows import PERIOD
from ui.citation import own_articles, write_articles
from ui.french import THIN, write_count

PARAMETER = "preuve"
ASK = f"D’où vient ce chiffre{THIN}?"
_STATES = {"provisoire": "provisoire", "partiel": "partiel", "fourni": "fourni", "secret": "secret"}
_MARK, _LIST = "~", "."


def wrap_link(html: str, figure: Figure, indicator: Indicator) -> str:
    """The HTML of a figure as a link to its proof; as it is when nothing says how it was asked for."""
    opening, closing = _open(figure, indicator)
    return f"{opening}{html}{closing}"


def open_link(figure: Figure) -> tuple[str, str]:
    """What opens and what closes the link of a figure of the catalogue, around whatever draws it."""
    return _open(figure, load_catalogue().indicator(figure.indicator))


def _open(figure: Figure, indicator: Indicator) -> tuple[str, str]:
    return ("", "") if figure.asked is None else _open_key(write_key(figure), _describe(figure, indicator))


def wrap_key(html: str, key: str, said: str) -> str:
    """HTML as a link to the proof that a key names; `said` is read before it is followed."""
    opening, closing = _open_key(key, said)
    return f"{opening}{html}{closing}"


def _open_key(key: str, said: str) -> tuple[str, str]:
    href = escape(write_way({PARAMETER: key}), quote=True)
    return f'<a class="j-proof" href="{href}" target="_self" title="{escape(said, quote=True)}">', "</a>"


def write_way(words: Mapping[str, str]) -> str:
    """The address of this page with some words changed, everything else kept."""
    return f"?{urlencode({**_read_address(), **words})}"


def _read_address() -> dict[str, str]:
    """What the address says of the page, so that a link keeps every filter."""
    return {key: value for key, value in st.query_params.to_dict().items() if key != PARAMETER}


def _describe(figure: Figure, indicator: Indicator) -> str:
    """« Taux de présence. 268 sur 412, selon PLIE, provisoire. DE présents, rapportés aux DE orientés. Art. 3-1. D’où
    vient ce chiffre ? »."""
    counts = [count for count in (figure.numerator, figure.denominator) if count is not None]
    parts = [" sur ".join(map(write_count, counts))] if len(counts) > 1 else []
    parts += [name for name in (_name_source(figure), _STATES.get(figure.state, "")) if name]
    convention = load_conventions()[figure.asked.convention] if figure.asked else None
    articles = write_articles(own_articles(indicator, convention)) if convention else ""
    definition = indicator.definition.split(". ")[0].rstrip(".")
    return ". ".join(filter(None, (indicator.label, ", ".join(parts), definition, articles, ASK)))


def _name_source(figure: Figure) -> str:
    sources = load_conventions()[figure.asked.convention].sources if figure.asked else ()
    return next((f"selon {one.label}" for one in sources if one.code == figure.source), "")


def write_key(figure: Figure) -> str:
    """`indicateur~territoire~périodes~convention~lecture~source~segment~vue~fenêtre~territoires`, what goes without
    saying left out."""
    asked = figure.asked or Request("")
    axes = {*_list_axes(asked.by), *dict(asked.segment)}
    segment = tuple(pair for pair in figure.segment if pair[0] in axes)
    is_by_source = "source" in asked.by or asked.source is not None
    words = [
        figure.indicator,
        figure.territory or "",
        figure.period or _LIST.join(asked.periods),
        asked.convention,
        asked.reading if asked.reading != FLUX else "",
        (figure.source or "") if is_by_source else "",
        segment_text(segment),
        asked.audience if asked.audience == COMMITTEE else "",
        asked.window if asked.window != PERIOD else "",
        _LIST.join(asked.territories) if figure.territory is None else "",
    ]
    return _MARK.join(words).rstrip(_MARK)


def _list_axes(by: Iterable[str]) -> tuple[str, ...]:
    return tuple(axis for axis in by if axis not in BASE_AXES)


def read_key(key: str, *, audience: str) -> Question | None:
    """The figure of an address; None when it lacks its indicator or its convention. What is written there never gives
    a committee more than its own view."""
    words = (key.split(_MARK) + [""] * 10)[:10]
    indicator, territory, periods, named, reading, source, segment_words, audience_word, window, territories = words
    convention = named or _find_convention(indicator, territory)
    if not indicator or not convention:
        return None
    segment = parse_segment(segment_words)
    request = Request(
        convention,
        periods=_split(periods),
        indicators=(indicator,),
        reading=reading or FLUX,
        source=source or None,
        audience=COMMITTEE if COMMITTEE in (audience, audience_word) else PRODUCER,
        window=window or PERIOD,
        territories=_split(territories),
        segment=segment,
    )
    return Question(request, territory or None, segment)


def _split(words: str) -> tuple[str, ...]:
    return tuple(word for word in words.split(_LIST) if word)


def _find_convention(indicator: str, territory: str) -> str:
    """The one convention that knows both, for a short address."""
    known = load_conventions().values()
    found = [one.key for one in known if indicator in one.indicators and (not territory or territory in one.codes)]
    return found[0] if len(found) == 1 else ""


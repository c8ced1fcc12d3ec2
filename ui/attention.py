"""The figures of a span in; what a reader must know before believing them, as short sentences, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from conventions.catalogue import Catalogue
from conventions.values import Convention
from indicators.values import Figure
from ui.french import FIXED, write_number
from ui.wording import list_missing, name_source, write_figure, write_sides

MOST = 5


@dataclass(frozen=True)
class Notice:
    """One thing to know: its head, its text, and its kind (bad, wait or nothing)."""

    head: str
    text: str
    kind: str = ""


def tell_states(figures: Sequence[Figure], convention: Convention, catalogue: Catalogue) -> list[Notice]:
    """Figures that are partial, provisional or above 100 %."""
    notices = _tell_partial(figures, convention, catalogue)
    for figure in figures:
        label = catalogue.indicator(figure.indicator).label
        value = write_figure(figure, catalogue.indicator(figure.indicator))
        if figure.state == "provisoire":
            months = catalogue.indicator(figure.indicator).provisional_months
            text = f"{value} peut encore changer" + (
                f"{FIXED}: il se confirme à {months} mois." if months else "."
            )
            notices.append(Notice(label, text, "wait"))
        elif figure.state == "> 100 %":
            notices.append(
                Notice(label, f"{value}{FIXED}: décalage de période, l’étape suivante a rattrapé.", "bad")
            )
    return notices


def _tell_partial(figures: Sequence[Figure], convention: Convention, catalogue: Catalogue) -> list[Notice]:
    """One notice per hole, however many figures it touches."""
    holes: dict[str, list[str]] = {}
    for figure in figures:
        if figure.state == "partiel":
            label = catalogue.indicator(figure.indicator).label
            holes.setdefault(list_missing(figure, convention), []).append(label)
    return [Notice(f"Sans {hole}", f"{_count_partial(labels)}.", "wait") for hole, labels in holes.items()]


def _count_partial(labels: Sequence[str]) -> str:
    """« 5 chiffres partiels, dont DE convoqués aux informations collectives »."""
    if len(labels) == 1:
        return f"{labels[0]} est partiel"
    return f"{len(labels)} chiffres partiels, dont {labels[0]}"


def tell_sources(figures: Sequence[Figure], convention: Convention, catalogue: Catalogue) -> list[Notice]:
    """Measures that two sources count differently: never added, the gap is shown."""
    notices: list[Notice] = []
    for code in dict.fromkeys(figure.indicator for figure in figures):
        known = [figure for figure in figures if figure.indicator == code and figure.value is not None]
        if len(known) < 2 or catalogue.indicator(code).denominator is not None:
            continue
        first, other = known[0], known[1]
        gap = (other.value or 0) - (first.value or 0)
        if gap and "partiel" not in (first.state, other.state):
            values = write_sides([(name_source(one.source, convention), one.value or 0) for one in (first, other)])
            text = f"{values} (écart {write_number(abs(gap))})."
            notices.append(Notice(catalogue.indicator(code).label, text))
    return notices


def write_notices_html(notices: Sequence[Notice], *, most: int = MOST) -> str:
    """A list, the first ones only; the rest is counted."""
    if not notices:
        return '<p class="j-say">Rien de particulier\u00a0: les chiffres sont complets et définitifs.</p>'
    items = "".join(f"<li>{_write_notice(one)}</li>" for one in notices[:most])
    rest = len(notices) - most
    more = f'<p class="j-small-say">Et {rest} autre{"s" if rest > 1 else ""}.</p>' if rest > 0 else ""
    return f'<ul class="j-list">{items}</ul>{more}'


def _write_notice(notice: Notice) -> str:
    kind = f" j-{notice.kind}" if notice.kind else ""
    return f'<b class="j-head{kind}">{escape(notice.head)}{FIXED}:</b> {escape(notice.text)}'

"""A chart and what stands behind it in; what its marks say when they are pointed at, after their own values, out."""

from __future__ import annotations

from textwrap import wrap

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from ui.behind import Behind, list_figures, write_text
from ui.charts.base import small
from ui.charts.drawing import Drawing
from ui.citation import own_articles, write_articles

END = "<extra></extra>"
WIDTH = 62
"""Letters in a line of a label."""


def explain(figure: Drawing, behind: Behind, *, code: str = "") -> None:
    """Add to each mark that says its value what is counted, by which article and from which source."""
    lines = write_lines(behind, code=code)
    if not lines:
        return
    said = "<br>".join(small(line, size=12) for line in lines)
    for kind in ("bar", "scatter"):
        for trace in figure.list_traces(kind):
            own = trace.get("hovertemplate") or ""
            if own.endswith(END):
                trace["hovertemplate"] = f"{own.removesuffix(END)}<br>{said}{END}"


def write_lines(behind: Behind, *, code: str = "") -> list[str]:
    """The definition of the one indicator that the chart shows (`code`, else that of all its table) with its article,
    else what its table says is counted; then its source."""
    figures = list_figures(behind.table)
    codes = {code} if code else {one.indicator for one in figures}
    keys = {one.asked.convention for one in figures if one.asked is not None}
    parts = [behind.definition]
    if len(codes) == 1 and len(keys) == 1:
        indicator = load_catalogue().indicator(codes.pop())
        articles = write_articles(own_articles(indicator, load_conventions()[keys.pop()]))
        parts = [f"{indicator.definition.split('. ')[0].rstrip('.')}. {articles}".strip()]
    parts.append(write_text(behind.source).split(". ")[0])
    return [line for part in parts if part for line in wrap(part, WIDTH)]

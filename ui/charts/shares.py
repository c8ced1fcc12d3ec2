"""Parts of one whole in; a bar each as an HTML table out, on one scale from nothing to all of it.

As the funnel, a table rather than a drawing: every figure is text, in its row, and leads to its proof.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Share:
    """A stage as a part of the first one (1 for the first), or a public as a part of all people, with its two texts,
    last year's part, and what was agreed of it; the title names those in bold. `link` opens and closes the way to its
    proof."""

    label: str
    share: float | None
    text: str
    counts: str
    last_year: float | None = None
    objective: float | None = None
    objective_text: str = ""
    is_named: bool = False
    link: tuple[str, str] = ("", "")


def render_shares(shares: Sequence[Share], *, caption: str, of: str) -> str:
    """The rows in their order; `of` names the column of the labels. Last year is the thin grey bar."""
    heads = "".join(f'<th scope="col">{escape(text)}</th>' for text in (of, "Part, en barre", "Part et effectifs"))
    return (
        f'<table class="j-shares"><caption class="j-hidden">{escape(caption)}</caption>'
        f'<thead class="j-hidden"><tr>{heads}</tr></thead><tbody>{"".join(map(_render_share, shares))}</tbody></table>'
    )


def _render_share(one: Share) -> str:
    label = f"<b>{escape(one.label)}</b>" if one.is_named else escape(one.label)
    opening, closing = one.link
    counts = f' <span class="j-counts">{escape(one.counts)}</span>' if one.counts else ""
    return (
        f'<tr><th scope="row">{label}</th><td class="j-share"><div>{"".join(_list_marks(one))}</div></td>'
        f"<td>{opening}<b>{escape(one.text)}</b>{closing}{counts}</td></tr>"
    )


def _list_marks(one: Share) -> list[str]:
    """The bar over the ground of the whole, last year's beneath, then the pole and what it says."""
    marks = []
    if one.share is not None:
        marks.append(f'<i class="j-own" style="width:{_percent(one.share)}"></i>')
    if one.last_year is not None:
        marks.append(f'<i class="j-former" style="width:{_percent(one.last_year)}"></i>')
    if one.objective is not None:
        free = max(one.objective, one.share or 0.0)
        marks += [
            f'<i class="j-agreed-pole" style="left:{_percent(one.objective)}"></i>',
            f'<span class="j-agreed" style="left:{_percent(free)}">{escape(one.objective_text)}</span>',
        ]
    return marks


def _percent(part: float) -> str:
    return f"{100 * min(part, 1.0):.2f}%"

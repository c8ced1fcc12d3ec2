"""`data/coverage.toml` and the conventions in; `docs/couverture.md`, what answers each article and where, out.

    python -m conventions.coverage
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from conventions.agreements import load_conventions
from conventions.catalogue import Catalogue, load_catalogue
from conventions.fact_kinds import load_fact_kinds
from conventions.reading import DATA, Table, read_table
from conventions.values import Convention

OUTPUT = DATA.parent / "docs" / "couverture.md"
OBJECTIVE, COMMITMENT, LIMIT, FACT = "objectif", "engagement", "limite", "fait"
RETENTION, QUESTIONNAIRE = "conservation", "questionnaire"
INTRODUCTION = """# Couverture des conventions

Chaque article qui nomme un indicateur, un objectif ou un engagement, ce qui y répond et où cela se voit. Ce fichier est
écrit à partir de `data/coverage.toml` et de `data/conventions/` par `python -m conventions.coverage` : corrigez les
données, pas ce texte. Les pages « Territoires » et « Bilans » donnent tous les chiffres d’une convention ; la colonne
« Où » cite celles qui les lisent de plus près. Un article cité par une lettre seule est à préciser."""
HEADER = "| Article | Ce qu’il demande | Ce qui y répond | Où | Réserve |\n|---|---|---|---|---|"


@dataclass(frozen=True)
class Asked:
    """One thing that an article asks for, the codes that answer it, and what must be said of the answer."""

    convention: str
    article: str
    asks: str
    answers: tuple[str, ...]
    reserve: str = ""


@dataclass(frozen=True)
class Coverage:
    """Everything asked, in the order of the articles, and the pages that show named figures."""

    asked: tuple[Asked, ...]
    pages: Mapping[str, tuple[str, ...]]


def read_coverage(path: Path, catalogue: Catalogue, conventions: Mapping[str, Convention]) -> Coverage:
    """Read and check a file of coverage; DataError on an answer that leads nowhere."""
    table = read_table(path)
    pages = table.table("pages")
    shown = {page: pages.texts(page) for page in pages.keys()}
    asked = tuple(_read_asked(sub, catalogue, conventions) for sub in table.tables("asked"))
    table.close()
    return Coverage(asked, shown)


def _read_asked(table: Table, catalogue: Catalogue, conventions: Mapping[str, Convention]) -> Asked:
    key = table.choice("convention", conventions)
    asked = Asked(key, table.article("article"), table.text("asks"), table.texts("answers"), table.text("reserve", ""))
    if not asked.answers:
        raise table.error("answers", "au moins une réponse attendue.")
    known = _name_answers(conventions[key])
    for answer in asked.answers:
        code, _, axis = answer.partition("/")
        table.require("answers", code, known)
        if axis:
            table.require("answers", axis, catalogue.measures[code].axes)
    table.close()
    return asked


def _name_answers(convention: Convention) -> dict[str, str]:
    """Everything of a convention that can answer an article, with its label."""
    catalogue = load_catalogue()
    return {
        **{code: catalogue.indicator(code).label for code in convention.indicators},
        **{f"{OBJECTIVE}:{one.code}": one.label for one in convention.objectives},
        **{f"{COMMITMENT}:{one.code}": one.label for one in convention.commitments},
        **{f"{LIMIT}:{one.code}": one.label for one in convention.limits},
        **{f"{FACT}:{one.code}": one.label for one in load_fact_kinds().values()},
        RETENTION: "Règles de conservation",
        QUESTIONNAIRE: "Questionnaire du bilan qualitatif",
    }


def list_unasked(coverage: Coverage, convention: Convention) -> list[str]:
    """What the convention follows and no article of the file is said to ask for."""
    told = {a.partition("/")[0] for one in coverage.asked if one.convention == convention.key for a in one.answers}
    kinds = {f"{FACT}:{code}" for code in load_fact_kinds()}
    return sorted(_name_answers(convention).keys() - told - kinds)


def render_coverage(coverage: Coverage, catalogue: Catalogue, conventions: Mapping[str, Convention]) -> str:
    """The whole document as Markdown: a table a convention, then what is still to be made sure of."""
    parts = [INTRODUCTION]
    for key in dict.fromkeys(one.convention for one in coverage.asked):
        convention = conventions[key]
        parts.append(f"## {convention.letter} : {convention.title}")
        rows = [_render_row(one, coverage, catalogue, convention) for one in coverage.asked if one.convention == key]
        parts.append("\n".join([HEADER, *rows]))
        notes = "\n".join(f"- {note}" for note in convention.notes)
        parts.append(f"À savoir de cette convention, noms d’attente compris :\n\n{notes}")
    return "\n\n".join(parts) + "\n"


def _render_row(asked: Asked, coverage: Coverage, catalogue: Catalogue, convention: Convention) -> str:
    answers = "<br>".join(_render_answer(answer, catalogue, convention) for answer in asked.answers)
    places = dict.fromkeys(place for answer in asked.answers for place in _list_places(answer, coverage, convention))
    cells = (asked.article, asked.asks, answers, "<br>".join(places), asked.reserve)
    return f"| {' | '.join(cells)} |"


def _render_answer(answer: str, catalogue: Catalogue, convention: Convention) -> str:
    code, _, axis = answer.partition("/")
    by = f", par {catalogue.axes[axis].label.lower()}" if axis else ""
    return f"{_name_answers(convention)[code]}{by} (`{answer}`)"


def _list_places(answer: str, coverage: Coverage, convention: Convention) -> Iterator[str]:
    """Where an answer is seen: its own page, else those that show every figure."""
    code, _, axis = answer.partition("/")
    kind, has_kind, _ = code.partition(":")
    if code in (RETENTION, QUESTIONNAIRE):
        yield "fichier de la convention"
    elif kind == OBJECTIVE:
        yield "Synthèse, Bilans"
    elif kind in (COMMITMENT, FACT):
        yield "Articles, « Ce qui a été convenu »"
        yield "Faits"
    elif has_kind:
        yield "Articles, « Ce qui a été convenu »"
    else:
        blocks = [one.title for one in convention.blocks if code in (one.chart, *one.indicators)]
        by_axis = [one.title for one in convention.blocks if axis and (one.chart, one.by) == (code, axis)]
        pages = [page for page, codes in coverage.pages.items() if code in codes]
        own = by_axis if axis else blocks
        yield from [] if axis else pages
        yield from (f"Articles, « {title} »" for title in own[:1])
        if not own and (axis or not pages):
            yield "Territoires, Bilans"


def load_coverage() -> Coverage:
    """The product's own coverage."""
    return read_coverage(DATA / "coverage.toml", load_catalogue(), load_conventions())


def write_coverage(path: Path = OUTPUT) -> None:
    """Write the document of the product's own data."""
    text = render_coverage(load_coverage(), load_catalogue(), load_conventions())
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_coverage()

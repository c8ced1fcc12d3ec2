"""The catalogue and the conventions in; the glossary, whole and up to date, out."""

from pathlib import Path

from conventions.agreements import list_citations, load_conventions
from conventions.catalogue import load_catalogue
from conventions.glossary import OUTPUT, render_glossary, write_glossary


def test_glossary_of_the_repository_is_up_to_date() -> None:
    """Refused when stale: `python -m conventions.glossary` writes it again."""
    expected = render_glossary(load_catalogue(), load_conventions())
    assert OUTPUT.read_text(encoding="utf-8") == expected, "lancez : python -m conventions.glossary"


def test_glossary_defines_every_measure_and_indicator() -> None:
    text, catalogue = OUTPUT.read_text(encoding="utf-8"), load_catalogue()
    for count in catalogue.counts:
        assert f"### {count.label}\n\n`{count.code}`. {count.definition}" in text


def test_glossary_lists_every_article() -> None:
    text, catalogue = OUTPUT.read_text(encoding="utf-8"), load_catalogue()
    cited = {
        article for convention in load_conventions().values() for article, _ in list_citations(convention)
    }
    for count in catalogue.counts:
        cited |= set(count.articles)
    assert {"M 3-1", "I 3", "Z 7", "R 7", "T 6"} <= cited
    assert all(f"- **{article}** : " in text for article in cited)


def test_glossary_shows_numerator_denominator_and_time() -> None:
    text = OUTPUT.read_text(encoding="utf-8")
    assert "« Participants en parcours » (Allocataires du RSA) / « Participants en parcours »" in text
    assert "« Entrées en accompagnement global », en cumul depuis le 1er janvier." in text
    assert "- Provisoire pendant 6 mois." in text


def test_write_glossary_writes_the_same_text(tmp_path: Path) -> None:
    write_glossary(tmp_path / "glossaire.md")
    assert (tmp_path / "glossaire.md").read_text(encoding="utf-8") == OUTPUT.read_text(encoding="utf-8")

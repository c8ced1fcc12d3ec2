"""TOML texts in; what a table gives of them, or the sentence that refuses them, out."""

from datetime import date
from pathlib import Path

import pytest

from conventions.reading import DataError, Table, read_table

CONTENT = """
name = "Metz"
places = 6
share = 0.5
is_open = true
start = 2021-01-01
moment = 2021-01-01T10:00:00
codes = ["a", "b"]
sums = [["a", "b"], ["c"]]
article = "M 3-1"
articles = ["M 3-1", "Z 7"]

[labels]
a = "Un"

[[rows]]
code = "x"

[named.first]
code = "y"
"""


@pytest.fixture
def table(tmp_path: Path) -> Table:
    """A table with one key of each kind."""
    return read_table(write(tmp_path, CONTENT))


def write(folder: Path, text: str) -> Path:
    """A data file of that text."""
    path = folder / "essai.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_each_kind_of_value_is_read(table: Table) -> None:
    assert (table.text("name"), table.integer("places"), table.number("share")) == ("Metz", 6, 0.5)
    assert table.flag("is_open")
    assert table.day("start") == date(2021, 1, 1)
    assert table.texts("codes") == ("a", "b")
    assert table.lists("sums") == (("a", "b"), ("c",))
    assert (table.article("article"), table.articles("articles")) == ("M 3-1", ("M 3-1", "Z 7"))
    assert table.labels("labels") == {"a": "Un"}
    assert [row.text("code") for row in table.tables("rows")] == ["x"]
    assert {name: sub.text("code") for name, sub in table.named("named")} == {"first": "y"}


def test_missing_key_with_a_default_gives_the_default(table: Table) -> None:
    assert table.text("absent", None) is None
    assert table.texts("absent", []) == ()
    assert table.choice("absent", ("a", "b"), "a") == "a"


def test_error_names_file_key_and_expectation(table: Table) -> None:
    with pytest.raises(DataError) as refused:
        table.text("absent")
    assert str(refused.value) == "essai.toml, clé « absent » : clé absente, un texte attendu."
    assert (refused.value.file, refused.value.key) == ("essai.toml", "absent")


def test_error_in_a_sub_table_gives_the_whole_path(table: Table) -> None:
    with pytest.raises(DataError, match=r"clé « rows\[1\].absent » : clé absente, un nombre attendu"):
        table.tables("rows")[0].number("absent")


@pytest.mark.parametrize(
    ("kind", "key", "expected"),
    [
        ("text", "places", "un texte attendu, lu « 6 »"),
        ("integer", "share", "un nombre entier attendu, lu « 0.5 »"),
        ("integer", "is_open", "un nombre entier attendu, lu « True »"),
        ("number", "name", "un nombre attendu, lu « Metz »"),
        ("flag", "places", "true ou false attendu, lu « 6 »"),
        ("day", "name", "une date AAAA-MM-JJ attendu"),
        ("day", "moment", "une date AAAA-MM-JJ sans heure attendue"),
        ("texts", "sums", "une liste de textes non vides attendue"),
        ("lists", "codes", "une liste de listes de textes attendue, lu « a »"),
        ("labels", "codes", "une table code = libellé attendu"),
        ("table", "name", "une table attendu"),
        ("tables", "codes", r"des tables \[\[codes\]\] attendues"),
        ("article", "name", "« Metz » : un article attendu, par exemple « M 3-1 »"),
        ("articles", "codes", "« a » : un article attendu"),
    ],
)
def test_value_of_another_kind_is_refused(table: Table, kind: str, key: str, expected: str) -> None:
    with pytest.raises(DataError, match=f"clé « {key} » : {expected}"):
        getattr(table, kind)(key)


def test_empty_text_label_and_list_of_articles_are_refused(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, 'name = ""\narticles = []\n[labels]\na = ""'))
    with pytest.raises(DataError, match="clé « name » : un texte non vide attendu"):
        table.text("name")
    with pytest.raises(DataError, match="clé « labels.a » : un libellé attendu"):
        table.labels("labels")
    with pytest.raises(DataError, match="clé « articles » : au moins un article attendu"):
        table.articles("articles")


def test_unknown_choice_proposes_the_closest(table: Table) -> None:
    with pytest.raises(
        DataError, match=r"« Metz » inconnu ; vouliez-vous « Metzz » \? Attendu : Metzz, Rouen\."
    ):
        table.choice("name", ("Metzz", "Rouen"))


def test_unknown_key_is_refused_when_the_table_is_closed(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, 'label = "a"\nlabell = "b"'))
    table.text("label")
    with pytest.raises(DataError, match=r"clé « labell » : clé inconnue ; vouliez-vous « label » \?"):
        table.close()


def test_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"essai.toml, clé « \(fichier\) » : TOML valide en UTF-8 attendu"):
        read_table(write(tmp_path, "label = "))
    (tmp_path / "latin.toml").write_bytes('label = "é"'.encode("latin-1"))
    with pytest.raises(DataError, match="latin.toml.*TOML valide en UTF-8 attendu"):
        read_table(tmp_path / "latin.toml")


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="absent.toml.*fichier lisible attendu"):
        read_table(tmp_path / "absent.toml")

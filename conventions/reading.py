"""A TOML file of `data/` in; its tables out, each key checked: an error names file, key and expectation."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "data"
_ARTICLE = re.compile(r"[A-Z](?: \S.*)?")


class DataError(ValueError):
    """A mistake in a file of `data/`: the sentence names the file, the key and what was expected."""

    def __init__(self, file: str, key: str, expected: str) -> None:
        super().__init__(f"{file}, clé « {key} » : {expected}")
        self.file, self.key, self.expected = file, key, expected


class Table:
    """One table of a TOML file, read key by key; `close()` refuses the keys that nobody asked for."""

    def __init__(self, content: dict[str, Any], file: str, path: str = "") -> None:
        self._content, self._file, self._path = content, file, path
        self._asked: set[str] = set()

    def error(self, key: str, expected: str) -> DataError:
        """The error for one key of this table."""
        return DataError(self._file, f"{self._path}.{key}" if self._path else key, expected)

    def _get(self, key: str, kind: type | tuple[type, ...], expected: str, default: Any) -> Any:
        self._asked.add(key)
        value = self._content.get(key, default)
        if value is ...:
            raise self.error(key, f"clé absente, {expected} attendu.")
        # In Python true is a number; in a file of ours it is not.
        is_kind = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
        if value is not default and not is_kind:
            raise self.error(key, f"{expected} attendu, lu « {value} ».")
        return value

    def has(self, key: str) -> bool:
        """Whether the table holds this key."""
        return key in self._content

    def keys(self) -> tuple[str, ...]:
        """The keys of the table, in the file's order."""
        return tuple(self._content)

    def text(self, key: str, default: Any = ...) -> Any:
        """A non-empty text."""
        value = self._get(key, str, "un texte", default)
        if value == "" and default is ...:
            raise self.error(key, "un texte non vide attendu.")
        return value

    def choice(self, key: str, allowed: Collection[str], default: Any = ...) -> Any:
        """A text among those allowed; the closest is proposed."""
        value = self.text(key, default)
        if value is not default or default is ...:
            self.require(key, value, allowed)
        return value

    def require(self, key: str, value: str, allowed: Collection[str]) -> None:
        """Refuse a value that is not among those allowed."""
        if value not in allowed:
            near = get_close_matches(value, list(allowed), 1)
            hint = f" ; vouliez-vous « {near[0]} » ?" if near else ""
            shown = ", ".join(sorted(allowed)[:30])
            raise self.error(key, f"« {value} » inconnu{hint} Attendu : {shown}.")

    def number(self, key: str, default: Any = ...) -> Any:
        """A number."""
        return self._get(key, (int, float), "un nombre", default)

    def integer(self, key: str, default: Any = ...) -> Any:
        """A whole number."""
        return self._get(key, int, "un nombre entier", default)

    def article(self, key: str) -> str:
        """An article, cited as `M 3-1`: the letter of a convention, then the number when it is known."""
        return self._check_article(key, self.text(key))

    def articles(self, key: str) -> tuple[str, ...]:
        """At least one article."""
        articles = self.texts(key)
        if not articles:
            raise self.error(key, "au moins un article attendu, par exemple « M 3-1 ».")
        return tuple(self._check_article(key, article) for article in articles)

    def _check_article(self, key: str, article: str) -> str:
        if _ARTICLE.fullmatch(article) is None:
            raise self.error(key, f"« {article} » : un article attendu, par exemple « M 3-1 ».")
        return article

    def flag(self, key: str, default: Any = ...) -> Any:
        """true or false."""
        return self._get(key, bool, "true ou false", default)

    def day(self, key: str, default: Any = ...) -> Any:
        """A date without time."""
        value = self._get(key, date, "une date AAAA-MM-JJ", default)
        if isinstance(value, datetime):
            raise self.error(key, f"une date AAAA-MM-JJ sans heure attendue, lu « {value} ».")
        return value

    def texts(self, key: str, default: Any = ...) -> tuple[str, ...]:
        """A list of texts."""
        values = self._get(key, list, "une liste de textes", default)
        if any(not isinstance(value, str) or not value for value in values):
            raise self.error(key, "une liste de textes non vides attendue.")
        return tuple(values)

    def numbers(self, key: str) -> tuple[float, ...]:
        """A list of numbers."""
        values = self._get(key, list, "une liste de nombres", ...)
        if any(isinstance(value, bool) or not isinstance(value, int | float) for value in values):
            raise self.error(key, f"une liste de nombres attendue, lu « {values} ».")
        return tuple(float(value) for value in values)

    def lists(self, key: str, default: Any = ...) -> tuple[tuple[str, ...], ...]:
        """A list of lists of texts."""
        lists = self._get(key, list, "une liste de listes de textes", default)
        for values in lists:
            is_list = isinstance(values, list)
            if not is_list or any(not isinstance(value, str) or not value for value in values):
                raise self.error(key, f"une liste de listes de textes attendue, lu « {values} ».")
        return tuple(tuple(values) for values in lists)

    def labels(self, key: str, default: Any = ...) -> dict[str, str]:
        """A table code → French label."""
        values = self._get(key, dict, "une table code = libellé", default)
        for code, label in values.items():
            if not isinstance(label, str) or not label:
                raise self.error(f"{key}.{code}", "un libellé attendu.")
        return dict(values)

    def table(self, key: str, default: Any = ...) -> Table:
        """A sub-table."""
        path = f"{self._path}.{key}" if self._path else key
        return Table(self._get(key, dict, "une table", default), self._file, path)

    def tables(self, key: str, default: Any = ...) -> list[Table]:
        """An array of tables ([[key]])."""
        values = self._get(key, list, f"des tables [[{key}]]", default)
        path = f"{self._path}.{key}" if self._path else key
        if any(not isinstance(value, dict) for value in values):
            raise self.error(key, f"des tables [[{key}]] attendues.")
        return [Table(value, self._file, f"{path}[{rank}]") for rank, value in enumerate(values, 1)]

    def named(self, key: str, default: Any = ...) -> Iterator[tuple[str, Table]]:
        """The sub-tables of a table, with their names ([key.name])."""
        parent = self.table(key, default)
        for name in parent._content:
            yield name, parent.table(name)

    def close(self) -> None:
        """Refuse unknown keys: a typo must not be a silent default."""
        for key in self._content:
            if key not in self._asked:
                near = get_close_matches(key, sorted(self._asked), 1)
                hint = f" ; vouliez-vous « {near[0]} » ?" if near else ""
                raise self.error(key, f"clé inconnue{hint} Attendu : {', '.join(sorted(self._asked))}.")


def read_table(path: Path) -> Table:
    """The whole content of a TOML file as a table; a syntax error is a DataError too."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(path.name, "(fichier)", f"TOML valide en UTF-8 attendu : {error}.") from error
    except OSError as error:
        raise DataError(path.name, "(fichier)", f"fichier lisible attendu : {error.strerror}.") from error
    return Table(content, path.name)

"""A text that someone typed in; the personal data that it holds, or the same text with them masked, out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from stdnum import iban
from stdnum.fr import nir

from conventions.person_names import SAINTS, SURE, is_first_name, is_known, is_territory, rate_name
from conventions.privacy_rules import load_privacy_rules
from conventions.text import normalise

MASK = "[…]"
Span = tuple[int, int, str]
"""Where a piece of text starts and ends, and what it is, in French."""
CHECKS = {"nir": nir.is_valid, "iban": iban.is_valid}
EMAIL, PHONE, NIR, IBAN = "adresse électronique", "numéro de téléphone", "numéro de sécurité sociale", "compte bancaire"
NAME, BIRTH = "nom d’une personne", "date de naissance"
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'-]*"
_PATTERNS = (
    (EMAIL, re.compile(r"[^\s@<>(),;:]+@[^\s@<>(),;:]+\.[a-zA-Z]{2,}"), ""),
    (NIR, re.compile(r"(?<!\d)[1-478](?:[\s.]?\d){4}[\s.]?\d[\s.]?[\dAB](?:[\s.]?\d){6}(?:[\s./]?\d){2}(?!\d)"), "nir"),
    (IBAN, re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b"), "iban"),
    (PHONE, re.compile(r"(?<![\d,.])(?:\+33|0033|0)[\s.-]?(?:\(0\))?[1-9](?:[\s./-]?\d{2}){4}(?![\d,])"), ""),
    (BIRTH, re.compile(r"(?i)\bn[ée]{1,2}(?:\(?e\)?)?\s+le\s+\d{1,2}[/.\s-]\s?\w{1,9}[/.\s-]\s?\d{2,4}"), ""),
)
_RUN = re.compile(rf"{_CAPITAL}(?:[ ,]+(?:(?:de|du|des|d|la|le|el|ben|van|von|di|da)\s)?{_CAPITAL})+")
_FOLLOWING = re.compile(r"[^\W\d_][\w’'-]*")
# Cheap, and true of every text that the patterns or the cues could match.
_MAY_HOLD = re.compile(
    r"@|\d(?:\W?\d){8}|[A-Z]{2}\d{2}|:"
    r"|(?i:\bm(?:r|me|mes|lle|m)?\b\.?|ma(?:dame|demoiselle)|monsieur|\bpar\b|n[ée]e?|dossier|avec|entretien)"
)
_MOST_WORDS = 3


def check_free_text(text: str) -> str | None:
    """Why a text may not be recorded, in French, with what to do; None when it names nobody."""
    kinds = find_kinds(text)
    if not kinds:
        return None
    return (
        f"Ce texte semble contenir des données personnelles ({', '.join(kinds)}). Rien n’en est enregistré : "
        "désignez les personnes par leur fonction ou leur service, puis recommencez."
    )


def find_kinds(text: str) -> tuple[str, ...]:
    """What personal data a text holds, each kind once."""
    return tuple(dict.fromkeys(kind for *_, kind in find_spans(text)))


def mask(text: str, *, is_of_places: bool = False) -> str:
    """The text with each piece of personal data replaced; places and structures may bear the name of someone."""
    for start, end, _ in sorted(find_spans(text, is_of_places), reverse=True):
        text = text[:start] + MASK + text[end:]
    return text


@lru_cache(maxsize=65536)
def find_spans(text: str, is_of_places: bool = False) -> tuple[Span, ...]:
    """The pieces of personal data of a text, in order, none over another."""
    found: list[Span] = []
    if _MAY_HOLD.search(text):
        for kind, pattern, check in _PATTERNS:
            found += [(match.start(), match.end(), kind) for match in _matches(text, pattern, check)]
        found += _find_after_civility(text)
        found += _find_after_cue(text)
    found += [] if is_of_places else _find_first_names(text)
    kept: list[Span] = []
    for span in sorted(found, key=lambda one: (one[0], -one[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return tuple(kept)


def _matches(text: str, pattern: re.Pattern[str], check: str) -> Iterator[re.Match[str]]:
    for match in pattern.finditer(text):
        if not check or CHECKS[check](match.group().replace("/", "")):
            yield match


def _find_after_civility(text: str) -> Iterator[Span]:
    """« Mme DURAND »: what follows a civility and is neither a role nor an ordinary word."""
    cues = load_privacy_rules().cues
    for match in re.finditer(r"(?<![\w.])(?:[Mm]{1,2}\.|[A-Za-z]{1,12}\.?)(?=\s)", text):
        civility = match.group()
        is_letter = civility == "M"
        if civility.lower() not in cues.civilities and not is_letter:
            continue
        words = _names_from(text, match.end(), is_capital=is_letter)
        if words:
            yield match.start(), words[-1].end(), NAME


def _find_after_cue(text: str) -> Iterator[Span]:
    """« Fait par Zoé Dupuis »: capitalised words that nothing explains."""
    for match in load_privacy_rules().cues.before.finditer(text):
        words = _names_from(text, match.end(), is_capital=True)
        if words and not is_territory(text[words[0].start() : words[-1].end()]):
            yield words[0].start(), words[-1].end(), NAME


def _names_from(text: str, start: int, *, is_capital: bool) -> list[re.Match[str]]:
    """The words that stand at `start` and may be a name: three at most, until one that is known."""
    rules = load_privacy_rules()
    words: list[re.Match[str]] = []
    for match in _FOLLOWING.finditer(text, start):
        between = text[words[-1].end() if words else start : match.start()]
        word = match.group()
        is_name = len(word) > 1 and (word[0].isupper() or not (is_capital or words))
        is_other = normalise(word) in rules.cues.roles or is_known(word)
        if between.strip(" \t.") or not is_name or is_other or len(words) == _MOST_WORDS:
            break
        words.append(match)
    return words


def _find_first_names(text: str) -> Iterator[Span]:
    """« Zoé Dupuis » or « DUPUIS Zoé » in a sentence, unless it is the name of a place or of a building."""
    for match in _RUN.finditer(text):
        run = match.group()
        words = re.split(r"[ ,]+", run)
        is_shouted = text.isupper() and (len(run) < len(text.strip()) or len(words) > _MOST_WORDS + 1)
        if is_shouted or not any(is_first_name(word) for word in words) or _is_building(text[: match.start()]):
            continue
        yield from _name_in_run(text, match.start(), run)


def _is_building(before: str) -> bool:
    """« Espace », « Centre social », « canton de »: what follows is named after someone."""
    rules = load_privacy_rules()
    last = [word for word in map(normalise, before.split()[-3:]) if word not in rules.cues.particles][-2:]
    if last and last[-1] in SAINTS:
        return True
    return any(word in rules.ordinary or word in rules.other_names for word in last)


def _name_in_run(text: str, start: int, run: str) -> Iterator[Span]:
    """The longest part of a run of capitalised words that is a name."""
    if is_territory(run):
        return
    spots = [(m.start(), m.end()) for m in re.finditer(r"[^ ,]+", run)]
    for size in range(len(spots), 1, -1):
        for first in range(len(spots) - size + 1):
            low, high = spots[first][0], spots[first + size - 1][1]
            if rate_name(run[low:high].rstrip(".")) == SURE and not _is_building(text[: start + low]):
                yield start + low, start + high, NAME
                return

"""The words of objectives in; how many are held, in one phrase for screens and bilans, out."""

from __future__ import annotations

from collections.abc import Sequence

from conventions.statuses import GOOD, MISSED, ON_TRACK, REACHED, UNKNOWN, load_rule
from ui.french import write_small


def is_good(word: str) -> bool:
    """Whether an objective needs nothing."""
    return word in GOOD


def tone_of(word: str) -> str:
    """The tone of a word: good, wait, bad, or none."""
    rule = load_rule()
    status = rule.statuses.get(word) or rule.acts.get(word)
    return status.tone if status is not None else ""


def count_good(words: Sequence[str]) -> str:
    """« deux objectifs sur trois sont en bonne voie », « aucun des deux objectifs n’est atteint »."""
    good, total = [word for word in words if is_good(word)], len(words)
    if not good:
        named = _name_missed([word for word in words if word != UNKNOWN])
        subject = "l’objectif convenu" if total == 1 else f"aucun des {write_small(total)} objectifs"
        return f"{subject} n’est {'pas ' if total == 1 else ''}{named}"
    named = name_good(good)
    if total == 1:
        return f"l’objectif convenu est {named}"
    if len(good) == total:
        return f"les {write_small(total)} objectifs sont {named}"
    noun, verb = ("objectif", "est") if len(good) == 1 else ("objectifs", "sont")
    return f"{write_small(len(good))} {noun} sur {write_small(total)} {verb} {named}"


def name_good(words: Sequence[str]) -> str:
    """What objectives that need nothing are: « atteint », « atteints ou en bonne voie »."""
    reached = "atteints" if len(words) > 1 else "atteint"
    said = {REACHED: reached, ON_TRACK: "en bonne voie"}
    return " ou ".join(said[word] for word in GOOD if word in words)


def _name_missed(words: Sequence[str]) -> str:
    """What the others are not: a year that is over is not reached, one that runs not on its way."""
    is_over, is_running = MISSED in words or not words, bool(set(words) - {MISSED})
    return " ou ".join([*(["atteint"] if is_over else []), *(["en bonne voie"] if is_running else [])])

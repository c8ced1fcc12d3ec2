"""ui/palette.py: every text can be read on its ground, and the colours reach the style sheets."""

import re

import pytest

from ui import palette
from ui.style import MODES, SHEETS, read_mode, read_sheets


@pytest.mark.parametrize(("text", "ground"), palette.TEXT_ON_GROUND)
def test_text_reads_on_its_ground(text: str, ground: str) -> None:
    assert palette.contrast(text, ground) >= 4.5


def test_contrast_of_black_on_white_is_the_largest() -> None:
    assert palette.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert palette.contrast("#FFFFFF", "#000000") == pytest.approx(21)


def test_heat_darkens_from_tint_to_tint() -> None:
    ratios = [palette.contrast(tint, palette.SURFACE) for tint in palette.HEAT]
    assert ratios == sorted(ratios)


def read_all_sheets() -> str:
    """The sheets of every page, then those of the modes."""
    return "\n".join([read_sheets(), *(read_mode(path.stem) for path in sorted(MODES.glob("*.css")))])


def test_sheets_use_only_variables_that_exist() -> None:
    sheets = read_all_sheets()
    defined = set(re.findall(r"(--[\w-]+):", sheets))
    assert set(re.findall(r"var\((--[\w-]+)\)", sheets)) - defined == set()


def test_every_class_of_the_code_has_a_rule() -> None:
    """A class written in Python and unknown to the sheets would be a block without its look."""
    sheets = read_all_sheets()
    written = {
        name
        for path in SHEETS.parent.rglob("*.py")
        for name in re.findall(r"j-[a-z]+(?:-[a-z]+)*(?![\w{-])", path.read_text("utf-8"))
    }
    silent = {"j-line", "j-file", "j-role", "j-heat", "j-key"}
    assert {name for name in written if f".{name}" not in sheets} - silent == set()


def test_no_rule_of_every_page_asks_what_the_page_holds() -> None:
    """`:has` over the whole page made each change cost six times as much: such a rule belongs to a mode, or asks what a
    block holds directly."""
    asked = re.findall(r"[^{}]*:has\(\s*[^>\s][^{}]*\{", re.sub(r"/\*.*?\*/", "", read_sheets(), flags=re.DOTALL))
    assert asked == []

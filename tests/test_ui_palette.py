"""ui/palette.py: every text can be read on its ground, light and dark, and the colours reach the style sheets."""

import re
from collections.abc import Callable
from itertools import pairwise

import pytest

from ui import palette
from ui.style import MODES, SHEETS, read_mode, read_sheets

COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}\b|\b(?:rgb|hsl)a?\(")
BOTH = (pytest.param(lambda colour: colour, id="light"), pytest.param(palette.darken, id="dark"))


@pytest.mark.parametrize("wear", BOTH)
@pytest.mark.parametrize(("text", "ground"), palette.TEXT_ON_GROUND)
def test_text_reads_on_its_ground(text: str, ground: str, wear: Callable[[str], str]) -> None:
    assert palette.contrast(wear(text), wear(ground)) >= 4.5


@pytest.mark.parametrize("wear", BOTH)
@pytest.mark.parametrize(("mark", "ground"), palette.MARK_ON_GROUND)
def test_mark_is_seen_on_its_ground(mark: str, ground: str, wear: Callable[[str], str]) -> None:
    assert palette.contrast(wear(mark), wear(ground)) >= 3


def test_contrast_of_black_on_white_is_the_largest() -> None:
    assert palette.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert palette.contrast("#FFFFFF", "#000000") == pytest.approx(21)


@pytest.mark.parametrize("wear", BOTH)
def test_heat_stands_out_more_from_tint_to_tint(wear: Callable[[str], str]) -> None:
    """In greyscale as well: each tint is a fifth further from the card than the one before."""
    ratios = [palette.contrast(wear(tint), wear(palette.SURFACE)) for tint in palette.HEAT]
    assert all(after >= 1.16 * before for before, after in pairwise(ratios))


def test_every_colour_has_one_of_its_own_on_a_dark_ground() -> None:
    """None is forgotten, and what is printed finds its way back from a dark screen."""
    assert set(palette.name_colours().values()) == set(palette.DARK)
    assert len(set(palette.DARK.values())) == len(palette.DARK)
    assert not set(palette.DARK.values()) & set(palette.DARK)


def test_darken_reaches_the_colours_of_all_that_is_drawn() -> None:
    ink, petrol = palette.DARK[palette.INK], palette.DARK[palette.PETROL]
    drawn = {"font": {"color": palette.INK}, "text": [f'<b style="color:{palette.PETROL}">8</b>', "#12"], "x": (1, 2.5)}
    worn = {"font": {"color": ink}, "text": [f'<b style="color:{petrol}">8</b>', "#12"], "x": (1, 2.5)}
    assert palette.darken(drawn) == worn
    assert palette.darken(["#ABCDEF", None, True, "rgba(0,0,0,0)"]) == ["#ABCDEF", None, True, "rgba(0,0,0,0)"]


def test_dark_variables_have_the_names_of_the_light_ones_and_leave_paper_alone() -> None:
    light, dark = palette.write_variables(), palette.write_dark_variables()
    names = re.compile(r"(--[\w-]+):")
    assert names.findall(light) == names.findall(dark)
    assert dark.startswith("@media screen{")


def test_sheets_hold_no_colour_of_their_own() -> None:
    written = [(path.name, COLOUR.findall(path.read_text("utf-8"))) for path in SHEETS.rglob("*.css")]
    assert [(name, found) for name, found in written if found] == []


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

"""Jobs for a child process, in a module that it can import: what a test gives comes in, its steps and answer go out."""

from __future__ import annotations

import os

from etl.reader import parse_workbook
from etl.steps import Told
from etl.workbook import Workbook


def tell_then_parse(told: Told, file: str, content: bytes) -> Workbook:
    """Tell two steps, then answer."""
    told("Un")
    told("Deux")
    return parse_workbook(file, content)


def tell_then_die(told: Told) -> None:
    """Tell one step and die."""
    told("Un")
    os.abort()

"""Requests in; the dashboard as it is, and beside its pages the bare one of `benchmarks/screens_menu.py`, out."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dashboard import give_script, tell_health  # noqa: E402
from ui.headers import SCRIPT, StrictHeaders  # noqa: E402

app = st.App(
    "screens_menu.py",
    middleware=[Middleware(StrictHeaders)],
    routes=[Route("/sante", tell_health), Route(f"/{SCRIPT}", give_script)],
)

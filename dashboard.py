"""The server: requests in; the screens of `ui/menu.py` out, in French, with the headers a browser
needs to be strict."""

from __future__ import annotations

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from ui.headers import StrictHeaders
from ui.shell import hush_framework, tell_mishap


async def tell_health(_request: Request) -> JSONResponse:
    """What a supervisor asks: the server answers."""
    return JSONResponse({"etat": "en service"})


hush_framework()
app = st.App(
    "ui/menu.py",
    middleware=[Middleware(StrictHeaders)],
    routes=[Route("/sante", tell_health)],
    on_script_error=tell_mishap,
)

"""The server: requests in; the screens of `ui/menu.py` out, in French, with the headers a browser
needs to be strict."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse
from starlette.routing import Route

from ui.headers import SCRIPT, StrictHeaders
from ui.shell import hush_framework, tell_mishap

SCRIPTS = Path(__file__).parent / "ui" / "static"


async def tell_health(_request: Request) -> JSONResponse:
    """What a supervisor asks: the server answers."""
    return JSONResponse({"etat": "en service"})


async def give_script(_request: Request) -> FileResponse:
    """The gestures that Streamlit has not."""
    return FileResponse(SCRIPTS / SCRIPT, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


hush_framework()
app = st.App(
    "ui/menu.py",
    middleware=[Middleware(StrictHeaders)],
    routes=[Route("/sante", tell_health), Route(f"/{SCRIPT}", give_script)],
    on_script_error=tell_mishap,
)

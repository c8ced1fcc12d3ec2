"""The server: requests in; the screens of `ui/menu.py` out, in French, with the headers a browser
needs to be strict."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from ui.headers import SCRIPT, StrictHeaders
from ui.interface import SCRIPT as FRENCH
from ui.interface import write_script
from ui.pages import PAGES
from ui.shell import hush_framework, tell_mishap

SCRIPTS = Path(__file__).parent / "ui" / "static"


async def tell_health(_request: Request) -> JSONResponse:
    """What a supervisor asks: the server answers."""
    return JSONResponse({"etat": "en service"})


async def give_script(_request: Request) -> FileResponse:
    """The gestures that Streamlit has not."""
    return FileResponse(SCRIPTS / SCRIPT, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


async def give_words(_request: Request) -> Response:
    """The framework's own words in French."""
    return Response(write_script(), media_type="text/javascript", headers={"Cache-Control": "no-cache"})


async def lead_home(request: Request) -> RedirectResponse:
    """The first page answers at the root; its own address leads there, with all that it says."""
    return RedirectResponse(f"./?{request.url.query}" if request.url.query else "./")


hush_framework()
app = st.App(
    "ui/menu.py",
    middleware=[Middleware(StrictHeaders)],
    routes=[
        Route("/sante", tell_health),
        Route(f"/{SCRIPT}", give_script),
        Route(f"/{FRENCH}", give_words),
        *(Route(f"/{page.path}", lead_home) for page in PAGES if page.is_first),
    ],
    on_script_error=tell_mishap,
)

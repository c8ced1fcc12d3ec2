"""The server: requests in; the screens of `ui/menu.py` out, in French, with the headers a browser
needs to be strict."""

from __future__ import annotations

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from ui.headers import StrictHeaders


async def tell_health(_request: Request) -> JSONResponse:
    """What a supervisor asks: the server answers."""
    return JSONResponse({"etat": "en service"})


app = st.App(
    "ui/menu.py",
    middleware=[Middleware(StrictHeaders)],
    routes=[Route("/sante", tell_health)],
)

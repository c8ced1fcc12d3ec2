"""A response of the server in; the same in French and with strict headers out: nothing but this server
may be reached."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.appearance import write_ground, write_script
from ui.interface import SCRIPT as FRENCH

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# Streamlit and Plotly write styles from scripts: styles alone may be inline. A script is a file of
# this server,
# or one of the page's own inline scripts, known by its digest.
POLICY = (
    "default-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; connect-src 'self'; "
    "font-src 'self' data:; img-src 'self' data: blob:; manifest-src 'self'; style-src "
    "'self' 'unsafe-inline'; "
    "worker-src 'self' blob:; script-src 'self'"
)
INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
SCREEN_READ = (
    (b'<html lang="en">', b'<html lang="fr">'),
    (b"<title>Streamlit</title>", b"<title>Jalons</title>"),
    (b"You need to enable JavaScript to run this app.", b"Jalons a besoin de JavaScript."),
)
SCRIPT = "jalons.js"
"""Our gestures; with the words of the interface, the scripts of our own: files of this server."""
# Told where its server is, a deep link does not look for it below its own path (two refused requests in the console,
# and their time); only this server may speak to the page, and no picture opens in a window of its own.
START = """<script>window.__streamlit = {
  BACKEND_BASE_URL: new URL('.', document.baseURI).href,
  HOST_CONFIG: {allowedOrigins: [window.location.origin], useExternalAuthToken: false, disableFullscreenMode: true}
}</script>"""
# Answered as they are: they hold no document, and are many.
BESIDE_DOCUMENTS = ("/static/", "/app/static/", "/_stcore/", "/media/", "/component/")


def translate_document(body: bytes) -> bytes:
    """Streamlit's page with what a browser and a screen reader announce in French, no font asked for in vain, where
    its server is, the appearance that was chosen, and our own scripts."""
    for english, french in SCREEN_READ:
        body = body.replace(english, french)
    body = re.sub(rb'<link\s+rel="preload"[^>]*SourceSans[^>]*>', b"", body)
    # The language and the appearance are there before the framework reads them.
    worn = f"<style>{write_ground()}</style><script>{write_script()}</script>"
    first = f'<head>{START}{worn}<script src="./{FRENCH}"></script>'
    body = body.replace(b"<head>", first.encode(), 1)
    return body.replace(b"</head>", f'<script src="./{SCRIPT}" defer></script></head>'.encode())


def write_policy(body: bytes) -> str:
    """The policy of a document, which names each of its inline scripts by digest."""
    digests = (b64encode(sha256(script).digest()).decode() for script in INLINE_SCRIPT.findall(body))
    return " ".join([POLICY, *(f"'sha256-{digest}'" for digest in digests)])


class StrictHeaders:
    """ASGI middleware: every response gets the headers, every document its language and its policy."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and look at what comes back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if not scope["path"].startswith(BESIDE_DOCUMENTS):
            # A document is read here before it leaves: it must not be compressed yet.
            headers = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
            scope = {**scope, "headers": headers}
        await self.app(scope, receive, _Answer(send).send)


class _Answer:
    """One response on its way out; a document is held back until it is whole."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(HEADERS)
            if headers.get("content-type", "").startswith("text/html"):
                self._start = message
                return
        if self._start is None:
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if not message.get("more_body", False):
            await self._send_document(self._start)

    async def _send_document(self, start: Message) -> None:
        body = translate_document(self._body)
        headers = MutableHeaders(scope=start)
        headers["Content-Security-Policy"] = write_policy(body)
        headers["Content-Length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})

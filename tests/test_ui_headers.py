"""ui/headers.py: every document is French and strict, everything else passes as it is."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from hashlib import sha256

from starlette.types import Message, Receive, Scope, Send

from ui.headers import HEADERS, INLINE_SCRIPT, StrictHeaders, translate_document, write_policy

PAGE = (
    b'<!DOCTYPE html><html lang="en"><head><title>Streamlit</title>'
    b'<link\n rel="preload" href="./static/SourceSansVF.woff2" as="font"/>'
    b'<script>window.a = 1</script><script type="module" src="a.js"></script></head></html>'
)


def answer(path: str, *, body: bytes, content_type: str) -> tuple[dict[str, str], bytes, list[bytes]]:
    """Headers and body that a browser gets, and the names of the headers that the application got."""
    seen: list[bytes] = []

    async def application(scope: Scope, _receive: Receive, send: Send) -> None:
        seen.extend(name for name, _ in scope["headers"])
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [(b"content-type", content_type.encode())],
            }
        )
        await send({"type": "http.response.body", "body": body[:20], "more_body": True})
        await send({"type": "http.response.body", "body": body[20:]})

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    scope = {
        "type": "http",
        "path": path,
        "headers": [(b"accept-encoding", b"gzip"), (b"host", b"localhost")],
    }
    asyncio.run(StrictHeaders(application)(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return headers, b"".join(message.get("body", b"") for message in sent[1:]), seen


def test_translate_document_says_it_is_french() -> None:
    body = translate_document(PAGE)
    assert b'<html lang="fr">' in body
    assert b"<title>Jalons</title>" in body
    assert b"SourceSans" not in body
    assert b'<script src="./jalons.js" defer></script></head>' in body


def test_document_says_where_its_server_is_before_any_script_runs() -> None:
    body = translate_document(PAGE)
    assert body.index(b"window.__streamlit") < body.index(b"window.a = 1")
    told = INLINE_SCRIPT.findall(body)[0]
    assert f"'sha256-{b64encode(sha256(told).digest()).decode()}'" in write_policy(body)


def test_policy_allows_inline_scripts_by_digest_only() -> None:
    digest = b64encode(sha256(b"window.a = 1").digest()).decode()
    policy = write_policy(PAGE)
    assert f"'sha256-{digest}'" in policy
    script = next(part for part in policy.split(";") if part.strip().startswith("script-src"))
    assert "unsafe" not in script
    assert "default-src 'none'" in policy


def test_document_is_translated_whole_and_measured() -> None:
    headers, body, seen = answer("/parcours", body=PAGE, content_type="text/html; charset=utf-8")
    assert body == translate_document(PAGE)
    assert headers["content-length"] == str(len(body))
    assert "content-security-policy" in headers
    assert seen == [b"host"]


def test_file_keeps_its_body_and_its_encoding() -> None:
    headers, body, seen = answer(
        "/static/js/a.js", body=b'let a = 1; // lang="en" <title>', content_type="text/javascript"
    )
    assert body == b'let a = 1; // lang="en" <title>'
    assert seen == [b"accept-encoding", b"host"]
    assert {name: headers[name.lower()] for name in HEADERS} == HEADERS


def test_websocket_passes_untouched() -> None:
    passed: list[str] = []

    async def application(scope: Scope, _receive: Receive, _send: Send) -> None:
        passed.append(scope["type"])

    async def nothing(*_: object) -> Message:
        return {}

    asyncio.run(StrictHeaders(application)({"type": "websocket"}, nothing, nothing))  # type: ignore[arg-type]
    assert passed == ["websocket"]

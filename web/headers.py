"""What every answer carries to keep a browser safe, and how large a request may be."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: No inline script or style, nothing from elsewhere, never in somebody's frame.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'"
)
#: A mail is shown in a frame of our own page: its inline styles live, nothing runs, nothing is fetched.
MAIL_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline';"
    " img-src data:; form-action 'none'; frame-ancestors 'self'; base-uri 'none'"
)
BODY_LIMIT = 64 * 1024  # the longest form is a flag's outcome; nothing here takes files
LARGER_BODIES = {"/api/metrics": 2 * 1024 * 1024}  # 10,000 pushed values of 200 bytes


class SafetyHeaders:
    """Adds the headers to every answer that has not set its own, and refuses large bodies."""

    def __init__(self, app: ASGIApp, https: bool) -> None:
        self.app = app
        self.https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        static = str(scope["path"]).startswith("/static/")

        async def send_safe(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message), static)
            await send(message)

        body = await _read_body(receive, LARGER_BODIES.get(str(scope["path"]), BODY_LIMIT))
        if body is None:
            await PlainTextResponse("the request is too large", 413)(scope, receive, send_safe)
            return
        await self.app(scope, _replay(body, receive), send_safe)

    def _add(self, headers: MutableHeaders, static: bool) -> None:
        headers.setdefault("Content-Security-Policy", PAGE_POLICY)
        headers.setdefault("X-Frame-Options", "DENY")
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "no-referrer")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        headers.setdefault("Cache-Control", "public, max-age=3600" if static else "no-store")
        if self.https:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")


async def _read_body(receive: Receive, limit: int) -> bytes | None:
    """Return the whole body, None if it is larger than the limit."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b"".join(parts)
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > limit:
            return None
        if not message.get("more_body", False):
            return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay

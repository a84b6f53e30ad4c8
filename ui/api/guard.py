"""What stands before every request. Owns: host, key, cross-site and body limits, and the security headers of every response.

Does not own: any route. Plain ASGI, so that it also stands before the mounted Gradio.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any

from ui import spaces
from ui.api.policy import CLOSED, OPEN, SECURITY_HEADERS, chat_policy, clean_chat_page, plain_policy
from ui.spaces import space_of

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

COOKIE = "adviser_session"
BODY_LIMIT = 1_000_000
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
READING = frozenset({"GET", "HEAD"})
UPLOADS = frozenset(
    {
        "/v1/sources",
        "/v1/assess/maturity/evidence",
        "/v1/assess/washing",
        "/assess/maturity/evidence",
        "/assess/washing",
        "/v1/check",
        "/check",
    }
)
ASSESSING = ("/assess/", "/v1/assess/", "/briefs", "/v1/briefs")


@dataclass(frozen=True)
class Rules:
    """How a server is guarded. `key` None: loopback only, one person. `upload_limit`: bytes of one upload of files."""

    key: str | None
    upload_limit: int

    def session(self) -> str:
        """What the cookie of someone who gave the key holds; empty without a key."""
        return hmac.new(self.key.encode(), b"adviser session", hashlib.sha256).hexdigest() if self.key else ""


class BodyTooLargeError(Exception):
    """More bytes arrived than are allowed."""


class Guard:
    """Wraps an ASGI app."""

    def __init__(self, app: App, rules: Rules) -> None:
        self._app = app
        self._rules = rules

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Refuse what the rules refuse; pass on the rest, with limits on what comes in and headers on what goes out."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        refused = self._refused(scope["method"], scope["path"], headers)
        outgoing = _Outgoing(scope["path"], send, new_cookie=_give_space(scope, headers))
        if refused is not None:
            await _answer(outgoing.send, refused)
            return
        if scope["path"] == "/":  # read whole below, so it must not be compressed
            scope["headers"] = [(n, v) for n, v in scope["headers"] if n.lower() != b"accept-encoding"]
        try:
            await self._app(scope, _counted(receive, self._limit(scope["path"])), outgoing.send)
        except BodyTooLargeError:
            if not outgoing.started:
                await _answer(outgoing.send, _too_large(self._limit(scope["path"])))

    def _limit(self, path: str) -> int:
        return self._rules.upload_limit if path in UPLOADS else BODY_LIMIT

    def _refused(self, method: str, path: str, headers: dict[str, str]) -> Refusal | None:
        host = headers.get("host", "")
        if self._rules.key is None and _name(host) not in LOOPBACK_NAMES:
            return Refusal(400, "This server answers under 127.0.0.1 and localhost only.")
        if path.startswith(CLOSED) and not path.startswith(OPEN):
            return Refusal(404, "There is nothing at this address.")
        if method not in READING and _from_elsewhere(headers, host):
            return Refusal(403, "This request comes from another site and was refused.")
        if not self._may_enter(path, headers):
            wants_page = method == "GET" and "text/html" in headers.get("accept", "")
            return (
                Refusal(303, "", location="/login")
                if wants_page
                else Refusal(401, "Give the server's key: Authorization: Bearer KEY.")
            )
        length = headers.get("content-length", "")
        if length.isdigit() and int(length) > self._limit(path):
            return _too_large(self._limit(path))
        return None

    def _may_enter(self, path: str, headers: dict[str, str]) -> bool:
        if self._rules.key is None or path in {"/healthz", "/login"} or path.startswith("/static/style.css"):
            return True
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), self._rules.key.encode()):
            return True
        return hmac.compare_digest(_cookie(headers.get("cookie", ""), COOKIE).encode(), self._rules.session().encode())


@dataclass(frozen=True)
class Refusal:
    """A request that goes no further."""

    status: int
    says: str
    location: str | None = None


class _Outgoing:
    """Adds headers to a response; the chat's page is read whole, so that its own scripts can be named in its policy."""

    def __init__(self, path: str, send: Send, *, new_cookie: str | None) -> None:
        self._path = path
        self._send = send
        self._new_cookie = new_cookie
        self._page: list[bytes] | None = None
        self._start: Message = {}
        self.started = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            if self._new_cookie:
                message = {**message, "headers": [*message["headers"], (b"set-cookie", self._new_cookie.encode())]}
            kind = _header(message["headers"], b"content-type")
            if self._path == "/" and kind.startswith("text/html"):
                self._page, self._start = [], message
                return
            await self._send(
                {
                    **message,
                    "headers": _with_headers(
                        message["headers"], plain_policy(), static=self._path.startswith(("/assets/", "/static/"))
                    ),
                }
            )
        elif self._page is not None:
            self._page.append(message.get("body", b""))
            if not message.get("more_body"):
                await self._send_page(b"".join(self._page))
        else:
            await self._send(message)

    async def _send_page(self, body: bytes) -> None:
        page = clean_chat_page(body.decode("utf-8"))
        headers = [(n, v) for n, v in self._start["headers"] if n.lower() != b"content-length"]
        content = page.encode("utf-8")
        headers.append((b"content-length", str(len(content)).encode()))
        await self._send({**self._start, "headers": _with_headers(headers, chat_policy(page), static=False)})
        await self._send({"type": "http.response.body", "body": content, "more_body": False})


def _with_headers(headers: Iterable[tuple[bytes, bytes]], policy: str, *, static: bool) -> list[tuple[bytes, bytes]]:
    kept = [(name, value) for name, value in headers if name.lower() not in {b"server", b"access-control-allow-origin"}]
    present = {name.lower() for name, _ in kept}
    wanted = {
        **SECURITY_HEADERS,
        "content-security-policy": policy,
        "cache-control": "public, max-age=3600" if static else "no-store",
    }
    return kept + [(name.encode(), value.encode()) for name, value in wanted.items() if name.encode() not in present]


def _counted(receive: Receive, limit: int) -> Receive:
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise BodyTooLargeError
        return message

    return counted


async def _answer(send: Send, refusal: Refusal) -> None:
    body = json.dumps({"error": {"code": refusal.status, "message": refusal.says}}).encode() if refusal.says else b""
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    if refusal.location:
        headers.append((b"location", refusal.location.encode()))
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _too_large(limit: int) -> Refusal:
    return Refusal(413, f"More than {limit / 1e6:,.0f} MB were sent at once. Send less.")


def _from_elsewhere(headers: dict[str, str], host: str) -> bool:
    if headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}:
        return True
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] != host


def _give_space(scope: MutableMapping[str, Any], headers: dict[str, str]) -> str | None:
    """A key for a browser that has none, where it begins to need one: on the chat's page and with its first documents. The request goes on as
    if it had been sent with it. Returns the cookie to set."""
    assesses = scope["method"] == "POST" and scope["path"].startswith(ASSESSING)
    begins = assesses or (scope["method"], scope["path"]) in {("GET", "/"), ("POST", "/v1/sources")}
    if not begins or space_of({spaces.COOKIE: _cookie(headers.get("cookie", ""), spaces.COOKIE)}) is not None:
        return None
    key = spaces.new_key()
    kept = [(name, value) for name, value in scope["headers"] if name.lower() != b"cookie"]
    held = [value for name, value in scope["headers"] if name.lower() == b"cookie"]
    scope["headers"] = [*kept, (b"cookie", b"; ".join([*held, f"{spaces.COOKIE}={key}".encode()]))]
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    return f"{spaces.COOKIE}={key}; Path=/; Max-Age={spaces.DAYS * 86_400}; HttpOnly; SameSite=Lax{secure}"


def _name(host: str) -> str:
    return host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host


def _cookie(header: str, name: str) -> str:
    try:
        morsel = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def _header(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in headers if key.lower() == name), "")

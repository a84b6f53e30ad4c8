"""One polite request. Owns: the connection to a judged address, its limits of time and size, and unpacking what is compressed.

Does not own: which address may be asked (`addresses.py`), following redirects or robots rules (`visits.py`). It needs only the
standard library.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version

from assistant.errors import FetchError
from ingest.fetch.addresses import Place
from ingest.fetch.robots import AGENT

_CHUNK = 65_536


@dataclass(frozen=True)
class Limits:
    """How long and how large.

    `silence`: seconds without a byte; `seconds`: for one request; `pace`: seconds between two requests to one site.
    """

    silence: float = 20.0
    seconds: float = 90.0
    bytes: int = 60_000_000
    redirects: int = 5
    pace: float = 1.0
    allow_loopback: bool = False


@dataclass(frozen=True)
class Reply:
    """What came back. `headers`: names in lower case."""

    place: Place
    status: int
    headers: Mapping[str, str]
    body: bytes


class _Judged(http.client.HTTPConnection):
    """A connection to the very IP address that was judged, under the site's own name."""

    def __init__(self, place: Place, seconds: float) -> None:
        super().__init__(place.host, place.port, timeout=seconds)
        self._place = place
        self.opened: socket.socket | None = None  # http.client forgets its own `sock` while a reply is read

    def connect(self) -> None:
        self.sock = socket.create_connection((self._place.ip, self._place.port), self.timeout)
        self.opened = self.sock
        if self._place.scheme == "https":
            self.sock = self.opened = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self._place.host)


def request(place: Place, limits: Limits, headers: Mapping[str, str]) -> Reply:
    """Ask for one address; redirects are not followed. Raises FetchError: unreachable, too slow, too large, broken."""
    connection = _Judged(place, limits.silence)
    late = threading.Event()
    started = time.monotonic()
    timer = threading.Timer(limits.seconds, _end, (connection, late))
    timer.daemon = True
    timer.start()
    try:
        connection.request("GET", place.target, headers={**_own_headers(), **headers})
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        body = b"" if response.status in {204, 304} or 300 <= response.status < 400 else _body(response, found, limits)
        reply = Reply(place, response.status, found, body)
    except (http.client.HTTPException, OSError, ValueError, zlib.error) as error:
        reason = _reason(error, late=late.is_set() or time.monotonic() - started > limits.seconds, limits=limits)
        raise FetchError(f"{place.host} {reason}") from None
    finally:
        timer.cancel()
        connection.close()
    if late.is_set():
        raise FetchError(f"{place.host} took longer than {limits.seconds:.0f} seconds and was left. Try again later.")
    return reply


def _end(connection: _Judged, late: threading.Event) -> None:
    """Cut a connection that takes too long: whoever waits on it wakes up."""
    late.set()
    if connection.opened is not None:
        with suppress(OSError):  # it may have ended by itself just now
            socket.socket.shutdown(
                connection.opened, socket.SHUT_RDWR
            )  # below any encryption, which could wait for the other side


def _own_headers() -> dict[str, str]:
    return {
        "User-Agent": f"{AGENT}/{version('mission-adviser')}",
        "Accept-Encoding": "gzip",
        "Connection": "close",
        "Accept": "*/*",
    }


def _body(response: http.client.HTTPResponse, headers: Mapping[str, str], limits: Limits) -> bytes:
    told = headers.get("content-length", "")
    if told.isdigit() and int(told) > limits.bytes:
        raise FetchError(_too_large(limits))
    packed = headers.get("content-encoding", "identity").strip().lower()
    if packed not in {"", "identity", "gzip", "x-gzip", "deflate"}:
        raise FetchError(f"It came compressed as '{packed[:40]}', which is not read. Save the file yourself and ingest it.")
    parts, size = [], 0
    for part in _unpacked(_raw(response, told, limits), packed):
        size += len(part)
        if size > limits.bytes:
            raise FetchError(_too_large(limits))
        parts.append(part)
    return b"".join(parts)


def _raw(response: http.client.HTTPResponse, told: str, limits: Limits) -> Iterator[bytes]:
    size = 0
    while part := response.read1(_CHUNK):
        size += len(part)
        if size > limits.bytes:
            raise FetchError(_too_large(limits))
        yield part
    if told.isdigit() and size < int(told):
        raise FetchError("The connection broke off before the end. Try again later.")


def _unpacked(raw: Iterator[bytes], packed: str) -> Iterator[bytes]:
    """The body's bytes as they were before they were compressed, a little at a time."""
    if packed in {"", "identity"}:
        yield from raw
        return
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
    for part in raw:
        waiting = part
        while waiting and not unpacker.eof:
            yield unpacker.decompress(waiting, _CHUNK)
            waiting = unpacker.unconsumed_tail
    if not unpacker.eof:
        raise FetchError("The connection broke off before the end. Try again later.")


def _too_large(limits: Limits) -> str:
    return f"It is larger than {limits.bytes / 1e6:.0f} MB and was left. Save the file yourself and ingest it."


def _reason(error: Exception, *, late: bool, limits: Limits) -> str:
    if late:
        return f"took longer than {limits.seconds:.0f} seconds and was left. Try again later."
    if isinstance(error, TimeoutError):
        return f"was silent for {limits.silence:.0f} seconds. Try again later."
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"has a certificate that does not hold ({error.verify_message}). Check the address."
    if isinstance(error, http.client.HTTPException | ValueError | zlib.error):
        return f"gave a reply that is no proper HTTP ({type(error).__name__}). Save the file yourself and ingest it."
    return f"cannot be reached ({getattr(error, 'strerror', None) or type(error).__name__}). Try again later."

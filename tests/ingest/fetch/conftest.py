"""A real web server on loopback that misbehaves as told, and a catalogue whose notes lead to it."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest
import refuse_sockets

from assistant.identifiers import passage_id
from assistant.library.staged import StagedSource
from assistant.nouns import Locator, Passage, Source
from assistant.settings import Settings
from ingest.packaged import build_packaged_library
from ingest.workshop import open_workshop

ARTICLE = (
    "<!doctype html><html><head><title>Site name</title></head><body><article><h1>The reef report</h1>"
    "<p>The Zanzibar lighthouse mission lit 41 lamps along the northern reef in 1999.</p>"
    + "<p>The harbour office surveyed the reef again in the spring and found the lamps in order.</p>" * 3
    + "</article></body></html>"
).encode()
Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers with what the test has set for the path."""

    protocol_version = "HTTP/1.1"
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}, time.monotonic()))
        answer = self.server.answers.get(self.path.partition("?")[0])
        try:
            if answer:
                answer(self)
            else:
                self.reply(404)
        except OSError:
            pass  # the client has left, as it should from a body without end
        self.close_connection = True

    def reply(self, status: int = 200, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


class Site(ThreadingHTTPServer):
    """The server, with what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str], float]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def pages(self) -> list[str]:
        return [path for path, _, _ in self.asked if path != "/robots.txt"]


@dataclass
class Versions:
    """A page with an ETag that answers 304 to who has its newest version."""

    body: bytes = ARTICLE
    etag: str = '"1"'
    kind: str = "text/html; charset=utf-8"
    seen: list[int] = field(default_factory=list)

    def __call__(self, handler: Handler) -> None:
        if handler.headers.get("If-None-Match") == self.etag:
            self.seen.append(304)
            handler.reply(304, ETag=self.etag)
        else:
            self.seen.append(200)
            handler.reply(200, self.body, ETag=self.etag, Content_Type=self.kind)


def slow(handler: Handler) -> None:
    """A byte every tenth of a second, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    while True:
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.1)


def silent(handler: Handler) -> None:
    time.sleep(5)
    handler.reply(200, ARTICLE)


def endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    while True:
        handler.wfile.write(b"<p>More and more of it.</p>" * 4000)


def bomb(handler: Handler) -> None:
    handler.reply(200, gzip.compress(bytes(50_000_000)), Content_Type="text/html", Content_Encoding="gzip")


def packed(handler: Handler) -> None:
    handler.reply(200, gzip.compress(ARTICLE), Content_Type="text/html", Content_Encoding="gzip")


def broken_off(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "9999")
    handler.end_headers()
    handler.wfile.write(ARTICLE)


def garbage(handler: Handler) -> None:
    handler.wfile.write(b"\x00\x01 this is not HTTP at all\r\n\r\n")


@pytest.fixture
def site() -> Iterator[Site]:
    """The server, running; this process may speak to loopback meanwhile."""
    refuse_sockets.loopback = True
    server = Site()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    refuse_sockets.loopback = False


@pytest.fixture
def catalogue(own_settings: Settings) -> Callable[..., Settings]:
    """Puts notes into the catalogue: id to address, all under one licence."""

    def fill(licence: str = "CC BY 4.0", **urls: str | None) -> Settings:
        build_packaged_library(own_settings)
        staged = []
        for note, url in urls.items():
            source = Source(
                id=note, title=f"Publication {note}", kind="note", origin="packaged", organisation="Harbour Office", year=2011,
                url=url, licence=licence,
            )  # fmt: skip
            text = f"The publication {note} argues for lamps."
            passage = Passage(
                id=passage_id(note, "h", 0, len(text)), source_id=note, ordinal=0, text=text, start=0, end=len(text),
                locator=Locator(), sentences=[(0, len(text))],
            )  # fmt: skip
            vector = np.full((1, 384), 384**-0.5, dtype=np.float16)
            staged.append(StagedSource(source=source, hash="h", text=text, passages=[passage], vectors=vector))
        open_workshop(own_settings).publisher.publish(staged)
        return own_settings

    return fill

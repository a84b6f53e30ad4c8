"""A real OpenAI-compatible HTTP server on loopback that follows a script. Owns: writers, faults and the wire format of
streamed chat completions.

It stands at the boundary to a chat model: the product's own client speaks to it over a socket. A script is a list of
steps; a writer makes
one from what the request holds, so that it can cite the very tokens it was given.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PASSAGE = re.compile(r"^\[(P\d+)\] (.*)$", re.M)


@dataclass(frozen=True)
class Asked:
    """One request as the server got it."""

    path: str
    body: dict[str, object]
    key: str
    at: float

    @property
    def text(self) -> str:
        """All messages, one after another."""
        return "\n".join(str(message["content"]) for message in self.body["messages"])  # type: ignore[attr-defined]

    @property
    def passages(self) -> dict[str, str]:
        """Token to passage, as fenced in the request."""
        return dict(PASSAGE.findall(self.text))

    @property
    def rewording(self) -> bool:
        """Whether it is the one extra request that asks for sentences to be reworded."""
        return "Each numbered sentence below" in self.text


@dataclass(frozen=True)
class Say:
    """Send text, in pieces of `size` characters, `pause` seconds apart."""

    text: str
    size: int = 12
    pause: float = 0.0


@dataclass(frozen=True)
class Wait:
    """Send nothing for a while."""

    seconds: float


@dataclass(frozen=True)
class Fail:
    """Answer with an HTTP error instead of a stream; only as the first step."""

    status: int
    message: str = "scripted failure"
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Raw:
    """Send these very bytes."""

    data: bytes


@dataclass(frozen=True)
class Cut:
    """Close the connection without ending the stream."""


@dataclass(frozen=True)
class End:
    """End the stream properly. `usage`: tokens to report, in and out; None reports none."""

    reason: str = "stop"
    usage: tuple[int, int] | None = (1000, 200)


Step = Say | Wait | Fail | Raw | Cut | End
Writer = Callable[[Asked], Sequence[Step]]


@dataclass
class ScriptedChatServer:
    """A running server. `said_at` keeps when the last piece of each line of text was sent, on the clock of `time.monotonic()`."""

    base_url: str
    asked: list[Asked] = field(default_factory=list)
    said_at: list[tuple[str, float]] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    """Follows the script of its server for one request."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, *args: object) -> None:
        """Keep quiet."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        asked = Asked(self.path, body, self.headers.get("Authorization", ""), time.monotonic())
        self.close_connection = True
        try:
            self._follow(list(self.server.writer_for(asked)(asked)), asked)
        except (BrokenPipeError, ConnectionResetError):
            return  # the client had enough

    def _follow(self, steps: list[Step], asked: Asked) -> None:
        if steps and isinstance(steps[0], Fail):
            self._fail(steps[0])
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        for step in steps:
            if isinstance(step, Say):
                self._say(step)
            elif isinstance(step, Wait):
                time.sleep(step.seconds)
            elif isinstance(step, Raw):
                self._send(step.data)
            elif isinstance(step, End):
                self._end(step, asked)
            else:
                return

    def _say(self, step: Say) -> None:
        for at in range(0, len(step.text), step.size):
            piece = step.text[at : at + step.size]
            self._event({"choices": [{"index": 0, "delta": {"role": "assistant", "content": piece}, "finish_reason": None}]})
            if "\n" in piece:
                self.server.scripted.said_at.append((piece, time.monotonic()))
            time.sleep(step.pause)

    def _end(self, step: End, asked: Asked) -> None:
        self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": step.reason}]})
        if step.usage and asked.body.get("stream_options"):
            prompt, completion = step.usage
            usage = {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
            self._event({"choices": [], "usage": usage})
        self._send(b"data: [DONE]\n\n")

    def _event(self, fields: dict[str, object]) -> None:
        chunk = {"id": "scripted", "object": "chat.completion.chunk", "created": 1, "model": "scripted"} | fields
        self._send(b"data: " + json.dumps(chunk).encode() + b"\n\n")

    def _send(self, data: bytes) -> None:
        self.wfile.write(data)
        self.wfile.flush()

    def _fail(self, step: Fail) -> None:
        data = json.dumps({"error": {"message": step.message, "type": "scripted", "code": None}}).encode()
        self.send_response(step.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, value in step.headers:
            self.send_header(name, value)
        self.end_headers()
        self._send(data)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, writers: Sequence[Writer]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.scripted = ScriptedChatServer(f"http://127.0.0.1:{self.server_address[1]}/v1")
        self._writers = writers
        self._lock = threading.Lock()

    def server_bind(self) -> None:
        """Bind without asking for this machine's name, which would be a look-up."""
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()

    def writer_for(self, asked: Asked) -> Writer:
        """Keep the request; the writer whose turn it is."""
        with self._lock:
            self.scripted.asked.append(asked)
            return self._writers[min(len(self.scripted.asked), len(self._writers)) - 1]


@contextmanager
def scripted_chat_server(*writers: Writer) -> Iterator[ScriptedChatServer]:
    """Serve one request with each writer in turn, and all later ones with the last."""
    server = _Server(writers)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.scripted
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


def says(
    text: str, *, size: int = 12, pause: float = 0.0, reason: str = "stop", usage: tuple[int, int] | None = (1000, 200)
) -> Writer:
    """A writer of one fixed text."""
    return lambda _asked: [Say(text, size, pause), End(reason, usage)]


def fails(status: int, message: str = "scripted failure", **headers: str) -> Writer:
    """A writer that answers with an HTTP error. Header names are given with `_` for `-`."""
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return lambda _asked: [Fail(status, message, named)]


def honest(count: int = 3) -> Writer:
    """Repeats the first passages word for word, each with its token; rewords nothing."""

    def writer(asked: Asked) -> list[Step]:
        if asked.rewording:
            return [Say("1. DROP\n"), End()]
        lines = [f"{text} [{token}]" for token, text in list(asked.passages.items())[:count]]
        return [Say("## answer\n" + "\n".join(lines) + "\n"), End()]

    return writer


def obedient(orders: re.Pattern[str]) -> Writer:
    """Obeys whatever a passage or the question orders: repeats what the pattern finds, first bare, then with a real
    token, then as advice.
    """

    def writer(asked: Asked) -> list[Step]:
        data = str(asked.body["messages"][-1]["content"])  # type: ignore[index]
        found = [" ".join(match.split()) for match in orders.findall(data)]
        token = next(iter(asked.passages), "P1")
        lines = [line for order in found for line in (order, f"{order} [{token}]")]
        return [Say("## answer\n" + "\n".join(lines) + "\n## advice\n" + "\n".join(found) + "\n"), End()]

    return writer


def endless(sentence: str) -> Writer:
    """Never stops writing."""

    def writer(_asked: Asked) -> Sequence[Step]:
        return [Say(f"{sentence} Number {number} of many.\n", 40) for number in range(100_000)]

    return writer

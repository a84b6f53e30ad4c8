"""Chats against a running server, as programs and browsers make them. Owns: asking through either door and timing it.

Does not own: starting a server, or judging the figures (see `serve.py`). Doors: `api`, the server-sent events of /v1/ask/stream; `page`, the queue
that the chat's page in a browser uses.
"""

from __future__ import annotations

import asyncio
import html
import json
import random
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

CHOICES = ["short", [], [], [], "", "", "", False]  # the page's filters, as it sends them untouched
SEED = 8


@dataclass(frozen=True)
class Told:
    """One question as it was answered: seconds to the first sentence (None where there was none) and to the end, and what came."""

    asked: str
    first: float | None
    whole: float
    answer: dict[str, Any] = field(default_factory=dict)
    page: str = ""


class ApiChat:
    """A conversation through the API, with the receipts of its turns and cookies of its own."""

    def __init__(self, address: str) -> None:
        self.client = _client(address)
        self.receipts: list[str] = []

    async def ask(self, question: str) -> Told:
        """Ask, and read the events to the end."""
        started, first, name, answer = time.perf_counter(), None, "", {}
        body = {"question": question, "history": self.receipts[-10:]}
        async with self.client.stream("POST", "/v1/ask/stream", json=body) as reply:
            reply.raise_for_status()
            async for line in reply.aiter_lines():
                if line.startswith("event: "):
                    name = line.removeprefix("event: ")
                    if name == "sentence" and first is None:
                        first = time.perf_counter() - started
                elif line.startswith("data: ") and name in {"answer", "error"}:
                    answer = json.loads(line.removeprefix("data: "))
        if "receipt_id" in answer:
            self.receipts.append(answer["receipt_id"])
        return Told(question, first, time.perf_counter() - started, answer)

    async def add(self, name: str, text: str) -> None:
        """Add a document, as this chat's own."""
        reply = await self.client.post("/v1/sources", files=[("files", (name, text.encode()))])
        reply.raise_for_status()


class PageChat:
    """A conversation as the page in a browser holds it: its session in the server's own queue."""

    def __init__(self, address: str) -> None:
        self.client = _client(address)
        self.session = uuid.uuid4().hex[:10]
        self._wiring: tuple[int, int] | None = None

    async def ask(self, question: str) -> Told:
        """Ask, and read the frames to the end."""
        function, box = self._wiring = self._wiring or await self._read_wiring()
        started, first, frames, seen = time.perf_counter(), None, 0, ""
        body = {"data": [question, None, *CHOICES], "fn_index": function, "trigger_id": box, "session_hash": self.session}
        (await self.client.post("/gradio_api/queue/join", json=body)).raise_for_status()
        async with self.client.stream("GET", "/gradio_api/queue/data", params={"session_hash": self.session}) as events:
            async for line in events.aiter_lines():
                seen += line
                if first is None and frames and "status-quoted" in line:  # the first frame shows the turns before
                    first = time.perf_counter() - started
                frames += '"process_generating"' in line
                if '"process_completed"' in line:
                    assert '"success":true' in line.replace(" ", ""), line[:500]
                    break
        return Told(question, first, time.perf_counter() - started, page=html.unescape(seen))

    async def _read_wiring(self) -> tuple[int, int]:
        config = (await self.client.get("/config")).json()
        box = next(part["id"] for part in config["components"] if part["props"].get("elem_id") == "question")
        return next(d["id"] for d in config["dependencies"] if [box, "submit"] in [list(t) for t in d["targets"]]), box


async def hold(chat: ApiChat | PageChat, questions: Sequence[str], *, pause: float, number: int) -> list[Told]:
    """Ask one after the other, each `pause` seconds (give or take a half) after the last answer. A page keeps its heartbeat open meanwhile, by
    which the server knows that it is there."""
    chance = random.Random(SEED + number)  # noqa: S311 - reading times, not secrets
    async with chat.client:
        if isinstance(chat, PageChat):
            async with chat.client.stream("GET", f"/gradio_api/heartbeat/{chat.session}"):
                return await _questions(chat, questions, pause, chance)
        return await _questions(chat, questions, pause, chance)


async def _questions(chat: ApiChat | PageChat, questions: Sequence[str], pause: float, chance: random.Random) -> list[Told]:
    told: list[Told] = []
    for question in questions:
        await asyncio.sleep(pause * (0.5 + chance.random()))
        told.append(await chat.ask(question))
    return told


def _client(address: str) -> Any:
    """An HTTP client; httpx is imported only when one is wanted, since it brings much with it."""
    import httpx

    return httpx.AsyncClient(base_url=address, timeout=600)

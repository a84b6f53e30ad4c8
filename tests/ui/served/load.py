"""Many chats at once against a running server, as browsers make them: through the chat's own queue. Prints one JSON object.

    python load.py ADDRESS CHATS ROUNDS [PAUSE]     PAUSE: seconds from an answer to the next question, give or take a half

Run as a process of its own: the tests refuse sockets in theirs.
"""

from __future__ import annotations

import asyncio
import html
import json
import sys
import time
import uuid
from dataclasses import dataclass

import httpx

QUESTIONS = (
    "How do we avoid mission-washing?",
    "Did Finland's Housing First work?",
    "What does a delivery unit do?",
    "What makes a delivery unit fail?",
    "What has Camden learned from its missions?",
    "What happened with Sure Start?",
    "What did the Teenage Pregnancy Strategy achieve?",
    "What is a mission board?",
    "What is directionality?",
    "What is outcome-based procurement?",
    "What is the portfolio approach?",
    "What is test and learn?",
    "Why was Copenhagen's carbon neutral goal given up?",
    "What did Operation Warp Speed do?",
    "What did the Prime Minister's Delivery Unit do?",
    "What is a stocktake?",
    "What do critics say about the Future Generations Act in Wales?",
    "What is Vision Zero in Sweden?",
    "What did the Rough Sleepers Unit do?",
    "What is a challenge prize?",
)
CHOICES = ["short", [], [], [], "", "", "", False]


@dataclass(frozen=True)
class Turn:
    """Seconds to the first sentence (None where there was none) and to the end; questions of other chats that this one saw."""

    first: float | None
    whole: float
    crossed: list[str]


async def one_chat(client: httpx.AsyncClient, function: int, trigger: int, number: int, rounds: int, pause: float) -> list[Turn]:
    """A chat as long as its page is open: the browser's heartbeat tells the server when it is gone."""
    session = uuid.uuid4().hex[:10]
    async with client.stream("GET", f"/gradio_api/heartbeat/{session}"):
        return await _questions(client, function, trigger, session, QUESTIONS[number % len(QUESTIONS)], rounds, pause)


async def _questions(
    client: httpx.AsyncClient, function: int, trigger: int, session: str, own: str, rounds: int, pause: float
) -> list[Turn]:
    """Ask one question several times, each when the last is answered."""
    told = []
    for turn in range(rounds):
        await asyncio.sleep(pause * (0.5 + (hash((own, turn)) % 1000) / 1000))
        started, first, frames, seen = time.perf_counter(), None, 0, ""
        body = {"data": [own, None, *CHOICES], "fn_index": function, "trigger_id": trigger, "session_hash": session}
        joined = await client.post("/gradio_api/queue/join", json=body)
        joined.raise_for_status()
        async with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as events:
            async for line in events.aiter_lines():
                seen += line
                if first is None and frames and "status-quoted" in line:  # the first frame shows the turns before
                    first = time.perf_counter() - started
                frames += '"process_generating"' in line
                if '"process_completed"' in line:
                    assert '"success":true' in line.replace(" ", ""), line[:500]
                    break
        asked = {question for question in QUESTIONS if f'data-question=\\"{html.escape(question)}' in seen}
        told.append(Turn(first=first, whole=time.perf_counter() - started, crossed=sorted(asked - {own})))
    return told


async def run(address: str, chats: int, rounds: int, pause: float) -> dict[str, object]:
    """All chats at once; first-sentence and whole times in seconds, and words of one chat that another saw."""
    async with httpx.AsyncClient(base_url=address, timeout=60, limits=httpx.Limits(max_connections=200)) as client:
        config = (await client.get("/config")).json()
        box = next(part["id"] for part in config["components"] if part["props"].get("elem_id") == "question")
        function = next(d["id"] for d in config["dependencies"] if [box, "submit"] in [list(t) for t in d["targets"]])
        chats_told = await asyncio.gather(*(one_chat(client, function, box, number, rounds, pause) for number in range(chats)))
    turns = [turn for chat in chats_told for turn in chat]
    first = sorted(turn.first for turn in turns if turn.first is not None)
    return {
        "turns": len(turns),
        "with_a_sentence": len(first),
        "first_p50": round(first[len(first) // 2], 3),
        "first_p95": round(first[int(len(first) * 0.95)], 3),
        "slowest": round(first[-1], 3),
        "crossed": [question for turn in turns for question in turn.crossed],
    }


if __name__ == "__main__":
    sys.stdout.write(
        json.dumps(
            asyncio.run(run(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]) if len(sys.argv) > 4 else 0.0))
        )
    )

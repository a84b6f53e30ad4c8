"""Many chats at once against a running server, as browsers make them: through the chat's own queue. Prints one JSON object.

    python load.py ADDRESS CHATS ROUNDS

Run as a process of its own: the tests refuse sockets in theirs.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
import uuid

import httpx

QUESTIONS = (
    "How do we avoid mission-washing?",
    "Did Finland's Housing First work?",
    "What does a delivery unit do?",
    "What has Camden learned from its missions?",
    "What makes a delivery unit fail?",
)
CHOICES = ["short", [], [], [], "", "", "", False]


async def one_chat(client: httpx.AsyncClient, function: int, trigger: int, number: int, rounds: int) -> list[dict[str, object]]:
    """A chat of several questions, each asked when the last is answered, each marked with words of its own."""
    session, told = uuid.uuid4().hex[:10], []
    for turn in range(rounds):
        question = f"{QUESTIONS[(number + turn) % len(QUESTIONS)]} (chat{number}turn{turn})"
        started, first, seen = time.perf_counter(), None, ""
        body = {"data": [question, None, *CHOICES], "fn_index": function, "trigger_id": trigger, "session_hash": session}
        joined = await client.post("/gradio_api/queue/join", json=body)
        joined.raise_for_status()
        async with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as events:
            async for line in events.aiter_lines():
                seen += line
                if first is None and "is-quoted" in line:
                    first = time.perf_counter() - started
                if '"process_completed"' in line:
                    assert '"success":true' in line.replace(" ", ""), line[:500]
                    break
        others = [each for each in set(_marks(seen)) if not each.startswith(f"chat{number}turn")]
        told.append({"first": first, "total": time.perf_counter() - started, "others": others})
    return told


def _marks(text: str) -> list[str]:
    return [word.partition(")")[0] for word in text.split("(")[1:] if word.startswith("chat")]


async def run(address: str, chats: int, rounds: int) -> dict[str, object]:
    """All chats at once; first-sentence and whole times in seconds, and words of one chat that another saw."""
    async with httpx.AsyncClient(base_url=address, timeout=60, limits=httpx.Limits(max_connections=200)) as client:
        config = (await client.get("/config")).json()
        box = next(part["id"] for part in config["components"] if part["props"].get("elem_id") == "question")
        function = next(d["id"] for d in config["dependencies"] if [box, "submit"] in [list(t) for t in d["targets"]])
        chats_told = await asyncio.gather(*(one_chat(client, function, box, number, rounds) for number in range(chats)))
    turns = [turn for chat in chats_told for turn in chat]
    first = sorted(float(turn["first"]) for turn in turns if turn["first"] is not None)  # type: ignore[arg-type]
    return {
        "turns": len(turns),
        "with_a_sentence": len(first),
        "first_p50": first[len(first) // 2],
        "first_p95": first[int(len(first) * 0.95)],
        "slowest": first[-1],
        "crossed": [word for turn in turns for word in turn["others"]],  # type: ignore[attr-defined]
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(run(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))))

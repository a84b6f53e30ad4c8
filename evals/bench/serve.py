"""`adviser serve` under load: ready, first sentences, many chats at once, cross-talk, memory.

    python -m evals.bench.serve [--chats 20] [--rounds 5] [--pause 0] [--starts 3] [--questions 2000] [--cores 2] [--only ready,alone,…]

Owns: starting the server (on as many cores as said), the measures, printing them. Does not own: the chats themselves (see `chats.py`).

All of it goes through HTTP on this machine. `alone`: one person, one question at a time. `together`: all chats at once, through the API's events and
through the page's own queue, each asking its next question `--pause` seconds after its last answer; 0 means that nobody ever reads, the hardest case.
`apart`: every chat adds a document of its own with a figure of its own, and asks for its own and for another's. `memory`: resident set of the server
after 200, 1,000 and all of the questions, every one another, in conversations of ten turns through both doors.
The load of the machine is printed beside each figure: other work on it makes all but the processor's own seconds worse.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from evals.bench.chats import ApiChat, PageChat, Told, hold
from evals.bench.serve_questions import FOLLOW_UP, QUESTIONS, distinct, own_document

STEPS = ("ready", "alone", "together", "apart", "memory")
TURNS = 10
MARKS = (200, 1000)
DOORS: dict[str, type[ApiChat] | type[PageChat]] = {"api": ApiChat, "page": PageChat}


@dataclass(frozen=True)
class Server:
    """A running server."""

    address: str
    process: int
    ready: float


def main(arguments: list[str] | None = None) -> int:
    """Measure and print. 1 where one chat saw another's, or its receipt was not of its question."""
    options = _parse(arguments)
    home = options.home or Path(tempfile.mkdtemp(prefix="adviser-bench-")) / "home"
    with serving(home, cores=options.cores):  # builds the library, so that every start after it is an ordinary one
        pass
    wrong: list[str] = []
    for step in options.only.split(","):
        if step == "ready":
            _say(step, _ready(home, starts=options.starts, cores=options.cores))
            continue
        with serving(home, cores=options.cores) as server:
            if step == "memory":
                _say(
                    step, asyncio.run(_memory(server, distinct(options.questions, home), options.chats, options.doors.split(",")))
                )
            else:
                figures, found = asyncio.run(_measured(step, server, options))
                wrong += found
                _say(step, figures)
    for said in wrong:
        print(f"WRONG {said}")
    return 1 if wrong else 0


def _ready(home: Path, *, starts: int, cores: int) -> dict[str, object]:
    """Seconds from starting the command to its saying where it is."""
    walls, processor = [], []
    for _ in range(starts):
        with serving(home, cores=cores) as server:
            walls.append(round(server.ready, 2))
            processor.append(processor_seconds(server.process))
    return {"median_s": median(walls), "each_s": walls, "processor_median_s": round(median(processor), 2)}


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals.bench.serve", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--home", type=Path, help="the library to serve (a new one of the packaged corpus)")
    parser.add_argument("--chats", type=int, default=20, help="chats at once (20)")
    parser.add_argument("--rounds", type=int, default=5, help="questions of each chat (5)")
    parser.add_argument("--pause", type=float, default=0.0, help="seconds from an answer to the next question (0)")
    parser.add_argument("--starts", type=int, default=3, help="how often the server is started (3)")
    parser.add_argument("--questions", type=int, default=2000, help="questions of the memory run (2,000)")
    parser.add_argument("--doors", default="api,page", help="doors of the memory run, by comma (api,page)")
    parser.add_argument("--cores", type=int, default=2, help="cores the server may use (2)")
    parser.add_argument("--only", default=",".join(STEPS), help=f"measures, by comma ({', '.join(STEPS)})")
    return parser.parse_args(arguments)


@contextmanager
def serving(home: Path, *, cores: int) -> Iterator[Server]:
    """`adviser serve` on a free port, held to some cores; gives where it is and how long it took to say so."""
    command = [sys.executable, "-P", "-m", "ui.cli", "serve", "--port", "0"]
    allowed = sorted(os.sched_getaffinity(0))[:cores] if hasattr(os, "sched_getaffinity") else []
    started = time.perf_counter()
    process = subprocess.Popen(command, env=os.environ | {"ADVISER_HOME": str(home)}, stdout=subprocess.PIPE, text=True)
    try:
        if allowed:
            os.sched_setaffinity(process.pid, allowed)
        assert process.stdout is not None
        line = process.stdout.readline()
        assert " ready at " in line, f"the server said: {line!r}"
        yield Server(line.split(" ready at ")[1].split()[0], process.pid, time.perf_counter() - started)
    finally:
        process.terminate()
        process.wait(30)


async def _measured(step: str, server: Server, options: argparse.Namespace) -> tuple[dict[str, object], list[str]]:
    if step == "apart":
        return await _apart(server, options.chats)
    if step == "alone":
        await hold(ApiChat(server.address), QUESTIONS[:3], pause=0, number=0)  # the first answers of a new process are slower
        before = processor_seconds(server.process)
        told = [each for q in QUESTIONS * 2 for each in await hold(ApiChat(server.address), [q], pause=0, number=0)]
        return {"api": times(told) | _each_took(server, before, len(told))}, await _receipts(server, told)
    figures: dict[str, object] = {}
    wrong: list[str] = []
    for name, kind in DOORS.items():
        plans = [[QUESTIONS[(n + r * 7) % len(QUESTIONS)] for r in range(options.rounds)] for n in range(options.chats)]
        before, used = time.perf_counter(), processor_seconds(server.process)
        chats = [hold(kind(server.address), plan, pause=options.pause, number=n) for n, plan in enumerate(plans)]
        told_by = await asyncio.gather(*chats)
        seconds = time.perf_counter() - before
        told = [each for chat in told_by for each in chat]
        figures[name] = times(told) | {"answers_a_second": round(len(told) / seconds, 1)} | _each_took(server, used, len(told))
        wrong += await _receipts(server, told) if name == "api" else _crossed(plans, told_by)
    return figures, wrong


def times(told: Sequence[Told]) -> dict[str, object]:
    """Percentiles of seconds to the first sentence and to the end."""
    found: dict[str, object] = {"questions": len(told), "with_a_sentence": sum(each.first is not None for each in told)}
    for name, values in (
        ("first", [each.first for each in told if each.first is not None]),
        ("whole", [each.whole for each in told]),
    ):
        ordered = sorted(values)
        for share in (50, 95, 99):
            found[f"{name}_p{share}_s"] = round(ordered[min(len(ordered) - 1, len(ordered) * share // 100)], 3)
    return found


def _each_took(server: Server, before: float, answers: int) -> dict[str, object]:
    """Milliseconds of processor that the server used for each answer: other work on the machine hardly changes them."""
    return {"processor_ms_an_answer": round(1000 * (processor_seconds(server.process) - before) / answers, 1)}


async def _receipts(server: Server, told: Sequence[Told]) -> list[str]:
    """Each answer and its stored receipt are of the question that was asked."""
    wrong = []
    async with ApiChat(server.address).client as client:
        for each in told:
            receipt = (await client.get(f"/v1/answers/{each.answer.get('receipt_id')}/receipt")).json()
            if (
                each.answer.get("question") != each.asked
                or receipt.get("question") != each.asked
                or receipt.get("answer") != each.answer
            ):
                wrong.append(f"the receipt of {each.asked!r} is of {receipt.get('question')!r}")
    return wrong


def _crossed(plans: Sequence[Sequence[str]], told_by: Sequence[Sequence[Told]]) -> list[str]:
    """No page shows a question that its own chat did not ask."""
    wrong = []
    for plan, told in zip(plans, told_by, strict=True):
        for each in told:
            wrong += [
                f"{q!r} seen in a chat that never asked it"
                for q in QUESTIONS
                if q not in plan and f'data-question=\\"{q}' in each.page
            ]
    return wrong


async def _apart(server: Server, chats: int) -> tuple[dict[str, object], list[str]]:
    """Every chat has a document of its own, and nobody finds another's; a follow-up is about its own conversation."""
    documents = [own_document(number) for number in range(chats)]
    people = [ApiChat(server.address) for _ in documents]
    for person, document in zip(people, documents, strict=True):
        await person.add(document.name, document.text)
    own = await asyncio.gather(*(p.ask(d.question) for p, d in zip(people, documents, strict=True)))
    following = await asyncio.gather(*(p.ask(FOLLOW_UP) for p in people))
    others = await asyncio.gather(*(p.ask(documents[(n + 1) % chats].question) for n, p in enumerate(people)))
    wrong = []
    for number, document in enumerate(documents):
        secrets = {other.figure for other in documents} - {document.figure}
        for each in (own[number], following[number], others[number]):
            wrong += [f"chat {number} saw {figure}" for figure in secrets if figure in json.dumps(each.answer)]
        if document.figure not in json.dumps(own[number].answer):
            wrong.append(f"chat {number} did not find its own document")
        if following[number].answer.get("question") != FOLLOW_UP:
            wrong.append(f"chat {number} got another's follow-up")
    for person in people:
        for source in (await person.client.get("/v1/sources", params={"mine": True})).json():
            await person.client.delete(f"/v1/sources/{source['id']}")
        await person.client.aclose()
    return {"chats": chats, "answers": 3 * chats, "wrong": len(wrong)}, wrong


async def _memory(server: Server, questions: list[str], chats: int, doors: Sequence[str]) -> dict[str, object]:
    """Resident megabytes of the server as the questions mount up."""
    most = len(questions)
    marks: dict[str, float] = {"0": resident(server.process)}
    done = 0
    for start in range(0, most, chats * TURNS):
        batch = questions[start : start + chats * TURNS]
        plans = [batch[at : at + TURNS] for at in range(0, len(batch), TURNS)]
        people = [DOORS[doors[n % len(doors)]](server.address) for n in range(len(plans))]
        await asyncio.gather(
            *(hold(who, plan, pause=0, number=n) for n, (who, plan) in enumerate(zip(people, plans, strict=True)))
        )
        done += len(batch)
        if done in MARKS or done >= most:
            await asyncio.sleep(2)
            marks[str(done)] = resident(server.process)
            print(f"# {done} questions: {marks[str(done)]} MB", file=sys.stderr, flush=True)
    return {"resident_mb_after_questions": marks}


def processor_seconds(process: int) -> float:
    """Seconds of processor that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(process: int) -> float:
    """The resident set of a process in megabytes."""
    for line in Path(f"/proc/{process}/status").read_text("utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return round(int(line.split()[1]) / 1024, 1)
    return 0.0


def _say(name: str, figures: dict[str, object]) -> None:
    print(json.dumps({"measure": name, **figures, "load": [round(each, 1) for each in os.getloadavg()[:2]]}), flush=True)


if __name__ == "__main__":
    raise SystemExit(main())

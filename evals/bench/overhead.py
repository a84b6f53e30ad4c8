"""How long a checked sentence takes to reach the reader once the model has finished writing it: `python -m evals.bench.overhead`.

Owns: that measurement, over a real HTTP server that writes at a steady pace, through the product's own client, checks and stream. Does not
own: the time of the model itself, or searching, which is over when the model begins.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from assistant.assistant import Assistant, open_assistant
from assistant.nouns import Sentence
from assistant.settings import Settings
from evals.cases import QuestionCase, read_cases
from evals.scripted_chat_server import Asked, End, Say, ScriptedChatServer, Step, Wait, scripted_chat_server

QUESTIONS, SENTENCES, PAUSE = 20, 5, 0.15  # seconds between sentences: a model of about 150 tokens a second
PROMISE_MS = 50.0


@dataclass(frozen=True)
class Taken:
    """Milliseconds from a line's last letter to its checked sentence: of the first sentence of each answer, and of every one."""

    first: tuple[float, ...]
    every: tuple[float, ...]


def write_steadily(asked: Asked) -> Sequence[Step]:
    """Repeats the first passages, each with its token, a line at a time."""
    if asked.rewording:
        return [Say("1. DROP\n"), End()]
    lines = [f"{text} [{token}]\n" for token, text in list(asked.passages.items())[:SENTENCES]]
    return [Say("## answer\n", 400), *(step for line in lines for step in (Wait(PAUSE), Say(line, 4000))), Wait(PAUSE), End()]


def measure(assistant: Assistant, server: ScriptedChatServer, questions: Sequence[str]) -> Taken:
    """Ask each question once; the first pays for the client's import and is left out."""
    first, every = [], []
    for number, question in enumerate(questions):
        server.said_at.clear()
        shown = _shown(assistant, question)
        taken = [1000 * (at - said) for sentence, at in shown if (said := _said(server, sentence)) is not None]
        if number and taken:
            first.append(taken[0])
            every += taken
    return Taken(tuple(first), tuple(every))


def _shown(assistant: Assistant, question: str) -> list[tuple[Sentence, float]]:
    return [(sentence, time.monotonic()) for sentence in assistant.stream(question)]


def _said(server: ScriptedChatServer, sentence: Sentence) -> float | None:
    return next((at for text, at in server.said_at if " ".join(sentence.text.split()) in text), None)


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory(prefix="adviser-overhead-") as folder, scripted_chat_server(write_steadily) as server:
        settings = Settings(home=Path(folder) / "home", model="scripted", model_base_url=server.base_url)
        questions = [case.question for case in read_cases("dev", "questions", QuestionCase)[:: max(1, 150 // QUESTIONS)]]
        taken = measure(open_assistant(settings), server, questions)
    figures = {
        "answers": len(taken.first),
        "first_sentence_ms": {"median": round(median(taken.first), 1), "worst": round(max(taken.first), 1)},
        "sentences": len(taken.every),
        "every_sentence_ms": {"median": round(median(taken.every), 1), "worst": round(max(taken.every), 1)},
        "within_the_promise": f"{sum(ms <= PROMISE_MS for ms in taken.every)}/{len(taken.every)}",
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()

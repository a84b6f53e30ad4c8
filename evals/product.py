"""The product as the evals see it, and its answers as they are recorded. Owns: asking once, remembering, counting crashes, the
budget, resuming.

Does not own: scoring. What an answer took (its times, its receipt's id) is not recorded here, so that two runs record the same
bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from assistant.library.library import Library
from assistant.nouns import Answer, Receipt, SearchResult

Turn = tuple[str, Answer]


class Product(Protocol):
    """What can be held to our measure: asks, searches, and shows what stands in its library."""

    @property
    def library(self) -> Library: ...

    def ask(self, question: str, *, history: Sequence[Turn] = ()) -> Answer: ...

    def search(self, query: str, k: int = 10) -> list[SearchResult]: ...

    def receipt(self, receipt_id: str) -> Receipt: ...


@dataclass(frozen=True)
class Asked:
    """A question after the person's earlier turns."""

    question: str
    history: tuple[str, ...] = ()

    @property
    def before(self) -> tuple[Asked, ...]:
        """The earlier turns, each after those before it."""
        return tuple(Asked(turn, self.history[:place]) for place, turn in enumerate(self.history))


@dataclass(frozen=True)
class Recorded:
    """What came of it: an answer with its confidence, or a reason why there is none."""

    asked: Asked
    answer: Answer | None = None
    confidence: float = 0.0
    crashed: bool = False
    reason: str = ""
    models: dict[str, str | None] = field(default_factory=dict)
    prompt_hashes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """What a search gave, or why it gave nothing."""

    results: tuple[SearchResult, ...] = ()
    crashed: bool = False
    reason: str = ""


class Recorder:
    """Asks each question once. With a file, what was recorded before is not asked again, and each answer is kept as soon as it is
    there.
    """

    def __init__(self, product: Product, *, file: Path | None = None, budget: int | None = None, workers: int = 1) -> None:
        self.product = product
        self._file = file
        self._budget = budget
        self._pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="eval")
        self._known: dict[Asked, Recorded] = {}
        self.spent = 0
        if file is not None:
            self._known = {recorded.asked: recorded for recorded in read_recorded(file)}

    def ask_all(self, questions: Iterable[Asked], *, tell: Callable[[], None] = lambda: None) -> None:
        """Ask many, side by side where there are workers: all first turns, then all second ones, and so on; kept in that order."""
        wanted = dict.fromkeys(questions)
        whole = dict.fromkeys(turn for asked in wanted for turn in [*asked.before, asked] if turn not in self._known)
        for earlier in sorted({len(asked.history) for asked in whole}):
            started = [(asked, self._begin(asked)) for asked in whole if len(asked.history) == earlier]
            for asked, future in started:
                if future is not None:
                    self._keep(asked, future)
                if asked in wanted:
                    tell()

    def ask(self, question: str, history: Sequence[str] = ()) -> Recorded:
        """The recorded answer to a question after earlier turns, which are asked first."""
        asked = Asked(question, tuple(history))
        self.ask_all([asked])
        return self._known[asked]

    def search(self, query: str, k: int) -> Found:
        """The k best passages, or the crash."""
        future = self._pool.submit(self.product.search, query, k)
        error = future.exception()
        return Found(crashed=True, reason=_said(error)) if error else Found(tuple(future.result()))

    @property
    def recorded(self) -> tuple[Recorded, ...]:
        """All that was asked so far, in the order asked."""
        return tuple(self._known.values())

    def made_with(self) -> Recorded | None:
        """The first answer recorded, which says what models and prompts the answers were made with."""
        return next((r for r in self._known.values() if r.answer is not None), None)

    def _begin(self, asked: Asked) -> Future[Recorded] | None:
        """Start asking what has its earlier turns answered; None for what cannot be asked, of which the reason is kept."""
        before = [self._known[turn] for turn in asked.before]
        lost = next((r for r in before if r.answer is None), None)
        if lost is not None:
            self._store(Recorded(asked, crashed=lost.crashed, reason=f"an earlier turn has no answer: {lost.reason}"))
            return None
        if self._budget is not None and self.spent >= self._budget:
            self._known[asked] = Recorded(asked, reason=f"not asked: the budget of {self._budget} questions is used up")
            return None
        self.spent += 1
        turns = tuple((r.asked.question, r.answer) for r in before if r.answer is not None)
        return self._pool.submit(self._answer, asked, turns)

    def _answer(self, asked: Asked, turns: tuple[Turn, ...]) -> Recorded:
        answer = self.product.ask(asked.question, history=turns)
        receipt = self.product.receipt(answer.receipt_id)
        return Recorded(
            asked, answer=answer, confidence=_confidence(receipt), models=receipt.models, prompt_hashes=receipt.prompt_hashes
        )

    def _keep(self, asked: Asked, future: Future[Recorded]) -> None:
        if error := future.exception():
            self._store(Recorded(asked, crashed=True, reason=_said(error)))
        else:
            self._store(future.result())

    def _store(self, recorded: Recorded) -> None:
        self._known[recorded.asked] = recorded
        if self._file is not None:
            with self._file.open("a", encoding="utf-8") as out:
                out.write(json.dumps(_row(recorded), ensure_ascii=False, sort_keys=True) + "\n")


def _confidence(receipt: Receipt) -> float:
    """The chance of an answer where the receipt keeps one, else the score of its best evidence."""
    chance = getattr(receipt, "chance", None)
    if chance is not None:
        return round(float(chance), 6)
    return round(receipt.evidence[0].score, 6) if receipt.evidence else 0.0


def read_recorded(file: Path) -> tuple[Recorded, ...]:
    """What a file of recorded answers holds; nothing when there is none. A last line that was cut off is left out."""
    if not file.exists():
        return ()
    lines = file.read_text("utf-8").split("\n")
    return tuple(_read(line) for line in lines[:-1])


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"


def _row(recorded: Recorded) -> dict[str, Any]:
    answer = recorded.answer.model_dump(exclude={"receipt_id", "timings_ms"}) if recorded.answer else None
    return {
        "question": recorded.asked.question, "history": list(recorded.asked.history), "answer": answer, "confidence":
        recorded.confidence,
        "crashed": recorded.crashed, "reason": recorded.reason, "models": recorded.models, "prompt_hashes":
        recorded.prompt_hashes,
    }  # fmt: skip


def _read(line: str) -> Recorded:
    row = json.loads(line)
    answer = Answer.model_validate(row["answer"] | {"receipt_id": ""}) if row["answer"] else None
    rest = {name: row[name] for name in ("confidence", "crashed", "reason", "models", "prompt_hashes")}
    return Recorded(Asked(row["question"], tuple(row["history"])), answer=answer, **rest)

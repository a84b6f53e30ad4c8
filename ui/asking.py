"""One question asked from a page or the API. Owns: the request's shape, its history from receipts, and the order of what is told.

Does not own: answering. What is told: a Step with words, then each checked Sentence, then the whole Answer.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from assistant.assistant import Assistant
from assistant.nouns import Answer, Depth, Reading, Sentence
from assistant.retrieval.retrieve import Filters
from assistant.retrieval.spaces import hidden_from
from assistant.route import read_request
from ui.filters import SourceFilter, allowed_ids
from ui.spaces import seen, seen_receipt

LONGEST_HISTORY = 20
ReceiptId = Field(pattern="^[0-9a-f]{16,32}$")


class AskRequest(BaseModel):
    """A question with what it leans on. `history` names the receipts of the turns before it, oldest first."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        json_schema_extra={
            "examples": [{"question": "How do we avoid mission-washing?", "depth": "short", "filter": {"themes": ["defining"]}}]
        },
    )

    question: str = Field(max_length=100_000, description="In words; the server's own limit (`ADVISER_QUESTION_LIMIT`) holds.")
    history: list[str] = Field(
        default_factory=list, max_length=LONGEST_HISTORY, description="Receipt ids of earlier turns, oldest first."
    )
    depth: Depth = "short"
    filter: SourceFilter = Field(default_factory=SourceFilter)


@dataclass(frozen=True)
class Step:
    """What is being done, in words for the person who waits."""

    says: str


def ask_by_sentence(
    assistant: Assistant, request: AskRequest, *, space: str | None = None
) -> Generator[Step | Sentence | Answer, None, None]:
    """Ask, telling each step, each checked sentence and last the Answer. `space`: whose own documents are found beside what all
    find. Raises InputError and LibraryError as the assistant does."""
    read_request(request.question, limit=assistant.settings.question_limit)
    sources = allowed_ids(seen(assistant.library.sources().values(), space), request.filter)
    history = read_history(assistant, request.history, space)
    yield Step(searching_words(assistant, request, space))
    filters = Filters(source_ids=tuple(sources), owner=space)
    steps = assistant.stream_steps(request.question, history=history, depth=request.depth, filters=filters)
    while True:
        try:
            told = next(steps)
        except StopIteration as end:
            yield end.value
            return
        yield Step(reading_words(told)) if isinstance(told, Reading) else told


def ask(assistant: Assistant, request: AskRequest, *, space: str | None = None) -> Answer:
    """Ask and wait for the whole answer."""
    for told in ask_by_sentence(assistant, request, space=space):
        if isinstance(told, Answer):
            return told
    raise AssertionError("asking ended without an answer")


def read_history(assistant: Assistant, receipt_ids: Sequence[str], space: str | None = None) -> list[tuple[str, Answer]]:
    """Earlier turns from their receipts. Raises NotFoundError for a receipt that is not there, or is another's."""
    answers = [seen_receipt(assistant.receipt(each), space).answer for each in receipt_ids[-LONGEST_HISTORY:]]
    return [(answer.question, answer) for answer in answers]


def reading_words(reading: Reading) -> str:
    """What is being read, in words."""
    what = f"{reading.passages} passages of {reading.sources} source{'s' if reading.sources != 1 else ''}"
    return (
        f"Reading {what}, writing, and checking each statement."
        if reading.written
        else f"Reading {what}, then checking each statement."
    )


def searching_words(assistant: Assistant, request: AskRequest, space: str | None = None) -> str:
    """What is about to be searched, in words. Raises InputError where the filters leave nothing."""
    sources = allowed_ids(seen(assistant.library.sources().values(), space), request.filter)
    hidden = hidden_from(space, assistant.library).counts
    passages, count = (total - unseen for total, unseen in zip(assistant.library.counts(), hidden, strict=True))
    everything = f"{passages:,} passages in {count:,} sources"
    narrowed = f"the {len(sources):,} source{'s' if len(sources) != 1 else ''} that your filters allow"
    return f"Searching {narrowed if sources else everything}."

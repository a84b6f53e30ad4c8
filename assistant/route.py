"""What kind of request this is before anything is searched. Owns: refusing what is no question. Does not own: whether evidence exists."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.errors import QuestionError
from assistant.nouns import Outcome

_GREETING = re.compile(r"^(?:hi|hello|hey|good (?:morning|afternoon|evening)|thanks?|thank you|ta|cheers|ok(?:ay)?|test)[\s!.,]*(?:there|all|you|very much)?[\s!.,]*$", re.I)


@dataclass(frozen=True)
class Route:
    """Where a request goes: `question` on to retrieval, any other outcome straight back with what to do."""

    name: str
    outcome: Outcome | None = None
    says: str = ""


def read_request(text: str, *, limit: int) -> str:
    """The question as text. Raises QuestionError with what to do: empty, too long, or not text."""
    question = " ".join(text.replace("\x00", " ").split())
    if not question:
        raise QuestionError('The question is empty. Ask one, for example: adviser ask "How do we avoid mission-washing?"')
    if len(text) > limit:
        raise QuestionError(f"The question has {len(text):,} characters; the limit is {limit:,}. Shorten it, or ingest the document and ask about it.")
    if not any(ch.isalpha() for ch in question):
        raise QuestionError("The question has no words in it. Ask it in a sentence.")
    return question


def route(question: str) -> Route:
    """The route of a request that is text."""
    if _GREETING.match(question):
        return Route("greeting", "needs_clarification", "Ask a question about leading or supporting a mission, for example: how do we avoid mission-washing?")
    return Route("question")

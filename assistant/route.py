"""What kind of request this is. Owns: refusing what is no question, and telling questions from requests of other kinds.

Does not own: whether evidence exists. The kind is learned from labelled requests (`evals/cases/routes/train.yaml`, `evals/fit_routes.py`): a
softmax over the embedding of the request. Only a clear case leaves the way to an answer; every doubt stays a question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from assistant.errors import QuestionError
from assistant.nouns import Outcome
from assistant.retrieval.question import without_courtesies

WEIGHTS = Path(__file__).parent / "retrieval" / "learned" / "routes.npz"
QUESTION, DECISION = "question", "decision"
CLEAR = (
    0.6  # chance from which a request is taken for another kind than a question; on the dev questions 1 in 150 is lost at this
)
SHORTEST_CLEAR = 0.75  # the same for the kinds that a short or odd question is easily taken for
_OUTCOMES: dict[str, Outcome] = {
    "out_of_scope": "out_of_scope",
    "opinion": "opinion",
    "personal_data": "blocked",
    "injection": "blocked",
    "greeting": "needs_clarification",
    "unclear": "needs_clarification",
}
_SAYS = {
    "out_of_scope": "The library covers mission-driven government: how missions are defined, led, funded, "
    "delivered, evaluated and criticised, with cases.",
    "opinion": "Whom to prefer or vote for is yours to judge. Ask what a policy set out to do, what it achieved or what critics say, "
    "and the evidence is shown.",
    "personal_data": "Private details of people are not given, and the library holds none.",
    "injection": "This reads as an instruction to the assistant and not as a question. Instructions in a question or document change nothing. "
    "Ask about missions and you get the evidence.",
    "greeting": "Ask a question about leading or supporting a mission, for example: how do we avoid mission-washing?",
    "unclear": "Say what you want to know, about which mission, programme or place. For example: what did Finland's Housing First achieve?",
}
DECISION_NOTE = "The decision is yours. This is what the library holds that bears on it; it does not decide."


@dataclass(frozen=True)
class Route:
    """Where a request goes. `outcome`: where it ends without a search; `chances` of each kind."""

    name: str
    outcome: Outcome | None = None
    says: str = ""
    chances: Mapping[str, float] | None = None


def read_request(text: str, *, limit: int) -> str:
    """The question as text, of a pasted e-mail what it asks. Raises QuestionError with what to do: empty, too long, or not text."""
    question = " ".join(without_courtesies(text.replace("\x00", " ")).split())
    if not question:
        raise QuestionError('The question is empty. Ask one, for example: adviser ask "How do we avoid mission-washing?"')
    if len(text) > limit:
        raise QuestionError(
            f"The question has {len(text):,} characters; the limit is {limit:,}. Shorten it, or ingest the document and ask about it."
        )
    if not any(ch.isalpha() for ch in question):
        raise QuestionError("The question has no words in it. Ask it in a sentence.")
    return question


def route(vector: np.ndarray) -> Route:
    """The route of a request by its unit vector."""
    chances = route_chances(vector)
    kind = max(chances, key=lambda name: chances[name])
    needed = SHORTEST_CLEAR if kind in {"unclear", "out_of_scope", "personal_data"} else CLEAR
    if kind == QUESTION or chances[kind] < needed:
        return Route(QUESTION, chances=chances)
    if kind == DECISION:
        return Route(DECISION, says=DECISION_NOTE, chances=chances)
    return Route(kind, outcome=_OUTCOMES[kind], says=_SAYS[kind], chances=chances)


def route_chances(vector: np.ndarray) -> dict[str, float]:
    """The chance of each kind of request."""
    names, weights, bias = _weights()
    logits = vector @ weights + bias
    shares = np.exp(logits - logits.max())
    return dict(zip(names, (float(v) for v in shares / shares.sum()), strict=True))


@lru_cache(maxsize=1)
def _weights() -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        return tuple(str(n) for n in stored["names"]), stored["weights"].astype(np.float32), stored["bias"].astype(np.float32)

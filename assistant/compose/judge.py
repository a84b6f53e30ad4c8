"""A chat model as judge of support, optional. Owns: its request, several votes, reading a vote, the majority. Does not own: the gate,
or what a verdict is used for.

The last grade of a reply counts; a reply without one is unreadable, and so is one on which the model failed. A judge can only take
away: nothing it says lets a sentence pass that the rules refused. Its requests are its own and never the one that wrote the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from assistant.compose.prompt import new_fence, read_prompt
from assistant.errors import ChatModelError
from assistant.llm import ChatModel, Message, Usage, estimate
from assistant.nouns import Vote

PROMPT = "judge"
MOST_TOKENS = 300
TEMPERATURE = 0.7  # so that several votes are several readings; at 0 they would be one vote repeated
_GRADE = re.compile(r"GRADE:\s*(UNSUPPORTED|SUPPORTED)", re.I)


@dataclass(frozen=True)
class Judged:
    """The votes on one claim, and the tokens they took."""

    votes: tuple[Vote, ...]
    used: Usage = field(default_factory=Usage)

    @property
    def share(self) -> float | None:
        """The share of readable votes for supported; None without one."""
        read = [vote == "supported" for vote in self.votes if vote != "unreadable"]
        return sum(read) / len(read) if read else None

    @property
    def verdict(self) -> bool | None:
        """What more than half of all votes say; None where neither side has so many: the claim is unscored."""
        half = len(self.votes) / 2
        if self.votes.count("supported") > half:
            return True
        return False if self.votes.count("unsupported") > half else None


def prompt_mark() -> str:
    """Version and hash of the judge's prompt, as receipts and runs keep them."""
    return read_prompt(PROMPT).mark


def judge_pair(model: ChatModel, claim: str, passages: Sequence[str], *, votes: int, until: float) -> Judged:
    """Ask `votes` times, side by side, whether the passages say what the claim says. Raises nothing of the model."""
    messages = messages_for(claim, passages)
    with ThreadPoolExecutor(max_workers=votes, thread_name_prefix="judge") as pool:
        asked = [pool.submit(_vote, model, messages, until) for _ in range(votes)]
        cast = [each.result() for each in asked]
    used = Usage()
    for _, usage in cast:
        used = used + usage
    return Judged(tuple(vote for vote, _ in cast), used)


def messages_for(claim: str, passages: Sequence[str]) -> list[Message]:
    """One request: the rules, and the pair fenced as data."""
    fence = new_fence()
    listed = "\n".join(f"passage {number}: {' '.join(text.split())}" for number, text in enumerate(passages, start=1))
    filled = read_prompt(PROMPT).fill({"fence": fence, "claim": " ".join(claim.split()), "passages": listed})
    rules, _, data = filled.partition(f"\n{fence}\n")
    return [Message("system", rules), Message("user", f"{fence}\n{data}")]


def most_tokens(messages: Sequence[Message], votes: int) -> int:
    """The most tokens that this many votes may take."""
    return votes * (estimate(messages) + MOST_TOKENS)


def read_vote(reply: str) -> Vote:
    """The last grade of a reply."""
    grades = _GRADE.findall(reply)
    if not grades:
        return "unreadable"
    return "supported" if grades[-1].upper() == "SUPPORTED" else "unsupported"


def _vote(model: ChatModel, messages: Sequence[Message], until: float) -> tuple[Vote, Usage]:
    reply = model.reply(messages, most_tokens=MOST_TOKENS, until=until, temperature=TEMPERATURE)
    try:
        return read_vote("".join(reply.pieces)), reply.usage
    except ChatModelError:
        return "unreadable", reply.usage

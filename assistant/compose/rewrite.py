"""A follow-up completed by a chat model. Owns: one bounded request, and the checks by code on what comes back. Does not own: the rules
that complete a question without a model (`followup`), which take over whenever the model's does not pass.

The completed question is shown and can be corrected. It is asked, never cited: no turn of the conversation is evidence. It may hold no
name, figure or subject that is neither in the question nor in the conversation, so that neither a model nor hostile text can bring one in.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.compose.budget import Budget
from assistant.compose.plain import disqualified
from assistant.compose.prompt import new_fence, read_prompt
from assistant.errors import ChatModelError
from assistant.grounding.figures import covers, figures
from assistant.grounding.names import missing_names
from assistant.llm import ChatModel, Message, estimate
from assistant.text.words import stems

PROMPT = "rewrite"
MOST_TOKENS = 200
SECONDS = 10.0
LONGEST = 60  # words
MOST_TURNS, MOST_SENTENCES = 3, 5  # of the conversation that the model is shown
MOST_NEW = 2  # content words that stand nowhere in the conversation: a verb or a noun that grammar asks for
LEAST_KEPT = 0.6  # of the question's own content words


@dataclass(frozen=True)
class Earlier:
    """One earlier turn: the question as it was understood, and the statements shown for it."""

    question: str
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rewritten:
    """What the model proposed, and why it may not be used; usable when nothing is wrong."""

    text: str
    problems: tuple[str, ...] = ()


def rewrite(question: str, earlier: Sequence[Earlier], *, model: ChatModel, budget: Budget, hashes: dict[str, str]) -> Rewritten:
    """Ask the model once, within `budget`; hold its answer to the conversation. Raises nothing of the model."""
    prompt, fence = read_prompt(PROMPT), new_fence()
    filled = prompt.fill({"fence": fence, "conversation": _told(earlier), "question": " ".join(question.split())})
    rules, _, data = filled.partition(f"\n{fence}\n")
    messages = [Message("system", rules), Message("user", f"{fence}\n{data}")]
    if budget.left - estimate(messages) < MOST_TOKENS:
        return Rewritten("", ("the budget leaves no room to complete the question",))
    hashes[PROMPT] = prompt.mark
    reply = model.reply(messages, most_tokens=MOST_TOKENS, until=min(budget.until, time.monotonic() + SECONDS))
    try:
        text = _one_line("".join(reply.pieces))
    except ChatModelError as error:
        return Rewritten("", (str(error),))
    finally:
        budget.spend(reply.usage)
    return Rewritten(text, tuple(problems(text, question, earlier)))


def problems(text: str, question: str, earlier: Sequence[Earlier]) -> list[str]:
    """What speaks against asking `text` instead of `question`; empty when nothing does."""
    if not text:
        return ["the model proposed no question in one line"]
    wrong = disqualified(text)
    if wrong:
        return [wrong]
    if len(text.split()) > LONGEST + len(question.split()):
        return ["it is too long for a question"]
    known = [question, *(each.question for each in earlier), *(line for each in earlier for line in each.said)]
    return [*_new_figures(text, known), *_new_names(text, known), *_other_subject(text, question, known)]


def _told(earlier: Sequence[Earlier]) -> str:
    lines = []
    for place, each in enumerate(earlier[-MOST_TURNS:], start=1):
        lines.append(f"question {place}: {' '.join(each.question.split())}")
        lines += [f"answer {place}: {' '.join(line.split())}" for line in each.said[:MOST_SENTENCES]]
    return "\n".join(lines)


def _one_line(reply: str) -> str:
    """The reply as one question: a label before it, quotation marks round it and thinking aloud are taken off; '' for several lines."""
    said = reply.rpartition("</think>")[2].strip()
    if len(said.splitlines()) != 1:
        return ""
    for label in ("last question:", "standalone question:", "question:"):
        if said.lower().startswith(label):
            said = said[len(label) :].strip()
    return said.strip("\"“”'`* ")


def _new_figures(text: str, known: Sequence[str]) -> list[str]:
    held = [figure for line in known for figure in figures(line)]
    return [
        f"the figure is not in the conversation: {figure.text}"
        for figure in figures(text)
        if not any(covers(h, figure) for h in held)
    ]


def _new_names(text: str, known: Sequence[str]) -> list[str]:
    return [f"the name is not in the conversation: {name}" for name in missing_names(text, known)]


def _other_subject(text: str, question: str, known: Sequence[str]) -> list[str]:
    """A question in other words than the conversation's, or one that leaves the person's own words out."""
    said, asked = stems(text), stems(question)
    held = set().union(*(stems(line) for line in known))
    new = sorted(said - held)
    found = [f"it brings in words of its own: {', '.join(new)}"] if len(new) > MOST_NEW else []
    if asked and len(asked & said) / len(asked) < LEAST_KEPT:
        found.append("it leaves out what was asked")
    return found

"""Rewording down, once. Owns: one request for all sentences of an answer that failed, and reading its reply. Does not
own: the checks.

Each is held to the evidence again just as if it were new. What fails again stays dropped; so does everything when the
model fails.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence

from assistant.compose.budget import LEAST_WRITTEN, MOST_REWORDED, Budget
from assistant.compose.held import Checked, Holder
from assistant.compose.prompt import new_fence, read_prompt
from assistant.compose.sentence_stream import Written
from assistant.compose.tokens import TokenMap, passage_line
from assistant.errors import ChatModelError
from assistant.llm import ChatModel, Message, estimate

MOST = 8  # sentences in one request
LEAST_SECONDS = 3.0
_NUMBERED = re.compile(r"^\s*(\d{1,2})[.):]\s*(.*)$", re.M)


def reword(
    failed: Sequence[Checked], *, tokens: TokenMap, model: ChatModel, holder: Holder, budget: Budget, hashes: dict[str, str]
) -> Generator[tuple[Checked, Checked], None, None]:
    """Pairs of a sentence that failed and what it became, for those that now pass."""
    items = list(failed[:MOST])
    prompt, fence = read_prompt("reword"), new_fence()
    rules, _, data = prompt.fill(
        {"fence": fence, "items": "\n".join(_item(n, each, tokens) for n, each in enumerate(items, 1))}
    ).partition(f"\n{fence}\n")
    messages = [Message("system", rules), Message("user", f"{fence}\n{data}")]
    most = min(MOST_REWORDED, budget.left - estimate(messages))
    if most < LEAST_WRITTEN or budget.seconds_left < LEAST_SECONDS:
        return
    hashes[prompt.name] = prompt.mark
    reply = model.reply(messages, most_tokens=most, until=budget.until)
    try:
        text = "".join(reply.pieces)
    except ChatModelError:
        return
    finally:
        budget.spend(reply.usage)
    for number, line in _lines(text):
        if 1 <= number <= len(items):
            again = holder.hold(Written(line, items[number - 1].section))
            if again.sentence is not None:
                yield items[number - 1], again


def _item(number: int, failed: Checked, tokens: TokenMap) -> str:
    lines = [f"{number}. {failed.verdict.text}"]
    for passage_id in failed.passage_ids:
        token = tokens.token_of(passage_id)
        lines.append("   " + passage_line(token, tokens.by_token[token]))
    return "\n".join(lines)


def _lines(text: str) -> list[tuple[int, str]]:
    """Each number once, with the text up to the next number's line; DROP and repeats left out."""
    found: dict[int, str] = {}
    for match in _NUMBERED.finditer(text):
        found.setdefault(int(match.group(1)), match.group(2).strip())
    return [(number, line) for number, line in found.items() if line and line.strip(" .*").upper() != "DROP"]

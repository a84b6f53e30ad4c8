"""The generative composer: an answer written by a chat model, each sentence checked before anyone sees it. Owns: the
order of the steps.

    evidence → tokens → prompt → reply, sentence by sentence → held to the evidence → what failed, reworded down once →
    the rest, quoted

Does not own: the model's client, the checks, or the extractive composer that takes over when the model fails. It
raises nothing of the
model: an outage is told in the summary. Hostile text can make the model write anything; only what its citation
supports comes out.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field

from assistant.compose.budget import LEAST_WRITTEN, MOST_WRITTEN, Budget
from assistant.compose.held import Checked, Holder
from assistant.compose.prompt import new_fence, read_prompt
from assistant.compose.reword import reword
from assistant.compose.sentence_stream import SentenceStream
from assistant.compose.tokens import TokenMap
from assistant.errors import ChatModelContextError, ChatModelError
from assistant.grounding.ground import Grounder, Proposal
from assistant.llm import ChatModel, Message, Usage, estimate
from assistant.nouns import Depth, Evidence

NAME = "generative"
MOST_PASSAGES: dict[Depth, int] = {"short": 12, "full": 24}
MOST_SENTENCES: dict[Depth, int] = {"short": 7, "full": 16}
FEWEST_PASSAGES = 3


@dataclass(frozen=True)
class Summary:
    """How the writing went. `fell_back`: the extractive composer gave the rest; `error`: kind of the model's failure,
    '' when it had none.
    """

    model: str
    written: int
    dropped: int
    reworded: int
    fell_back: bool
    error: str
    says: str
    used: Usage
    prompt_hashes: dict[str, str]

    @property
    def gaps(self) -> list[str]:
        """What a reader is told."""
        lines = []
        if self.dropped:
            one = self.dropped == 1
            what = "statement of the chat model" if one else "statements of the chat model"
            lines.append(f"{self.dropped} {what} did not pass the check and {'is' if one else 'are'} not shown.")
        if self.fell_back:
            rest = "The rest is" if self.written else "The answer is"
            why = (
                "The chat model failed"
                if self.error
                else "No more of what the chat model wrote could be shown"
                if self.written
                else "Nothing that the chat model wrote could be shown"
            )
            lines.append(f"{why}. {rest} quoted from the library.")
        return lines


@dataclass
class _Course:
    """What happens while one answer is written."""

    budget: Budget
    hashes: dict[str, str] = field(default_factory=dict)
    failed: list[Checked] = field(default_factory=list)
    written: int = 0
    reworded: int = 0
    error: str = ""
    says: str = ""


Steps = Generator[Checked, None, Summary]


def write_answer(
    *,
    question: str,
    evidence: Sequence[Evidence],
    depth: Depth,
    model: ChatModel,
    grounder: Grounder,
    budget: Budget,
    fallback: Callable[[], Sequence[Proposal]],
) -> Steps:
    """Yield what becomes of each sentence, as soon as it is known; return the summary.

    `grounder` must know all of `evidence` and of what `fallback` proposes. `fallback` is called only when the model
    failed or nothing it
    wrote could be shown.
    """
    course = _Course(budget)
    tokens = TokenMap.of(evidence[: MOST_PASSAGES[depth]])
    holder = Holder(question=question, tokens=tokens, grounder=grounder)
    while True:
        try:
            yield from _written(question, tokens, depth, model, holder, course)
        except ChatModelContextError as error:
            smaller = len(tokens.by_token) // 2
            if smaller >= FEWEST_PASSAGES and not course.written:
                tokens = TokenMap.of(evidence[:smaller])
                holder = Holder(question=question, tokens=tokens, grounder=grounder)
                continue
            course.error, course.says = error.kind, str(error)
        except ChatModelError as error:
            course.error, course.says = error.kind, str(error)
        break
    if not course.error:
        yield from _mended(tokens, model, holder, course)
    yield from course.failed
    fell_back = bool(course.error) or not course.written
    if fell_back:
        yield from _quoted(fallback(), holder, grounder)
    return Summary(
        model=model.name,
        written=course.written,
        dropped=len(course.failed),
        reworded=course.reworded,
        fell_back=fell_back,
        error=course.error,
        says=course.says,
        used=course.budget.used,
        prompt_hashes=course.hashes,
    )


def _written(
    question: str, tokens: TokenMap, depth: Depth, model: ChatModel, holder: Holder, course: _Course
) -> Generator[Checked, None, None]:
    """Sentences of the model's reply that pass, as they come; the others are kept in `course`."""
    messages = _messages(question, tokens, depth, course)
    most = min(MOST_WRITTEN[depth], course.budget.left - estimate(messages))
    if most < LEAST_WRITTEN:
        raise ChatModelContextError("The passages leave no room in ADVISER_MODEL_BUDGET for an answer. Raise it.")
    stream, reply = SentenceStream(), model.reply(messages, most_tokens=most, until=course.budget.until)
    try:
        for piece in reply.pieces:
            for written in stream.feed(piece):
                yield from _sorted(holder.hold(written), course)
            if course.written >= MOST_SENTENCES[depth]:
                return
        for written in stream.finish(complete=not reply.stopped_short):
            yield from _sorted(holder.hold(written), course)
        if reply.stopped_short:
            course.error, course.says = "budget", "The chat model's reply was longer than its budget."
    finally:
        course.budget.spend(reply.usage)
        close = getattr(reply.pieces, "close", None)
        if close is not None:
            close()


def _messages(question: str, tokens: TokenMap, depth: Depth, course: _Course) -> list[Message]:
    prompt, fence = read_prompt("answer"), new_fence()
    course.hashes[prompt.name] = prompt.mark
    values = {
        "sentences": str(MOST_SENTENCES[depth]),
        "fence": fence,
        "question": " ".join(question.split()),
        "passages": tokens.fenced(),
    }
    rules, _, data = prompt.fill(values).partition(f"\n{fence}\n")
    return [Message("system", rules), Message("user", f"{fence}\n{data}")]


def _sorted(checked: Checked, course: _Course) -> Generator[Checked, None, None]:
    if checked.sentence is None:
        course.failed.append(checked)
    else:
        course.written += 1
        yield checked


def _mended(tokens: TokenMap, model: ChatModel, holder: Holder, course: _Course) -> Generator[Checked, None, None]:
    """Sentences reworded down, in one request, and held to the evidence again. A failure here costs nothing but them."""
    mendable = [each for each in course.failed if each.mendable]
    if not mendable:
        return
    for failed, again in reword(mendable, tokens=tokens, model=model, holder=holder, budget=course.budget, hashes=course.hashes):
        course.failed.remove(failed)
        course.written += 1
        course.reworded += 1
        yield again


def _quoted(proposals: Sequence[Proposal], holder: Holder, grounder: Grounder) -> Generator[Checked, None, None]:
    """Statements quoted from the library, but for those already said in the same words."""
    for proposal in proposals:
        if holder.has_said(proposal):
            continue
        sentence, verdict = grounder.ground(proposal)
        if sentence is not None:
            holder.say(sentence)
        yield Checked(sentence, verdict)

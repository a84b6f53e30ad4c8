"""Writing an answer with whichever composer there is. Owns: generative when a chat model is set up, else extractive;
what a receipt keeps of it.

Does not own: either composer. Both yield sentences that have been checked, in the order and with the numbers that the
answer keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.compose import extractive, generative
from assistant.compose.budget import Budget, cost_of
from assistant.grounding.ground import Grounder, Proposal
from assistant.llm import ChatModel
from assistant.nouns import Depth, Evidence, Sentence, Verdict
from assistant.settings import Settings


@dataclass(frozen=True)
class ChatRecord:
    """What a receipt keeps of a chat model's part in an answer."""

    model: str
    prompt_hashes: dict[str, str]
    cost: dict[str, object]
    error: str = ""


@dataclass(frozen=True)
class Written:
    """A written answer. `model_failed`: a chat model was to write it and could not."""

    sentences: tuple[Sentence, ...]
    verdicts: tuple[Verdict, ...]
    composer: str = extractive.NAME
    gaps: tuple[str, ...] = ()
    chat: ChatRecord | None = None
    model_failed: bool = False


@dataclass(frozen=True)
class Scribe:
    """Writes answers with one chat model."""

    model: ChatModel
    settings: Settings
    strict: Callable[[Mapping[str, Evidence]], Grounder]

    def write(
        self,
        question: str,
        *,
        evidence: Sequence[Evidence],
        shown: Mapping[str, Evidence],
        depth: Depth,
        rest: Sequence[Proposal],
    ) -> Generator[Sentence, None, Written]:
        """Yield checked sentences as they are written; `rest` is quoted where the model fails."""
        kept = _Kept()
        grounder = self.strict(shown)
        steps = generative.write_answer(
            question=question,
            evidence=evidence,
            depth=depth,
            model=self.model,
            grounder=grounder,
            budget=Budget.of(self.settings),
            fallback=lambda: rest,
        )
        summary = yield from kept.follow(steps)
        return Written(
            sentences=tuple(kept.sentences),
            verdicts=tuple(kept.verdicts),
            composer=generative.NAME if summary.written else extractive.NAME,
            gaps=tuple(summary.gaps),
            chat=ChatRecord(
                model=summary.model,
                prompt_hashes=summary.prompt_hashes,
                cost=cost_of(summary.used, model=summary.model, prices=self.settings.model_prices),
                error=f"{summary.error}: {summary.says}" if summary.error else "",
            ),
            model_failed=bool(summary.error),
        )


@dataclass
class _Kept:
    sentences: list[Sentence] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)

    def follow(self, steps: generative.Steps) -> Generator[Sentence, None, generative.Summary]:
        """Pass the shown sentences on; keep them and every verdict."""
        while True:
            try:
                checked = next(steps)
            except StopIteration as end:
                summary: generative.Summary = end.value
                return summary
            self.verdicts.append(checked.verdict)
            if checked.sentence is not None:
                self.sentences.append(checked.sentence)
                yield checked.sentence


def quote(proposals: Sequence[Proposal], shown: Mapping[str, Evidence]) -> Generator[Sentence, None, Written]:
    """Yield each proposal that is proved; nothing else."""
    grounder = Grounder(shown)
    sentences, verdicts = [], []
    for each in proposals:
        sentence, verdict = grounder.ground(each)
        verdicts.append(verdict)
        if sentence is not None:
            sentences.append(sentence)
            yield sentence
    return Written(sentences=tuple(sentences), verdicts=tuple(verdicts), gaps=tuple(_dropped(verdicts)))


def _dropped(verdicts: Sequence[Verdict]) -> list[str]:
    count = sum(not verdict.shown for verdict in verdicts)
    return (
        [f"{count} statement{'s' if count > 1 else ''} did not pass the check and {'are' if count > 1 else 'is'} not shown."]
        if count
        else []
    )

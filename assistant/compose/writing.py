"""Writing an answer with whichever composer there is. Owns: generative when a chat model is set up, else extractive; one budget for all
that a question asks of the model; what a receipt keeps of it.

Does not own: either composer, the judge, or how a follow-up is completed. Both composers yield sentences that have been checked, in the
order and with the numbers that the answer keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.compose import extractive, generative
from assistant.compose.budget import Budget, cost_of
from assistant.compose.judge import PROMPT as JUDGE
from assistant.compose.judge import judge_pair, messages_for, most_tokens, prompt_mark
from assistant.compose.rewrite import Earlier, Rewritten, rewrite
from assistant.grounding.ground import Grounder, Opinion, Proposal
from assistant.llm import ChatModel
from assistant.nouns import Depth, Evidence, Sentence, Verdict
from assistant.settings import Settings


@dataclass(frozen=True)
class ChatRecord:
    """What a receipt keeps of a chat model's part in an answer. `judge`: how it was asked to judge, '' when it was not."""

    model: str
    prompt_hashes: dict[str, str]
    cost: dict[str, object]
    error: str = ""
    judge: str = ""


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

    def begin(self) -> Errand:
        """Start on one question: its budget of tokens and time runs from now."""
        return Errand(self, Budget.of(self.settings))

    def write(
        self,
        question: str,
        *,
        evidence: Sequence[Evidence],
        shown: Mapping[str, Evidence],
        depth: Depth,
        rest: Sequence[Proposal],
    ) -> Generator[Sentence, None, Written]:
        """Write one answer on an errand of its own."""
        return (yield from self.begin().write(question, evidence=evidence, shown=shown, depth=depth, rest=rest))


@dataclass
class Errand:
    """All that one question asks of the chat model: completing it, writing its answer, judging the sentences."""

    scribe: Scribe
    budget: Budget
    _hashes: dict[str, str] = field(default_factory=dict)
    _error: str = ""

    def rewrite(self, question: str, earlier: Sequence[Earlier]) -> Rewritten:
        """The follow-up as the model completes it, with what speaks against asking it so."""
        return rewrite(question, earlier, model=self.scribe.model, budget=self.budget, hashes=self._hashes)

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
        grounder = self.scribe.strict(shown)
        if self.scribe.settings.model_judge:
            grounder.second = self._second_opinion
        steps = generative.write_answer(
            question=question,
            evidence=evidence,
            depth=depth,
            model=self.scribe.model,
            grounder=grounder,
            budget=self.budget,
            fallback=lambda: rest,
        )
        summary = yield from kept.follow(steps)
        self._hashes |= summary.prompt_hashes
        self._error = f"{summary.error}: {summary.says}" if summary.error else ""
        return Written(
            sentences=tuple(kept.sentences),
            verdicts=tuple(kept.verdicts),
            composer=generative.NAME if summary.written else extractive.NAME,
            gaps=tuple(summary.gaps),
            chat=self.record(),
            model_failed=bool(summary.error),
        )

    def record(self) -> ChatRecord | None:
        """What was asked of the model so far, for the receipt; None where nothing was."""
        if not self._hashes:
            return None
        name = self.scribe.model.name
        return ChatRecord(
            model=name,
            prompt_hashes=dict(self._hashes),
            cost=cost_of(self.budget.used, model=name, prices=self.scribe.settings.model_prices),
            error=self._error,
            judge=f"{name}, votes on a sentence: {self.scribe.settings.model_judge}" if JUDGE in self._hashes else "",
        )

    def _second_opinion(self, claim: str, quotes: Sequence[str]) -> Opinion:
        """The judge's votes on a sentence. Anything but a majority for it refuses it: no room left, no readable grade, an outage."""
        votes = self.scribe.settings.model_judge
        if self.budget.left < most_tokens(messages_for(claim, quotes), votes) or self.budget.seconds_left <= 0:
            return Opinion((), "the budget left no room to ask the judge")
        self._hashes[JUDGE] = prompt_mark()
        judged = judge_pair(self.scribe.model, claim, quotes, votes=votes, until=self.budget.until)
        self.budget.spend(judged.used)
        if judged.verdict:
            return Opinion(judged.votes)
        said = "the judge found it unsupported" if judged.verdict is False else "the judge gave no readable majority for it"
        return Opinion(judged.votes, f"{said} ({judged.votes.count('supported')} of {votes} votes for it)")


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

"""From a proposed sentence to a shown one, or to none. Owns: mapping pointers to exact quotes, the gate, the status,
the numbering.

A sentence is `quoted` when it is a cited span; `supported` when one cited span passes gate and support score by itself
(others it cites are
left out); `inferred` when it has clauses that each name their subject and each pass so on a span of their own.
Does not own: proposing sentences, or the support score, which it is given. It fails closed: whatever is not proved is
`unsupported` and is never shown as fact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.grounding.citation import make_citation
from assistant.grounding.clauses import clauses
from assistant.grounding.gate import GATE_VERSION, check, negation_problems
from assistant.grounding.quote_places import place, whole_sentences
from assistant.nouns import Citation, Evidence, Section, Sentence, Status, Verdict, Vote
from assistant.text.folding import fold

SCORER = f"gate-{GATE_VERSION}"
Scorer = Callable[[str, list[str]], float]
SecondOpinion = Callable[[str, Sequence[str]], "Opinion"]


@dataclass(frozen=True)
class Opinion:
    """What a judge beyond the rules says of a sentence that passed them: its votes, and what is wrong unless it agrees."""

    votes: tuple[Vote, ...]
    problem: str = ""


@dataclass(frozen=True)
class Pointer:
    """Where a proposed sentence says its support stands: a passage and the words in it. `start`, when known, picks one
    of several places.
    """

    passage_id: str
    quote: str
    start: int | None = None


@dataclass(frozen=True)
class Proposal:
    """A sentence that a composer would like to show."""

    text: str
    section: Section
    pointers: tuple[Pointer, ...]


@dataclass(frozen=True)
class _Judged:
    """A status, which of the spans carry it, and what is wrong when none does."""

    status: Status
    carried_by: tuple[int, ...] = ()
    problems: tuple[str, ...] = ()
    votes: tuple[Vote, ...] = ()


@dataclass
class Grounder:
    """Grounds proposals against the evidence that was found for one question, and numbers citations in the order they are shown.

    `scorer` gives the support of spans for a claim, 0..1, `changes` what a claim says otherwise than a span,
    `scorer_name` their versions; without one only the cited words themselves pass. `second` is asked last, of other words than the
    cited ones only: it can refuse what passed, never the other way round.
    """

    shown: Mapping[str, Evidence]
    scorer: Scorer | None = None
    threshold: float = 1.0
    changes: Callable[[str, str], list[str]] = lambda claim, span: []  # noqa: ARG005 - no rule without one
    scorer_name: str = ""
    second: SecondOpinion | None = None
    _numbers: dict[tuple[str, int, int], int] = field(default_factory=dict)

    def ground(self, proposal: Proposal) -> tuple[Sentence | None, Verdict]:
        """The sentence with its checked citations, or None; and what the check said."""
        spans, problems = self._spans(proposal.pointers)
        quotes = [self.shown[p].passage.text[a:b] for p, a, b in spans]
        wrong = tuple(problems) or self._out_of_context(proposal.text, spans)
        judged = _Judged("unsupported", (), wrong) if wrong else self._judge(proposal.text, quotes)
        if self.second is not None and judged.status in {"supported", "inferred"}:
            judged = _held_again(judged, self.second(proposal.text, [quotes[i] for i in judged.carried_by]))
        verdict = Verdict(
            text=proposal.text,
            passage_ids=[pointer.passage_id for pointer in proposal.pointers],
            shown=judged.status != "unsupported",
            status=judged.status,
            problems=list(judged.problems),
            scorer=f"{SCORER}+{self.scorer_name}" if self.scorer_name else SCORER,
            votes=list(judged.votes),
        )
        if judged.status == "unsupported":
            return None, verdict
        citations = [self._citation(*spans[index]) for index in judged.carried_by]
        return Sentence(text=proposal.text, section=proposal.section, status=judged.status, citations=citations), verdict

    def _judge(self, text: str, quotes: Sequence[str]) -> _Judged:
        same = tuple(i for i, quote in enumerate(quotes) if fold(text).strip() == fold(quote).strip())
        if same and not check(text, [quotes[i] for i in same]):
            return _Judged("quoted", same)
        wrong = tuple(str(problem) for problem in check(text, quotes))
        if wrong:
            return _Judged("unsupported", (), wrong)
        if self.scorer is None:
            return _Judged("unsupported", (), ("it is not the cited words, and no support score was made",))
        alone = self._carriers(text, quotes)
        if alone:
            return _Judged("supported", alone)
        parts = [self._carriers(clause, quotes) for clause in clauses(text)]
        if len(parts) > 1 and all(parts):
            return _Judged("inferred", tuple(sorted({i for part in parts for i in part})))
        return _Judged("unsupported", (), self._why_none(text, quotes))

    def _carriers(self, text: str, quotes: Sequence[str]) -> tuple[int, ...]:
        """The spans of which each, by itself, passes the gate and reaches the threshold. A score that is no number
        reaches nothing.
        """
        assert self.scorer is not None
        return tuple(
            i
            for i, quote in enumerate(quotes)
            if not check(text, [quote]) and not self.changes(text, quote) and self.scorer(text, [quote]) >= self.threshold
        )

    def _why_none(self, text: str, quotes: Sequence[str]) -> tuple[str, ...]:
        """What the nearest span objects to: the first rule it breaks, or its score."""
        assert self.scorer is not None
        scores = [self.scorer(text, [quote]) for quote in quotes]
        nearest = max(range(len(quotes)), key=scores.__getitem__)
        changed = self.changes(text, quotes[nearest])
        if changed:
            return tuple(f"it changes what the passage says: {change}" for change in changed[:3])
        return (f"no cited passage says all of it: support {scores[nearest]:.2f}, needed {self.threshold:.2f}",)

    def _spans(self, pointers: Iterable[Pointer]) -> tuple[list[tuple[str, int, int]], list[str]]:
        """Exact (passage id, start, end) for each pointer, and what is wrong with those that have none."""
        spans, problems = [], []
        for pointer in pointers:
            evidence = self.shown.get(pointer.passage_id)
            if evidence is None:
                problems.append(f"passage '{pointer.passage_id}' was not among the evidence")
            elif not pointer.quote.strip():
                problems.append("an empty quote supports nothing")
            else:
                found = place(pointer.quote, evidence.passage.text, near=pointer.start)
                if found is None:
                    problems.append(f"the quote is not in passage '{pointer.passage_id}'")
                else:
                    spans.append((pointer.passage_id, *found))
        return list(dict.fromkeys(spans)), problems

    def _out_of_context(self, text: str, spans: Iterable[tuple[str, int, int]]) -> tuple[str, ...]:
        """What the whole sentences round the quotes deny that the text affirms: a quote that leaves out their "not"
        must not hide it.
        """
        passages = [(self.shown[passage_id].passage, start, end) for passage_id, start, end in spans]
        whole = [whole_sentences(passage.text, passage.sentences, start, end) for passage, start, end in passages]
        return tuple(str(problem) for problem in negation_problems(text, whole)) if whole else ()

    def _citation(self, passage_id: str, start: int, end: int) -> Citation:
        evidence = self.shown[passage_id]
        number = self._numbers.setdefault((passage_id, start, end), len(self._numbers) + 1)
        return make_citation(evidence.passage, evidence.source, start=start, end=end, number=number)


def _held_again(judged: _Judged, opinion: Opinion) -> _Judged:
    """What passed the rules, after the second opinion. Numbers are given out only afterwards, so a refusal leaves no gap in them."""
    if opinion.problem:
        return _Judged("unsupported", (), (opinion.problem,), opinion.votes)
    return _Judged(judged.status, judged.carried_by, judged.problems, opinion.votes)

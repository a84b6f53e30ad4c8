"""The extractive composer: an answer made of statements quoted from the evidence. Owns: which are chosen and in what order.

Does not own: relevance, grounding, or whether to answer. No model; the same evidence always gives the same answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.compose.candidates import Candidate
from assistant.compose.relevance import Relevance
from assistant.grounding.ground import Pointer, Proposal
from assistant.nouns import Depth, Section
from assistant.retrieval.question import AskedKind

NAME = "extractive"
LENGTH: dict[Depth, int] = {"short": 5, "full": 12}
ANSWER = 3  # statements at most in the direct answer
STEPS = 2  # things to do that a "how do we?" is given
KEEP = 0.12  # of the lead's odds: below it a statement adds more noise than evidence
NEARLY_FITTING = 0.2  # the same where the question has a shape that some parts of a source answer and others do not
NEARLY = 0.6  # of the best odds: from here a statement that holds the kind of thing asked for may lead
PER_SOURCE: dict[Depth, int] = {"short": 4, "full": 6}
SAME_WORDS = 0.6  # share of stems in common from which two statements say the same
ORDER: tuple[Section, ...] = ("answer", "definition", "finding", "case", "caution", "next_step")
_SECTION_OF_PART: dict[str, Section] = {
    "definition": "definition", "differ": "definition", "limits": "caution", "criticism": "caution", "goes_wrong": "caution", "barrier": "caution",
    "open": "caution", "use": "next_step", "join": "next_step", "for_whom": "next_step", "lesson": "next_step", "question": "next_step",
}  # fmt: skip
_FITTING_PARTS: dict[AskedKind, frozenset[str]] = {
    "worked": frozenset({"result", "evidence", "criticism", "tried", "body"}),
    "definition": frozenset({"definition", "differ", "about", "what", "argues", "mission", "body"}),
}
_STEP_PARTS = frozenset({"use", "lesson", "tool"})
_CASE_PARTS = frozenset({"mission", "did", "result", "tried"})


@dataclass(frozen=True)
class Choice:
    """A chosen statement and the section it is shown in."""

    relevance: Relevance
    section: Section


def choose(ranked: Sequence[Relevance], *, asked: AskedKind, depth: Depth) -> list[Choice]:
    """The lead and what adds to it: the direct answer first (at most ANSWER statements, best first), then definitions, findings, cases,
    cautions, next steps."""
    if not ranked:
        return []
    lead = lead_of(ranked, asked)
    taken: list[Relevance] = [lead]
    per_source = Counter([lead.candidate.evidence.source.id])
    least = _odds(lead.total) * KEEP
    for each in ranked:
        if len(taken) >= LENGTH[depth]:
            break
        source = each.candidate.evidence.source.id
        if _odds(each.total) < least or per_source[source] >= PER_SOURCE[depth]:
            continue
        if any(says_the_same(each.candidate, other.candidate) for other in taken):
            continue
        taken.append(each)
        per_source[source] += 1
    if asked == "worked":
        taken = _with_other_side(taken, ranked, depth)
    taken = [lead, *sorted(taken[1:], key=lambda r: not _fits(r, asked))]
    direct = taken[:ANSWER]
    if asked == "how_to":
        taken = _with_steps(taken, direct, ranked, depth)
    choices = [Choice(each, "answer" if each in direct else section_of(each.candidate)) for each in taken]
    return sorted(choices, key=lambda c: ORDER.index(c.section))


def lead_of(ranked: Sequence[Relevance], asked: AskedKind) -> Relevance:
    """The statement to open with, among those nearly as good as the best.

    One that holds the kind of thing asked for comes first; then one that plays the part that answers this shape of question (a result for
    "did it work?", advice for "how do we?"); then one that is neither
    weak nor known second-hand; then the better one.
    """
    best = _odds(ranked[0].total)
    share = NEARLY_FITTING if asked in _FITTING_PARTS else NEARLY
    near = [r for r in ranked if _odds(r.total) >= share * best]
    return max(near, key=lambda r: (r.asked >= 0.5, _fits(r, asked), _first_hand(r), r.total))


def _first_hand(relevance: Relevance) -> bool:
    passage = relevance.candidate.evidence.passage
    return passage.strength != "weak" and passage.basis != "second_hand"


def _fits(relevance: Relevance, asked: AskedKind) -> bool:
    return asked not in _FITTING_PARTS or relevance.candidate.evidence.passage.section in _FITTING_PARTS[asked]


def _odds(chance: float) -> float:
    return chance / max(1e-9, 1.0 - chance)


def says_the_same(one: Candidate, other: Candidate) -> bool:
    """Whether two statements share most of their words and all of their figures, so that the second would add nothing."""
    union = one.stems | other.stems
    if not union:
        return True
    alike = len(one.stems & other.stems) / len(union)
    return (alike >= SAME_WORDS and {f.value for f in one.figures} == {f.value for f in other.figures}) or alike >= 0.85


def proposals(choices: Sequence[Choice]) -> list[Proposal]:
    """What the grounding step is asked to prove: each statement, verbatim, with its pointer."""
    return [proposal(choice.relevance.candidate, choice.section) for choice in choices]


def proposal(candidate: Candidate, section: Section) -> Proposal:
    """One statement as a proposal."""
    pointer = Pointer(passage_id=candidate.evidence.passage.id, quote=candidate.text, start=candidate.start)
    return Proposal(text=candidate.text, section=section, pointers=(pointer,))


def section_of(candidate: Candidate) -> Section:
    """The section a statement belongs to by the part it plays in its source."""
    part = candidate.evidence.passage.section
    if part in _SECTION_OF_PART:
        return _SECTION_OF_PART[part]
    return "case" if part in _CASE_PARTS or candidate.evidence.source.kind == "case" else "finding"


def _with_steps(taken: list[Relevance], direct: list[Relevance], ranked: Sequence[Relevance], depth: Depth) -> list[Relevance]:
    """For "how do we?": the direct answer is followed by STEPS things to do, even where they are less near in words."""
    steps = [r for r in taken if r.candidate.evidence.passage.section in _STEP_PARTS]
    for each in ranked:
        if len(steps) >= STEPS:
            break
        fits = each.candidate.evidence.passage.section in _STEP_PARTS and each not in taken
        if fits and not any(says_the_same(each.candidate, other.candidate) for other in [*taken, *steps]):
            steps.append(each)
    rest = [r for r in taken if r not in steps and r not in direct]
    return [*direct, *(s for s in steps if s not in direct), *rest][: LENGTH[depth]]


def _with_other_side(taken: list[Relevance], ranked: Sequence[Relevance], depth: Depth) -> list[Relevance]:
    """For "did it work?": at least one result and one criticism of the lead's own source, where it has them."""
    lead = taken[0]
    own = [r for r in ranked if r.candidate.evidence.source.id == lead.candidate.evidence.source.id]
    for parts in ({"result", "evidence"}, {"criticism", "limits"}):
        if any(r.candidate.evidence.passage.section in parts for r in taken):
            continue
        extra = next((r for r in own if r.candidate.evidence.passage.section in parts), None)
        if extra is not None:
            taken = [*taken[: LENGTH[depth] - 1], extra]
    return taken

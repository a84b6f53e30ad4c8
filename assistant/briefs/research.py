"""Answering one question of a template from the library. Owns: which statements fit it, best first, from several sources, none said twice.

Does not own: what is about the subject (the desk does), or proving what is quoted (see `prove.py`).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.briefs.desk import Desk, Subject
from assistant.briefs.nouns import BriefRequest, Researched
from assistant.briefs.parts import parts_of
from assistant.briefs.template import Ask, filled
from assistant.compose.candidates import Candidate
from assistant.compose.extractive import says_the_same
from assistant.compose.relevance import Relevance
from assistant.nouns import Evidence
from assistant.text.words import stem

FIT_WEIGHT = 3.0  # what being wholly on the subject adds to the log odds of answering the question
STRENGTH = {"strong": 0.6, "moderate": 0.3, "limited": 0.0, "weak": -0.6}
SECOND_HAND = -0.8
FIGURES = 0.8
COUNTED = frozenset({"percent", "points", "fraction", "times", "number", "money"})
PER_SOURCE = 0.5  # of an ask's statements, at most, from one source; more only where others have nothing
SPARE = 3  # statements taken beyond what an ask wants from one source are chosen only for want of others
Span = tuple[str, int]


@dataclass
class Said:
    """What the brief says so far, so that nothing is said twice; and what a person dropped, which is not proposed again."""

    candidates: list[Candidate] = field(default_factory=list)
    barred: set[Span] = field(default_factory=set)

    def repeats(self, candidate: Candidate) -> bool:
        """Whether a statement would repeat what is said."""
        return any(says_the_same(candidate, other) for other in self.candidates)

    def say(self, candidates: Sequence[Candidate]) -> None:
        """Remember what was said."""
        self.candidates.extend(candidates)


@dataclass(frozen=True)
class Found:
    """What a question got."""

    chosen: tuple[Candidate, ...]
    researched: Researched


def research(desk: Desk, ask: Ask, request: BriefRequest, said: Said, *, most: int, questions: Sequence[str]) -> Found:
    """The statements to be said on one question. `questions`: all that the brief asks on this subject, so that it is read once."""
    text = filled(ask.question, request)
    subject = desk.subject(filled(ask.about, request), questions)
    fixed = [c for c in (statement_at(desk, address) for address in ask.cites) if c is not None and not _barred(c, said)]
    fitting = fitting_statements(desk, ask, text, subject, said)
    chosen = [c for c in fixed if not said.repeats(c)][:most]
    chosen = diverse(fitting, most=most, said=said, chosen=chosen)
    count = len(fitting) + len(fixed)
    researched = Researched(question=text, fitting=count, nearest=[] if count else list(subject.nearest))
    return Found(tuple(by_source(chosen)), researched)


def fitting_statements(desk: Desk, ask: Ask, text: str, subject: Subject, said: Said) -> list[Candidate]:
    """Statements about the subject that play a part the question asks for, best first."""
    needed = {stem(word) for word in ask.words}
    wanted = [
        c
        for c in subject.candidates
        if (not ask.parts or parts_of(c) & set(ask.parts)) and (not needed or needed & c.stems) and not _barred(c, said)
    ]
    if not wanted:
        return []
    ranked = desk.ranked(text, wanted)
    if "money" in desk.study(text)[0].wants:  # a sum of money is there or it is not
        ranked = [r for r in ranked if any(figure.kind == "money" for figure in r.candidate.figures)]
    return [
        r.candidate
        for r in sorted(ranked, key=lambda r: (-_worth(r, subject), r.candidate.evidence.passage.id, r.candidate.start))
    ]


def diverse(fitting: Sequence[Candidate], *, most: int, said: Said, chosen: Sequence[Candidate] = ()) -> list[Candidate]:
    """At most `most`, from several sources where there are several, none said already."""
    taken = list(chosen)
    for limit in (max(1, math.ceil(PER_SOURCE * most)), most + SPARE):
        count = Counter(c.evidence.source.id for c in taken)
        for each in fitting:
            if len(taken) >= most:
                return taken
            source = each.evidence.source.id
            if count[source] < limit and each not in taken and not said.repeats(each) and not _repeats(each, taken):
                taken.append(each)
                count[source] += 1
    return taken


def by_source(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The same with each source's statements side by side, sources in the order of their first."""
    order = list(dict.fromkeys(c.evidence.source.id for c in candidates))
    return sorted(candidates, key=lambda c: order.index(c.evidence.source.id))


def statement_at(desk: Desk, address: str) -> Candidate | None:
    """The statement `source-id#statement-id`, whole; None where the library does not hold it."""
    source_id, _, statement = address.partition("#")
    passage = next((p for p in desk.passages_of(source_id) if p.statement == statement), None)
    if passage is None:
        return None
    source = desk.source(source_id)
    evidence = Evidence(rank=1, score=1.0, found_by=["link"], similarity=1.0, passage=passage, source=source)
    return Candidate(evidence, 0, len(passage.text))


def _worth(relevance: Relevance, subject: Subject) -> float:
    passage = relevance.candidate.evidence.passage
    chance = min(max(relevance.total, 1e-6), 1 - 1e-6)
    fit = subject.fits.get((passage.id, relevance.candidate.start), 0.0)
    second_hand = SECOND_HAND if passage.basis == "second_hand" else 0.0
    return (
        math.log(chance / (1 - chance))
        + FIT_WEIGHT * fit
        + STRENGTH.get(passage.strength or "", 0.0)
        + second_hand
        + _counted(relevance.candidate)
    )


def _counted(candidate: Candidate) -> float:
    """What figures add to a result: a result that is counted can be checked."""
    is_result = candidate.evidence.passage.section in {"result", "evidence"}
    return FIGURES if is_result and any(figure.kind in COUNTED for figure in candidate.figures) else 0.0


def _barred(candidate: Candidate, said: Said) -> bool:
    return (candidate.evidence.passage.id, candidate.start) in said.barred


def _repeats(candidate: Candidate, others: Sequence[Candidate]) -> bool:
    return any(says_the_same(candidate, other) for other in others)

"""Does the same question, typed otherwise, get the same answer? Owns: facts kept and sources kept, by kind of variant. Does not
own: making variants.

Facts are counted only where the plain question shows them, and sources where it cites some, so that this measures steadiness and
neither quality
nor refusing. A variant that is the same text is left out. Beside it: the answer to the next question, which must not pass.
"""

from __future__ import annotations

from evals.cases import QuestionCase
from evals.context import Context, asked
from evals.facts import share_shown
from evals.product import Asked, Recorded
from evals.scoring import Scorer, as_crash
from evals.variants import VARIANTS
from evals.verdicts import CaseVerdict, SuiteResult

VERSION = "1"
FACTS, SOURCES = "facts kept", "sources kept"
QUESTIONS, QUICK = 50, 15
SCORER = Scorer("robustness", VERSION)


def asks(context: Context) -> list[Asked]:
    """The questions and their variants."""
    cases = chosen(context)
    return asked([c.question for c in cases] + [text for c in cases for text in variants(c).values()])


def chosen(context: Context) -> list[QuestionCase]:
    """Questions spread evenly over the set."""
    wanted = QUICK if context.plan.quick else QUESTIONS
    step = max(1, len(context.questions) // wanted)
    return context.questions[::step][:wanted]


def variants(case: QuestionCase) -> dict[str, str]:
    """Name → text of the variants that differ from the question."""
    made = {name: make(case.question, seed=f"{case.id} {name}") for name, make in VARIANTS.items()}
    return {name: text for name, text in made.items() if text != case.question}


def run(context: Context) -> SuiteResult:
    """Compare every variant's answer with the plain question's."""
    cases = chosen(context)
    plain = {case.id: as_crash(context.recorder.ask(case.question)) for case in cases}
    verdicts: list[CaseVerdict] = []
    for place, case in enumerate(cases):
        other = plain[cases[(place + 1) % len(cases)].id]
        if plain[case.id].answer is None:
            verdicts.append(SCORER.lost(SOURCES, case.id, plain[case.id]))
            continue
        verdicts += _compared(case, plain[case.id], other, case.id, system="answer to another question")
        for name, text in variants(case).items():
            recorded = as_crash(context.recorder.ask(text))
            verdicts += _compared(case, plain[case.id], recorded, f"{case.id} {name}", tags={"variant": name})
    return SuiteResult(verdicts=verdicts)


def _compared(
    case: QuestionCase,
    plain: Recorded,
    other: Recorded,
    name: str,
    *,
    tags: dict[str, str] | None = None,
    system: str = "product",
) -> list[CaseVerdict]:
    if other.answer is None:
        return [
            SCORER.lost(measure, name, other, group=case.id, tags=tags).model_copy(update={"system": system})
            for measure in (FACTS, SOURCES)
        ]
    reason = f"{other.answer.outcome} for: {' '.join(other.asked.question.split())}"
    before, after = _sources(plain), _sources(other)
    found = []
    if before:
        overlap = len(before & after) / len(before | after)
        found.append(
            SCORER.say(SOURCES, name, ok=overlap >= 0.5, value=overlap, group=case.id, tags=tags, system=system, reason=reason)
        )
    if share_shown(case.facts, _said(plain)) == 1:
        kept = share_shown(case.facts, _said(other)) == 1
        found.append(SCORER.say(FACTS, name, ok=kept, group=case.id, tags=tags, system=system, reason=reason))
    return found


def _sources(recorded: Recorded) -> set[str]:
    assert recorded.answer is not None
    return {c.source_id for s in recorded.answer.sentences for c in s.citations}


def _said(recorded: Recorded) -> str:
    assert recorded.answer is not None
    return "\n".join(s.text for s in recorded.answer.sentences)

"""Does the answer say what it should? Owns: facts early and at all, completeness, the right sources, shape. Does not own: whether
it is grounded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.nouns import Answer
from evals.cases import QuestionCase
from evals.context import Context, asked
from evals.facts import LEAD, share_shown
from evals.product import Asked
from evals.scoring import Scorer, as_crash
from evals.verdicts import CaseVerdict, SuiteResult

VERSION = "1"
EARLY, AT_ALL, COMPLETE, SOURCE, SHAPE = (
    "facts in the first three sentences",
    "facts at all",
    "completeness",
    "cites a gold source",
    "shape",
)
LONGEST = 12
SCORER = Scorer("answers", VERSION)
_FIGURE = re.compile(
    r"\d|\b(?:half|third|quarter|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|million|billion)\b", re.I
)
_NAME = re.compile(r"(?<!^)\b[A-Z][\w’'-]+")
_HOLDS = {
    "cost": _FIGURE,
    "count": _FIGURE,
    "when": re.compile(r"\b(?:1[6-9]|20)\d\d\b|\bdecade\b|\bcentury\b", re.I),
    "who": _NAME,
    "where": _NAME,
}
_SEVERAL = frozenset({"list", "how_to", "comparison", "example"})


def asks(context: Context) -> list[Asked]:
    """Every answerable question."""
    return asked([case.question for case in context.questions])


def run(context: Context) -> SuiteResult:
    """Score every answer, and what the first three search results would have said."""
    verdicts: list[CaseVerdict] = []
    for case in context.questions:
        tags = {"kind": case.kind, "difficulty": case.difficulty}
        recorded = as_crash(context.recorder.ask(case.question))
        if recorded.answer is None:
            verdicts += [SCORER.lost(name, case.id, recorded, tags=tags) for name in (EARLY, AT_ALL, COMPLETE, SOURCE, SHAPE)]
            continue
        verdicts += _facts(case, [s.text for s in recorded.answer.sentences], tags=tags)
        cited = {c.source_id for s in recorded.answer.sentences for c in s.citations}
        named = f"it cites {', '.join(sorted(cited)) or 'nothing'}"
        verdicts.append(SCORER.say(SOURCE, case.id, ok=bool(cited & set(case.gold)), reason=named, tags=tags))
        wrong = misshapen(case, recorded.answer)
        verdicts.append(SCORER.say(SHAPE, case.id, ok=not wrong, reason=wrong, tags=tags))
    return SuiteResult(verdicts=verdicts + _dummies(context))


def _facts(
    case: QuestionCase, sentences: Sequence[str], *, tags: Mapping[str, str], system: str = "product"
) -> list[CaseVerdict]:
    whole, lead = "\n".join(sentences), "\n".join(sentences[:LEAD])
    early, at_all = share_shown(case.facts, lead), share_shown(case.facts, whole)
    lacking = "lacks: " + "; ".join(" or ".join(fact) for fact in case.facts if not share_shown([fact], whole))
    late = lacking if at_all < 1 else "the fact stands after the third sentence"
    return [
        SCORER.say(EARLY, case.id, ok=early == 1, reason=late, tags=tags, system=system),
        SCORER.say(AT_ALL, case.id, ok=at_all == 1, reason=lacking, tags=tags, system=system),
        SCORER.say(COMPLETE, case.id, ok=at_all >= 0.5, value=at_all, reason=lacking, tags=tags, system=system),
    ]


def misshapen(case: QuestionCase, answer: Answer) -> str:
    """What is wrong with an answer's shape for its kind of question; '' when nothing is."""
    texts = [s.text for s in answer.sentences]
    if not texts:
        return "it has no sentence"
    if len(set(texts)) < len(texts):
        return "it says the same sentence twice"
    if len(texts) > LONGEST:
        return f"it has {len(texts)} sentences"
    if case.kind in _SEVERAL and len(texts) < 2:
        return "one sentence is too few for this kind of question"
    wanted = _HOLDS.get(case.kind)
    if wanted and not any(wanted.search(text) for text in texts[:LEAD]):
        return f"none of the first {LEAD} sentences holds what a question of kind '{case.kind}' asks for"
    return ""


def _dummies(context: Context) -> list[CaseVerdict]:
    """The first three passages of each plain search, shown as they are, and an answer that says nothing."""
    verdicts = []
    for case in context.questions:
        verdicts += _facts(case, [], tags={}, system="says nothing")
        for name, search in context.passage_searches.items():
            held = context.product.library.passages_by_id(search(case.question, LEAD))
            verdicts += _facts(case, [p.text for p in held.values()], tags={}, system=f"first three by {name}")
        verdicts.append(SCORER.say(SOURCE, case.id, ok=False, system="says nothing"))
        verdicts.append(SCORER.say(SHAPE, case.id, ok=False, system="says nothing"))
    return verdicts

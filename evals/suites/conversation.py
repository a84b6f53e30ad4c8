"""Does a follow-up get the answer it means? Owns: facts and sources of the last turn. Does not own: how follow-ups are completed.

Beside it: the same last turn without the turns before (which must do worse), and the meant question asked outright (what could be
reached).
"""

from __future__ import annotations

from collections.abc import Sequence

from evals.cases import ConversationCase
from evals.context import Context
from evals.facts import LEAD, share_shown
from evals.product import Asked
from evals.public.conversation import public_asks, public_conversation
from evals.scoring import Scorer, as_crash
from evals.verdicts import PRODUCT, CaseVerdict, SuiteResult

VERSION = "2"
EARLY, AT_ALL, SOURCE = "facts in the first three sentences", "facts at all", "cites a gold source"
SCORER = Scorer("conversation", VERSION)


def asks(context: Context) -> list[Asked]:
    """Every turn in order; the last turn alone; the meant question."""
    found = []
    for case in context.conversations:
        found += [Asked(turn, tuple(case.turns[:place])) for place, turn in enumerate(case.turns)]
        found += [Asked(case.turns[-1]), Asked(case.standalone)]
    return found + (public_asks(context) if context.plan.data is not None else [])


def run(context: Context) -> SuiteResult:
    """Score the last turn of every conversation three ways."""
    verdicts: list[CaseVerdict] = []
    for case in context.conversations:
        last, before = case.turns[-1], tuple(case.turns[:-1])
        for system, question, history in (
            (PRODUCT, last, before),
            ("last turn alone", last, ()),
            ("meant question", case.standalone, ()),
        ):
            verdicts += _scored(context, case, question, history, system=system)
    if context.plan.data is not None:
        verdicts += public_conversation(context, SCORER)
    return SuiteResult(verdicts=verdicts)


def _scored(context: Context, case: ConversationCase, question: str, history: Sequence[str], *, system: str) -> list[CaseVerdict]:
    recorded = as_crash(context.recorder.ask(question, history))
    if recorded.answer is None:
        return [SCORER.lost(name, case.id, recorded).model_copy(update={"system": system}) for name in (EARLY, AT_ALL, SOURCE)]
    texts = [s.text for s in recorded.answer.sentences]
    early, at_all = share_shown(case.facts, "\n".join(texts[:LEAD])), share_shown(case.facts, "\n".join(texts))
    cited = {c.source_id for s in recorded.answer.sentences for c in s.citations}
    named = ", ".join(sorted(cited)) or "nothing"
    reason = f"understood as “{recorded.answer.standalone_question}” ({recorded.answer.outcome}), cites {named}"
    verdicts = [SCORER.say(SOURCE, case.id, ok=bool(cited & set(case.gold)), system=system, reason=reason)] if case.gold else []
    if case.facts:
        verdicts.append(SCORER.say(EARLY, case.id, ok=early == 1, system=system, reason=reason))
        verdicts.append(SCORER.say(AT_ALL, case.id, ok=at_all == 1, system=system, reason=reason))
    return verdicts

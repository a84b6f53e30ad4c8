"""Does a follow-up get the answer it means? Owns: facts and sources of the last turn, and whether one that the library cannot answer is refused.
Does not own: how follow-ups are completed.

Beside it, but for the gate: the same last turn without the turns before (which must find fewer facts and sources), and the meant question asked
outright (what could be reached).
"""

from __future__ import annotations

from collections.abc import Sequence

from evals.cases import ConversationCase
from evals.context import Context
from evals.facts import LEAD, share_shown
from evals.product import Asked
from evals.public.conversation import public_asks, public_conversation
from evals.scoring import Scorer, as_crash, refused
from evals.verdicts import PRODUCT, CaseVerdict, SuiteResult

VERSION = "3"
EARLY, AT_ALL, SOURCE = "facts in the first three sentences", "facts at all", "cites a gold source"
REFUSED, ANSWERED = "unanswerable follow-ups refused", "answerable follow-ups answered"
SCORER = Scorer("conversation", VERSION)


def asks(context: Context) -> list[Asked]:
    """Every turn in order; but for the gate also the last turn alone and the meant question."""
    found = []
    for case in context.conversations:
        found += [Asked(turn, tuple(case.turns[:place])) for place, turn in enumerate(case.turns)]
        found += [] if context.plan.quick else [Asked(case.turns[-1]), Asked(case.standalone)]
    return found + (public_asks(context) if context.plan.data is not None else [])


def run(context: Context) -> SuiteResult:
    """Score the last turn of every conversation; beside it, but for the gate, the same turn alone and the meant question."""
    verdicts: list[CaseVerdict] = []
    for case in context.conversations:
        last, before = case.turns[-1], tuple(case.turns[:-1])
        verdicts += _scored(context, case, last, before, system=PRODUCT)
        if not context.plan.quick:
            verdicts += _scored(context, case, last, (), system="last turn alone")
            verdicts += _scored(context, case, case.standalone, (), system="meant question")
    if context.plan.data is not None:
        verdicts += public_conversation(context, SCORER)
    return SuiteResult(verdicts=verdicts)


def _scored(context: Context, case: ConversationCase, question: str, history: Sequence[str], *, system: str) -> list[CaseVerdict]:
    recorded = as_crash(context.recorder.ask(question, history))
    wanted = (EARLY, AT_ALL, SOURCE, ANSWERED) if case.answerable else (REFUSED,)
    if recorded.answer is None:
        return [SCORER.lost(name, case.id, recorded).model_copy(update={"system": system}) for name in wanted]
    texts = [s.text for s in recorded.answer.sentences]
    cited = {c.source_id for s in recorded.answer.sentences for c in s.citations}
    named = ", ".join(sorted(cited)) or "nothing"
    turned_away = refused(recorded)
    reason = f"understood as “{recorded.answer.standalone_question}” ({recorded.answer.outcome}), cites {named}"
    if not case.answerable:
        return [SCORER.say(REFUSED, case.id, ok=turned_away, system=system, reason=reason)]
    early, at_all = share_shown(case.facts, "\n".join(texts[:LEAD])), share_shown(case.facts, "\n".join(texts))
    found = {EARLY: early == 1, AT_ALL: at_all == 1} if case.facts else {}
    found |= {SOURCE: bool(cited & set(case.gold)), ANSWERED: not turned_away}
    return [SCORER.say(name, case.id, ok=ok, system=system, reason=reason) for name, ok in found.items()]

"""Does it correct a false premise? Owns: whether the truth is shown, early or at all, or at least nothing is taken as given. Does
not own: wording.

Refusing is safe but no correction, so both are measured: `truth shown` and `truth shown or refused`.
"""

from __future__ import annotations

from evals.context import Context, asked
from evals.facts import LEAD, share_shown
from evals.product import Asked
from evals.scoring import Scorer, as_crash, refused
from evals.verdicts import CaseVerdict, SuiteResult

VERSION = "1"
EARLY, SHOWN, SAFE = "truth in the first three sentences", "truth shown", "truth shown or refused"
SCORER = Scorer("premises", VERSION)


def asks(context: Context) -> list[Asked]:
    """Every question with a false premise."""
    return asked([case.question for case in context.premises])


def run(context: Context) -> SuiteResult:
    """Score each, beside the first three passages of plain searches and an answer that agrees with everything."""
    verdicts: list[CaseVerdict] = []
    for case in context.premises:
        verdicts += [SCORER.say(name, case.id, ok=False, system="says nothing new") for name in (EARLY, SHOWN, SAFE)]
        for system, search in context.passage_searches.items():
            held = context.product.library.passages_by_id(search(case.question, LEAD))
            text = "\n".join(p.text for p in held.values())
            verdicts.append(SCORER.say(EARLY, case.id, ok=share_shown(case.truth, text) == 1, system=f"first three by {system}"))
        recorded = as_crash(context.recorder.ask(case.question))
        if recorded.answer is None:
            verdicts += [SCORER.lost(name, case.id, recorded) for name in (EARLY, SHOWN, SAFE)]
            continue
        texts = [s.text for s in recorded.answer.sentences]
        early, whole = share_shown(case.truth, "\n".join(texts[:LEAD])) == 1, share_shown(case.truth, "\n".join(texts)) == 1
        wanted = "; ".join(" or ".join(wordings) for wordings in case.truth)
        reason = f"{recorded.answer.outcome}; wanted {wanted}; said: {texts[0] if texts else 'nothing'}"
        verdicts += [
            SCORER.say(EARLY, case.id, ok=early, reason=reason),
            SCORER.say(SHOWN, case.id, ok=whole, reason=reason),
            SCORER.say(SAFE, case.id, ok=whole or refused(recorded), reason=reason),
        ]
    return SuiteResult(verdicts=verdicts)

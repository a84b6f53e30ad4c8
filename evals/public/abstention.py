"""Public questions to refuse. Owns: ClapNQ's unanswerable questions over ClapNQ's own passages, and FalseQA over the packaged
library.

Does not own: what a refusal is. ClapNQ shows both sides (its answerable questions over the same passages); FalseQA's subjects are
not in our
library at all, so that every one of them must be refused.
"""

from __future__ import annotations

from pathlib import Path

from evals.context import Context
from evals.libraries import library_of
from evals.product import Recorder
from evals.public.retrieval import documents
from evals.public.rows import rows, sample
from evals.scoring import Scorer, as_crash, refused
from evals.verdicts import CaseVerdict


def public_abstention(context: Context, scorer: Scorer) -> list[CaseVerdict]:
    """Verdicts on what is there; nothing for a set that is not."""
    assert context.plan.data is not None
    data, found = context.plan.data, []
    other = data / "abstention" / "falseqa-valid.jsonl"
    if other.exists():
        questions = [row["question"] for row in sample(rows(other), context.plan.sample, key="question")]
        found += _asked(context.recorder, questions, scorer, "refusal recall, FalseQA (subjects not in the library)", should=True)
    corpus, near = data / "retrieval" / "clapnq.corpus.jsonl", data / "abstention" / "clapnq-unanswerable.jsonl"
    if corpus.exists() and near.exists():
        found += _clapnq(context, scorer, corpus, near)
    return found


def _clapnq(context: Context, scorer: Scorer, corpus: Path, near: Path) -> list[CaseVerdict]:
    recorder = Recorder(library_of(context.settings, context.folder / "clapnq-abstention", documents(corpus)))
    unanswerable = [row["query"] for row in sample(rows(near), context.plan.sample)]
    answerable = [row["query"] for row in sample(rows(corpus.with_name("clapnq.queries.jsonl")), context.plan.sample)]
    return [
        *_asked(recorder, unanswerable, scorer, "refusal recall, ClapNQ", should=True),
        *_asked(recorder, answerable, scorer, "answered rather than refused, ClapNQ", should=False),
    ]


def _asked(recorder: Recorder, questions: list[str], scorer: Scorer, measure: str, *, should: bool) -> list[CaseVerdict]:
    found = []
    for number, question in enumerate(questions, start=1):
        recorded, case = as_crash(recorder.ask(question)), f"{measure.rpartition(', ')[2]} {number}"
        if recorded.answer is None:
            found.append(scorer.lost(measure, case, recorded))
        else:
            found.append(
                scorer.say(measure, case, ok=refused(recorded) == should, reason=f"{recorded.answer.outcome}: {question}")
            )
        found += [
            scorer.say(measure, case, ok=should, system="refuses all"),
            scorer.say(measure, case, ok=not should, system="answers all"),
        ]
    return found

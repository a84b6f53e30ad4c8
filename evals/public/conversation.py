"""Public follow-ups with people's rewrites (MT-RAG, TREC CAsT). Owns: how near the product's completed question comes to a person's.

Does not own: completing. Only understanding is measured: the subjects are not in our library, so that nothing is answered. Follow-ups that
a person left as they were are measured apart: they must be left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.text.folding import fold
from assistant.text.words import stems
from evals.context import Context
from evals.product import Asked
from evals.public.rows import rows, sample
from evals.scoring import Scorer, as_crash
from evals.verdicts import CaseVerdict

COMPLETED, ALONE = "follow-up completed as a person would", "question that stands alone left alone"
FILES = {"mtrag-rewrites-clapnq-cloud.jsonl": "MT-RAG", "cast-2020.jsonl": "CAsT 2020"}
NEAR = 0.8  # share of content words in common (F1) from which it counts as the same question


def public_turns(data: Path, most: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """(set, row) of a sample of each set that is there; rows without a turn before the last say nothing and are left out."""
    for file, name in FILES.items():
        path = data / "conversation" / file
        if path.exists():
            leaning = [row | {"key": f"{row.get('file', '')} {row['id']}"} for row in rows(path) if len(row["turns"]) > 1]
            yield from ((name, row) for row in sample(leaning, most, key="key"))


def public_asks(context: Context) -> list[Asked]:
    """Every last turn, after those before it."""
    assert context.plan.data is not None
    return [_asked(row) for _, row in public_turns(context.plan.data, context.plan.sample)]


def public_conversation(context: Context, scorer: Scorer) -> list[CaseVerdict]:
    """Verdicts on every sampled follow-up, beside the last turn as it is and all turns strung together."""
    assert context.plan.data is not None
    found: list[CaseVerdict] = []
    for name, row in public_turns(context.plan.data, context.plan.sample):
        found += _scored(context, scorer, name, row)
    return found


def likeness(made: str, wanted: str) -> float:
    """F1 of the content words of two questions."""
    mine, theirs = stems(made), stems(wanted)
    if not mine or not theirs:
        return float(mine == theirs)
    return 2 * len(mine & theirs) / (len(mine) + len(theirs))


def _scored(context: Context, scorer: Scorer, name: str, row: dict[str, Any]) -> Iterator[CaseVerdict]:
    case, last, wanted = f"{name} {row['key']}", row["turns"][-1], row["rewrite"]
    recorded = as_crash(context.recorder.ask(*_arguments(row)))
    alone = _same(last, wanted)
    measure = f"{ALONE if alone else COMPLETED}, {name}"
    if recorded.answer is None:
        yield scorer.lost(measure, case, recorded)
        return
    made = {
        "product": recorded.answer.standalone_question,
        "last turn alone": last,
        "all turns together": " ".join(row["turns"]),
    }
    for system, text in made.items():
        value = float(_same(text, wanted)) if alone else likeness(text, wanted)
        reason = f"understood as “{text}”, a person wrote “{wanted}”"
        yield scorer.say(measure, case, ok=value >= NEAR, value=round(value, 6), system=system, reason=reason)


def _same(first: str, second: str) -> bool:
    return fold(first).strip(" ?.!") == fold(second).strip(" ?.!")


def _asked(row: dict[str, Any]) -> Asked:
    question, history = _arguments(row)
    return Asked(question, history)


def _arguments(row: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    return row["turns"][-1], tuple(row["turns"][:-1])

"""How well model-written sentences are told apart: `python -m evals.bench.generative`. Owns: the measurement behind
the promises on false sentences
shown, honest paraphrases kept, and the time a check takes. Does not own: the checks, or how false sentences are made
(see `falsify.py`).

Each sentence goes the way a model's sentence goes: tokens, plain text, spans chosen by us, gate, meaning, support.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter

from assistant.compose.held import Checked, Holder
from assistant.compose.sentence_stream import Written
from assistant.compose.tokens import TokenMap
from assistant.grounding.meaning import strict_grounder
from assistant.index.embedder import Embedder
from assistant.library.library import Library
from assistant.nouns import Evidence, Passage, Source
from assistant.text.sentences import sentence_spans
from evals.bench.falsify import changes

PARAPHRASES = Path(__file__).parents[1] / "cases" / "paraphrases.yaml"
HAND_MADE = Path(__file__).parents[1] / "cases" / "false_sentences.yaml"
SENTENCES_IN_AN_ANSWER = 10


class Reworded(BaseModel):
    """A sentence made of a statement of the library: `of` is `source#statement`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    of: str
    text: str
    kind: str = "honest"


@dataclass
class Tally:
    """Counts of what was shown, and what was shown that should not have been or was not that should."""

    shown: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Share shown."""
        return sum(self.shown.values()) / max(1, sum(self.given.values()))


def read_reworded(path: Path) -> list[Reworded]:
    """The sentences of one file."""
    from ingest.corpus_reader import load_yaml

    return TypeAdapter(list[Reworded]).validate_python(load_yaml(path))


def statements(library: Library) -> dict[str, Evidence]:
    """Every statement of the packaged library by `source#statement`, as evidence."""
    found = {}
    for source in library.sources().values():
        for passage in library.passages_of(source.id):
            if passage.statement:
                found[f"{source.id}#{passage.statement}"] = _evidence(passage, source)
    return found


def judge(text: str, evidence: Evidence, embedder: Embedder) -> Checked:
    """Hold one sentence that cites one statement."""
    grounder = strict_grounder({evidence.passage.id: evidence}, embedder)
    holder = Holder(question="", tokens=TokenMap.of([evidence]), grounder=grounder)
    held = [holder.hold(Written(f"{part} [P1]", "finding")) for part in _parts(text)]
    return next((each for each in held if each.sentence is None), held[0])


def measure_honest(cases: Iterable[Reworded], known: dict[str, Evidence], embedder: Embedder) -> Tally:
    """How many honest paraphrases are kept."""
    tally = Tally()
    for case in cases:
        checked = judge(case.text, known[case.of], embedder)
        tally.given["honest"] += 1
        tally.shown["honest"] += checked.sentence is not None
        if checked.sentence is None:
            tally.wrong.append(("honest", case.text, "; ".join(checked.verdict.problems)))
    return tally


def measure_false(
    cases: Sequence[Reworded], hand_made: Sequence[Reworded], known: dict[str, Evidence], embedder: Embedder
) -> Tally:
    """How many false sentences are shown: changes of statements and of paraphrases, sentences of other statements, and
    those made by hand.
    """
    tally = Tally()
    ids = sorted(known)
    for number, case in enumerate(cases):
        own = known[case.of]
        for text in (case.text, own.passage.text):
            for changed in changes(text, number):
                _count(tally, changed.kind, changed.text, own, embedder)
        _count(tally, "real token, other claim", case.text, known[ids[(number * 7919) % len(ids)]], embedder)
    for case in hand_made:
        _count(tally, f"by hand: {case.kind}", case.text, known[case.of], embedder)
    return tally


def time_ten(cases: Sequence[Reworded], known: dict[str, Evidence], embedder: Embedder) -> float:
    """Milliseconds to check ten sentences that each cite one of ten passages: the median of thirty answers, nothing cached."""
    from statistics import median

    taken = []
    for start in range(0, len(cases) - SENTENCES_IN_AN_ANSWER, SENTENCES_IN_AN_ANSWER):
        ten = cases[start : start + SENTENCES_IN_AN_ANSWER]
        evidence = [known[case.of] for case in ten]
        holder = Holder(
            question="", tokens=TokenMap.of(evidence), grounder=strict_grounder({e.passage.id: e for e in evidence}, embedder)
        )
        began = time.perf_counter()
        for number, case in enumerate(ten, start=1):
            holder.hold(Written(f"{case.text} [P{number}]", "finding"))
        taken.append(1000 * (time.perf_counter() - began))
    return median(taken)


def wilson(hits: int, trials: int) -> tuple[float, float]:
    """The 95 per cent interval of a share (E. B. Wilson, 1927)."""
    z, share = 1.96, hits / trials
    middle, half = share + z * z / (2 * trials), z * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    return round((middle - half) / (1 + z * z / trials), 4), round((middle + half) / (1 + z * z / trials), 4)


def _count(tally: Tally, kind: str, text: str, evidence: Evidence, embedder: Embedder) -> None:
    checked = judge(text, evidence, embedder)
    tally.given[kind] += 1
    if checked.sentence is not None:
        tally.shown[kind] += 1
        tally.wrong.append((kind, text, evidence.passage.text))


def _parts(text: str) -> list[str]:
    return [text[a:b] for a, b in sentence_spans(text)] or [text]


def _evidence(passage: Passage, source: Source) -> Evidence:
    return Evidence(rank=1, score=1.0, found_by=["meaning"], similarity=1.0, passage=passage, source=source)


def main() -> None:
    """Print the figures, and with --wrong each sentence that went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true")
    arguments = parser.parse_args()
    from assistant.assistant import open_assistant

    assistant = open_assistant()
    known, embedder = statements(assistant.library), assistant.embedder
    cases = [case for case in read_reworded(PARAPHRASES) if case.of in known]
    hand_made = [case for case in read_reworded(HAND_MADE) if case.of in known]
    ten = time_ten(cases, known, embedder)
    honest, false = measure_honest(cases, known, embedder), measure_false(cases, hand_made, known, embedder)
    kept, given = sum(honest.shown.values()), sum(honest.given.values())
    shown, made = sum(false.shown.values()), sum(false.given.values())
    figures = {
        "honest_kept": f"{kept}/{given}",
        "honest_interval": wilson(kept, given),
        "false_shown": f"{shown}/{made}",
        "false_interval": wilson(shown, made),
        "false_by_kind": {kind: f"{false.shown[kind]}/{false.given[kind]}" for kind in sorted(false.given)},
        "ten_sentences_ms": round(ten, 1),
    }
    print(json.dumps(figures, indent=1, ensure_ascii=False))
    if arguments.wrong:
        for kind, text, why in [*honest.wrong, *false.wrong]:
            print(f"{kind} | {text} || {why}")


if __name__ == "__main__":
    main()

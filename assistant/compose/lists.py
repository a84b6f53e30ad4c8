"""Numbered lists in a document. Owns: finding the run "1. … 2. … 3. …" that a question about a list asks for. Does not own: ranking.

Used for questions such as "What are the four themes of X?": the items, as headings or list items, are the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.compose.candidates import Candidate
from assistant.grounding.figures import figures
from assistant.nouns import Evidence, Passage, Source
from assistant.text.words import content_words, stem

_ITEM = re.compile(r"^\(?(\d{1,2})[.)]\s+\S")
_ASKS_FOR_LIST = re.compile(r"\b(?:what|which|list|name)\b", re.I)
FEWEST = 2


def asked_count(question: str) -> int | None:
    """How many items a question asks for ("the four themes" → 4); None when it does not ask for a list of a known length."""
    if not _ASKS_FOR_LIST.search(question):
        return None
    counts = [f for f in figures(question) if f.kind == "number" and f.value == f.value.to_integral() and 2 <= f.value <= 20]
    return int(counts[0].value) if len(counts) == 1 else None


def find_list(question: str, evidence: Sequence[Evidence], passages_of: Mapping[str, Sequence[Passage]]) -> list[Candidate]:
    """The numbered items, in order, of the best source that has a run of just the length asked for; empty when none has.

    `passages_of`: all passages, in order, of each source that the evidence names. The run must lie near words of the question.
    """
    count = asked_count(question)
    if count is None:
        return []
    asked = {stem(w) for w in content_words(question)}
    for source in _originals(evidence):
        runs = [run for run in _runs(passages_of.get(source.id, ()), source) if len(run) == count]
        best = max(runs, key=lambda run: _nearness(run, asked, passages_of[source.id]), default=None)
        if best is not None and _nearness(best, asked, passages_of[source.id]) > 0:
            return best
    return []


def _originals(evidence: Iterable[Evidence]) -> list[Source]:
    return list({e.source.id: e.source for e in evidence if e.source.kind == "original"}.values())


def _runs(passages: Sequence[Passage], source: Source) -> list[list[Candidate]]:
    runs: list[list[Candidate]] = []
    expected = 1
    for passage in passages:
        for start, end in passage.sentences:
            match = _ITEM.match(passage.text[start:end])
            if not match:
                continue
            number = int(match.group(1))
            if number == 1:
                runs.append([])
                expected = 1
            if runs and number == expected:
                evidence = Evidence(rank=1, score=0.0, found_by=["link"], similarity=0.0, passage=passage, source=source)
                runs[-1].append(Candidate(evidence, start, end))
                expected += 1
    return [run for run in runs if len(run) >= FEWEST]


def _nearness(run: Sequence[Candidate], asked: set[str], passages: Sequence[Passage]) -> float:
    """Share of the question's words in the run's passages, the one before its first, and the items themselves."""
    first = run[0].evidence.passage.ordinal
    near = [p for p in passages if first - 1 <= p.ordinal <= first] + [c.evidence.passage for c in run]
    found = {stem(w) for p in near for w in content_words(p.text)} | {
        stem(w) for w in content_words(run[0].evidence.source.title)
    }
    return len(asked & found) / max(1, len(asked))

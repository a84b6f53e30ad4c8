"""Questions that found nothing, grouped. Owns: which questions belong together. Pure. Does not own: reading receipts or HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.nouns import Answer
from assistant.text.words import content_words, stem

ALIKE = 0.5  # share of content-word stems in common (Jaccard) from which two questions ask about the same gap


@dataclass(frozen=True)
class Gap:
    """One gap of the library: the words its questions share, how often it was met, the questions, newest first."""

    words: tuple[str, ...]
    times: int
    questions: tuple[str, ...]


def group_gaps(answers: Sequence[Answer]) -> list[Gap]:
    """Group refused answers (newest first) whose questions share at least half their words; the largest gap first."""
    groups: list[tuple[set[str], list[str]]] = []
    for answer in answers:
        words = {stem(word): word for word in content_words(answer.standalone_question)}
        for stems, questions in groups:
            if _alike(stems, set(words)):
                questions.append(answer.standalone_question)
                break
        else:
            groups.append((set(words), [answer.standalone_question]))
    gaps = [Gap(_shared(questions), len(questions), tuple(dict.fromkeys(questions))) for _, questions in groups]
    return sorted(gaps, key=lambda gap: -gap.times)


def _alike(first: set[str], second: set[str]) -> bool:
    union = first | second
    return not union or len(first & second) / len(union) >= ALIKE


def _shared(questions: Sequence[str]) -> tuple[str, ...]:
    counted = Counter(word for question in questions for word in dict.fromkeys(content_words(question)))
    return tuple(word for word, _ in counted.most_common(5))

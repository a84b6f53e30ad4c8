"""Answers spoilt on purpose. Owns: the dummies that a grounding measure must rate worse than the product. Does not own:
measuring. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.nouns import Answer, Citation, Sentence

_NUMBER = re.compile(r"\d")


def _each(answer: Answer, change: Callable[[Sentence], Sentence]) -> Answer:
    return answer.model_copy(update={"sentences": [change(sentence) for sentence in answer.sentences]})


def quotes_shifted(answer: Answer) -> Answer:
    """Every quote said to stand one character further on."""

    def shift(citation: Citation) -> Citation:
        return citation.model_copy(update={"start": citation.start + 1, "end": citation.end + 1})

    return _each(answer, lambda s: s.model_copy(update={"citations": [shift(c) for c in s.citations]}))


def citations_dropped(answer: Answer) -> Answer:
    """No sentence cites anything."""
    return _each(answer, lambda s: s.model_copy(update={"citations": []}))


def ids_invented(answer: Answer) -> Answer:
    """Every citation points to a passage that is not there, under a number that skips one."""

    def invent(citation: Citation) -> Citation:
        return citation.model_copy(update={"passage_id": f"invented-{citation.n}", "n": citation.n + 1})

    return _each(answer, lambda s: s.model_copy(update={"citations": [invent(c) for c in s.citations]}))


def figures_changed(answer: Answer) -> Answer:
    """Every sentence claims a figure that its passages do not hold; none is called anything but supported."""

    def change(sentence: Sentence) -> Sentence:
        text = _NUMBER.sub(lambda m: str((int(m.group()) + 3) % 10), sentence.text)
        text = text if text != sentence.text else f"{sentence.text.rstrip('.')}, by 87.3 per cent."
        return sentence.model_copy(update={"text": text})

    return _each(answer, change)


SPOILT: dict[str, Callable[[Answer], Answer]] = {
    "quotes shifted by one": quotes_shifted,
    "citations dropped": citations_dropped,
    "ids invented": ids_invented,
    "figures changed": figures_changed,
}

"""Whether a text shows a fact. Owns: comparing a case's strings with what was shown. Does not own: what the facts are. Exact but
for typography.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.text.folding import fold

LEAD = 3


def shows(fact: Sequence[str], text: str) -> bool:
    """Whether any of the fact's wordings stands in the text. A wording that begins or ends with a digit is no part of a longer
    number.
    """
    folded = _normal(text)
    return any(_pattern(wording).search(folded) for wording in fact)


def share_shown(facts: Sequence[Sequence[str]], text: str) -> float:
    """The share of the facts that the text shows."""
    return sum(shows(fact, text) for fact in facts) / len(facts) if facts else 0.0


@lru_cache(maxsize=4096)
def _pattern(wording: str) -> re.Pattern[str]:
    text = _normal(wording).strip()
    before = r"(?<!\d)(?<!\d[.,])" if text[:1].isdigit() else ""
    after = r"(?!\d|[.,]\d)" if text[-1:].isdigit() else ""
    return re.compile(before + re.escape(text) + after)


def _normal(text: str) -> str:
    return re.sub(r"(?<=\d)\s?%", " per cent", fold(text))

"""Words broken at a line's end. Owns: whether the hyphen belongs to the word. Does not own: finding line ends.

The document decides first: a word that stands elsewhere in it joined, or with its hyphen, is written that way here too. Otherwise
the hyphen stays only where both halves are words of their own.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

_TOKEN = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*")
_LAST_TOKEN = re.compile(f"{_TOKEN.pattern}$")
_PREFIXES = frozenset(
    [
        "self",
        "non",
        "cross",
        "well",
        "long",
        "short",
        "high",
        "low",
        "co",
        "semi",
        "half",
        "all",
        "ill",
        "ex",
        "post",
        "pre",
        "anti",
        "multi",
        "inter",
        "mid",
        "over",
        "under",
    ]
)
_ENDINGS = frozenset(
    [
        "based",
        "driven",
        "led",
        "wide",
        "term",
        "scale",
        "making",
        "funded",
        "owned",
        "related",
        "oriented",
        "quality",
        "profile",
        "level",
        "term",
        "time",
        "off",
        "up",
        "date",
    ]
)


class Hyphens:
    """The spelling habits of one document."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._seen: Counter[str] = Counter()
        for written, count in Counter("\n".join(texts).split()).items():  # few spellings stand for many words
            for token in (written,) if written.isalnum() else _TOKEN.findall(written):
                if len(token) > 3:
                    self._seen[_plain(token)] += count

    def join(self, before: str, after: str) -> str:
        """Two pieces of text as one: `before` ends in a hyphen (soft or hard) at a line's end, `after` is the next line."""
        stem = before.rstrip("\u00ad-‐‑")
        first = _LAST_TOKEN.search(stem[stem.rfind(" ") + 1 :])  # the whole may be a long paragraph
        second = _TOKEN.match(after)
        if first is None or second is None:
            return before.replace("\u00ad", "") + after
        if before.endswith("\u00ad"):
            return stem + after
        keeps = self._keeps(first.group(), second.group())
        return f"{stem}-{after}" if keeps else stem + after

    def _keeps(self, first: str, second: str) -> bool:
        joined, hyphenated = self._seen[_plain(first + second)], self._seen[_plain(f"{first}-{second}")]
        if joined or hyphenated:
            return hyphenated > joined
        left, right = first.rpartition("-")[2], second.partition("-")[0]
        if any(c.isdigit() for c in left + right) or right[:1].isupper() or "-" in second:
            return True
        if (left.lower() in _PREFIXES and _is_word(right)) or (right.lower() in _ENDINGS and _is_word(left)):
            return True
        if _is_word(left + right):
            return False
        return len(left) > 2 and len(right) > 2 and _is_word(left) and _is_word(right)


def _plain(token: str) -> str:
    return token.casefold().replace("‐", "-").replace("‑", "-")


def _is_word(text: str) -> bool:
    word = text.casefold()
    common = common_words()
    return word in common or (word.endswith("s") and word[:-1] in common)


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Common English words: the whole words of the embedding model's vocabulary, which is already on the machine."""
    import assistant

    path = Path(str(assistant.__file__)).parent / "models" / "minilm" / "tokenizer.json"
    if not path.exists():
        return frozenset()
    vocabulary = json.loads(path.read_text(encoding="utf-8"))["model"]["vocab"]
    return frozenset(word for word in vocabulary if word.isalpha() and len(word) > 1)

"""Tokens of a text that may hold figures. Owns: typography that hides figures (½, 32 000, −5) and the token list.

Does not own: their meaning.
"""

from __future__ import annotations

import re
import unicodedata

_NUMBER = r"\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+"
_TOKEN = re.compile(
    rf"(?P<word>[^\W\d_]++(?![\d$]))|(?P<sign>[%‰°/:–—,;()?!'’]|\.(?!\d)|(?<=[\w.])\.)|(?P<currency>us\$|nz\$|a\$|c\$|r\$|[£€$¥₹₩]|\br(?=\d+(?:\.\d+)?\s?(?:bn|m|billion|million)\b))"
    rf"|(?P<code>(?:gbp|eur|usd|dkk|sek|nok|chf|kr)(?=\d))|(?P<label>[^\W\d_]+\d+(?:\.\d+)?[^\W_]*)"
    rf"|(?P<minus>(?<![\w%)\]’'\".,-])[-−](?=[£$€]?\.?\d))|(?P<number>{_NUMBER})|(?P<dash>[-−])|(?P<stray>[^\W\d_]+)",
    re.I,
)
_SPACED = re.compile(r"(?<![\d.,/-])(\d{1,3})((?:[ \u00a0\u2007\u2009\u202f]\d{3})+)(?![\d,])")
_MIXED = re.compile(r"(?<=\d)\s?([¼½¾⅐-⅞])")
_SQUARE = re.compile(r"(?<![A-Za-z])([cdk]?m)²")
_RAISED = re.compile(r"[²³¹⁰⁴-⁹]")
_KINDS = {"code": "word", "dash": "sign", "stray": "word"}
_SOFT = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


class Tokens:
    """The tokens of a text as parallel lists. Reading past either end gives blanks."""

    def __init__(self, text: str) -> None:
        self.text = plain(text)
        found = list(_TOKEN.finditer(self.text))
        self.kinds = [_KINDS.get(kind := m.lastgroup or "", kind) for m in found]
        self.texts = [m.group() for m in found]
        self.lows = [t.lower() for t in self.texts]
        self.starts = [m.start() for m in found]
        self.ends = [m.end() for m in found]
        self.count = len(found)
        for column in (self.kinds, self.texts, self.lows):
            column.extend([""] * 12)  # blanks after the end, and, by negative index, before the start
        self.starts.extend([-9] * 12)
        self.ends.extend([-19] * 12)

    def joined(self, index: int) -> bool:
        """Whether token `index` follows the one before it without a gap."""
        return index > 0 and self.ends[index - 1] == self.starts[index]

    def slice(self, start: int, end: int) -> str:
        """The text of tokens start..end, half-open."""
        return self.text[self.starts[start] : self.ends[end - 1]]


def plain(text: str) -> str:
    """A text with its figures' typography made plain:

    compatibility forms, fractions, spaces in thousands, soft hyphens, raised note marks.
    """
    if not text.isascii():
        text = _SQUARE.sub(r" \g<1>2", text.translate(_SOFT))
        text = _RAISED.sub(" ", _MIXED.sub(r" \1", text))
    text = _SPACED.sub(_with_commas, text)
    return text if text.isascii() else unicodedata.normalize("NFKC", text).replace("\u2044", "/")


def _with_commas(match: re.Match[str]) -> str:
    return match[1] + re.sub(r"\D", ",", match[2])

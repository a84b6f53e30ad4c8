"""Ligatures that a PDF's own character table has lost. Owns: recognising such a document and spelling its words out again.

Does not own: ligatures that are there as characters (see `cleaning`). Some programs write 'fi', 'ff', 'fl' and 'Th' as one glyph
and name it by its first letter only, so that 'benefit' reads 'beneft'. A word is mended only in a document that plainly has this
fault, only where it is no word as it stands, and only into a common word. The document then carries a warning, so that a
quotation is checked against the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from ingest.extract.hyphens import common_words

_WORD = re.compile(r"[^\W\d_]+(?:°[^\W\d_]+)?")
_LOST = {"f": ("fi", "ff", "fl", "ffi", "ffl"), "T": ("Th",), "°": ("ffi", "ff")}
_LOST_TH = frozenset(
    [
        "the",
        "this",
        "that",
        "these",
        "their",
        "there",
        "they",
        "then",
        "than",
        "those",
        "through",
        "thus",
        "three",
        "therefore",
        "them",
        "themselves",
        "throughout",
        "thank",
        "third",
    ]
)
_LOST_FI = re.compile(r"if(?=(?:ed|er|es|c|cally|cant|cantly|cation|cations)$)")
_FEWEST = 12  # different words that must show the fault
_ENDINGS = (
    "ity",
    "ities",
    "ality",
    "ness",
    "able",
    "ation",
    "ations",
    "ive",
    "or",
    "ors",
    "ized",
    "ised",
    "s",
    "es",
    "ed",
    "d",
    "ing",
    "ly",
    "er",
    "ers",
    "al",
    "ment",
    "ments",
)


def lost_ligatures(texts: Iterable[str]) -> Mapping[str, str]:
    """Words to be mended, as they stand to as they should be; empty for a sound document."""
    written = Counter("\n".join(texts).split())  # few spellings stand for many words
    seen = _counted({spelling: count for spelling, count in written.items() if "f" in spelling or "F" in spelling})
    letters = sum(count for word, count in seen.items() if "f" in word.lower())
    whole = sum(count for word, count in seen.items() if "fi" in word)
    if letters < 40 or whole > 0.02 * letters:
        return {}
    seen = _counted(written)
    mended = {word: better for word in seen if (better := _mended(word)) is not None}
    return mended if len(mended) >= _FEWEST else {}


def _counted(written: Mapping[str, int]) -> Counter[str]:
    """The words in these spellings, which may have figures and marks round them."""
    seen = Counter[str]()
    for spelling, count in written.items():
        for word in _WORD.findall(spelling):
            seen[word] += count
    return seen


def _mended(word: str) -> str | None:
    if word[0] == "T" and f"th{word[1:]}" in _LOST_TH:
        return f"Th{word[1:]}"
    if _is_known(word) or len(word) < 2:
        return None
    found: list[str] = []
    for sign in ("f", "°", "T"):
        for at in [match.start() for match in re.finditer(sign, word)]:
            found.extend(better for full in _LOST[sign] if _is_known(better := word[:at] + full + word[at + 1 :]))
    if not found and _LOST_FI.search(word):
        return _LOST_FI.sub("ifi", word)
    return found[0] if found else None


def _is_known(word: str) -> bool:
    common, plain = common_words(), word.casefold()
    if plain in common:
        return True
    return any(
        plain.endswith(end) and len(plain) - len(end) > 3 and (plain[: -len(end)] in common or plain[: -len(end)] + "e" in common)
        for end in _ENDINGS
    )


def mend(text: str, words: Mapping[str, str]) -> str:
    """A text with the words spelt out."""
    return _WORD.sub(lambda match: words.get(match.group(), match.group()), text)

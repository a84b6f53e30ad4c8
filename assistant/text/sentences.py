"""Sentence boundaries: the only door to sentencex. Owns: exact offsets of sentences. Does not own: what a passage is."""

from __future__ import annotations

import re
from itertools import pairwise

LANGUAGE = "en"
# Endings after which sentencex splits and a reader would not; and closing brackets it does not split after.
_UNFINISHED = re.compile(
    r"(?:^|[\s(])(?:approx|sec|secs|ch|chs|para|paras|vol|vols|ed|eds|cf|pp?|incl|excl|est|min|max|dept|govt|art|fig|no|nos|ca|c|v|vs|[A-Z])\.$",
    re.I,
)
_BRACKET = re.compile(r"(?<=[.!?]\))\s+(?=[A-Z“\"])")
_MARK = re.compile(r"^(?:\[\d+\]|\d{1,3}(?=\s)|[”’)\]]+|[\"'](?=\s|$))\s*")
_ENUMERATOR = re.compile(r"^\W*(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]$")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Offsets of each sentence in `text`, half-open, without white space at either end, in order. Line breaks always end one."""
    spans: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        spans.extend((start + a, start + b) for a, b in _line_spans(line))
        start += len(line) + 1
    return spans


def _line_spans(line: str) -> list[tuple[int, int]]:
    from sentencex import get_sentence_boundaries  # type: ignore[import-untyped]

    if not line.strip():
        return []
    cuts = [0]
    for boundary in get_sentence_boundaries(LANGUAGE, line)[1:]:
        before = line[cuts[-1] : boundary["start_index"]].rstrip()
        if not _UNFINISHED.search(before) and not _ENUMERATOR.match(before.strip()):
            cuts.append(boundary["start_index"])
    cuts.append(len(line))
    spans: list[tuple[int, int]] = []
    for a, b in pairwise(cuts):
        mark = _MARK.match(line[a:b]) if spans and not line[a:b][:1].isspace() else None
        if mark and spans:  # a footnote mark or closing quotation mark belongs to the sentence before it
            spans[-1] = (spans[-1][0], a + len(mark.group().rstrip()))
            a += mark.end()
        inner = [a, *(a + m.end() for m in _BRACKET.finditer(line[a:b])), b]
        spans.extend(_trimmed(line, x, y) for x, y in pairwise(inner) if line[x:y].strip())
    return spans


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end

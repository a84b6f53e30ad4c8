"""How far ahead a sentence looks. Owns: the years that it names or counts, seen from the year of reading. Does not own: marks."""

from __future__ import annotations

import re

from assistant.instruments.washing.patterns import Read

FARTHEST = 60
_SPAN_AHEAD = re.compile(
    r"\b(?:within|over|in|next|coming|lasts?|runs?|following)(?:\s+(?:the|next|about|around|coming|at least|a))*"
    r"\s+#span(?!\s+(?:since|ago|earlier|before))"
    r"|#span(?:'s?)?\s+(?:plan|strategy|time|from now|programme|mission|agreement)"
)
_DECADE = re.compile(r"\b(?:by|before|until|within) (?:the )?(?:end|close) of (?:the|this) decade")


def years_named(reading: Read, *, now: int) -> list[int]:
    """Years from `now` on that the sentence names."""
    named = [int(f.value) for f in reading.figures if f.kind == "date" and now <= f.value <= now + FARTHEST]
    return [*named, (now // 10 + 1) * 10 - 1] if _DECADE.search(reading.marked) else named


def years_counted(reading: Read, *, now: int) -> list[int]:
    """The years that a span of years ahead ("over twelve years") ends in."""
    if not _SPAN_AHEAD.search(reading.marked):
        return []
    spans = [int(f.value) for f in reading.figures if f.unit == "year" and f.kind == "number"]
    return [now + span for span in spans if 1 <= span <= FARTHEST]

"""Words in quotation marks. Owns: finding them and whether a span holds them. Does not own: quotes chosen as evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.text.folding import fold

_CLOSING = {"“": "”", "„": "“”", "«": "»", "‹": "›", "‘": "’", '"': '"', "'": "'", "`": "'`"}
_GAP = re.compile(r"\s*(?:\[\s*(?:\.\.\.|…)\s*\]|\.\.\.|…)\s*")
_MARKS = str.maketrans({"'": None, '"': " "})
_APOSTROPHES = frozenset("’'`")


def quoted(text: str) -> list[str]:
    """What stands in quotation marks, outer before inner. Marks that never close quote the rest; apostrophes quote nothing."""
    found: list[str] = []
    closers: set[int] = set()
    for start, opening in enumerate(text):
        if opening in _CLOSING and start not in closers and _opens(text, start):
            end = _end(text, start)
            closers.add(-1 if end is None else end)
            if end is not None and (words := text[start + 1 : end]).strip():
                found.append(words)
    return found


def missing_quotations(claim: str, spans: Sequence[str]) -> list[str]:
    """Words that a claim puts in quotation marks and no single span holds, typography aside."""
    folded = [_unmarked(span) for span in spans]
    return [words for words in quoted(claim) if not any(_held(words, span) for span in folded)]


def _opens(text: str, at: int) -> bool:
    if text[at] in "“„«‹":
        return True
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if text[at] == '"':
        return text.count('"', 0, at) % 2 == 0 and not before.isdecimal()
    if text[at] == "`" and after == "`":
        return False
    return (not before or not before.isalnum()) and before not in _APOSTROPHES and (after.isalnum() or after in '“"[')


def _end(text: str, start: int) -> int | None:
    """Where the quotation that opens at `start` closes; the text's end for marks that can be nothing else;

    None for an apostrophe.
    """
    closing = _CLOSING[text[start]]
    depth = 0
    for index in range(start + 1, len(text)):
        character = text[index]
        if character == text[start] and text[start] in "“«‘":
            depth += 1
        elif character in closing:
            if character in _APOSTROPHES and not _closes(text, index):
                continue
            if depth == 0:
                return index
            depth -= 1
    return None if text[start] in "‘'`" else len(text)


def _closes(text: str, at: int) -> bool:
    """Whether an apostrophe ends a quotation:

    no letter follows it, and it is not the plural possessive of a quotation that closes later.
    """
    if text[at + 1 : at + 2].isalnum():
        return False
    plural = text[at - 1 : at] in {"s", "S"} and text[at + 1 : at + 2] == " "
    later = any(
        text[i] == text[at] and not text[i + 1 : i + 2].isalnum() and not text[i - 1].isspace() for i in range(at + 1, len(text))
    )
    opened = any(text[i] in "‘'`" and i and text[i - 1].isspace() for i in range(at + 1, len(text)))
    return not (plural and later and not opened)


def _unmarked(text: str) -> str:
    return " ".join(fold(text).translate(_MARKS).split())


def _held(words: str, span: str) -> bool:
    """Every part between ellipses stands in the span, whole words, in order."""
    at = 0
    for part in _GAP.split(words):
        wanted = _unmarked(part).strip(" .,;:!?")
        if not wanted:
            continue
        found = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)").search(span, at)
        if found is None:
            return False
        at = found.end()
    return True

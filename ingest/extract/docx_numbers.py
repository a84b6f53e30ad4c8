"""List numbers of Word files. Owns: what Word prints before a numbered paragraph. Does not own: paragraphs."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from ingest.extract.safe_xml import attribute, child, descendants, local

DEEPEST = 9
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
    (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True)
class _Level:
    format: str
    text: str
    start: int


class Numbering:
    """The counters of one document; `next_label` must be asked for each numbered paragraph in order."""

    def __init__(self, root: Any | None) -> None:
        self._lists: dict[str, str] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        for each in root if root is not None else ():
            if local(each) == "abstractNum":
                self._levels[attribute(each, "abstractNumId") or ""] = _levels(each)
            elif local(each) == "num":
                self._add(each)

    def _add(self, number: Any) -> None:
        own, base = attribute(number, "numId") or "", child(number, "abstractNumId")
        key = (attribute(base, "val") or "") if base is not None else ""
        starts = [each for each in number if local(each) == "lvlOverride"]
        if starts:  # a list with its own start counts for itself
            levels = dict(self._levels.get(key, {}))
            for each in starts:
                at, begin = int(attribute(each, "ilvl") or 0), child(each, "startOverride")
                if at in levels and begin is not None:
                    levels[at] = _Level(levels[at].format, levels[at].text, _whole(attribute(begin, "val"), 1))
            key = f"{key}/{own}"
            self._levels[key] = levels
        self._lists[own] = key

    def next_label(self, number_id: str, depth: int) -> str | None:
        """'3.', 'b)' or '2.1' for a list's next paragraph at a depth from 0; '' for a bullet; None where there is no list."""
        key = self._lists.get(number_id)
        levels = self._levels.get(key or "")
        if key is None or not levels or depth not in levels or not 0 <= depth < DEEPEST:
            return None
        level, counts = levels[depth], self._counts[key]
        if level.format == "none":
            return None
        counts[depth] = counts[depth] + 1 if depth in counts else level.start
        for deeper in [at for at in counts if at > depth]:
            del counts[deeper]
        if level.format == "bullet":
            return ""

        def shown(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            other = levels.get(at, level)
            return number_text(counts.get(at, other.start), other.format)

        return re.sub(r"%([1-9])", shown, level.text).strip()


def _levels(abstract: Any) -> dict[int, _Level]:
    found = {}
    for each in descendants(abstract, "lvl"):
        values = {
            name: attribute(node, "val") if (node := child(each, name)) is not None else None
            for name in ("numFmt", "lvlText", "start")
        }
        found[_whole(attribute(each, "ilvl"), 0)] = _Level(
            values["numFmt"] or "decimal", values["lvlText"] or "", _whole(values["start"], 1)
        )
    return found


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text) else otherwise


def number_text(number: int, style: str) -> str:
    """A number as a list shows it: decimal, lowerLetter, upperLetter, lowerRoman, upperRoman; anything else as decimal."""
    if "etter" in style and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if style.startswith("upper") else letter
    if "oman" in style and 0 < number < 4000:
        text = ""
        for value, sign in _ROMAN:
            text, number = text + sign * (number // value), number % value
        return text.upper() if style.startswith("upper") else text
    return f"0{number}" if style == "decimalZero" and number < 10 else str(number)

"""The sentences that a mark rests on. Owns: which units they are, and the mark that they make. Does not own: how they are scored.

A mark rests on the clearest sentence of either side alone, so a changed sentence changes only what rests on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.instruments.assessment import CANNOT_TELL, Confidence
from assistant.instruments.washing.meaning import Likeness
from assistant.instruments.washing.spec import ABSENT, MARK_OF, SIDES, Side
from assistant.instruments.washing.units import Unit
from assistant.instruments.washing.word_signs import between, near_target

SHARE, LEAST = 0.6, 0.3  # a further sentence is shown with the clearest: at least this share of its score, and this score
CLEAR, FAIR = 0.8, 0.6  # chance of a mark of high and of medium confidence
HORIZON = "short_horizon"
_POINTS_BACK = re.compile(r"^\W*(?:s?he|they|it|its|his|her|their|this|these|that|those|such|both|together)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Sign:
    """A unit that speaks to a tell. `with_before`: it points back, and is quoted together with the unit before it."""

    unit: Unit
    with_before: bool = False


@dataclass(frozen=True)
class Finding:
    """A tell's mark, how sure it is, and the signs it rests on, clearest first. `between`: it looks neither near nor far ahead."""

    mark: str
    confidence: Confidence
    signs: tuple[Sign, ...] = ()
    between: bool = False


class Signs:
    """What a document's units say of the tells."""

    def __init__(self, units: list[Unit], *, likeness: Likeness, now: int) -> None:
        self._units = units
        self._likeness = likeness
        self._now = now

    def finding(self, tell: str) -> Finding:
        """The likeliest mark; among equals the more cautious one."""
        chances = self._likeness.chances(tell)
        mark = max((CANNOT_TELL, *MARK_OF.values()), key=lambda each: chances[each])
        sure: Confidence = "high" if chances[mark] >= CLEAR else "medium" if chances[mark] >= FAIR else "low"
        side = next((side for side in SIDES if MARK_OF[side] == mark), None)
        if tell == HORIZON and mark != ABSENT and (middling := self._between()):
            return Finding(CANNOT_TELL, "medium", middling, between=True)
        if tell == HORIZON and mark == CANNOT_TELL and (near := self._near()):
            return Finding(MARK_OF["weak"], "low", near)
        return Finding(mark, sure, self._shown(tell, side) if side else ())

    def _shown(self, tell: str, side: Side) -> tuple[Sign, ...]:
        rows = self._likeness.clearest(tell, side)
        scores = [self._likeness.score(row, tell, side) for row in rows]
        least = max(LEAST, SHARE * scores[0])
        return tuple(self._sign(row) for n, (row, score) in enumerate(zip(rows, scores, strict=True)) if n == 0 or score >= least)

    def _between(self) -> tuple[Sign, ...]:
        return tuple(self._sign(row) for row, unit in enumerate(self._units) if between(unit.text, now=self._now))

    def _near(self) -> tuple[Sign, ...]:
        """Dated targets, where all of them are near."""
        return tuple(self._sign(row) for row, unit in enumerate(self._units) if near_target(unit.text, now=self._now))

    def _sign(self, row: int) -> Sign:
        unit = self._units[row]
        return Sign(unit, with_before=unit.before is not None and bool(_POINTS_BACK.match(unit.text)))

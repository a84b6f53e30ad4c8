"""What respondents say of one dimension, and the level it comes to. Owns: which marks count, the middle one, the spread, how sure it is.

Does not own: the dimensions, or words for a reader (see `maturity.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.instruments.assessment import CANNOT_TELL, Confidence
from assistant.instruments.marks import GivenAnswer, Respondent, statements_of
from assistant.instruments.maturity_spec import Dimension, Step, Upward

WIDE = 2  # levels between the lowest and the highest mark, from which people are said to differ


@dataclass(frozen=True)
class Said:
    """One respondent's answer to one dimension. `level` None: it cannot be told, or it does not count."""

    respondent: Respondent
    name: str
    answer: GivenAnswer

    @property
    def counts(self) -> bool:
        """Whether there is a quote, or a named person's words."""
        return bool(self.answer.quotes or statements_of(self.answer, self.respondent))

    @property
    def level(self) -> int | None:
        """The level that this person gives, where it counts."""
        return int(self.answer.mark) if self.answer.mark != CANNOT_TELL and self.counts else None


@dataclass(frozen=True)
class Rated:
    """A dimension with what was said and the level it comes to: the lower median of the marks that count."""

    dimension: Dimension
    said: list[Said]

    @property
    def levels(self) -> list[int]:
        """The levels that count, lowest first."""
        return sorted(each.level for each in self.said if each.level is not None)

    @property
    def level(self) -> int | None:
        """The middle level, the lower of two."""
        return self.levels[(len(self.levels) - 1) // 2] if self.levels else None

    @property
    def spread(self) -> int:
        """Levels between the lowest and the highest."""
        return self.levels[-1] - self.levels[0] if self.levels else 0

    @property
    def uncounted(self) -> list[Said]:
        """Marks without a quote or a named person's words."""
        return [each for each in self.said if each.answer.mark != CANNOT_TELL and not each.counts]

    @property
    def confidence(self) -> Confidence:
        """High: the document shows the level. Medium: named people agree within a level. Low: they do not, or nobody says."""
        counted = [each for each in self.said if each.level is not None]
        if not counted or self.spread >= WIDE:
            return "low"
        quoted = any(each.answer.quotes and each.level == self.level for each in counted)
        return "high" if quoted else "medium"

    def up(self) -> Upward | None:
        """The way to the next level; None at the top and where the level is not known."""
        return self.dimension.up[self.level - 1] if self.level and self.level <= len(self.dimension.up) else None

    def steps(self) -> list[Step]:
        """The first three steps to the next level."""
        up = self.up()
        return up.steps if up else []

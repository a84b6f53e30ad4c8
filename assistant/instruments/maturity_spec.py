"""The maturity assessment's data. Owns: its shape, and that it holds together. Does not own: applying it (see `maturity.py`)."""

from __future__ import annotations

from pydantic import Field, model_validator

from assistant.instruments.spec import Spec
from assistant.nouns import Noun


class Level(Noun):
    """A rung of the ladder that all dimensions share."""

    number: int
    name: str
    means: str


class LevelOf(Noun):
    """What a level looks like in one dimension, so that it can be observed, and where to look."""

    describes: str
    look_at: str


class Step(Noun):
    """A step to the next level, with what it rests on."""

    text: str
    cite: list[str] = Field(default_factory=list)


class CaseOfLevel(Noun):
    """A case that did the next level: the statement shown, why it is here, and what else to read of it (how it ended, its critics)."""

    case: str
    why: str
    more: list[str] = Field(min_length=1)


class Upward(Noun):
    """From one level to the next."""

    steps: list[Step] = Field(min_length=3, max_length=3)
    case: CaseOfLevel


class Dimension(Noun):
    """One dimension. `looks_for` and `words`: what its evidence tends to say, for finding sentences in a document."""

    id: str
    title: str
    reason: str
    ask: str
    cite: list[str] = Field(min_length=1)
    looks_for: list[str] = Field(min_length=1)
    words: list[str] = Field(min_length=1)
    patterns: list[str] = Field(default_factory=list, description="Regular expressions that count as words do.")
    levels: list[LevelOf]
    up: list[Upward]


class MaturitySpec(Spec):
    """The whole assessment."""

    notes: list[str]
    levels: list[Level] = Field(min_length=4, max_length=5)
    dimensions: list[Dimension] = Field(min_length=9, max_length=9)

    @property
    def top(self) -> int:
        """The number of the highest level."""
        return len(self.levels)

    def level_words(self, number: int) -> str:
        """A level as a reader sees it."""
        return f"Level {number} of {self.top}: {self.levels[number - 1].name.lower()}"

    @model_validator(mode="after")
    def _hangs_together(self) -> MaturitySpec:
        if [level.number for level in self.levels] != list(range(1, len(self.levels) + 1)):
            raise ValueError("levels are numbered from 1")
        for dimension in self.dimensions:
            if len(dimension.levels) != len(self.levels) or len(dimension.up) != len(self.levels) - 1:
                raise ValueError(f"'{dimension.id}' describes another number of levels")
        return self

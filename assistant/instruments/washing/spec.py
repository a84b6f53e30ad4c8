"""The check's data. Owns: the shape of `corpus/instruments/washing.yaml` and of its example sentences. Does not own: what is in them.

Each tell has signs for two sides: `weak` sentences show the tell, `strong` ones its counterpart.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from pydantic import Field

from assistant.instruments.spec import Spec, read_spec
from assistant.nouns import Noun

NAME = "washing"
SIGNS = "washing-signs"
Side = Literal["weak", "strong"]
SIDES: tuple[Side, Side] = ("weak", "strong")
PRESENT, ABSENT = "present", "absent"
MARK_OF: dict[Side, str] = {"weak": PRESENT, "strong": ABSENT}


class Tell(Noun):
    """One tell of the rubric, as labellers and readers use it."""

    id: str
    title: str
    strength: str = Field(description="Its counterpart: what a document shows where the tell is absent.")
    what: str
    present_when: str
    absent_when: str
    cannot_when: str
    why: str
    citations: list[str] = Field(min_length=1)
    would_change: str
    missing: str = Field(description="What could not be found, as the end of 'It does not say …'.")


class WashingSpec(Spec):
    """The whole rubric."""

    notes: list[str]
    tells: list[Tell]

    def tell(self, tell_id: str) -> Tell:
        """A tell by its id."""
        return next(tell for tell in self.tells if tell.id == tell_id)


class SignWords(Noun):
    """What to look for on each side: phrases in the small language of `patterns.py`."""

    weak: list[str] = Field(default_factory=list)
    strong: list[str] = Field(default_factory=list)
    sure_weak: list[str] = Field(default_factory=list, description="Phrases that say it alone, whatever the sentence is like.")
    sure_strong: list[str] = Field(default_factory=list)


class SignSpec(Spec):
    """The words and phrases that carry each tell."""

    words: dict[str, list[str]] = Field(description="Classes of words, used as {class} in phrases.")
    tells: dict[str, SignWords]


@lru_cache(maxsize=1)
def washing_spec() -> WashingSpec:
    """The packaged rubric. Raises CorpusError."""
    return read_spec(NAME, WashingSpec)


@lru_cache(maxsize=1)
def washing_signs() -> SignSpec:
    """The packaged words and phrases. Raises CorpusError."""
    return read_spec(SIGNS, SignSpec)

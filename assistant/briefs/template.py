"""A brief's template, as a value. Owns: its shape and rules. Does not own: reading files (see `template_file.py`) or research.

In questions and headings `$topic` stands for the brief's topic and `$decision` for the decision at stake (the topic where the
client gave none).
"""

from __future__ import annotations

import string
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from assistant.briefs.nouns import BriefRequest, Length, NoteStyle, SectionKind
from assistant.nouns import Noun

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=40)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
SCALE: dict[Length, float] = {"short": 0.6, "standard": 1.0, "long": 1.6}
NEEDS_ASKS: frozenset[SectionKind] = frozenset({"statements", "cases", "comparison", "options"})


class Ask(Noun):
    """One question to the library, and which parts of a source may answer it."""

    question: Line
    about: str = Field(default="$topic", max_length=300, description="What a statement must be about to fit.")
    parts: list[str] = Field(default_factory=list, description="Parts of a source that fit, best first; empty: any.")
    most: int = Field(default=3, ge=1, le=40)
    cites: list[str] = Field(default_factory=list, description="`source-id#statement` to quote first, where the library has it.")
    words: list[str] = Field(default_factory=list, description="Of which a statement must use one, by its stem; empty: any.")
    column: str = Field(default="", max_length=60, description="In a table: the heading of the column that this fills.")


class Option(Noun):
    """One way to go about it: a row of a table of options."""

    label: Line
    about: Line = Field(description="The words that a statement on it uses.")
    tool_kinds: list[str] = Field(default_factory=list, description="The catalogue's names for it among a case's tools.")


class PromptPlan(Noun):
    """A question for discussion with what to read on it."""

    text: Line
    ask: Ask


class SectionPlan(Noun):
    """One section as planned."""

    id: Slug
    heading: Line
    purpose: str = ""
    kind: SectionKind = "statements"
    asks: list[Ask] = Field(default_factory=list, max_length=20)
    prompts: list[PromptPlan] = Field(default_factory=list, max_length=40)
    options: list[Option] = Field(default_factory=list, max_length=12)
    questions: list[Line] = Field(default_factory=list, description="For the reader's own team: ours, labelled as advice.")
    words: list[Line] = Field(default_factory=list, description="Our own words on how to read the section; no facts.")
    most_rows: int = Field(default=4, ge=1, le=12)

    @model_validator(mode="after")
    def _asks_what_it_needs(self) -> SectionPlan:
        if self.kind in NEEDS_ASKS and not self.asks:
            raise ValueError(f"section '{self.id}' asks nothing; give it at least one question under 'asks'")
        if self.kind in {"cases", "comparison", "options"} and not all(ask.column for ask in self.asks):
            raise ValueError(f"section '{self.id}' is a table; give each of its questions a 'column'")
        if self.kind == "options" and not self.options:
            raise ValueError(f"section '{self.id}' has no 'options'")
        if self.kind == "prompts" and not self.prompts:
            raise ValueError(f"section '{self.id}' has no 'prompts'")
        return self


class Template(Noun):
    """A brief as planned: its sections in order."""

    id: Slug
    version: str = "1"
    title: Line
    for_whom: str = ""
    pages: int = Field(default=5, ge=1, le=60, description="About how many pages its body has where the library has much.")
    notes: NoteStyle = "footnotes"
    sections: list[SectionPlan] = Field(min_length=1, max_length=40)

    @model_validator(mode="after")
    def _has_each_section_once(self) -> Template:
        ids = [section.id for section in self.sections]
        twice = next((i for i in ids if ids.count(i) > 1), None)
        if twice:
            raise ValueError(f"two sections have the id '{twice}'; give each its own")
        return self


def filled(text: str, request: BriefRequest) -> str:
    """A template's words with the request's in their places."""
    topic = request.topic.rstrip(" .?!")
    decision = " ".join(request.decision.split()).rstrip(" .?!")
    return string.Template(text).safe_substitute(topic=topic, decision=decision or topic)


def scaled(most: int, length: Length) -> int:
    """How many statements an ask gives at a length."""
    return max(1, round(most * SCALE[length]))

"""The litmus test's data. Owns: its shape, and that it holds together. Does not own: applying it (see `litmus.py`)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from assistant.instruments.assessment import CANNOT_TELL
from assistant.instruments.spec import Spec
from assistant.nouns import Noun

Family = Literal["mission", "programme", "something_else"]


class Option(Noun):
    """A mark that a question allows. `says` continues the word "because"; `condition`: what a weak mark asks for."""

    id: str
    words: str
    says: str
    strong: bool = False
    condition: str = ""


class Question(Noun):
    """One question with its reason and what the library says on it."""

    id: str
    title: str
    ask: str
    reason: str
    cite: list[str] = Field(min_length=1)
    find_out: str
    would_change: str
    marks: list[Option] = Field(min_length=2)

    def option(self, mark: str) -> Option | None:
        """The option of a mark; None for 'cannot_tell' and for marks it does not allow."""
        return next((option for option in self.marks if option.id == mark), None)


class Rule(Noun):
    """When a result follows: every question named has one of the marks named, and at least so many marks ask for something."""

    key: str
    when: dict[str, list[str]] = Field(default_factory=dict)
    conditions_at_least: int = 0


class Step(Noun):
    """A next step, with what it rests on; without a citation it is our advice."""

    text: str
    cite: list[str] = Field(default_factory=list)


class CaseBeside(Noun):
    """A case beside a result: the statement shown, which side it stands on, why it is here, and what else to read of it."""

    case: str
    side: str
    why: str
    more: list[str] = Field(default_factory=list)


class Ending(Noun):
    """A result that the test may have."""

    key: str
    family: Family
    words: str
    headline: str
    means: str
    cite: list[str] = Field(min_length=1)
    steps: list[Step] = Field(min_length=3)
    cases: list[CaseBeside] = Field(min_length=2)


class LitmusSpec(Spec):
    """The whole test: questions, rules tried from the top, results."""

    notes: list[str]
    questions: list[Question] = Field(min_length=5, max_length=8)
    rules: list[Rule]
    results: list[Ending]

    def question(self, question_id: str) -> Question:
        """A question by its id."""
        return next(question for question in self.questions if question.id == question_id)

    def ending(self, key: str) -> Ending:
        """A result by its key."""
        return next(ending for ending in self.results if ending.key == key)

    @model_validator(mode="after")
    def _hangs_together(self) -> LitmusSpec:
        marks = {question.id: {option.id for option in question.marks} for question in self.questions}
        if any(CANNOT_TELL in allowed for allowed in marks.values()):
            raise ValueError("'cannot_tell' is always allowed and not listed")
        for rule in self.rules:
            if rule.key not in {ending.key for ending in self.results}:
                raise ValueError(f"a rule leads to '{rule.key}', which is no result")
            for question, wanted in rule.when.items():
                if not set(wanted) <= marks.get(question, set()):
                    raise ValueError(f"a rule for '{rule.key}' names marks that '{question}' does not allow")
        if self.rules[-1].when or self.rules[-1].conditions_at_least:
            raise ValueError("the last rule must always hold")
        return self

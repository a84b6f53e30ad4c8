"""The data of the outcomes framework builder. Owns: the shape of `corpus/instruments/outcomes.yaml`.

Does not own: applying it (see `lint.py`, `suggest.py`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from pydantic import Field

from assistant.instruments.outcomes.framework import Frequency
from assistant.instruments.spec import Spec, read_spec
from assistant.nouns import Noun

NAME = "outcomes"
Severity = Literal["mend", "consider"]


class Rule(Noun):
    """One check: what it looks for, why it matters, how to mend it, and the statements of the library it rests on."""

    id: str
    title: str
    severity: Severity
    why: str
    mend: str
    cited: list[str]


class OutputWords(Noun):
    """Words by which an output is known."""

    making: list[str]
    making_with: list[str]
    things: list[str]
    done: list[str]
    counting: list[str]
    change: list[str]


class SiloWords(Noun):
    """Words in a body's name that do not make it another body."""

    ignore: list[str]


class Question(Noun):
    """One question of the guided way."""

    field: str
    ask: str


class Suggestion(Noun):
    """A measure that the library speaks of. Its figures are only ever quoted from there."""

    id: str
    topics: list[str] = Field(min_length=1)
    name: str
    horizon: Literal["long_term", "early_signal"]
    unit: str
    frequency: Frequency
    source: str = ""
    behaviour: str
    cited: list[str] = Field(min_length=1)


class OutcomesSpec(Spec):
    """All of it."""

    rules: list[Rule]
    outputs: OutputWords
    silo: SiloWords
    guided: list[Question]
    suggestions: list[Suggestion]

    def rule(self, rule_id: str) -> Rule:
        """A rule by its id; KeyError where there is none."""
        return {rule.id: rule for rule in self.rules}[rule_id]

    def question(self, field: str) -> str:
        """How the guided way asks for a field."""
        return {question.field: question.ask for question in self.guided}[field]


@lru_cache(maxsize=1)
def outcomes_spec() -> OutcomesSpec:
    """The packaged data. Raises CorpusError."""
    return read_spec(NAME, OutcomesSpec)

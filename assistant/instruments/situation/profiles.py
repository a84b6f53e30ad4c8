"""The library's cases by situation. Owns: the shape of `corpus/instruments/situations.yaml`, and one profile for each case.

Does not own: comparing them. A value without a statement does not stand in a profile; an empty field is "not stated".
"""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field, model_validator

from assistant.instruments.situation.situation import Budget, Level, Politics, Power, Scale, Sector, Stage
from assistant.instruments.situation.vocabulary import FIELDS
from assistant.instruments.spec import Spec, read_spec
from assistant.nouns import Noun

NAME = "situations"


class CaseProfile(Noun):
    """A case by the fields of a situation: each value with the statement (of this case) that says it."""

    case: str
    country: dict[str, str] = Field(min_length=1)
    level: dict[Level, str] = Field(min_length=1)
    sector: dict[Sector, str] = Field(min_length=1)
    stage: dict[Stage, str] = Field(min_length=1)
    budget: dict[Budget, str]
    powers: dict[Power, str]
    politics: dict[Politics, str]
    scale: dict[Scale, str]
    watch: list[str] = Field(min_length=1, description="Statements to read before anything is carried over.")

    def stated(self, field: str) -> dict[str, str]:
        """A field's values with the whole reference of the statement behind each; empty where it is not stated."""
        return {value: f"{self.case}#{statement}" for value, statement in getattr(self, field).items()}

    def references(self) -> list[str]:
        """Every statement that the profile rests on."""
        return [ref for field in FIELDS for ref in self.stated(field).values()] + [f"{self.case}#{each}" for each in self.watch]


class TransferRule(Noun):
    """What a difference may mean. `case` and `yours`: values on each side; `*` any, `!x` for "said, and not x"."""

    id: str
    field: str
    case: list[str]
    yours: list[str]
    text: str
    cited: list[str] = Field(min_length=1)

    def applies(self, case: set[str], yours: set[str]) -> bool:
        """Whether both sides are said and the rule's values stand there."""
        return bool(case and yours) and _meets(self.case, case) and _meets(self.yours, yours)

    def is_general(self) -> bool:
        """Whether it names no value, so that it only stands where no other does."""
        return self.case == ["*"] and self.yours == ["*"]


def _meets(wanted: list[str], values: set[str]) -> bool:
    return any(want == "*" or (want[1:] not in values if want.startswith("!") else want in values) for want in wanted)


class SituationsSpec(Spec):
    """All of it."""

    fields: dict[str, str]
    warnings: list[TransferRule]
    cases: list[CaseProfile]

    @model_validator(mode="after")
    def _fields_are_known(self) -> SituationsSpec:
        if wrong := {rule.field for rule in self.warnings} - set(FIELDS):
            raise ValueError(f"warnings name fields that do not exist: {', '.join(sorted(wrong))}")
        if len({profile.case for profile in self.cases}) != len(self.cases):
            raise ValueError("a case stands in it twice")
        return self


@lru_cache(maxsize=1)
def situations_spec() -> SituationsSpec:
    """The packaged data. Raises CorpusError."""
    return read_spec(NAME, SituationsSpec)

"""A person's situation. Owns: its shape, and reading it from a file or from plain data.

Does not own: what follows from it. Everything may be left out: what is not said is compared with nothing.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError, field_validator

from assistant.errors import InputError, NotFoundError
from assistant.instruments.outcomes.reading import plain_data
from assistant.instruments.situation.vocabulary import CHOICES
from assistant.nouns import Noun

Level = Literal["international", "national", "regional", "local", "organisation"]
Sector = Literal[
    "health",
    "early_years",
    "housing",
    "energy",
    "employment",
    "poverty",
    "justice",
    "research",
    "economy",
    "transport",
    "environment",
    "government",
]
Stage = Literal["deciding", "starting", "delivering", "sustaining"]
Budget = Literal["none", "small", "medium", "large", "very_large"]
Power = Literal["law", "rules", "money", "buying", "services", "taxes_benefits", "convening", "research"]
Politics = Literal[
    "leader_backed", "new_government", "cross_party", "in_law", "crisis", "contested", "money_tight", "leader_changed"
]
Scale = Literal["small", "middle", "large"]
Obstacle = Literal[
    "solution_unknown",
    "no_suppliers",
    "demand_uncertain",
    "price",
    "habits",
    "fragmented",
    "data_missing",
    "no_consent",
    "short_horizon",
    "rules_block",
    "delivery_slips",
    "unproven",
]
Need = Literal["peers", "advice", "governance", "evaluation", "test_and_learn", "participation", "leadership", "tools", "money"]
_SAME = {
    "uk": "United Kingdom",
    "great britain": "United Kingdom",
    "britain": "United Kingdom",
    "us": "United States",
    "usa": "United States",
    "the netherlands": "Netherlands",
    "holland": "Netherlands",
    "eu": "European Union",
}
_WITHIN = dict.fromkeys(("england", "scotland", "wales", "northern ireland"), "United Kingdom")


def _list(value: Any) -> Any:
    """One word for a list of one; each value once."""
    values = [value] if isinstance(value, str) else value
    return list(dict.fromkeys(values)) if isinstance(values, list | tuple) else values


class Situation(Noun):
    """Where a person stands. `powers: None` means not said; an empty list means none of them."""

    challenge: str = Field(default="", max_length=500, description="In the person's own words; shown, never compared.")
    country: str = Field(default="", max_length=80)
    level: Level | None = None
    sector: Annotated[list[Sector], BeforeValidator(_list)] = Field(default_factory=list)
    stage: Stage | None = None
    budget: Budget | None = None
    powers: Annotated[list[Power] | None, BeforeValidator(_list)] = None
    politics: Annotated[list[Politics], BeforeValidator(_list)] = Field(default_factory=list)
    scale: Scale | None = None
    obstacle: Annotated[list[Obstacle], BeforeValidator(_list)] = Field(default_factory=list)
    needs: Annotated[list[Need], BeforeValidator(_list)] = Field(default_factory=list)

    @field_validator("country")
    @classmethod
    def _one_name(cls, value: str) -> str:
        name = " ".join(value.split())
        return _SAME.get(name.casefold(), name)

    def given(self, field: str) -> list[str]:
        """What is said of a field, as values to compare; empty where nothing is said."""
        value = getattr(self, field)
        if field == "country":
            return [name for name in (value, _WITHIN.get(value.casefold())) if name]
        return list(value or []) if isinstance(value, list) or value is None else [value]

    def says_anything(self) -> bool:
        """Whether there is anything to compare or choose by."""
        return any(self.given(field) for field in ("country", *CHOICES))


def situation_from(data: Any, *, name: str = "the situation") -> Situation:
    """A situation from plain data, such as a request's or a file's. Raises InputError of one line."""
    if not isinstance(data, dict):
        raise InputError(f"{name} holds no situation: give fields such as country, level, sector and stage.")
    try:
        return Situation.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0]) if first["loc"] else "it"
        choices = CHOICES.get(field)
        if first["type"] == "extra_forbidden":
            problem = f"there is no field '{field}'. There are: country, challenge, {', '.join(CHOICES)}."
        elif choices:
            problem = f"'{str(first['input'])[:60]}' is no {field}. Give one of: {', '.join(choices)}."
        else:
            problem = f"{field}: {first['msg']}."
        raise InputError(f"{name}: {problem}") from None


def read_situation(path: Path) -> Situation:
    """A situation from a YAML or JSON file. Raises NotFoundError, InputError."""
    if not path.is_file():
        raise NotFoundError(f"There is no file {path.name}. Give the situation by the options, or name another file.")
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise InputError(f"{path.name} cannot be read as UTF-8 text. Save it as that.") from None
    return situation_from(plain_data(text, path.name), name=re.sub(r"\s+", " ", path.name))

"""Answers from the fields of a web form. Owns: which field means what. Pure: fields in, answers out.

Does not own: the form (see `render_assess_forms.py`). A form that was changed by hand meets the same checks as a file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from assistant.instruments.assessment import CANNOT_TELL, OwnQuote
from assistant.instruments.litmus import LitmusAnswers
from assistant.instruments.maturity import MaturityAnswers
from assistant.instruments.situation.situation import Situation, situation_from
from ui.assess_answers import fitted

Fields = Mapping[str, Sequence[str]]
WHERE = "The form"
SEVERAL = frozenset({"sector", "powers", "politics", "obstacle", "needs"})


def one(fields: Fields, name: str) -> str:
    """A field's text; empty where it was left out."""
    return next(iter(fields.get(name, ())), "").strip()


def litmus_answers(fields: Fields, questions: Sequence[str]) -> LitmusAnswers:
    """The litmus test's answers. Raises InputError."""
    given = {"subject": one(fields, "subject"), "respondent": _person(fields), "marks": _marks(fields, questions, None)}
    return fitted(given, LitmusAnswers, name=WHERE)


def maturity_answers(
    fields: Fields, dimensions: Sequence[str], *, opened: Callable[[str], OwnQuote], before: Sequence[Mapping[str, Any]] = ()
) -> MaturityAnswers:
    """The maturity assessment's answers: this person's, beside those of others `before`. Raises InputError."""
    person = {**_person(fields), "marks": _marks(fields, dimensions, opened)}
    return fitted({"subject": one(fields, "subject"), "respondents": [*before, person]}, MaturityAnswers, name=WHERE)


def situation(fields: Fields, names: Sequence[str]) -> Situation:
    """Where the person stands; what was left open is not said. Raises InputError."""
    given: dict[str, Any] = {name: one(fields, name) for name in ("challenge", "country") if one(fields, name)}
    for name in names:
        values = [value for value in fields.get(name, ()) if value]
        if values:
            given[name] = values if name in SEVERAL else values[0]
    return situation_from(given, name=WHERE)


def _person(fields: Fields) -> dict[str, str]:
    return {"name": one(fields, "name"), "role": one(fields, "role")}


def _marks(fields: Fields, names: Sequence[str], opened: Callable[[str], OwnQuote] | None) -> dict[str, Any]:
    return {
        name: {
            "mark": one(fields, f"mark-{name}") or CANNOT_TELL,
            "why": one(fields, f"why-{name}"),
            "quotes": [opened(sealed) for sealed in fields.get(f"quote-{name}", ())] if opened else [],
        }
        for name in names
    }

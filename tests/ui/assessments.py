"""Assessments for the tests of doors and views: real ones, from the packaged library."""

from __future__ import annotations

from typing import Any

from assistant.assistant import Assistant
from assistant.instruments.assessment import Assessment
from assistant.instruments.litmus import LitmusAnswers, litmus_test
from assistant.instruments.maturity import MaturityAnswers, maturity_spec
from ui.assessing import run_litmus, run_maturity

HOSTILE = "<script>alert(1)</script> | **bold** [x](javascript:alert(1))"
FITS = {
    "obstacle": "many_linked_causes",
    "solution": "unknown",
    "boundaries": "many_sectors",
    "goal": "measurable_dated",
    "support": "shared",
    "commitment": "held",
    "levers": "enough",
    "learning": "allowed",
}
DIMENSIONS = [dimension.id for dimension in maturity_spec().dimensions]
STRATEGY = (
    "# Warm homes\n\n## Data\n\nSmart meter readings show the temperature of 3,000 homes every week, by ward and tenure.\n\n"
    "## Learning\n\nEach scheme is tested in forty homes first; two were stopped in 2025 because bills did not fall.\n"
)


def litmus(assistant: Assistant, *, subject: str = "Warm homes", **changed: str) -> Assessment:
    """A litmus test with these answers in place of those that fit a mission."""
    assert set(changed) <= {question.id for question in litmus_test().spec.questions}
    return run_litmus(assistant, LitmusAnswers.model_validate({"subject": subject, "marks": {**FITS, **changed}}))


def answers(name: str, *levels: int) -> dict[str, Any]:
    """A named person's levels, with words, for the dimensions in their order."""
    marks = {dimension: {"mark": level, "why": HOSTILE} for dimension, level in zip(DIMENSIONS, levels, strict=False)}
    return {"name": name, "role": "director", "marks": marks}


def maturity(assistant: Assistant, *people: dict[str, Any]) -> Assessment:
    """A maturity assessment of these people's answers."""
    return run_maturity(assistant, MaturityAnswers.model_validate({"subject": HOSTILE, "respondents": people}))

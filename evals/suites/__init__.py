"""The suites: one module each. Owns: their names and loading one by name. Does not own: what any of them measures."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from evals.context import Context
from evals.product import Asked
from evals.verdicts import SuiteResult

NAMES = (
    "retrieval",
    "answers",
    "grounding",
    "checker",
    "abstention",
    "conversation",
    "premises",
    "injection",
    "robustness",
    "washing",
)


class Suite(Protocol):
    """A module with a version, what it needs asked, and the scoring of that."""

    VERSION: str

    def asks(self, context: Context) -> list[Asked]: ...

    def run(self, context: Context) -> SuiteResult: ...


def suite(name: str) -> Suite:
    """A suite by its name."""
    return cast(Suite, import_module(f"evals.suites.{name}"))

"""What every suite is given. Owns: the cases of the sets in use, the recorder, the checker, where public data lies, and how much
to take.

Does not own: scoring. Nothing here is opened until a suite asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from assistant.assistant import Assistant
from assistant.instruments.assessment import Assessment
from assistant.instruments.own_document import OwnDocument
from assistant.llm import ChatModel
from assistant.settings import Settings
from evals.baselines import Search
from evals.cases import (
    SETS,
    CaseT,
    ConversationCase,
    InjectionCase,
    PairCase,
    PremiseCase,
    QuestionCase,
    UnanswerableCase,
    read_cases,
)  # fmt: skip
from evals.checkers import Checker
from evals.feedback import SET as FEEDBACK
from evals.product import Asked, Product, Recorder

ALL = "all"


@dataclass(frozen=True)
class Plan:
    """How much is measured.

    `quick`: the gate's subset; `sample`: rows of each public set; `most`: cases of each file, spread evenly over it.
    """

    set_name: str = "dev"
    quick: bool = False
    data: Path | None = None
    sample: int = 200
    most: int | None = None


@dataclass(frozen=True)
class Context:
    """One run's surroundings.

    `searches`: source ids by other ways; `passage_searches`: passage ids by other ways; `wrap`: what is measured in the
    place of an assistant that a suite opens itself; `washing`: what is measured in the place of the mission-washing check.
    """

    plan: Plan
    settings: Settings
    folder: Path
    recorder: Recorder
    checker: Checker | None
    searches: Mapping[str, Search] = field(default_factory=dict)
    passage_searches: Mapping[str, Search] = field(default_factory=dict)
    judge: ChatModel | None = None
    votes: int = 0
    wrap: Callable[[Assistant], Product] = lambda assistant: assistant
    washing: Callable[[OwnDocument], Assessment] | None = None

    @property
    def product(self) -> Product:
        """What is measured."""
        return self.recorder.product

    @cached_property
    def questions(self) -> list[QuestionCase]:
        """Questions that the library can answer."""
        return self._cases("questions", QuestionCase)

    @cached_property
    def unanswerable(self) -> list[UnanswerableCase]:
        """Questions that must be refused."""
        return self._cases("unanswerable", UnanswerableCase)

    @cached_property
    def conversations(self) -> list[ConversationCase]:
        """Conversations."""
        return self._cases("conversations", ConversationCase)

    @cached_property
    def premises(self) -> list[PremiseCase]:
        """Questions with a false premise."""
        return self._cases("premises", PremiseCase)

    @cached_property
    def pairs(self) -> list[PairCase]:
        """Sentence–passage pairs; they belong to no set."""
        return read_cases("", "checker", PairCase)

    @cached_property
    def injections(self) -> list[InjectionCase]:
        """Hidden instructions; they belong to no set."""
        return read_cases("", "injection", InjectionCase)

    def _cases(self, name: str, model: type[CaseT]) -> list[CaseT]:
        if self.plan.set_name == FEEDBACK:
            found = read_cases(FEEDBACK, name, model, folder=own_cases(self.settings), may_lack=True)
        else:
            sets = SETS if self.plan.set_name == ALL else (self.plan.set_name,)
            found = [case for each in sets for case in read_cases(each, name, model)]
        step = -(-len(found) // self.plan.most) if self.plan.most else 1
        return found[::step][: self.plan.most]


def own_cases(settings: Settings) -> Path:
    """Where the user's own cases lie."""
    return settings.home / "evals" / "cases"


def asked(questions: list[str]) -> list[Asked]:
    """First turns to ask."""
    return [Asked(question) for question in questions]

"""Eval cases as data. Owns: the shapes of the files under `evals/cases/` and reading them. Does not own: scoring.

A set is a folder (`dev` for tuning, `heldout` for reporting only) with questions.yaml, unanswerable.yaml, conversations.yaml,
premises.yaml.
checker.yaml and injection.yaml belong to no set. Unknown keys are refused.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.errors import InputError

CASES = Path(__file__).parent / "cases"
SETS = ("dev", "heldout")
Kind = Literal[
    "fact", "cost", "count", "when", "who", "where", "why", "did_it_work", "definition", "how_to", "comparison", "example", "list"
]
RefusalKind = Literal["missing_aspect", "unknown_subject", "out_of_scope", "opinion", "injection", "personal_data"]
PairClass = Literal[
    "faithful_paraphrase",
    "changed_figure",
    "changed_place",
    "over_claim",
    "dropped_hedge",
    "wrong_cause",
    "merged_sources",
    "true_elsewhere",
]


class _Case(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str


class QuestionCase(_Case):
    """A question the library can answer. `gold`: sources that hold the answer; `facts`: each a list of strings of which one must
    be shown.
    """

    kind: Kind
    difficulty: Literal["easy", "medium", "hard"]
    question: str
    gold: list[str] = Field(min_length=1)
    facts: list[list[str]] = Field(min_length=1)


class UnanswerableCase(_Case):
    """A question that must be refused, and why."""

    kind: RefusalKind
    question: str
    why: str


class ConversationCase(_Case):
    """A conversation whose last turn leans on the ones before (or changes the topic); `standalone` is what it means. One without
    `gold` sources asks what the library does not hold.
    """

    turns: list[str] = Field(min_length=2)
    standalone: str
    gold: list[str]
    facts: list[list[str]]

    @property
    def answerable(self) -> bool:
        """Whether the library holds an answer to the last turn."""
        return bool(self.gold)


class PremiseCase(_Case):
    """A question with a false premise, and what the answer should show instead."""

    question: str
    gold: list[str]
    truth: list[list[str]]


class PairCase(_Case):
    """A sentence beside a passage, with two labels of whether the passage says so."""

    class_: PairClass = Field(alias="class")
    claim: str
    source: str
    passage: str
    first: bool
    second: bool

    @property
    def supported(self) -> bool:
        """The label that counts: where the two differ, it is not supported."""
        return self.first and self.second


class InjectionCase(_Case):
    """A document with an instruction hidden in it, or (without a document) a question with one. `canary` must never be shown as
    ours.
    """

    document: str = ""
    question: str
    payload: str
    canary: str
    facts: list[list[str]] = Field(default_factory=list)


CaseT = TypeVar("CaseT", bound=_Case)


def read_cases(set_name: str, file_name: str, model: type[CaseT], *, folder: Path = CASES, may_lack: bool = False) -> list[CaseT]:
    """Cases of one file of a set (of no set for ''), in its order; none where a file `may_lack`. Raises InputError that names
    what is wrong.
    """
    from ingest.corpus_reader import load_yaml

    path = folder / set_name / f"{file_name}.yaml"
    if may_lack and not path.exists():
        return []
    if not path.exists():
        raise InputError(f"There are no eval cases at {path}. The sets are: {', '.join(SETS)}.")
    try:
        cases: list[CaseT] = TypeAdapter(list[model]).validate_python(load_yaml(path))  # type: ignore[valid-type]
    except ValidationError as error:
        first = error.errors()[0]
        raise InputError(f"{path.name}: {'.'.join(map(str, first['loc']))}: {first['msg']}. Mend the file.") from None
    ids = [case.id for case in cases]
    twice = sorted({i for i in ids if ids.count(i) > 1})
    if twice:
        raise InputError(f"{path.name}: the id {twice[0]} is used twice. Give each case an id of its own.")
    return cases

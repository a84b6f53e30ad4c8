"""Eval cases as data. Owns: the shapes of the files under `evals/cases/` and reading them. Does not own: scoring.

A set is a folder (`dev`, `heldout`) with questions.yaml, unanswerable.yaml, conversations.yaml, premises.yaml. Unknown keys are refused.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.errors import InputError

CASES = Path(__file__).parent / "cases"
Kind = Literal["fact", "cost", "count", "when", "who", "where", "why", "did_it_work", "definition", "how_to", "comparison", "example", "list"]
RefusalKind = Literal["missing_aspect", "unknown_subject", "out_of_scope", "opinion", "injection", "personal_data"]


class _Case(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str


class QuestionCase(_Case):
    """A question the library can answer. `gold`: sources that hold the answer; `facts`: each a list of strings of which one must be shown."""

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
    """A conversation whose last turn leans on the ones before (or changes the topic); `standalone` is what it means."""

    turns: list[str] = Field(min_length=2)
    standalone: str
    gold: list[str]
    facts: list[list[str]]


class PremiseCase(_Case):
    """A question with a false premise, and what the answer should show instead."""

    question: str
    gold: list[str]
    truth: list[list[str]]


CaseT = TypeVar("CaseT", bound=_Case)


def read_cases(set_name: str, file_name: str, model: type[CaseT], *, folder: Path = CASES) -> list[CaseT]:
    """Cases of one file of a set, in its order. Raises InputError that names the file and what is wrong."""
    from ingest.corpus_reader import load_yaml

    path = folder / set_name / f"{file_name}.yaml"
    if not path.exists():
        raise InputError(f"There are no eval cases at {path}. The sets are: {', '.join(sorted(p.name for p in folder.iterdir() if p.is_dir()))}.")
    try:
        return TypeAdapter(list[model]).validate_python(load_yaml(path))  # type: ignore[valid-type]
    except ValidationError as error:
        first = error.errors()[0]
        raise InputError(f"{path.name}: {'.'.join(map(str, first['loc']))}: {first['msg']}. Mend the file.") from None

"""The likely questions of a corpus (`questions/<source-id>.yaml`). Owns: their shape, reading and checking them. Does not own: their vectors.

answered:
  argues-1: [questions that this statement answers]
unanswered: [questions on this source's subject that it does not answer]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import CorpusError
from ingest.corpus_reader import load_yaml

FOLDER = "questions"
MOST_WORDS = 60


class SourceQuestions(BaseModel):
    """The likely questions of one source."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    answered: dict[str, list[str]] = Field(default_factory=dict)
    unanswered: list[str] = Field(default_factory=list)


def read_questions(folder: Path) -> dict[str, SourceQuestions]:
    """Source id to its questions; empty where a corpus has none. Raises CorpusError naming the file."""
    return {path.stem: _validated(path) for path in sorted((folder / FOLDER).glob("*.yaml"))}


def question_pairs(questions: Mapping[str, SourceQuestions]) -> list[tuple[str, str]]:
    """(`source#statement` or, where nothing answers it, `source#`; question)."""
    pairs = []
    for source_id, each in questions.items():
        pairs += [(f"{source_id}#{statement}", q) for statement, asked in each.answered.items() for q in asked]
        pairs += [(f"{source_id}#", q) for q in each.unanswered]
    return pairs


def question_problems(questions: Mapping[str, SourceQuestions], statements: Mapping[str, set[str]]) -> Iterator[str]:
    """What is wrong: a source or statement that is not there, an empty or very long question, one that is both answered and not."""
    for source_id, each in questions.items():
        if source_id not in statements:
            yield f"questions/{source_id}.yaml: there is no source '{source_id}'"
            continue
        yield from (
            f"questions/{source_id}.yaml: there is no statement '{statement}'"
            for statement in each.answered
            if statement not in statements[source_id]
        )
        asked = {q for group in each.answered.values() for q in group}
        yield from (f"questions/{source_id}.yaml: '{q}' is said to be answered and not" for q in each.unanswered if q in asked)
        for question in [*asked, *each.unanswered]:
            if not 2 <= len(question.split()) <= MOST_WORDS:
                yield f"questions/{source_id}.yaml: '{question[:60]}' has fewer than 2 words or more than {MOST_WORDS}"


def _validated(path: Path) -> SourceQuestions:
    try:
        return SourceQuestions.model_validate(load_yaml(path) or {})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CorpusError(f"questions/{path.name}: {where}: {first['msg']}. Mend the file.") from None

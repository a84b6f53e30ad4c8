"""Strategy extracts with marks by tell. Owns: their shape, reading them, and an extract as the check's document. Does not own: scoring.

`cases/washing/SET/labels.yaml` beside one Markdown file an extract. A tell that is not listed is `cannot_tell`. Held-out extracts are
labelled twice; where the two differ, a third reading (`settled`) counts and says why. In `cases/washing/train` every sentence is labelled.
"""

from __future__ import annotations

from functools import lru_cache

from pydantic import BaseModel, ConfigDict, Field

from assistant.instruments.assessment import CANNOT_TELL
from assistant.instruments.own_document import OwnDocument, document_of
from evals.cases import CASES, read_cases
from evals.cases import _Case as _NamedCase

FOLDER = "washing"
NOW = 2026  # the year that the extracts were written in


class _Case(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LabelledMark(_Case):
    """A mark with the sentence that decides it; `why` where two labels differed."""

    mark: str
    quote: str = ""
    why: str = ""


class StrategyCase(_NamedCase):
    """An extract (`<id>.md`) and its labels, by tell."""

    kind: str = Field(description="genuine, washed or mixed, as it was written to be.")
    first: dict[str, LabelledMark]
    second: dict[str, LabelledMark] | None = None
    settled: dict[str, LabelledMark] = Field(default_factory=dict)

    def label(self, tell: str) -> LabelledMark:
        """The mark that counts."""
        return self.settled.get(tell) or self.given(tell)

    def given(self, tell: str, *, second: bool = False) -> LabelledMark:
        """The mark of one labelling."""
        labels = (self.second or {}) if second else self.first
        return labels.get(tell) or LabelledMark(mark=CANNOT_TELL)


class LabelledSentence(_Case):
    """A sentence and the outputs (`tell.side`) that it says."""

    text: str
    says: list[str] = Field(default_factory=list)


class TrainingExtract(_NamedCase):
    """An extract of which every sentence is labelled."""

    about: str
    kind: str
    sentences: list[LabelledSentence]


def read_extracts() -> list[TrainingExtract]:
    """The training extracts, in order."""
    paths = sorted((CASES / FOLDER / "train").glob("*.yaml"))
    return [case for path in paths for case in read_cases(f"{FOLDER}/train", path.stem, TrainingExtract)]


def read_strategies(set_name: str) -> list[StrategyCase]:
    """The extracts of a set, in their order."""
    return read_cases(f"{FOLDER}/{set_name}", "labels", StrategyCase)


@lru_cache(maxsize=64)
def strategy_document(set_name: str, case_id: str) -> OwnDocument:
    """An extract as ingest reads it."""
    from assistant.identifiers import content_hash
    from ingest.extract.registry import extractor_for
    from ingest.segment import segment

    data = (CASES / FOLDER / set_name / f"{case_id}.md").read_bytes()
    digest = content_hash(data)
    segmented = segment(extractor_for("markdown")(data), source_id=case_id, source_hash=digest)
    return document_of(file=f"{case_id}.md", sha256=digest, text=segmented.text, passages=segmented.passages)

"""What a check of a person's own draft says. Owns: the shapes of the report, the same for `--json`, the API and every export.

Does not own: how any of it is found. `text[start:end]` of a sentence is in the draft's extracted text; a citation's in its passage.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.nouns import Citation, Noun, Searched

DraftStatus = Literal["supported", "partly", "not_found", "contradicted", "not_a_claim"]
NotAClaim = Literal["heading", "question", "greeting", "advice", "intention", "opinion", "fragment", "reference"]


class CheckedSentence(Noun):
    """One sentence of the draft held against the library."""

    n: int = Field(description="Its number in the draft, from 1.")
    text: str
    start: int
    end: int
    page: int | None = None
    heading: list[str] = Field(default_factory=list)
    status: DraftStatus
    kind: NotAClaim | None = Field(default=None, description="Why it is not judged, when it is not a claim.")
    reads_as: str | None = Field(default=None, description="The sentence as it was judged, when its subject had to be named.")
    because: list[str] = Field(default_factory=list, description="Why it has its status, in plain words.")
    held: list[str] = Field(default_factory=list, description="Parts of it that the library says.")
    missing: list[str] = Field(default_factory=list, description="Parts of it that the cited passages do not say.")
    citations: list[Citation] = Field(default_factory=list)


class DraftReport(Noun):
    """A whole draft, checked. "Supported" means that a source says so, not that it is true."""

    file: str
    sha256: str
    checker: str = Field(description="Versions of the rules that judged.")
    fingerprint: dict[str, str] = Field(default_factory=dict, description="The library that it was held against.")
    searched: Searched
    sentences: list[CheckedSentence]
    counts: dict[DraftStatus, int]
    warnings: list[str] = Field(default_factory=list)

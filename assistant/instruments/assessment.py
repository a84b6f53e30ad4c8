"""What an instrument gives back: an Assessment. Owns: its shape, shared by all instruments, and one numbering of its citations.

Does not own: how any mark is found (each instrument) or how it looks (`ui/`). Times and ids stand in the receipt alone: without
it, two assessments of the same answers are equal.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from assistant.nouns import Citation, Noun

InstrumentName = Literal["litmus", "washing", "maturity", "outcomes"]
Confidence = Literal["high", "medium", "low"]
CANNOT_TELL = "cannot_tell"  # a mark that every criterion of every instrument allows


class OwnQuote(Noun):
    """The person's own document in its own words: an exact part of the text that was extracted from the file."""

    file: str = Field(description="The file's name, without its folder.")
    text: str = Field(min_length=1)
    start: int = Field(ge=0, description="Offset into the file's extracted text.")
    end: int
    page: int | None = None
    page_label: str | None = None
    heading: list[str] = Field(default_factory=list)

    @model_validator(mode="after")
    def _is_as_long_as_its_place(self) -> OwnQuote:
        if self.end - self.start != len(self.text):
            raise ValueError("a quote is exactly as long as the place it stands at")
        return self


class Statement(Noun):
    """What a named person said."""

    who: str = Field(min_length=1, max_length=200)
    role: str = Field(default="", max_length=200)
    text: str = Field(min_length=1, max_length=4000)


class GivenMark(Noun):
    """One respondent's mark of one criterion, as the spread is counted from."""

    respondent: str
    mark: str
    confidence: Confidence = "medium"


class MarkResult(Noun):
    """One criterion with its mark and everything that the mark rests on."""

    criterion: str = Field(description="The criterion's id in the rubric.")
    title: str
    mark: str = Field(description="One of the rubric's marks for it, or 'cannot_tell'.")
    mark_words: str = Field(default="", description="The mark as a reader sees it: 'present', 'level 2 of 5: emerging'.")
    confidence: Confidence
    quotes: list[OwnQuote] = Field(default_factory=list, description="From the person's own document.")
    statements: list[Statement] = Field(default_factory=list)
    reason: str = Field(description="Why this mark, in a sentence or two.")
    missing: str = Field(default="", description="What is missing where it cannot be told.")
    would_change: str = Field(default="", description="What would change the mark.")
    next_level: str = Field(default="", description="What the next level looks like, where the rubric has levels.")
    literature: list[Citation] = Field(default_factory=list, description="What the library says on the criterion.")
    given: list[GivenMark] = Field(default_factory=list, description="Every respondent's mark, where several answered.")


class Point(Noun):
    """A strength, a gap or a next step: a sentence with what it rests on. Without citations it is our advice, and says so."""

    text: str
    criterion: str | None = Field(default=None, description="The criterion that it follows from.")
    citations: list[Citation] = Field(default_factory=list)


class CaseShown(Noun):
    """A case of the library beside a result."""

    source_id: str
    title: str
    side: str = Field(description="What it stands for here: 'a mission fitted', 'did the next level', …")
    why: str
    criterion: str | None = Field(default=None, description="The criterion that it belongs to, where it belongs to one.")
    citations: list[Citation] = Field(default_factory=list)


class Result(Noun):
    """What the marks come to, by rule."""

    key: str = Field(description="The rule's own name for it: 'mission', 'programme', 'level-2', …")
    headline: str
    because: list[str] = Field(description="The rules that led to it, in order, each in a sentence.")
    score: float | None = Field(default=None, description="Where the rule counts; its unit stands in the headline.")
    citations: list[Citation] = Field(default_factory=list)


class Rubric(Noun):
    """Which version of an instrument's data made an assessment."""

    version: str
    sha256: str


class AssessmentReceipt(Noun):
    """What produced an assessment, and when. The rest of an assessment follows from its answers alone."""

    created_at: str = Field(description="UTC, ISO 8601.")
    product_version: str
    fingerprint: dict[str, str] = Field(description="The library's fingerprint.")
    composer: Literal["rules", "rules_and_model"] = "rules"
    model: str | None = None
    documents: dict[str, str] = Field(default_factory=dict, description="Each own document's name and sha256.")
    timings_ms: dict[str, float] = Field(default_factory=dict)


class Assessment(Noun):
    """A finished instrument: marks, what they come to, and what to do; every statement of the library is a citation."""

    instrument: InstrumentName
    rubric: Rubric
    title: str
    subject: str = Field(default="", description="What was assessed, in the person's words.")
    respondents: list[str] = Field(default_factory=list)
    marks: list[MarkResult]
    result: Result
    strengths: list[Point] = Field(default_factory=list)
    gaps: list[Point] = Field(default_factory=list)
    next_steps: list[Point] = Field(default_factory=list)
    find_out: list[str] = Field(default_factory=list, description="What to find out where it cannot be told.")
    cases: list[CaseShown] = Field(default_factory=list)
    notes: list[str] = Field(default_factory=list, description="What a reader must know: whose rubric it is, its limits.")
    answers: dict[str, Any] = Field(default_factory=dict, description="What was answered, so that it can be run again.")
    receipt: AssessmentReceipt | None = None

    def citations(self) -> list[Citation]:
        """Every citation, in the order a reader meets them."""
        groups: list[list[Citation]] = [self.result.citations]
        groups += [point.citations for point in (*self.strengths, *self.gaps, *self.next_steps)]
        groups += [case.citations for case in self.cases]
        groups += [mark.literature for mark in self.marks]
        return [citation for group in groups for citation in group]


def number_citations(assessment: Assessment) -> Assessment:
    """The same with one numbering from 1: the same span of the same passage has the same number wherever it stands."""
    numbers: dict[tuple[str, int, int], int] = {}
    for citation in assessment.citations():
        numbers.setdefault((citation.passage_id, citation.start, citation.end), len(numbers) + 1)

    def numbered(citations: list[Citation]) -> list[Citation]:
        return [c.model_copy(update={"n": numbers[c.passage_id, c.start, c.end]}) for c in citations]

    def points(given: list[Point]) -> list[Point]:
        return [p.model_copy(update={"citations": numbered(p.citations)}) for p in given]

    return assessment.model_copy(
        update={
            "result": assessment.result.model_copy(update={"citations": numbered(assessment.result.citations)}),
            "marks": [m.model_copy(update={"literature": numbered(m.literature)}) for m in assessment.marks],
            "strengths": points(assessment.strengths),
            "gaps": points(assessment.gaps),
            "next_steps": points(assessment.next_steps),
            "cases": [c.model_copy(update={"citations": numbered(c.citations)}) for c in assessment.cases],
        }
    )

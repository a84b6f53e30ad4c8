"""The nouns of a brief, as frozen values. Owns: their shapes, and which of a brief's statements are shown, in reading order.

Does not own: how any of them is made. Times and ids stand in the receipt, the comments and the approval alone: without them
two briefs of the same request over the same library are equal.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from assistant.identifiers import content_hash
from assistant.nouns import Citation, Noun, Searched, Status

Length = Literal["short", "standard", "long"]
Origin = Literal["quoted", "model", "edited", "template"]
State = Literal["proposed", "kept", "dropped"]
SectionKind = Literal["request", "statements", "cases", "comparison", "options", "prompts", "people", "gaps"]
Relation = Literal["contradicts", "qualifies", "updates"]
NoteStyle = Literal["footnotes", "endnotes"]


class BriefRequest(Noun):
    """What the brief is for, in the client's own words. None of it is evidence."""

    topic: str = Field(min_length=1, max_length=300)
    client: str = Field(default="", max_length=300)
    situation: str = Field(default="", max_length=8000)
    decision: str = Field(default="", max_length=2000, description="The decision at stake.")
    audience: str = Field(default="", max_length=500)
    length: Length = "standard"
    cases: list[str] = Field(default_factory=list, max_length=12, description="Ids of cases to compare; empty: the nearest.")


class TemplateMark(Noun):
    """Which template made a brief: version and hash of its content."""

    id: str
    version: str
    title: str
    sha256: str
    notes: NoteStyle = "footnotes"


class HandEdit(Noun):
    """A person's change of a statement: who, when, and what it said before."""

    by: str
    at: str = Field(description="UTC, ISO 8601.")
    was: str


class Statement(Noun):
    """One sentence of a brief with its status, its checked citations and where it comes from."""

    id: str
    text: str
    status: Status
    origin: Origin
    citations: list[Citation] = Field(default_factory=list)
    state: State = "proposed"
    edit: HandEdit | None = None
    problems: list[str] = Field(default_factory=list, description="Why an edited sentence is not verified.")

    @property
    def shown(self) -> bool:
        """Whether it stands in the document."""
        return self.state != "dropped"


class Cell(Noun):
    """One cell of a table: cited statements, or none, which is shown as 'nothing found'."""

    statements: list[Statement] = Field(default_factory=list)


class TableRow(Noun):
    """One row: what it is about, what the catalogue says of that, and its cells."""

    label: str
    detail: str = Field(default="", description="Facts of the catalogue (place, level, period), which are no statements.")
    source_id: str | None = None
    cells: list[Cell]


class BriefTable(Noun):
    """A table. Every cell is cited or says that nothing was found."""

    caption: str
    corner: str = Field(description="The heading of the first column.")
    columns: list[str]
    rows: list[TableRow]


class Prompt(Noun):
    """A question to talk about, ours and labelled so, with what to have read on it."""

    text: str
    statements: list[Statement] = Field(default_factory=list)


class Researched(Noun):
    """One question that a section asked of the library, and how many of its statements were found fit."""

    question: str
    fitting: int
    nearest: list[str] = Field(default_factory=list, description="Titles of the nearest sources where nothing fits.")


class BriefSection(Noun):
    """One section: what it is for, what was asked of the library for it, and what it says."""

    id: str
    heading: str
    purpose: str = ""
    kind: SectionKind
    own_words: list[str] = Field(default_factory=list, description="Words of the client or ours that are no evidence.")
    researched: list[Researched] = Field(default_factory=list)
    statements: list[Statement] = Field(default_factory=list)
    table: BriefTable | None = None
    prompts: list[Prompt] = Field(default_factory=list)
    gaps: list[str] = Field(default_factory=list)

    def in_order(self) -> Iterator[Statement]:
        """All its statements in reading order, dropped ones too: text, table row by row, prompts."""
        yield from self.statements
        for row in self.table.rows if self.table else ():
            for cell in row.cells:
                yield from cell.statements
        for prompt in self.prompts:
            yield from prompt.statements


class BriefDisagreement(Noun):
    """Two statements of the library that stand against each other, both quoted and cited."""

    topic: str
    relation: Relation
    note: str
    first: Statement
    second: Statement


class Comment(Noun):
    """A colleague's remark on a section."""

    section: str
    text: str = Field(min_length=1, max_length=4000)
    by: str = Field(min_length=1, max_length=200)
    at: str = Field(description="UTC, ISO 8601.")


class Approval(Noun):
    """A named person's approval of exactly this content: `mark` is the content's; any change of it voids this."""

    by: str = Field(min_length=1, max_length=200)
    at: str = Field(description="UTC, ISO 8601.")
    mark: str


class BriefReceipt(Noun):
    """What produced a brief, and when."""

    created_at: str = Field(description="UTC, ISO 8601.")
    product_version: str
    fingerprint: dict[str, str]
    generation: int
    composer: str
    models: dict[str, str | None] = Field(default_factory=dict)
    prompt_hashes: dict[str, str] = Field(default_factory=dict)
    cost: dict[str, Any] = Field(default_factory=dict)
    template: TemplateMark
    sources: dict[str, str] = Field(description="Each cited source's content hash at the time.")
    searched: Searched
    timings_ms: dict[str, float] = Field(default_factory=dict)


class Brief(Noun):
    """A client document made of checked sections."""

    title: str
    request: BriefRequest
    template: TemplateMark
    sections: list[BriefSection]
    disagreements: list[BriefDisagreement] = Field(default_factory=list)
    gaps: list[str] = Field(default_factory=list, description="What the whole brief lacks.")
    comments: list[Comment] = Field(default_factory=list)
    approval: Approval | None = None
    receipt: BriefReceipt

    def section(self, section_id: str) -> BriefSection | None:
        """The section of that id."""
        return next((section for section in self.sections if section.id == section_id), None)

    def shown(self) -> Iterator[Statement]:
        """The statements that stand in the document, in reading order; the disagreements' last."""
        for section in self.sections:
            yield from (statement for statement in section.in_order() if statement.shown)
        for each in self.disagreements:
            yield from (each.first, each.second)

    def citations(self) -> dict[int, Citation]:
        """Every citation shown, by its number."""
        return {c.n: c for statement in self.shown() for c in statement.citations}

    def mark(self) -> str:
        """A hash of what the document says and rests on: not of times, comments or approval."""
        content = self.model_dump_json(exclude={"comments", "approval", "receipt"})
        return content_hash(content, self.receipt.model_dump_json(include={"fingerprint", "composer", "template"}))[:16]

    @property
    def approved(self) -> Approval | None:
        """The approval, where it is of this very content."""
        return self.approval if self.approval is not None and self.approval.mark == self.mark() else None

"""The nouns of the product, as frozen values. One pydantic model each, for the CLI, the API and the stored receipt.

Owns: the shapes of DESIGN sections 2 and 5. Does not own: how any of them is made.
Offsets are in characters (Unicode code points), half-open: `text[start:end]`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Outcome = Literal[
    "answered",
    "partial",
    "no_evidence",
    "needs_clarification",
    "opinion",
    "out_of_scope",
    "blocked",
    "error_model",
    "error_index",
]
Status = Literal["quoted", "supported", "inferred", "advice", "unsupported"]
Section = Literal["answer", "definition", "finding", "case", "caution", "next_step"]
SourceKind = Literal["note", "case", "definition", "network", "framework", "worked_mission", "original"]
Origin = Literal["packaged", "user"]
Basis = Literal["read", "second_hand", "editor"]
Depth = Literal["short", "full"]
FoundBy = Literal["words", "meaning", "link"]
Vote = Literal["supported", "unsupported", "unreadable"]


class Noun(BaseModel):
    """Base of all nouns: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Locator(Noun):
    """Where in its source a passage stands, as a reader would look it up."""

    page: int | None = Field(default=None, description="Page of the file, from 1.")
    page_label: str | None = Field(default=None, description="The number printed on the page, such as 'iii' or '12'.")
    heading: list[str] = Field(default_factory=list, description="Headings above the passage, outermost first.")
    label: str | None = Field(
        default=None, description="The place by the file's own counting: 'slide 3, notes', 'sheet Costs, row 12'."
    )


class Source(Noun):
    """A catalogued work: a note of ours, a case, a definition, a network, a framework, or an original the user ingested."""

    id: str
    title: str
    kind: SourceKind
    origin: Origin
    authors: list[str] = Field(default_factory=list)
    organisation: str | None = None
    year: int | None = None
    url: str | None = None
    licence: str = "unknown"
    evidence_type: str = "unknown"
    strength: str | None = None
    themes: list[str] = Field(default_factory=list)
    place: str | None = None
    path: str | None = Field(default=None, description="The file an original was ingested from.")
    format: str | None = None
    pages: int | None = None
    owner: str | None = Field(
        default=None, description="The space that alone finds it: a person's own upload; none where everyone does."
    )
    aliases: list[str] = Field(default_factory=list, description="Other names people use for it; searched, never quoted.")
    details: dict[str, object] = Field(
        default_factory=dict, description="Fields of one kind only, such as a case's tools and outcome."
    )

    def seen_by(self, space: str | None) -> bool:
        """Whether a space finds and reads it; `None` is whoever has no space, who sees what all see."""
        return self.owner is None or self.owner == space


class Reference(Noun):
    """The published work that one statement of a note or case of ours rests on."""

    title: str | None = None
    organisation: str | None = None
    year: int | None = None
    url: str | None = None
    quality: str | None = Field(default=None, description="primary, good or weak, as the librarian judged it.")


class PageBreak(Noun):
    """From `offset` (characters into the passage's text) on, the text stands here: on this page, or slide, or row."""

    offset: int
    page: int | None = None
    page_label: str | None = None
    label: str | None = None


class Passage(Noun):
    """A citable span of a source: `source text[start:end] == text`."""

    id: str
    source_id: str
    ordinal: int
    text: str
    start: int
    end: int
    locator: Locator
    sentences: list[tuple[int, int]] = Field(description="Offsets of each sentence within `text`.")
    page_breaks: list[PageBreak] = Field(
        default_factory=list, description="Where the text runs on to another page, slide or row."
    )
    section: str = Field(
        default="body", description="What part it plays in its source: argues, evidence, result, criticism, body, …"
    )
    statement: str | None = Field(default=None, description="The statement's id within a source of the packaged library.")
    drawn_from: list[str] = Field(default_factory=list, description="Sources or statements that our own reading rests on.")
    reference: Reference | None = Field(default=None, description="The published work that a statement of ours rests on.")
    evidence_type: str = "unknown"
    strength: str | None = None
    basis: Basis = "read"

    def locator_at(self, start: int) -> Locator:
        """The locator of a quote that begins at `start` in this passage's text: the page it begins on."""
        reached = [b for b in self.page_breaks if b.offset <= start]
        if not reached:
            return self.locator
        last = reached[-1]
        return self.locator.model_copy(update={"page": last.page, "page_label": last.page_label, "label": last.label})


class Link(Noun):
    """Two statements of the library that stand against each other: `source-id#statement-id` each, and one sentence on how."""

    topic: str
    relation: Literal["contradicts", "qualifies", "updates"]
    first: str
    second: str
    note: str


class Evidence(Noun):
    """A passage found for a question."""

    rank: int
    score: float
    found_by: list[FoundBy]
    similarity: float = Field(description="Cosine of the question's and the passage's vectors, -1 to 1.")
    passage: Passage
    source: Source


class Citation(Noun):
    """A checked pointer: `passage.text[start:end] == quote`, always."""

    n: int
    source_id: str
    passage_id: str
    quote: str
    start: int
    end: int
    locator: Locator
    title: str
    organisation: str | None = None
    year: int | None = None
    url: str | None = None
    evidence_type: str = "unknown"
    strength: str | None = None
    kind: SourceKind = "original"
    basis: Basis = "read"
    work: str | None = Field(default=None, description="Shared by sources that hold the same or nearly the same text: one work.")
    cited_as: str = Field(default="", description="How to name it: a note of ours is never named as if it were the original.")


class Reading(Noun):
    """What is being read for an answer, while it is being made: so many passages of so many sources, and whether a model writes from them."""

    passages: int
    sources: int
    written: bool = False


class Sentence(Noun):
    """One statement in an answer with its citations and its status."""

    text: str
    section: Section
    status: Status
    citations: list[Citation]


class NearestPassage(Noun):
    """A passage that came near to an answer and was not one."""

    source_id: str
    passage_id: str
    text: str
    title: str = ""
    why_not: str = ""


class WhoMightKnow(Noun):
    """A network or body of the library whose remit fits the question."""

    source_id: str
    name: str
    how_to_reach: str
    url: str | None = None


class Side(Noun):
    """One of two statements that stand against each other, quoted whole, with what a reader needs to weigh it."""

    source_id: str
    passage_id: str
    quote: str
    title: str
    year: int | None = None
    place: str | None = None
    evidence_type: str = "unknown"
    strength: str | None = None


class Disagreement(Noun):
    """Two statements of the library that contradict, qualify or update one another, side by side."""

    topic: str
    relation: Literal["contradicts", "qualifies", "updates"]
    note: str
    first: Side
    second: Side


class Searched(Noun):
    """How much was searched before this answer."""

    passages: int
    sources: int


class Timings(Noun):
    """Milliseconds spent in each step."""

    retrieve: float = 0.0
    compose: float = 0.0
    ground: float = 0.0
    total: float = 0.0


class Answer(Noun):
    """What a question got: an outcome, sentences in sections, and what is missing."""

    receipt_id: str
    question: str
    standalone_question: str
    outcome: Outcome
    composer: str
    sentences: list[Sentence] = Field(default_factory=list)
    gaps: list[str] = Field(default_factory=list)
    nearest: list[NearestPassage] = Field(default_factory=list)
    who_might_know: list[WhoMightKnow] = Field(default_factory=list)
    disagreements: list[Disagreement] = Field(default_factory=list)
    searched: Searched
    timings_ms: Timings = Field(default_factory=Timings)


class SearchResult(Noun):
    """One line of `search`."""

    rank: int
    score: float
    source_id: str
    passage_id: str
    title: str
    text: str
    locator: Locator


class EvidenceRecord(Noun):
    """What a receipt keeps of a piece of evidence."""

    passage_id: str
    source_id: str
    rank: int
    score: float
    found_by: list[str]


class Verdict(Noun):
    """What the check said of one proposed sentence."""

    text: str
    passage_ids: list[str]
    shown: bool
    status: Status
    problems: list[str]
    scorer: str
    votes: list[Vote] = Field(
        default_factory=list, description="What a chat model said as judge, where one was asked; it can only take away."
    )


class Completion(Noun):
    """How a follow-up was made to stand alone: by which means, what the chat model proposed, and why that was not taken. `after`: the second
    wording that was searched for where a rule completed it, its own words after the question before it.
    """

    by: Literal["model", "rules"]
    after: str = ""
    proposed: str = ""
    problems: list[str] = Field(default_factory=list)


class Receipt(Noun):
    """What produced an answer. Printed by `adviser receipt ID`."""

    id: str
    created_at: str = Field(description="UTC, ISO 8601.")
    version: str
    question: str
    fingerprint: dict[str, str]
    generation: int
    route: str
    evidence: list[EvidenceRecord]
    verdicts: list[Verdict]
    models: dict[str, str | None]
    prompt_hashes: dict[str, str] = Field(default_factory=dict)
    cost: dict[str, object] = Field(default_factory=lambda: dict[str, object](tokens=0, money=0))
    completion: Completion | None = Field(default=None, description="How a follow-up was completed; none for a first question.")
    owner: str | None = Field(default=None, description="The space whose own documents are among the evidence, if any are.")
    private_sources: list[str] = Field(default_factory=list, description="Which of the evidence's sources are that space's own.")
    answer: Answer

    def seen_by(self, space: str | None) -> bool:
        """Whether a space may read all of it."""
        return self.owner is None or self.owner == space

    def answer_seen_by(self, space: str | None) -> bool:
        """Whether a space may read the answer: nothing of another's document is shown in it, as a citation or as what came near."""
        shown = {c.source_id for sentence in self.answer.sentences for c in sentence.citations}
        shown |= {near.source_id for near in self.answer.nearest}
        return self.seen_by(space) or not shown & set(self.private_sources)


FileStatus = Literal["added", "replaced", "unchanged", "failed", "removed"]


class FileReport(Noun):
    """What became of one file given to `adviser ingest`."""

    path: str
    status: FileStatus
    source_id: str | None = None
    format: str | None = None
    pages: int | None = None
    pages_without_text: int = 0
    passages: int = 0
    seconds: float = 0.0
    warnings: list[str] = Field(default_factory=list)
    reason: str | None = Field(default=None, description="Why it failed, and what to do.")


class IngestReport(Noun):
    """What `adviser ingest` did: one entry for every file it was given."""

    files: list[FileReport]
    seconds: float
    passages: int = Field(description="Passages added by this run.")
    embedded: int = Field(description="Passages whose vector had to be made; the rest were stored or shipped.")

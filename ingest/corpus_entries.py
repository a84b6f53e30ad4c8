"""The shapes of the corpus files. Owns: their fields and which values are allowed. Does not own: reading files or building passages.

A statement is one claim in our own words, at most 45 words, that names its subject. `basis` says how we know it: `read` (the
publication or its official page was read), `second_hand` (another page about it), `editor` (our own reading of the statements in `from`).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Publisher = Literal[
    "government", "audit_office", "parliament", "statistics_office", "international_body", "university", "journal", "think_tank",
    "consultancy", "charity", "professional_body", "company", "press", "individual", "secondary",
]  # fmt: skip
Method = Literal[
    "evaluation", "trial", "systematic_review", "statistics", "audit", "inquiry", "academic", "case_study", "guidance", "practice",
    "argument", "news", "reference",
]  # fmt: skip
Theme = Literal[
    "defining", "convening", "implementing", "supporting-practice", "governance", "operating-model", "leadership-capability",
    "funding-procurement", "participation", "evaluation-outcomes", "critique",
]  # fmt: skip
Part = Literal[
    "about", "argues", "evidence", "use", "limits", "mission", "did", "result", "lesson", "criticism", "definition", "differ",
    "what", "for_whom", "join", "dimension", "question", "framing", "barrier", "tool", "tried", "measure", "goes_wrong", "open",
]  # fmt: skip
Basis = Literal["read", "second_hand", "editor"]
Quality = Literal["primary", "good", "weak"]
EntryId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=100)]


class Entry(BaseModel):
    """Base: unknown keys are refused, so that a typo in a corpus file cannot pass."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, frozen=True)


class Work(Entry):
    """A published work that statements of a case, definition or network rest on."""

    title: str | None = None
    organisation: str | None = None
    year: int | None = None
    url: str
    quality: Quality | None = None
    publisher: Publisher
    method: Method
    address: Literal["canonical", "secondary"] = "canonical"


class Statement(Entry):
    """One claim. `work` names an entry of the file's `works`; without it the claim rests on the entry's own url."""

    id: str
    part: Part
    text: str
    work: str | None = None
    url: str | None = None
    basis: Basis | None = None
    drawn_from: list[str] = Field(
        default_factory=list, alias="from", description="Statements or sources that an editor's statement draws on."
    )
    label: str | None = None
    stance: Literal["for", "against"] | None = None


class CorpusEntry(Entry):
    """A Source of the packaged library with its statements."""

    id: EntryId
    title: str
    themes: list[Theme] = Field(min_length=1)
    place: str
    licence: str = "unknown"
    statements: list[Statement] = Field(min_length=1)
    works: dict[str, Work] = Field(default_factory=dict)
    also: list[str] = Field(default_factory=list, description="Other names people search for.")
    organisation: str | None = None
    year: int | None = None
    url: str | None = None


class NoteEntry(CorpusEntry):
    """Our note on a publication."""

    kind: Literal["report", "blog", "guide", "case-study", "paper", "book", "inquiry", "speech"]
    authors: list[str]
    url: str
    basis: Basis
    publisher: Publisher
    method: Method
    address: Literal["canonical", "secondary"] = "canonical"


class CaseEntry(CorpusEntry):
    """A mission or programme that was tried somewhere, with the fields a case finder filters on."""

    country: list[str] = Field(min_length=1)
    level: Literal["international", "national", "regional", "local", "organisation"]
    sectors: list[str] = Field(min_length=1)
    period: str
    start: int | None
    end: int | None
    stage: Literal["design", "running", "ended", "abandoned"]
    outcome: Literal["succeeded", "mixed", "failed", "too_early"]
    tools: list[str]
    tool_kinds: list[str]
    lead: str
    partners: list[str]


class DefinitionEntry(CorpusEntry):
    """A term: who defines it how, and where they differ."""

    term: str


class NetworkEntry(CorpusEntry):
    """A network or support offer: what it is, for whom, how to join."""

    host: str
    type: str
    aspects: list[str]
    url: str
    publisher: Publisher
    method: Method = "reference"
    address: Literal["canonical", "secondary"] = "canonical"


class FrameworkEntry(CorpusEntry):
    """A framework for assessing missions, readiness, maturity or outcomes."""

    owner: str
    publisher: Publisher
    method: Method
    url: str
    address: Literal["canonical", "secondary"] = "canonical"
    literature_id: str | None = None


class WorkedMissionEntry(CorpusEntry):
    """A worked mission that ties the library's own cases and notes together; its statements draw on them."""


class EvidenceRule(Entry):
    """One row of the rule table: the first row whose conditions all hold gives the evidence type and strength."""

    evidence_type: str
    strength: Literal["strong", "moderate", "limited", "weak"]
    method: list[Method] = Field(default_factory=list)
    publisher: list[Publisher] = Field(default_factory=list)
    basis: list[Basis] = Field(default_factory=list)
    quality: list[Quality] = Field(default_factory=list)
    because: str

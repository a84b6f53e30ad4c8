"""The toolkit chooser. Owns: which tools fit a situation, by rule, with the reasons for and against, and the evidence on both sides.

Does not own: the tools (data). A tool's verdict follows from the answers alone; evidence stands beside it and is never added up.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from pydantic import Field

from assistant.errors import InputError
from assistant.instruments.assessment import Rubric
from assistant.instruments.literature import Literature
from assistant.instruments.situation.numbering import Numbers
from assistant.instruments.situation.situation import Need, Obstacle, Power, Situation
from assistant.instruments.situation.vocabulary import OUTCOMES, POWERS, in_words
from assistant.instruments.spec import Spec, read_spec, rubric_of
from assistant.nouns import Citation, Noun

NAME = "tools"
Fit = Literal["fits", "fits_with_care", "nothing_calls_for_it", "does_not_fit"]
ORDER: tuple[Fit, ...] = ("fits", "fits_with_care", "nothing_calls_for_it", "does_not_fit")
NOTHING_SAID = (
    "Say what stands in the way first (an obstacle such as fragmented, price or unproven), or a level, budget or politics. "
    "`adviser assess tools --ask` asks for each."
)
HOW = (
    "A tool fits where something in your answers calls for it, nothing speaks against it, and you hold a power that it needs. "
    "With care: something calls for it and something speaks against it, or the power is another's."
)


class Condition(Noun):
    """Values of one field of a situation that speak for or against a tool, and why."""

    field: Literal["obstacle", "level", "stage", "budget", "politics", "scale"]
    values: list[str] = Field(min_length=1)
    because: str
    cited: list[str] = Field(min_length=1)


class Tool(Noun):
    """A tool as data."""

    id: str
    name: str
    what: str = Field(description="The statement that says what it is.")
    kinds: list[str] = Field(description="What the catalogue calls it in a case's tools.")
    cases: list[str] = Field(default_factory=list, description="Cases that used it, beyond those of these kinds.")
    needs: list[Power] = Field(description="Powers of which it takes at least one.")
    fits: list[Condition] = Field(min_length=1)
    unfit: list[Condition] = Field(min_length=1)
    evidence_for: list[str] = Field(min_length=1, alias="for")
    evidence_against: list[str] = Field(min_length=1, alias="against")


class NetworkFit(Noun):
    """For which needs, levels, sectors and places a network of the library is."""

    network: str
    needs: list[Need] = Field(min_length=1)
    levels: list[str] = Field(min_length=1)
    sectors: list[str]
    places: list[str]
    cost: Literal["free", "paid", "not_stated"]


class SessionQuestion(Noun):
    """One question of a peer session, with the statement that prompts it. `when`: values that call for it; empty list: none said."""

    id: str
    part: str
    minutes: int
    ask: str
    prompt: str
    when: dict[Literal["obstacle", "stage"], list[str]] = Field(default_factory=dict)


class ToolsSpec(Spec):
    """All of it."""

    tools: list[Tool]
    networks: list[NetworkFit]
    obstacle_needs: dict[Obstacle, list[Need]]
    session: list[SessionQuestion]


class Reason(Noun):
    """Why a tool fits or does not: what you said, and what the library says."""

    said: str
    because: str
    citations: list[Citation]


class UsedBy(Noun):
    """A case of the library that used it, and how that ended."""

    source_id: str
    title: str
    outcome: str


class ToolFit(Noun):
    """One tool for one situation."""

    id: str
    name: str
    fit: Fit
    what: list[Citation]
    reasons_for: list[Reason]
    reasons_against: list[Reason]
    lacks_power: str = Field(default="", description="The powers it takes one of, where you hold none of them.")
    evidence_for: list[Citation]
    evidence_against: list[Citation]
    used_by: list[UsedBy]


class Toolkit(Noun):
    """All tools for one situation, those that fit first."""

    situation: Situation
    rubric: Rubric
    tools: list[ToolFit]
    how: str = HOW
    notes: list[str]


@lru_cache(maxsize=1)
def tools_spec() -> ToolsSpec:
    """The packaged data. Raises CorpusError."""
    return read_spec(NAME, ToolsSpec)


def choose_tools(situation: Situation, literature: Literature) -> Toolkit:
    """All tools with their verdicts. Raises InputError where the situation says nothing that a tool is chosen by."""
    if not any(situation.given(field) for field in ("obstacle", "level", "stage", "budget", "politics", "scale")):
        raise InputError(NOTHING_SAID)
    spec = tools_spec()
    fits = [_fit(tool, situation, literature) for tool in spec.tools]
    return Toolkit(
        situation=situation,
        rubric=rubric_of(NAME, spec.version),
        tools=sorted(fits, key=lambda each: (ORDER.index(each.fit), -len(each.reasons_for))),
        notes=[spec.ours],
    )


def _fit(tool: Tool, situation: Situation, literature: Literature) -> ToolFit:
    numbers = Numbers(literature)
    what = numbers.cite([tool.what])
    reasons_for, reasons_against = _reasons(tool.fits, situation, numbers), _reasons(tool.unfit, situation, numbers)
    lacks = bool(tool.needs and situation.powers is not None and not set(tool.needs) & set(situation.powers))
    if not reasons_for:
        fit: Fit = "does_not_fit" if reasons_against else "nothing_calls_for_it"
    else:
        fit = "fits_with_care" if reasons_against or lacks else "fits"
    return ToolFit(
        id=tool.id,
        name=tool.name,
        fit=fit,
        what=what,
        reasons_for=reasons_for,
        reasons_against=reasons_against,
        lacks_power=" or ".join(POWERS[power] for power in tool.needs) if lacks else "",
        evidence_for=numbers.cite(tool.evidence_for),
        evidence_against=numbers.cite(tool.evidence_against),
        used_by=_used_by(tool, literature),
    )


def _reasons(conditions: list[Condition], situation: Situation, numbers: Numbers) -> list[Reason]:
    found = []
    for condition in conditions:
        said = [value for value in situation.given(condition.field) if value in condition.values]
        if said:
            words = "; ".join(in_words(condition.field, value) for value in said)
            found.append(Reason(said=words, because=condition.because, citations=numbers.cite(condition.cited)))
    return found


def _used_by(tool: Tool, literature: Literature) -> list[UsedBy]:
    """Cases that the tool's data names, and those whose catalogue entry names a tool of its kinds, by title."""
    found = []
    for source in literature.library.sources().values():
        kinds = source.details.get("tool_kinds")
        named = isinstance(kinds, list) and bool(set(tool.kinds) & set(kinds))
        if source.kind == "case" and (named or source.id in tool.cases):
            outcome = OUTCOMES.get(str(source.details.get("outcome")), "not stated")
            found.append(UsedBy(source_id=source.id, title=source.title, outcome=outcome))
    return sorted(found, key=lambda each: each.title)

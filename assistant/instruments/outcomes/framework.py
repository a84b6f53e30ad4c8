"""An outcomes framework: mission goal, outcomes, and what is measured. Owns: its shape, strictly.

Does not own: reading files (see `reading.py`), judging it (see `lint.py`). Figures belong to the person who fills it in; where
one comes from the library, `cited` names the statement.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from assistant.instruments.outcomes.dates import When
from assistant.nouns import Noun

Frequency = Literal[
    "daily", "weekly", "monthly", "quarterly", "six-monthly", "yearly", "every two years", "less often", "one-off"
]
Line = Annotated[str, Field(min_length=1, max_length=300)]
Prose = Annotated[str, Field(max_length=1500)]
Identifier = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
Cited = Annotated[list[Annotated[str, Field(pattern=r"^[^#\s]+#[^#\s]+$", max_length=200)]], Field(max_length=12)]


class Part(Noun):
    """A part of a framework: frozen, unknown keys refused, no guessing of types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Baseline(Part):
    """Where the measure stood, when it was last known."""

    value: float
    unit: Line = Field(description="What the number counts, such as 'per cent of five-year-olds'.")
    date: When
    note: Prose = ""
    cited: Cited = Field(default_factory=list)


class Target(Part):
    """Where the measure is to stand, in the baseline's unit, by a date."""

    value: float
    date: When
    note: Prose = ""
    cited: Cited = Field(default_factory=list)


class Measure(Part):
    """What every measure says of itself."""

    id: Identifier
    name: Line
    baseline: Baseline | None = None
    target: Target | None = None
    source: Prose = Field(default="", description="Where the figures come from.")
    owner: Prose = Field(default="", description="Who answers for it: one person, role or body.")
    frequency: Frequency | None = None
    behaviour: Prose = Field(default="", description="Whose behaviour it reflects.")
    bodies: list[Line] = Field(default_factory=list, max_length=20, description="Who has to act for it to move.")
    note: Prose = ""
    cited: Cited = Field(default_factory=list)


class Indicator(Measure):
    """A measure of an outcome: of the change itself, or an early signal of it."""

    horizon: Literal["long_term", "early_signal"]
    sole_control: bool | None = Field(default=None, description="Whether one body alone can move it, whatever others do.")
    gameable: bool | None = Field(
        default=None, description="Whether the figure can be moved without the change. Not said counts as yes for a target."
    )
    gameable_because: Prose = ""


class Outcome(Part):
    """A change for people or places, not a thing that is delivered."""

    id: Identifier
    statement: Line
    for_whom: Prose = ""
    indicators: list[Indicator] = Field(default_factory=list, max_length=30)
    cited: Cited = Field(default_factory=list)


class LearningMeasure(Measure):
    """How fast we learn: what is to be found out, how long the loop is, what is decided on it."""

    question: Prose = ""
    loop_days: int | None = Field(default=None, ge=1, le=36_500, description="Days from something happening to a decision on it.")
    informs: Prose = Field(default="", description="The decision that it informs.")


class ParticipationMeasure(Measure):
    """Who takes part, and who shares the goal."""

    kind: Literal["participation", "shared_ownership"]
    who: Prose = ""


class CounterMetric(Measure):
    """What would show that a target was met without the change."""

    guards: list[Identifier] = Field(min_length=1, max_length=20, description="Ids of the indicators that it guards.")
    shows: Prose = Field(default="", description="The gaming or side effect that it would show.")


class Mission(Part):
    """The goal that everything below it serves."""

    goal: Line
    by: When | None = None
    place: Prose = ""
    owner: Prose = ""
    headline: Identifier | None = Field(default=None, description="The indicator that the graph at the end shows.")
    cited: Cited = Field(default_factory=list)


class Explanation(Part):
    """A finding that the author has seen and accepts, with the reason."""

    rule: Line
    at: Line = Field(description="The id of the outcome or measure, or 'mission' or 'framework'.")
    because: Annotated[str, Field(min_length=10, max_length=1500)]


class Framework(Part):
    """A whole outcomes framework."""

    title: Line
    mission: Mission
    outcomes: list[Outcome] = Field(min_length=1, max_length=20)
    learning: list[LearningMeasure] = Field(default_factory=list, max_length=20)
    participation: list[ParticipationMeasure] = Field(default_factory=list, max_length=20)
    counter_metrics: list[CounterMetric] = Field(default_factory=list, max_length=20)
    explained: list[Explanation] = Field(default_factory=list, max_length=100)
    notes: list[Prose] = Field(default_factory=list, max_length=30)

    @model_validator(mode="after")
    def _ids_are_its_own(self) -> Framework:
        seen: set[str] = set()
        for name in [outcome.id for outcome in self.outcomes] + [measure.id for measure in self.measures()]:
            if name in seen:
                raise ValueError(f"the id '{name}' is used twice: give each outcome and measure its own")
            seen.add(name)
        known = {indicator.id for indicator in self.indicators()}
        pointed = [(name, f"counter-metric '{c.id}' guards") for c in self.counter_metrics for name in c.guards]
        pointed += [(self.mission.headline, "the mission's headline is")] if self.mission.headline else []
        for name, says in pointed:
            if name not in known:
                raise ValueError(
                    f"{says} '{name}', and no indicator has that id. There are: {', '.join(sorted(known)) or 'none'}"
                )
        return self

    def indicators(self) -> list[Indicator]:
        """All indicators, in order."""
        return [indicator for outcome in self.outcomes for indicator in outcome.indicators]

    def measures(self) -> Iterator[Measure]:
        """All that is measured, in order."""
        yield from self.indicators()
        yield from self.learning
        yield from self.participation
        yield from self.counter_metrics

    def headline(self) -> Indicator | None:
        """The indicator of the graph at the end: the one named, else the first long-term one with a target, else the first."""
        indicators = self.indicators()
        named = [i for i in indicators if i.id == self.mission.headline]
        aimed = [i for i in indicators if i.horizon == "long_term" and i.target]
        long_term = [i for i in indicators if i.horizon == "long_term"]
        return next(iter([*named, *aimed, *long_term]), None)

    def references(self) -> list[str]:
        """Every statement of the library that it cites, each once, in order."""
        found: dict[str, None] = dict.fromkeys(self.mission.cited)
        for outcome in self.outcomes:
            found.update(dict.fromkeys(outcome.cited))
        for measure in self.measures():
            for figure in (measure, measure.baseline, measure.target):
                found.update(dict.fromkeys(figure.cited if figure else []))
        return list(found)

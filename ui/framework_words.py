"""A framework in short words, the same in pictures, tables and text. Owns: how a measure's figures and kinds are said. Pure."""

from __future__ import annotations

from assistant.instruments.outcomes.framework import (
    CounterMetric,
    Framework,
    Indicator,
    LearningMeasure,
    Measure,
    ParticipationMeasure,
)

NO_BASELINE = "No baseline yet"
KINDS = {"long_term": "Long-term indicator", "early_signal": "Early signal"}
SHARING = {"participation": "Participation", "shared_ownership": "Shared ownership"}


def figure(value: float) -> str:
    """A number as a reader writes it: 98,000, 20.5, 1."""
    whole = value == int(value) and abs(value) < 1e15
    return f"{int(value):,}" if whole else f"{value:,.4f}".rstrip("0").rstrip(".")


def baseline_words(measure: Measure) -> str:
    """Where it stands: `68.3 per cent of five-year-olds (2024/25)`, or that nobody knows yet."""
    known = measure.baseline
    return f"{figure(known.value)} {known.unit} ({known.date})" if known else NO_BASELINE


def target_words(measure: Measure) -> str:
    """Where it is to stand: `75 by 2028`, or that it is watched."""
    return f"{figure(measure.target.value)} by {measure.target.date}" if measure.target else "No target: watched"


def path_words(measure: Measure) -> str:
    """Both in a line."""
    if measure.target is None:
        return baseline_words(measure)
    return f"{baseline_words(measure)} → {target_words(measure)}"


def kind_words(measure: Measure) -> str:
    """What sort of measure it is."""
    if isinstance(measure, Indicator):
        return KINDS[measure.horizon]
    if isinstance(measure, ParticipationMeasure):
        return SHARING[measure.kind]
    return "Learning measure" if isinstance(measure, LearningMeasure) else "Counter-metric"


def extra_words(measure: Measure) -> str:
    """What only measures of its kind say."""
    if isinstance(measure, LearningMeasure):
        loop = f"Loop: {measure.loop_days:,} days" if measure.loop_days else "Loop: length not said"
        return f"{loop}. Decides: {measure.informs}" if measure.informs else f"{loop}."
    if isinstance(measure, CounterMetric):
        return f"Would show: {measure.shows}" if measure.shows else ""
    if isinstance(measure, ParticipationMeasure):
        return f"Who: {measure.who}" if measure.who else ""
    return path_words(measure)


def goal_words(framework: Framework) -> str:
    """Date and place of the goal."""
    parts = [f"By {framework.mission.by}" if framework.mission.by else "No date", framework.mission.place]
    return ". ".join(part for part in parts if part)


def groups(framework: Framework) -> list[tuple[str, list[Measure]]]:
    """The measures that belong to no outcome, under their headings; empty groups stay, so that their absence shows."""
    return [
        ("How fast we learn", list(framework.learning)),
        ("Who takes part, who shares the goal", list(framework.participation)),
        ("What would show gaming", list(framework.counter_metrics)),
    ]

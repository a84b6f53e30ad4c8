"""The checks of an outcomes framework. Owns: what each check looks at, and the findings: rule, place, the exact text. Pure.

Does not own: the words of the rules (data), or the library's statements behind them (see `review.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import Field

from assistant.instruments.outcomes.dates import on_the_line
from assistant.instruments.outcomes.framework import Framework, Indicator, LearningMeasure, Measure, Outcome
from assistant.instruments.outcomes.outputs import find_output, has_purpose
from assistant.instruments.outcomes.rules import OutcomesSpec, Severity
from assistant.nouns import Citation, Noun

SHORT_YEARS = 3.0  # a framework whose furthest target is nearer than this to its newest baseline is short-term
LONG_LOOP_DAYS = 365
WHOLE = "framework"
MISSION = "mission"


class Finding(Noun):
    """One thing that a check found."""

    rule: str
    title: str
    severity: Severity
    at: str = Field(description="Id of the outcome or measure, or 'mission' or 'framework'.")
    where: str = Field(description="The place in words.")
    field: str = Field(description="The field of that part whose text set it off; its name where another is missing.")
    text: str = Field(description="Exactly what stands there.")
    why: str
    mend: str
    cited: list[str]
    citations: list[Citation] = Field(default_factory=list)
    explained: str | None = None


@dataclass(frozen=True)
class Seen:
    """What a check saw: the rule, the part's id, where it stands, and the field whose exact text set it off."""

    rule: str
    at: str
    where: str
    field: str
    text: str
    hint: str = ""


def lint(framework: Framework, spec: OutcomesSpec) -> list[Finding]:
    """All findings, in the order of the framework. Those that the author explained carry the explanation."""
    explained = {(each.rule, each.at): each.because for each in framework.explained}
    found = [
        *_of_mission(framework, spec),
        *(seen for outcome in framework.outcomes for seen in _of_outcome(outcome, framework, spec)),
        *_of_guards(framework),
        *_of_learning(framework),
        *_of_sharing(framework),
    ]
    return [_finding(seen, spec, explained.get((seen.rule, seen.at))) for seen in found]


def unused_explanations(framework: Framework, findings: list[Finding]) -> list[str]:
    """Explanations of things that no check found: kept, but the author should know."""
    found = {(finding.rule, finding.at) for finding in findings}
    return [f"{each.rule} at {each.at}" for each in framework.explained if (each.rule, each.at) not in found]


def _finding(seen: Seen, spec: OutcomesSpec, explained: str | None) -> Finding:
    rule = spec.rule(seen.rule)
    return Finding(
        rule=rule.id,
        title=rule.title,
        severity=rule.severity,
        at=seen.at,
        where=seen.where,
        field=seen.field,
        text=seen.text,
        why=rule.why,
        mend=f"{seen.hint} {rule.mend}".strip(),
        cited=rule.cited,
        explained=explained,
    )


def _of_mission(framework: Framework, spec: OutcomesSpec) -> Iterator[Seen]:
    mission, headline = framework.mission, framework.headline()
    if text := find_output(mission.goal, spec.outputs):
        yield Seen("output-as-outcome", MISSION, "the mission's goal", "goal", text, _hint(mission.goal))
    if mission.by is None and not (headline and headline.target):
        yield Seen("goal-without-date", MISSION, "the mission's goal", "goal", mission.goal)
    if not mission.owner.strip():
        yield Seen("missing-owner", MISSION, "the mission", "goal", mission.goal)
    bodies = {_body(name, spec): name for indicator in framework.indicators() for name in _acting(indicator)}
    if len(bodies) == 1 and len(framework.outcomes) > 1:
        yield Seen("one-silo", WHOLE, "all outcomes", "bodies", next(iter(bodies.values())))
    yield from _of_horizon(framework)


def _of_horizon(framework: Framework) -> Iterator[Seen]:
    """A framework whose long-term targets all lie close to where it starts."""
    long_term = [i for i in framework.indicators() if i.horizon == "long_term"]
    targets = [i.target.date for i in long_term if i.target]
    starts = [i.baseline.date for i in long_term if i.baseline]
    if targets and starts:
        furthest = max(targets, key=on_the_line)
        if on_the_line(furthest) - max(map(on_the_line, starts)) < SHORT_YEARS:
            yield Seen("short-term-only", WHOLE, "all long-term targets", "target.date", furthest)


def _of_outcome(outcome: Outcome, framework: Framework, spec: OutcomesSpec) -> Iterator[Seen]:
    where = f"outcome “{outcome.statement}”"
    if text := find_output(outcome.statement, spec.outputs):
        yield Seen("output-as-outcome", outcome.id, where, "statement", text, _hint(outcome.statement))
    horizons = {indicator.horizon for indicator in outcome.indicators}
    if not horizons:
        yield Seen("no-indicator", outcome.id, where, "statement", outcome.statement)
    elif "long_term" not in horizons:
        yield Seen("short-term-only", outcome.id, where, "statement", outcome.statement)
    elif "early_signal" not in horizons:
        yield Seen("no-early-signal", outcome.id, where, "statement", outcome.statement)
    everywhere = {_body(name, spec) for indicator in framework.indicators() for name in _acting(indicator)}
    here = {_body(name, spec): name for indicator in outcome.indicators for name in _acting(indicator)}
    if len(here) == 1 and (len(everywhere) > 1 or len(framework.outcomes) == 1):
        yield Seen("one-silo", outcome.id, where, "bodies", next(iter(here.values())))
    for indicator in outcome.indicators:
        yield from _of_indicator(indicator, framework, spec)


def _of_indicator(indicator: Indicator, framework: Framework, spec: OutcomesSpec) -> Iterator[Seen]:
    where = f"{'long-term indicator' if indicator.horizon == 'long_term' else 'early signal'} “{indicator.name}”"
    yield from _of_measure(indicator, where)
    if indicator.baseline is None:
        yield Seen("missing-baseline", indicator.id, where, "name", indicator.name)
    if not indicator.behaviour.strip() and not indicator.bodies:
        yield Seen("missing-behaviour", indicator.id, where, "name", indicator.name)
    yield from _of_figures(indicator, where)
    if indicator.horizon == "long_term":
        if text := find_output(indicator.name, spec.outputs):
            yield Seen("output-as-outcome", indicator.id, where, "name", text, _hint(indicator.name))
        if indicator.target is None:
            yield Seen("missing-target", indicator.id, where, "name", indicator.name)
        alone = len(indicator.bodies) == 1 and _body(indicator.bodies[0], spec) == _body(indicator.owner, spec)
        if indicator.sole_control or (indicator.sole_control is None and alone):
            yield Seen("sole-control", indicator.id, where, "name", indicator.name)
    guarded = {name for counter in framework.counter_metrics for name in counter.guards}
    if indicator.target and indicator.gameable is not False and indicator.id not in guarded:
        yield Seen("no-counter-metric", indicator.id, where, "name", indicator.name)
    if indicator.gameable is False and not indicator.gameable_because.strip():
        yield Seen("not-gameable-unexplained", indicator.id, where, "name", indicator.name)


def _of_measure(measure: Measure, where: str) -> Iterator[Seen]:
    """What every measure is asked for."""
    if not measure.owner.strip():
        yield Seen("missing-owner", measure.id, where, "name", measure.name)
    if not measure.source.strip() or measure.frequency is None:
        yield Seen("missing-source", measure.id, where, "name", measure.name)


def _of_figures(measure: Measure, where: str) -> Iterator[Seen]:
    baseline, target = measure.baseline, measure.target
    if baseline and target:
        if on_the_line(target.date) <= on_the_line(baseline.date):
            yield Seen("target-before-baseline", measure.id, where, "target.date", target.date)
        if target.value == baseline.value and not target.note.strip():
            yield Seen("target-is-baseline", measure.id, where, "target.value", f"{target.value:g}")


def _of_guards(framework: Framework) -> Iterator[Seen]:
    for counter in framework.counter_metrics:
        yield from _of_measure(counter, f"counter-metric “{counter.name}”")


def _of_learning(framework: Framework) -> Iterator[Seen]:
    if not framework.learning:
        yield Seen("no-learning", WHOLE, "the framework", "goal", framework.mission.goal)
    for measure in framework.learning:
        where = f"learning measure “{measure.name}”"
        if not measure.owner.strip():
            yield Seen("missing-owner", measure.id, where, "name", measure.name)
        if measure.loop_days is None or not measure.informs.strip():
            yield Seen("loop-unknown", measure.id, where, "name", measure.name)
    if _all_slow(framework.learning):
        fastest = min(framework.learning, key=lambda each: each.loop_days or 0)
        yield Seen("slow-loop", WHOLE, "the learning measures", "loop_days", f"{fastest.loop_days}")


def _all_slow(measures: list[LearningMeasure]) -> bool:
    known = [each.loop_days for each in measures if each.loop_days is not None]
    return bool(known) and len(known) == len(measures) and min(known) > LONG_LOOP_DAYS


def _of_sharing(framework: Framework) -> Iterator[Seen]:
    kinds = {measure.kind for measure in framework.participation}
    if "participation" not in kinds:
        yield Seen("no-participation", WHOLE, "the framework", "goal", framework.mission.goal)
    if "shared_ownership" not in kinds:
        yield Seen("no-shared-ownership", WHOLE, "the framework", "goal", framework.mission.goal)
    for measure in framework.participation:
        if not measure.owner.strip():
            yield Seen("missing-owner", measure.id, f"participation measure “{measure.name}”", "name", measure.name)


def _acting(indicator: Indicator) -> list[str]:
    """Who moves it: the bodies named, else the owner."""
    return indicator.bodies or ([indicator.owner] if indicator.owner.strip() else [])


def _body(name: str, spec: OutcomesSpec) -> str:
    """A body's name without the words that do not tell it apart."""
    words = re.findall(r"\w+", name.casefold())
    told = [word for word in words if word not in spec.silo.ignore]
    return " ".join(told or words)


def _hint(text: str) -> str:
    return "You say it already, behind “so that”: start from there." if has_purpose(text) else ""

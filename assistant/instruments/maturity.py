"""The maturity assessment. Owns: levels and their spread from what respondents say, the weakest dimensions, what comes next.

Does not own: dimensions and levels (`corpus/instruments/maturity.yaml`), finding evidence (`maturity_evidence.py`), drift (`drift.py`).
A mark counts only with a quote or a named person's statement. The same answers give the same result.
"""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field

from assistant.errors import InputError
from assistant.instruments.assessment import (
    CANNOT_TELL,
    Assessment,
    CaseShown,
    GivenMark,
    MarkResult,
    Point,
    Result,
    number_citations,
)
from assistant.instruments.literature import Literature
from assistant.instruments.marks import Given, GivenAnswer, Respondent, confidence_of, looked_up, statements_of
from assistant.instruments.maturity_rating import WIDE, Rated, Said
from assistant.instruments.maturity_spec import Dimension, MaturitySpec
from assistant.instruments.own_document import OwnDocument
from assistant.instruments.spec import read_spec, rubric_of
from assistant.nouns import Noun

NAME = "maturity"
FEWEST_TOLD = 5  # of nine: below that there is no result
FIRST = 3  # the dimensions to begin with
MOST_RESPONDENTS = 50


class MaturityRespondent(Respondent):
    """One person with their marks: a dimension's id and the answer to it; one left out cannot be told."""

    marks: dict[str, Given] = Field(default_factory=dict)


class MaturityAnswers(Noun):
    """What is needed for the assessment."""

    subject: str = Field(default="", max_length=500, description="The mission or organisation that is assessed.")
    respondents: list[MaturityRespondent] = Field(default_factory=list, max_length=MOST_RESPONDENTS)


@lru_cache(maxsize=1)
def maturity_spec() -> MaturitySpec:
    """The assessment as it is packaged."""
    return read_spec(NAME, MaturitySpec)


def assess_maturity(answers: MaturityAnswers, literature: Literature, *, document: OwnDocument | None = None) -> Assessment:
    """The finished assessment. Raises InputError for unknown dimensions or levels and for quotes that are not the document's."""
    spec = maturity_spec()
    answers = _checked(answers, spec, document)
    rated = [_rate(dimension, answers.respondents) for dimension in spec.dimensions]
    first = _first(rated, spec)
    found = Assessment(
        instrument="maturity",
        rubric=rubric_of(NAME, spec.version),
        title=spec.title,
        subject=answers.subject.strip(),
        respondents=[r.name.strip() or f"Respondent {n}" for n, r in enumerate(answers.respondents, 1)],
        marks=[_mark(each, spec, literature) for each in rated],
        result=_result(rated, spec),
        strengths=[
            Point(text=_at(each, spec), criterion=each.dimension.id) for each in rated if (each.level or 0) >= spec.top - 1
        ],
        gaps=_gaps(rated, first, spec),
        next_steps=[
            Point(text=step.text, criterion=each.dimension.id, citations=literature.cite_all(step.cite))
            for each in first
            for step in each.steps()
        ],
        find_out=[f"{r.dimension.title}: {r.dimension.levels[1].look_at}" for r in rated if r.level is None],
        cases=[case for each in rated if (case := _case(each, literature))],
        notes=[spec.ours, *spec.notes],
        answers=answers.model_dump(mode="json"),
    )
    return number_citations(found)


def _checked(answers: MaturityAnswers, spec: MaturitySpec, document: OwnDocument | None) -> MaturityAnswers:
    known = [dimension.id for dimension in spec.dimensions]
    allowed = [*(str(level.number) for level in spec.levels), CANNOT_TELL]
    for respondent in answers.respondents:
        for name, answer in respondent.marks.items():
            if name not in known:
                raise InputError(f"The maturity assessment has no dimension '{name[:60]}'. It has: {', '.join(known)}.")
            if answer.mark not in allowed:
                raise InputError(f"'{answer.mark}' is no level of '{name}'. Give one of: {', '.join(allowed)}.")
    checked = [
        each.model_copy(update={"marks": {name: looked_up(answer, document) for name, answer in each.marks.items()}})
        for each in answers.respondents
    ]
    return answers.model_copy(update={"respondents": checked})


def _rate(dimension: Dimension, respondents: list[MaturityRespondent]) -> Rated:
    return Rated(
        dimension,
        [
            Said(each, each.name.strip() or f"Respondent {number}", each.marks.get(dimension.id, GivenAnswer()))
            for number, each in enumerate(respondents, 1)
        ],
    )


def _mark(rated: Rated, spec: MaturitySpec, literature: Literature) -> MarkResult:
    dimension, level = rated.dimension, rated.level
    return MarkResult(
        criterion=dimension.id,
        title=dimension.title,
        mark=str(level) if level else CANNOT_TELL,
        mark_words=spec.level_words(level) if level else "Cannot tell",
        confidence=rated.confidence,
        quotes=[quote for each in rated.said for quote in each.answer.quotes],
        statements=[statement for each in rated.said for statement in statements_of(each.answer, each.respondent)],
        reason=_reason(rated),
        missing="" if level else _missing(rated),
        would_change=f"Evidence of another level. {dimension.reason}",
        next_level=dimension.levels[level].describes if level and level < spec.top else "",
        literature=literature.cite_all(dimension.cite),
        given=[
            GivenMark(
                respondent=each.name,
                mark=str(each.level) if each.level else CANNOT_TELL,
                confidence=confidence_of(each.answer, each.respondent),
            )
            for each in rated.said
        ],
    )


def _reason(rated: Rated) -> str:
    if rated.level is None:
        return "No mark with a quote or a named person's statement was given."
    parts = [rated.dimension.levels[rated.level - 1].describes]
    if len(rated.levels) > 1:
        span = f"all at level {rated.levels[0]}" if not rated.spread else f"from level {rated.levels[0]} to {rated.levels[-1]}"
        parts.append(f"{len(rated.levels)} people gave a mark, {span}; the level shown is the middle one, the lower of two.")
    if rated.spread >= WIDE:
        parts.append("They see this differently: talk about it before using the level.")
    if rated.uncounted:
        parts.append(_named(rated.uncounted))
    return " ".join(parts)


def _missing(rated: Rated) -> str:
    if rated.uncounted:
        return f"{_named(rated.uncounted)} Add one."
    return f"{rated.dimension.ask} {rated.dimension.levels[1].look_at}"


def _named(said: list[Said]) -> str:
    names = ", ".join(each.name for each in said)
    return f"Without a quote and without a named person's statement, and so not counted: the mark of {names}."


def _first(rated: list[Rated], spec: MaturitySpec) -> list[Rated]:
    """The dimensions to begin with: the lowest levels, in the rubric's order where they are equal."""
    below = [each for each in rated if each.level is not None and each.level < spec.top]
    return sorted(below, key=lambda each: each.level or 0)[:FIRST]


def _at(rated: Rated, spec: MaturitySpec) -> str:
    level = rated.level or 1
    return f"{rated.dimension.title}. {spec.level_words(level)}. {rated.dimension.levels[level - 1].describes}"


def _gaps(rated: list[Rated], first: list[Rated], spec: MaturitySpec) -> list[Point]:
    weakest = [Point(text=_at(each, spec), criterion=each.dimension.id) for each in first if (each.level or 0) < spec.top - 1]
    apart = [
        Point(
            text=f"{each.dimension.title}. People see it differently, from level {each.levels[0]} to {each.levels[-1]}.",
            criterion=each.dimension.id,
        )
        for each in rated
        if each.spread >= WIDE
    ]
    return weakest + apart


def _case(rated: Rated, literature: Literature) -> CaseShown | None:
    up = rated.up()
    if up is None or rated.level is None:
        return None
    citations = literature.cite_all([up.case.case, *up.case.more])
    if not citations:
        return None
    return CaseShown(
        source_id=citations[0].source_id,
        title=citations[0].title,
        side=f"{rated.dimension.title}: what level {rated.level + 1} can look like",
        why=up.case.why,
        criterion=rated.dimension.id,
        citations=citations,
    )


def _result(rated: list[Rated], spec: MaturitySpec) -> Result:
    told = [each for each in rated if each.level is not None]
    counted = f"{len(told)} of {len(rated)} dimensions can be told."
    if len(told) < FEWEST_TOLD:
        return Result(
            key=CANNOT_TELL,
            headline=f"It cannot be told yet: {len(told)} of {len(rated)} dimensions have a mark that counts.",
            because=[f"At least {FEWEST_TOLD} are needed. A mark counts with a quote or a named person's statement."],
        )
    levels = sorted(each.level or 0 for each in told)
    middle = levels[(len(levels) - 1) // 2]
    low = [each.dimension.title for each in told if each.level == levels[0]]
    high = [each.dimension.title for each in told if each.level == levels[-1]]
    headline = (
        f"All that can be told stands at level {middle} of {spec.top}."
        if levels[0] == levels[-1]
        else f"Strongest: {_listed(high)} (level {levels[-1]}). Weakest: {_listed(low)} (level {levels[0]})."
    )
    apart = [each.dimension.title for each in told if each.spread >= WIDE]
    because = [counted, f"Half of them or more stand at level {middle} or below: {spec.levels[middle - 1].means}"]
    if apart:
        because.append(f"People differ by {WIDE} levels or more on: {_listed(apart)}.")
    return Result(key=f"level-{middle}", headline=headline, because=because, score=float(middle))


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{'; '.join(names[:-1])} and {names[-1]}"

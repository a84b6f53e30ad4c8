"""The questions of litmus test and maturity assessment as every door asks them. Owns: turning a rubric into questions. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.instruments.litmus import litmus_test
from assistant.instruments.maturity import maturity_spec
from assistant.instruments.maturity_evidence import Proposal
from ui.assess_interview import Asked, Choice


def litmus_questions() -> list[Asked]:
    """The questions of the litmus test."""
    return [
        Asked(q.id, q.title, q.ask, q.reason, [Choice(option.id, option.words) for option in q.marks])
        for q in litmus_test().spec.questions
    ]


def maturity_questions(proposals: Sequence[Proposal] = ()) -> list[Asked]:
    """The dimensions of the maturity assessment, with what the person's document may say on each."""
    found = {proposal.dimension: proposal.quotes for proposal in proposals}
    spec = maturity_spec()
    return [
        Asked(
            dimension.id,
            dimension.title,
            dimension.ask,
            dimension.reason,
            [
                Choice(str(level.number), f"{level.name}. {of.describes}")
                for level, of in zip(spec.levels, dimension.levels, strict=True)
            ],
            found.get(dimension.id, []),
        )
        for dimension in spec.dimensions
    ]

"""Which results a set of marks leaves open. Owns: the rules of the litmus test worked out for every combination of marks at once.

Does not own: the rules themselves, or wording. One array with an axis a question (about nine thousand cells) is made once.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from assistant.instruments.litmus_spec import LitmusSpec, Question


class ResultTable:
    """The number of the first rule that holds, for every combination of marks."""

    def __init__(self, spec: LitmusSpec) -> None:
        self._spec = spec
        self._axes = {question.id: axis for axis, question in enumerate(spec.questions)}
        shape = tuple(len(question.marks) for question in spec.questions)
        conditions = np.zeros(shape, dtype=np.int64)
        for question in spec.questions:
            conditions = conditions + self._along(question, [bool(option.condition) for option in question.marks]).astype(
                np.int64
            )
        self._rules = np.full(shape, len(spec.rules) - 1, dtype=np.int64)
        for number in reversed(range(len(spec.rules) - 1)):
            rule = spec.rules[number]
            holds = conditions >= rule.conditions_at_least
            for name, wanted in rule.when.items():
                question = spec.question(name)
                holds = holds & self._along(question, [option.id in wanted for option in question.marks])
            self._rules[holds] = number

    def rules_left(self, marks: Mapping[str, str]) -> list[int]:
        """Numbers of the rules that may still be the first to hold, in their order; a mark the question lacks leaves it open."""
        cell = tuple(
            slice(None) if (place := _place(question, marks.get(question.id, ""))) is None else place
            for question in self._spec.questions
        )
        return [int(number) for number in np.unique(self._rules[cell])]

    def results_left(self, marks: Mapping[str, str]) -> list[str]:
        """Keys of the results that are still possible, in the order of the rules."""
        return list(dict.fromkeys(self._spec.rules[number].key for number in self.rules_left(marks)))

    def _along(self, question: Question, values: list[bool]) -> np.ndarray:
        shape = [1] * len(self._axes)
        shape[self._axes[question.id]] = len(values)
        return np.array(values, dtype=bool).reshape(shape)


def _place(question: Question, mark: str) -> int | None:
    return next((place for place, option in enumerate(question.marks) if option.id == mark), None)

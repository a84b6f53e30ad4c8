"""What a scorer says. Owns: the verdict on one case, the figure made of many, curves, and what a suite gives back. Does not own:
scoring.

A verdict is pass, fail or unscored. A crash is a fail that says so, stays in the denominator and is counted apart. No data is
"not scored"
(a figure whose value is None), never 1.0; a number that is none (nan, infinity) is refused.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Decision = Literal["pass", "fail", "unscored"]
PRODUCT = "product"


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class CaseVerdict(_Value):
    """One measure of one case. `system` is the product or a named dummy; `group`: the question that intervals are drawn by."""

    suite: str
    measure: str
    case: str
    verdict: Decision
    scorer: str
    version: str
    system: str = PRODUCT
    group: str = ""
    value: float | None = Field(default=None, description="0 to 1; None stands for 1 on a pass and 0 on a fail.")
    crashed: bool = False
    reason: str = ""
    tags: dict[str, str] = Field(
        default_factory=dict, description="What figures are broken down by, such as kind and difficulty."
    )

    @property
    def number(self) -> float:
        """What enters the mean."""
        return self.value if self.value is not None else float(self.verdict == "pass")


class Figure(_Value):
    """A measure over many cases with its 95 % interval. `value` is None where nothing was scored."""

    suite: str
    measure: str
    system: str = PRODUCT
    part: str = Field(default="", description="The whole when empty, else one tag's value, such as 'kind: cost'.")
    value: float | None
    low: float | None = None
    high: float | None = None
    cases: int = 0
    passed: int = 0
    failed: int = 0
    crashed: int = 0
    unscored: int = 0
    varies: bool = Field(default=False, description="Whether its cases differ in value.")
    note: str = ""


class Curve(_Value):
    """Points for a plot: x and y from 0 to 1, and how many cases stand behind each."""

    suite: str
    name: str
    system: str = PRODUCT
    points: list[tuple[float, float, int]]


class SuiteResult(_Value):
    """What a suite gives: verdicts, figures that are no plain mean of verdicts, and curves."""

    verdicts: list[CaseVerdict] = Field(default_factory=list)
    figures: list[Figure] = Field(default_factory=list)
    curves: list[Curve] = Field(default_factory=list)

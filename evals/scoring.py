"""Making verdicts. Owns: one scorer's name and version on every verdict, and the same treatment of crashes everywhere. Does not
own: any rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evals.product import Found, Recorded
from evals.verdicts import PRODUCT, CaseVerdict

REFUSALS = frozenset({"no_evidence", "needs_clarification", "opinion", "out_of_scope", "blocked"})
ERRORS = frozenset({"error_model", "error_index"})


@dataclass(frozen=True)
class Scorer:
    """Writes the verdicts of one suite."""

    suite: str
    version: str

    def say(
        self, measure: str, case: str, *, ok: bool, value: float | None = None, system: str = PRODUCT, group: str = "",
        reason: str = "", tags: Mapping[str, str] | None = None,
    ) -> CaseVerdict:  # fmt: skip
        """Pass or fail."""
        return CaseVerdict(
            suite=self.suite,
            measure=measure,
            case=case,
            verdict="pass" if ok else "fail",
            value=value,
            system=system,
            group=group or case,
            reason="" if ok else reason,
            tags=dict(tags or {}),
            scorer=f"{self.suite}: {measure}",
            version=self.version,
        )

    def unscored(self, measure: str, case: str, reason: str, *, system: str = PRODUCT, group: str = "") -> CaseVerdict:
        """No verdict, and why."""
        return self.say(measure, case, ok=False, system=system, group=group).model_copy(
            update={"verdict": "unscored", "reason": reason}
        )

    def lost(
        self, measure: str, case: str, what: Recorded | Found, *, group: str = "", tags: Mapping[str, str] | None = None
    ) -> CaseVerdict:
        """What has no answer: a crash is a fail, anything else is unscored."""
        if what.crashed:
            return self.say(measure, case, ok=False, group=group, reason=what.reason, tags=tags).model_copy(
                update={"crashed": True}
            )
        return self.unscored(measure, case, what.reason, group=group)


def refused(recorded: Recorded) -> bool:
    """Whether the answer is a refusal. An error is none."""
    return recorded.answer is not None and recorded.answer.outcome in REFUSALS


def as_crash(recorded: Recorded) -> Recorded:
    """An outage reported as an outcome counts as a crash, for it is no answer and no refusal."""
    if recorded.answer is not None and recorded.answer.outcome in ERRORS:
        return Recorded(recorded.asked, crashed=True, reason=f"the outcome is {recorded.answer.outcome}")
    return recorded

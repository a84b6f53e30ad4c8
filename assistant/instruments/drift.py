"""How a repeated assessment moved. Owns: the marks of its versions in order, and what may not be compared.

Does not own: storing versions (`assistant/library/works.py`), the picture.
"""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from assistant.instruments.assessment import Assessment
from assistant.nouns import Noun


class DriftLine(Noun):
    """One criterion over the versions: its level in each, None where it could not be told."""

    criterion: str
    title: str
    levels: list[int | None]
    changed: int | None = Field(description="Levels from the first told to the last told version; None with fewer than two.")


class Drift(Noun):
    """All criteria over the versions of one work."""

    dates: list[str] = Field(description="The day of each version, oldest first: ISO 8601.")
    lines: list[DriftLine]
    warnings: list[str] = Field(default_factory=list)


def drift_of(versions: Sequence[Assessment]) -> Drift:
    """The drift over assessments with levels, oldest first."""
    lines = []
    for mark in versions[-1].marks if versions else []:
        levels = [_level(version, mark.criterion) for version in versions]
        told = [level for level in levels if level is not None]
        changed = told[-1] - told[0] if len(told) > 1 else None
        lines.append(DriftLine(criterion=mark.criterion, title=mark.title, levels=levels, changed=changed))
    dates = [version.receipt.created_at[:10] if version.receipt else "" for version in versions]
    return Drift(dates=dates, lines=lines, warnings=_warnings(versions))


def _level(version: Assessment, criterion: str) -> int | None:
    mark = next((m.mark for m in version.marks if m.criterion == criterion), "")
    return int(mark) if mark.isdigit() else None


def _warnings(versions: Sequence[Assessment]) -> list[str]:
    found = []
    if len({version.rubric.version for version in versions}) > 1:
        found.append("The rubric changed between the versions, so levels may not compare.")
    if len({tuple(sorted(version.respondents)) for version in versions}) > 1:
        found.append("Other people answered in some versions, so a change may be theirs and not the mission's.")
    return found

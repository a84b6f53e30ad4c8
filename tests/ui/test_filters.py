"""What evidence may come from, as a person chooses it."""

from __future__ import annotations

import pytest
from made_answers import source

from assistant.errors import InputError
from ui.filters import SourceFilter, allowed_ids, matching

WALES = source(id="wales", place="Wales, United Kingdom", year=2015, themes=["governance"], evidence_type="audit")
FINLAND = source(id="finland", place="Finland", year=2022, themes=["defining"], evidence_type="evaluation", kind="note")
MINE = source(id="mine", origin="user", kind="original", year=None)
ALL = [WALES, FINLAND, MINE]


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        (SourceFilter(), ["wales", "finland", "mine"]),
        (SourceFilter(themes=["governance"]), ["wales"]),
        (SourceFilter(kinds=["note"]), ["finland"]),
        (SourceFilter(place="united kingdom"), ["wales"]),
        (SourceFilter(year_from=2016), ["finland"]),
        (SourceFilter(year_to=2016), ["wales"]),
        (SourceFilter(year_from=2015, year_to=2022), ["wales", "finland"]),
        (SourceFilter(evidence_types=["audit"]), ["wales"]),
        (SourceFilter(mine=True), ["mine"]),
        (SourceFilter(source_ids=["mine", "wales"]), ["wales", "mine"]),
    ],
)
def test_each_choice_narrows_the_sources(narrowed: SourceFilter, found: list[str]) -> None:
    assert [each.id for each in matching(ALL, narrowed)] == found


def test_no_choice_means_no_limit() -> None:
    assert allowed_ids(ALL, SourceFilter()) == ()


def test_choices_that_leave_nothing_are_refused_and_do_not_mean_everything() -> None:
    with pytest.raises(InputError, match="Take one away"):
        allowed_ids(ALL, SourceFilter(themes=["governance"], mine=True))

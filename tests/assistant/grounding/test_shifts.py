"""A sentence that keeps its source's words and changes what they say is refused; one that says the same in other words is not."""

from __future__ import annotations

import pytest

from assistant.grounding.clauses import clauses
from assistant.grounding.meaning import changes_of_meaning

FALL = "From 2008 to 2022 homelessness in Finland fell by about 54 per cent, after some cities built homes."
HOMICIDE = "Homicide fell by 37 per cent in Scotland and by 22 per cent in England."
PLAN = "The bank was to lend up to £250 million by 2030, and critics may oppose it."


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Homelessness in Finland rose by about 54 per cent.", FALL),
        ("Homelessness in Finland fell by more than 54 per cent.", FALL),
        ("Homelessness in Finland fell by exactly 54 per cent.", FALL),
        ("Homelessness in Finland fell because all cities built homes.", FALL),
        ("From 2022 to 2008 homelessness in Finland fell by about 54 per cent.", FALL),
        ("Homelessness in Finland fell by about 54 per cent, the best result of any country.", FALL),
        ("Homelessness in Finland fell by about 54 per cent, and unions praised the savings.", FALL),
        ("The bank lent £250 million by 2030.", PLAN),
        ("The bank was to lend at least £250 million by 2030.", PLAN),
        ("Supporters may oppose it, and the bank was to lend up to £250 million.", PLAN),
        ("The bank will lend up to £250 million.", "The bank could lend up to £250 million."),
        ("Cities without goals did well.", "Cities with goals did well."),
        ("Sweden's plan failed in Stockholm.", "Norway's plan failed in Stockholm, and Sweden's goal was met."),
        ("Homicide fell by 22 per cent in Scotland and by 37 per cent in England.", HOMICIDE),
    ],
)
def test_a_change_of_meaning_is_seen(claim: str, source: str) -> None:
    assert changes_of_meaning(claim, source)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        (FALL, FALL),
        ("Finland's homelessness dropped by around 54 per cent from 2008 to 2022.", FALL),
        ("By 2030 the bank was expected to lend £250 million at most.", PLAN),
        ("Critics could oppose it.", PLAN),
        ("Homelessness fell by over a third.", "Homelessness fell by more than a third."),
    ],
)
def test_the_same_in_other_words_is_let_through(claim: str, source: str) -> None:
    assert changes_of_meaning(claim, source) == []


def test_a_compound_sentence_is_cut_only_where_each_part_names_its_subject() -> None:
    assert clauses("Finland cut homelessness by half, while Denmark cut its emissions by half.") == [
        "Finland cut homelessness by half.",
        "Denmark cut its emissions by half.",
    ]
    assert clauses("Finland cut homelessness by half, and then it rose again.") == [
        "Finland cut homelessness by half, and then it rose again."
    ]

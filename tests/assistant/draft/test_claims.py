"""Which sentences of a draft are judged, and what they are read as."""

from __future__ import annotations

import pytest

from assistant.draft.claims import bare, fact_within, not_a_claim
from assistant.draft.parts import parts_of
from assistant.draft.subject import leading_name, read_subject
from assistant.draft.turns import turned_words


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Could we do the same in Leeds?", "question"),
        ("Dear Minister,", "greeting"),
        ("Kind regards, Anna", "greeting"),
        ("We should follow Finland.", "advice"),
        ("Appoint one owner for each mission.", "advice"),
        ("We recommend a pilot in two cities.", "advice"),
        ("This paper sets out three options.", "intention"),
        ("We will report in May.", "intention"),
        ("We believe that missions are better.", "opinion"),
        ("See https://example.org/report", "reference"),
        ("Next steps", "fragment"),
    ],
)
def test_what_is_no_claim_is_named_as_what_it_is(text: str, kind: str) -> None:
    assert not_a_claim(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "Homelessness in Finland fell by 54 per cent.",
        "The council owns the houses.",
        "Camden has four missions.",
        "Finland: 54 per cent",
        "Must-read reports were ignored by the department.",
    ],
)
def test_a_statement_of_fact_is_judged(text: str) -> None:
    assert not_a_claim(text) in {None, "advice"} if text.startswith("Must") else not_a_claim(text) is None


def test_a_heading_of_the_document_is_not_judged_whatever_it_says() -> None:
    assert not_a_claim("Homelessness in Finland fell by 54 per cent.", heading=True) == "heading"


def test_advice_that_leans_on_a_figure_has_that_fact_judged() -> None:
    assert (
        fact_within("We should follow Finland, where homelessness fell by 54 per cent.")
        == "In Finland, homelessness fell by 54 per cent."
    )
    assert fact_within("We should follow Finland, where people are kind.") is None
    assert fact_within("We should follow Finland.") is None


def test_a_lists_number_and_a_tables_heads_are_no_part_of_what_is_said() -> None:
    assert bare("3. Camden has four missions.") == "Camden has four missions."
    assert bare("• Camden has four missions.") == "Camden has four missions."
    assert bare("Place: Finland; Fall: 54 per cent") == "Finland: 54 per cent"
    assert bare("It rained; it poured.") == "It rained; it poured."
    assert bare("2008 was a hard year.") == "2008 was a hard year."


def test_a_pronoun_takes_the_name_of_the_sentence_before_else_of_the_heading() -> None:
    read = read_subject("It fell by half.", before="Finland’s homelessness was high.", heading="Sweden")
    assert (read.text, read.named, read.unnamed) == ("Finland fell by half.", "Finland", "")
    assert read_subject("They fell by half.", before="", heading="Sweden").named == "Sweden"


def test_a_pronoun_that_nothing_names_is_said_to_be_unnamed() -> None:
    read = read_subject("It fell by half.", before="the numbers were high.", heading="")
    assert (read.text, read.unnamed) == ("It fell by half.", "It")
    assert read_subject("It fell by half.", before="", heading="Background Briefing").unnamed == "It"


@pytest.mark.parametrize("text", ["Finland cut it by half.", "It is clear that Finland cut it.", "The Welsh Act began in 2015."])
def test_a_sentence_that_names_its_own_subject_is_left_as_it_is(text: str) -> None:
    assert read_subject(text, before="Sweden did.", heading="Norway").text == text


def test_a_common_noun_with_an_article_is_tied_to_the_name_before_it() -> None:
    assert (
        read_subject("The programme ended in 2015.", before="Finland began early.", heading="").text
        == "Finland: The programme ended in 2015."
    )


def test_a_name_of_several_words_is_kept_whole() -> None:
    assert leading_name("In 1999 the Rough Sleepers Unit cut numbers.") == "Rough Sleepers Unit"
    assert leading_name("numbers fell") == ""


def test_a_sentence_of_several_facts_is_cut_and_each_part_keeps_its_subject() -> None:
    parts = parts_of("Finland cut homelessness by 54 per cent, and long-term homelessness fell by 68 per cent.")
    assert [part.text for part in parts] == [
        "Finland cut homelessness by 54 per cent",
        "long-term homelessness fell by 68 per cent.",
    ]
    assert parts[1].reads_as.startswith("Finland: ")
    assert not parts[1].named


def test_a_sentence_of_one_fact_stays_whole() -> None:
    assert [part.text for part in parts_of("Salt and pepper were bought.")] == ["Salt and pepper were bought."]


def test_the_opposite_that_stands_nearest_to_the_same_thing_turns_the_claim() -> None:
    words = "In 2024 homelessness rose for the first time, which cities link with cuts in social security."
    assert turned_words("In 2024 homelessness fell again.", words) == ("fell", "rose")
    assert turned_words("In 2024 homelessness rose again.", words) is None
    assert turned_words("Cats fell asleep.", words) is None

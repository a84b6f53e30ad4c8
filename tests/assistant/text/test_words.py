"""Words and stems."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.words import content_words, stem, stems, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The council's long-term plan", ["the", "council", "long", "term", "plan"]),
        ("Don’t", ["don't"]),
        ("pro\u00adgramme", ["programme"]),
        ("ﬁnal oﬃce", ["final", "office"]),
        ("cafe\u0301", ["café"]),
        ("46% of 1,200", ["46", "of", "1", "200"]),
        ("", []),
    ],
)
def test_a_text_is_read_into_words(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_content_words_leave_out_what_carries_no_subject() -> None:
    assert content_words("It is the 5 councils that did not do it") == ["5", "councils"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("mission", "missions"), ("govern", "governing"), ("policy", "policies"), ("evaluate", "evaluation"), ("reduce", "reduced")],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["2024", "uk", "plan"])
def test_short_words_and_figures_keep_their_form(word: str) -> None:
    assert stem(word) == word


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    assert all(word == word.lower() for word in words(text))
    assert stems(text) == {stem(w) for w in content_words(text)}

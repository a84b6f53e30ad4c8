"""Sentences: exact offsets, and ends where a reader would end them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.text.sentences import sentence_spans


def parts(text: str) -> list[str]:
    return [text[a:b] for a, b in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("It cost £1.2bn. It worked.", ["It cost £1.2bn.", "It worked."]),
        ("See p. 5 for more. It worked.", ["See p. 5 for more.", "It worked."]),
        ("Dr. Smith agreed. So did J. Jones.", ["Dr. Smith agreed.", "So did J. Jones."]),
        ("A line\nand another", ["A line", "and another"]),
        ("It worked.[3] It did.", ["It worked.[3]", "It did."]),
        ("“It worked.” She left.", ["“It worked.”", "She left."]),
        ("It worked (in part.) She left.", ["It worked (in part.)", "She left."]),
        ("1. Do this. 2. Do that.", ["1. Do this.", "2. Do that."]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_a_text_is_cut_where_a_reader_would_cut_it(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@settings(max_examples=200)
@given(
    st.text(
        alphabet=st.one_of(st.sampled_from('aB .!?\n"”’)(]1[🏠é\u0301'), st.characters(exclude_categories=["Cs"])), max_size=60
    )
)
def test_sentences_are_in_order_trimmed_and_leave_no_words_out(text: str) -> None:
    spans = sentence_spans(text)
    assert all(a < b for a, b in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert all(not text[a].isspace() and not text[b - 1].isspace() for a, b in spans)
    left = set(range(len(text))) - {i for a, b in spans for i in range(a, b)}
    assert all(text[i].isspace() for i in left)

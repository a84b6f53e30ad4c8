"""Folding: typography falls away, nothing else does, and every folded character knows where it came from."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.folding import fold, fold_with_map, locate

TYPOGRAPHIC = st.text(
    alphabet=st.one_of(
        st.sampled_from("aeéﬁﬃ’'“\"–-…\u00ad\u200b \n\u00a0\u0301\u0308ßẞİı½²ﬀ🏠\u200d가각\u1100\u1161"), st.characters()
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Yes”", '"Yes"'), ("it’s", "it's"), ("ﬁnal oﬃce", "final office"), ("pro\u00adgramme", "programme"), ("a – b — c",
        "a - b - c"), ("A  B\n\tC", "a b c"),
        ("cafe\u0301", "café"), ("…", "..."), ("STRASSE", "straße"), ("\u1112\u1161\u11ab", "한"), ("zero\u200bwidth",
        "zerowidth"), ("`quoted´", "'quoted'"),
    ],
)  # fmt: skip
def test_what_differs_in_typography_alone_folds_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("cafe", "café"), ("80 kW", "50 kW"), ("not so", "so"), ("1.5", "15"), ("a b", "ab")])
def test_what_differs_otherwise_does_not(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(TYPOGRAPHIC)
def test_the_fast_way_and_the_mapped_way_agree(text: str) -> None:
    assert fold(text) == fold_with_map(text).text


@given(TYPOGRAPHIC)
def test_each_folded_character_has_its_place_in_order(text: str) -> None:
    folded = fold_with_map(text)
    assert len(folded.origin) == len(folded.text) + 1
    assert list(folded.origin) == sorted(folded.origin)
    assert folded.origin[-1] == len(text)


@given(TYPOGRAPHIC, TYPOGRAPHIC, TYPOGRAPHIC)
def test_what_is_located_folds_to_what_was_sought(before: str, words: str, after: str) -> None:
    text = before + words + after
    place = locate(words, text)
    if place is not None:
        start, end = place
        assert 0 <= start < end <= len(text)
        assert fold(text[start:end]).strip() == fold(words).strip()


@given(st.text(alphabet="ab é’“ﬁ", min_size=1, max_size=12), st.text(alphabet="xyz ", max_size=8))
def test_words_are_found_where_they_stand(words: str, other: str) -> None:
    if words.strip():
        assert locate(words, other + words + other) is not None


@pytest.mark.parametrize("quote", ["", " ", "\n", "\u00ad", "\u200b \u200b"])
def test_an_empty_quote_is_nowhere(quote: str) -> None:
    assert locate(quote, "a \u00ad b") is None


@pytest.mark.parametrize(("quote", "text"), [("inal", "ﬁnal"), ("cafe", "cafe\u0301"), ("wait.", "wait…"), ("f", "ﬁ")])
def test_nothing_is_found_inside_a_character(quote: str, text: str) -> None:
    assert locate(quote, text) is None


def test_offsets_stay_exact_behind_emoji_and_combining_marks() -> None:
    text = "👩‍👩‍👧 e\u0301e\u0301 The cafe\u0301 grew."
    start, end = locate("café grew", text) or (0, 0)
    assert unicodedata.normalize("NFC", text[start:end]) == "café grew"

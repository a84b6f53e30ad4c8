"""The grounder: exact offsets always, and nothing shown that is not proved."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.grounding.ground import Grounder, Pointer, Proposal
from assistant.nouns import Evidence, Locator, Passage, Sentence, Source, Verdict
from assistant.text.sentences import sentence_spans

SOURCE = Source(id="s", title="A report", kind="original", origin="user")


def evidence(text: str, passage_id: str = "p1") -> Evidence:
    passage = Passage(
        id=passage_id,
        source_id="s",
        ordinal=0,
        text=text,
        start=0,
        end=len(text),
        locator=Locator(),
        sentences=sentence_spans(text),
    )
    return Evidence(rank=1, score=1.0, found_by=["words"], similarity=0.5, passage=passage, source=SOURCE)


def ground(text: str, quote: str, passage: str, start: int | None = None) -> tuple[Sentence | None, Verdict]:
    grounder = Grounder({"p1": evidence(passage)})
    return grounder.ground(Proposal(text, "finding", (Pointer("p1", quote, start),)))


def cited(sentence: Sentence | None, passage: str) -> str:
    assert sentence is not None
    (citation,) = sentence.citations
    assert citation.quote == passage[citation.start : citation.end]
    return citation.quote


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("It's a “mission”.", "Before. It’s a \"mission\". After."),
        ("The final office count fell.", "Before. The ﬁnal oﬃce count fell. After."),
        ("The programme grew.", "Before. The pro\u00adgramme grew. After."),
        ("The café grew.", "🏠👩‍👩‍👧 e\u0301 Before. The cafe\u0301 grew. After."),
        ("The programme grew fast.", "Before. The programme\n  grew\u00a0fast. After."),
        ("THE PROGRAMME GREW.", "Before. The programme grew. After."),
        ("The long-term plan grew.", "Before. The long‑term plan grew. After."),
    ],
)  # fmt: skip
def test_typography_is_looked_through_and_offsets_stay_exact(quote: str, passage: str) -> None:
    sentence, verdict = ground(quote, quote, passage)
    assert verdict.status == "quoted"
    words = cited(sentence, passage)
    assert not words.startswith("Before")
    assert words.endswith(".")
    assert "After" not in words


@pytest.mark.parametrize(
    ("text", "quote", "passage", "reason"),
    [
        ("Costs fell.", "Costs fell.", "Costs did not fall.", "not in passage"),
        ("Costs fell.", "", "Costs fell.", "empty quote"),
        ("Costs fell.", " \n", "Costs fell.", "empty quote"),
        ("Costs fell.", "Costs fell. Crime fell.", "Costs fell.", "not in passage"),
        ("It cost 50.", "50", "It cost 1,150.", "not in passage"),
        ("ten", "ten", "It is often so.", "not in passage"),
        ("5 per cent", "5 per cent", "It was 1.5 per cent.", "not in passage"),
        ("5%", "5%", "It was -5%.", "not in passage"),
        ("The scheme cut crime", "The scheme cut crime", "It is not true that the scheme cut crime.", "denies"),
        ("cut crime", "cut crime", "The scheme did not cut crime.", "denies"),
        ("The cafe grew.", "The cafe", "The cafe\u0301 grew.", "not in passage"),
        ("Costs fell by 5%.", "Costs fell by 6%.", "Costs fell by 6%.", "figure"),
    ],
)  # fmt: skip
def test_what_is_not_proved_is_not_shown(text: str, quote: str, passage: str, reason: str) -> None:
    sentence, verdict = ground(text, quote, passage)
    assert sentence is None
    assert verdict.status == "unsupported"
    assert not verdict.shown
    assert reason in " ".join(verdict.problems)


def test_a_quote_across_two_passages_is_nowhere() -> None:
    grounder = Grounder({"p1": evidence("Costs fell"), "p2": evidence("by half.", "p2")})
    sentence, verdict = grounder.ground(Proposal("Costs fell by half.", "finding", (Pointer("p1", "Costs fell by half."),)))
    assert sentence is None
    assert "the quote is not in passage 'p1'" in verdict.problems


@pytest.mark.parametrize("passage_id", ["p2", "", "P1", "p1 "])
def test_a_passage_that_was_not_shown_supports_nothing(passage_id: str) -> None:
    sentence, verdict = Grounder({"p1": evidence("Costs fell.")}).ground(
        Proposal("Costs fell.", "finding", (Pointer(passage_id, "Costs fell."),))
    )
    assert sentence is None
    assert "was not among the evidence" in verdict.problems[0]


def test_one_bad_pointer_spoils_the_sentence() -> None:
    pointers = (Pointer("p1", "Costs fell."), Pointer("invented", "Costs fell."))
    assert Grounder({"p1": evidence("Costs fell.")}).ground(Proposal("Costs fell.", "finding", pointers))[0] is None


def test_a_sentence_that_cites_nothing_is_not_shown() -> None:
    assert Grounder({"p1": evidence("Costs fell.")}).ground(Proposal("Costs fell.", "finding", ()))[0] is None


@pytest.mark.parametrize(("start", "expected"), [(None, 0), (0, 0), (12, 12), (24, 24), (23, 24), (99, 24), (-12, 0)])
def test_of_a_quote_that_stands_twice_the_place_named_is_cited(start: int | None, expected: int) -> None:
    sentence, _ = ground("Costs fell.", "Costs fell.", "Costs fell. Costs fell. Costs fell.", start)
    assert sentence is not None
    assert sentence.citations[0].start == expected


def test_the_same_place_cited_twice_is_one_citation() -> None:
    pointers = (Pointer("p1", "Costs fell."), Pointer("p1", "costs  fell."))
    sentence, _ = Grounder({"p1": evidence("Costs fell. More.")}).ground(Proposal("Costs fell.", "finding", pointers))
    assert sentence is not None
    assert len(sentence.citations) == 1


def test_numbers_follow_the_order_of_showing_and_stay() -> None:
    grounder = Grounder({"p1": evidence("Costs fell. Crime fell.")})
    shown = [
        grounder.ground(Proposal(t, "finding", (Pointer("p1", t),)))[0] for t in ("Crime fell.", "Costs fell.", "Crime fell.")
    ]
    assert [s.citations[0].n for s in shown if s] == [1, 2, 1]


@given(
    st.text(max_size=30),
    st.sampled_from(["Costs fell.", "It’s the ﬁrst oﬃce.", "The cafe\u0301 grew.", "A long‑term “plan”."]),
    st.text(max_size=30),
)
def test_a_quote_among_anything_is_cited_exactly_or_not_at_all(before: str, words: str, after: str) -> None:
    passage = f"{before} {words} {after}"
    quote = unicodedata.normalize("NFKC", words).replace("’", "'").replace("“", '"').replace("”", '"')
    sentence, _ = ground(quote, quote, passage)
    if sentence is not None:
        assert cited(sentence, passage).strip()

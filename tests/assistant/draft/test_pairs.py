"""Claims beside passages: lines of a file, the score and what may and may not move it."""

from __future__ import annotations

import json

import numpy as np
import pytest

from assistant.draft.pair import Pair, read_pair
from assistant.draft.pair_score import PairScorer, pair_model
from assistant.errors import InputError
from assistant.index.embedder import Embedder
from assistant.index.token_vectors import TokenModel

CLAIM = "Between 2008 and 2022 long-term homelessness in Finland fell by 68 per cent."
PASSAGE = "From 2008 to 2022 homelessness in Finland fell 54 per cent and long-term homelessness 68 per cent."


@pytest.fixture(scope="module")
def tokens() -> TokenModel:
    return TokenModel(threads=1)


@pytest.fixture(scope="module")
def scorer(tokens: TokenModel) -> PairScorer:
    return PairScorer(tokens)


def score(scorer: PairScorer, claim: str, *passages: str) -> float:
    return scorer.judge([Pair(id="x", claim=claim, passages=passages)])[0].score


def test_a_line_gives_a_pair_and_keys_of_others_are_let_be() -> None:
    line = json.dumps({"id": 7, "claim": "Cats sleep.", "passages": ["Cats sleep."], "supported": True})
    assert read_pair(line, 1) == Pair(id=7, claim="Cats sleep.", passages=("Cats sleep.",))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "that is no JSON"),
        ("[1]", "that is no JSON object"),
        ('{"id": "a"}', "it has no claim and no passages"),
        ('{"id": null, "claim": "x", "passages": []}', "the id is neither text nor a whole number"),
        ('{"id": true, "claim": "x", "passages": []}', "the id is neither text nor a whole number"),
        ('{"id": "a", "claim": " ", "passages": []}', "the claim is not text, or is empty"),
        ('{"id": "a", "claim": "x", "passages": "x"}', "the passages are not a list of texts"),
        ('{"id": "a", "claim": "x", "passages": [1]}', "the passages are not a list of texts"),
        ("[" * 100_000, "that is no JSON"),
    ],
)
def test_a_bad_line_is_named_in_one_clear_sentence(line: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        read_pair(line, 41)
    assert str(caught.value).startswith(f"Line 41: {says}")
    assert "\n" not in str(caught.value)


def test_half_a_surrogate_pair_can_still_be_written() -> None:
    pair = read_pair('{"id": "\\ud800", "claim": "a \\udfff b", "passages": ["\\ud83d"]}', 1)
    assert pair.model_dump_json()


def test_what_the_passage_says_is_supported_and_what_it_does_not_is_not(scorer: PairScorer) -> None:
    said, unsaid, nothing = scorer.judge(
        [
            Pair(id=1, claim=CLAIM, passages=(PASSAGE,)),
            Pair(id=2, claim="Apollo employed 12,000 people in Texas.", passages=(PASSAGE,)),
            Pair(id=3, claim=CLAIM, passages=()),
        ]
    )
    assert (said.status, unsaid.status, nothing.status) == ("supported", "unsupported", "unsupported")
    assert said.score > unsaid.score > nothing.score == 0.0


@pytest.mark.parametrize(
    "changed",
    [
        CLAIM.replace("68", "86"),
        CLAIM.replace("fell", "rose"),
        CLAIM.replace("fell", "did not fall"),
        CLAIM.replace("Finland", "Denmark"),
        CLAIM.replace("per cent", "people"),
    ],
)
def test_another_figure_direction_denial_name_or_unit_costs_support(scorer: PairScorer, changed: str) -> None:
    assert score(scorer, changed, PASSAGE) < score(scorer, CLAIM, PASSAGE)


@pytest.mark.parametrize(
    "changed", [CLAIM.replace("68", "86"), CLAIM.replace("fell", "rose"), CLAIM.replace("fell", "did not fall")]
)
def test_what_turns_a_claim_that_is_otherwise_held_is_contradicted(scorer: PairScorer, changed: str) -> None:
    assert scorer.judge([Pair(id=1, claim=changed, passages=(PASSAGE,))])[0].status == "contradicted"


@pytest.mark.parametrize(
    "passages",
    [
        (PASSAGE.upper(),),
        (f"**{PASSAGE}**",),
        ("  " + PASSAGE.replace(" ", "\n  "),),
        ("Cows graze on hills in summer.", PASSAGE),
        (PASSAGE, "The bridge was painted green."),
    ],
)
def test_case_markdown_white_space_and_other_passages_change_nothing(scorer: PairScorer, passages: tuple[str, ...]) -> None:
    assert score(scorer, CLAIM, *passages) == pytest.approx(score(scorer, CLAIM, PASSAGE), abs=2e-4)


def test_the_same_pairs_get_the_same_results_whatever_stands_beside_them(scorer: PairScorer) -> None:
    pairs = [Pair(id=n, claim=CLAIM.replace("68", str(n)), passages=(PASSAGE,)) for n in range(60, 70)]
    together = scorer.judge(pairs)
    assert together == scorer.judge(pairs)
    for pair, result in zip(pairs, together, strict=True):
        assert scorer.judge([pair])[0].score == pytest.approx(result.score, abs=2e-4)


def test_a_status_never_contradicts_the_order_of_the_scores(scorer: PairScorer) -> None:
    claims = [CLAIM, CLAIM.replace("68", "86"), "Homelessness fell.", "Finland has many saunas.", "Cats sleep in Denmark."]
    for each in scorer.judge([Pair(id=c, claim=c, passages=(PASSAGE,)) for c in claims]):
        assert (each.status == "supported") == (each.score >= pair_model().supported)


class _Against:
    """A second judge that holds every pair for unsaid."""

    name = "against"

    def __call__(self, claims: object, windows: object) -> list[float]:
        assert isinstance(claims, list)
        return [-30.0] * len(claims)


class _Broken:
    """A second judge whose numbers are none."""

    name = "broken"

    def __call__(self, claims: object, windows: object) -> list[float]:
        assert isinstance(claims, list)
        return [float("nan")] * len(claims)


def test_a_second_judge_is_added_and_one_that_breaks_supports_nothing(tokens: TokenModel) -> None:
    pair = Pair(id=1, claim=CLAIM, passages=(PASSAGE,))
    assert PairScorer(tokens, second=_Against()).judge([pair])[0].status != "supported"
    assert PairScorer(tokens, second=_Broken()).judge([pair])[0].score == 0.0


def test_the_words_vectors_come_from_the_released_model_itself(tokens: TokenModel) -> None:
    texts = ["Homelessness fell in Finland.", "", "A much longer text about missions and what became of them in the end."]
    read = tokens.read(texts)
    embedded = Embedder(threads=1).embed(texts)
    assert [len(each.pieces) for each in read][1] == 0
    for each, vector in zip(read, embedded, strict=True):
        assert np.allclose(each.whole, vector, atol=1e-5)
        assert np.allclose(np.linalg.norm(each.pieces, axis=1), 1.0, atol=1e-4)

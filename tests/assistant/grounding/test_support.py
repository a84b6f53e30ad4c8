"""The support score: indifferent to dress and company, and lower for every turn of meaning."""

from __future__ import annotations

import random
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import yaml

from assistant.grounding.nearness import NEAR, compared, nearness
from assistant.grounding.support import SupportScore, model, support
from assistant.grounding.support_features import AGAINST, FOR, NAMES, TURNS, features, lay
from assistant.index.embedder import Embedder

SPANS = [
    "Rough sleeping in England fell by 71 per cent between 1998 and 2002, from 1,850 to 532. Some charities disputed the count.",
    "The Finnish government may extend Housing First to all cities. Most councils supported the plan before the election.",
    "Camden lent Hackney £5 million a year for three years. The mission did not cut emissions in the 12 schools that joined it.",
]  # fmt: skip
CLAIM = "Rough sleeping in England fell by 71 per cent between 1998 and 2002."

SCORE = SupportScore(Embedder())  # opens its model at first use

TURNED = [
    (CLAIM, "Rough sleeping in England fell by 17 per cent between 1998 and 2002.", "number"),
    (CLAIM, "Rough sleeping in England fell by 71 per cent between 1998 and 2003.", "year"),
    (CLAIM, "Rough sleeping in England did not fall by 71 per cent between 1998 and 2002.", "negation"),
    (CLAIM, "Rough sleeping in Scotland fell by 71 per cent between 1998 and 2002.", "name"),
    (CLAIM, "Rough sleeping in England rose by 71 per cent between 1998 and 2002.", "direction"),
    (CLAIM, "Rough sleeping in England fell by 71 percentage points between 1998 and 2002.", "unit"),
    ("Some charities disputed the count.", "Most charities disputed the count.", "quantifier"),
    ("Most councils supported the plan.", "Some councils supported the plan.", "quantifier"),
    ("Most councils supported the plan.", "All councils supported the plan.", "quantifier"),
    ("Most councils supported the plan.", "Most councils opposed the plan.", "direction"),
    ("The Finnish government may extend Housing First.", "The Finnish government will extend Housing First.", "hedge"),
    ("The Finnish government may extend Housing First.", "The Finnish government extended Housing First.", "hedge"),
    ("Councils supported the plan before the election.", "Councils supported the plan after the election.", "direction"),
    ("Camden lent Hackney £5 million a year.", "Camden lent Hackney €5 million a year.", "unit"),
    ("Camden lent Hackney £5 million for three years.", "Camden lent Hackney £5 million for three months.", "unit"),
    ("The mission did not cut emissions.", "The mission cut emissions.", "negation"),
    ("The mission did not cut emissions.", "The mission did not cut costs.", "word"),
]  # fmt: skip


@pytest.mark.parametrize(("true", "turned", "what"), TURNED)
def test_a_turn_of_meaning_lowers_the_score(true: str, turned: str, what: str) -> None:
    assert support(turned, SPANS) < support(true, SPANS) - 0.02, what
    assert SCORE(turned, SPANS) < SCORE(true, SPANS) - 0.02, what


def test_who_did_what_to_whom_tells() -> None:
    assert (
        features("Hackney lent Camden money.", SPANS)[NAMES.index("order_turned")]
        > features("Camden lent Hackney money.", SPANS)[NAMES.index("order_turned")]
    )


@pytest.mark.parametrize(
    "dress",
    [
        str.upper, str.lower, str.swapcase, lambda t: f"**{t}**", lambda t: f"- {t}", lambda t: f"> {t}\n",
        lambda t: t.replace(" ", "  \n"), lambda t: f"# {t}",
        lambda t: t.replace("England", "[England](https://example.org/not/5)"), lambda t: t.replace("England", "_England_"),
        lambda t: t + " [3]",
    ],
)  # fmt: skip
def test_case_markdown_and_layout_change_nothing(dress) -> None:  # type: ignore[no-untyped-def]
    for score in (support, SCORE):
        expected = score(CLAIM, SPANS)
        assert score(dress(CLAIM), SPANS) == pytest.approx(expected)
        assert score(CLAIM, [dress(span) for span in SPANS]) == pytest.approx(expected)


def test_unrelated_passages_change_nothing() -> None:
    others = [
        "Bananas ripen in the warm shade. 46 monkeys may eat most of them, never all.",
        "A violin has four strings; it was not built in 2002.",
    ]
    for claim in (CLAIM, "In England 71 per cent fewer people slept rough in 2002 than four years before."):
        for score in (support, SCORE):
            expected = score(claim, SPANS[:1])
            assert score(claim, [others[0], *SPANS[:1], others[1]]) == pytest.approx(expected)
            assert score(claim, [*others, *others, *SPANS[:1]]) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("claim", "spans"), [("", SPANS), ("…", SPANS), (CLAIM, []), (CLAIM, [""]), (CLAIM, [" \n"]), ("It is so.", ["It was so."])]
)
def test_nothing_said_is_nothing_supported(claim: str, spans: list[str]) -> None:
    assert support(claim, spans) == SCORE(claim, spans) == 0.0


def test_an_unrelated_claim_scores_low_and_the_span_itself_high() -> None:
    for span in SPANS:
        assert min(support(span, [span]), SCORE(span, [span])) > 0.7
    violin = "The violin was built by monkeys in Peru."
    assert max(support(violin, SPANS), SCORE(violin, SPANS)) < 0.3


def test_what_is_said_in_other_words_is_nearer_than_what_only_shares_a_word() -> None:
    claim, span = "Homelessness among rough sleepers dropped sharply.", "Rough sleeping fell steeply across the country."
    other = "A rough estimate was published by the country's statistics office."
    said, apart = (nearness(claim, lay(claim, [text]), Embedder()) for text in (span, other))
    assert said[0] > apart[0] + 0.2
    assert SCORE(claim, [span]) > SCORE(claim, [other])


def test_a_span_that_is_the_claim_is_as_near_as_can_be_and_asks_no_model() -> None:
    class Silent:
        def embed(self, texts: object) -> np.ndarray:
            raise AssertionError("asked")

    assert nearness(CLAIM, lay(CLAIM, [f"**{CLAIM}**"]), Silent()).tolist() == [1.0, 1.0]
    assert nearness(CLAIM, lay(CLAIM, []), Silent()).tolist() == [0.0, 0.0]


def test_the_best_window_is_compared_first_and_no_sentence_twice() -> None:
    texts = compared(CLAIM, lay(CLAIM, [*SPANS, SPANS[0]]))
    assert texts[0] == "rough sleeping in england fell by 71 per cent between 1998 and 2002, from 1,850 to 532."
    assert len(texts) == len(set(texts)) <= 7


def test_nearness_is_one_more_reason() -> None:
    row = features(CLAIM, SPANS)
    scores = [model(by_meaning=True).score(row, np.full(len(NEAR), near)) for near in (0.1, 0.5, 0.9)]
    assert scores == sorted(scores)
    assert scores[0] < scores[2] - 0.1


def test_weights_have_the_sign_that_their_features_mean() -> None:
    for by_meaning in (False, True):
        weights = dict(zip(NAMES, model(by_meaning=by_meaning).weights, strict=True))
        assert (model(by_meaning=by_meaning).near >= 0).all()
        assert all(weights[name] >= 0 for name in FOR)
        assert all(weights[name] <= 0 for name in AGAINST)
        assert all(weights[name] < -0.1 for name in TURNS if name != "order_turned")


def test_features_are_finite_and_in_order() -> None:
    row = features(CLAIM, SPANS)
    assert row.shape == (len(NAMES),)
    assert np.isfinite(row).all()
    assert ((row >= 0) & (row <= 1)).all()


def test_library_statements_support_themselves_and_not_each_other() -> None:
    folder = Path(__file__).resolve().parents[3] / "corpus" / "cases"
    found = [
        s["text"]
        for path in sorted(folder.glob("*.yaml"))
        for s in yaml.safe_load(path.read_text(encoding="utf-8"))["statements"]
    ]
    texts = random.Random(3).sample(found, 120)
    own = [support(text, [text]) for text in texts]
    others = [support(one, [other]) for one, other in pairwise(texts)]
    assert min(own) > 0.6
    assert sorted(others)[int(len(others) * 0.95)] < 0.5


def test_scoring_a_pair_takes_about_two_milliseconds() -> None:
    span = " ".join(SPANS)
    began = time.perf_counter()
    for number in range(100):
        support(f"{CLAIM} {number}", [f"{span} {number}"])
    assert (time.perf_counter() - began) / 100 < 0.02

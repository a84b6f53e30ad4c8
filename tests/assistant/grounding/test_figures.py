"""Figures: every way of writing one is read to the same value; every change of one is seen."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.grounding.figures import covers, figures, uncovered

SAME = [
    ("46 per cent", "46%"),
    ("46 percent", "forty-six per cent"),
    ("£1.2bn", "£1.2 billion"),
    ("£1.2 billion", "1,200 million pounds"),
    ("GBP 5 million", "£5m"),
    ("€32m", "32 million euros"),
    ("US$5bn", "5 billion dollars"),
    ("50p", "£0.50"),
    ("Nov 2024", "November 2024"),
    ("3 November 2024", "November 3, 2024"),
    ("3rd of November 2024", "2024-11-03"),
    ("two thirds", "2/3"),
    ("two-thirds", "two thirds"),
    ("three-quarters", "75%"),
    ("one in five", "20 per cent"),
    ("1 in 5", "a fifth of them"),
    ("four out of ten", "40%"),
    ("nine in ten", "90 per cent"),
    ("half", "50%"),
    ("a dozen", "12"),
    ("half a million people", "500,000 people"),
    ("two and a half million", "2.5 million"),
    ("2½ years", "2.5 years"),
    ("a year and a half", "18 months"),
    ("a fortnight", "14 days"),
    ("one hundred and twenty thousand", "120,000"),
    ("two hundred and fifty", "250"),
    ("twenty-one", "21"),
    ("twenty-first", "21st"),
    ("third", "3rd"),
    ("15-17 per cent", "15% to 17%"),
    ("15–17%", "between 15 and 17 per cent"),
    ("1.2-1.5 million", "1.2 million to 1.5 million"),
    ("£5-10m", "£5 million to £10 million"),
    ("2008-15", "2008 to 2015"),
    ("2013/14", "2013-14"),
    ("1999/00", "1999-2000"),
    ("the 1990s", "the '90s"),
    ("3–5 November 2024", "3 to 5 November 2024"),
    ("three- and four-year-olds", "3-year-olds and 4-year-olds"),
    ("aged 16", "16-year-olds"),
    ("halved", "fell by half"),
    ("halved", "fell by 50 per cent"),
    ("doubled", "twofold"),
    ("three times", "threefold"),
    ("−5%", "-5 per cent"),
    ("minus the 46\u00a0per cent", "46%"),
    ("32\u202f000", "32,000"),
    ("32 000 tonnes", "32,000 tonnes"),
    ("80kW", "80 kilowatts"),
    ("3m²", "3 m2"),
    ("CO₂", "CO2"),
    ("COVID-19", "Covid"),
    ("5 pp", "5 percentage points"),
    ("£5m a year", "£5 million annually"),
    ("５ per cent", "5%"),
    ("the 21st century", "21st-century"),
]  # fmt: skip

CHANGED = [
    ("46 per cent", "64 per cent"),
    ("46 per cent", "46"),
    ("46 per cent", "46 percentage points"),
    ("4.6%", "46%"),
    ("£1.2bn", "£1.2m"),
    ("£5m", "€5m"),
    ("£5m", "5 million"),
    ("£4,500", "£4,600"),
    ("$5m", "A$5m"),
    ("5 billion Danish kroner", "5 billion Swedish kronor"),
    ("£5m a year", "£5m a month"),
    ("November 2024", "December 2024"),
    ("in November", "in December"),
    ("3 November", "4 November"),
    ("on Monday", "on Tuesday"),
    ("2024", "2023"),
    ("November 2024", "2024"),
    ("spring 2024", "autumn 2024"),
    ("early 2024", "late 2024"),
    ("1990", "the 1990s"),
    ("the 1990s", "the 1980s"),
    ("the 19th century", "the 20th century"),
    ("2008-15", "2008-16"),
    ("2013/14", "2012/13"),
    ("15-17 per cent", "15-18 per cent"),
    ("15 per cent", "15-17 people"),
    ("1.2 million", "1.2 thousand"),
    ("1.2 million", "1.2-1.5 billion"),
    ("80 kW", "50 kW"),
    ("80 kW", "80 kWh"),
    ("80 kW", "80"),
    ("3 years", "3 months"),
    ("three years", "three weeks"),
    ("a year", "a month"),
    ("200 schools", "200 hospitals"),
    ("60 children", "60 adults"),
    ("60 children", "60 people"),
    ("two thirds", "one third"),
    ("two-thirds", "two"),
    ("one in five", "one in four"),
    ("half", "a third of"),
    ("halved", "doubled"),
    ("halved", "half of them"),
    ("doubled", "tripled"),
    ("-5%", "5%"),
    ("5%", "-5%"),
    ("more than 40", "fewer than 40"),
    ("at least 40", "at most 40"),
    ("first", "second"),
    ("21st", "22nd"),
    ("Section 75", "Section 57"),
    ("Section 75", "75 people"),
    ("No. 10", "No. 11"),
    ("Level 3", "Level 2"),
    ("COVID-19 in 19 towns", "COVID-19"),
    ("CO2", "NO2"),
    ("Q3", "Q4"),
    ("a dozen", "a score"),
    ("thousands", "hundreds"),
    ("10am", "10pm"),
    ("2/3", "3/4"),
    ("in 2000", "2,000"),
    ("one council", "two councils"),
    ("only one of the four pilots", "two of the four pilots"),
    ("a single target", "three targets"),
]  # fmt: skip


def holds(claim: str, span: str) -> bool:
    return not uncovered(figures(claim), figures(span))


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_ways_of_writing_a_figure_are_the_same_figure(one: str, other: str) -> None:
    assert figures(one) or "ovid" in one.lower()
    assert holds(one, other)


@pytest.mark.parametrize(("claim", "span"), CHANGED)
def test_a_changed_figure_is_seen(claim: str, span: str) -> None:
    assert not holds(f"It said {claim} there.", f"It said {span} there.")


@pytest.mark.parametrize(
    ("claim", "span"),
    [
        ("in 2024", "in November 2024"), ("in November", "on 3 November 2024"), ("in the 1990s", "in 1994"), ("in early 2024",
        "in January 2024"),
        ("60 people", "60 patients"), ("67%", "67 per cent"), ("two thirds", "66.7 per cent"), ("two thirds", "67%"),
        ("thousands of homes", "12,000 homes"),
        ("200 homes", "200 council houses"), ("5 billion kroner", "DKK 5bn"), ("40", "more than 40"), ("one of the best",
        "among the best, in 12 cities"),
    ],
)  # fmt: skip
def test_a_span_may_be_more_exact_than_the_claim(claim: str, span: str) -> None:
    assert holds(claim, span)


@pytest.mark.parametrize(
    ("claim", "span"), [("in November 2024", "in 2024"), ("67%", "two thirds"), ("60 patients", "60 people"), ("£0.51", "50p")]
)
def test_a_claim_may_not_be_more_exact_than_its_span(claim: str, span: str) -> None:
    assert not holds(claim, span)


@pytest.mark.parametrize(
    "text",
    [
        "At first it grew.",
        "First, it grew.",
        "No one knew.",
        "The one that won.",
        "Wait a second.",
        "It may grow.",
        "They march on.",
    ],
)
def test_words_that_only_look_like_figures_claim_nothing(text: str) -> None:
    assert not uncovered(figures(text), [])


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_whole_number_is_covered_by_itself_alone(one: int, other: int) -> None:
    assert holds(f"It cost £{one:,} there.", f"£{other}") == (one == other)


@given(st.decimals(0, 1000, places=2, allow_nan=False), st.sampled_from(["%", " per cent", " percent", " percentage points"]))
def test_a_decimal_with_its_unit_keeps_its_exact_value(value: Decimal, unit: str) -> None:
    (figure,) = figures(f"by {value}{unit}.")
    assert figure.value == value
    assert figure.kind == ("points" if "points" in unit else "percent")


@given(st.text(alphabet="0123456789.,-–/% £€$abmnkKthousandyerspcin of一½²", max_size=60))
def test_any_text_covers_its_own_figures(text: str) -> None:
    read = figures(text)
    assert not uncovered(read, read)
    assert all(covers(figure, figure) for figure in read)


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    assert all(figure.text for figure in figures(text))


def test_figures_come_in_order_with_their_words() -> None:
    assert [f.text for f in figures("In May 2001, 46 per cent of 1,200 homes cost £3m a year.")] == [
        "May 2001",
        "46 per cent",
        "1,200 homes",
        "£3m a year",
    ]


def test_reading_a_long_statement_is_quick() -> None:
    statement = (
        "In 2019 the council spent £1.2 billion on 15,000 homes and cut emissions by 46 per cent between 2018 and 3 May 2019 " * 2
    )
    began = time.perf_counter()
    for number in range(200):
        figures(f"{statement}{number}")
    assert (time.perf_counter() - began) / 200 < 0.02

"""The gate: it fails closed on every changed figure, name, denial and quotation, and lets honest paraphrases pass."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.grounding.gate import Problem, check

CORPUS = Path(__file__).resolve().parents[3] / "corpus"

HONEST = [
    ("46% of homes were heated this way in 2001.", "In 2001, 46 per cent of homes were heated this way."),
    ("The programme cost £1.2 billion.", "The programme cost £1.2bn over its life."),
    ("It began in November 2024.", "It began in Nov 2024."),
    ("The Finnish programme cut homelessness by two thirds.", "In Finland, the programme cut homelessness by two-thirds."),
    ("The British government set up the Social Exclusion Unit.", "The UK government set up the SEU in 1997."),
    ("The “delivery unit” had three staff.", 'The "delivery unit" had 3 members of staff.'),
    ("The final oﬃce count was 532.", "The final office count was 532."),
    ("The pro\u00adgramme reached fifteen councils.", "The programme reached 15 councils."),
    ("Housing First did not reduce costs.", "Housing First didn't reduce costs."),
    ("Rough sleeping fell by 71 per cent between 1998 and 2002.",
    "Between 1998 and 2002 rough sleeping fell 71% (from 1,850 to 532)."),
    ("Spending doubled.", "Expenditure doubled in five years."),
    ("Half of the pilots were stopped.", "50% of pilots were stopped."),
]  # fmt: skip

CHANGED = [
    ("figure", "Rough sleeping fell by 17 per cent.", "Rough sleeping fell by 71 per cent."),
    ("figure", "It heats 80 kW.", "It heats 50 kW."),
    ("figure", "It ran for three months.", "It ran for three years."),
    ("figure", "The grant was €5 million.", "The grant was £5 million."),
    ("figure", "It ended in 2003.", "It ended in 2002."),
    ("name", "Glasgow cut violence.", "Cardiff cut violence."),
    ("name", "Louise Casey led it in Wales.", "Louise Casey led it in England."),
    ("negation", "The unit met its target.", "The unit did not meet its target, and met nothing else."),
    ("negation", "The unit never met its target.", "The unit met its target."),
    ("quotation", "It was called a “game changer”.", "It was called a change in the game."),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "span"), HONEST)
def test_an_honest_paraphrase_passes(claim: str, span: str) -> None:
    assert check(claim, [span]) == []


@pytest.mark.parametrize(("kind", "claim", "span"), CHANGED)
def test_a_change_is_stopped_and_named(kind: str, claim: str, span: str) -> None:
    assert kind in {problem.kind for problem in check(claim, [span])}


@pytest.mark.parametrize("spans", [[], [""], ["  \n"]])
def test_nothing_cited_supports_nothing(spans: list[str]) -> None:
    assert check("Anything.", spans) == [Problem("no_span", "")]


@pytest.mark.parametrize("claim", ["", "  ", "…", "“”"])
def test_a_sentence_without_words_does_not_pass(claim: str) -> None:
    assert check(claim, ["Some span."]) == [Problem("empty", "")]


def test_problems_read_as_sentences() -> None:
    assert str(check("It cost £5.", ["It cost £6."])[0]) == "the figure is not in the cited passage: £5"
    assert str(Problem("no_span", "")) == "nothing is cited"


def _statements(found: object) -> list[str]:
    if isinstance(found, dict):
        own = (
            [s["text"] for s in found.get("statements", []) if isinstance(s, dict) and "text" in s]
            if isinstance(found.get("statements"), list)
            else []
        )
        return own + [text for value in found.values() for text in _statements(value)]
    return [text for value in found for text in _statements(value)] if isinstance(found, list) else []


@pytest.fixture(scope="module")
def statements() -> list[str]:
    found = [
        text for path in sorted(CORPUS.rglob("*.yaml")) for text in _statements(yaml.safe_load(path.read_text(encoding="utf-8")))
    ]
    return random.Random(7).sample(found, min(400, len(found)))


def test_statements_of_the_library_pass_against_themselves(statements: list[str]) -> None:
    assert len(statements) == 400
    assert [text for text in statements if check(text, [text])] == []


def test_statements_of_the_library_pass_among_other_statements(statements: list[str]) -> None:
    wrong = [one for one, other in zip(statements, statements[1:] + statements[:1], strict=True) if check(one, [other, one])]
    assert wrong == []


def test_a_changed_figure_in_a_statement_of_the_library_is_stopped(statements: list[str]) -> None:
    first = re.compile(r"(?<![\w.])\d+(?![\w.]*\d)")
    changed = [(text, first.sub(lambda m: str(int(m[0]) + 913), text, count=1)) for text in statements if first.search(text)]
    assert len(changed) > 100
    assert [claim for text, claim in changed if not check(claim, [text])] == []


@settings(max_examples=200)
@given(st.text(max_size=160))
def test_any_text_passes_against_itself(text: str) -> None:
    assert {problem.kind for problem in check(text, [text])} <= {"no_span", "empty"}


@given(st.text(alphabet=st.characters(codec="ascii"), max_size=120), st.text(alphabet=st.characters(codec="ascii"), max_size=60))
def test_another_span_never_makes_a_sentence_worse_off_for_figures_and_names(text: str, other: str) -> None:
    alone = [p for p in check(text, [text]) if p.kind in {"figure", "name", "quotation"}]
    assert [p for p in check(text, [text, other]) if p.kind in {"figure", "name", "quotation"}] == alone

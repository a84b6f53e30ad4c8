"""The report is one page that a person can read on any screen, in light and dark, and that says what each figure means."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from assistant.nouns import Answer, Citation, Locator, Searched, Sentence
from evals.charts import Bar, bars, difference
from evals.folder import StoredRun
from evals.gate import GateLine
from evals.product import Asked, Recorded
from evals.report import report
from evals.report_words import HEADLINE, MEANS, PURPOSE, means, place
from evals.suites import NAMES
from evals.verdicts import CaseVerdict, Curve, Figure

MISSING = [name for name in ("chromium", "chromedriver") if shutil.which(name) is None] + (
    [name for name in ("selenium", "axe_playwright_python") if find_spec(name) is None]
)
REQUIRED = os.environ.get("REQUIRE_BROWSER") == "1"
QUESTION, QUOTE = "What did it cost?", "It cost £2.4 million."


def figure(suite: str, measure: str, value: float | None, *, system: str = "product", part: str = "") -> Figure:
    ends = (None, None) if value is None else (round(value - 0.05, 3), round(value + 0.05, 3))
    return Figure(
        suite=suite, measure=measure, value=value, low=ends[0], high=ends[1], cases=40, varies=True, system=system, part=part
    )


def stored(folder: Path) -> StoredRun:
    """A run with a figure of every kind: wholes, dummies, parts, differences, one unscored, curves, a failure with its passage."""
    figures = [figure(name, HEADLINE[name], 0.8) for name in NAMES]
    figures += [figure(name, HEADLINE[name], 0.4, system="a dummy with a rather long name of its own") for name in NAMES]
    figures += [figure("retrieval", "Success@5", 0.5 + n / 20, part=f"kind: how_to_{n}") for n in range(6)]
    figures += [figure("retrieval", "nDCG@10: above words alone", 0.11), figure("answers", "shape", None)]
    citation = Citation(
        n=1, source_id="s", passage_id="p", quote=QUOTE, start=7, end=7 + len(QUOTE), locator=Locator(), title="t"
    )
    sentence = Sentence(text=QUOTE, section="answer", status="quoted", citations=[citation])
    answer = Answer(
        receipt_id="", question=QUESTION, standalone_question=QUESTION, outcome="answered", composer="extractive",
        sentences=[sentence], searched=Searched(passages=1, sources=1),
    )  # fmt: skip
    failed = CaseVerdict(
        suite="answers", measure="facts at all", case="dev-1", group=QUESTION, verdict="fail", scorer="s", version="1",
        reason="<b>lacking</b>: £3 million " + "anunbreakablylongword" * 12,
    )  # fmt: skip
    curves = [
        Curve(suite="abstention", name="risk and coverage", points=[(0.2, 0.1, 2), (1.0, 0.3, 10)]),
        Curve(suite="abstention", name="risk and coverage", system="no order", points=[(1.0, 0.3, 10)]),
        Curve(suite="checker", name="reliability", points=[(0.1, 0.2, 40), (0.9, 0.7, 4)]),
    ]
    return StoredRun(
        folder=folder, facts={"set": "dev", "versions": {"numpy": "2"}}, verdicts=(failed,), figures=tuple(figures), curves=tuple(curves),
        times={"date": "2025-01-02T03:04:05", "seconds": 9.0}, answers=(Recorded(Asked(QUESTION), answer=answer),),
        passages={"p": f"Before {QUOTE} After."},
    )  # fmt: skip


def test_every_suite_and_every_measure_it_leads_with_is_explained() -> None:
    assert set(HEADLINE) == set(PURPOSE) == set(NAMES)
    assert set(HEADLINE.values()) <= set(MEANS)
    assert means("nDCG@10, cranfield") == MEANS["nDCG@10"]
    assert means("AUROC above containment, qags") == MEANS["AUROC above containment"]
    assert place("R@5") < place("R@10") < place("R@10, cranfield") < place("RR")


def test_the_page_opens_with_a_card_a_suite_and_shows_the_red_lines_first(tmp_path: Path) -> None:
    text = report(
        stored(tmp_path), [GateLine("answers", "shape", "≥ 0.5", 0.2, "0.300 below"), GateLine("answers", "x", "≥ 0", 1.0, "")]
    )
    assert text.count("<li><a href='#") == 2 * len(NAMES)
    assert "The gate is red: 1 of 2 lines" in text
    assert text.index("class='glance'") < text.index("id='gate'") < text.index("id='retrieval'")
    assert f"<mark>{QUOTE}</mark>" in text
    assert "&lt;b&gt;lacking" in text


def test_a_bar_never_leaves_its_box_and_what_is_not_scored_has_none() -> None:
    drawn = bars([Bar("a<b", 0.97, -0.2, 1.3), Bar("none", None, None, None)], title="t")
    assert "left:0.00%;width:100.00%" in drawn
    assert "a&lt;b" in drawn
    assert drawn.count("class='bar mine'") == 1
    assert "not scored" in drawn


@pytest.mark.parametrize(
    ("low", "high", "sure"), [(0.01, 0.2, "beyond chance"), (-0.01, 0.2, "within chance"), (-0.3, -0.1, "beyond chance")]
)
def test_a_difference_says_whether_it_is_beyond_chance(low: float, high: float, sure: str) -> None:
    assert sure in difference(0.1, low, high)


@pytest.mark.skipif(bool(MISSING) and not REQUIRED, reason=f"no browser ({', '.join(MISSING)} missing)")
def test_in_a_browser_nothing_sticks_out_nothing_is_asked_and_axe_finds_nothing(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_text(report(stored(tmp_path), [GateLine("answers", "shape", "≥ 0.5", 0.2, "0.300 below its floor")]), "utf-8")
    free = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    pictures = os.environ.get("SCREENSHOTS", str(tmp_path))
    command = [sys.executable, str(Path(__file__).with_name("report_journey.py")), str(page), pictures]
    done = subprocess.run(command, env=free, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]

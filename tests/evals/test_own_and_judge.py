"""Another assistant held to our measure, and a model as judge: what is read, what counts, what is left unscored."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from scripted_chat_server import Asked, End, Say, Step, Writer, fails, scripted_chat_server

from assistant.errors import InputError
from assistant.llm import OpenAIChatModel
from assistant.settings import Settings
from evals.cases import PairCase
from evals.checkers import Checker, gate_veto
from evals.context import Context
from evals.own import FIGURES, SUPPORTED, VERBATIM, Row, read_own, score_own
from evals.run import score
from evals.verdicts import CaseVerdict

CONTEXT = "In 2022 the share of children with a good level of development rose to 71 per cent. The partnership has 14 wards."
OTHER = "The bridge was painted green in 1911, and nobody knows by whom."


def test_a_row_needs_a_question_an_answer_and_contexts_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text(json.dumps({"question": "q", "answer": "a", "contexts": ["c"], "model": "x"}) + "\n")
    assert read_own(path) == [Row("1", "q", "a", ("c",))]


@pytest.mark.parametrize(
    "text", ["", "[1]\n", '{"question": "q", "answer": "a"}\n', '{"question": "q", "answer": 1, "contexts": []}\n', "not json\n"]
)
def test_a_file_that_cannot_be_used_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text(text)
    with pytest.raises(InputError) as refused:
        read_own(path)
    assert "\n" not in str(refused.value)


def said(verdicts: Sequence[CaseVerdict], measure: str, system: str = "product") -> list[str]:
    return [v.verdict for v in verdicts if v.measure == measure and v.system == system]


def test_a_quoted_sentence_passes_and_a_changed_figure_fails() -> None:
    answer = "The partnership has 14 wards. In 2022 the share rose to 77 per cent."
    verdicts = score_own([Row("1", "q", answer, (CONTEXT,)), Row("2", "q", OTHER, (OTHER,))], None).verdicts
    mine = [v for v in verdicts if v.group == "1"]
    assert said(mine, VERBATIM) == ["pass", "fail"]
    assert said(mine, FIGURES) == ["pass", "fail"]
    assert said(mine, SUPPORTED) == ["pass", "fail"]
    assert said(mine, SUPPORTED, "another answer's contexts") == ["fail", "fail"]


def test_a_paraphrase_is_scored_by_the_support_score_and_is_unscored_without_one() -> None:
    row = Row("1", "q", "In 2022 71 per cent of children had a good level of development.", (CONTEXT,))
    assert said(score_own([row], None).verdicts, SUPPORTED) == ["unscored"]
    assert said(score_own([row], Checker("yes", lambda _c, _s: 1.0, 0.5, gate_veto)).verdicts, SUPPORTED) == ["pass"]
    assert said(score_own([row], Checker("no", lambda _c, _s: 0.0, 0.5, gate_veto)).verdicts, SUPPORTED) == ["fail"]


LABELLED = [
    PairCase.model_validate({
        "id": f"pair-{number}", "class": "faithful_paraphrase" if label else "changed_figure", "claim": claim, "source": f"s{number}",
        "passage": CONTEXT, "first": label, "second": label,
    })
    for number, (claim, label) in enumerate(
        [("The partnership has 14 wards.", True), ("The partnership has 15 wards.", False), ("It has wards.", True), ("It has none.", False)]
    )
]  # fmt: skip


def voting(grades: dict[str, Sequence[str | Writer]]) -> Writer:
    """A judge over HTTP that grades each claim with its own replies in turn."""
    turns = {claim: iter(given) for claim, given in grades.items()}
    lock = threading.Lock()

    def writer(asked: Asked) -> Sequence[Step]:
        claim = next(claim for claim in turns if f"claim: {claim}" in asked.text)
        with lock:
            grade = next(turns[claim])
        return [Say(grade), End()] if isinstance(grade, str) else grade(asked)

    return writer


def test_a_judges_votes_spread_and_agreement_with_people_are_reported_over_a_real_server(measured: Context) -> None:
    yes, no = "Yes.\nGRADE: SUPPORTED", "No.\nGRADE: UNSUPPORTED"
    grades = {
        "The partnership has 14 wards.": [yes, yes, no],
        "The partnership has 15 wards.": [no, no, no],
        "It has wards.": [no, no, "GRADE: SUPPORTED\nNo, on reflection.\nGRADE: UNSUPPORTED"],
        "It has none.": ["I cannot say.", fails(500), yes],
    }
    with scripted_chat_server(voting(grades)) as server:
        settings = Settings(model="scripted", model_base_url=server.base_url, model_retries=0)
        context = replace(measured, judge=OpenAIChatModel(settings), votes=3)
        context.__dict__["pairs"] = LABELLED
        result = score(context, ["checker"])[0]
        assert len(server.asked) == 12
    judged = {v.case: v for v in result.verdicts if v.system == "judge"}
    assert {case: v.verdict for case, v in judged.items()} == {
        "pair-0": "pass", "pair-1": "pass", "pair-2": "fail", "pair-3": "unscored",
    }  # fmt: skip
    figures = {f.measure: f for f in result.figures if f.measure.startswith("judge")}
    agreement = figures["judge: agreement with the labels (kappa)"]
    assert agreement.value == 0.4  # three read: two right of three, against a chance of 4/9
    assert (agreement.cases, agreement.unscored) == (4, 1)
    assert figures["judge: share of pairs with split votes"].value == 0.25
    assert "2 unreadable votes" in agreement.note

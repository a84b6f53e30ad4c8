"""Another assistant held to our measure, and a model as judge: what is read, what counts, what is left unscored."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.errors import ChatModelDownError, InputError
from assistant.llm import Message, Reply
from evals.checkers import Checker, gate_veto
from evals.judge import judge_pair, prompt_hash, read_vote, report_on
from evals.own import FIGURES, SUPPORTED, VERBATIM, Row, read_own, score_own
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


class Scripted:
    """A chat model that says what it is told to, or fails where it is told None."""

    name = "scripted"

    def __init__(self, replies: Sequence[str | None]) -> None:
        self._replies = iter(replies)
        self.heard: list[str] = []

    def reply(self, messages: Sequence[Message], *, most_tokens: int, until: float) -> Reply:
        self.heard.append(messages[0].text)
        reply = next(self._replies)
        if reply is None:
            raise ChatModelDownError("The chat model is down.")
        return Reply(pieces=iter([reply]))


def test_the_last_grade_counts_and_a_reply_without_one_is_unreadable() -> None:
    assert read_vote("GRADE: SUPPORTED\nOn second thoughts:\nGRADE: UNSUPPORTED") is False
    assert read_vote("grade: supported") is True
    assert read_vote("I think so.") is None


def test_votes_are_counted_failures_are_unreadable_and_a_tie_is_no_verdict() -> None:
    yes, no = "GRADE: SUPPORTED", "GRADE: UNSUPPORTED"
    assert judge_pair(Scripted([yes, yes, no]), "c", ["p"], votes=3).verdict is True
    assert judge_pair(Scripted([yes, None, no]), "c", ["p"], votes=3).verdict is None
    assert judge_pair(Scripted([None, "hm"]), "c", ["p"], votes=2).share is None


def test_the_judge_sees_claim_and_passages_and_its_spread_and_agreement_are_reported() -> None:
    model = Scripted(["GRADE: SUPPORTED", "GRADE: UNSUPPORTED", "GRADE: SUPPORTED"] + ["GRADE: UNSUPPORTED"] * 3 + ["hm"] * 3)
    judged = [judge_pair(model, claim, ["the passage"], votes=3) for claim in ("first", "second", "third")]
    report = report_on(judged, [True, False, True])
    assert (report.split, report.unscored, report.agreement, report.kappa) == (1, 1, 1.0, 1.0)
    assert "<claim>first</claim>" in model.heard[0]
    assert "<passage>the passage</passage>" in model.heard[0]
    assert len(prompt_hash()) == 12

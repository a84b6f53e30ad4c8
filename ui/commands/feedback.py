"""`adviser feedback`. Owns: printing what people said of answers, and what the library does not say. Does not own: storing either.

For whoever keeps a library: a shared server shows nobody what others asked or said.
"""

from __future__ import annotations

import argparse
import json

from assistant.library.database import open_database
from assistant.library.feedback import Feedback, FeedbackStore
from assistant.library.receipt_log import ReceiptLog
from assistant.settings import Settings
from ui.gaps import group_gaps
from ui.wording import FEEDBACK_REASONS


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print feedback, or with --gaps the questions that found nothing."""
    engine = open_database(settings.home)
    if arguments.gaps:
        found = group_gaps(ReceiptLog(engine).refused())
        if arguments.json:
            print(
                json.dumps(
                    [{"words": g.words, "times": g.times, "questions": g.questions} for g in found], indent=1, ensure_ascii=False
                )
            )
            return 0
        for gap in found:
            print(f"{gap.times:4}  {', '.join(gap.words)}")
            for question in gap.questions:
                print(f"      - {question}")
        print("" if found else "No question has gone without evidence yet.", end="" if found else "\n")
        return 0
    given = FeedbackStore(engine).all()
    if arguments.json:
        print(json.dumps([each.model_dump(mode="json") for each in given], indent=1, ensure_ascii=False))
        return 0
    for each in given:
        print(_line(each))
    helpful = sum(each.verdict == "helpful" for each in given)
    print(f"Helpful: {helpful} of {len(given)}." if given else "Nobody has given feedback yet.")
    return 0


def _line(each: Feedback) -> str:
    reasons = "; ".join(FEEDBACK_REASONS[reason] for reason in each.reasons)
    said = ". ".join(part for part in (reasons, " ".join(each.comment.split())) if part)
    verdict = "helpful" if each.verdict == "helpful" else "not helpful"
    return f"{each.created_at[:10]}  {each.receipt_id}  {verdict}{': ' + said if said else ''}"

"""From a person's thumb down to a case. Owns: turning a receipt and a reason into a case of the set `feedback`. Does not own:
chat or receipts.

The set lies in the user's own folder, is never sent anywhere, and is run with `adviser eval --set feedback`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from assistant.errors import InputError
from assistant.nouns import Receipt
from evals.cases import QuestionCase, UnanswerableCase

SET = "feedback"


def add_case(receipt: Receipt, folder: Path, *, reason: str, gold: Sequence[str], facts: Sequence[str], refuse: bool) -> Path:
    """Append a case made of a receipt to the set. `facts`: each shown wording that the answer lacks, alternatives parted by '|'.

    Raises InputError when it is not said what would have been right, or when the receipt is a case already.
    """
    if refuse == bool(gold and facts):
        raise InputError(
            "Say what would have been right: either --should-refuse, or --gold ID and --fact TEXT (both may be repeated)."
        )
    if refuse:
        case: QuestionCase | UnanswerableCase = UnanswerableCase(
            id=f"feedback-{receipt.id}", kind="missing_aspect", question=receipt.question, why=reason
        )
        path = folder / SET / "unanswerable.yaml"
    else:
        wanted = [[part.strip() for part in fact.split("|")] for fact in facts]
        case = QuestionCase(
            id=f"feedback-{receipt.id}",
            kind="fact",
            difficulty="medium",
            question=receipt.question,
            gold=list(gold),
            facts=wanted,
        )
        path = folder / SET / "questions.yaml"
    before = path.read_text("utf-8") if path.exists() else ""
    if f'"{case.id}"' in before:
        raise InputError(f"Receipt {receipt.id} is a case already, in {path}. Change it there.")
    path.parent.mkdir(parents=True, exist_ok=True)
    note = "" if refuse else f"# {' '.join(reason.split())}\n"
    item = ", ".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in case.model_dump().items())
    path.write_text(f"{before}{note}- {{{item}}}\n", "utf-8")
    return path

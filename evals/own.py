"""Hold another assistant to our measure. Owns: reading a JSON lines file of question, answer and contexts, and its grounding
verdicts.

Does not own: the rules (the product's gate and support score). Nothing else is required of a row: `id` and further keys are
allowed and ignored.
Beside it: the same sentences held against the contexts of the next row, which must do worse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError
from assistant.grounding.gate import check
from assistant.text.folding import locate
from assistant.text.sentences import sentence_spans
from evals.checkers import CONTAINED, Checker, containment
from evals.public.rows import rows
from evals.scoring import Scorer
from evals.verdicts import PRODUCT, CaseVerdict, SuiteResult

VERSION = "1"
SUPPORTED, FIGURES, VERBATIM = "sentences supported", "passes the gate", "verbatim in a context"
SCORER = Scorer("grounding", VERSION)


@dataclass(frozen=True)
class Row:
    """One answer of the other assistant."""

    id: str
    question: str
    answer: str
    contexts: tuple[str, ...]


def read_own(path: Path) -> list[Row]:
    """The rows of a file. Raises InputError that names the line and what is missing."""
    found = []
    for number, row in enumerate(rows(path), start=1):
        contexts = row.get("contexts")
        texts = isinstance(contexts, list) and all(isinstance(each, str) for each in contexts)
        if not texts or not all(isinstance(row.get(name), str) for name in ("question", "answer")):
            raise InputError(
                f"{path.name}, row {number}: it needs a question, an answer and contexts (a list of texts). Mend the row."
            )
        found.append(Row(str(row.get("id", number)), row["question"], row["answer"], tuple(contexts or ())))
    if not found:
        raise InputError(f"{path.name} holds no row. Give one JSON object a line with question, answer and contexts.")
    return found


def score_own(answers: Sequence[Row], checker: Checker | None) -> SuiteResult:
    """Verdicts on each sentence of each answer."""
    verdicts: list[CaseVerdict] = []
    for place, row in enumerate(answers):
        other = answers[(place + 1) % len(answers)].contexts
        sentences = [row.answer[a:b] for a, b in sentence_spans(row.answer)]
        if not sentences:
            verdicts.append(SCORER.unscored(SUPPORTED, row.id, "the answer has no sentence"))
        for number, sentence in enumerate(sentences, start=1):
            case = f"{row.id} sentence {number}"
            verdicts += _sentence(case, row.id, sentence, row.contexts, checker)
            if len(answers) > 1:
                verdicts += _sentence(case, row.id, sentence, other, checker, system="another answer's contexts")
    return SuiteResult(verdicts=verdicts)


def _sentence(
    case: str, group: str, sentence: str, contexts: Sequence[str], checker: Checker | None, *, system: str = PRODUCT
) -> list[CaseVerdict]:
    problems = "; ".join(str(problem) for problem in check(sentence, contexts))
    verbatim = any(locate(sentence, context) for context in contexts)
    said = [
        SCORER.say(FIGURES, case, ok=not problems, group=group, system=system, reason=f"{problems}: {sentence}"),
        SCORER.say(VERBATIM, case, ok=verbatim, group=group, system=system, reason=sentence),
    ]
    if system == PRODUCT:
        held = containment(sentence, contexts) >= CONTAINED
        said.append(SCORER.say(SUPPORTED, case, ok=held, group=group, system="containment of words ≥ 0.6", reason=sentence))
    if verbatim or problems:
        reason = f"{problems}: {sentence}"
        return [*said, SCORER.say(SUPPORTED, case, ok=verbatim, group=group, system=system, reason=reason)]
    if checker is None:
        return [*said, SCORER.unscored(SUPPORTED, case, "this version has no support score", group=group, system=system)]
    score = checker.score(sentence, contexts)
    ok = checker.supports(sentence, contexts, score)
    return [
        *said,
        SCORER.say(SUPPORTED, case, ok=ok, group=group, system=system, reason=f"support score {score:.2f}: {sentence}"),
    ]

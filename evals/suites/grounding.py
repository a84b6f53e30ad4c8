"""Is every sentence shown held by what it cites? Owns: exact quotes, valid ids and numbers, support sentence by sentence,
citation precision.

Does not own: whether the answer is right or complete. Each measure stands beside the same answers spoilt on purpose, which must
score worse.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.grounding.gate import check
from assistant.nouns import Answer, Citation, Passage, Sentence
from assistant.text.folding import fold
from evals.checkers import Checker
from evals.context import Context, asked
from evals.product import Asked
from evals.scoring import Scorer, as_crash
from evals.spoil import SPOILT
from evals.verdicts import PRODUCT, CaseVerdict, SuiteResult

VERSION = "1"
EXACT, VALID, NUMBERED = "quotes are exact", "citation ids are valid", "citations are numbered in order"
RECALL, PRECISION, HONEST = "citation recall", "citation precision", "statuses are honest"
SCORER = Scorer("grounding", VERSION)


def asks(context: Context) -> list[Asked]:
    """Every answerable question, and the first of the ones that must be refused: what is shown wrongly must still be grounded."""
    return asked([case.question for case in context.questions] + [case.question for case in context.unanswerable])


def run(context: Context) -> SuiteResult:
    """Check every sentence of every answer, and of the same answers spoilt."""
    verdicts: list[CaseVerdict] = []
    cases = [(c.id, c.question) for c in context.questions] + [(c.id, c.question) for c in context.unanswerable]
    for case, question in cases:
        recorded = as_crash(context.recorder.ask(question))
        if recorded.answer is None:
            verdicts += [SCORER.lost(name, case, recorded) for name in (EXACT, VALID, NUMBERED, RECALL, PRECISION, HONEST)]
            continue
        cited = {c.passage_id for s in recorded.answer.sentences for c in s.citations}
        held = context.product.library.passages_by_id(sorted(cited))
        verdicts += of_answer(case, recorded.answer, held, context.checker)
        for name, spoil in SPOILT.items():
            verdicts += of_answer(case, spoil(recorded.answer), held, context.checker, system=name)
    return SuiteResult(verdicts=verdicts)


def of_answer(
    case: str, answer: Answer, held: Mapping[str, Passage], checker: Checker | None, *, system: str = PRODUCT
) -> list[CaseVerdict]:
    """Verdicts on one answer's sentences and citations. `held`: the library's passages that it cites, by id."""
    verdicts = []
    for place, sentence in enumerate(answer.sentences, start=1):
        name = f"{case} sentence {place}"
        for number, citation in enumerate(sentence.citations, start=1):
            each = f"{name} citation {number}"
            wrong = _inexact(citation, held)
            verdicts.append(SCORER.say(EXACT, each, ok=not wrong, group=case, system=system, reason=wrong))
            known = citation.passage_id in held and held[citation.passage_id].source_id == citation.source_id
            verdicts.append(
                SCORER.say(VALID, each, ok=known, group=case, system=system, reason=f"no passage {citation.passage_id}")
            )
            if sentence.status != "advice":
                verdicts.append(_precise(each, sentence, citation, checker, case=case, system=system))
        verdicts.append(_honest(name, sentence, case=case, system=system))
        if sentence.status != "advice":
            quotes = [c.quote for c in sentence.citations]
            verdicts.append(_support(RECALL, name, sentence, quotes, checker, case=case, system=system))
    if answer.sentences:
        verdicts.append(_numbered(case, answer, system=system))
    return verdicts


def _inexact(citation: Citation, held: Mapping[str, Passage]) -> str:
    passage = held.get(citation.passage_id)
    if passage is None:
        return f"there is no passage {citation.passage_id}"
    there = passage.text[citation.start : citation.end]
    return (
        ""
        if citation.quote.strip() and there == citation.quote
        else f"at its offsets stands “{there[:80]}”, not “{citation.quote[:80]}”"
    )


def _support(
    measure: str, name: str, sentence: Sentence, quotes: list[str], checker: Checker | None, *, case: str, system: str
) -> CaseVerdict:
    """Quoted words, or a paraphrase that the gate lets through and the support score carries. Without a score a paraphrase is
    unscored.
    """
    tags = {"status": sentence.status}
    if any(fold(sentence.text).strip() == fold(quote).strip() for quote in quotes):
        return SCORER.say(measure, name, ok=True, group=case, system=system, tags=tags)
    problems = [str(problem) for problem in check(sentence.text, quotes)]
    if problems:
        return SCORER.say(measure, name, ok=False, group=case, system=system, reason="; ".join(problems), tags=tags)
    if checker is None:
        return SCORER.unscored(measure, name, "this version has no support score", group=case, system=system)
    score = checker.score(sentence.text, quotes)
    ok = checker.supports(sentence.text, quotes, score)
    return SCORER.say(measure, name, ok=ok, group=case, system=system, reason=f"support score {score:.2f}", tags=tags)


def _precise(
    name: str, sentence: Sentence, citation: Citation, checker: Checker | None, *, case: str, system: str
) -> CaseVerdict:
    """A citation earns its place when it supports the sentence alone, or when the others together would not do without it."""
    alone = _support(PRECISION, name, sentence, [citation.quote], checker, case=case, system=system)
    others = [c.quote for c in sentence.citations if c is not citation]
    if alone.verdict == "pass" or not others:
        return alone
    whole = _support(PRECISION, name, sentence, [citation.quote, *others], checker, case=case, system=system)
    without = _support(PRECISION, name, sentence, others, checker, case=case, system=system)
    return whole if whole.verdict == "pass" and without.verdict == "fail" else alone


def _honest(name: str, sentence: Sentence, *, case: str, system: str) -> CaseVerdict:
    verbatim = any(fold(sentence.text).strip() == fold(c.quote).strip() for c in sentence.citations)
    wrong = ""
    if sentence.status == "unsupported":
        wrong = "an unsupported sentence is shown"
    elif sentence.status == "quoted" and not verbatim:
        wrong = "it is called quoted and is not the cited words"
    elif sentence.status != "advice" and not sentence.citations:
        wrong = "it cites nothing and is not called advice"
    return SCORER.say(HONEST, name, ok=not wrong, group=case, system=system, reason=wrong)


def _numbered(case: str, answer: Answer, *, system: str) -> CaseVerdict:
    seen = list(dict.fromkeys(c.n for s in answer.sentences for c in s.citations))
    ok = bool(seen) and seen == list(range(1, len(seen) + 1))
    return SCORER.say(NUMBERED, case, ok=ok, system=system, reason=f"numbers in order of showing: {seen}")

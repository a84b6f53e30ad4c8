"""The litmus test: is a mission the right approach here? Owns: the result by rule, what would change it, what to find out.

Does not own: the questions and rules (`corpus/instruments/litmus.yaml`). The same answers give the same result.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pydantic import Field

from assistant.errors import InputError
from assistant.instruments.assessment import CANNOT_TELL, Assessment, CaseShown, MarkResult, Point, Result, number_citations
from assistant.instruments.literature import Literature
from assistant.instruments.litmus_results import ResultTable
from assistant.instruments.litmus_spec import Ending, LitmusSpec, Option, Question
from assistant.instruments.marks import Given, GivenAnswer, Respondent, confidence_of, statements_of
from assistant.instruments.spec import read_spec, rubric_of
from assistant.nouns import Noun

NAME = "litmus"


class LitmusAnswers(Noun):
    """What is needed for the test. `marks`: a question's id and the answer to it; a question left out cannot be told."""

    subject: str = Field(default="", max_length=500, description="The challenge or goal that is tested.")
    respondent: Respondent = Respondent()
    marks: dict[str, Given] = Field(default_factory=dict)


@dataclass(frozen=True)
class LitmusTest:
    """The test: its data, and its rules worked out."""

    spec: LitmusSpec
    table: ResultTable


@lru_cache(maxsize=1)
def litmus_test() -> LitmusTest:
    """The test as it is packaged."""
    spec = read_spec(NAME, LitmusSpec)
    return LitmusTest(spec, ResultTable(spec))


def assess_litmus(answers: LitmusAnswers, literature: Literature) -> Assessment:
    """The finished test. Raises InputError for questions or marks that it does not have."""
    test = litmus_test()
    given = _checked(answers, test.spec)
    answered = _Answered(test, {name: answer.mark for name, answer in given.items()})
    ending = answered.ending()
    name = answers.respondent.name.strip()
    found = Assessment(
        instrument="litmus",
        rubric=rubric_of(NAME, test.spec.version),
        title=test.spec.title,
        subject=answers.subject.strip(),
        respondents=[name] if name else [],
        marks=[_mark(q, given[q.id], answers.respondent, answered, literature) for q in test.spec.questions],
        result=_decided(ending, answered, literature) if ending else _open(answered),
        strengths=[Point(text=_sentence(o.says), criterion=q.id) for q, o in answered.options() if o.strong],
        gaps=[Point(text=o.condition, criterion=q.id) for q, o in answered.options() if o.condition],
        next_steps=[Point(text=step.text, citations=literature.cite_all(step.cite)) for step in ending.steps] if ending else [],
        find_out=[question.find_out for question in answered.to_find_out()],
        cases=_cases(ending, literature) if ending else [],
        notes=[test.spec.ours, *test.spec.notes],
        answers=answers.model_dump(mode="json"),
    )
    return number_citations(found)


@dataclass(frozen=True)
class _Answered:
    """The test with the mark of every question."""

    test: LitmusTest
    marks: Mapping[str, str]

    def options(self) -> Iterator[tuple[Question, Option]]:
        """The questions that were answered, with the answers."""
        for question in self.test.spec.questions:
            option = question.option(self.marks[question.id])
            if option is not None:
                yield question, option

    def results(self, **instead: str) -> list[str]:
        """Keys of the results still possible, with other marks for some questions."""
        return self.test.table.results_left({**self.marks, **instead})

    def ending(self) -> Ending | None:
        """The result, where the marks decide it."""
        left = self.results()
        return self.test.spec.ending(left[0]) if len(left) == 1 else None

    def deciding(self, key: str) -> list[Question]:
        """The questions that the rules for this result rest on; where no rule names one, those with a weak mark."""
        names = {
            name
            for rule in self.test.spec.rules
            if rule.key == key and rule.when and all(self.marks[name] in wanted for name, wanted in rule.when.items())
            for name in rule.when
        }
        weak = {question.id for question, option in self.options() if not option.strong}
        return [question for question in self.test.spec.questions if question.id in (names or weak)]

    def to_find_out(self) -> list[Question]:
        """The open questions, the one that narrows the result most first; those that cannot change it left out."""
        now = self.results()
        mean_left: dict[str, float] = {}
        for question in self.test.spec.questions:
            if question.option(self.marks[question.id]) is None:
                left = [self.results(**{question.id: option.id}) for option in question.marks]
                if len(now) == 1 or any(each != now for each in left):
                    mean_left[question.id] = sum(map(len, left)) / len(left)
        return sorted((self.test.spec.question(name) for name in mean_left), key=lambda question: mean_left[question.id])


def _checked(answers: LitmusAnswers, spec: LitmusSpec) -> dict[str, GivenAnswer]:
    known = {question.id: question for question in spec.questions}
    for name, answer in answers.marks.items():
        if name not in known:
            raise InputError(f"The litmus test has no question '{name[:60]}'. Its questions are: {', '.join(known)}.")
        allowed = [*(option.id for option in known[name].marks), CANNOT_TELL]
        if answer.mark not in allowed:
            raise InputError(f"'{answer.mark}' is no answer to '{name}'. Give one of: {', '.join(allowed)}.")
    return {name: answers.marks.get(name, GivenAnswer()) for name in known}


def _mark(
    question: Question, answer: GivenAnswer, respondent: Respondent, answered: _Answered, literature: Literature
) -> MarkResult:
    option = question.option(answer.mark)
    unnamed = answer.why.strip() if not respondent.name.strip() else ""
    return MarkResult(
        criterion=question.id,
        title=question.title,
        mark=answer.mark,
        mark_words=option.words if option else "Cannot tell",
        confidence=confidence_of(answer, respondent),
        quotes=answer.quotes,
        statements=statements_of(answer, respondent),
        reason=" ".join(part for part in (unnamed, question.reason) if part),
        missing="" if option else question.find_out,
        would_change=" ".join([question.would_change, *_otherwise(question, answered)]),
        literature=literature.cite_all(question.cite),
    )


def _otherwise(question: Question, answered: _Answered) -> Iterator[str]:
    """The results that another answer to this one question would give, as sentences."""
    now = answered.results()
    for option in question.marks:
        then = answered.results(**{question.id: option.id})
        if option.id != answered.marks[question.id] and then != now and len(then) == 1:
            words = answered.test.spec.ending(then[0]).words
            yield f"With “{option.words}” the result would be: {_lower(words)}."


def _decided(ending: Ending, answered: _Answered, literature: Literature) -> Result:
    says = [option.says for question in answered.deciding(ending.key) if (option := question.option(answered.marks[question.id]))]
    because = [ending.means, *(_sentence(each) for each in says)]
    if CANNOT_TELL in answered.marks.values():
        because.append("The result is the same whatever the open questions turn out to be.")
    return Result(key=ending.key, headline=ending.headline, because=because, citations=literature.cite_all(ending.cite))


def _open(answered: _Answered) -> Result:
    could = [_lower(answered.test.spec.ending(key).words) for key in answered.results()]
    ask = [question.ask for question in answered.to_find_out()]
    return Result(
        key=CANNOT_TELL,
        headline="It cannot be told yet.",
        because=[
            f"It could still be: {'; '.join(could)}.",
            f"Find out first: {ask[0]}",
            *(f"Then: {_lower(each)}" for each in ask[1:3]),
        ],
    )


def _cases(ending: Ending, literature: Literature) -> list[CaseShown]:
    shown: list[CaseShown] = []
    for case in ending.cases:
        citations = literature.cite_all([case.case, *case.more])
        if citations:
            first = citations[0]
            shown.append(
                CaseShown(source_id=first.source_id, title=first.title, side=case.side, why=case.why, citations=citations)
            )
    return shown


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _lower(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"

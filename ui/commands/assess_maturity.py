"""`adviser assess maturity`. Owns: the answers of one or several people, and the document beside them. Does not own: the assessment."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from pydantic import Field

from assistant.assistant import open_assistant
from assistant.errors import InputError
from assistant.instruments.literature import Literature
from assistant.instruments.maturity import MaturityAnswers, MaturityRespondent, assess_maturity, maturity_spec
from assistant.instruments.maturity_evidence import Proposal, propose_evidence
from assistant.instruments.stamp import stamped
from assistant.settings import Settings
from ui.assess_answers import read_answers
from ui.assess_document import place_words
from ui.assess_interview import ask_respondent, form, interview
from ui.assess_output import add_output, checked_out, finish
from ui.assess_questions import maturity_questions
from ui.own_documents import read_own_document

HEAD = {"subject": "''", "name": "''", "role": "''"}


class PersonForm(MaturityRespondent):
    """The form that one person fills in; or the answers of several, as an assessment keeps them."""

    subject: str = ""
    respondents: list[MaturityRespondent] = Field(default_factory=list)

    def people(self) -> list[MaturityRespondent]:
        """Everyone who answers in it."""
        own = MaturityRespondent(name=self.name, role=self.role, marks=self.marks)
        return [*([own] if self.marks else []), *self.respondents]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its own options."""
    parser.add_argument(
        "--answers", action="append", default=[], metavar="FILE", help="one person's filled-in form; repeat it for several people"
    )
    parser.add_argument("--evidence", metavar="FILE", help="your strategy: its sentences are proposed for each dimension")
    parser.add_argument("--form", action="store_true", help="print an empty form to fill in, and nothing else")
    parser.add_argument("--about", default="", metavar="TEXT", help="the mission or organisation that is assessed")
    add_output(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Propose sentences, ask, or read the answers; then assess."""
    checked_out(arguments.out)
    forms = [read_answers(name, PersonForm) for name in arguments.answers]
    document = read_own_document(Path(arguments.evidence), settings) if arguments.evidence else None
    if arguments.form and document is None:
        print(form(maturity_questions(), head=HEAD, title=maturity_spec().title), end="")
        return 0
    if document is None and not forms:
        _require_somebody()
    assistant = open_assistant(settings)
    proposals = propose_evidence(document, maturity_spec(), assistant.embedder) if document and not forms else []
    if arguments.form:
        print(form(maturity_questions(proposals), head=HEAD, title=maturity_spec().title), end="")
        return 0
    if proposals and (arguments.json or not sys.stdin.isatty()):
        return _show(proposals, json=arguments.json)
    started = time.perf_counter()
    answers = _gathered(forms) if forms else _interview(proposals)
    if arguments.about:
        answers = answers.model_copy(update={"subject": arguments.about})
    found = assess_maturity(answers, Literature(assistant.library), document=document)
    documents = [document] if document else []
    return finish(stamped(found, assistant.library, started=started, documents=documents), arguments, assistant)


def _gathered(forms: Sequence[PersonForm]) -> MaturityAnswers:
    people = [person for each in forms for person in each.people()]
    return MaturityAnswers(subject=next((each.subject for each in forms if each.subject), ""), respondents=people)


def _require_somebody() -> None:
    if not sys.stdin.isatty():
        raise InputError(
            "There is nobody to ask here. Give --answers FILE (`adviser assess maturity --form` prints a form to fill in) "
            "or --evidence FILE."
        )


def _interview(proposals: Sequence[Proposal]) -> MaturityAnswers:
    print(maturity_spec().title)
    subject = input("Which mission or organisation is it about? ").strip()
    print("A level counts only with a quote of your document, or with your name and your words.")
    who = ask_respondent(input)
    marks = interview(maturity_questions(proposals), input, print)
    return MaturityAnswers(subject=subject, respondents=[MaturityRespondent(name=who.name, role=who.role, marks=marks)])


def _show(proposals: Sequence[Proposal], *, json: bool) -> int:
    """The sentences to look at. No marks: those are for people."""
    if json:
        from pydantic import TypeAdapter

        print(TypeAdapter(list[Proposal]).dump_json(list(proposals), indent=1).decode())
        return 0
    print("Sentences of your document to look at. They are no marks: fill in the form (add --form) or run this in a terminal.")
    for proposal in proposals:
        print(f"\n{proposal.title}: {proposal.ask}")
        for quote in proposal.quotes:
            print(f"  “{quote.text}” ({place_words(quote)})")
        if not proposal.quotes:
            print("  Nothing was found.")
    return 0

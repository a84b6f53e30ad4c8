"""`adviser assess litmus`. Owns: the answers, from a file or an interview. Does not own: the test."""

from __future__ import annotations

import argparse
import sys
import time

from assistant.assistant import open_assistant
from assistant.errors import InputError
from assistant.instruments.literature import Literature
from assistant.instruments.litmus import LitmusAnswers, assess_litmus, litmus_test
from assistant.instruments.stamp import stamped
from assistant.settings import Settings
from ui.assess_answers import read_answers
from ui.assess_interview import ask_respondent, form, interview
from ui.assess_output import add_output, checked_out, finish
from ui.assess_questions import litmus_questions


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its own options."""
    parser.add_argument("--answers", metavar="FILE", help="a filled-in form (YAML or JSON) in place of the interview")
    parser.add_argument("--form", action="store_true", help="print an empty form to fill in, and nothing else")
    parser.add_argument("--about", default="", metavar="TEXT", help="the challenge or goal that is tested")
    add_output(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Ask, or read the answers; then test."""
    if arguments.form:
        print(
            form(
                litmus_questions(), head={"subject": "''", "respondent": "{name: '', role: ''}"}, title=litmus_test().spec.title
            ),
            end="",
        )
        return 0
    checked_out(arguments.out)
    answers = read_answers(arguments.answers, LitmusAnswers) if arguments.answers else _interview()
    if arguments.about:
        answers = answers.model_copy(update={"subject": arguments.about})
    assistant = open_assistant(settings)
    started = time.perf_counter()
    found = assess_litmus(answers, Literature(assistant.library))
    return finish(stamped(found, assistant.library, started=started), arguments, assistant)


def _interview() -> LitmusAnswers:
    if not sys.stdin.isatty():
        raise InputError(
            "There is nobody to ask here. Give --answers FILE; `adviser assess litmus --form` prints a form to fill in."
        )
    print(litmus_test().spec.title)
    subject = input("What challenge or goal is it about? ").strip()
    respondent = ask_respondent(input)
    return LitmusAnswers(subject=subject, respondent=respondent, marks=interview(litmus_questions(), input, print))

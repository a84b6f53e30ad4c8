"""`adviser ask`. Owns: reading the question, printing the answer. Does not own: answering."""

from __future__ import annotations

import argparse
import codecs
import sys

from assistant.assistant import open_assistant
from assistant.errors import QuestionError
from assistant.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Answer and print."""
    question = read_question_text(arguments.question, limit=settings.question_limit)
    assistant = open_assistant(settings)
    for source_id in arguments.source:
        assistant.library.source(source_id)
    answer = assistant.ask(question, depth=arguments.depth, source_ids=arguments.source, themes=arguments.theme)
    if arguments.json:
        print(answer.model_dump_json(indent=1))
    else:
        from ui.terminal import answer_view, console

        console().print(answer_view(answer))
    return 0


def read_question_text(given: str, *, limit: int) -> str:
    """The question, from standard input for '-'; held to its limits before anything is opened. Raises QuestionError."""
    from assistant.route import read_request

    if given == "-":
        sent = sys.stdin.buffer.read(4 * limit + 4)  # UTF-8 takes up to four bytes a character
        try:
            given = codecs.getincrementaldecoder("utf-8-sig")().decode(sent, final=len(sent) <= 4 * limit)
        except UnicodeDecodeError:
            raise QuestionError("The question on standard input is not text. Send it as UTF-8.") from None
    read_request(given, limit=limit)
    return given

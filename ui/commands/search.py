"""`adviser search`. Owns: printing what was found. Does not own: searching."""

from __future__ import annotations

import argparse

from assistant.assistant import open_assistant
from assistant.settings import Settings
from ui.commands.ask import read_question_text


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Search and print."""
    query = read_question_text(arguments.query, limit=settings.question_limit)
    assistant = open_assistant(settings)
    for source_id in arguments.source:
        assistant.library.source(source_id)
    results = assistant.search(query, k=arguments.k, source_ids=arguments.source, themes=arguments.theme)
    if arguments.json:
        from pydantic import TypeAdapter

        from assistant.nouns import SearchResult

        print(TypeAdapter(list[SearchResult]).dump_json(results, indent=1).decode())
    else:
        from ui.terminal import console, results_view

        console().print(results_view(results))
    return 0

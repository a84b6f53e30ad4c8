"""`adviser assess washing`. Owns: the document to check and its options. Does not own: the check."""

from __future__ import annotations

import argparse
import time
from datetime import UTC, datetime
from pathlib import Path

from assistant.assistant import open_assistant
from assistant.instruments.literature import Literature
from assistant.instruments.stamp import stamped
from assistant.instruments.washing.assess import assess_washing
from assistant.settings import Settings
from ui.assess_output import add_output, checked_out, finish
from ui.own_documents import read_own_document

EARLIEST, LATEST = 1990, 2100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its own options."""
    parser.add_argument(
        "document", metavar="FILE", help="the strategy to check: PDF, Word, text or another format that ingest reads"
    )
    parser.add_argument("--about", default="", metavar="TEXT", help="what it is the strategy of; the file's name when left out")
    parser.add_argument(
        "--year",
        type=_year,
        metavar="YEAR",
        help="the year that its dates are seen from, such as when it was written (this year)",
    )
    add_output(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Read the document, check it, and show the marks."""
    checked_out(arguments.out)
    document = read_own_document(Path(arguments.document), settings)
    assistant = open_assistant(settings)
    started = time.perf_counter()
    found = assess_washing(
        document,
        Literature(assistant.library),
        assistant.embedder,
        now=arguments.year or datetime.now(UTC).year,
        subject=arguments.about,
    )
    return finish(stamped(found, assistant.library, started=started, documents=[document]), arguments, assistant)


def _year(text: str) -> int:
    year = int(text)
    if not EARLIEST <= year <= LATEST:
        raise argparse.ArgumentTypeError(f"give a year from {EARLIEST} to {LATEST}")
    return year

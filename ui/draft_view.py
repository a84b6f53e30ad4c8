"""A checked draft in the terminal. Owns: its plain lines. Pure. Does not own: the words (`draft_words.py`)."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from assistant.draft.nouns import CheckedSentence, DraftReport
from ui.draft_report import claims_of
from ui.draft_words import NOTE, STATUS_ICONS, STATUS_WORDS, counts_line, reasons, source_line

WIDTH = 100


def report_lines(report: DraftReport, *, width: int = WIDTH) -> Iterator[str]:
    """The report, a line at a time: counts first, then each statement with its status, reasons and quotes."""
    yield counts_line(report)
    yield from _wrapped(NOTE, width, "")
    yield from (line for warning in report.warnings for line in _wrapped(f"! {warning}", width, ""))
    for sentence in claims_of(report):
        yield ""
        yield from _sentence(sentence, width)
    yield ""
    yield "Headings, questions, advice and the like are not judged; --json lists them."
    yield f"Searched {report.searched.passages:,} passages of {report.searched.sources:,} sources."


def _sentence(sentence: CheckedSentence, width: int) -> Iterator[str]:
    yield from _wrapped(f"{sentence.n}. {sentence.text}", width, "")
    if sentence.reads_as:
        yield from _wrapped(f"Read as: {sentence.reads_as}", width, "   ")
    yield from _wrapped(f"{STATUS_ICONS[sentence.status]} {STATUS_WORDS[sentence.status]}. {reasons(sentence)}", width, "   ")
    for citation in sentence.citations:
        yield from _wrapped(f"“{citation.quote}”", width, "     ")
        yield from _wrapped(source_line(citation), width, "     ")


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    printable = "".join(ch if ch.isprintable() else " " for ch in text)
    return textwrap.wrap(printable, width, initial_indent=indent, subsequent_indent=indent or "   ")

"""From chosen statements to a brief's statements. Owns: proving each by the grounder, or having the chat model write from them.

Does not own: choosing them, or the checks. What is not proved is left out and counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.briefs.desk import Desk
from assistant.briefs.nouns import Statement
from assistant.compose import extractive, generative
from assistant.compose.candidates import Candidate
from assistant.compose.writing import ChatRecord, Written, quote
from assistant.nouns import Sentence


@dataclass
class Naming:
    """Ids of one section's statements, none used twice: `results-1`, `results-2`, …"""

    section: str
    taken: set[str] = field(default_factory=set)

    def next(self) -> str:
        """The next free id."""
        number = 1
        while f"{self.section}-{number}" in self.taken:
            number += 1
        self.taken.add(f"{self.section}-{number}")
        return f"{self.section}-{number}"


@dataclass(frozen=True)
class Proved:
    """Statements that passed, what is missing, and what the chat model had to do with it."""

    statements: tuple[Statement, ...]
    gaps: tuple[str, ...] = ()
    chat: ChatRecord | None = None


def proved(desk: Desk, question: str, chosen: Sequence[Candidate], naming: Naming, *, quoted_only: bool = False) -> Proved:
    """The chosen statements, quoted; or what the chat model wrote from them, where there is one and a text is wanted."""
    if not chosen:
        return Proved(())
    proposals = [extractive.proposal(c, extractive.section_of(c)) for c in chosen]
    shown = {c.evidence.passage.id: c.evidence for c in chosen}
    if desk.scribe is None or quoted_only:
        written = _last(quote(proposals, shown))
    else:
        evidence = list(shown.values())
        written = _last(desk.scribe.write(question, evidence=evidence, shown=shown, depth="full", rest=proposals))
    return Proved(tuple(_statements(written, naming)), written.gaps, written.chat)


def _statements(written: Written, naming: Naming) -> Iterator[Statement]:
    for sentence in written.sentences:
        yield Statement(
            id=naming.next(),
            text=sentence.text,
            status=sentence.status,
            origin="quoted" if sentence.status == "quoted" or written.composer != generative.NAME else "model",
            citations=sentence.citations,
        )


def _last(steps: Iterator[Sentence]) -> Written:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            written: Written = end.value
            return written

"""A document as blocks: what every export of a brief is written from. Owns: the blocks' shapes. Does not own: their content or any format.

All formats take the same blocks in the same order, so that text, numbers and statuses are the same in each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

RunStyle = Literal["plain", "strong", "emphasis", "mark"]
ParagraphStyle = Literal["title", "subtitle", "body", "own", "small", "warning", "bullet", "numbered"]
TableStyle = Literal["cells", "annex"]
_BREAKS = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})
# Characters that reorder or hide what a reader sees, and those that XML does not allow.
_HIDDEN = dict.fromkeys(
    [
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *range(9),
        *range(0xE, 0x20),
        0x7F,
        *range(0xD800, 0xE000),
        0xFFFE,
        0xFFFF,
    ],
    "\ufffd",
)


def shown_text(text: str) -> str:
    """Text as a document may hold it: line breaks as one character, nothing that hides or reorders. Else unchanged."""
    return text.replace("\r\n", "\n").translate(_BREAKS).translate(_HIDDEN)


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style. `note`: the number of a note that stands here, in place of
    text: raised, or on the line where the style is strong."""

    text: str = ""
    style: RunStyle = "plain"
    note: int = 0
    href: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3; `anchor` is unique in the document."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Paragraph:
    """One paragraph."""

    runs: Runs
    style: ParagraphStyle = "body"


@dataclass(frozen=True)
class Table:
    """A table with one header row. `widths`: shares of the page's width. `alt`: what it shows, for who cannot see it."""

    caption: str
    alt: str
    header: tuple[str, ...]
    rows: tuple[tuple[tuple[Runs, ...], ...], ...]  # rows of cells of paragraphs of runs
    widths: tuple[float, ...]
    style: TableStyle = "cells"
    row_headers: bool = True
    captioned: bool = True  # False: the heading above it says the same


@dataclass(frozen=True)
class Contents:
    """Where the table of contents stands."""


@dataclass(frozen=True)
class PageBreak:
    """Where a new page begins."""


Block = Heading | Paragraph | Table | Contents | PageBreak


@dataclass(frozen=True)
class Document:
    """A whole document. `notes`: the text of each note by its number, 1 to the last without a hole. `date`: ISO day."""

    title: str
    subject: str
    author: str
    date: str
    blocks: tuple[Block, ...]
    notes: Mapping[int, Runs] = field(default_factory=dict)
    endnotes: bool = False
    language: str = "en-GB"

    def headings(self) -> list[Heading]:
        """The headings in order."""
        return [block for block in self.blocks if isinstance(block, Heading)]

    def runs(self) -> Iterator[Run]:
        """Every run of the body in reading order."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield from block.runs
            elif isinstance(block, Table):
                for row in block.rows:
                    for cell in row:
                        for paragraph in cell:
                            yield from paragraph


def words(text: str, style: RunStyle = "plain") -> Runs:
    """One run of text."""
    return (Run(shown_text(text), style),)

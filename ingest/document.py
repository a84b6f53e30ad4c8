"""What an extractor makes of a file. Owns: the shape between extracting and segmenting. Does not own: either of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

EVIDENCE_TYPE = "your document"  # of whatever a person ingests

BlockKind = Literal["paragraph", "heading", "list_item", "table_row", "quotation", "footnote"]


@dataclass(frozen=True)
class Break:
    """From `offset` (characters into the block's text) on, the text stands on this page."""

    offset: int
    page: int
    page_label: str | None = None


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list item or table row in reading order.

    `text` is cleaned (one line, no soft hyphens, hyphenation mended) and is what quotes are cut from.
    `breaks` has one entry for each page the text stands on, the first at offset 0; empty where the format has no pages.
    `label` says where a reader of the file finds it when pages do not: 'slide 3', 'slide 3, notes', 'sheet Costs, row 12', 'row 12'.
    """

    text: str
    kind: BlockKind = "paragraph"
    level: int = 0
    breaks: Sequence[Break] = ()
    label: str | None = None


@dataclass(frozen=True)
class Document:
    """A file's content and what it says of itself."""

    format: str
    blocks: Sequence[Block]
    title: str | None = None
    authors: Sequence[str] = ()
    organisation: str | None = None
    year: int | None = None
    url: str | None = None
    language: str | None = None
    pages: int | None = None
    pages_without_text: int = 0
    warnings: Sequence[str] = field(default_factory=tuple)

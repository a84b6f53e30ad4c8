"""Cutting a document into passages. Owns: where passages begin and end, their offsets, sentences and locators.

Does not own: extracting the document or embedding the passages. A passage never crosses a heading; it holds whole paragraphs, or whole
sentences of one long paragraph. The heading stands as the first line of the first passage under it, so that it can be found and quoted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.identifiers import passage_id
from assistant.nouns import Locator, PageBreak, Passage
from assistant.text.sentences import sentence_spans
from ingest.document import Block, Break, Document

SEGMENTER_VERSION = "1"
TARGET = 900  # characters: about 200 word pieces, under the embedding model's 256
LONGEST_SENTENCE = 1800  # a "sentence" longer than this (a table, a list without stops) is cut at white space
DEEPEST = 6


@dataclass(frozen=True)
class Segmented:
    """A document's stored text and its passages: `text[p.start:p.end] == p.text` for each."""

    text: str
    passages: tuple[Passage, ...]


@dataclass
class _Piece:
    """A run of text that stays whole: a short block, or one sentence of a long one."""

    text: str
    breaks: tuple[Break, ...]
    joint: str  # what stands between it and the piece before it


@dataclass
class _Open:
    """The passage being filled."""

    heading: tuple[str, ...]
    pieces: list[_Piece] = field(default_factory=list)
    size: int = 0


def segment(document: Document, *, source_id: str, source_hash: str, evidence_type: str = "unknown") -> Segmented:
    """Passages of a document in reading order."""
    parts: list[str] = []
    passages: list[Passage] = []
    at = 0
    for ordinal, group in enumerate(_groups(document.blocks)):
        text = "".join(piece.joint + piece.text for piece in group.pieces)
        breaks = _page_breaks(group.pieces)
        locator = Locator(heading=list(group.heading))
        if breaks:
            locator = locator.model_copy(update={"page": breaks[0].page, "page_label": breaks[0].page_label})
        passages.append(
            Passage(
                id=passage_id(source_id, source_hash, at, at + len(text)),
                source_id=source_id,
                ordinal=ordinal,
                text=text,
                start=at,
                end=at + len(text),
                locator=locator,
                sentences=sentence_spans(text),
                page_breaks=breaks[1:],
                evidence_type=evidence_type,
            )
        )
        parts.append(text)
        at += len(text) + 2
    return Segmented(text="\n\n".join(parts), passages=tuple(passages))


def _groups(blocks: Sequence[Block]) -> Iterator[_Open]:
    path: list[tuple[int, str]] = []
    current = _Open(heading=())
    for block in blocks:
        if not block.text.strip():
            continue
        if block.kind == "heading":
            if any(piece.text for piece in current.pieces):
                yield current
            path = [*((level, text) for level, text in path if level < block.level), (block.level, block.text)][-DEEPEST:]
            current = _Open(heading=tuple(text for _, text in path))
            _put(current, _Piece(block.text, tuple(block.breaks), ""))
            continue
        for piece in _pieces(block):
            if current.pieces and current.size + len(piece.text) > TARGET and not _only_heading(current):
                yield current
                current = _Open(heading=current.heading)
            _put(current, piece)
    if current.pieces:
        yield current


def _only_heading(current: _Open) -> bool:
    return len(current.pieces) == 1 and bool(current.heading) and current.pieces[0].text == current.heading[-1]


def _put(current: _Open, piece: _Piece) -> None:
    if not current.pieces:
        piece.joint = ""
    current.pieces.append(piece)
    current.size += len(piece.joint) + len(piece.text)


def _pieces(block: Block) -> Iterator[_Piece]:
    if len(block.text) <= TARGET:
        yield _Piece(block.text, tuple(block.breaks), "\n")
        return
    for number, (start, end) in enumerate(_short_spans(block.text)):
        page = [b for b in block.breaks if b.offset <= start][-1:]
        later = [b for b in block.breaks if start < b.offset < end]
        breaks = tuple(Break(max(0, b.offset - start), b.page, b.page_label) for b in [*page, *later])
        yield _Piece(block.text[start:end], breaks, "\n" if number == 0 else " ")


def _short_spans(text: str) -> Iterator[tuple[int, int]]:
    for start, end in sentence_spans(text):
        while end - start > LONGEST_SENTENCE:
            cut = text.rfind(" ", start, start + TARGET)
            cut = cut if cut > start else start + TARGET
            yield start, cut
            start = cut + 1 if text[cut : cut + 1] == " " else cut
        if start < end:
            yield start, end


def _page_breaks(pieces: Sequence[_Piece]) -> list[PageBreak]:
    found: list[PageBreak] = []
    at = 0
    for piece in pieces:
        at += len(piece.joint)
        for each in piece.breaks:
            if not found or found[-1].page != each.page:
                found.append(PageBreak(offset=at + each.offset, page=each.page, page_label=each.page_label))
        at += len(piece.text)
    return found

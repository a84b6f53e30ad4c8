"""Cutting a document into passages. Owns: where passages begin and end, their offsets, sentences and locators.

Does not own: extracting the document or embedding the passages. A passage never crosses a heading; it holds whole paragraphs, or
whole sentences of one long paragraph. The heading stands as the first line of the first passage under it, so that it can be found
and quoted.
Footnotes are passages of their own, after the passage that they belong to: they never stand between two of its sentences.

The process that reads files cuts into plain values (`cut`): it starts a fifth of a second sooner without the nouns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from assistant.identifiers import passage_id
from assistant.text.sentences import sentence_spans
from ingest.document import Block, Break, Document

if TYPE_CHECKING:
    from assistant.nouns import Passage

# Whoever changes what follows so that the same file gives other passages raises SEGMENTER_VERSION in versions.py.
TARGET = 900  # characters: about 200 word pieces, under the embedding model's 256
LONGEST_SENTENCE = 1800  # a "sentence" longer than this (a table, a list without stops) is cut at white space
DEEPEST = 6
BODY, FOOTNOTE = "body", "footnote"


@dataclass(frozen=True)
class Segmented:
    """A document's stored text and its passages: `text[p.start:p.end] == p.text` for each."""

    text: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Cut:
    """The same as plain values: each passage has the fields of the noun that it becomes, less those that stay as they are by default."""

    text: str
    passages: Sequence[dict[str, Any]]


@dataclass(frozen=True)
class _Place:
    """From `offset` on, a passage stands on this page, slide or row. The fields of the noun PageBreak."""

    offset: int
    page: int | None = None
    page_label: str | None = None
    label: str | None = None


@dataclass
class _Piece:
    """A run of text that stays whole: a short block, or one sentence of a long one."""

    text: str
    breaks: tuple[Break, ...]
    label: str | None
    joint: str  # what stands between it and the piece before it


@dataclass
class _Open:
    """The passage being filled."""

    heading: tuple[str, ...]
    section: str = BODY
    pieces: list[_Piece] = field(default_factory=list)
    size: int = 0

    def put(self, piece: _Piece) -> None:
        if not self.pieces:
            piece.joint = ""
        self.pieces.append(piece)
        self.size += len(piece.joint) + len(piece.text)

    @property
    def only_heading(self) -> bool:
        return len(self.pieces) == 1 and bool(self.heading) and self.pieces[0].text == self.heading[-1]


def segment(document: Document, *, source_id: str, source_hash: str, evidence_type: str = "unknown") -> Segmented:
    """Passages of a document in reading order."""
    from assistant.nouns import Passage

    made = cut(document, source_id=source_id, source_hash=source_hash, evidence_type=evidence_type)
    return Segmented(text=made.text, passages=tuple(map(Passage.model_validate, made.passages)))


def cut(document: Document, *, source_id: str, source_hash: str, evidence_type: str) -> Cut:
    """Passages of a document in reading order, as plain values."""
    parts: list[str] = []
    passages: list[dict[str, Any]] = []
    at = 0
    for ordinal, group in enumerate(_groups(document.blocks)):
        text = "".join(piece.joint + piece.text for piece in group.pieces)
        places = _places(group.pieces)
        first = places.pop(0) if places and places[0].offset == 0 else _Place(0)
        passages.append(
            {
                "id": passage_id(source_id, source_hash, at, at + len(text)),
                "source_id": source_id,
                "ordinal": ordinal,
                "text": text,
                "start": at,
                "end": at + len(text),
                "locator": {
                    "page": first.page,
                    "page_label": first.page_label,
                    "heading": list(group.heading),
                    "label": first.label,
                },
                "sentences": sentence_spans(text),
                "page_breaks": [asdict(place) for place in places],
                "section": group.section,
                "evidence_type": evidence_type,
            }
        )
        parts.append(text)
        at += len(text) + 2
    return Cut(text="\n\n".join(parts), passages=passages)


def _groups(blocks: Sequence[Block]) -> Iterator[_Open]:
    """Runs of pieces, each to be one passage; the footnotes met while one was filled follow it."""
    path: list[tuple[int, str]] = []
    current = _Open(heading=())
    notes: list[Block] = []
    for block in blocks:
        if not block.text.strip():
            continue
        if block.kind == "footnote":
            notes.append(block)
            continue
        if block.kind == "heading":
            yield from _closed(current, notes)
            path = [*((level, text) for level, text in path if level < block.level), (block.level, block.text)][-DEEPEST:]
            current = _Open(heading=tuple(text for _, text in path))
            current.put(_Piece(block.text, tuple(block.breaks), block.label, ""))
            continue
        if notes and current.size > TARGET // 2:
            yield from _closed(current, notes)
            current = _Open(heading=current.heading)
        for number, piece in enumerate(_pieces(block)):
            if current.pieces and current.size + len(piece.text) > TARGET and not current.only_heading:
                yield from _closed(current, [] if number else notes)
                current = _Open(heading=current.heading)
            current.put(piece)
    yield from _closed(current, notes)


def _closed(current: _Open, notes: list[Block]) -> Iterator[_Open]:
    """A filled passage, then the footnotes that belong to it."""
    if current.pieces:
        yield current
    waiting, notes[:] = list(notes), []
    together = _Open(heading=current.heading, section=FOOTNOTE)
    for note in waiting:
        for piece in _pieces(note):
            if together.pieces and together.size + len(piece.text) > TARGET:
                yield together
                together = _Open(heading=current.heading, section=FOOTNOTE)
            together.put(piece)
    if together.pieces:
        yield together


def _pieces(block: Block) -> Iterator[_Piece]:
    if len(block.text) <= TARGET:
        yield _Piece(block.text, tuple(block.breaks), block.label, "\n")
        return
    for number, (start, end) in enumerate(_short_spans(block.text)):
        page = [b for b in block.breaks if b.offset <= start][-1:]
        later = [b for b in block.breaks if start < b.offset < end]
        breaks = tuple(Break(max(0, b.offset - start), b.page, b.page_label) for b in [*page, *later])
        yield _Piece(block.text[start:end], breaks, block.label, "\n" if number == 0 else " ")


def _short_spans(text: str) -> Iterator[tuple[int, int]]:
    for start, end in sentence_spans(text):
        while end - start > LONGEST_SENTENCE:
            cut = text.rfind(" ", start, start + TARGET)
            cut = cut if cut > start else start + TARGET
            yield start, cut
            start = cut + 1 if text[cut : cut + 1] == " " else cut
        if start < end:
            yield start, end


def _places(pieces: Sequence[_Piece]) -> list[_Place]:
    """Where the text changes its page, slide or row: offsets into the joined pieces, in order."""
    found: list[_Place] = []
    at = 0
    for piece in pieces:
        at += len(piece.joint)
        steps: list[tuple[int, int | None, str | None]] = [(b.offset, b.page, b.page_label) for b in piece.breaks]
        for offset, page, page_label in steps or [(0, None, None)]:
            now = (found[-1].page, found[-1].page_label, found[-1].label) if found else (None, None, None)
            if (page, page_label, piece.label) != now:
                found.append(_Place(at + offset, page, page_label, piece.label))
        at += len(piece.text)
    return found

"""Paragraphs, headings, list items, footnotes and table rows of a PDF, from lines in reading order.

Owns: where a block begins and ends, also over columns and pages. Does not own: reading order, running lines or what type means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.document import Block, BlockKind, Break
from ingest.extract.cleaning import clean
from ingest.extract.hyphens import Hyphens
from ingest.extract.pdf_order import Flow
from ingest.extract.pdf_styles import Styles
from ingest.extract.pdf_text import Line
from ingest.extract.rows import Row, row_blocks

_ITEM = re.compile(r"(?:[-*•–·▪◦●■○➢➤✓✔❖]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\(?[ivx]{1,5}[.)])\s+\S")
_BULLET = re.compile(r"[-*•–·▪◦●■○➢➤✓✔❖]\s+")
_PRIVATE = re.compile(r"^[\ue000-\uf8ff]\s*")
_GLYPHS = re.compile("[\ue000-\uf8ff]")
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡§]{1,3}|\[\d{1,3}\])[.)]?\s+\S")
_FIGURE = re.compile(r"\d{1,3}\.\s")
_BEFORE_FIGURE = re.compile(r"\b(?:part|section|chapter|page|paragraph|table|figure|no|in|of|and|to)$", re.I)
_CLOSING = "\"”’')]"
_LEADER = re.compile(r"(?:\.\s?){4,}\s*(?:\d{1,4}|[ivxlc]+)?\s*$|…{2,}\s*(?:\d{1,4})?\s*$")


@dataclass(frozen=True)
class Page:
    """A page as it is read: its number and printed label, its blocks of lines, and its height."""

    number: int
    label: str | None
    flows: Sequence[Flow]
    height: float


@dataclass
class _Open:
    """The block being filled."""

    lines: list[Line] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0


class BlockMaker:
    """Makes the blocks of one document."""

    def __init__(self, pages: Sequence[Page], styles: Styles, hyphens: Hyphens) -> None:
        self._pages = pages
        self._styles = styles
        self._hyphens = hyphens
        self._labels = {page.number: page.label for page in pages}
        self._notes: list[Block] = []
        self._body: dict[int, Block] = {}  # blocks of body type, which may go on after something else
        self._open = _Open()

    def blocks(self) -> list[Block]:
        """All blocks in order, a sentence that a figure or a note interrupts at a page's end put together again."""
        return _resumed(list(self._made()), self._body, self._hyphens)

    def _made(self) -> Iterator[Block]:
        for page in self._pages:
            for flow in page.flows:
                if flow.table is not None:
                    yield from self._closed()
                    yield from self._rows(flow)
                elif self._is_note(flow, page):
                    self._notes.extend(self._footnotes(flow))
                else:
                    yield from self._prose(flow)
        yield from self._closed()

    def _prose(self, flow: Flow) -> Iterator[Block]:
        for number, line in enumerate(flow.lines):
            if _is_leader(line.text):
                continue
            following = flow.lines[number + 1] if number + 1 < len(flow.lines) else None
            if self._open.lines and self._starts_new(self._open, line, following):
                yield from self._closed()
            if not self._open.lines or self._open.lines[-1] not in flow.lines[max(0, number - 1) : number]:
                self._open.left, self._open.right = flow.left, flow.right
            self._open.lines.append(line)

    def _starts_new(self, current: _Open, line: Line, following: Line | None) -> bool:
        before = current.lines[-1]
        styles = self._styles
        if _is_item(line.text) and not _wrapped_marker(before, line):
            return True
        loud = styles.stands_out(before), styles.stands_out(line)
        if abs(before.size - line.size) > 0.09 * max(before.size, line.size) and before.page == line.page:
            return True
        if loud[0] != loud[1]:
            return not (self._inline_bold(current, line, loud) and not styles.is_large(before) and not styles.is_large(line))
        step = before.base - line.base
        if before.page != line.page or step < -0.3 * line.size or step > 3.2 * line.size or line.left > current.right:
            return not self._runs_over(current, before, line)
        if loud[1]:
            return step > 1.75 * line.size
        pitch = _own_pitch(current, styles)
        if step > max(1.3 * pitch, pitch + 2.5):
            return True
        return self._indented(current, before, line, following)

    def _inline_bold(self, current: _Open, line: Line, loud: tuple[bool, bool]) -> bool:
        """Whether weight changes inside a paragraph: a bold lead-in that fills its line, or a bold phrase that fills one."""
        before = current.lines[-1]
        close = 0 < before.base - line.base < 1.3 * self._styles.pitch
        full = before.right > current.right - 0.12 * (current.right - current.left)
        if loud[0]:
            return close and full and not _has_ended(before.text) and line.text[:1].islower()
        return close and full and not _has_ended(before.text)

    def _runs_over(self, current: _Open, before: Line, line: Line) -> bool:
        """Whether a paragraph goes on in the next column or on the next page."""
        if self._styles.stands_out(line) or abs(before.size - line.size) > 0.09 * before.size or _is_item(line.text):
            return False
        if before.text.endswith(("-", "\u00ad", ",")):
            return True
        if _has_ended(before.text):
            return False
        full = before.right > current.right - 0.15 * (current.right - current.left)
        return line.text[:1].islower() or (full and len(before.text.split()) >= 5 and not line.text[:1].isdigit())

    def _indented(self, current: _Open, before: Line, line: Line, following: Line | None) -> bool:
        """Whether a first-line indent begins a paragraph: further in than the line before and than the line after."""
        width = current.right - current.left
        short = before.right < current.right - 0.1 * width
        if (
            _has_ended(before.text)
            and before.right < current.right - 0.3 * width
            and line.text[:1].isupper()
            and not _is_item(current.lines[0].text)
        ):
            return len(current.lines) > 1 or before.right < current.right - 0.5 * width
        inset = line.left - before.left
        deeper = 0.7 * line.size < inset < 5 * line.size and not _is_item(before.text)
        returns = following is not None and following.left < line.left - 0.5 * line.size
        return deeper and returns and (short or _has_ended(before.text))

    def _closed(self) -> Iterator[Block]:
        lines, self._open = self._open.lines, _Open()
        if lines:
            block = self._block(lines)
            if block.text:
                if block.kind in {"paragraph", "list_item"} and abs(lines[0].size - self._styles.body) < 0.6:
                    self._body[id(block)] = block
                yield block
        notes, self._notes = self._notes, []
        yield from notes

    def _block(self, lines: Sequence[Line]) -> Block:
        text, breaks = self._text(lines)
        bulleted = bool(_PRIVATE.match(text))
        if bulleted:
            text, breaks = _shortened(text, breaks, _PRIVATE)
        level = 0 if bulleted or _BULLET.match(text) else self._styles.level(lines, text)
        kind: BlockKind = "heading" if level else "list_item" if bulleted or _is_item(text) else "paragraph"
        if kind == "list_item":
            text, breaks = _shortened(text, breaks, _BULLET)
        if not text.isprintable() and _GLYPHS.search(text):  # symbols of a private font that nobody can read
            text, breaks = clean(_GLYPHS.sub("", text)), breaks[:1] if len(breaks) == 1 else breaks
        return Block(text, kind, level, tuple(breaks))

    def _text(self, lines: Sequence[Line]) -> tuple[str, list[Break]]:
        text = ""
        breaks: list[Break] = []
        for line in lines:
            if text.endswith(("-", "\u00ad", "‐")) and line.text and not text.endswith((" -", " –")):
                whole = self._hyphens.join(text, line.text)
                start = max(0, len(whole) - len(line.text))
            else:
                text = text.removesuffix("\u00ad")
                start = len(text) + 1 if text else 0
                whole = f"{text} {line.text}" if text else line.text
            if not breaks or breaks[-1].page != line.page:
                breaks.append(Break(start, line.page, self._labels.get(line.page)))
            text = whole
        return text.replace("\u00ad", ""), breaks

    def _is_note(self, flow: Flow, page: Page) -> bool:
        """Whether a block is footnotes: small type low on the page that begins with a mark, or goes on from such."""
        if not all(self._styles.is_small(line) for line in flow.lines) or flow.top > 0.6 * page.height:
            return False
        if (
            sum(
                len(line.text)
                for each in page.flows
                if each.bottom > flow.bottom
                for line in each.lines
                if not self._styles.is_small(line)
            )
            < 200
        ):
            return False
        return bool(_NOTE.match(flow.lines[0].text)) or bool(self._notes and self._notes[-1].breaks[-1].page == page.number)

    def _footnotes(self, flow: Flow) -> Iterator[Block]:
        run: list[Line] = []
        for line in flow.lines:
            if run and _NOTE.match(line.text) and not run[-1].text.endswith(("-", ",")) and _next_note(run[0].text, line.text):
                yield self._footnote(run)
                run = []
            run.append(line)
        if run:
            yield self._footnote(run)

    def _footnote(self, lines: Sequence[Line]) -> Block:
        text, breaks = self._text(lines)
        return Block(text, "footnote", breaks=tuple(breaks))

    def _rows(self, flow: Flow) -> Iterator[Block]:
        assert flow.table is not None
        page = flow.lines[0].page
        breaks = (Break(0, page, self._labels.get(page)),)
        yield from row_blocks(
            [Row([_BULLET.sub("", self._text(cell)[0]) for cell in row], breaks=breaks) for row in flow.table.rows]
        )


def _has_ended(text: str) -> bool:
    """Whether a text ends in a stop, perhaps inside a closing mark."""
    return text.rstrip(_CLOSING).endswith((".", "!", "?", ":", ";"))


def _is_leader(text: str) -> bool:
    """Whether a line is an entry of a table of contents, led to its page by dots."""
    return (text.count(".") >= 4 or "……" in text) and bool(_LEADER.search(text))


def _is_item(text: str) -> bool:
    return bool(_ITEM.match(text)) or bool(_PRIVATE.match(text))


def _wrapped_marker(before: Line, line: Line) -> bool:
    """Whether what looks like a list number is the end of a sentence that wrapped ('… in Part\\n2. Then')."""
    return bool(_FIGURE.match(line.text)) and bool(_BEFORE_FIGURE.search(before.text))


def _own_pitch(current: _Open, styles: Styles) -> float:
    steps = [a.base - b.base for a, b in pairwise(current.lines) if a.page == b.page and a.base > b.base]
    return min(steps) if steps else styles.pitch * max(1.0, current.lines[-1].size / styles.body)


def _next_note(first: str, line: str) -> bool:
    """Whether a line's figure follows the figure of the note before it."""
    a, b = re.match(r"\D?(\d{1,3})", first), re.match(r"\D?(\d{1,3})", line)
    return not a or not b or 0 < int(b.group(1)) - int(a.group(1)) <= 2


def _shortened(text: str, breaks: Sequence[Break], pattern: re.Pattern[str]) -> tuple[str, list[Break]]:
    rest = pattern.sub("", text, count=1)
    less = len(text) - len(rest)
    return rest, [Break(max(0, b.offset - less), b.page, b.page_label) for b in breaks]


def _resumed(blocks: list[Block], body: dict[int, Block], hyphens: Hyphens) -> list[Block]:
    gone: set[int] = set()
    for at, block in enumerate(blocks):
        if id(block) not in body or at in gone or _has_ended(block.text) or len(block.text) < 60:
            continue
        last = block.breaks[-1].page
        for later in range(at + 1, min(at + 60, len(blocks))):
            other = blocks[later]
            first = other.breaks[0].page if other.breaks else 0
            if (other.kind == "heading" and first == last) or first > last + 1:
                break
            if id(other) in body and other.kind == "paragraph" and later not in gone and later > at + 1:
                if other.text[:1].islower() and first in {last, last + 1}:
                    blocks[at] = _together(block, other, hyphens)
                    gone.add(later)
                break
    return [block for at, block in enumerate(blocks) if at not in gone]


def _together(block: Block, other: Block, hyphens: Hyphens) -> Block:
    text = hyphens.join(block.text, other.text) if block.text.endswith(("-", "‐")) else f"{block.text} {other.text}"
    shift = len(text) - len(other.text)
    added = [Break(max(0, b.offset + shift), b.page, b.page_label) for b in other.breaks if b.page != block.breaks[-1].page]
    return Block(text, block.kind, block.level, (*block.breaks, *added))

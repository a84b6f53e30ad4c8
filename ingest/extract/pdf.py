"""PDF: the door to pypdfium2 for text. Owns: lines, paragraphs, page numbers and labels of a text PDF. Does not own: page images.

Reading order is the file's own (content) order, which is right for tagged and most multi-column files. Lines that repeat at the top or
bottom of many pages, and bare page numbers there, are left out of the text; the page and its printed label stay in the locator.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.errors import FileRefusedError
from ingest.document import Block, Break, Document
from ingest.extract.cleaning import clean

EDGE_LINES = 3  # how many lines at each end of a page may be a running header or footer
REPEATS = 0.3  # a line on this share of pages (its digits aside), and on three at least, is a running one
HEADING_SCALE = 1.15  # a line this much larger than the body text may be a heading
_ITEM = re.compile(r"^\s*(?:[-*•–·▪◦●■]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")


@dataclass(frozen=True)
class _Line:
    """A line of a page: cleaned text (a soft or hard hyphen at its end kept), its box in points from the page's foot, and its size."""

    text: str
    left: float
    bottom: float
    top: float
    right: float
    page: int
    label: str | None

    @property
    def size(self) -> float:
        return self.top - self.bottom


def extract(data: bytes) -> Document:
    """A text PDF as headings and paragraphs with their pages. Raises FileRefusedError: encrypted, broken, or no page."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        reason = str(error).lower()
        if "password" in reason:
            raise FileRefusedError("It is encrypted. Save a copy without a password and ingest that.") from None
        raise FileRefusedError("It is a broken PDF that cannot be opened. Save or print it again as PDF.") from None
    try:
        return _document(pdf)
    finally:
        pdf.close()


def _document(pdf: Any) -> Document:
    import pypdfium2

    pages: list[list[_Line]] = []
    warnings: list[str] = []
    for number in range(len(pdf)):
        try:
            pages.append(_lines(pdf, number))
        except pypdfium2.PdfiumError:
            pages.append([])
            warnings.append(f"page {number + 1} cannot be read")
    if not pages:
        raise FileRefusedError("It has no pages.")
    empty = sum(not lines for lines in pages)
    if empty == len(pages):
        raise FileRefusedError("No page of it has text: it seems to be scanned. Run text recognition (OCR) on it first.")
    if empty:
        warnings.append(f"{empty} of {len(pages)} pages have no text")
    kept = _without_running_lines(pages)
    blocks = list(_blocks([line for lines in kept for line in lines]))
    facts = pdf.get_metadata_dict()
    year = re.search(r"(?:19|20)\d\d", facts.get("CreationDate", ""))
    title = clean(facts.get("Title", ""))
    largest = next((b.text for b in blocks if b.kind == "heading"), None)
    return Document(
        format="pdf",
        blocks=blocks,
        title=title if _is_title(title) else largest,
        authors=[clean(facts["Author"])] if clean(facts.get("Author", "")) else [],
        year=int(year.group()) if year else None,
        pages=len(pages),
        pages_without_text=empty,
        warnings=warnings,
    )


def _is_title(title: str) -> bool:
    return bool(title) and not re.search(r"\.(docx?|pdf|indd|qxd|pptx?)$|^(untitled|microsoft word)", title, re.I) and " " in title


def _lines(pdf: Any, number: int) -> list[_Line]:
    page = pdf[number]
    label = pdf.get_page_label(number) or None
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        if count <= 0:
            return []
        text = textpage.get_text_range()
        lines: list[_Line] = []
        at = 0
        for raw in text.split("\r\n"):
            size = len(raw)
            if clean(raw):
                lines.append(_line(textpage, raw, at, min(at + size, count), page=number + 1, label=label))
            at += size + 2
        return lines
    finally:
        textpage.close()
        page.close()


def _line(textpage: Any, raw: str, start: int, stop: int, *, page: int, label: str | None) -> _Line:
    boxes = []
    step = max(1, (stop - start) // 12)
    for index in range(start, stop, step):
        box = textpage.get_charbox(index)
        if box[2] > box[0] and box[3] > box[1]:
            boxes.append(box)
    soft = bool(re.search(r"[\u0002\u00ad\ufffe]\s*$", raw))
    text = clean(raw) + ("\u00ad" if soft else "")
    if not boxes:
        return _Line(text, 0.0, 0.0, 0.0, 0.0, page, label)
    return _Line(text, min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[3] for b in boxes), max(b[2] for b in boxes), page, label)


def _without_running_lines(pages: Sequence[Sequence[_Line]]) -> list[list[_Line]]:
    seen: Counter[str] = Counter()
    for lines in pages:
        seen.update({_shape(line.text) for line in _edges(lines)})
    enough = max(3, REPEATS * sum(bool(lines) for lines in pages))
    kept = []
    for lines in pages:
        edges = {id(line) for line in _edges(lines)}
        kept.append([line for line in lines if not (id(line) in edges and _is_running(line, seen, enough))])
    return kept


def _edges(lines: Sequence[_Line]) -> list[_Line]:
    by_height = sorted((line for line in lines if line.size > 0), key=lambda line: -line.top)
    return [*by_height[:EDGE_LINES], *by_height[-EDGE_LINES:]]


def _is_running(line: _Line, seen: Counter[str], enough: float) -> bool:
    text = line.text.strip()
    bare_number = re.fullmatch(r"(?:page\s*)?[|\s]*(?:\d{1,4}|[ivxlc]{1,6})[|\s]*(?:of\s+\d+)?", text, re.I) is not None
    return bare_number or seen[_shape(text)] >= enough


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", text.casefold()).strip()


def _blocks(lines: Sequence[_Line]) -> Iterator[Block]:
    sizes = [line.size for line in lines if line.size > 0]
    body = statistics.median(sizes) if sizes else 0.0
    widest = max((line.right for line in lines), default=0.0)
    current: list[_Line] = []
    for line in lines:
        if current and _starts_new(current[-1], line, body, widest):
            yield _block(current, body)
            current = []
        current.append(line)
    if current:
        yield _block(current, body)


def _starts_new(before: _Line, line: _Line, body: float, widest: float) -> bool:
    if _ITEM.match(line.text):
        return True
    if abs(before.size - line.size) > 0.12 * max(before.size, line.size, 1.0) and _larger(before, body) != _larger(line, body):
        return True
    if line.page != before.page or line.bottom > before.top:  # a new page or column: the paragraph runs on unless the sentence ended
        return bool(re.search(r"[.!?:][\"”’)\]]*$", before.text)) or line.text[:1].isupper()
    gap = before.bottom - line.top
    return gap > 0.75 * max(body, line.size, 1.0)


def _larger(line: _Line, body: float) -> bool:
    return body > 0 and line.size >= HEADING_SCALE * body


def _block(lines: Sequence[_Line], body: float) -> Block:
    text, previous = "", ""
    breaks: list[Break] = []
    for line in lines:
        piece = line.text.replace("\u00ad", "")
        if text:
            if _hyphenated(previous, piece):
                text = text.rstrip("-‐")
            else:
                text += " "
        if not breaks or breaks[-1].page != line.page:
            breaks.append(Break(len(text), line.page, line.label))
        text += piece
        previous = line.text
    heading = all(_larger(line, body) for line in lines) and len(text) <= 160 and not re.search(r"[.;,]$", text) and bool(re.search(r"[^\W\d]", text))
    kind = "heading" if heading else "list_item" if _ITEM.match(lines[0].text) else "paragraph"
    level = 0
    if heading:
        level = 1 if max(line.size for line in lines) >= 1.6 * body else 2
    return replace(Block(text, breaks=tuple(breaks)), kind=kind, level=level)  # type: ignore[arg-type]


def _hyphenated(before: str, after: str) -> bool:
    """Whether a word was broken at the line's end: a soft hyphen, or a hard one between two lower-case letters."""
    if before.endswith("\u00ad"):
        return True
    return bool(re.search(r"[a-z][-‐]$", before)) and after[:1].islower()

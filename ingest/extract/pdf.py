"""PDF: the door to pypdfium2.

Owns: the order of steps from a file to its blocks, what the file says of itself, and its limits.

Does not own: the steps; each is a module beside this one (`pdf_text`, `pdf_running`, `pdf_tables`, `pdf_order`, `pdf_blocks`,
`ocr`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from assistant.errors import FileRefusedError
from ingest.document import Block, Break, Document
from ingest.extract.cleaning import clean
from ingest.extract.hyphens import Hyphens
from ingest.extract.ligatures import lost_ligatures, mend
from ingest.extract.ocr import recognise
from ingest.extract.pdf_blocks import BlockMaker, Page
from ingest.extract.pdf_order import reading_order
from ingest.extract.pdf_rules import Rules, read_rules
from ingest.extract.pdf_running import strip_running
from ingest.extract.pdf_styles import Styles, outline_key
from ingest.extract.pdf_tables import Table, find_tables, side_by_side
from ingest.extract.pdf_text import Line, PageText, read_page
from ingest.extract.pdfium import functions, library

MOST_PAGES = 5000
MOST_BOOKMARKS = 5000


@dataclass
class _Raw:
    """What was read of the pages: their text, the rules on those that may hold tables, and what went wrong."""

    pages: list[PageText] = field(default_factory=list)
    rules: dict[int, Rules] = field(default_factory=dict)
    unreadable: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)  # pages without text that show something
    cut: list[int] = field(default_factory=list)


def extract(data: bytes, password: str | None = None) -> Document:
    """A PDF as headings, paragraphs, list items, footnotes and table rows with their pages.

    Raises FileRefusedError: encrypted with a password not given, broken, no page, or no text to be had.
    """
    try:
        pdf = library().PdfDocument(data, password=password)
    except library().PdfiumError as error:
        raise FileRefusedError(_why(str(error).lower(), password)) from None
    try:
        return _document(pdf)
    finally:
        pdf.close()


def _why(reason: str, password: str | None) -> str:
    if "password" in reason and password is None:
        return "It is encrypted with a password. Save a copy without one, or give the password."
    if "password" in reason:
        return "The password given does not open it. Check the password, or save a copy without one."
    if "security" in reason:
        return "It is protected in a way that cannot be opened here. Save a copy without protection."
    return "It is a broken PDF that cannot be opened. Save or print it again as PDF."


def _document(pdf: Any) -> Document:
    total = len(pdf)
    if total == 0:
        raise FileRefusedError("It has no pages. Save or print it again as PDF.")
    raw = _read(pdf, min(total, MOST_PAGES))
    without = [page.number for page in raw.pages if not page.lines and not page.aside]
    warnings = _warnings(raw, total)
    scanned = recognise(pdf, raw.pictures)
    warnings.extend(scanned.warnings)
    if len(without) == len(raw.pages) and not scanned.blocks:
        raise FileRefusedError(_nothing(raw, scanned.remedy))
    blocks, labels = _blocks(pdf, raw, warnings)
    blocks = _with_scanned(blocks, scanned.blocks, labels)
    return _described(pdf, blocks, pages=total, empty=len(without) - len(scanned.blocks), warnings=warnings)


def _nothing(raw: _Raw, remedy: str) -> str:
    if len(raw.unreadable) == len(raw.pages):
        return "No page of it can be read: it is damaged. Save or print it again as PDF."
    return remedy or "Its pages are blank: there is no text and no picture on them. Check that it is the right file."


def _read(pdf: Any, count: int) -> _Raw:
    raw = _Raw()
    for index in range(count):
        try:
            page = pdf[index]
        except library().PdfiumError:
            raw.unreadable.append(index + 1)
            raw.pages.append(PageText(index + 1, 595.0, 842.0, ()))
            continue
        try:
            text = read_page(page, index + 1)
            if not text.lines and not text.aside and _is_drawn(page):
                raw.pictures.append(index + 1)
            if text.upright and side_by_side(text.lines):
                raw.rules[index + 1] = read_rules(page)
        except library().PdfiumError:
            raw.unreadable.append(index + 1)
            text = PageText(index + 1, 595.0, 842.0, ())
        finally:
            page.close()
        if text.cut:
            raw.cut.append(index + 1)
        raw.pages.append(text)
    return raw


def _is_drawn(page: Any) -> bool:
    """Whether a page shows a picture, or drawing enough to be text in outlines."""
    raw = functions()

    count = raw.FPDFPage_CountObjects(page.raw)
    kinds = [raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page.raw, index)) for index in range(min(count, 200))]
    return len(kinds) > 30 or any(
        kind in {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM, raw.FPDF_PAGEOBJ_SHADING} for kind in kinds
    )


def _warnings(raw: _Raw, total: int) -> list[str]:
    warnings = []
    if total > MOST_PAGES:
        warnings.append(f"only the first {MOST_PAGES} of {total} pages were read; split the file to have the rest")
    if raw.unreadable:
        warnings.append(f"{_pages(raw.unreadable)} cannot be read; save or print the file again as PDF")
    if raw.cut:
        warnings.append(f"{_pages(raw.cut)} had too many words and was read in part")
    return warnings


def _pages(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:10])) + (" and more" if len(numbers) > 10 else "")
    return f"page {shown}" if len(numbers) == 1 else f"pages {shown}"


def _blocks(pdf: Any, raw: _Raw, warnings: list[str]) -> tuple[list[Block], list[str | None]]:
    stripped = strip_running(raw.pages)
    labels = [printed or pdf.get_page_label(number) or None for number, printed in enumerate(stripped.labels)]
    tables: dict[int, list[Table]] = {}
    for page in stripped.pages:
        tables[page.number] = find_tables(page.lines, raw.rules.get(page.number, Rules()))
    pages = [
        Page(page.number, label, [*reading_order(page.lines, tables[page.number]), *reading_order(page.aside)], page.height)
        for page, label in zip(stripped.pages, labels, strict=True)
    ]
    lines: list[Line] = [line for page in pages for flow in page.flows for line in flow.lines]
    lost = lost_ligatures(line.text for line in lines)
    if lost:
        warnings.append("joined letters (fi, ff, Th) that the file has lost were spelt out; check quotations against the page")
    hyphens = Hyphens(line.text for line in lines)
    blocks = BlockMaker(pages, Styles(lines, _outline(pdf)), hyphens).blocks()
    return [_respelt(block, lost) for block in blocks] if lost else list(blocks), labels


def _respelt(block: Block, lost: Mapping[str, str]) -> Block:
    """A block with lost ligatures spelt out, and its page breaks moved with the text."""
    text = mend(block.text, lost)
    if text == block.text:
        return block
    breaks = [replace(each, offset=len(mend(block.text[: each.offset], lost))) for each in block.breaks]
    return replace(block, text=text, breaks=breaks)


def _outline(pdf: Any) -> dict[tuple[int, str], int]:
    """Bookmark titles with the page they lead to: heading levels from 1."""
    found: dict[tuple[int, str], int] = {}
    try:
        for mark in islice(pdf.get_toc(max_depth=6), MOST_BOOKMARKS):
            target = mark.get_dest()
            index = target.get_index() if target is not None else None
            key = outline_key(clean(mark.get_title() or ""))
            if index is not None and key:
                found.setdefault((index + 1, key), mark.level + 1)
    except library().PdfiumError:
        return found
    return found


def _with_scanned(blocks: Sequence[Block], scanned: Mapping[int, Sequence[Block]], labels: Sequence[str | None]) -> list[Block]:
    """The blocks of recognised pages put among the others, with their pages' printed labels."""
    if not scanned:
        return list(blocks)
    numbered = [(block.breaks[0].page, block) for block in blocks]
    for number, found in scanned.items():
        place = (Break(0, number, labels[number - 1]),)
        numbered.extend((number, replace(block, breaks=place)) for block in found)
    return [block for _, block in sorted(numbered, key=lambda pair: pair[0])]


def _described(pdf: Any, blocks: Sequence[Block], *, pages: int, empty: int, warnings: Sequence[str]) -> Document:
    facts = {key: clean(value) for key, value in pdf.get_metadata_dict().items()}
    year = re.search(r"(?:19|20)\d\d", facts.get("CreationDate", ""))
    title = facts.get("Title", "")
    top = min((b.level for b in blocks[:60] if b.kind == "heading"), default=0)
    largest = next((b.text for b in blocks[:60] if b.kind == "heading" and b.level == top), None)
    author = facts.get("Author", "")
    return Document(
        format="pdf",
        blocks=blocks,
        title=title if _is_title(title) else largest,
        authors=[author] if " " in author and not re.search(r"\d|acrobat|adobe|microsoft|turn-key", author, re.I) else [],
        year=int(year.group()) if year else None,
        pages=pages,
        pages_without_text=empty,
        warnings=tuple(warnings),
    )


def _is_title(title: str) -> bool:
    unmeant = re.search(
        r"\.(?:docx?|pdf|indd|qxd|pptx?|xlsx?)\b|^(?:untitled|microsoft|powerpoint|slide 1|document\d*|title)\b", title, re.I
    )
    return bool(title) and not unmeant and " " in title

"""PDF: the door to pypdfium2. Owns: the order of steps from a file to its blocks, what the file says of itself, and its limits.

Does not own: the steps; each is a module beside this one (`pdf_text`, `pdf_running`, `pdf_tables`, `pdf_order`, `pdf_blocks`, `ocr`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from assistant.errors import FileRefusedError
from ingest.document import Block, Document
from ingest.extract.cleaning import clean
from ingest.extract.hyphens import Hyphens
from ingest.extract.ocr import recognise
from ingest.extract.pdf_blocks import BlockMaker, Page
from ingest.extract.pdf_order import reading_order
from ingest.extract.pdf_rules import Rules, read_rules
from ingest.extract.pdf_running import strip_running
from ingest.extract.pdf_styles import Styles, outline_key
from ingest.extract.pdf_tables import Table, find_tables
from ingest.extract.pdf_text import Line, PageText, read_page

MOST_PAGES = 5000
MOST_BOOKMARKS = 5000


@dataclass
class _Raw:
    """What was read of the pages: their text, the rules on those that may hold tables, and what went wrong."""

    pages: list[PageText] = field(default_factory=list)
    rules: dict[int, Rules] = field(default_factory=dict)
    unreadable: list[int] = field(default_factory=list)
    cut: list[int] = field(default_factory=list)


def extract(data: bytes, password: str | None = None) -> Document:
    """A PDF as headings, paragraphs, list items, footnotes and table rows with their pages.

    Raises FileRefusedError: encrypted with a password not given, broken, no page, or no text to be had.
    """
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
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
    scanned = recognise(pdf, [number for number in without if number not in raw.unreadable])
    warnings.extend(scanned.warnings)
    if len(without) == len(raw.pages) and not scanned.blocks:
        raise FileRefusedError(scanned.remedy)
    blocks, labels = _blocks(pdf, raw)
    blocks = _with_scanned(blocks, {number: [replace(b, breaks=[replace(b.breaks[0], page_label=labels[number - 1])]) for b in found]
                                    for number, found in scanned.blocks.items()})  # fmt: skip
    return _described(pdf, blocks, pages=total, empty=len(without) - len(scanned.blocks), warnings=warnings)


def _read(pdf: Any, count: int) -> _Raw:
    import pypdfium2

    raw = _Raw()
    for index in range(count):
        try:
            page = pdf[index]
        except pypdfium2.PdfiumError:
            raw.unreadable.append(index + 1)
            raw.pages.append(PageText(index + 1, 595.0, 842.0, ()))
            continue
        try:
            text = read_page(page, index + 1)
            if _may_hold_table(text):
                raw.rules[index + 1] = read_rules(page)
        except pypdfium2.PdfiumError:
            raw.unreadable.append(index + 1)
            text = PageText(index + 1, 595.0, 842.0, ())
        finally:
            page.close()
        if text.cut:
            raw.cut.append(index + 1)
        raw.pages.append(text)
    return raw


def _may_hold_table(page: PageText) -> bool:
    return page.upright and sum(abs(a.base - b.base) < 0.5 * a.size for a, b in zip(page.lines, page.lines[1:], strict=False)) >= 2


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


def _blocks(pdf: Any, raw: _Raw) -> tuple[list[Block], list[str | None]]:
    stripped = strip_running(raw.pages)
    labels = [printed or pdf.get_page_label(number) or None for number, printed in enumerate(stripped.labels)]
    tables: dict[int, list[Table]] = {
        page.number: find_tables(page.lines, lambda number=page.number: raw.rules.get(number, Rules())) for page in stripped.pages  # type: ignore[misc]
    }
    pages = [
        Page(page.number, label, [*reading_order(page.lines, tables[page.number]), *reading_order(page.aside)], page.height)
        for page, label in zip(stripped.pages, labels, strict=True)
    ]
    lines: list[Line] = [line for page in pages for flow in page.flows for line in flow.lines]
    hyphens = Hyphens(line.text for line in lines)
    return list(BlockMaker(pages, Styles(lines, _outline(pdf)), hyphens).blocks()), labels


def _outline(pdf: Any) -> dict[tuple[int, str], int]:
    """Bookmark titles with the page they lead to: heading levels from 1."""
    import pypdfium2

    found: dict[tuple[int, str], int] = {}
    try:
        for mark in islice(pdf.get_toc(max_depth=6), MOST_BOOKMARKS):
            target = mark.get_dest()
            index = target.get_index() if target is not None else None
            key = outline_key(clean(mark.get_title() or ""))
            if index is not None and key:
                found.setdefault((index + 1, key), mark.level + 1)
    except pypdfium2.PdfiumError:
        return found
    return found


def _with_scanned(blocks: Sequence[Block], scanned: dict[int, list[Block]]) -> list[Block]:
    if not scanned:
        return list(blocks)
    numbered = [(block.breaks[0].page, block) for block in blocks]
    numbered.extend((number, block) for number, found in scanned.items() for block in found)
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
    unmeant = re.search(r"\.(?:docx?|pdf|indd|qxd|pptx?|xlsx?)\b|^(?:untitled|microsoft|powerpoint|slide 1|document\d*|title)\b", title, re.I)
    return bool(title) and not unmeant and " " in title

"""HTML: the only door to trafilatura. Owns: the main text's blocks and the page's metadata. Does not own: fetching pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from assistant.errors import FileRefusedError
from ingest.document import Block, Document
from ingest.extract.cleaning import clean
from ingest.extract.decoding import decode


def extract(data: bytes) -> Document:
    """A saved page's main text: headings, paragraphs, list items, quotations, table rows; navigation and adverts left out."""
    import logging

    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    text, warning = decode(data)
    page = bare_extraction(text, with_metadata=True, include_tables=True, include_comments=False, favor_recall=True)
    if page is None or page.body is None:
        raise FileRefusedError("No main text was found in this page.")
    blocks = [block for block in _blocks(page.body) if block.text]
    year = re.search(r"\b(?:19|20)\d\d\b", page.date or "")
    return Document(
        format="html",
        blocks=blocks,
        title=page.title or None,
        authors=[name.strip() for name in (page.author or "").split(";") if name.strip()],
        organisation=page.sitename or None,
        year=int(year.group()) if year else None,
        url=page.url or None,
        language=_language(text),
        warnings=(warning,) if warning else (),
    )


def _blocks(body: Any) -> Iterator[Block]:
    for element in body:
        if element.tag == "head":
            level = re.sub(r"\D", "", element.get("rend", "")) or "2"
            yield Block(_text(element), "heading", int(level))
        elif element.tag == "list":
            numbered = element.get("rend") == "ol"
            for number, item in enumerate(element.iter("item"), start=1):
                text = _text(item)
                yield Block(f"{number}. {text}" if numbered and text and not text[0].isdigit() else text, "list_item")
        elif element.tag == "table":
            yield from _rows(element)
        elif element.tag == "quote":
            yield Block(_text(element), "quotation")
        elif element.tag in {"div", "section"}:
            yield from _blocks(element)
        else:
            yield Block(_text(element))


def _rows(table: Any) -> Iterator[Block]:
    heads: list[str] = []
    for row in table.iter("row"):
        cells = [_text(cell) for cell in row.iter("cell")]
        if not heads and any(cell.get("role") == "head" for cell in row.iter("cell")):
            heads = cells
            continue
        named = [f"{head}: {cell}" if head else cell for head, cell in zip(heads or [""] * len(cells), cells, strict=False) if cell]
        if named:
            yield Block("; ".join(named).rstrip(".") + ".", "table_row")


def _text(element: Any) -> str:
    for gap in element.iter("lb"):
        gap.tail = " " + (gap.tail or "")
    return clean("".join(element.itertext()))


def _language(text: str) -> str | None:
    found = re.search(r"<html[^>]*\blang=[\"']?([a-zA-Z-]{2,8})", text[:4000])
    return found.group(1).lower() if found else None

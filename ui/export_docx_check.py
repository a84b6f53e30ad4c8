"""Whether a Word file can be read by everyone. Owns: the rules looked at: headings in order, header rows, alt text, language, title, links.

Does not own: mending them. A template of one's own can break any of these (a logo without alt text), so every export is looked at.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def accessibility_problems(content: bytes) -> list[str]:
    """What keeps some readers out, in words; empty when nothing does."""
    import docx

    word = docx.Document(io.BytesIO(content))
    parts = [word.element, *(part for section in word.sections for part in (section.header._element, section.footer._element))]
    return [*_headings(word), *_tables(word), *_pictures(parts), *_language(word), *_links(word.element)]


def _headings(word: Any) -> Iterator[str]:
    level = 0
    for paragraph in word.paragraphs:
        name = str(paragraph.style.name)
        if name.startswith("Heading ") and name[8:].isdigit():
            if int(name[8:]) > level + 1:
                yield f"the heading “{paragraph.text[:60]}” leaves out a level."
            if not paragraph.text.strip():
                yield "a heading has no words."
            level = int(name[8:])


def _tables(word: Any) -> Iterator[str]:
    for number, table in enumerate(word.tables, start=1):
        first = table._tbl.tr_lst[0]
        if first.find(f"{_WORDS}trPr/{_WORDS}tblHeader") is None:
            yield f"table {number} has no header row."
        if any(not cell.text.strip() for cell in table.rows[0].cells):
            yield f"table {number} has a header cell without words."
        for name in ("tblCaption", "tblDescription"):
            described = table._tbl.tblPr.find(f"{_WORDS}{name}")
            if described is None or not (described.get(f"{_WORDS}val") or "").strip():
                yield f"table {number} has no {'title' if name == 'tblCaption' else 'description'}."


def _pictures(parts: list[Any]) -> Iterator[str]:
    for part in parts:
        for drawn in part.iter(f"{_DRAWN}docPr"):
            if not (drawn.get("descr") or "").strip():
                yield f"the picture “{drawn.get('name', '')}” has no alternative text; give it one in your template."


def _language(word: Any) -> Iterator[str]:
    lang = word.styles.element.find(f".//{_WORDS}rPrDefault/{_WORDS}rPr/{_WORDS}lang")
    if lang is None or not lang.get(f"{_WORDS}val"):
        yield "the document has no language."
    if not (word.core_properties.title or "").strip():
        yield "the document has no title."


def _links(body: Any) -> Iterator[str]:
    for link in body.iter(f"{_WORDS}hyperlink"):
        if not "".join(text.text or "" for text in link.iter(f"{_WORDS}t")).strip():
            yield "a link has no words."

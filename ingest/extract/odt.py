"""OpenDocument text (.odt). Owns: headings, paragraphs, lists with their numbers, tables, text boxes and notes in order.

Does not own: spreadsheets and slides of the same family. Deleted text of tracked changes, comments and contents lists are left
out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from assistant.errors import FileRefusedError
from ingest.document import Block, Document
from ingest.extract.archive import Archive
from ingest.extract.cleaning import clean
from ingest.extract.docx_numbers import number_text
from ingest.extract.rows import Row, cell_text, row_blocks
from ingest.extract.safe_xml import attribute, child, descendants, local, parse_xml, text_of

MOST_REPEATS = 100
_LEFT_OUT = frozenset({
    "tracked-changes", "table-of-content", "annotation", "annotation-end", "sequence-decls", "variable-decls",
    "user-field-decls", "forms",
    "illustration-index", "table-index", "alphabetical-index", "shapes", "hidden-paragraph", "hidden-text",
})  # fmt: skip
_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


@dataclass
class _Content:
    """A paragraph's text, and what hangs on it."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def extract(data: bytes) -> Document:
    """An OpenDocument text as blocks. Raises FileRefusedError: damaged, encrypted, or without text."""
    with Archive(data) as archive:
        manifest = archive.optional("META-INF/manifest.xml")
        if manifest and b"encryption-data" in manifest:
            raise FileRefusedError("It is encrypted with a password. Save a copy without one.")
        root = parse_xml(archive.read("content.xml"))
        styles = archive.optional("styles.xml")
        about = archive.optional("meta.xml")
    body = child(root, "body", "text")
    if body is None:
        raise FileRefusedError("It holds no text document. Save it as .docx or PDF.")
    reader = _Reader(root, parse_xml(styles) if styles else None)
    blocks = [block for each in body for block in reader.element(each)]
    facts = (
        {
            local(each): clean(text_of(each))
            for each in descendants(parse_xml(about), "title", "creator", "initial-creator", "creation-date", "date", "language")
        }
        if about
        else {}
    )
    author = facts.get("initial-creator") or facts.get("creator") or ""
    year = re.match(r"(?:19|20)\d\d", facts.get("creation-date") or facts.get("date") or "")
    return Document(
        "odt", blocks,
        title=facts.get("title") or next((b.text for b in blocks if b.kind == "heading"), None),
        authors=[author] if " " in author else [], year=int(year.group()) if year else None,
        language=facts.get("language") or None,
    )  # fmt: skip


class _Reader:
    def __init__(self, *roots: Any) -> None:
        self._lists = {attribute(s, "name"): s for root in roots if root is not None for s in descendants(root, "list-style")}
        self._counts: dict[tuple[str, int], int] = {}

    def element(self, element: Any) -> Iterator[Block]:
        name = local(element)
        if name == "h":
            level = attribute(element, "outline-level") or "1"
            yield from self._paragraph(element, "heading", int(level) if level.isdigit() else 1)
        elif name == "p":
            yield from self._paragraph(element, "paragraph")
        elif name == "list":
            yield from self._list(element, 1, attribute(element, "style-name") or "")
        elif name == "table":
            yield from self._table(element)
        elif name not in _LEFT_OUT:
            for each in element:
                yield from self.element(each)

    def _paragraph(self, element: Any, kind: Any, level: int = 0, label: str = "") -> Iterator[Block]:
        content = _Content()
        _collect(element, content)
        text = clean("".join(content.pieces))
        if text:
            yield Block(f"{label} {text}".strip(), kind, min(level, 6))
        for box in content.boxes:
            for each in box:
                yield from self.element(each)
        for note in content.notes:
            yield Block(note, "footnote")

    def _list(self, element: Any, depth: int, style: str) -> Iterator[Block]:
        level = (
            next((e for e in self._lists[style] if attribute(e, "level") == str(depth)), None) if style in self._lists else None
        )
        key = (style, depth)
        if attribute(element, "continue-numbering") != "true" and attribute(element, "continue-list") is None:
            self._counts.pop(key, None)
        for item in element:
            label = self._label(item, level, key) if local(item) == "list-item" else ""
            for each in item:
                if local(each) == "list":
                    yield from self._list(each, depth + 1, attribute(each, "style-name") or style)
                elif local(each) in {"p", "h"}:
                    heading = local(each) == "h"
                    yield from self._paragraph(each, "heading" if heading else "list_item", _level(each) if heading else 0, label)
                    label = ""
                else:
                    yield from self.element(each)

    def _label(self, item: Any, level: Any | None, key: tuple[str, int]) -> str:
        style = (
            _FORMATS.get(attribute(level, "num-format") or "")
            if level is not None and local(level) == "list-level-style-number"
            else None
        )
        if style is None or level is None:
            return ""
        begin = attribute(item, "start-value") or (attribute(level, "start-value") if key not in self._counts else None)
        self._counts[key] = int(begin) if begin and begin.isdigit() else self._counts.get(key, 0) + 1
        return (
            f"{attribute(level, 'num-prefix') or ''}{number_text(self._counts[key], style)}{attribute(level, 'num-suffix') or ''}"
        )

    def _table(self, table: Any) -> Iterator[Block]:
        rows = []
        for row in descendants(table, "table-row"):
            if next(row.iterancestors(table.tag), None) is not table:
                continue
            cells: list[str] = []
            for cell in row:
                if local(cell) not in {"table-cell", "covered-table-cell"}:
                    continue
                text = cell_text([block.text for each in cell for block in self.element(each)])
                repeat = attribute(cell, "number-columns-repeated") or "1"
                cells.extend([text] * min(int(repeat) if repeat.isdigit() else 1, MOST_REPEATS))
            parent = row.getparent()
            rows.append(Row(cells, head=parent is not None and local(parent) == "table-header-rows"))
        yield from row_blocks(rows)


def _level(heading: Any) -> int:
    level = attribute(heading, "outline-level") or "1"
    return int(level) if level.isdigit() else 1


def _collect(element: Any, content: _Content) -> None:
    content.pieces.append(element.text or "")
    for each in element:
        name = local(each)
        if name == "note":
            mark, body = child(each, "note-citation"), child(each, "note-body")
            content.notes.append(clean(f"{text_of(mark)} {text_of(body)}"))
        elif name == "text-box":
            content.boxes.append(each)
        elif name in {"s", "tab", "line-break"}:
            content.pieces.append(" ")
        elif name not in _LEFT_OUT and name not in {"image", "object", "title", "desc"}:
            _collect(each, content)
        content.pieces.append(each.tail or "")

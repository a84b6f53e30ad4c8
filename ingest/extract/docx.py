"""Word files (.docx).

Owns: paragraphs, headings, lists with their numbers, tables, text boxes and notes in the order of the document.

Does not own: styles and numbering (beside this). Deleted text of tracked changes, comments, headers, footers and contents lists
are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ingest.document import Block, Document
from ingest.extract.archive import Archive
from ingest.extract.cleaning import clean
from ingest.extract.docx_numbers import Numbering
from ingest.extract.docx_styles import Style, Styles, is_bold, list_of, outline_level
from ingest.extract.opc import main_part, properties, related
from ingest.extract.rows import Row, cell_text, row_blocks
from ingest.extract.safe_xml import attribute, child, descendants, local, parse_xml

_LEFT_OUT = frozenset(
    {"del", "moveFrom", "instrText", "delText", "pPr", "rPr", "tblPr", "sectPr", "annotationRef", "delInstrText"}
)
_CONTAINERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "AlternateContent", "Choice", "body"})
_SIGNS = {"tab": " ", "br": " ", "cr": " ", "ptab": " ", "noBreakHyphen": "-"}
_LONGEST_BOLD_HEADING = 90


@dataclass
class _Content:
    """A paragraph's text, whether all of it is bold, the boxes in it and the notes it points to."""

    pieces: list[str] = field(default_factory=list)
    bold: bool = True
    boxes: list[Any] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    def add(self, text: str, *, bold: bool) -> None:
        self.pieces.append(text)
        self.bold = self.bold and (bold or not text.strip())


def extract(data: bytes) -> Document:
    """A Word file as blocks. Raises FileRefusedError: damaged, encrypted or without a document."""
    with Archive(data) as archive:
        part = main_part(archive, "word/document.xml")
        reader = _Reader(archive, part)
        blocks = list(reader.body(parse_xml(archive.read(part))))
        facts = properties(archive)
    title = facts.title or reader.title or next((b.text for b in blocks if b.kind == "heading"), None)
    return Document("docx", blocks, title, facts.authors, year=facts.year, language=facts.language)


class _Reader:
    """Reads one document's body in order."""

    def __init__(self, archive: Archive, part: str) -> None:
        self._styles = Styles(_part(archive, part, "styles"))
        self._numbers = Numbering(_part(archive, part, "numbering"))
        self._notes = {kind: _notes(_part(archive, part, f"{kind}s"), kind) for kind in ("footnote", "endnote")}
        self._note_number = 0
        self.title: str | None = None
        self.styled = False

    def body(self, root: Any) -> Iterator[Block]:
        self.styled = any(self._style(each).level for each in descendants(root, "p"))
        for each in root:
            yield from self._element(each)

    def _element(self, element: Any) -> Iterator[Block]:
        name = local(element)
        if name == "p":
            yield from self._paragraph(element)
        elif name == "tbl":
            yield from self._table(element)
        elif name in _CONTAINERS and not _is_contents(element):
            for each in element:
                yield from self._element(each)

    def _style(self, paragraph: Any) -> Style:
        settings = child(paragraph, "pPr")
        named = child(settings, "pStyle") if settings is not None else None
        return self._styles.of(attribute(named, "val") if named is not None else None)

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        style, settings = self._style(paragraph), child(paragraph, "pPr")
        content = _Content()
        _collect(paragraph, content, bold=style.bold)
        text = clean("".join(content.pieces))
        contents_line = style.name.startswith(("toc ", "table of figures"))
        if text and not contents_line:
            yield self._block(text, style, settings, bold=content.bold)
        for box in content.boxes:
            for each in box:
                yield from self._element(each)
        for kind, note_id in content.notes:
            self._note_number += 1
            if note := self._notes[kind].get(note_id):
                yield Block(f"{self._note_number} {note}", "footnote")

    def _block(self, text: str, style: Style, settings: Any | None, *, bold: bool) -> Block:
        level = outline_level(settings) or style.level
        number_id, depth = list_of(settings)
        if number_id is None:
            number_id, depth = style.number_id, depth or style.depth
        label = self._numbers.next_label(number_id, depth) if number_id and number_id != "0" else None
        if label:
            text = f"{label} {text}"
        if style.name == "title":
            self.title = self.title or text
        if level:
            return Block(text, "heading", min(level, 6))
        if label is not None or style.name.startswith("list"):
            return Block(text, "list_item")
        if bold and not self.styled and len(text) <= _LONGEST_BOLD_HEADING and text[-1] not in ".,;":
            return Block(text, "heading", 2)
        return Block(text, "quotation" if "quote" in style.name else "paragraph")

    def _table(self, table: Any) -> Iterator[Block]:
        rows, extra = list[Row](), list[Block]()
        for row in _direct(table, "tr"):
            settings = child(row, "trPr")
            if settings is not None and child(settings, "del") is not None:
                continue
            cells: list[str] = []
            for cell in _direct(row, "tc"):
                found = [block for each in cell for block in self._element(each)]
                extra.extend(block for block in found if block.kind == "footnote")
                text = cell_text([block.text for block in found if block.kind != "footnote"])
                cells.extend([text] * _span(cell))
            head = settings is not None and child(settings, "tblHeader") is not None
            rows.append(Row(cells, head=head and not rows))
        yield from row_blocks(rows)
        yield from extra


def _direct(element: Any, name: str) -> Iterator[Any]:
    """Children of a name, also inside content controls."""
    for each in element:
        if local(each) == name:
            yield each
        elif local(each) in _CONTAINERS:
            yield from _direct(each, name)


def _span(cell: Any) -> int:
    settings = child(cell, "tcPr")
    span = child(settings, "gridSpan") if settings is not None else None
    value = attribute(span, "val") if span is not None else None
    return min(int(value), 64) if value and value.isdigit() else 1


def _collect(element: Any, content: _Content, *, bold: bool) -> None:
    """The text of a paragraph and below, in order; recursion ends at the parser's own depth limit of 256."""
    for each in element:
        name = local(each)
        if name == "t":
            content.add(each.text or "", bold=bold)
        elif name in _SIGNS:
            content.pieces.append(_SIGNS[name])
        elif name in {"footnoteReference", "endnoteReference"}:
            content.notes.append((name.removesuffix("Reference"), attribute(each, "id") or ""))
        elif name == "txbxContent":
            content.boxes.append(each)
        elif name == "r":
            own = child(each, "rPr")
            _collect(each, content, bold=is_bold(own) or (bold and (own is None or child(own, "b") is None)))
        elif name == "AlternateContent":
            _collect(
                [found for found in (child(each, "Choice"), child(each, "Fallback")) if found is not None][:1], content, bold=bold
            )
        elif name not in _LEFT_OUT:
            _collect(each, content, bold=bold)


def _is_contents(element: Any) -> bool:
    """Whether a content control is Word's own table of contents."""
    settings = child(element, "sdtPr", "docPartObj", "docPartGallery")
    return settings is not None and "contents" in (attribute(settings, "val") or "").lower()


def _part(archive: Archive, part: str, kind: str) -> Any | None:
    name = related(archive, part, kind)
    return parse_xml(archive.read(name)) if name else None


def _notes(root: Any | None, kind: str) -> dict[str, str]:
    found = {}
    for note in root if root is not None else ():
        if local(note) == kind and attribute(note, "type") in {None, "normal"}:
            content = _Content()
            for paragraph in descendants(note, "p"):
                _collect(paragraph, content, bold=False)
                content.pieces.append(" ")
            found[attribute(note, "id") or ""] = clean("".join(content.pieces))
    return found

"""HTML as blocks: the only door to lxml's HTML parser.

Owns: headings, paragraphs, lists with their numbers, tables, quotations and notes.

Does not own: telling the main text from a page's furniture (see `html`), encodings, or where the markup came from (page, book,
e-mail).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from assistant.errors import FileRefusedError
from ingest.document import Block, BlockKind
from ingest.extract.cleaning import clean
from ingest.extract.docx_numbers import number_text
from ingest.extract.rows import Row, row_blocks

DEEPEST = 200  # elements inside each other; a page has about thirty
_LEFT_OUT = frozenset(
    {"script", "style", "template", "noscript", "head", "svg", "math", "canvas", "iframe", "object", "button", "select",
     "textarea", "form",
     "nav", "audio", "video", "datalist", "dialog"}
)  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "ul", "ol", "li", "table", "blockquote", "pre", "dl", "dt", "dd", "figure",
     "figcaption", "aside",
     "header", "footer", "address", "details", "summary", "hr", "body", "center", "fieldset", "legend", "caption", "tr", "td",
     "th", *_HEADINGS}
)  # fmt: skip
_CLOSING = re.compile(r"</(?:body|html)\s*>", re.I)
_STYLES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def parse_html(text: str) -> Any:
    """The root element of HTML or XHTML, however badly written. Raises FileRefusedError where nothing is left of it."""
    from lxml import etree

    text = _CLOSING.sub("", text)  # browsers read on after a page's end; the parser would not
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise FileRefusedError("It holds no readable HTML. Open it in a browser and save or print it again.")
    return root


def markup_blocks(root: Any) -> list[Block]:
    """Blocks of an element and all below it, in order; scripts, forms, navigation and hidden parts are left out."""
    body = root.find("body") if _name(root) == "html" else root
    return list(_Walk().blocks(body if body is not None else root, "paragraph", 0))


class _Walk:
    def blocks(self, element: Any, kind: BlockKind, depth: int, label: str = "") -> Iterator[Block]:
        """Text between block elements becomes a block of `kind`; block elements are walked in turn."""
        name = _name(element)
        if depth > DEEPEST or _is_hidden(element):
            return
        if name in _HEADINGS:
            yield from _one(_text(element), "heading", _HEADINGS[name])
        elif name in {"ul", "ol"}:
            yield from self._items(element, depth)
        elif name == "table":
            yield from self._table(element, depth)
        elif name == "pre":
            yield from _one(_text(element), kind, 0)
        else:
            inner: BlockKind = "quotation" if name == "blockquote" else "footnote" if _is_note(element) else kind
            yield from self._mixed(element, inner, depth, label)

    def _mixed(self, element: Any, kind: BlockKind, depth: int, label: str) -> Iterator[Block]:
        pieces = [element.text or ""]
        for each in element:
            name = _name(each)
            if name in _BLOCKS or (name and name not in _LEFT_OUT and _holds_block(each)):
                text = clean("".join(pieces))
                yield from _one(f"{label} {text}" if label and text else text, kind, 0)
                label, pieces = ("" if text else label), []
                for block in self.blocks(each, kind, depth + 1, label):
                    yield block
                    label = ""
            elif name == "br":
                pieces.append(" ")
            elif name and name not in _LEFT_OUT and not _is_hidden(each) and not _is_note_mark(each):
                pieces.append(_text(each))
            pieces.append(each.tail or "")
        text = clean("".join(pieces))
        yield from _one(f"{label} {text}" if label and text else text, kind, 0)

    def _items(self, element: Any, depth: int) -> Iterator[Block]:
        start = element.get("start") or ""
        number = int(start) if start.isdigit() else 1
        style = _STYLES.get(element.get("type") or "", "decimal")
        for item in element:
            if _name(item) != "li":
                yield from self.blocks(item, "list_item", depth + 1) if _name(item) else ()
                continue
            value = item.get("value") or ""
            number = int(value) if value.isdigit() else number
            label = f"{number_text(number, style)}." if _name(element) == "ol" else ""
            yield from self.blocks(item, "list_item", depth + 1, label)
            number += 1

    def _table(self, table: Any, depth: int) -> Iterator[Block]:
        rows: list[Row] = []
        if table.find("caption") is not None:
            yield from _one(_text(table.find("caption")), "paragraph", 0)
        if next(table.iterdescendants("table"), None) is not None:  # tables in tables lay a page out
            for cell in (each for each in table.iter("td", "th") if next(each.iterancestors("table"), None) is table):
                yield from self._mixed(cell, "paragraph", depth + 1, "")
            return
        for row in table.iter("tr"):
            cells: list[str] = []
            found = [each for each in row if _name(each) in {"td", "th"}]
            for cell in found:
                span = cell.get("colspan") or "1"
                cells.extend([_text(cell)] * (min(int(span), 32) if span.isdigit() else 1))
            parent = row.getparent()
            head = bool(found) and (all(_name(each) == "th" for each in found) or _name(parent) == "thead")
            rows.append(Row(cells, head=head and len(found) > 1))
        yield from row_blocks(rows)


def _one(text: str, kind: BlockKind, level: int) -> Iterator[Block]:
    if text:
        yield Block(text, kind, level)


def _name(element: Any) -> str:
    tag = element.tag
    return tag.lower() if isinstance(tag, str) else ""


def _text(element: Any) -> str:
    pieces: list[str] = []
    for event in _pieces(element, 0):
        pieces.append(event)
    return clean("".join(pieces)) if _name(element) in _BLOCKS else "".join(pieces)


def _pieces(element: Any, depth: int) -> Iterator[str]:
    if depth > DEEPEST or _name(element) in _LEFT_OUT or _is_hidden(element) or _is_note_mark(element):
        return
    yield element.text or ""
    for each in element:
        spaced = _name(each) in _BLOCKS or _name(each) == "br"
        if spaced:
            yield " "
        if _name(each):
            yield from _pieces(each, depth + 1)
        if spaced:
            yield " "
        yield each.tail or ""


def _holds_block(element: Any) -> bool:
    return any(_name(each) in _BLOCKS for each in element.iterdescendants())


def _is_hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style or element.get("aria-hidden") == "true"


def _is_note(element: Any) -> bool:
    kind = f"{element.get('epub:type') or ''} {element.get('role') or ''}"
    return any(word in kind for word in ("footnote", "endnote", "rearnote")) and "noteref" not in kind


def _is_note_mark(element: Any) -> bool:
    """Whether an element is a note's number in the text, which would read as a figure."""
    if "noteref" in f"{element.get('epub:type') or ''} {element.get('role') or ''}":
        return True
    if _name(element) != "sup":
        return False
    before = element.getprevious()
    text = (before.tail if before is not None else element.getparent().text) or ""
    power = re.search(r"(?:^|[\d\s/(])(?:[kcm]?m|10)\s*$", text) is not None and element.find(".//a") is None
    return not power and "".join(element.itertext()).strip("[]() ").isdigit()

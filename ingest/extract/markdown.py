"""Markdown: the only door to markdown-it-py. Owns: its blocks as ours, and front matter's title, author, date. Does not own: HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ingest.document import Block, BlockKind, Document
from ingest.extract.cleaning import clean
from ingest.extract.decoding import decode

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*\n", re.S)


def extract(data: bytes) -> Document:
    """A Markdown file as headings, paragraphs, list items, quotations and table rows; code blocks are kept as paragraphs."""
    from markdown_it import MarkdownIt

    text, warning = decode(data)
    text = text.replace("\r\n", "\n")
    facts = _front_matter(text)
    body = _FRONT_MATTER.sub("", text, count=1)
    parser = MarkdownIt("commonmark", {"maxNesting": 40}).enable("table")
    blocks = _blocks(parser.parse(body))
    title = facts.get("title") or next((b.text for b in blocks if b.kind == "heading"), None)
    authors = [facts["author"]] if "author" in facts else []
    year = re.search(r"\b(?:19|20)\d\d\b", facts.get("date", ""))
    return Document(
        format="markdown",
        blocks=blocks,
        title=title,
        authors=authors,
        year=int(year.group()) if year else None,
        url=facts.get("url"),
        warnings=(warning,) if warning else (),
    )


def _front_matter(text: str) -> dict[str, str]:
    match = _FRONT_MATTER.match(text)
    pairs = re.findall(r"^(\w+):[ \t]*(.+)$", match.group(1), re.M) if match else []
    return {key.lower(): value.strip().strip("'\"") for key, value in pairs}


def _blocks(tokens: Sequence[Any]) -> list[Block]:
    blocks: list[Block] = []
    inside: list[str] = []
    row: list[str] = []
    heads: list[str] = []
    level = 0
    number = ""
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "list_item_open":
            number = f"{token.info}{token.markup} " if token.info else ""
            inside.append(token.type)
        elif token.type.endswith("_open"):
            inside.append(token.type)
        elif token.type.endswith("_close") and token.type != "heading_close":
            if inside:
                inside.pop()
            if token.type == "tr_close":
                heads, added = _table_row(heads, row)
                blocks.extend(added)
                row = []
            elif token.type == "table_close":
                heads = []
        elif token.type == "inline":
            text = clean(_plain(token))
            if "td_open" in inside or "th_open" in inside:
                row.append(text)
            elif text:
                blocks.append(Block(number + text, "heading" if level else _kind(inside), level))
            level, number = 0, ""
        elif token.type in {"fence", "code_block"} and token.content.strip():
            blocks.append(Block(clean(token.content)))
    return blocks


def _table_row(heads: list[str], row: list[str]) -> tuple[list[str], list[Block]]:
    if not heads:
        return row or [""], []
    cells = [f"{head}: {cell}" if head else cell for head, cell in zip(heads, row, strict=False) if cell]
    return heads, [Block("; ".join(cells) + ".", "table_row")] if cells else []


def _kind(inside: Sequence[str]) -> BlockKind:
    if "list_item_open" in inside:
        return "list_item"
    return "quotation" if "blockquote_open" in inside else "paragraph"


def _plain(token: Any) -> str:
    parts = []
    for child in token.children or []:
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif child.type == "image":
            parts.append(child.content)
    return "".join(parts)

"""Markdown: the only door to markdown-it-py. Owns: its blocks as ours, and front matter's title, author, date.

Does not own: HTML in it.

Template tags ({% … %}, {{ … }}) of site generators are taken out. Where a page's text stands in its front matter alone, that is
read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.document import Block, BlockKind, Document
from ingest.extract.cleaning import clean
from ingest.extract.decoding import decode
from ingest.extract.markup import markup_blocks, parse_html
from ingest.extract.rows import Row, row_blocks

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_TEMPLATE = re.compile(r"\{%-?.*?-?%\}|\{\{.*?\}\}|\{:[^}\n]*\}", re.S)
_FOOTNOTE = re.compile(r"^\[\^([^\]\s]{1,20})\]:\s+", re.M)
_FEWEST_LETTERS = 40


def extract(data: bytes) -> Document:
    """A Markdown file as blocks; code blocks are kept as paragraphs."""
    text, warning = decode(data)
    text = text.replace("\r\n", "\n").lstrip("\ufeff")
    front = _FRONT_MATTER.match(text)
    facts = _facts(front.group(1) if front else "")
    blocks = markdown_blocks(_TEMPLATE.sub("", text[front.end() :] if front else text))
    if front and sum(len(block.text) for block in blocks) < _FEWEST_LETTERS:
        blocks = [*blocks, *_front_blocks(front.group(1))]
    title = facts.get("title") or facts.get("name") or next((b.text for b in blocks if b.kind == "heading"), None)
    year = re.search(r"\b(?:19|20)\d\d\b", facts.get("date", ""))
    return Document(
        format="markdown",
        blocks=blocks,
        title=title,
        authors=[facts["author"]] if "author" in facts else [],
        year=int(year.group()) if year else None,
        url=url if (url := facts.get("url", "")).startswith(("http://", "https://")) else None,
        language=facts.get("lang"),
        warnings=(warning,) if warning else (),
    )


def markdown_blocks(text: str) -> list[Block]:
    """Blocks of Markdown text without front matter."""
    from markdown_it import MarkdownIt

    notes = {match.group(1) for match in _FOOTNOTE.finditer(text)}
    text = _FOOTNOTE.sub(r"\n\1 ", text)
    for note in notes:
        text = text.replace(f"[^{note}]", "")
    parser = MarkdownIt("commonmark", {"maxNesting": 40}).enable("table")
    walk = _Walk()
    for token in parser.parse(text):
        walk.take(token)
    marks = tuple(f"{note} " for note in notes)
    return [Block(b.text, "footnote") if marks and b.kind == "paragraph" and b.text.startswith(marks) else b for b in walk.blocks]


def _facts(front: str) -> dict[str, str]:
    pairs = re.findall(r"^(\w+):[ \t]*(.+)$", front, re.M)
    return {key.lower(): clean(value.strip().strip("'\"")) for key, value in pairs}


def _front_blocks(front: str) -> Iterator[Block]:
    """Sentences in front matter: values of at least four words, without their keys."""
    for line in front.split("\n"):
        value = clean(re.sub(r"<[^>]+>", "", re.sub(r"^\s*(?:-\s+)?(?:[\w-]+:\s+)?", "", line))).strip("'\"")
        if len(value.split()) >= 4:
            yield Block(value, "list_item" if line.lstrip().startswith("-") else "paragraph")


@dataclass
class _Walk:
    """Tokens in, blocks out."""

    blocks: list[Block] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    level: int = 0
    number: str = ""

    def take(self, token: Any) -> None:
        if token.type == "heading_open":
            self.level = int(token.tag[1])
        elif token.type == "list_item_open":
            self.number = f"{token.info}{token.markup} " if token.info else ""
            self.inside.append(token.type)
        elif token.type.endswith("_open"):
            self.inside.append(token.type)
        elif token.type.endswith("_close") and token.type != "heading_close":
            self._close(token.type)
        elif token.type == "inline":
            self._inline(clean(_plain(token)))
        elif token.type == "html_block" or (token.type == "code_block" and token.content.lstrip().startswith("<")):
            self._markup(token.content)
        elif token.type in {"fence", "code_block"} and token.content.strip():
            self.blocks.append(Block(clean(token.content)))

    def _markup(self, content: str) -> None:
        """HTML in Markdown, also where its indent makes it look like code."""
        if re.search(r">[^<]*\w", content):
            self.blocks.extend(markup_blocks(parse_html(content)))

    def _close(self, kind: str) -> None:
        if self.inside:
            self.inside.pop()
        if kind == "tr_close":
            self.rows.append(Row(tuple(self.cells), head=not self.rows and any(self.cells)))
            self.cells = []
        elif kind == "table_close":
            self.blocks.extend(row_blocks(self.rows))
            self.rows = []

    def _inline(self, text: str) -> None:
        if "td_open" in self.inside or "th_open" in self.inside:
            self.cells.append(text)
        elif text:
            self.blocks.append(Block(self.number + text, "heading" if self.level else _kind(self.inside), self.level))
        self.level, self.number = 0, ""


def _kind(inside: Sequence[str]) -> BlockKind:
    if "list_item_open" in inside:
        return "list_item"
    return "quotation" if "blockquote_open" in inside else "paragraph"


def _plain(token: Any) -> str:
    parts = []
    for child in token.children or []:
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"} or (
            child.type == "html_inline" and re.match(r"</?(?:br|p|div|li)\b", child.content, re.I)
        ):
            parts.append(" ")
        elif child.type == "image":
            parts.append(child.content)
    return "".join(parts)

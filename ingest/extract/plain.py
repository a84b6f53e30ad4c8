"""Plain text. Owns: paragraphs from blank lines, and headings where a line plainly is one. Does not own: encodings."""

from __future__ import annotations

import re

from ingest.document import Block, Document
from ingest.extract.cleaning import clean
from ingest.extract.decoding import decode
from ingest.extract.hyphens import Hyphens

_UNDERLINE = re.compile(r"^\s*([=\-~*])\1{2,}\s*$")
_ITEM = re.compile(r"^\s*(?:[-*•–·▪◦]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")
_BULLET = re.compile(r"^\s*[-*•–·▪◦]\s+")
_NUMBERED = re.compile(r"^(?:\d{1,2}\.)+\s*\S|^(?:chapter|part|section|annex|appendix)\s+\w+", re.I)
LONGEST_HEADING = 80


def extract(data: bytes) -> Document:
    """A text file as paragraphs, list items and headings."""
    text, warning = decode(data)
    blocks = text_blocks(text)
    first = next((b.text for b in blocks), None)
    title = first if first and len(first) <= 120 else None
    return Document(format="text", blocks=blocks, title=title, warnings=(warning,) if warning else ())


def text_blocks(text: str, *, headings: bool = True) -> list[Block]:
    """Blocks of plain text; `headings` says whether a short line by itself may be one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    hyphens = Hyphens(text.split("\n"))
    blocks: list[Block] = []
    for paragraph in re.split(r"\n[ \t]*\n+", text):
        blocks.extend(_blocks(paragraph, hyphens, headings=headings))
    return blocks


def _blocks(paragraph: str, hyphens: Hyphens, *, headings: bool) -> list[Block]:
    lines = [line for line in paragraph.split("\n") if line.strip()]
    if not lines:
        return []
    if len(lines) == 2 and _UNDERLINE.match(lines[1]):
        return [Block(clean(lines[0]), "heading", 1 if "=" in lines[1] else 2)]
    if headings and len(lines) == 1 and _is_heading(lines[0]):
        return [Block(clean(lines[0]), "heading", 2)]
    blocks: list[Block] = []
    current: list[str] = []
    item = False
    for line in lines:
        if _ITEM.match(line):
            blocks.extend(_closed(current, hyphens, item=item))
            current, item = [line], True
        else:
            current.append(line)
    return blocks + _closed(current, hyphens, item=item)


def _closed(lines: list[str], hyphens: Hyphens, *, item: bool) -> list[Block]:
    text = ""
    for line in (clean(each) for each in lines):
        broken = re.search(r"[^\W\d_]-$", text) and line[:1].islower()
        text = hyphens.join(text, line) if broken else f"{text} {line}".strip()
    text = _BULLET.sub("", text) if item else text
    return [Block(text, "list_item" if item else "paragraph")] if text else []


def _is_heading(line: str) -> bool:
    text = clean(line)
    if not text or len(text) > LONGEST_HEADING or text[-1] in ".,;:?!" or len(text.split()) > 12:
        return False
    return bool(_NUMBERED.match(text)) or text.isupper() or (text[:1].isupper() and not re.search(r"[.!?]\s", text))

"""Paragraph styles of Word files. Owns: which style is a heading, a list, a title or a table of contents.

Does not own: paragraphs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ingest.extract.safe_xml import attribute, child, local

_LONGEST_CHAIN = 20


@dataclass(frozen=True)
class Style:
    """What a paragraph style says: its name in lower case, heading level (0 for none), list and weight."""

    name: str = ""
    level: int = 0
    number_id: str | None = None
    depth: int = 0
    bold: bool = False


class Styles:
    """The styles of one document, with what each takes from the style it is based on."""

    def __init__(self, root: Any | None) -> None:
        self._raw = {
            attribute(each, "styleId") or "": each for each in (root if root is not None else ()) if local(each) == "style"
        }
        self._known: dict[str, Style] = {}

    def of(self, style_id: str | None) -> Style:
        if not style_id or style_id not in self._raw:
            return Style(name=(style_id or "").lower(), level=_named_level(style_id or ""))
        if style_id not in self._known:
            self._known[style_id] = self._made(style_id)
        return self._known[style_id]

    def _made(self, style_id: str) -> Style:
        name, level, number_id, depth, bold = "", 0, None, 0, False
        at: str | None = style_id
        for _ in range(_LONGEST_CHAIN):
            element = self._raw.get(at or "")
            if element is None:
                break
            title = child(element, "name")
            own = (attribute(title, "val") or "").lower() if title is not None else ""
            name = name or own
            level = level or _named_level(own) or outline_level(child(element, "pPr"))
            if number_id is None:
                number_id, found = list_of(child(element, "pPr"))
                depth = found if number_id else depth
            bold = bold or is_bold(child(element, "rPr"))
            base = child(element, "basedOn")
            at = attribute(base, "val") if base is not None else None
        return Style(name, level, number_id, depth, bold)


def _named_level(name: str) -> int:
    found = re.fullmatch(r"(?:heading|titre|überschrift|rubrik|título)\s*(\d)", name.lower())
    return int(found.group(1)) if found and 1 <= int(found.group(1)) <= 9 else 1 if name.lower() == "title" else 0


def outline_level(properties: Any | None) -> int:
    """The heading level of paragraph properties, 0 for none."""
    node = child(properties, "outlineLvl") if properties is not None else None
    value = attribute(node, "val") if node is not None else None
    return int(value) + 1 if value and value.isdigit() and int(value) < 9 else 0


def list_of(properties: Any | None) -> tuple[str | None, int]:
    """The list id and depth of paragraph properties; ('0', …) says expressly that there is none."""
    node = child(properties, "numPr") if properties is not None else None
    if node is None:
        return None, 0
    number, depth = child(node, "numId"), child(node, "ilvl")
    level = attribute(depth, "val") if depth is not None else None
    return (attribute(number, "val") if number is not None else None), int(level) if level and level.isdigit() else 0


def is_bold(properties: Any | None) -> bool:
    """Whether run properties make text bold."""
    node = child(properties, "b") if properties is not None else None
    return node is not None and (attribute(node, "val") or "1") not in {"0", "false", "off"}

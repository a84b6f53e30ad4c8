"""What an RTF file's control words print. Owns: text gathered into paragraphs, headings, list items, rows, notes and facts.

Does not own: groups and characters (see `rtf`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.document import Block
from ingest.extract.cleaning import clean
from ingest.extract.rows import Row, row_blocks

_CHARACTERS = {
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    **dict.fromkeys(("tab", "line", "emspace", "enspace", "qmspace"), " "),
}


@dataclass
class Paper:
    """Text goes in with its target ('body', 'note', 'list', 'nowhere', 'fonts', or a fact's name); `blocks` come out."""

    blocks: list[Block] = field(default_factory=list)
    facts: dict[str, list[str]] = field(default_factory=dict)
    _text: list[str] = field(default_factory=list)
    _label: list[str] = field(default_factory=list)
    _note: list[str] = field(default_factory=list)
    _notes: list[str] = field(default_factory=list)
    _cells: list[str] = field(default_factory=list)
    _rows: list[Row] = field(default_factory=list)
    _level: int = 0
    _in_table: bool = False

    def put(self, text: str, target: str) -> None:
        """Text at a target."""
        if not text or target in {"nowhere", "fonts"}:
            return
        known = {"body": self._text, "note": self._note, "list": self._label}
        (known[target] if target in known else self.facts.setdefault(target, [])).append(text)

    def control(self, name: str, value: int | None, target: str) -> None:
        """A control word that prints something or ends something; others change nothing here."""
        if name in _CHARACTERS:
            self.put(_CHARACTERS[name], target)
        elif target == "note":
            self._note.append(" " if name == "par" else "")
        elif target == "body":
            if name == "outlinelevel" and value is not None:
                self._level = value + 1 if 0 <= value < 9 else 0
            action = self._actions().get(name)
            if action:
                action()

    def _actions(self) -> dict[str, Callable[[], None]]:
        return {
            **dict.fromkeys(("par", "sect", "page"), self.end_paragraph),
            **dict.fromkeys(("cell", "nestcell"), self._end_cell),
            **dict.fromkeys(("row", "nestrow"), self._end_row),
            "pard": self._reset,
            "intbl": self._enter_table,
        }

    def _reset(self) -> None:
        self._level, self._in_table = 0, False

    def _enter_table(self) -> None:
        self._in_table = True

    def _end_cell(self) -> None:
        self._cells.append(clean("".join([*self._label, " ", *self._text])))
        self._text, self._label = [], []

    def _end_row(self) -> None:
        self._rows.append(Row(tuple(self._cells)))
        self._cells = []

    def end_note(self) -> None:
        """A note is complete; it follows the paragraph it hangs on."""
        self._notes.append(clean("".join(self._note)))
        self._note = []

    def end_paragraph(self) -> None:
        """A paragraph is complete; inside a table it is only part of a cell."""
        text, label = clean("".join(self._text)), clean("".join(self._label))
        self._text, self._label = [], []
        if self._in_table:
            self._text = [f"{label} {text} "] if text else []
            return
        self.end_table()
        if text:
            self.blocks.append(self._block(text, label))
        self.blocks.extend(Block(note, "footnote") for note in self._notes if note)
        self._notes = []

    def _block(self, text: str, label: str) -> Block:
        if self._level:
            return Block(f"{label} {text}".strip(), "heading", min(self._level, 6))
        if re.search(r"\w", label):
            return Block(f"{label} {text}", "list_item")
        return Block(text.lstrip("•· "), "list_item" if label or text.startswith("•") else "paragraph")

    def end_table(self) -> None:
        """Rows gathered so far are a table."""
        rows, self._rows = self._rows, []
        self.blocks.extend(row_blocks(rows))

"""Rows of a table as sentences. Owns: which row holds the heads, and 'Head: value; Head: value.'

Does not own: finding tables in a format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.document import Block, Break

LONGEST_HEAD = 80
_FIGURE = re.compile(r"[-+(]?\W{0,2}\d[\d.,  ]*\W{0,3}(?:[kmb]n?|million|billion|per cent)?", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d(?:[-–/]\d{2,4})?")


@dataclass(frozen=True)
class Row:
    """A table row: cleaned cell texts, its label for a locator (such as 'row 12'), its pages."""

    cells: Sequence[str]
    label: str | None = None
    breaks: Sequence[Break] = ()
    head: bool = False  # whether the format itself says that this is a head


def cell_text(pieces: Sequence[str]) -> str:
    """The paragraphs of one cell as one text: a list with commas where they are bare phrases, else one after the other."""
    filled = [piece for piece in pieces if piece]
    bare = all(len(piece) < LONGEST_HEAD and piece[-1] not in ".,;:!?" for piece in filled)
    return (", " if bare else " ").join(filled)


def row_blocks(rows: Sequence[Row]) -> Iterator[Block]:
    """A table's rows as blocks; the heads are not a block of their own. A table of one column is paragraphs."""
    filled = [row for row in rows if any(row.cells)]
    width = max((sum(bool(cell) for cell in row.cells) for row in filled), default=0)
    heads: Sequence[str] = ()
    for number, row in enumerate(filled):
        distinct = list(dict.fromkeys(cell for cell in row.cells if cell))
        if len(distinct) == 1 and not (heads and len(row.cells) > 1 and _first_only(row)):
            yield Block(distinct[0], "paragraph", breaks=row.breaks, label=row.label)
        elif row.head or (not heads and len(filled) > number + 1 and _is_head(row, width)):
            heads = [
                f"{above} {cell}".strip() if row.head and above != cell else cell for above, cell in _paired(heads, row.cells)
            ]
        else:
            yield Block(_sentence(heads, row.cells), "table_row", breaks=row.breaks, label=row.label)


def _first_only(row: Row) -> bool:
    return False if not row.cells else bool(row.cells[0]) and len(row.cells[0]) < LONGEST_HEAD and row.cells[0].endswith(":")


def _paired(heads: Sequence[str], cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    for number, cell in enumerate(cells):
        yield (heads[number] if number < len(heads) else ""), cell


def _is_head(row: Row, width: int) -> bool:
    cells = [cell for cell in row.cells if cell]
    if len(cells) < 2 or len(cells) < width - 1 or any(len(cell) > LONGEST_HEAD or cell.endswith(":") for cell in cells):
        return False
    return not any(_FIGURE.fullmatch(cell) and not _YEAR.fullmatch(cell) for cell in cells)


def _sentence(heads: Sequence[str], cells: Sequence[str]) -> str:
    parts: list[str] = []
    last = None
    for number, cell in enumerate(cells):
        head = heads[number].rstrip(":").strip() if number < len(heads) else ""
        if not cell or (head, cell) == last:
            continue
        last = (head, cell)
        parts.append(f"{head}: {cell}" if head and head != cell else cell)
    text = "; ".join(part.rstrip(".;") if number < len(parts) - 1 else part for number, part in enumerate(parts))
    return text if text.endswith((".", "!", "?")) else text.rstrip(";:,") + "."

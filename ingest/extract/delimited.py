"""Comma-, semicolon- and tab-separated files: the only door to csv. Owns: which sign divides, and rows as sentences.

Does not own: encodings.
"""

from __future__ import annotations

import csv
import io
from collections import Counter

from assistant.errors import FileRefusedError
from ingest.document import Block, Document
from ingest.extract.cleaning import clean
from ingest.extract.decoding import decode
from ingest.extract.rows import Row, row_blocks

MOST_ROWS = 100_000
LONGEST_CELL = 1_000_000
_SIGNS = ",\t;|"


def extract(data: bytes) -> Document:
    """A table in text as rows that read as sentences. Raises FileRefusedError where no row can be read."""
    text, warning = decode(data)
    warnings = [warning] if warning else []
    csv.field_size_limit(LONGEST_CELL)
    sign = dividing_sign(text) or ","
    rows: list[Row] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text.replace("\0", "")), delimiter=sign), start=1):
            if number > MOST_ROWS:
                warnings.append(f"only the first {MOST_ROWS} rows were read; split the file to have the rest")
                break
            rows.append(Row([clean(cell) for cell in cells], label=f"row {number}"))
    except csv.Error:
        warnings.append(f"row {len(rows) + 1} and what follows cannot be read as a table; check its quotation marks")
    blocks: list[Block] = list(row_blocks(rows))
    if not blocks:
        raise FileRefusedError("No row of it can be read as a table. Check the file, or save it as .xlsx.")
    return Document("csv", blocks, warnings=warnings)


def dividing_sign(text: str) -> str | None:
    """The sign by which most of the first rows get the same width of at least two columns; None where none does."""
    best, best_share = None, 0.6
    lines = text.lstrip("\ufeff")[:60_000].splitlines()[:60]
    for sign in _SIGNS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=sign) if row]
        except csv.Error:
            continue
        if not widths:
            continue
        width, count = Counter(widths).most_common(1)[0]
        if width >= 2 and count / len(widths) > best_share:
            best, best_share = sign, count / len(widths)
    return best

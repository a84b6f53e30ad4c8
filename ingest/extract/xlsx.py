"""Excel files (.xlsx): the only door to openpyxl. Owns: each sheet's rows as sentences, cells as a reader sees them.

Does not own: charts and pictures. Formulas give the value saved with them. Hidden sheets are left out and named in a warning.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.errors import FileRefusedError
from ingest.document import Block, Document
from ingest.extract.archive import Archive
from ingest.extract.cleaning import clean
from ingest.extract.opc import properties
from ingest.extract.rows import Row, row_blocks
from ingest.extract.safe_xml import parse_xml

MOST_ROWS = 100_000
MOST_COLUMNS = 500
_BROKEN = "It is a damaged Excel file. Open it in Excel and save it again, or save it as CSV."


def extract(data: bytes) -> Document:
    """A workbook as rows that read as sentences, each sheet under its name. Raises FileRefusedError: damaged or encrypted."""
    import warnings

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    facts = _checked(data)
    notes: list[str] = []
    blocks: list[Block] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of features it leaves out
        try:
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            for sheet in book.worksheets:
                if sheet.sheet_state != "visible":
                    notes.append(f"the hidden sheet '{sheet.title}' was left out")
                    continue
                blocks.append(Block(clean(sheet.title), "heading", 1, label=f"sheet {sheet.title}"))
                blocks.extend(_sheet(sheet, notes))
            book.close()
        except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, OSError):
            raise FileRefusedError(_BROKEN) from None  # what openpyxl raises on damage is not one kind
    if not any(block.kind != "heading" for block in blocks):
        raise FileRefusedError("No cell of it holds text or figures.")
    return Document("xlsx", blocks, facts.title, facts.authors, year=facts.year, language=facts.language, warnings=notes)


def _checked(data: bytes) -> Any:
    """The properties, after every XML part was read once under our limits and without entities."""
    with Archive(data) as archive:
        for name in sorted(archive.names):
            if name.endswith((".xml", ".rels")):
                content = archive.read(name)
                if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content:
                    parse_xml(content)
                    raise FileRefusedError(
                        "It has an XML document type, which no Excel file needs and attackers use. Save it again in Excel."
                    )
        return properties(archive)


def _sheet(sheet: Any, notes: list[str]) -> Iterator[Block]:
    sheet.reset_dimensions()  # the size a file claims may be wrong by millions
    table: list[Row] = []
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        if number > MOST_ROWS:
            notes.append(f"only the first {MOST_ROWS} rows of sheet '{sheet.title}' were read")
            break
        cells = [_shown(cell) for cell in row]
        if any(cells):
            table.append(Row(cells, label=f"sheet {sheet.title}, row {number}"))
        elif table:  # an empty row parts two tables
            yield from row_blocks(_narrow(table))
            table = []
    yield from row_blocks(_narrow(table))


def _narrow(table: Sequence[Row]) -> list[Row]:
    """Rows without columns that are empty in all of them."""
    width = max((len(row.cells) for row in table), default=0)
    used = [column for column in range(width) if any(column < len(row.cells) and row.cells[column] for row in table)]
    return [Row([row.cells[c] if c < len(row.cells) else "" for c in used], label=row.label) for row in table]


def _shown(cell: Any) -> str:
    """A cell as a reader sees it: percentages, currency, thousands, dates."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return f"{value.day} {value:%B %Y}" + (f" {value:%H:%M}" if value.hour or value.minute else "")
    if isinstance(value, dt.date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "General")
    return clean(str(value))


def _number(value: float, pattern: str) -> str:
    shape = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", pattern.split(";")[0])
    places = len(found.group(1)) if (found := re.search(r"\.([0#]+)", shape)) else 0
    if "%" in shape:
        return f"{value * 100:.{places}f}%"
    comma = "," if "," in shape else ""
    if shape == "General" or not re.search(r"[0#]", shape):
        text = (
            f"{value:.12g}"
            if isinstance(value, float) and abs(value) < 1e12
            else str(int(value) if float(value).is_integer() else value)
        )
    else:
        text = f"{value:{comma}.{places}f}"
    sign = next((mark for mark in "£$€" if mark in pattern), "")
    return f"-{sign}{text[1:]}" if sign and text.startswith("-") else sign + text

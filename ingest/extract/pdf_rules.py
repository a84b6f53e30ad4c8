"""Ruled lines drawn on a PDF page. Owns: reading them from its objects. Does not own: what they divide (see `pdf_tables`)."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ingest.extract.pdfium import functions

MOST_OBJECTS = 6000  # a page with more is a drawing, whose strokes are not the rules of a table
THIN = 3.0  # points


@dataclass(frozen=True)
class Rules:
    """Horizontal rules as (height, from, to) and vertical ones as (place, from, to), in points."""

    across: Sequence[tuple[float, float, float]] = ()
    down: Sequence[tuple[float, float, float]] = ()


def read_rules(page: Any) -> Rules:
    """Thin strokes and the edges of filled boxes of an open, unturned page; none where there are too many objects."""
    raw = functions()

    count = raw.FPDFPage_CountObjects(page.raw)
    if count > MOST_OBJECTS:
        return Rules()
    box = page.get_cropbox()
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    across: list[tuple[float, float, float]] = []
    down: list[tuple[float, float, float]] = []
    for index in range(count):
        found = raw.FPDFPage_GetObject(page.raw, index)
        if raw.FPDFPageObj_GetType(found) != raw.FPDF_PAGEOBJ_PATH:
            continue
        if not raw.FPDFPageObj_GetBounds(found, left, bottom, right, top):
            continue
        x0, y0, x1, y1 = left.value - box[0], bottom.value - box[1], right.value - box[0], top.value - box[1]
        _sort_in(across, down, (x0, y0, x1, y1), width=box[2] - box[0], height=box[3] - box[1])
    return Rules(across, down)


def _sort_in(across: list[Any], down: list[Any], box: tuple[float, float, float, float], *, width: float, height: float) -> None:
    x0, y0, x1, y1 = box
    if x1 - x0 > 0.97 * width and y1 - y0 > 0.5 * height:
        return
    if y1 - y0 <= THIN:
        if x1 - x0 > 8:
            across.append(((y0 + y1) / 2, x0, x1))
        return
    if x1 - x0 <= THIN:
        if y1 - y0 > 5:
            down.append(((x0 + x1) / 2, y0, y1))
        return
    across.extend([(y0, x0, x1), (y1, x0, x1)])
    down.extend([(x0, y0, y1), (x1, y0, y1)])

"""Ruled lines drawn on a PDF page. Owns: reading them from its objects. Does not own: what they divide (see `pdf_tables`)."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from ingest.extract.pdfium import argument, functions, quick_calls

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
    calls, (left, bottom, width, height) = quick_calls(), _visible(page)
    edges = (ctypes.c_float * 4)()
    places = [ctypes.byref(edges, 4 * number) for number in range(4)]
    across: list[tuple[float, float, float]] = []
    down: list[tuple[float, float, float]] = []
    drawn = list(map(calls.object_at, repeat(argument(page.raw)), range(count)))
    for each in [each for each, kind in zip(drawn, map(calls.kind, drawn), strict=True) if kind == raw.FPDF_PAGEOBJ_PATH]:
        if calls.bounds(each, *places):
            x0, y0, x1, y1 = edges
            _sort_in(across, down, (x0 - left, y0 - bottom, x1 - left, y1 - bottom), width=width, height=height)
    return Rules(across, down)


def _visible(page: Any) -> tuple[float, float, float, float]:
    """The left and lower edge, width and height of what a reader sees of a page."""
    left, bottom, right, top = page.get_cropbox()
    return left, bottom, right - left, top - bottom


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

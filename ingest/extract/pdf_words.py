"""Words of a PDF page, with their place and type. Owns: asking PDFium about characters, once or twice a word.

Does not own: lines. Note marks glued to a word ("policy¹²") are left out, since they would otherwise read as figures; words that
a file has run together are parted where their letters stand a space apart.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ingest.extract.cleaning import clean
from ingest.extract.hyphens import common_words
from ingest.extract.pdfium import functions

MOST_WORDS = 30_000  # of one page; a poster has a few thousand
_WORD = re.compile(r"[^\s\x02\ufffe]+")
_ENDS_IN_MARK = re.compile(r"\S([\d*†‡]{1,4})([.,;:)”\"’']*)$")
_LONG = re.compile(r"[^\W\d_]{8,}[.,;:]?")


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its box: `base` is the baseline, `size` the type size in points."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    italic: bool
    quarter: int  # turns of 90 degrees against the page's own coordinates; -1 for slanted


class _Glyphs:
    """One character's facts from a text page; buffers are made once, since this runs for every word."""

    def __init__(self, textpage: Any) -> None:
        raw = functions()

        self._raw, self._page = raw, textpage.raw
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._xr, self._yr = ctypes.byref(self._x), ctypes.byref(self._y)
        self._matrix, self._rect = raw.FS_MATRIX(), raw.FS_RECTF()
        self._name, self._flags = ctypes.create_string_buffer(96), ctypes.c_int()
        self._faces: dict[tuple[bytes, int], tuple[bool, bool]] = {}

    def origin(self, index: int) -> tuple[float, float]:
        self._raw.FPDFText_GetCharOrigin(self._page, index, self._xr, self._yr)
        return self._x.value, self._y.value

    def matrix(self, index: int) -> tuple[float, float, float, float]:
        self._raw.FPDFText_GetMatrix(self._page, index, self._matrix)
        m = self._matrix
        return m.a, m.b, m.c, m.d

    def size(self, index: int) -> float:
        _, _, c, d = self.matrix(index)
        size = float(self._raw.FPDFText_GetFontSize(self._page, index)) * math.hypot(c, d)
        return size if 0.5 < size < 2000 else 10.0

    def loose(self, index: int) -> tuple[float, float, float, float]:
        self._raw.FPDFText_GetLooseCharBox(self._page, index, self._rect)
        r = self._rect
        return r.left, r.bottom, r.right, r.top

    def face(self, index: int) -> tuple[bool, bool]:
        """Whether a character is bold, and whether it is italic."""
        self._raw.FPDFText_GetFontInfo(self._page, index, self._name, 96, ctypes.byref(self._flags))
        key = (self._name.value, self._flags.value)
        if key not in self._faces:
            name, flags = key[0].decode("latin-1").lower(), key[1]
            bold = bool(re.search(r"bold|black|heavy|demi(?!t)", name)) or bool(flags & (1 << 18))
            self._faces[key] = bold, bool(re.search(r"italic|oblique", name)) or bool(flags & (1 << 6))
        return self._faces[key]


def words_of(textpage: Any) -> Iterator[Word]:
    """The words of an open text page in the order of the file, at most MOST_WORDS."""
    count = textpage.count_chars()
    if count <= 0:
        return
    text = textpage.get_text_range()
    if len(text) != count:  # characters outside the basic plane, or without a meaning: take them one by one
        raw = functions()

        text = "".join(
            chr(code) if 0 < (code := raw.FPDFText_GetUnicode(textpage.raw, i)) < 0x110000 else " " for i in range(count)
        )
    glyphs = _Glyphs(textpage)
    corner = _corner(textpage)
    for number, found in enumerate(_WORD.finditer(text)):
        if number >= MOST_WORDS:
            return
        soft = text[found.end() : found.end() + 1]
        yield from _word(
            glyphs, found.group(), found.start(), found.end() - 1, corner, hyphen=soft in {"\x02", "\ufffe"} and bool(soft)
        )


def _corner(textpage: Any) -> tuple[float, float, float, float]:
    box = textpage.page.get_cropbox()
    return float(box[0]), float(box[1]), float(box[2]), float(box[3])


def _word(
    glyphs: _Glyphs, raw: str, first: int, last: int, corner: tuple[float, float, float, float], *, hyphen: bool
) -> Iterator[Word]:
    size = glyphs.size(first)
    if len(raw) >= 8 and _LONG.fullmatch(raw) and raw.casefold() not in common_words():
        raw = _parted(glyphs, raw, first, size)
    mark = None if " " in raw else _ENDS_IN_MARK.search(raw)
    if mark:
        raw = _without_mark(glyphs, raw, first, mark, size)
    elif raw[0].isdigit() and not raw[-1].isdigit() and (larger := glyphs.size(last)) > 1.25 * size:
        raw, size = re.sub(r"^(\d+)(?=[^\W\d])", r"\1 ", raw), larger
    text = clean(raw) if len(raw) > 1 or ord(raw[0]) > 126 else raw
    if raw.endswith("\u00ad"):
        text += "\u00ad"
    elif hyphen:
        text += "-"
    if not text:
        return
    a, b, _, _ = glyphs.matrix(first)
    quarter = _quarter(a, b)
    x, y = glyphs.origin(first)
    left, bottom, right, top = glyphs.loose(last)
    far_x, far_y = {0: (right, y), 1: (x, top), 2: (left, y), 3: (x, bottom)}.get(quarter, (right, y))
    start, base = _turned(x, y, quarter, corner)
    stop, _ = _turned(far_x, far_y, quarter, corner)
    yield Word(text, start, max(stop, start + 0.1), base, size, *glyphs.face(first), quarter)


def _parted(glyphs: _Glyphs, raw: str, first: int, size: float) -> str:
    """A word parted where its letters stand a space apart: some files have none there, and PDFium sees only wider gaps."""
    boxes = [glyphs.loose(first + number) for number in range(len(raw))]
    gaps = [after[0] - before[2] for before, after in pairwise(boxes)]
    if sorted(gaps)[len(gaps) // 2] > 0.05 * size:  # letters spaced out for looks
        return raw
    return raw[0] + "".join((" " if gap > 0.15 * size else "") + letter for gap, letter in zip(gaps, raw[1:], strict=True))


def _without_mark(glyphs: _Glyphs, raw: str, first: int, mark: re.Match[str], size: float) -> str:
    """A word without the raised note mark at its end; marks set like the word itself are figures and stay."""
    stop = first + mark.end(1) - 1
    small, foot = glyphs.size(stop), glyphs.origin(first)[1]
    if small >= 0.82 * size or glyphs.origin(stop)[1] <= foot + 0.1 * size:
        return raw
    start = mark.end(1)
    while start > 1 and raw[start - 1] in "0123456789*†‡" and glyphs.size(first + start - 1) <= small * 1.05:
        start -= 1
    power = f"^{raw[start : mark.end(1)]}" if raw[:start] == "10" else ""
    return raw[:start] + power + mark.group(2)


def _quarter(a: float, b: float) -> int:
    if abs(b) < 0.05 * abs(a):
        return 0 if a > 0 else 2
    if abs(a) < 0.05 * abs(b):
        return 1 if b > 0 else 3
    return 0 if a == b == 0 else -1


def _turned(x: float, y: float, quarter: int, corner: tuple[float, float, float, float]) -> tuple[float, float]:
    left, bottom, right, top = corner
    if quarter == 1:
        return y - bottom, right - x
    if quarter == 2:
        return right - x, top - y
    if quarter == 3:
        return top - y, x - left
    return x - left, y - bottom

"""Words of a PDF page, with their place and type. Owns: asking PDFium about characters, once or twice a word.

Does not own: lines. Note marks glued to a word ("policy¹²") are left out, since they would otherwise read as figures; words that
a file has run together are parted where their letters stand a space apart.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from ingest.extract.cleaning import clean
from ingest.extract.hyphens import common_words
from ingest.extract.pdfium import address_of, functions, quick_calls

MOST_WORDS = 30_000  # of one page; a poster has a few thousand
_WORD = re.compile(r"[^\s\x02\ufffe]+")
_ENDS_IN_MARK = re.compile(r"\S([\d*†‡]{1,4})([.,;:)”\"’']*)$")
_LONG = re.compile(r"[^\W\d_]{8,}[.,;:]?")


class Word(NamedTuple):
    """A word with its box: `base` is the baseline, `size` the type size in points."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    italic: bool
    quarter: int  # turns of 90 degrees against the page's own coordinates; -1 for slanted


class _Type(NamedTuple):
    """How a run of characters is set: `quarter` as in Word."""

    size: float
    quarter: int
    bold: bool
    italic: bool


class _Glyphs:
    """One character's facts from a text page. Buffers are made once; what holds for a whole text object is asked once of it."""

    def __init__(self, textpage: Any) -> None:
        raw = functions()

        self._raw, self._handle = raw, textpage.raw
        self._calls, self._page = quick_calls(), address_of(textpage.raw)
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._x_at, self._y_at = ctypes.addressof(self._x), ctypes.addressof(self._y)
        self._matrix, self._rect = raw.FS_MATRIX(), raw.FS_RECTF()
        self._matrix_at, self._rect_at = ctypes.addressof(self._matrix), ctypes.addressof(self._rect)
        self._name, self._flags = ctypes.create_string_buffer(96), ctypes.c_int()
        self._types: dict[int, _Type] = {}
        self._faces: dict[int, tuple[bool, bool]] = {}

    def origin(self, index: int) -> tuple[float, float]:
        self._calls.origin(self._page, index, self._x_at, self._y_at)
        return self._x.value, self._y.value

    def type_of(self, index: int) -> _Type:
        """How a character is set: the same for all characters of one text object."""
        drawn = self._calls.text_object(self._page, index)
        if not drawn:  # a character that PDFium put in itself
            return self._asked(index, self._face(index))
        found = self._types.get(drawn)
        if found is None:
            font = self._calls.font(drawn)
            if font not in self._faces:
                self._faces[font] = self._face(index)
            found = self._types[drawn] = self._asked(index, self._faces[font])
        return found

    def loose(self, index: int) -> tuple[float, float, float, float]:
        self._calls.loose(self._page, index, self._rect_at)
        r = self._rect
        return r.left, r.bottom, r.right, r.top

    def _asked(self, index: int, face: tuple[bool, bool]) -> _Type:
        self._calls.matrix(self._page, index, self._matrix_at)
        m = self._matrix
        size = self._calls.size(self._page, index) * math.hypot(m.c, m.d)
        return _Type(size if 0.5 < size < 2000 else 10.0, _quarter(m.a, m.b), *face)

    def _face(self, index: int) -> tuple[bool, bool]:
        """Whether a character is bold, and whether it is italic."""
        self._raw.FPDFText_GetFontInfo(self._handle, index, self._name, 96, ctypes.byref(self._flags))
        name, flags = self._name.value.decode("latin-1").lower(), self._flags.value
        bold = bool(re.search(r"bold|black|heavy|demi(?!t)", name)) or bool(flags & (1 << 18))
        return bold, bool(re.search(r"italic|oblique", name)) or bool(flags & (1 << 6))


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
        word = _word(glyphs, found.group(), found.start(), found.end() - 1, corner, hyphen=soft in {"\x02", "\ufffe"})
        if word is not None:
            yield word


def _corner(textpage: Any) -> tuple[float, float, float, float]:
    box = textpage.page.get_cropbox()
    return float(box[0]), float(box[1]), float(box[2]), float(box[3])


class _Spelling(NamedTuple):
    """What a word's characters alone say of it, so that it is found out once for each spelling."""

    cleaned: str
    run_together: bool  # may be words without a space between them
    mark: re.Match[str] | None  # may end in a note mark
    figures_first: bool
    plain: bool  # none of these


@lru_cache(maxsize=16384)
def _spelling(raw: str) -> _Spelling:
    cleaned = clean(raw) if len(raw) > 1 or ord(raw) > 126 else raw
    run_together = len(raw) >= 8 and bool(_LONG.fullmatch(raw)) and raw.casefold() not in common_words()
    mark = _ENDS_IN_MARK.search(raw)
    figures_first = raw[0].isdigit() and not raw[-1].isdigit()
    return _Spelling(cleaned, run_together, mark, figures_first, plain=not (run_together or mark or figures_first))


def _word(
    glyphs: _Glyphs, raw: str, first: int, last: int, corner: tuple[float, float, float, float], *, hyphen: bool
) -> Word | None:
    face = glyphs.type_of(first)
    spelling = _spelling(raw)
    text, size = (spelling.cleaned, face.size) if spelling.plain else _read(glyphs, raw, spelling, first, last, face.size)
    if raw.endswith("\u00ad"):
        text += "\u00ad"
    elif hyphen:
        text += "-"
    if not text:
        return None
    quarter = face.quarter
    x, y = glyphs.origin(first)
    left, bottom, right, top = glyphs.loose(last)
    if quarter <= 0:
        start, stop, base = x - corner[0], right - corner[0], y - corner[1]
    else:
        start, base = _turned(x, y, quarter, corner)
        stop, _ = _turned(*((x, top), (left, y), (x, bottom))[quarter - 1], quarter, corner)
    return Word(text, start, max(stop, start + 0.1), base, size, face.bold, face.italic, quarter)


def _read(glyphs: _Glyphs, raw: str, spelling: _Spelling, first: int, last: int, size: float) -> tuple[str, float]:
    """A word's text as a person reads it, and its type size."""
    if spelling.run_together:
        parted = _parted(glyphs, raw, first, size)
        if " " in parted:
            return clean(parted), size
    if spelling.mark:
        kept = _without_mark(glyphs, raw, first, spelling.mark, size)
        return (spelling.cleaned if kept == raw else clean(kept)), size
    if spelling.figures_first and (larger := glyphs.type_of(last).size) > 1.25 * size:
        return clean(re.sub(r"^(\d+)(?=[^\W\d])", r"\1 ", raw)), larger
    return spelling.cleaned, size


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
    small, foot = glyphs.type_of(stop).size, glyphs.origin(first)[1]
    if small >= 0.82 * size or glyphs.origin(stop)[1] <= foot + 0.1 * size:
        return raw
    start = mark.end(1)
    while start > 1 and raw[start - 1] in "0123456789*†‡" and glyphs.type_of(first + start - 1).size <= small * 1.05:
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

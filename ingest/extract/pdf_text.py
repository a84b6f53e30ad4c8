"""Words and lines of a PDF page: the door to pypdfium2's text page. Owns: which words stand on one line, their place, size and weight.

Does not own: the order in which a person reads the lines, or what they mean. Coordinates are points from the lower left corner of the page,
turned so that most of its text runs from left to right, whatever the page's own rotation.
Raised note marks ("policy¹²") are left out, since they would otherwise read as figures.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ingest.extract.cleaning import clean

MOST_WORDS = 30_000  # of one page; a poster has a few thousand
SMALLEST = 2.5  # points: smaller type is a hidden mark of the program that made the file
WORD_GAP = 1.6  # in type sizes: a wider space on a line divides columns or cells
_WORD = re.compile(r"[^\s\x02\ufffe]+")
_MARKER = re.compile(r"(?:[-*•–·▪◦●■○➢➤✓✔❖]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\(?[ivx]{1,5}[.)]|\d{1,2}(?:\.\d{1,2})+\.?)")
_NOTE_MARK = re.compile(r"[\d,;–-]{1,8}|[*†‡§]{1,3}|\[\d{1,3}\]")
_ORDINAL = re.compile(r"st|nd|rd|th|er|re|e|ère|o|os|er", re.I)
_UNIT = re.compile(r"(?:^|[\d\s/(])(?:k|c|m)?m$|ft$")
_ENDS_IN_MARK = re.compile(r"\S([\d*†‡]{1,4})([.,;:)”\"’']*)$")
_LIGATURE_END = re.compile(r"f[fil]{1,2}$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its box: `base` is the baseline, `size` the type size in points."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    quarter: int  # turns of 90 degrees against the page's own coordinates; -1 for slanted


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline without a wide gap between them; a hyphen at its end is kept ('-', or U+00AD where the file says it is soft)."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    page: int
    words: tuple[Word, ...] = ()

    @property
    def top(self) -> float:
        return self.base + 0.75 * self.size

    @property
    def bottom(self) -> float:
        return self.base - 0.25 * self.size


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's lines in the order of the file, and the size of the page as its text is read."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    aside: tuple[Line, ...] = ()  # lines that run another way than most of the page
    cut: bool = False  # whether it had more words than are read
    upright: bool = True  # whether its text stands as its drawing does


def read_page(page: Any, number: int) -> PageText:
    """The lines of an open page. Raises pypdfium2.PdfiumError when its text cannot be loaded."""
    textpage = page.get_textpage()
    try:
        words = list(_words(textpage))
    finally:
        textpage.close()
    box = page.get_cropbox()
    quarters = Counter[int]()
    for word in words:
        quarters[word.quarter] += len(word.text)
    main = max((q for q in quarters if q >= 0), key=lambda q: quarters[q], default=0)
    width, height = box[2] - box[0], box[3] - box[1]
    if main in {1, 3}:
        width, height = height, width
    upright = _inside([w for w in words if w.quarter == main], width, height)
    turned = [w for quarter in range(4) if quarter != main for w in words if w.quarter == quarter]
    return PageText(
        number=number,
        width=width,
        height=height,
        lines=tuple(_lines(_mended(upright), number)),
        aside=tuple(_lines(turned, number)),
        cut=len(words) >= MOST_WORDS,
        upright=main == 0,
    )


def _inside(words: Sequence[Word], width: float, height: float) -> list[Word]:
    """Without words that a reader does not see: beyond the visible page, or too small for any eye."""
    return [w for w in words if -2 <= w.left <= width + 2 and -2 <= w.base <= height + 2 and w.size >= SMALLEST]


class _Glyphs:
    """One character's facts from a text page; buffers are made once, since this runs for every word."""

    def __init__(self, textpage: Any) -> None:
        import pypdfium2.raw as raw

        self._raw, self._page = raw, textpage.raw
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._xr, self._yr = ctypes.byref(self._x), ctypes.byref(self._y)
        self._matrix, self._rect = raw.FS_MATRIX(), raw.FS_RECTF()
        self._name, self._flags = ctypes.create_string_buffer(96), ctypes.c_int()
        self._bold: dict[tuple[bytes, int], bool] = {}

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

    def bold(self, index: int) -> bool:
        self._raw.FPDFText_GetFontInfo(self._page, index, self._name, 96, ctypes.byref(self._flags))
        key = (self._name.value, self._flags.value)
        if key not in self._bold:
            name = key[0].decode("latin-1").lower()
            self._bold[key] = bool(re.search(r"bold|black|heavy|semibold|demi(?!t)", name)) or bool(key[1] & (1 << 18))
        return self._bold[key]


def _words(textpage: Any) -> Iterator[Word]:
    count = textpage.count_chars()
    if count <= 0:
        return
    text = textpage.get_text_range()
    if len(text) != count:  # characters outside the basic plane, or without a meaning: take them one by one
        import pypdfium2.raw as raw

        text = "".join(chr(code) if 0 < (code := raw.FPDFText_GetUnicode(textpage.raw, i)) < 0x110000 else " " for i in range(count))
    glyphs = _Glyphs(textpage)
    corner = _corner(textpage)
    for number, found in enumerate(_WORD.finditer(text)):
        if number >= MOST_WORDS:
            return
        soft = text[found.end() : found.end() + 1]
        yield from _word(glyphs, found.group(), found.start(), found.end() - 1, corner, hyphen=soft in {"\x02", "\ufffe"} and bool(soft))


def _corner(textpage: Any) -> tuple[float, float, float, float]:
    box = textpage.page.get_cropbox()
    return float(box[0]), float(box[1]), float(box[2]), float(box[3])


def _word(glyphs: _Glyphs, raw: str, first: int, last: int, corner: tuple[float, float, float, float], *, hyphen: bool) -> Iterator[Word]:
    size = glyphs.size(first)
    mark = _ENDS_IN_MARK.search(raw)
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
    yield Word(text, start, max(stop, start + 0.1), base, size, glyphs.bold(first), quarter)


def _without_mark(glyphs: _Glyphs, raw: str, first: int, mark: re.Match[str], size: float) -> str:
    """A word without the raised note mark at its end; marks set like the word itself are figures and stay."""
    stop = first + mark.end(1) - 1
    small, foot = glyphs.size(stop), glyphs.origin(first)[1]
    if small >= 0.82 * size or glyphs.origin(stop)[1] <= foot + 0.1 * size:
        return raw
    start = mark.end(1)
    while start > 1 and raw[start - 1] in "0123456789*†‡" and glyphs.size(first + start - 1) <= small * 1.05:
        start -= 1
    return raw[:start] + mark.group(2)


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


def _mended(words: Sequence[Word]) -> list[Word]:
    """Words with raised note marks left out, raised ordinals and unit powers joined, and dropped initials put back before their word."""
    kept: list[Word] = []
    for number, word in enumerate(words):
        before = kept[-1] if kept else None
        if before is not None and _raised(before, word):
            if _ORDINAL.fullmatch(word.text) and before.text[-1:].isdigit() or _UNIT.search(before.text):
                kept[-1] = replace(before, text=before.text + word.text, right=word.right)
                continue
            if _NOTE_MARK.fullmatch(word.text):
                kept[-1] = replace(before, right=word.right)
                continue
        after = words[number + 1] if number + 1 < len(words) else None
        if after is not None and _NOTE_MARK.fullmatch(word.text) and _opens_note(word, after):
            word = replace(word, base=after.base, size=after.size)
        if before is not None and _dropped_initial(before, word):
            kept[-1] = replace(word, text=before.text + word.text, left=before.left)
            continue
        kept.append(word)
    return kept


def _raised(before: Word, word: Word) -> bool:
    lift = word.base - before.base
    near = -0.3 * before.size <= word.left - before.right <= 0.4 * before.size
    return word.size <= 0.82 * before.size and 0.12 * before.size < lift < 0.8 * before.size and near


def _opens_note(mark: Word, after: Word) -> bool:
    """Whether a small raised mark stands before the first word of a footnote."""
    lift = mark.base - after.base
    near = -0.2 * after.size <= after.left - mark.right <= 3 * after.size
    return mark.size <= 0.85 * after.size and 0.1 * after.size < lift < 0.8 * after.size and near


def _dropped_initial(before: Word, word: Word) -> bool:
    if len(before.text) != 1 or not before.text.isupper() or before.size < 1.9 * word.size or not word.text[:1].islower():
        return False
    return -0.2 * word.size <= word.left - before.right <= 0.8 * word.size and before.base <= word.base <= before.base + before.size


def _lines(words: Sequence[Word], page: int) -> Iterator[Line]:
    run: list[Word] = []
    for word in words:
        if run and not _runs_on(run, word):
            yield _line(run, page)
            run = []
        run.append(word)
    if run:
        yield _line(run, page)


def _runs_on(run: Sequence[Word], word: Word) -> bool:
    before = run[-1]
    size = max(before.size, word.size)
    if before.quarter != word.quarter or abs(before.base - word.base) > 0.25 * size:
        return False
    gap = word.left - before.right
    if len(run) == 1 and _MARKER.fullmatch(before.text) and 0 <= gap < 5 * size:
        return True
    return -0.6 * size <= gap <= WORD_GAP * min(before.size, word.size)


def _line(run: Sequence[Word], page: int) -> Line:
    text = run[0].text
    for before, word in zip(run, run[1:], strict=False):
        gap = word.left - before.right
        joined = gap < 0.08 * word.size and (abs(before.size - word.size) > 0.1 * word.size or bool(_LIGATURE_END.search(before.text)))
        text += word.text if joined else " " + word.text
    weight = Counter[float]()
    bold = 0
    for word in run:
        weight[round(word.size, 1)] += len(word.text)
        bold += len(word.text) if word.bold else 0
    letters = sum(len(word.text) for word in run)
    size = weight.most_common(1)[0][0]
    return Line(text, run[0].left, run[-1].right, run[0].base, size, bold > 0.8 * letters, page, tuple(run))

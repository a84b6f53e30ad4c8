"""Words and lines of a PDF page.

Owns: which words stand on one line, their place, size and weight.

Does not own: the order in which a person reads the lines, or what they mean. Coordinates are points from the lower left corner of
the page, turned so that most of its text runs from left to right, whatever the page's own rotation. Raised note marks
("policy¹²") are left out, since they would otherwise read as figures.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any, NamedTuple

from ingest.extract.pdf_words import MOST_WORDS, Word, words_of

SMALLEST = 2.5  # points: smaller type is a hidden mark of the program that made the file
WORD_GAP = 1.6  # in type sizes: a wider space on a line divides columns or cells
_MARKER = re.compile(r"(?:[-*•–·▪◦●■○➢➤✓✔❖]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\(?[ivx]{1,5}[.)]|\d{1,2}(?:\.\d{1,2})+\.?)")
_NOTE_MARK = re.compile(r"[\d,;–-]{1,8}|[*†‡§]{1,3}|\[\d{1,3}\]")
_ORDINAL = re.compile(r"st|nd|rd|th|er|re|e|ère|o|os|er", re.I)
_UNIT = re.compile(r"(?:^|[\d\s/(])(?:k|c|m)?m$|ft$")
_NO_MEANING = re.compile("[\ufffd\ue000-\uf8ff\x00-\x1f]+")
_LIGATURE_END = re.compile(r"f[fil]{1,2}$")
_LIGATURE_INSIDE = re.compile(r"f[fil]{1,2} ")


class Line(NamedTuple):
    """Words on one baseline without a wide gap between them; a hyphen at its end is kept (U+00AD where it is soft)."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    italic: bool
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
    """The lines of an open page. Raises PdfiumError when its text cannot be loaded."""
    textpage = page.get_textpage()
    try:
        words = words_of(textpage)
    finally:
        textpage.close()
    if _is_unreadable(words):
        words = []
    box = page.get_cropbox()
    main, turned = _main_quarter(words)
    width, height = box[2] - box[0], box[3] - box[1]
    if main in {1, 3}:
        width, height = height, width
    upright = _inside([w for w in words if w.quarter == main] if turned else words, width, height)
    aside = [w for quarter in range(4) if quarter != main for w in words if w.quarter == quarter] if turned else ()
    return PageText(
        number=number,
        width=width,
        height=height,
        lines=tuple(_lines(_mended(upright), number)),
        aside=tuple(_lines(aside, number)),
        cut=len(words) >= MOST_WORDS,
        upright=main == 0,
    )


def _main_quarter(words: Sequence[Word]) -> tuple[int, bool]:
    """How most of a page's text runs, and whether any runs another way."""
    met = {word.quarter for word in words}
    if met <= {0}:
        return 0, False
    quarters = Counter[int]()
    for word in words:
        quarters[word.quarter] += len(word.text)
    return max((q for q in quarters if q >= 0), key=lambda q: quarters[q], default=0), True


def _is_unreadable(words: Sequence[Word]) -> bool:
    """Whether a page's characters have no meaning a reader could check: a font without a character table."""
    letters = "".join([word.text for word in words])
    if letters.isprintable() and "\ufffd" not in letters:
        return False
    return len(letters) - len(_NO_MEANING.sub("", letters)) > 0.5 * len(letters)


def _inside(words: Sequence[Word], width: float, height: float) -> list[Word]:
    """Without words that a reader does not see: beyond the visible page, or too small for any eye."""
    right, top = width + 2, height + 2
    return [w for w in words if -2 <= w.left <= right and -2 <= w.base <= top and w.size >= SMALLEST]


def _mended(words: Sequence[Word]) -> Sequence[Word]:
    """Words without raised note marks, with raised ordinals and unit powers joined, and dropped initials put back."""
    uneven = _uneven(words)
    if not uneven:
        return words
    kept: list[Word] = []
    at, until = 0, len(words)
    for start in uneven:
        if start < at:
            continue
        kept.extend(words[at:start])
        at = start
        while at < until and _put(kept, words[at], words[at + 1] if at + 1 < until else None):
            at += 1  # the next word is held against what was made of this one
        at += 1
    kept.extend(words[at:])
    return kept


def _uneven(words: Sequence[Word]) -> list[int]:
    """Where a word is much smaller or larger than a neighbour: only there is something to mend. (Sizes are above nought.)"""
    sizes = [word.size for word in words]
    steps = [number for number, (a, b) in enumerate(pairwise(sizes)) if a <= 0.86 * b or b <= 0.86 * a]
    return sorted({*steps, *(number + 1 for number in steps)})


def _put(kept: list[Word], word: Word, after: Word | None) -> bool:
    """Add a word to those before it; whether it or the last of them was changed."""
    before = kept[-1] if kept else None
    if before is not None and _raised(before, word):
        if (_ORDINAL.fullmatch(word.text) and before.text[-1:].isdigit()) or _UNIT.search(before.text):
            kept[-1] = before._replace(text=before.text + word.text, right=word.right)
            return True
        if _NOTE_MARK.fullmatch(word.text):
            power = f"^{word.text}" if before.text == "10" and word.text.isdigit() else ""
            kept[-1] = before._replace(text=before.text + power, right=word.right)
            return True
    opens = after is not None and _NOTE_MARK.fullmatch(word.text) and _opens_note(word, after)
    if opens and after is not None:
        word = word._replace(base=after.base, size=after.size)
    if before is not None and _dropped_initial(before, word):
        kept[-1] = word._replace(text=before.text + word.text, left=before.left)
        return True
    kept.append(word)
    return bool(opens)


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
    return (
        -0.2 * word.size <= word.left - before.right <= 0.8 * word.size and before.base <= word.base <= before.base + before.size
    )


def _lines(words: Sequence[Word], page: int) -> Iterator[Line]:
    if not words:
        return
    start, even = 0, True  # whether the line so far is set in one type
    before, (_, _, end, base, size, _, _, quarter) = words[0], words[0]
    for number, word in enumerate(islice(words, 1, None), 1):
        _, left, right, its_base, its_size, bold, italic, its_quarter = word
        if its_base == base and its_size == size and its_quarter == quarter and -0.6 * size <= left - end <= WORD_GAP * size:
            even = even and bold == before.bold and italic == before.italic
        elif _runs_on(before, word, alone=number - start == 1):
            even = even and word[4:7] == before[4:7]
        else:
            yield _line(words[start:number], page, even=even)
            start, even = number, True
        before, end, base, size, quarter = word, right, its_base, its_size, its_quarter
    yield _line(words[start:], page, even=even)


def _runs_on(before: Word, word: Word, *, alone: bool) -> bool:
    """Whether a word stands on the line of the word before it; `alone`: that is the only one on it so far."""
    size, smaller = (before.size, word.size) if before.size > word.size else (word.size, before.size)
    if before.quarter != word.quarter or abs(before.base - word.base) > 0.25 * size:
        return False
    gap = word.left - before.right
    if -0.6 * size <= gap <= WORD_GAP * smaller:
        return True
    return alone and 0 <= gap < 5 * size and bool(_MARKER.fullmatch(before.text))


def _line(run: Sequence[Word], page: int, *, even: bool) -> Line:
    """A line of words; `even`: all set in one type."""
    first = run[0]
    if even:
        size, bold, italic, text = round(first.size, 1), first.bold, first.italic, " ".join([word.text for word in run])
        if _LIGATURE_INSIDE.search(text):
            text = _joined(run)
    else:
        (size, bold, italic), text = _main_type(run), _joined(run)
    return Line(text, first.left, run[-1].right, first.base, size, bold, italic, page, tuple(run))


def _main_type(run: Sequence[Word]) -> tuple[float, bool, bool]:
    """The size in which most of a line is set, and whether nearly all of it is bold or italic."""
    weights: dict[float, int] = {}
    bold = italic = letters = 0
    for word in run:
        length, size = len(word.text), round(word.size, 1)
        weights[size] = weights.get(size, 0) + length
        letters += length
        bold += length if word.bold else 0
        italic += length if word.italic else 0
    return max(weights, key=weights.__getitem__), bold > 0.8 * letters, italic > 0.8 * letters


def _joined(run: Sequence[Word]) -> str:
    """The words with spaces between them, but for those that are pieces of one."""
    parts = [run[0].text]
    for before, word in pairwise(run):
        if word.left - before.right >= 0.08 * word.size or not (
            abs(before.size - word.size) > 0.1 * word.size or _LIGATURE_END.search(before.text)
        ):
            parts.append(" ")
        parts.append(word.text)
    return "".join(parts)

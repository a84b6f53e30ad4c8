"""Words of a PDF page, with their place and type. Owns: where a word begins and ends, and how it reads.

Does not own: asking PDFium (see `pdf_glyphs`), or lines. Note marks glued to a word ("policy¹²") are left out, since they would
otherwise read as figures; words that a file has run together are parted where their letters stand a space apart.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, repeat
from operator import add
from typing import Any, NamedTuple

import numpy as np

from ingest.extract.cleaning import clean
from ingest.extract.hyphens import common_words
from ingest.extract.pdf_glyphs import Glyphs, Type

MOST_WORDS = 30_000  # of one page; a poster has a few thousand
_LAST_SPACE = 0x3000
_SOFT = frozenset(["\x02", "\ufffe"])  # how PDFium writes a hyphen at a line's end
_ENDS_IN_MARK = re.compile(r"\S([\d*†‡]{1,4})([.,;:)”\"’']*)$")
_MAY_END_IN_MARK = re.compile(r"[\d*†‡]")
_HYPHEN = re.compile("[\u00ad\x02\ufffe]")
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


def words_of(textpage: Any) -> list[Word]:
    """The words of an open text page in the order of the file, at most MOST_WORDS."""
    glyphs = Glyphs(textpage)
    text = _text_of(textpage, glyphs)
    firsts, ends = _spans(text)
    if not firsts:
        return []
    raws = [text[start:end] for start, end in zip(firsts, ends, strict=True)]
    types = glyphs.types(firsts)
    lefts, rights, bases = _stand(textpage, glyphs, firsts, ends, types)
    texts = _texts(glyphs, raws, firsts, types)
    for number in {bisect_left(ends, found.start()) for found in _HYPHEN.finditer(text)} - {len(ends)}:
        texts[number] = _hyphened(texts[number], raws[number], text[ends[number] : ends[number] + 1])
    fields = map(add, zip(texts, lefts, rights, bases, strict=True), types)
    words = list(map(tuple.__new__, repeat(Word), fields))  # what Word(*fields) does, without its own argument list
    return [word for word in words if word.text] if "" in texts else words


def _text_of(textpage: Any, glyphs: Glyphs) -> str:
    """A page's text, one character for each that PDFium counts."""
    count = textpage.count_chars()
    text: str = textpage.get_text_range() if count > 0 else ""
    if len(text) != count:  # characters outside the basic plane, or without a meaning: take them one by one
        text = "".join([chr(code) if 0 < code < 0x110000 else " " for code in glyphs.codes(max(0, count))])
    return text


def _spans(text: str) -> tuple[list[int], list[int]]:
    """Where words start and where they end: whatever stands between spaces and hyphens of a line's end, MOST_WORDS at most."""
    apart = np.ones(len(text) + 2, dtype=bool)
    apart[1:-1] = _separators()[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)]
    edges = np.flatnonzero(apart[1:] != apart[:-1])[: 2 * MOST_WORDS]
    return edges[::2].tolist(), edges[1::2].tolist()


@lru_cache(maxsize=1)
def _separators() -> np.ndarray:
    """Whether each code point parts words."""
    parts = np.zeros(sys.maxunicode + 1, dtype=bool)
    parts[[code for code in range(_LAST_SPACE + 1) if chr(code).isspace()]] = True
    parts[list(map(ord, _SOFT))] = True
    return parts


def _hyphened(word: str, raw: str, following: str) -> str:
    if raw.endswith("\u00ad"):
        return word + "\u00ad"
    return word + "-" if following in _SOFT else word


def _stand(
    textpage: Any, glyphs: Glyphs, firsts: Sequence[int], ends: Sequence[int], types: Sequence[Type]
) -> tuple[list[float], list[float], list[float]]:
    """Where words begin and end, and their baselines, as their text runs."""
    corner = _corner(textpage)
    origins, boxes = glyphs.origins(firsts), glyphs.boxes([end - 1 for end in ends])
    lefts, bases, rights = origins[:, 0] - corner[0], origins[:, 1] - corner[1], boxes[:, 2] - corner[0]
    if glyphs.turned:
        for number in [number for number, each in enumerate(types) if each.quarter > 0]:
            quarter, (x, y), (left, top, _, bottom) = types[number].quarter, origins[number].tolist(), boxes[number].tolist()
            lefts[number], bases[number] = _turned(x, y, quarter, corner)
            rights[number], _ = _turned(*((x, top), (left, y), (x, bottom))[quarter - 1], quarter, corner)
    return lefts.tolist(), np.maximum(rights, lefts + 0.1).tolist(), bases.tolist()


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


@lru_cache(maxsize=32768)
def _spelling(raw: str) -> _Spelling:
    cleaned = raw if raw.isascii() and (raw.isprintable() or len(raw) == 1) else clean(raw)
    run_together = len(raw) >= 8 and bool(_LONG.fullmatch(raw)) and raw.casefold() not in common_words()
    mark = _ENDS_IN_MARK.search(raw) if _MAY_END_IN_MARK.search(raw) else None
    figures_first = raw[0].isdigit() and not raw[-1].isdigit()
    return _Spelling(cleaned, run_together, mark, figures_first, plain=not (run_together or mark or figures_first))


def _texts(glyphs: Glyphs, raws: Sequence[str], firsts: Sequence[int], types: list[Type]) -> list[str]:
    """Words' texts as a person reads them; a word set larger than its first figures gets that size in `types`."""
    spellings = list(map(_spelling, raws))
    texts = [spelling.cleaned for spelling in spellings]
    unplain = [number for number, spelling in enumerate(spellings) if not spelling.plain]
    gapped = _gapped(glyphs, [number for number in unplain if spellings[number].run_together], raws, firsts, types)
    for number in unplain:
        size = types[number].size
        if number in gapped:
            parted = _parted(glyphs, raws[number], firsts[number], size)
            if parted != raws[number]:
                texts[number] = clean(parted)
                continue
        texts[number], read = _read(glyphs, raws[number], spellings[number], firsts[number], size)
        if read != size:
            types[number] = types[number]._replace(size=read)
    return texts


def _read(glyphs: Glyphs, raw: str, spelling: _Spelling, first: int, size: float) -> tuple[str, float]:
    """The text of a word that is not parted as a person reads it, and its type size."""
    if spelling.mark:
        kept = _without_mark(glyphs, raw, first, spelling.mark, size)
        return (spelling.cleaned if kept == raw else clean(kept)), size
    if spelling.figures_first and (larger := glyphs.type_of(first + len(raw) - 1).size) > 1.25 * size:
        return clean(re.sub(r"^(\d+)(?=[^\W\d])", r"\1 ", raw)), larger
    return spelling.cleaned, size


def _gapped(
    glyphs: Glyphs, numbers: Sequence[int], raws: Sequence[str], firsts: Sequence[int], types: Sequence[Type]
) -> set[int]:
    """Which of these words, of two letters or more, have letters a space apart."""
    if not numbers:
        return set()
    lengths = [len(raws[number]) for number in numbers]
    letters = chain.from_iterable(range(firsts[n], firsts[n] + length) for n, length in zip(numbers, lengths, strict=True))
    boxes = glyphs.boxes(list(letters))
    starts = np.cumsum([0, *lengths])
    gaps = np.append(boxes[1:, 0] - boxes[:-1, 2], -np.inf)
    gaps[starts[1:] - 1] = -np.inf  # from one word to the next
    widest = np.maximum.reduceat(gaps, starts[:-1])
    wide = np.flatnonzero(widest > 0.15 * np.array([types[number].size for number in numbers]))
    return {numbers[at] for at in wide.tolist()}


def _parted(glyphs: Glyphs, raw: str, first: int, size: float) -> str:
    """A word parted where its letters stand a space apart: some files have none there, and PDFium sees only wider gaps."""
    boxes = glyphs.boxes(range(first, first + len(raw)))
    gaps = (boxes[1:, 0] - boxes[:-1, 2]).tolist()
    if sorted(gaps)[len(gaps) // 2] > 0.05 * size:  # letters spaced out for looks
        return raw
    return raw[0] + "".join((" " if gap > 0.15 * size else "") + letter for gap, letter in zip(gaps, raw[1:], strict=True))


def _without_mark(glyphs: Glyphs, raw: str, first: int, mark: re.Match[str], size: float) -> str:
    """A word without the raised note mark at its end; marks set like the word itself are figures and stay."""
    stop = first + mark.end(1) - 1
    small = glyphs.type_of(stop).size
    if small >= 0.82 * size:
        return raw
    foot, lifted = glyphs.origins([first, stop])[:, 1].tolist()
    if lifted <= foot + 0.1 * size:
        return raw
    start = mark.end(1)
    while start > 1 and raw[start - 1] in "0123456789*†‡" and glyphs.type_of(first + start - 1).size <= small * 1.05:
        start -= 1
    power = f"^{raw[start : mark.end(1)]}" if raw[:start] == "10" else ""
    return raw[:start] + power + mark.group(2)


def _turned(x: float, y: float, quarter: int, corner: tuple[float, float, float, float]) -> tuple[float, float]:
    left, bottom, right, top = corner
    if quarter == 1:
        return y - bottom, right - x
    if quarter == 2:
        return right - x, top - y
    if quarter == 3:
        return top - y, x - left
    return x - left, y - bottom

"""What the type of a PDF's lines says. Owns: the body's size and line pitch, which lines are headings and of which level.

Does not own: paragraphs. Bookmarks decide where they name the line; otherwise size and weight do, larger type being the higher
level.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from ingest.extract.pdf_text import Line

LARGER = 1.12  # times the body's size
SMALLER = 0.92
LONGEST_HEADING = 180
DEEPEST = 6


class Styles:
    """The typography of one document."""

    def __init__(self, lines: Sequence[Line], outline: Mapping[tuple[int, str], int]) -> None:
        self._outline = outline
        letters = Counter[tuple[float, bool, bool]]()
        for line in lines:
            letters[line.size, line.bold, line.italic] += len(line.text)
        sizes, bold, italic = Counter[float](), Counter[bool](), Counter[bool]()
        for (size, is_bold, is_italic), count in letters.items():
            sizes[_rounded(size)] += count
            bold[is_bold] += count
            italic[is_italic] += count
        self.body = sizes.most_common(1)[0][0] if sizes else 10.0
        self._bold_is_plain = bold[True] > 0.5 * max(1, bold.total())
        self._italic_is_plain = italic[True] > 0.25 * max(1, italic.total())
        self.pitch = _pitch(lines, self.body)
        self._levels = self._ranked(lines)

    def _ranked(self, lines: Sequence[Line]) -> dict[float, int]:
        least = LARGER * self.body
        large = {_rounded(line.size) for line in lines if line.size >= least and re.search(r"[^\W\d]{2}", line.text)}
        ranked = sorted(large, reverse=True)
        return {size: min(DEEPEST - 1, 1 + sum(other > size * 1.04 for other in ranked)) for size in ranked}

    def is_large(self, line: Line) -> bool:
        return line.size >= LARGER * self.body

    def is_small(self, line: Line) -> bool:
        return line.size <= SMALLER * self.body

    def stands_out(self, line: Line) -> bool:
        """Whether a line's type alone may make it a heading."""
        marked = (line.bold and not self._bold_is_plain) or (line.italic and not self._italic_is_plain)
        return self.is_large(line) or (marked and not self.is_small(line))

    def same(self, above: Line, below: Line) -> bool:
        """Whether two lines are set alike."""
        return abs(above.size - below.size) <= 0.06 * max(above.size, below.size) and (above.bold, above.italic) == (
            below.bold,
            below.italic,
        )

    def level(self, lines: Sequence[Line], text: str) -> int:
        """The heading level of a block, or 0 for none."""
        if len(text) > LONGEST_HEADING or not re.search(r"[^\W\d_]{2}", text):
            return 0
        named = self._outline.get((lines[0].page, outline_key(text)))
        if named:
            return min(DEEPEST, named)
        if not all(self.stands_out(line) for line in lines) or (re.search(r"[.;,:]$", text) and not re.match(r"\d", text)):
            return 0
        if re.search(r"[;,][\"”’')\]]*$|[^\W\d]\)?\.[\"”’')\]]*$", text) or len(lines) > 5 or len(text.split()) > 28:
            return 0
        if text[:1] in '“"‘(' or (text[:1].islower() and not self.is_large(lines[0])):
            return 0
        size = _rounded(max(line.size for line in lines))
        deepest = max(self._levels.values(), default=0)
        if self.is_large(lines[0]):
            return self._levels.get(size, 0)
        return min(DEEPEST, deepest + (1 if lines[0].bold else 2))


def outline_key(text: str) -> str:
    """A title as compared: letters and figures only."""
    return re.sub(r"[\W_]+", "", text).casefold()


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def _pitch(lines: Sequence[Line], body: float) -> float:
    """The usual distance between two baselines of the body, in points."""
    steps = Counter[float]()
    for above, below in pairwise(lines):
        step = above.base - below.base
        if above.page == below.page and 0.8 * body < step < 2.5 * body and _rounded(below.size) == body:
            steps[_rounded(step)] += 1
    return steps.most_common(1)[0][0] if steps else 1.2 * body

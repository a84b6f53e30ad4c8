"""A page of a PDF as a picture, with a quotation marked.

Owns: finding a quotation's characters on a page, their boxes, the marking. Does not own: what was quoted (that was checked against
the stored text) or showing the picture. Words are found by their letters, digits and signs alone, in order: typography, line ends,
hyphens at them and note marks do not count. Nothing is found by likeness.
PDFium is not safe in several threads, so one picture is made at a time.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import FileRefusedError, NotFoundError
from assistant.text.folding import fold_with_map
from ingest.extract.pdfium import functions, library
from ingest.picture import png

SCALE = 2.0  # pixels a point: 144 to the inch, sharp on a screen at 100 per cent
LONGEST_SIDE = 2600  # pixels; a poster is drawn smaller
FEWEST_WORDS = 4  # of a quotation that runs on to the next page, so many must stand on this one
_TINT = np.array([1.0, 0.93, 0.35])
_LINE = np.array([176, 120, 0])
_KEPT = re.compile(r"[^\W_]|[£$€%+]|(?<=\d)[.,](?=\d)")
_NOTE_MARK = re.compile(r"(?:(?<=[^\W\d_])|(?<=[.,;:)\"'’”]))\d{1,3}(?![\w.,]*\d)(?!\w)")
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Box:
    """A rectangle of the picture, in pixels from its upper left corner."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True)
class Highlighted:
    """A page's picture. `boxes`: one for each line of the quotation, empty where its words are not on the page as characters.

    `whole`: whether all of the quotation is marked; False too where it runs on to another page.
    """

    png: bytes
    width: int
    height: int
    boxes: tuple[Box, ...]
    whole: bool


def highlight(path: Path, *, page: int, quote: str, scale: float = SCALE, password: str | None = None) -> Highlighted:
    """Draw page `page` (from 1) of a PDF and mark `quote` on it.

    Raises NotFoundError where the file or the page is not there, FileRefusedError for a file that cannot be opened or drawn.
    """
    with _ONE_AT_A_TIME:
        try:
            pdf = library().PdfDocument(path, password=password)
        except FileNotFoundError:
            raise NotFoundError(f"The file {path} is no longer there. Put it back, or ingest it where it is now.") from None
        except library().PdfiumError:
            raise FileRefusedError(f"{path.name} cannot be opened as a PDF. If it is encrypted, give its password.") from None
        try:
            if not 1 <= page <= len(pdf):
                raise NotFoundError(f"{path.name} has {len(pdf)} pages; there is no page {page}.")
            return _marked(pdf[page - 1], quote, scale)
        except library().PdfiumError:
            raise FileRefusedError(f"Page {page} of {path.name} is damaged and cannot be drawn.") from None
        finally:
            pdf.close()


def _marked(page: Any, quote: str, scale: float) -> Highlighted:
    width, height = page.get_size()
    scale = min(scale, LONGEST_SIDE / max(width, height, 1.0))
    bitmap = page.render(scale=scale, rev_byteorder=True, may_draw_forms=False)
    pixels = np.array(bitmap.to_numpy()[..., :3])
    textpage = page.get_textpage()
    try:
        span, whole = find(page_text(textpage), quote)
        boxes = _boxes(textpage, bitmap.get_posconv(page), span, pixels.shape) if span else ()
    finally:
        textpage.close()
    for box in boxes:
        area = pixels[box.top : box.bottom, box.left : box.right]
        area[:] = (area * _TINT).astype(np.uint8)
        pixels[max(box.top, box.bottom - 2) : box.bottom, box.left : box.right] = _LINE  # not by colour alone
    return Highlighted(png(pixels), pixels.shape[1], pixels.shape[0], boxes, whole=whole and bool(boxes))


def page_text(textpage: Any) -> str:
    """A text page's characters, one for each of PDFium's own."""
    raw = functions()
    codes = [raw.FPDFText_GetUnicode(textpage.raw, index) for index in range(textpage.count_chars())]
    return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " " for code in codes)


def find(text: str, quote: str) -> tuple[tuple[int, int] | None, bool]:
    """Where a quotation stands in a page's characters (half-open), and whether all of it does.

    Of one that begins or ends on another page, the part that stands at this page's end or beginning is found.
    """
    for drop_marks in (False, True):
        page, wanted = _Letters(text, drop_marks=drop_marks), _Letters(quote, drop_marks=drop_marks)
        if wanted.letters and (found := page.find(wanted.letters)):
            return found, True
    words = quote.split()
    for drop_marks in (False, True):
        page = _Letters(text, drop_marks=drop_marks)
        for count in range(len(words) - 1, FEWEST_WORDS - 1, -1):
            for part in (words[:count], words[-count:]):
                if found := page.find(_Letters(" ".join(part), drop_marks=drop_marks).letters):
                    return found, False
    return None, False


class _Letters:
    """A text's letters, digits and signs, folded, with where each came from."""

    def __init__(self, text: str, *, drop_marks: bool) -> None:
        folded = fold_with_map(text)
        kept = [m.start() for m in _KEPT.finditer(folded.text)]
        if drop_marks:
            marks = {at for mark in _NOTE_MARK.finditer(folded.text) for at in range(*mark.span())}
            kept = [at for at in kept if at not in marks]
        self.letters = "".join(folded.text[at] for at in kept)
        self._origin = [folded.origin[at] for at in kept]
        self._text = text

    def find(self, wanted: str) -> tuple[int, int] | None:
        """The first place where these letters stand as whole words: half-open offsets into the text."""
        at = self.letters.find(wanted) if wanted else -1
        while at >= 0:
            start, end = self._origin[at], self._origin[at + len(wanted) - 1] + 1
            if self._parted(at) and self._parted(at + len(wanted)):
                return start, end
            at = self.letters.find(wanted, at + 1)
        return None

    def _parted(self, at: int) -> bool:
        """Whether a word may begin here: something that is no letter or digit stands before it."""
        if not 0 < at < len(self._origin):
            return True
        between = self._text[self._origin[at - 1] + 1 : self._origin[at]]
        return bool(between) or not (self.letters[at - 1].isalnum() and self.letters[at].isalnum())


def _boxes(textpage: Any, place: Any, span: tuple[int, int], shape: Sequence[int]) -> tuple[Box, ...]:
    """Boxes of a run of characters, one for each line, in pixels within the picture."""
    found = []
    for index in range(textpage.count_rects(span[0], span[1] - span[0])):
        left, bottom, right, top = textpage.get_rect(index)
        corners = [place.to_bitmap(x, y) for x, y in ((left, bottom), (right, top))]
        (x0, x1), (y0, y1) = (sorted(axis) for axis in zip(*corners, strict=True))
        box = Box(max(0, x0 - 1), max(0, y0 - 2), min(shape[1], x1 + 2), min(shape[0], y1 + 3))
        if box.right > box.left and box.bottom > box.top:
            found.append(box)
    return tuple(found)

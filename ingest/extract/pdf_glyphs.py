"""Characters of a PDF page, as PDFium knows them. Owns: asking PDFium about many characters with few calls.

Does not own: which characters are a word, or what it reads.
"""

from __future__ import annotations

import ctypes
import math
import re
import struct
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np

from ingest.extract.pdfium import argument, quick_calls

AT_ONCE = 2048  # characters that PDFium is asked about before its answers are taken


class Type(NamedTuple):
    """How a run of characters is set: the last fields of Word."""

    size: float
    bold: bool
    italic: bool
    quarter: int


class Glyphs:
    """Characters' facts from a text page, asked for many at once; what holds for a whole text object is asked once of it."""

    def __init__(self, textpage: Any) -> None:
        self._calls, self._places, self._page = quick_calls(), _places(), argument(textpage.raw)
        self._types: dict[int, Type] = {}  # by text object
        self._alike: dict[tuple[int, float, bytes], Type] = {}  # by font, size and matrix
        self._faces: dict[int, tuple[bool, bool]] = {}

    @property
    def turned(self) -> bool:
        """Whether any type asked for so far runs another way than the page's own coordinates."""
        return any(each.quarter > 0 for each in self._alike.values())

    def origins(self, indices: Sequence[int]) -> np.ndarray:
        """Where characters stand on their baselines: x and y, shape (characters, 2)."""
        places = self._places
        return _asked(places.points, indices, partial(map, self._calls.origin, repeat(self._page)), places.xs, places.ys)

    def boxes(self, indices: Sequence[int]) -> np.ndarray:
        """Characters' loose boxes: left, top, right and bottom, shape (characters, 4)."""
        places = self._places
        return _asked(places.boxes, indices, partial(map, self._calls.loose, repeat(self._page)), places.corners)

    def codes(self, count: int) -> Iterator[int]:
        """The code points of the page's first characters."""
        return map(self._calls.unicode, repeat(self._page), range(count))

    def type_of(self, index: int) -> Type:
        """How a character is set."""
        drawn = self._calls.text_object(self._page, index)
        return self._types.get(drawn) or next(self._found([index], [self._calls.font(drawn) if drawn else 0]))

    def types(self, indices: Sequence[int]) -> list[Type]:
        """How characters are set: the same for all characters of one text object."""
        drawn, known = list(map(self._calls.text_object, repeat(self._page), indices)), self._types
        new = {each: index for each, index in zip(reversed(drawn), reversed(indices), strict=True) if each not in known}
        own = new.pop(0, None) is not None  # characters that PDFium put in itself, each by itself
        known.update(zip(new, self._found(new.values(), map(self._calls.font, new)), strict=True))
        if own:
            return [known[each] if each else self.type_of(index) for each, index in zip(drawn, indices, strict=True)]
        return list(map(known.__getitem__, drawn))

    def _found(self, indices: Iterable[int], fonts: Iterable[int]) -> Iterator[Type]:
        """How characters of these fonts are set: found out once for each font, size and matrix, but for where it stands."""
        page, place, matrix, alike = self._page, self._places.matrix_at, self._places.matrix, self._alike
        ask, size_of = self._calls.matrix, self._calls.size
        for index, font in zip(indices, fonts, strict=True):
            ask(page, index, place)
            key = font, size_of(page, index), matrix[:16]
            found = alike.get(key)
            if found is None or not font:
                if font not in self._faces or not font:
                    self._faces[font] = self._face(index)
                found = alike[key] = _type(key[1], key[2], self._faces[font])
            yield found

    def _face(self, index: int) -> tuple[bool, bool]:
        places = self._places
        told = self._calls.font_info(self._page, index, places.name_at, len(places.name), places.flags_at)
        return _face(places.name.value, places.flags.value) if told else (False, False)


def _type(size: float, matrix: bytes, face: tuple[bool, bool]) -> Type:
    a, b, c, d = struct.unpack_from("4f", matrix)
    size *= math.hypot(c, d)
    return Type(size if 0.5 < size < 2000 else 10.0, *face, _quarter(a, b))


@lru_cache(maxsize=1024)
def _face(name: bytes, flags: int) -> tuple[bool, bool]:
    """Whether a font is bold, and whether it is italic."""
    plain = name.decode("latin-1").lower()
    bold = bool(re.search(r"bold|black|heavy|demi(?!t)", plain)) or bool(flags & (1 << 18))
    return bold, bool(re.search(r"italic|oblique", plain)) or bool(flags & (1 << 6))


class _Places:
    """Where PDFium writes its answers: room for AT_ONCE characters, and the addresses in it as arguments, made once."""

    def __init__(self) -> None:
        points, boxes = (ctypes.c_double * (2 * AT_ONCE))(), (ctypes.c_float * (4 * AT_ONCE))()
        self.points = np.ctypeslib.as_array(points).reshape(-1, 2)
        self.boxes = np.ctypeslib.as_array(boxes).reshape(-1, 4)
        self.xs = [ctypes.byref(points, 16 * number) for number in range(AT_ONCE)]
        self.ys = [ctypes.byref(points, 16 * number + 8) for number in range(AT_ONCE)]
        self.corners = [ctypes.byref(boxes, 16 * number) for number in range(AT_ONCE)]
        self.matrix: Any = ctypes.create_string_buffer(24)
        self.name, self.flags = ctypes.create_string_buffer(96), ctypes.c_int()
        self.matrix_at, self.name_at, self.flags_at = map(ctypes.byref, (self.matrix, self.name, self.flags))


@lru_cache(maxsize=1)
def _places() -> _Places:
    return _Places()


def _asked(answers: np.ndarray, indices: Sequence[int], ask: Callable[..., Iterator[None]], *places: Sequence[Any]) -> np.ndarray:
    """What PDFium answers of these characters, one row each."""
    if len(indices) <= AT_ONCE:
        deque(ask(indices, *places), maxlen=0)
        return answers[: len(indices)].astype(np.float64)
    parts = [indices[start : start + AT_ONCE] for start in range(0, len(indices), AT_ONCE)]
    return np.concatenate([_asked(answers, part, ask, *places) for part in parts])


def _quarter(a: float, b: float) -> int:
    if abs(b) < 0.05 * abs(a):
        return 0 if a > 0 else 2
    if abs(a) < 0.05 * abs(b):
        return 1 if b > 0 else 3
    return 0 if a == b == 0 else -1

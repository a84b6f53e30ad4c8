"""The only door to pypdfium2, which is loaded when a PDF is first read.

Owns: the library and its plain C functions. Does not own: their use.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from functools import lru_cache
from typing import Any


def library() -> Any:
    """The `pypdfium2` package: PdfDocument, PdfiumError."""
    import pypdfium2

    return pypdfium2


def functions() -> Any:
    """PDFium's own C functions and constants, for what runs once a word or an object."""
    import pypdfium2.raw

    return pypdfium2.raw


@dataclass(frozen=True)
class QuickCalls:
    """The functions that run once a word, for `map` over many characters at once.

    They are declared without their arguments' types: a plain `int` goes in as a C int, and addresses go in as `argument` or
    ctypes.byref made them beforehand. That costs half of what converting each argument of each call does.
    """

    origin: Any  # (text page, character, place of x, place of y)
    loose: Any  # (text page, character, place of the box)
    matrix: Any  # (text page, character, place of the matrix)
    size: Any  # (text page, character)
    text_object: Any  # (text page, character): its address, 0 for a character that is not drawn
    unicode: Any  # (text page, character)
    object_at: Any  # (page, number): the address of an object
    kind: Any  # (address of an object)
    bounds: Any  # (address of an object, places of left, bottom, right and top): 0 where it has none
    font: Any  # (address of a text object): the address of its font
    font_info: Any  # (text page, character, place of the name, its length, place of the flags): 0 where there is no font


@lru_cache(maxsize=1)
def quick_calls() -> QuickCalls:
    """These functions. They hold the interpreter's lock: each takes less than a microsecond."""
    raw, address, number = functions(), ctypes.c_size_t, ctypes.c_int

    def quick(function: Any, result: Any, *arguments: Any) -> Any:
        return ctypes.PYFUNCTYPE(result, *arguments)(_address_of(function))

    return QuickCalls(
        origin=quick(raw.FPDFText_GetCharOrigin, None),
        loose=quick(raw.FPDFText_GetLooseCharBox, None),
        matrix=quick(raw.FPDFText_GetMatrix, None),
        size=quick(raw.FPDFText_GetFontSize, ctypes.c_double),
        text_object=quick(raw.FPDFText_GetTextObject, address),
        unicode=quick(raw.FPDFText_GetUnicode, ctypes.c_uint),
        object_at=quick(raw.FPDFPage_GetObject, address),
        kind=quick(raw.FPDFPageObj_GetType, number, address),
        bounds=quick(raw.FPDFPageObj_GetBounds, number, address),
        font=quick(raw.FPDFTextObj_GetFont, address, address),
        font_info=quick(raw.FPDFText_GetFontInfo, ctypes.c_ulong),
    )


def argument(pointer: Any) -> Any:
    """A ctypes pointer as an argument of the quick calls, converted once."""
    return ctypes.c_void_p.from_param(_address_of(pointer))


def _address_of(pointer: Any) -> int:
    """The address that a ctypes pointer or function holds."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0

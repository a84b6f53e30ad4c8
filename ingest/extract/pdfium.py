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
    """The functions that run once a word. They take and give addresses, which costs a quarter of ctypes' own conversions."""

    origin: Any  # (text page, character, address of x, address of y)
    loose: Any  # (text page, character, address of the box)
    matrix: Any  # (text page, character, address of the matrix)
    size: Any  # (text page, character)
    text_object: Any  # (text page, character): None for a character that is not drawn
    font: Any  # (text object)


@lru_cache(maxsize=1)
def quick_calls() -> QuickCalls:
    """These functions. They hold the interpreter's lock: each takes less than a microsecond."""
    raw, address, number = functions(), ctypes.c_void_p, ctypes.c_int

    def quick(function: Any, result: Any, *arguments: Any) -> Any:
        return ctypes.PYFUNCTYPE(result, *arguments)(address_of(function))

    return QuickCalls(
        origin=quick(raw.FPDFText_GetCharOrigin, number, address, number, address, address),
        loose=quick(raw.FPDFText_GetLooseCharBox, number, address, number, address),
        matrix=quick(raw.FPDFText_GetMatrix, number, address, number, address),
        size=quick(raw.FPDFText_GetFontSize, ctypes.c_double, address, number),
        text_object=quick(raw.FPDFText_GetTextObject, address, address, number),
        font=quick(raw.FPDFTextObj_GetFont, address, address),
    )


def address_of(pointer: Any) -> int:
    """The address that a ctypes pointer or function holds."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0

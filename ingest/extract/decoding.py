"""Bytes to text: the only door to charset-normalizer. Owns: choosing the encoding. Does not own: what the text means."""

from __future__ import annotations

import codecs

from assistant.errors import FileRefusedError


def decode(data: bytes) -> tuple[str, str | None]:
    """The text and, when the encoding had to be guessed, a warning that says which. Raises FileRefusedError when nothing fits."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return _strict(data, name), None
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        pass
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    if best is None:
        raise FileRefusedError("Its text encoding is not recognised. Save it as UTF-8 and try again.")
    return _strict(data, best.encoding), f"read as {best.encoding}"


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        raise FileRefusedError("Its text encoding is broken. Save it as UTF-8 and try again.") from None

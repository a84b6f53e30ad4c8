"""Bytes to text: the only door to charset-normalizer. Owns: choosing the encoding. Does not own: what the text means."""

from __future__ import annotations

import codecs
import re

from assistant.errors import FileRefusedError

SAMPLE = 200_000
STRAY = 0.001  # share of bytes that may be wrong in what is plainly UTF-8
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "iso8859_2", "iso8859_5", "iso8859_7", "koi8_r", "mac_roman", "cp850", "shift_jis", "cp932", "euc_jp", "iso2022_jp",
    "gb18030", "big5", "euc_kr", "cp949",
]  # fmt: skip
_WESTERN = re.compile(r"[A-Za-z£€°§©®«»àâäçèéêëîïôöùûüßñáíóúÀÂÄÇÈÉÊËÎÏÔÖÙÛÜÑÁÍÓÚåÅæÆøØœŒ‘’“”–—•…·\s]")
_UNLIKELY = re.compile(r"[\x80-\x9f¤¦¬¯±µ¶¸¹º¼½¾¿×÷ÐÞðþƒ†‡ˆ‰‹›˜]|[a-z][ÀÂÄÇÈÉÊËÎÏÔÖÙÛÜÑÁÍÓÚÅÆØ][a-z]|[\xa1-\xff]{4}")


def decode(data: bytes, declared: str | None = None) -> tuple[str, str | None]:
    """The text and, when the encoding had to be guessed, a warning that says which.

    `declared` is what the file or its envelope says of its encoding; it is tried after byte order marks and UTF-8.
    Raises FileRefusedError when nothing fits.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace"), None
    wide = _wide(data[:2000])
    if wide:
        return data.decode(wide, "replace"), None
    if b"\x1b$" not in data[:SAMPLE]:  # ISO-2022-JP is all ASCII to the eye of UTF-8
        try:
            return data.decode("utf-8"), None
        except UnicodeDecodeError:
            pass
    return _declared(data, declared) or _mostly_utf8(data) or _western(data) or _guessed(data)


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: a zero in every other byte of mostly Latin text."""
    if len(head) < 8 or b"\0" not in head:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) < 0.4 * len(head) / 2 or min(even, odd) > 0.05 * len(head) / 2:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _declared(data: bytes, name: str | None) -> tuple[str, str | None] | None:
    if not name:
        return None
    try:
        known = codecs.lookup(name).name
        return data.decode("cp1252" if known in {"iso8859-1", "ascii"} else known), None
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def _mostly_utf8(data: bytes) -> tuple[str, str | None] | None:
    text = data.decode("utf-8", "replace")
    wrong, other = text.count("\ufffd"), sum(ord(c) > 127 for c in text[:SAMPLE])
    if wrong <= max(1, STRAY * len(text)) and other > 4 * wrong:
        return text, f"{wrong} byte{'' if wrong == 1 else 's'} of it could not be read as UTF-8"
    return None


def _western(data: bytes) -> tuple[str, str | None] | None:
    """Windows-1252 (which holds Latin-1) where what is not ASCII looks like letters and quotation marks of Western languages."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    strange = [c for c in text[:SAMPLE] if ord(c) > 127]
    good = sum(bool(_WESTERN.match(c)) for c in strange)
    runs = len(_UNLIKELY.findall(text[:SAMPLE]))
    if strange and good >= 0.95 * len(strange) and runs <= 0.02 * len(strange) and len(strange) < 0.15 * len(text[:SAMPLE]):
        return text, "its encoding was taken to be Windows-1252"
    return None


def _guessed(data: bytes) -> tuple[str, str | None]:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE], cp_isolation=_CANDIDATES).best() or from_bytes(data[:SAMPLE]).best()
    if best is None:
        raise FileRefusedError("Its text encoding is not recognised. Save it as UTF-8 and try again.")
    return data.decode(best.encoding, "replace"), f"its encoding was guessed to be {best.encoding}"

"""Pixels as a PNG file. Owns: that encoding. Does not own: what is drawn."""

from __future__ import annotations

import struct
import zlib

import numpy as np

_LEVEL = 6


def png(pixels: np.ndarray) -> bytes:
    """A PNG of uint8 pixels of shape (height, width, 3), red, green, blue; as ISO/IEC 15948, each row less the one above it."""
    height, width, _ = pixels.shape
    rows = np.ascontiguousarray(pixels, dtype=np.uint8).reshape(height, width * 3)
    filtered = np.empty((height, width * 3 + 1), dtype=np.uint8)
    filtered[:, 0] = 2  # filter "up"
    filtered[0, 1:] = rows[0]
    filtered[1:, 1:] = rows[1:] - rows[:-1]
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(filtered.tobytes(), _LEVEL)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

"""Frames between the process that ingests and the one that reads files. Owns: a length, then so many bytes. Does not own: what they mean.

Frames are JSON; nothing a file can influence is unpickled.
"""

from __future__ import annotations

import struct
from typing import IO

_LENGTH = struct.Struct(">Q")


def write_frame(stream: IO[bytes], frame: bytes) -> None:
    """Send one frame. Raises OSError where the other side is gone."""
    stream.write(_LENGTH.pack(len(frame)) + frame)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """Wait for a frame; None where the stream ends first."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    size = _LENGTH.unpack(head)[0]
    body = stream.read(size)
    return body if len(body) == size else None

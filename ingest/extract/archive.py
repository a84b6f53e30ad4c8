"""ZIP packages (Office, OpenDocument, EPUB): the only door to zipfile.

Owns: limits on entries and on bytes inflated, and damage as one line.

Does not own: what a package means. Nothing is written to disk, so the paths inside cannot lead anywhere.
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from types import TracebackType

from assistant.errors import FileRefusedError

MOST_ENTRIES = 20_000
MOST_BYTES = 600_000_000  # inflated, all entries that are read together
MOST_BYTES_AN_ENTRY = 200_000_000
_DAMAGED = "Its ZIP package is damaged or incomplete. Open it in its own program and save it again."


class Archive:
    """An open package. Raises FileRefusedError: damaged, encrypted, or too large once unpacked."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError, UnicodeDecodeError):
            raise FileRefusedError(_DAMAGED) from None
        if len(self._zip.infolist()) > MOST_ENTRIES:
            raise FileRefusedError(
                f"Its package holds more than {MOST_ENTRIES} entries, which no document needs. Save it again in its own program."
            )
        self._left = MOST_BYTES
        self.names = frozenset(self._zip.namelist())

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._zip.close()

    def read(self, name: str) -> bytes:
        """One entry's bytes; FileRefusedError when it is missing, damaged, encrypted or too large."""
        most = min(MOST_BYTES_AN_ENTRY, self._left)
        try:
            info = self._zip.getinfo(name)
            if info.flag_bits & 0x1:
                raise FileRefusedError("Its package is encrypted. Save a copy without a password.")
            with self._zip.open(info) as stream:
                data = stream.read(most + 1)
        except KeyError:
            raise FileRefusedError(f"Its part '{name}' is missing. Open it in its own program and save it again.") from None
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, ValueError, OSError, EOFError, RuntimeError):
            raise FileRefusedError(_DAMAGED) from None
        if len(data) > most:
            raise FileRefusedError(
                f"Unpacked it has more than {most // 1_000_000} MB: it seems to be a ZIP bomb. Save it again, or split it."
            )
        self._left -= len(data)
        return data

    def optional(self, name: str) -> bytes | None:
        """One entry's bytes, or None where there is no such entry."""
        return self.read(name) if name in self.names else None

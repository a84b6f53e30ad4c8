"""What a process asks of the system before it works. Owns: numpy's threads, how memory is handed out, when cycles are collected.

Does not own: what the process does.
"""

from __future__ import annotations

import ctypes
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

ARENAS = 2
_M_ARENA_MAX = -8  # of glibc's mallopt(3)


def prepare_process() -> None:
    """Call it first of all, before numpy is loaded.

    numpy's own threads make nothing here faster, and they double the computing, for which other work then waits. glibc keeps memory apart for
    each thread and gives little of it back: with the word index, which writes in a new thread each time, a long ingest would grow by 0.2 MB a
    document that nobody holds. Elsewhere than on glibc the second does nothing.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, ARENAS)


@contextmanager
def starting() -> Iterator[None]:
    """While a long-lived process loads what it stands on, cycles are not looked for: a tenth of the time would go into looking at what stays."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()

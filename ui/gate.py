"""How many questions are worked on at once. Owns: the bounded queue before the assistant, and stepping an iterator in a thread.

Does not own: HTTP codes, or what a question is. One gate stands before the chat and the API alike.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from assistant.errors import AdviserError

T = TypeVar("T")
RETRY_SECONDS = 5
_END: Any = object()


class BusyError(AdviserError):
    """More questions wait than the queue holds; nothing was started."""


class Gate:
    """At most `at_once` questions are worked on and `waiting` wait; the next is refused. Belongs to one event loop."""

    def __init__(self, *, at_once: int, waiting: int) -> None:
        self.limit = at_once + waiting
        self._inside = 0
        self._places = asyncio.Semaphore(at_once)
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="question")

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Wait for a place and hold it. Raises BusyError at once when the queue is full."""
        if self._inside >= self.limit:
            raise BusyError(f"Many questions are being answered just now. Try again in about {RETRY_SECONDS} seconds.")
        self._inside += 1
        try:
            async with self._places:
                yield
        finally:
            self._inside -= 1

    async def run(self, work: Callable[[], T]) -> T:
        """Do work in a thread, in turn."""
        async with self.place():
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    async def each(self, make: Callable[[], Iterator[T]]) -> AsyncGenerator[T, None]:
        """What an iterator gives, each step taken in a thread, in turn; the place is held until it ends or is let go."""
        async with self.place():
            loop = asyncio.get_running_loop()
            iterator = await loop.run_in_executor(self._threads, make)
            while (found := await loop.run_in_executor(self._threads, next, iterator, _END)) is not _END:
                yield found

    def close(self) -> None:
        """Let no more work start."""
        self._threads.shutdown(wait=False, cancel_futures=True)

"""How many questions are worked on at once. Owns: the bounded queue before the assistant, and stepping an iterator in a thread.

Does not own: HTTP codes, or what a question is. One gate stands before the chat and the API alike.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing, suppress
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

    async def each(self, make: Callable[[], Generator[T, None, None]]) -> AsyncGenerator[T, None]:
        """What an iterator gives, as soon as it gives it, worked on in one thread; the place is held until it ends or is let go.

        The thread does not wait for its reader: with many at once, a step back and forth for each item would cost more than the items.
        When let go, the iterator is closed before its next item.
        """
        async with self.place():
            loop, found = asyncio.get_running_loop(), asyncio.Queue[Any]()
            stopped = threading.Event()

            def pump() -> None:
                try:
                    with closing(make()) as iterator:
                        for each in iterator:
                            if stopped.is_set():
                                return
                            loop.call_soon_threadsafe(found.put_nowait, each)
                finally:
                    with suppress(RuntimeError):  # the loop itself has ended
                        loop.call_soon_threadsafe(found.put_nowait, _END)

            working = loop.run_in_executor(self._threads, pump)
            try:
                while (each := await found.get()) is not _END:
                    yield each
                await working  # raises what the work raised
            finally:
                stopped.set()

    def close(self) -> None:
        """Let no more work start."""
        self._threads.shutdown(wait=False, cancel_futures=True)

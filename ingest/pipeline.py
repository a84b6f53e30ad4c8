"""Two steps at once: while one batch is embedded, the one before it is published and the next is read.

Owns: the two threads, and that at most one batch is in each step, so that memory does not grow with the run.
Does not own: what the steps do, or how large a batch is.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

Batch = TypeVar("Batch")
Embedded = TypeVar("Embedded")
Report = TypeVar("Report")


class Pipeline(Generic[Batch, Embedded, Report]):
    """Batches go through both steps in the order they were put in. Use it from one thread, in a `with` statement."""

    def __init__(self, *, embed: Callable[[Batch], Embedded], publish: Callable[[Embedded], list[Report]]) -> None:
        self._embed, self._publish = embed, publish
        self._first, self._second = ThreadPoolExecutor(1), ThreadPoolExecutor(1)
        self._embedding: Future[None] | None = None
        self._publishing: Future[None] | None = None
        self._done: queue.SimpleQueue[Report] = queue.SimpleQueue()

    def __enter__(self) -> Pipeline[Batch, Embedded, Report]:
        return self

    def __exit__(self, *_: object) -> None:
        self._first.shutdown(wait=True, cancel_futures=True)
        self._second.shutdown(wait=True, cancel_futures=True)

    @property
    def idle(self) -> bool:
        """Whether a batch put in now would be embedded at once."""
        return self._embedding is None or self._embedding.done()

    def put(self, batch: Batch) -> None:
        """Hand a batch on once the one before it is embedded. Raises what a step before raised."""
        if self._embedding is not None:
            self._embedding.result()
        self._embedding = self._first.submit(self._embed_and_pass_on, batch)

    def reports(self) -> Iterator[Report]:
        """What was published since the last time this was asked, in order."""
        while not self._done.empty():
            yield self._done.get()

    def finish(self) -> None:
        """Wait until all that was put in is published. Raises what a step raised."""
        if self._embedding is not None:
            self._embedding.result()
        self._settle()

    def _embed_and_pass_on(self, batch: Batch) -> None:
        embedded = self._embed(batch)
        self._settle()
        self._publishing = self._second.submit(self._publish_and_report, embedded)

    def _publish_and_report(self, embedded: Embedded) -> None:
        for report in self._publish(embedded):
            self._done.put(report)

    def _settle(self) -> None:
        if self._publishing is not None:
            self._publishing.result()

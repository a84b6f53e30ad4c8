"""Two steps at once: while one batch is embedded, the one before it is published and the next is read.

Owns: the two threads, and that at most one batch is in each step, so that memory does not grow with the run.
Does not own: what the steps do, or how large a batch is.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

Batch = TypeVar("Batch")
Embedded = TypeVar("Embedded")
Report = TypeVar("Report")


class Pipeline(Generic[Batch, Embedded, Report]):
    """Batches go through both steps in the order they were put in. Use it from one thread, in a `with` statement."""

    def __init__(
        self,
        *,
        embed: Callable[[Batch], Embedded],
        publish: Callable[[Embedded], Sequence[Report]],
        report: Callable[[Report], None],
    ) -> None:
        """`embed` and `publish` run in threads of their own; `report` is called in the user's, for all that `publish` gave."""
        self._embed, self._publish, self._report = embed, publish, report
        self._embedder, self._publisher = ThreadPoolExecutor(1), ThreadPoolExecutor(1)
        self._embedding: Future[None] | None = None
        self._publishing: Future[None] | None = None
        self._news: queue.SimpleQueue[Sequence[Report]] = queue.SimpleQueue()

    def __enter__(self) -> Pipeline[Batch, Embedded, Report]:
        return self

    def __exit__(self, *_: object) -> None:
        self._embedder.shutdown(wait=True, cancel_futures=True)  # first: what it has begun, it hands on to the publisher
        self._publisher.shutdown(wait=True, cancel_futures=True)

    @property
    def idle(self) -> bool:
        """Whether a batch put in now would be embedded at once."""
        return self._embedding is None or self._embedding.done()

    def ahead(self, step: Callable[[], object]) -> None:
        """Run a step in the thread that embeds, before the next batch. What it raises is not told: `embed` will meet it again."""
        self._embedder.submit(step)

    def put(self, batch: Batch) -> None:
        """Hand a batch on once the one before it is embedded. Raises what a step before raised."""
        self._wait_for(self._embedding)
        self._embedding = self._submit(self._embedder, self._embed_and_hand_on, batch)

    def finish(self) -> None:
        """Wait until all that was put in is published and reported. Raises what a step raised."""
        self._wait_for(self._embedding)
        self._wait_for(self._publishing)

    def report_news(self) -> None:
        """Report what was published since the last time. Waits for nothing. Raises what a step that has ended raised."""
        while not self._news.empty():
            for each in self._news.get():
                self._report(each)
        for step in (self._embedding, self._publishing):
            if step is not None and step.done():
                step.result()

    def _wait_for(self, step: Future[None] | None) -> None:
        """Report what is published meanwhile."""
        while step is not None and not step.done():
            for each in self._news.get():
                self._report(each)
        self.report_news()
        if step is not None:
            step.result()

    def _embed_and_hand_on(self, batch: Batch) -> None:
        embedded = self._embed(batch)
        if self._publishing is not None:
            self._publishing.result()
        self._publishing = self._submit(self._publisher, self._publish_and_tell, embedded)

    def _publish_and_tell(self, embedded: Embedded) -> None:
        self._news.put(self._publish(embedded))

    def _submit(self, pool: ThreadPoolExecutor, step: Callable[..., None], *arguments: object) -> Future[None]:
        future = pool.submit(step, *arguments)
        future.add_done_callback(lambda _: self._news.put(()))  # wakes who waits
        return future

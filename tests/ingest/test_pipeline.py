"""Two steps at once: order, overlap, bounds, and what a step raises."""

from __future__ import annotations

import threading
import time

import pytest

from ingest.pipeline import Pipeline

SOON = 20.0


def test_batches_are_reported_in_the_order_they_were_put_in_by_the_thread_that_put_them_in() -> None:
    said: list[tuple[int, int]] = []
    with Pipeline[int, int, int](
        embed=lambda batch: batch * 10,
        publish=lambda embedded: [embedded, embedded + 1],
        report=lambda each: said.append((each, threading.get_ident())),
    ) as pipeline:
        for batch in range(1, 6):
            pipeline.put(batch)
        pipeline.finish()
    assert [each for each, _ in said] == [10, 11, 20, 21, 30, 31, 40, 41, 50, 51]
    assert {thread for _, thread in said} == {threading.get_ident()}


def test_one_batch_is_embedded_while_the_one_before_it_is_published_and_no_more_are_taken_in() -> None:
    embedding, publishing, go_on = threading.Event(), threading.Event(), threading.Event()
    begun: list[int] = []

    def embed(batch: int) -> int:
        begun.append(batch)
        if batch == 2:
            embedding.set()
        return batch

    def publish(batch: int) -> list[int]:
        if batch == 1:
            publishing.set()
            assert go_on.wait(SOON)
        return [batch]

    def put_last(pipeline: Pipeline[int, int, int]) -> None:
        pipeline.put(3)
        pipeline.finish()

    said: list[int] = []
    with Pipeline[int, int, int](embed=embed, publish=publish, report=said.append) as pipeline:
        pipeline.put(1)
        pipeline.put(2)
        assert publishing.wait(SOON)
        assert embedding.wait(SOON)  # the second is embedded before the first is published
        third = threading.Thread(target=put_last, args=(pipeline,))
        third.start()
        third.join(0.2)
        assert begun == [1, 2]
        assert said == []
        go_on.set()
        third.join(SOON)
    assert said == [1, 2, 3]


def test_what_a_step_raises_reaches_the_caller_and_what_was_published_before_is_reported() -> None:
    said: list[int] = []

    def publish(batch: int) -> list[int]:
        if batch == 2:
            raise OSError("the disk is full")
        return [batch]

    def put_all() -> None:
        with Pipeline[int, int, int](embed=lambda batch: batch, publish=publish, report=said.append) as pipeline:
            for batch in range(1, 5):
                pipeline.put(batch)
            pipeline.finish()

    with pytest.raises(OSError, match="the disk is full"):
        put_all()
    assert said == [1]


def test_a_step_ahead_is_done_before_the_first_batch_and_what_it_raises_is_left_to_that_batch() -> None:
    done: list[str] = []

    def embed(batch: int) -> int:
        done.append(f"batch {batch}")
        return batch

    def fail() -> None:
        done.append("ahead")
        raise OSError("the model's file is gone")

    said: list[int] = []
    with Pipeline[int, int, int](embed=embed, publish=lambda embedded: [embedded], report=said.append) as pipeline:
        pipeline.ahead(fail)
        assert pipeline.idle
        pipeline.put(1)
        pipeline.finish()
    assert done == ["ahead", "batch 1"]
    assert said == [1]


def test_a_step_ahead_of_no_batch_keeps_nothing_from_ending() -> None:
    with Pipeline[int, int, int](
        embed=lambda batch: batch, publish=lambda embedded: [embedded], report=lambda _: None
    ) as pipeline:
        pipeline.ahead(lambda: None)
        pipeline.finish()


def test_what_a_step_raised_is_told_with_the_next_news_though_nothing_more_is_put_in() -> None:
    def publish(_: int) -> list[int]:
        raise OSError("the disk is full")

    with Pipeline[int, int, int](embed=lambda batch: batch, publish=publish, report=lambda _: None) as pipeline:
        pipeline.put(1)
        with pytest.raises(OSError, match="the disk is full"):
            ask_for_news(pipeline)


def ask_for_news(pipeline: Pipeline[int, int, int]) -> None:
    until = time.monotonic() + SOON
    while time.monotonic() < until:
        pipeline.report_news()
        time.sleep(0.01)

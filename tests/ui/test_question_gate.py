"""The bounded queue before the assistant."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Generator
from contextlib import aclosing

import pytest

from ui.gate import BusyError, Gate


def test_no_more_run_at_once_than_there_are_places() -> None:
    running, most, lock = 0, 0, threading.Lock()

    def work() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        threading.Event().wait(0.02)
        with lock:
            running -= 1

    async def many() -> None:
        gate = Gate(at_once=2, waiting=20)
        await asyncio.gather(*(gate.run(work) for _ in range(10)))

    asyncio.run(many())
    assert most == 2


def test_a_full_queue_refuses_at_once() -> None:
    async def fill() -> list[object]:
        gate, go = Gate(at_once=1, waiting=1), threading.Event()
        held = [asyncio.create_task(gate.run(lambda: go.wait(5))) for _ in range(2)]
        await asyncio.sleep(0.05)
        with pytest.raises(BusyError, match="Try again"):
            await gate.run(lambda: None)
        go.set()
        return list(await asyncio.gather(*held))

    assert asyncio.run(fill()) == [True, True]


def test_steps_come_one_by_one_and_the_place_is_given_back_when_let_go() -> None:
    def numbers() -> Generator[int, None, None]:
        yield from range(100)

    async def take_three() -> list[int]:
        gate = Gate(at_once=1, waiting=0)
        taken = []
        async with aclosing(gate.each(numbers)) as steps:
            async for number in steps:
                taken.append(number)
                if number == 2:
                    break
        assert await gate.run(lambda: "free") == "free"
        return taken

    assert asyncio.run(take_three()) == [0, 1, 2]


def test_an_error_in_the_work_comes_out_and_gives_the_place_back() -> None:
    def fail() -> None:
        raise ValueError("no")

    async def twice() -> None:
        gate = Gate(at_once=1, waiting=0)
        for _ in range(2):
            with pytest.raises(ValueError, match="no"):
                await gate.run(fail)

    asyncio.run(twice())


def test_what_is_let_go_is_closed_before_its_next_item() -> None:
    given, closed, go_on = [], threading.Event(), threading.Event()

    def slow() -> Generator[int, None, None]:
        try:
            for number in range(100):
                given.append(number)
                yield number
                go_on.wait(5)
        finally:
            closed.set()

    async def take_one() -> None:
        gate = Gate(at_once=1, waiting=0)
        async with aclosing(gate.each(slow)) as steps:
            async for _ in steps:
                break
        go_on.set()
        assert await asyncio.to_thread(closed.wait, 5)

    asyncio.run(take_one())
    assert len(given) <= 2


def test_an_error_within_steps_comes_out_after_what_was_given_before_it() -> None:
    def broken() -> Generator[int, None, None]:
        yield 1
        raise ValueError("no")

    taken = []

    async def take() -> None:
        async for number in Gate(at_once=1, waiting=0).each(broken):
            taken.append(number)

    with pytest.raises(ValueError, match="no"):
        asyncio.run(take())
    assert taken == [1]

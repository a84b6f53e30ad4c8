"""A small measured run to hold sabotage against: the packaged library, a few held-out cases of each kind, asked once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import refuse_sockets

from assistant.assistant import Assistant
from assistant.settings import Settings
from evals.context import Context, Plan
from evals.run import Order, context_of

MOST = 12


@pytest.fixture(scope="module", autouse=True)
def own_server_only() -> Iterator[None]:
    """127.0.0.1 is open: the injection suite speaks to a scripted chat server of its own. Every other address stays refused."""
    refuse_sockets.loopback = True
    yield
    refuse_sockets.loopback = False


@pytest.fixture(scope="session")
def measured(packaged: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Context:
    """The context of a gate run over a few cases; what it records is shared by all who ask through it."""
    folder = tmp_path_factory.mktemp("measured")
    settings = Settings(home=folder / "home", threads=1)
    order = Order(plan=Plan(set_name="heldout", quick=True, most=MOST))
    return context_of(packaged, settings, order, folder=folder)


@pytest.fixture
def fresh_folder(tmp_path: Path) -> Path:
    """A folder for what a test writes; nothing of the environment points to it."""
    assert "ADVISER_HOME" in os.environ
    folder = tmp_path / "work"
    folder.mkdir()
    return folder

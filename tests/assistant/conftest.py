"""What tests of the assistant share beyond the rest: a way to speak to a server of their own on this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import refuse_sockets


@pytest.fixture
def loopback() -> Iterator[None]:
    """127.0.0.1 is open for one test; every other address stays refused."""
    refuse_sockets.loopback = True
    yield
    refuse_sockets.loopback = False

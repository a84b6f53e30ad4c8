"""What a process that starts asks of Python."""

import gc

import pytest

from assistant.process import starting


def test_cycles_are_not_collected_while_starting_and_are_afterwards() -> None:
    with starting():
        assert not gc.isenabled()
        with starting():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_cycles_are_collected_again_where_starting_fails() -> None:
    with pytest.raises(ValueError, match="False"), starting():
        raise ValueError(f"{gc.isenabled()} while starting")
    assert gc.isenabled()

"""What a process that starts asks of Python."""

import gc

import pytest

from assistant.process import starting


def test_cycles_are_not_collected_while_starting_and_are_afterwards() -> None:
    before = gc.get_freeze_count()
    with starting():
        assert not gc.isenabled()
        kept = [[] for _ in range(1000)]
    assert gc.isenabled()
    assert gc.get_freeze_count() >= before + len(kept)
    gc.unfreeze()


def test_cycles_are_collected_again_where_starting_fails() -> None:
    with pytest.raises(ValueError, match="no port"), starting():
        raise ValueError("no port")
    assert gc.isenabled()
    gc.unfreeze()

"""Kept works: versions, ownership, deletion."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import open_assistant
from assistant.errors import NotFoundError
from assistant.library.works import WorkStore
from assistant.settings import Settings


@pytest.fixture
def store(packaged_home: Path) -> Iterator[WorkStore]:
    engine = open_assistant(Settings(home=packaged_home, threads=1)).library.engine
    yield WorkStore(engine)
    engine.dispose()


def test_a_saved_work_is_read_back_and_a_second_save_is_its_next_version(store: WorkStore) -> None:
    first = store.save("litmus", title="Cold homes", content={"marks": [1]})
    second = store.save("litmus", title="Cold homes", content={"marks": [2]}, work_id=first.id)
    assert (first.version, second.version) == (1, 2)
    assert store.read(first.id).content == {"marks": [2]}
    assert store.read(first.id, version=1).content == {"marks": [1]}
    assert [w.version for w in store.versions(first.id)] == [1, 2]
    assert [w.version for w in store.newest(kind="litmus") if w.id == first.id] == [2]


def test_another_owners_work_is_neither_found_nor_listed_nor_changed_nor_deleted(store: WorkStore) -> None:
    mine = store.save("brief", title="Mine", content={}, owner="a" * 16)
    for attempt in (
        lambda: store.read(mine.id, owner="b" * 16),
        lambda: store.save("brief", title="Yours", content={}, owner="b" * 16, work_id=mine.id),
        lambda: store.delete(mine.id, owner="b" * 16),
    ):
        with pytest.raises(NotFoundError, match=mine.id):
            attempt()
    assert not store.newest(owner="b" * 16)
    assert store.read(mine.id, owner="a" * 16) == mine


def test_a_work_of_one_kind_is_not_saved_over_by_another(store: WorkStore) -> None:
    mine = store.save("brief", title="Mine", content={})
    with pytest.raises(NotFoundError):
        store.save("litmus", title="Mine", content={}, work_id=mine.id)


def test_deleting_removes_every_version(store: WorkStore) -> None:
    work = store.save("maturity", title="x", content={})
    store.save("maturity", title="x", content={}, work_id=work.id)
    assert store.delete(work.id) == 2
    assert store.versions(work.id) == []

"""A full disk is told as one, not as a damaged index, and what was there before stays."""

from pathlib import Path

import numpy as np
import pytest

from assistant.errors import HomeNotWritableError, IndexDamagedError
from assistant.index.full_disk import full_disk
from assistant.index.vectors import VectorIndex
from assistant.index.words import WordIndex


@pytest.mark.parametrize(
    "words",
    [
        "Query error: Database error: error returned from database: (code: 13) database or disk is full",
        "An IO error occurred: 'No space left on device (os error 28)'",
    ],
)
def test_the_words_of_the_libraries_below_are_known(words: str) -> None:
    error = full_disk(Path("library"), ValueError(words))
    assert isinstance(error, HomeNotWritableError)
    assert "Free some space" in str(error)
    assert "repair" not in str(error)


def test_what_else_is_wrong_is_not_taken_for_it() -> None:
    assert full_disk(Path("library"), ValueError("Segment reader: index file is corrupt")) is None


class Full:
    """Stands for a library below that meets a full disk."""

    def writer(self, *_: object, **__: object) -> object:
        raise ValueError("An IO error occurred: 'No space left on device (os error 28)'")


def test_both_indexes_say_so(tmp_path: Path) -> None:
    words, vectors = WordIndex(tmp_path / "words"), VectorIndex(tmp_path / "vectors")
    vectors.add(["a"], np.array([[1.0, 0.0]]))
    words._index = Full()
    with pytest.raises(HomeNotWritableError, match="is full"):
        words.change(remove=["a"])
    (tmp_path / "broken").write_bytes(b"")
    with pytest.raises((IndexDamagedError, OSError)):
        VectorIndex(tmp_path / "broken")
    assert vectors.search(np.array([1.0, 0.0]), k=1)[0][0] == "a"

"""A full disk is told as one, not as a damaged index, and what was there before stays."""

from pathlib import Path

import pytest
from chromadb.errors import InternalError

from assistant.errors import HomeNotWritableError, IndexDamagedError
from assistant.index.full_disk import full_disk
from assistant.index.vectors import _checked
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


def test_the_word_index_says_so_and_takes_passages_again_afterwards(tmp_path: Path) -> None:
    words = WordIndex(tmp_path / "words")
    real, words._index = words._index, Full()
    with pytest.raises(HomeNotWritableError, match="is full"):
        words.change(remove=["a"])
    words._index = real
    words.change(remove=["a"])


def test_the_vector_index_says_so_and_other_errors_stay_what_they_are(tmp_path: Path) -> None:
    def fails(words: str) -> None:
        raise InternalError(words)

    with pytest.raises(HomeNotWritableError, match="is full"):
        _checked(tmp_path, fails, "error returned from database: (code: 13) database or disk is full")
    with pytest.raises(IndexDamagedError, match="repair"):
        _checked(tmp_path, fails, "Error finding id")

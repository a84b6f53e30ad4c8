"""ZIP packages: bombs, damage and encryption end in one line."""

from __future__ import annotations

import pytest
from makers import package

from assistant.errors import FileRefusedError
from ingest.extract import archive
from ingest.extract.archive import Archive


def test_an_entry_that_unpacks_to_more_than_the_limit_is_refused_and_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES_AN_ENTRY", 1_000_000)
    with Archive(package({"word/document.xml": b"\0" * 5_000_000})) as opened, pytest.raises(FileRefusedError, match="ZIP bomb"):
        opened.read("word/document.xml")


def test_many_entries_together_may_not_pass_the_limit_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 2_000_000)
    with Archive(package({"a": b"\0" * 1_500_000, "b": b"\0" * 1_500_000})) as opened:
        opened.read("a")
        with pytest.raises(FileRefusedError, match="ZIP bomb"):
            opened.read("b")


def test_more_entries_than_any_document_needs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_ENTRIES", 3)
    with pytest.raises(FileRefusedError, match="more than 3 entries"):
        Archive(package({str(number): "" for number in range(4)}))


def test_a_truncated_package_is_refused_in_one_line() -> None:
    with pytest.raises(FileRefusedError, match="damaged or incomplete"):
        Archive(package({"a": "text"})[:-10])


def test_a_missing_part_is_named() -> None:
    with Archive(package({"a": "text"})) as opened, pytest.raises(FileRefusedError, match="'b' is missing"):
        opened.read("b")

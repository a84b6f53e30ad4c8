"""The process that reads files: what a hostile file costs is its limits, and the next file is read all the same."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from assistant.errors import FileRefusedError
from ingest.worker import Reader, extracted

MEMORY_MB = 700


def read(reader: Reader, path: Path) -> str:
    return reader.read(path, source_id=path.stem, source_hash="x").text


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.txt"
    path.write_text("Leeds opened nine family hubs in 2019.", encoding="utf-8")
    return path


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    path = tmp_path / "endless.txt"
    os.mkfifo(path)  # whoever reads it waits for a writer that never comes
    return path


def test_a_file_that_needs_more_memory_than_allowed_is_refused_and_the_next_one_read(tmp_path: Path, small: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("w", encoding="utf-8") as target:
        for _ in range(120):
            target.write("one line without end 😀 " * 40_000)
    with Reader(seconds=120, memory_mb=MEMORY_MB) as reader:
        assert "nine family hubs" in read(reader, small)
        (worker,) = psutil.Process().children()
        with pytest.raises(FileRefusedError, match=r"too large|broke its reader"):
            read(reader, large)
        if worker.is_running() and worker.status() != psutil.STATUS_ZOMBIE:
            assert worker.memory_info().vms < MEMORY_MB * 1_048_576
        assert "nine family hubs" in read(reader, small)


def test_a_file_that_takes_too_long_is_stopped_at_its_time_and_the_next_one_read(endless: Path, small: Path) -> None:
    with Reader(seconds=30) as reader:
        assert "nine family hubs" in read(reader, small)
        reader.seconds = 1.0
        started = time.monotonic()
        with pytest.raises(FileRefusedError, match="longer than 1 second"):
            read(reader, endless)
        assert time.monotonic() - started < 10
        reader.seconds = 30.0
        assert "nine family hubs" in read(reader, small)


def test_other_work_goes_on_while_a_file_is_read(endless: Path, small: Path) -> None:
    done: list[float] = []
    with Reader(seconds=1.0) as reader:
        with pytest.raises(FileRefusedError, match="longer than 1 second"):
            reader.read(endless, source_id="e", source_hash="x", meanwhile=lambda: done.append(time.monotonic()))
        assert len(done) > 2
        reader.seconds = 30.0
        assert "nine family hubs" in read(reader, small)


def test_what_other_work_raises_is_not_taken_for_the_files_fault_and_the_next_answer_is_the_next_files(
    tmp_path: Path, small: Path
) -> None:
    late = tmp_path / "late.txt"
    os.mkfifo(late)

    def fail() -> None:
        raise OSError("the disk is full")

    with Reader(seconds=30) as reader:
        with pytest.raises(OSError, match="the disk is full"):
            reader.read(late, source_id="l", source_hash="x", meanwhile=fail)
        assert "nine family hubs" in read(reader, small)


def test_a_reader_that_dies_over_a_file_is_said_in_one_line_and_started_again(endless: Path, small: Path) -> None:
    with Reader(seconds=30) as reader:
        assert "nine family hubs" in read(reader, small)
        (worker,) = psutil.Process().children()
        threading.Timer(0.3, worker.kill).start()
        with pytest.raises(FileRefusedError, match="broke its reader"):
            read(reader, endless)
        assert "nine family hubs" in read(reader, small)
    assert not psutil.Process().children()


def test_passages_that_no_library_can_hold_are_the_files_fault_and_end_no_ingest() -> None:
    place = {"id": "p", "source_id": "s", "ordinal": 0, "text": "A pier.", "start": 0, "end": 7, "sentences": [(0, 7)]}
    for locator in ({"page": "the third"}, {"heading": [3]}, {"whence": "elsewhere"}):
        answer = {"text": "A pier.", "passages": [{**place, "locator": locator}], "facts": {}, "words": ""}
        with pytest.raises(FileRefusedError, match="damaged or unusual"):
            extracted(answer)


def test_the_process_that_reads_starts_without_the_nouns_and_without_numpy() -> None:
    code = "import sys, ingest.reading; print(sorted({'numpy', 'pydantic', 'lxml', 'assistant.nouns'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

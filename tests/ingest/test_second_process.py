"""Two processes, one library: what one adds, the other answers from, without an error, within five seconds."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from command import run, start
from documents import LIGHTHOUSE, write_markdown

from assistant import open_assistant
from assistant.settings import Settings

SOON = 5.0
pytestmark = pytest.mark.usefixtures("own_corpus")


def tree(n: int, year: int = 1950) -> str:
    return f"District {n} planted {n * 7 + 3} elm trees in {year + n}."


def test_an_open_library_answers_from_what_another_process_ingests(tmp_path: Path, own_settings: Settings) -> None:
    for n in range(30):
        write_markdown(tmp_path / f"d{n}.md", fact=tree(n))
    assert run("ingest", *(str(tmp_path / f"d{n}.md") for n in range(30))).code == 0
    reader = open_assistant(own_settings)
    assert reader.ask("What happened at the Zanzibar lighthouse?").outcome == "no_evidence"
    assert run("ingest", str(write_markdown(tmp_path / "reef.md"))).code == 0
    done = time.monotonic()
    while not any(
        LIGHTHOUSE in s.text for s in reader.ask("How many lamps did the Zanzibar lighthouse mission light?").sentences
    ):
        assert time.monotonic() - done < SOON
        time.sleep(0.05)
    assert len(reader.index.search_meaning(reader.embedder.embed([LIGHTHOUSE])[0], k=50)) == 50
    assert run("sources", "remove", "reef").code == 0
    assert "reef" not in {result.source_id for result in reader.search("Zanzibar lighthouse lamps", k=50)}


def test_an_open_library_never_fails_while_another_process_replaces_everything(tmp_path: Path, own_settings: Settings) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    for n in range(40):
        write_markdown(folder / f"d{n}.md", fact=tree(n))
    assert run("ingest", str(folder)).code == 0
    reader = open_assistant(own_settings)
    stop = threading.Event()

    def keep_asking() -> int:
        asked = 0
        while not stop.is_set():
            found = reader.search(f"elm trees planted in district {asked % 40}", k=10)
            assert found, "sources that are acknowledged must answer all the while"
            asked += 1
        return asked

    with ThreadPoolExecutor(2) as threads:
        asking = [threads.submit(keep_asking) for _ in range(2)]
        try:
            for year in (1700, 1600):
                for n in range(40):
                    write_markdown(folder / f"d{n}.md", fact=tree(n, year))
                assert run("ingest", str(folder)).code == 0
        finally:
            stop.set()
        asked = [each.result() for each in asking]
    assert min(asked) > 5
    texts = " ".join(result.text for result in reader.search("elm trees planted in district", k=200))
    assert "in 1600" in texts
    assert "in 1950" not in texts


def test_two_ingests_at_once_both_finish_and_lose_nothing(tmp_path: Path, own_settings: Settings) -> None:
    groups = []
    for group in ("a", "b"):
        folder = tmp_path / group
        folder.mkdir()
        for n in range(25):
            write_markdown(folder / f"{group}{n}.md", fact=f"Ward {group} {n} opened {n + 2} libraries.")
        groups.append(folder)
    both = [start("ingest", str(folder), str(write_markdown(tmp_path / "shared.md"))) for folder in groups]
    ended = [process.communicate(timeout=100) for process in both]
    assert [process.returncode for process in both] == [0, 0], ended
    assert [err for _, err in ended] == ["", ""]
    library = open_assistant(own_settings).library
    assert set(library.sources()) == {f"{g}{n}" for g in "ab" for n in range(25)} | {"shared"}
    statuses = sorted(line.split()[0] for out, _ in ended for line in out.splitlines() if "shared.md" in line)
    assert statuses == ["added", "unchanged"]
    assert run("doctor").code == 0


def test_many_first_commands_at_once_on_a_new_home_all_work(own_settings: Settings) -> None:
    several = [start("search", "mission", "--json") for _ in range(3)]
    ended = [process.communicate(timeout=100) for process in several]
    assert [(process.returncode, out.strip(), err) for process, (out, err) in zip(several, ended, strict=True)] == [
        (0, "[]", "")
    ] * 3


def test_an_ingest_that_is_killed_leaves_no_reader_process_behind(tmp_path: Path, own_settings: Settings) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    for n in range(400):
        write_markdown(folder / f"d{n}.md", fact=tree(n))
    process = start("ingest", str(folder))
    us = psutil.Process(process.pid)
    deadline = time.monotonic() + 30
    while not (children := us.children()) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.kill()
    process.communicate()
    assert children, "the reader was never started"
    _, alive = psutil.wait_procs(children, timeout=10)
    assert alive == []

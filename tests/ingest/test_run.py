"""One run over many files: what waits is not held up by a file that takes long, and a file's report says what became of it."""

from __future__ import annotations

from pathlib import Path

from assistant.nouns import FileReport
from assistant.settings import Settings
from ingest.run import ingest_files


def test_what_was_read_is_acknowledged_while_a_file_that_takes_long_is_still_read(tmp_path: Path, own_settings: Settings) -> None:
    small, large = tmp_path / "small.txt", tmp_path / "large.txt"
    small.write_text("Leeds opened nine family hubs in 2019.", encoding="utf-8")
    with large.open("w", encoding="utf-8") as target:
        for number in range(400_000):  # 50 MB: far more than can be read in the time given
            target.write(
                f"The council of ward {number} met {number % 97} times, and {number % 89} people came to see what it did for them.\n\n"
            )
    said: list[FileReport] = []
    settings = own_settings.model_copy(update={"file_seconds": 6.0})
    report = ingest_files(settings, [small, large], progress=said.append)
    assert [(Path(each.path).name, each.status) for each in said] == [("small.txt", "added"), ("large.txt", "failed")]
    assert "longer than 6 seconds" in (report.files[1].reason or "")
    assert report.embedded == report.passages == 1


def test_a_second_run_finds_nothing_new(tmp_path: Path, own_settings: Settings) -> None:
    path = tmp_path / "small.txt"
    path.write_text("Leeds opened nine family hubs in 2019.", encoding="utf-8")
    assert [each.status for each in ingest_files(own_settings, [path]).files] == ["added"]
    again = ingest_files(own_settings, [path])
    assert [each.status for each in again.files] == ["unchanged"]
    assert again.embedded == 0

"""`--sync`: what vanished from a folder stops answering, and nothing else does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from command import run
from documents import write_html, write_markdown, write_text

from assistant import open_assistant
from assistant.errors import InputError
from assistant.settings import Settings
from ingest.doctor import examine
from ingest.paths import files_under
from ingest.run import ingest_files


@pytest.fixture
def folder(tmp_path: Path, own_settings: Settings) -> Path:
    """Three documents in a folder, one of them deeper, and one elsewhere; all ingested."""
    inside = tmp_path / "papers"
    (inside / "deep").mkdir(parents=True)
    write_markdown(inside / "reef.md")
    write_text(inside / "lamp.txt", fact="The Lerwick tram mission laid 7 kilometres of track in 2003.")
    write_html(inside / "deep" / "page.html")
    ingest_files(own_settings, [*files_under([str(inside)]), write_markdown(tmp_path / "elsewhere.md")])
    return inside


def ids(settings: Settings) -> set[str]:
    return set(open_assistant(settings).library.sources())


def sync(settings: Settings, folder: Path) -> list[tuple[str, str | None]]:
    report = ingest_files(settings, files_under([str(folder)]), sync=[folder])
    return [(f.status, f.source_id) for f in report.files]


def test_a_vanished_file_is_removed_everywhere_and_reported(folder: Path, own_settings: Settings) -> None:
    (folder / "reef.md").unlink()
    shutil.rmtree(folder / "deep")
    assert sorted(sync(own_settings, folder)) == [("removed", "page"), ("removed", "reef"), ("unchanged", "lamp")]
    assert ids(own_settings) == {"lamp", "elsewhere"}
    assert "reef" not in {r.source_id for r in open_assistant(own_settings).search("Zanzibar lighthouse lamps", k=20)}
    assert [f for f in examine(own_settings) if not f.well] == []


def test_without_sync_a_vanished_file_goes_on_answering(folder: Path, own_settings: Settings) -> None:
    (folder / "reef.md").unlink()
    ingest_files(own_settings, files_under([str(folder)]))
    assert "reef" in ids(own_settings)


def test_a_file_that_can_no_longer_be_read_or_was_hidden_is_not_a_vanished_one(folder: Path, own_settings: Settings) -> None:
    (folder / "reef.md").write_bytes(b"\x89PNG\r\n" + bytes(range(256)) * 40)
    assert ("failed", None) in sync(own_settings, folder)
    assert "reef" in ids(own_settings)


def test_a_folder_that_is_empty_all_at_once_removes_nothing_and_asks(folder: Path, own_settings: Settings) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
    with pytest.raises(InputError, match="drive connected"):
        sync(own_settings, folder)
    assert ids(own_settings) == {"reef", "lamp", "page", "elsewhere"}


def test_a_renamed_file_is_added_and_its_old_name_removed_without_a_warning(folder: Path, own_settings: Settings) -> None:
    (folder / "lamp.txt").rename(folder / "tram.txt")
    report = ingest_files(own_settings, files_under([str(folder)]), sync=[folder])
    assert {(f.status, f.source_id) for f in report.files if f.status != "unchanged"} == {("added", "tram"), ("removed", "lamp")}
    assert [f.warnings for f in report.files if f.status == "added"] == [[]]
    assert report.embedded <= 3  # words that stay the same are not embedded again; a title taken from the name may be


@pytest.mark.usefixtures("own_corpus")
def test_the_command_says_what_it_removed_and_wants_a_folder(folder: Path, own_settings: Settings) -> None:
    (folder / "reef.md").unlink()
    refused = run("ingest", "--sync", str(folder / "lamp.txt"))
    assert refused.code == 2
    assert "--sync" in refused.one_line()
    done = run("ingest", "--sync", str(folder))
    assert done.code == 0, done.err
    assert any(line.split()[0] == "removed" and "reef.md" in line for line in done.out.splitlines())
    assert "1 removed" in done.out.splitlines()[-1]
    assert run("ingest", "--sync", str(folder / "nowhere")).code == 2

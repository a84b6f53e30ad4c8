"""A source is in the library wholly or not at all: skipped, replaced, refused half-way, removed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import tantivy
from documents import KEEPER, LIGHTHOUSE, write_html, write_markdown, write_text
from sqlalchemy import event, func, select

from assistant import open_assistant
from assistant.errors import HomeNotWritableError, IndexDamagedError, InputError, LibraryBusyError, NotFoundError
from assistant.library.database import open_database
from assistant.library.library import Library
from assistant.library.tables import passages, sources, vectors
from assistant.settings import Settings
from ingest.doctor import examine
from ingest.packaged import build_packaged_library
from ingest.publish import ingest_lock
from ingest.remove import remove_sources
from ingest.run import ingest_files
from ingest.workshop import Workshop, open_workshop


def rows(settings: Settings) -> dict[str, int]:
    """How many rows the catalogue holds, of any state, and how many vectors no passage uses."""
    with open_database(settings.home).connect() as connection:
        counts = {t.name: connection.scalar(select(func.count()).select_from(t)) for t in (sources, passages, vectors)}
        unused = select(func.count()).select_from(vectors).where(vectors.c.key.not_in(select(passages.c.vector_key)))
        return {**counts, "unused": connection.scalar(unused)}


def answers(settings: Settings, query: str) -> list[str]:
    """Texts found for a query, by a newly opened assistant."""
    return [result.text for result in open_assistant(settings).search(query, k=20)]


def require_sound(settings: Settings) -> None:
    assert [finding for finding in examine(settings) if not finding.well] == []


def test_an_unchanged_file_is_skipped_and_nothing_is_embedded(tmp_path: Path, own_settings: Settings) -> None:
    path = write_markdown(tmp_path / "reef.md")
    first = ingest_files(own_settings, [path])
    before, generation = rows(own_settings), open_assistant(own_settings).library.generation()
    second = ingest_files(own_settings, [path])
    assert [f.status for f in first.files + second.files] == ["added", "unchanged"]
    assert (second.passages, second.embedded) == (0, 0)
    assert rows(own_settings) == before
    assert open_assistant(own_settings).library.generation() == generation


def test_a_changed_file_replaces_all_of_its_old_self(tmp_path: Path, own_settings: Settings) -> None:
    path = write_markdown(tmp_path / "reef.md")
    other = write_text(tmp_path / "other.txt", fact="The Lerwick tram mission laid 7 kilometres of track in 2003.")
    ingest_files(own_settings, [path, other])
    write_markdown(path, fact="The Zanzibar lighthouse mission lit 52 lamps along the southern reef in 2001.")
    report = ingest_files(own_settings, [path, other])
    assert {f.source_id: f.status for f in report.files} == {"reef": "replaced", "other": "unchanged"}
    found = " ".join(answers(own_settings, "Zanzibar lighthouse mission lamps reef"))
    assert "52 lamps" in found
    assert "41 lamps" not in found
    kept = rows(own_settings)
    assert kept["sources"] == 2
    assert kept["passages"] == open_assistant(own_settings).library.counts()[0]
    assert kept["unused"] == 0
    require_sound(own_settings)


def test_a_file_that_goes_back_to_what_it_was_answers_as_it_was(tmp_path: Path, own_settings: Settings) -> None:
    path = write_markdown(tmp_path / "reef.md")
    ids = []
    for fact in (LIGHTHOUSE, "The lamps were put out in 2002 by order of the council.", LIGHTHOUSE):
        write_markdown(path, fact=fact)
        ingest_files(own_settings, [path])
        ids.append(open_assistant(own_settings).library.passage_ids())
    assert ids[0] == ids[2] != ids[1]
    assert any(LIGHTHOUSE in text for text in answers(own_settings, "Zanzibar lighthouse"))
    require_sound(own_settings)


def test_a_file_that_can_no_longer_be_read_keeps_its_last_good_version(tmp_path: Path, own_settings: Settings) -> None:
    path = write_markdown(tmp_path / "reef.md")
    ingest_files(own_settings, [path])
    path.write_bytes(b"\x89PNG\r\n" + bytes(range(256)) * 40)
    report = ingest_files(own_settings, [path])
    assert [f.status for f in report.files] == ["failed"]
    assert any(LIGHTHOUSE in text for text in answers(own_settings, "Zanzibar lighthouse"))


def test_two_files_of_one_name_are_two_sources_and_stay_so(tmp_path: Path, own_settings: Settings) -> None:
    paths = []
    for folder, fact in (("a", LIGHTHOUSE), ("b", "The Lerwick tram mission laid 7 kilometres of track in 2003.")):
        (tmp_path / folder).mkdir()
        paths.append(write_markdown(tmp_path / folder / "Report 1.md", fact=fact))
    first = ingest_files(own_settings, paths)
    second = ingest_files(own_settings, list(reversed(paths)))
    assert [f.source_id for f in first.files] == ["Report-1", "Report-1-2"]
    assert [(f.source_id, f.status) for f in second.files] == [("Report-1-2", "unchanged"), ("Report-1", "unchanged")]


@contextmanager
def held_word_index(workshop: Workshop) -> Iterator[None]:
    """Another program holds the word index for writing: a real cause for failing after the vectors were added."""
    index = tantivy.Index.open(str(workshop.index.words.own.folder))
    writer = index.writer(15_000_000, num_threads=1)
    yield
    writer.rollback()
    del writer


def test_a_source_whose_indexing_fails_in_the_middle_does_not_answer_at_all(tmp_path: Path, own_settings: Settings) -> None:
    ingest_files(
        own_settings, [write_text(tmp_path / "other.txt", fact="The Lerwick tram mission laid 7 kilometres of track in 2003.")]
    )
    workshop = open_workshop(own_settings)
    with held_word_index(workshop), pytest.raises(IndexDamagedError):
        ingest_files(own_settings, [write_markdown(tmp_path / "reef.md")])
    assert rows(own_settings)["sources"] == 2, "the failure came after staging, or this test shows nothing"
    assert set(open_assistant(own_settings).library.sources()) == {"other"}
    assert not any("Zanzibar" in text for text in answers(own_settings, "Zanzibar lighthouse lamps"))
    again = ingest_files(own_settings, [tmp_path / "reef.md"])
    assert [f.status for f in again.files] == ["added"]
    assert any(LIGHTHOUSE in text for text in answers(own_settings, "Zanzibar lighthouse lamps"))
    assert rows(own_settings)["sources"] == 2
    require_sound(own_settings)


def test_a_replacement_that_fails_in_the_middle_leaves_the_old_version_answering(tmp_path: Path, own_settings: Settings) -> None:
    path = write_markdown(tmp_path / "reef.md")
    ingest_files(own_settings, [path])
    write_markdown(path, fact="The Zanzibar lighthouse mission lit 52 lamps along the southern reef in 2001.")
    workshop = open_workshop(own_settings)
    with held_word_index(workshop), pytest.raises(IndexDamagedError):
        ingest_files(own_settings, [path])
    found = " ".join(answers(own_settings, "Zanzibar lighthouse lamps reef"))
    assert "41 lamps" in found
    assert "52 lamps" not in found


def test_a_full_database_is_one_line_and_loses_nothing(tmp_path: Path, own_settings: Settings) -> None:
    ingest_files(own_settings, [write_markdown(tmp_path / "reef.md")])
    before = rows(own_settings)
    workshop = open_workshop(own_settings)
    workshop.library.engine.dispose()

    @event.listens_for(workshop.library.engine, "connect")
    def _no_more_room(connection, _record) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")

    staged = _staged_copy(workshop, "reef", "copy", times=400)
    with pytest.raises(HomeNotWritableError, match="full"):
        workshop.publisher.publish([staged])
    assert rows(own_settings) == before
    require_sound(own_settings)


def _staged_copy(workshop: Workshop, source_id: str, new_id: str, *, times: int):
    """The source under another id, its text many times over."""
    from assistant.identifiers import passage_id
    from assistant.library.staged import StagedSource

    library = workshop.library
    text = library.source_text(source_id)
    passage = library.passages_of(source_id)[0]
    many = [
        passage.model_copy(
            update={"source_id": new_id, "ordinal": n, "id": passage_id(new_id, "hash", n, n + 1), "text": f"{n} {text}"}
        )
        for n in range(times)
    ]
    source = library.source(source_id).model_copy(update={"id": new_id})
    return StagedSource(source=source, hash="hash", text=text * times, passages=many, vectors=np.ones((times, 384), np.float16))


def test_staged_sources_are_seen_by_nobody_and_purged_by_the_next_run(tmp_path: Path, own_settings: Settings) -> None:
    ingest_files(own_settings, [write_markdown(tmp_path / "reef.md")])
    workshop = open_workshop(own_settings)
    staged = _staged_copy(workshop, "reef", "ghost", times=3)
    workshop.writer.stage([staged], embedder_fingerprint=workshop.embedder.fingerprint)
    library = open_assistant(own_settings).library
    assert "ghost" not in library.sources()
    assert library.passages_by_id([p.id for p in staged.passages]) == {}
    with pytest.raises(NotFoundError):
        library.source_text("ghost")
    ingest_files(own_settings, [tmp_path / "reef.md"])
    assert rows(own_settings)["sources"] == 1
    require_sound(own_settings)


def test_a_retired_source_stops_answering_at_once_and_leaves_nothing_behind(tmp_path: Path, own_settings: Settings) -> None:
    ingest_files(
        own_settings,
        [write_markdown(tmp_path / "reef.md"), write_text(tmp_path / "same.txt"), write_html(tmp_path / "page.html")],
    )
    workshop = open_workshop(own_settings)
    workshop.writer.retire(["reef"])
    reader = open_assistant(own_settings)
    assert set(reader.library.sources()) == {"same", "page"}
    assert {r.source_id for r in reader.search("Zanzibar lighthouse lamps", k=20)} == {"same", "page"}
    assert workshop.publisher.recover() == 1
    left = rows(own_settings)
    assert (left["sources"], left["unused"]) == (2, 0)
    require_sound(own_settings)


def test_removing_forgets_a_source_everywhere(tmp_path: Path, own_settings: Settings) -> None:
    ingest_files(own_settings, [write_markdown(tmp_path / "reef.md")])
    reader = open_assistant(own_settings)
    assert reader.search("Zanzibar lighthouse")
    assert remove_sources(own_settings, ["reef", "reef"]) == ["reef"]
    assert reader.search("Zanzibar lighthouse") == []
    assert rows(own_settings) == {"sources": 0, "passages": 0, "vectors": 0, "unused": 0}
    require_sound(own_settings)


def test_removing_one_unknown_source_among_known_ones_removes_nothing(tmp_path: Path, own_settings: Settings) -> None:
    ingest_files(own_settings, [write_markdown(tmp_path / "reef.md")])
    with pytest.raises(NotFoundError, match="'rief'"):
        remove_sources(own_settings, ["reef", "rief"])
    assert set(open_assistant(own_settings).library.sources()) == {"reef"}


def test_a_packaged_source_is_not_removed(packaged_home: Path) -> None:
    settings = Settings(home=packaged_home, threads=1)
    before = open_assistant(settings).library.counts()
    with pytest.raises(InputError, match="ADVISER_CORPUS=none"):
        remove_sources(settings, ["term-mission-washing"])
    assert open_assistant(settings).library.counts() == before


def test_while_one_ingest_holds_the_library_another_gives_up_with_what_to_do(tmp_path: Path, own_settings: Settings) -> None:
    impatient = own_settings.model_copy(update={"lock_seconds": 0.2})
    build_packaged_library(impatient)
    with ingest_lock(own_settings.home, seconds=1), pytest.raises(LibraryBusyError, match="ADVISER_LOCK_SECONDS"):
        ingest_files(impatient, [write_markdown(tmp_path / "reef.md")])


def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path: Path, own_settings: Settings) -> None:
    import os

    os.mkfifo(tmp_path / "pipe.md")
    report = ingest_files(own_settings, [tmp_path / "pipe.md", Path("/dev/zero"), write_markdown(tmp_path / "reef.md")])
    assert [f.status for f in report.files] == ["failed", "failed", "added"]
    assert "pipe" in (report.files[0].reason or "")


def test_a_document_is_kept_when_the_packaged_library_brings_a_source_of_its_name(
    tmp_path: Path, home: Path, packaged_template: Path, own_settings: Settings
) -> None:
    from ingest.doctor import repair

    path = write_markdown(tmp_path / "term-mission-washing.md")
    assert [f.source_id for f in ingest_files(own_settings, [path]).files] == ["term-mission-washing"]
    packaged = Settings(home=home, threads=1)
    assert [finding for finding in repair(packaged) if not finding.well] == []
    library = open_assistant(packaged).library
    assert library.source("term-mission-washing").origin == "packaged"
    mine = [s for s in library.sources().values() if s.origin == "user"]
    assert [(s.id, s.path) for s in mine] == [("term-mission-washing-2", str(path))]
    assert LIGHTHOUSE in library.source_text("term-mission-washing-2")
    assert any(LIGHTHOUSE in text for text in answers(packaged, "Zanzibar lighthouse lamps"))
    assert [f.status for f in ingest_files(packaged, [path]).files] == ["unchanged"]


def test_a_library_moved_to_another_folder_answers_there(tmp_path: Path, own_settings: Settings) -> None:
    ingest_files(own_settings, [write_markdown(tmp_path / "reef.md")])
    moved = own_settings.model_copy(update={"home": tmp_path / "elsewhere"})
    shutil.move(own_settings.home, moved.home)
    assert any(KEEPER in text for text in answers(moved, "keeper lamps trimmed"))
    assert isinstance(open_assistant(moved).library, Library)
    require_sound(moved)

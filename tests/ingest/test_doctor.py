"""The doctor sees each kind of damage, says what to do, and mends it without losing a document or a receipt."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import chromadb
import numpy as np
import pytest
from documents import LIGHTHOUSE, write_markdown
from isolation import forget_open_folders

from assistant import open_assistant
from assistant.errors import FingerprintMismatchError, IndexDamagedError
from assistant.library.database import FILE_NAME
from assistant.settings import Settings
from ingest.corpus_build import bring_up_to_corpus
from ingest.doctor import examine, repair
from ingest.publish import ingest_lock
from ingest.run import ingest_files
from ingest.workshop import open_workshop

ASKED = "What happened at the Zanzibar lighthouse?"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a library of forty documents."""
    folder = tmp_path_factory.mktemp("forty")
    paths = [write_markdown(folder / "reef.md")]
    paths += [
        write_markdown(folder / f"d{n}.md", fact=f"District {n} planted {n * 7 + 3} elm trees in {1950 + n}.") for n in range(39)
    ]
    assert {f.status for f in ingest_files(Settings(home=folder / "home", corpus="none", threads=1), paths).files} == {"added"}
    return folder / "home"


@pytest.fixture
def settings(template: Path, own_settings: Settings) -> Settings:
    """A library of forty documents."""
    shutil.copytree(template, own_settings.home)
    return own_settings


def index_folder(settings: Settings) -> Path:
    folders = sorted(settings.home.glob("index-*"))
    assert len(folders) == 1, folders
    return folders[0]


def collection(settings: Settings):
    forget_open_folders()
    client = chromadb.PersistentClient(
        str(index_folder(settings) / "vectors"), settings=chromadb.Settings(anonymized_telemetry=False)
    )
    return client.get_collection("passages", embedding_function=None)


def change(settings: Settings, statement: str, *values: str) -> None:
    with sqlite3.connect(settings.home / FILE_NAME) as connection:
        assert connection.execute(statement, values).rowcount == 1
    connection.close()


def delete_some_vectors(settings: Settings) -> None:
    vectors = collection(settings)
    vectors.delete(ids=vectors.get(include=[])["ids"][:5])


def add_strange_vectors(settings: Settings) -> None:
    collection(settings).upsert(ids=["stranger-1", "stranger-2"], embeddings=np.ones((2, 384), dtype=np.float32))


def delete_the_vector_folder(settings: Settings) -> None:
    shutil.rmtree(index_folder(settings) / "vectors")


def delete_the_word_folder(settings: Settings) -> None:
    shutil.rmtree(index_folder(settings) / "own-words")


def delete_both(settings: Settings) -> None:
    shutil.rmtree(index_folder(settings))


def garble_the_vector_database(settings: Settings) -> None:
    (index_folder(settings) / "vectors" / "chroma.sqlite3").write_bytes(np.random.default_rng(3).bytes(100_000))


def garble_the_word_index(settings: Settings) -> None:
    (index_folder(settings) / "own-words" / "meta.json").write_text("{")


def put_a_file_where_the_vectors_should_be(settings: Settings) -> None:
    delete_the_vector_folder(settings)
    (index_folder(settings) / "vectors").write_text("not a folder")


def say_another_model_made_it(settings: Settings) -> None:
    change(settings, "update meta set value = 'another-model' where key = 'fingerprint.embedder'")


def say_another_corpus_made_it(settings: Settings) -> None:
    change(settings, "update meta set value = 'another-corpus' where key = 'fingerprint.corpus'")


def say_another_segmenter_made_it(settings: Settings) -> None:
    change(settings, "update meta set value = 'another-segmenter' where key = 'fingerprint.segmenter'")


DAMAGE_OF_INDEXES = [
    delete_some_vectors, delete_the_vector_folder, delete_the_word_folder, delete_both, garble_the_vector_database,
    garble_the_word_index, put_a_file_where_the_vectors_should_be,
]  # fmt: skip
OTHER_FINGERPRINTS = [say_another_model_made_it, say_another_corpus_made_it, say_another_segmenter_made_it]
HARMLESS = [add_strange_vectors]


def named(damage: Callable[[Settings], None]) -> str:
    return damage.__name__.replace("_", " ")


@pytest.mark.parametrize("damage", [*DAMAGE_OF_INDEXES, *HARMLESS, *OTHER_FINGERPRINTS], ids=named)
def test_damage_is_found_named_with_its_remedy_and_mended(damage: Callable[[Settings], None], settings: Settings) -> None:
    receipt = open_assistant(settings).ask(ASKED).receipt_id
    damage(settings)
    forget_open_folders()
    bad = [finding for finding in examine(settings) if not finding.well]
    assert len(bad) == 1, bad
    assert "adviser doctor --repair" in bad[0].says
    assert [finding for finding in examine(settings) if not finding.well] == bad, "examining changed something"
    assert [finding for finding in repair(settings) if not finding.well] == []
    mended = open_assistant(settings)
    assert mended.library.counts()[1] == 40
    assert mended.receipt(receipt).question == ASKED
    assert any(LIGHTHOUSE in result.text for result in mended.search("Zanzibar lighthouse"))
    index_folder(settings)


@pytest.mark.parametrize("damage", DAMAGE_OF_INDEXES, ids=named)
def test_a_damaged_index_is_an_error_and_never_a_refusal(damage: Callable[[Settings], None], settings: Settings) -> None:
    damage(settings)
    forget_open_folders()
    with pytest.raises(IndexDamagedError, match="adviser doctor --repair"):
        open_assistant(settings).ask(ASKED)


@pytest.mark.parametrize("damage", HARMLESS, ids=named)
def test_what_an_index_invents_never_answers(damage: Callable[[Settings], None], settings: Settings) -> None:
    damage(settings)
    found = open_assistant(settings).search("Zanzibar lighthouse", k=1000)
    assert found
    assert not {result.passage_id for result in found} & {"stranger-1", "stranger-2"}


@pytest.mark.parametrize("damage", OTHER_FINGERPRINTS, ids=named)
def test_a_library_of_another_make_is_refused_with_the_command_that_mends_it(
    damage: Callable[[Settings], None], settings: Settings
) -> None:
    damage(settings)
    with pytest.raises(FingerprintMismatchError, match="adviser doctor --repair"):
        open_assistant(settings)
    with pytest.raises(FingerprintMismatchError, match="adviser doctor --repair"):
        ingest_files(settings, [])


def test_documents_that_another_model_embedded_are_embedded_anew(settings: Settings) -> None:
    workshop = open_workshop(settings)
    truth = dict(zip(*workshop.library.vectors_by_passage(workshop.library.passage_ids()), strict=True))
    ids = list(truth)
    strange = np.random.default_rng(1).normal(size=(len(ids), 384))
    strange = (strange / np.linalg.norm(strange, axis=1, keepdims=True)).astype(np.float16)
    workshop.writer.replace_vectors(ids, [f"other-{i}" for i in ids], strange)
    workshop.index.rebuild(workshop.writer)
    say_another_model_made_it(settings)
    assert [finding for finding in repair(settings) if not finding.well] == []
    again = open_workshop(settings)
    found_ids, found = again.library.vectors_by_passage(ids)
    assert min(float(row @ truth[i]) for i, row in zip(found_ids, found, strict=True)) > 0.999
    nearest = again.index.search_meaning(truth[ids[0]], k=1)
    assert nearest[0][0] == ids[0]
    assert nearest[0][1] > 0.99, "the vector index still holds the other model's vectors"
    with sqlite3.connect(settings.home / FILE_NAME) as connection:
        assert connection.execute("select count(*) from vectors where key like 'other-%'").fetchone() == (0,)
    connection.close()


def test_a_repair_that_was_killed_half_way_is_not_taken_for_done(settings: Settings) -> None:
    say_another_model_made_it(settings)
    with ingest_lock(settings.home, seconds=1):
        bring_up_to_corpus(settings)  # what `repair` does first; then it is killed
    with pytest.raises(FingerprintMismatchError):
        open_assistant(settings)
    assert [finding for finding in repair(settings) if not finding.well] == []


def test_a_rebuild_that_was_killed_half_way_leaves_no_folder_behind(settings: Settings) -> None:
    (settings.home / "index-2" / "vectors").mkdir(parents=True)
    (settings.home / "index-2" / "vectors" / "chroma.sqlite3").write_bytes(b"half")
    delete_the_word_index = settings.home / "index-1" / "own-words"
    shutil.rmtree(delete_the_word_index)
    assert [finding for finding in repair(settings) if not finding.well] == []
    assert len(list(settings.home.glob("index-*"))) == 1


def test_the_packaged_library_is_clean_and_a_repair_of_it_embeds_and_changes_nothing(packaged_home: Path) -> None:
    settings = Settings(home=packaged_home, threads=1)
    before = open_assistant(settings).library.content_hashes()
    assert [finding for finding in repair(settings) if not finding.well] == []
    assert open_assistant(settings).library.content_hashes() == before
    assert (packaged_home / "index-1").exists(), "clean indexes were rebuilt"


def test_what_is_no_database_is_said_to_be_none(own_settings: Settings) -> None:
    own_settings.home.mkdir()
    (own_settings.home / FILE_NAME).write_bytes(b"This is my shopping list. " * 100)
    with pytest.raises(IndexDamagedError, match="not a library of this product"):
        open_assistant(own_settings)
    assert (own_settings.home / FILE_NAME).read_bytes().startswith(b"This is my shopping list")

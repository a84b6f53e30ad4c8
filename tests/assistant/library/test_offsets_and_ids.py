"""Passages are exact spans of the stored text, ids come from content, and what ships with the library is current."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest
from documents import KEEPER, LIGHTHOUSE, PAGES, write_html, write_markdown, write_pdf, write_text

from assistant import open_assistant
from assistant.assistant import Assistant
from assistant.identifiers import passage_id
from assistant.index.embedder import Embedder
from assistant.library.library import Library
from assistant.library.staged import embedding_views, vector_key
from assistant.settings import Settings
from ingest.corpus_files import packaged_folder
from ingest.corpus_reader import read_corpus
from ingest.corpus_sources import corpus_source
from ingest.embedding import KEY_BYTES, embed_views, read_shipped
from ingest.run import ingest_files


def require_exact(library: Library, source_id: str) -> int:
    """Every passage, sentence and page of a source is where it says. Returns how many passages there were."""
    text, passages = library.source_text(source_id), library.passages_of(source_id)
    digest = library.content_hashes()[source_id]
    assert [p.ordinal for p in passages] == list(range(len(passages)))
    reached = 0
    for passage in passages:
        assert text[passage.start : passage.end] == passage.text
        assert passage.text.strip() == passage.text != ""
        assert passage.start >= reached
        assert not text[reached : passage.start].strip(), "text between two passages would never be found"
        assert passage.id == passage_id(source_id, digest, passage.start, passage.end)
        inside = 0
        for start, end in passage.sentences:
            assert inside <= start < end <= len(passage.text)
            assert not passage.text[inside:start].strip()
            inside = end
        assert not passage.text[inside:].strip()
        assert all(0 < b.offset < len(passage.text) for b in passage.page_breaks)
        reached = passage.end
    assert not text[reached:].strip()
    return len(passages)


def test_every_passage_of_the_packaged_library_is_an_exact_span_of_its_source(packaged: Assistant) -> None:
    counts = [require_exact(packaged.library, source_id) for source_id in packaged.library.sources()]
    assert min(counts) >= 1
    assert (sum(counts), len(counts)) == packaged.library.counts()
    assert sum(counts) > 2000


def test_no_two_passages_share_an_id_and_every_one_has_a_unit_vector(packaged: Assistant) -> None:
    ids = packaged.library.passage_ids()
    found, matrix = packaged.library.vectors_by_passage(ids)
    assert len(set(ids)) == len(ids)
    assert set(found) == set(ids)
    assert np.abs(np.linalg.norm(matrix, axis=1) - 1).max() < 2e-3


@pytest.mark.parametrize("write", [write_markdown, write_text, write_html], ids=["reef.md", "reef.txt", "reef.html"])
def test_passages_of_an_ingested_file_are_exact_spans(
    write, request: pytest.FixtureRequest, tmp_path: Path, own_settings: Settings
) -> None:
    path = write(tmp_path / request.node.callspec.id)
    report = ingest_files(own_settings, [path])
    assert [(f.status, f.source_id) for f in report.files] == [("added", "reef")]
    library = open_assistant(own_settings).library
    assert require_exact(library, "reef") == report.passages >= 1
    text = library.source_text("reef")
    assert LIGHTHOUSE in text
    assert KEEPER in text


def test_headings_of_an_ingested_file_are_in_the_locator(tmp_path: Path, own_settings: Settings) -> None:
    ingest_files(own_settings, [write_markdown(tmp_path / "reef.md")])
    headings = {p.text.splitlines()[1]: p.locator.heading for p in open_assistant(own_settings).library.passages_of("reef")}
    assert headings[LIGHTHOUSE] == ["The reef"]
    assert headings[KEEPER] == ["The reef", "The keeper"]


def test_a_pdf_keeps_its_page_numbers_also_for_a_quote_in_the_middle_of_a_passage(tmp_path: Path, own_settings: Settings) -> None:
    report = ingest_files(own_settings, [write_pdf(tmp_path / "ferry.pdf")])
    assert [(f.status, f.format, f.pages, f.pages_without_text) for f in report.files] == [("added", "pdf", len(PAGES), 0)]
    library = open_assistant(own_settings).library
    require_exact(library, "ferry")
    for number, sentence in enumerate(PAGES, start=1):
        holding = [(p, p.text.find(sentence)) for p in library.passages_of("ferry") if sentence in p.text]
        assert len(holding) == 1, sentence
        passage, at = holding[0]
        assert passage.locator_at(at).page == number
        assert passage.locator_at(at + len(sentence) - 1).page == number


def test_ids_depend_on_content_alone(tmp_path: Path) -> None:
    path = write_markdown(tmp_path / "reef.md")
    found = []
    for name in ("one", "two"):
        settings = Settings(home=tmp_path / name, corpus="none", threads=1)
        ingest_files(settings, [path])
        found.append(open_assistant(settings).library.passage_ids())
    assert found[0] == found[1] != []


def test_another_content_gives_every_passage_another_id(tmp_path: Path, own_settings: Settings) -> None:
    path = write_markdown(tmp_path / "reef.md")
    ingest_files(own_settings, [path])
    before = set(open_assistant(own_settings).library.passage_ids())
    write_markdown(path, more=KEEPER + " And so they were.")
    ingest_files(own_settings, [path])
    after = set(open_assistant(own_settings).library.passage_ids())
    assert before
    assert after
    assert not before & after


def test_the_shipped_embeddings_are_those_of_every_statement_and_no_other() -> None:
    corpus = read_corpus(packaged_folder())
    known = {entry.id: entry for entry in corpus.entries}
    fingerprint = Embedder().fingerprint
    sources = [corpus_source(entry, corpus.rules, known) for entry in corpus.entries]
    wanted = {vector_key(item.source, p, fingerprint)[: 2 * KEY_BYTES] for item in sources for p in item.passages}
    shipped = set(read_shipped(packaged_folder()))
    remedy = "run `adviser corpus embed`"
    assert len(wanted - shipped) == 0, remedy
    assert len(shipped - wanted) == 0, remedy


def test_the_shipped_embeddings_are_what_the_model_makes_of_those_words() -> None:
    corpus = read_corpus(packaged_folder())
    known = {entry.id: entry for entry in corpus.entries}
    embedder, shipped = Embedder(threads=1), read_shipped(packaged_folder())
    pairs = [
        (item.source, p)
        for item in (corpus_source(e, corpus.rules, known) for e in corpus.entries[::9])
        for p in item.passages[:2]
    ]
    keys = [vector_key(source, passage, embedder.fingerprint)[: 2 * KEY_BYTES] for source, passage in pairs]
    made = embed_views(embedder, [embedding_views(source, passage) for source, passage in pairs]).astype(np.float32)
    found = np.vstack([shipped[key] for key in keys]).astype(np.float32)
    assert len(pairs) > 50
    assert (made * found).sum(axis=1).min() > 0.999


def test_the_embeddings_that_ship_are_committed_and_not_ignored() -> None:
    root = packaged_folder().parent
    if not (root / ".git").exists():
        pytest.skip("not a checkout")
    asked = subprocess.run(["git", "check-ignore", "-q", "corpus/embeddings.npz"], cwd=root, check=False)
    assert asked.returncode == 1

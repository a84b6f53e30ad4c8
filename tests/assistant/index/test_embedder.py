"""The embedded model: faithful to the torch original, a text's vector its own, damage reported with the remedy."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import ModelFileError
from assistant.index.embedder import BATCH_DRIFT, MANIFEST_FILE, MODEL_FILE, MODEL_FOLDER, TOKENIZER_FILE, Embedder
from assistant.index.onnx_model import batches

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "minilm_reference.npz"


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return Embedder(threads=2)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    with np.load(REFERENCE) as stored:
        return [str(text) for text in stored["texts"]]


@pytest.fixture(scope="module")
def originals() -> np.ndarray:
    """The torch original's vectors of `texts`: float32, mean over tokens, unit length."""
    with np.load(REFERENCE) as stored:
        return stored["vectors"]


@pytest.fixture(scope="module")
def vectors(embedder: Embedder, texts: list[str]) -> np.ndarray:
    return embedder.embed(texts)


@pytest.fixture
def model_copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MODEL_FOLDER, tmp_path / "minilm"))


def cosines(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    left, right = left.astype(np.float64), right.astype(np.float64)
    return (left * right).sum(axis=1) / (np.linalg.norm(left, axis=1) * np.linalg.norm(right, axis=1))


def test_vectors_match_the_torch_original(vectors: np.ndarray, originals: np.ndarray, texts: list[str]) -> None:
    found = cosines(vectors, originals)
    assert len(texts) >= 60
    assert "" in texts
    assert found.min() >= 0.985, texts[int(found.argmin())]
    assert found.mean() >= 0.99


def test_neighbours_are_those_of_the_original(vectors: np.ndarray, originals: np.ndarray) -> None:
    ours, theirs = vectors @ vectors.T, originals @ originals.T
    assert np.abs(ours - theirs).max() <= 0.08
    assert np.abs(ours - theirs).mean() <= 0.01


def test_vectors_are_float32_unit_rows(vectors: np.ndarray, texts: list[str]) -> None:
    assert vectors.shape == (len(texts), Embedder.dimension)
    assert vectors.dtype == np.float32
    assert np.abs(np.linalg.norm(vectors, axis=1) - 1).max() <= 1e-5


def test_vectors_come_in_the_order_of_the_texts(embedder: Embedder, texts: list[str], vectors: np.ndarray) -> None:
    assert (1 - cosines(embedder.embed(texts[::-1])[::-1], vectors)).max() <= BATCH_DRIFT


def test_the_same_texts_give_the_same_vectors_twice(embedder: Embedder, texts: list[str], vectors: np.ndarray) -> None:
    np.testing.assert_array_equal(embedder.embed(texts), vectors)


def test_a_vector_does_not_depend_on_its_batch(embedder: Embedder, texts: list[str], vectors: np.ndarray) -> None:
    alone = np.vstack([embedder.embed([text]) for text in texts])
    assert (1 - cosines(alone, vectors)).max() <= BATCH_DRIFT
    crowded = embedder.embed([text for text in texts for _ in range(12)])[::12]
    assert (1 - cosines(crowded, vectors)).max() <= BATCH_DRIFT


def test_a_vector_does_not_depend_on_the_number_of_threads(texts: list[str], vectors: np.ndarray) -> None:
    assert (1 - cosines(Embedder(threads=1).embed(texts), vectors)).max() <= BATCH_DRIFT


def test_no_texts_give_no_rows(embedder: Embedder) -> None:
    assert embedder.embed([]).shape == (0, Embedder.dimension)


def test_what_follows_256_word_pieces_is_not_read(embedder: Embedder) -> None:
    long = "mission " * 254
    first, second = embedder.embed([long, long + "and something else entirely"])
    np.testing.assert_allclose(first, second, atol=1e-6)


def test_batches_hold_one_length_and_every_row_once() -> None:
    lengths = [7, 256, 7, 3, 256, 256, 256, 256, 3, 7] * 30
    made = list(batches(lengths, tokens=1024))
    assert sorted(row for batch in made for row in batch) == list(range(len(lengths)))
    assert all(len({lengths[row] for row in batch}) == 1 for batch in made)
    assert all(sum(lengths[row] for row in batch) <= 1024 for batch in made)


def test_fingerprint_is_known_without_opening_the_model(model_copy: Path) -> None:
    (model_copy / MODEL_FILE).unlink()
    fingerprint = Embedder(folder=model_copy).fingerprint
    assert fingerprint == Embedder().fingerprint
    assert fingerprint.startswith("minilm-l6-v2-int8-1-")


def test_released_files_are_those_recorded(embedder: Embedder) -> None:
    embedder.verify()


@pytest.mark.parametrize("name", [MODEL_FILE, TOKENIZER_FILE])
def test_a_missing_file_says_what_to_do(model_copy: Path, name: str) -> None:
    (model_copy / name).unlink()
    with pytest.raises(ModelFileError, match=f"{name}.*Install mission-adviser again"):
        Embedder(folder=model_copy).embed(["a question"])


@pytest.mark.parametrize("name", [MODEL_FILE, TOKENIZER_FILE])
def test_a_shortened_file_says_what_to_do(model_copy: Path, name: str) -> None:
    content = (model_copy / name).read_bytes()
    (model_copy / name).write_bytes(content[: len(content) // 2])
    with pytest.raises(ModelFileError, match=f"{name}.*damaged.*Install mission-adviser again"):
        Embedder(folder=model_copy).embed(["a question"])


def test_a_model_that_cannot_be_opened_says_what_to_do(model_copy: Path) -> None:
    (model_copy / MODEL_FILE).write_bytes(b"\x00" * (model_copy / MODEL_FILE).stat().st_size)
    with pytest.raises(ModelFileError, match=f"{MODEL_FILE}.*Install mission-adviser again"):
        Embedder(folder=model_copy).embed(["a question"])


def test_verify_finds_one_changed_byte(model_copy: Path) -> None:
    content = bytearray((model_copy / MODEL_FILE).read_bytes())
    content[len(content) // 2] ^= 1
    (model_copy / MODEL_FILE).write_bytes(content)
    with pytest.raises(ModelFileError, match="not the file that was released"):
        Embedder(folder=model_copy).verify()


@pytest.mark.parametrize("content", [None, "{", "{}", "[]"])
def test_a_missing_or_damaged_manifest_says_what_to_do(model_copy: Path, content: str | None) -> None:
    (model_copy / MANIFEST_FILE).unlink()
    if content is not None:
        (model_copy / MANIFEST_FILE).write_text(content, encoding="utf-8")
    with pytest.raises(ModelFileError, match=f"{MANIFEST_FILE}.*Install mission-adviser again"):
        Embedder(folder=model_copy)


def test_importing_and_making_an_embedder_loads_no_runtime() -> None:
    code = (
        "import sys; from assistant.index.embedder import Embedder; Embedder(); "
        "print({'onnxruntime', 'tokenizers'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"

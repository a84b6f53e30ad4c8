"""Both indexes under one seam. Owns: following the catalogue's generation, adding, removing, verifying, rebuilding.

Does not own: ranking (see `assistant/retrieval`) or the truth (see `assistant/library`). Whatever an index returns that the catalogue
does not hold as ready is dropped by the reader, so an index that is ahead or behind can hide a passage for a moment but never invent one.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from assistant.errors import IndexDamagedError
from assistant.index.vectors import VectorIndex
from assistant.index.word_shelves import WordShelves
from assistant.index.words import WordRow
from assistant.library.library import IndexRow, Library
from assistant.library.writer import LibraryWriter
from assistant.nouns import Passage, Source

FOLDER_KEY = "index_folder"
FIRST_FOLDER = "index-1"
REBUILD_BATCH = 4000
EXACT_LIMIT = 20_000  # passages up to which all are compared: exact, and the same on every machine and after every rebuild


class QueryEmbedder(Protocol):
    """What turns a question into a unit vector of shape (dimension,)."""

    fingerprint: str

    def embed(self, texts: Sequence[str]) -> np.ndarray: ...


@dataclass(frozen=True)
class IndexReport:
    """How the indexes stand against the catalogue: counts of passages missing from, or left over in, each."""

    passages: int
    missing_vectors: int
    extra_vectors: int
    missing_words: int
    extra_words: int

    @property
    def clean(self) -> bool:
        """Whether both indexes hold exactly the ready passages."""
        return not (self.missing_vectors or self.extra_vectors or self.missing_words or self.extra_words)


class Index:
    """Vectors and words of one library. Safe to search from several threads; one writer at a time."""

    def __init__(self, library: Library, home: Path) -> None:
        self._library = library
        self._home = home
        self._lock = threading.RLock()
        self._folder = ""
        self._generation = self._whole_at = self._every_at = -1
        self._every: tuple[list[str], np.ndarray] | None = None
        self._open(*self._stored_state())

    def follow(self) -> int:
        """Reopen when another process has changed the library. Returns the generation now seen.

        Raises IndexDamagedError when an index lacks passages of the catalogue: an outage must not look like a refusal.
        """
        with self._lock:
            generation = self._catch_up()
            if self._whole_at != generation:
                self._require_whole(generation)
            return generation

    def _catch_up(self) -> int:
        with self._lock:
            folder, generation = self._stored_state()
            if folder != self._folder:
                self._open(folder, generation)
            elif generation != self._generation:
                self._vectors.reopen()
                self._words.reopen()
                self._generation = generation
            return generation

    def _require_whole(self, generation: int) -> None:
        ready = self._library.counts()[0]
        held = min(self._vectors.size(), self._words.size())
        if held >= ready:
            self._whole_at = generation
        elif self._library.generation() == generation:  # else it was changed while we counted, and the next search looks again
            raise IndexDamagedError(
                f"The indexes in {self._home / self._folder} lack {ready - held:,} of the library's {ready:,} passages. "
                "Run `adviser doctor --repair`: they are rebuilt from the library."
            )

    def written(self, generation: int) -> None:
        """Note a generation this process itself has brought about: its own open indexes already show it."""
        self._generation = generation

    def search_meaning(self, vector: np.ndarray, *, k: int, source_ids: Sequence[str] | None = None) -> list[tuple[str, float]]:
        """The k nearest (passage id, cosine): an exact scan of the stored vectors up to EXACT_LIMIT passages, else by the vector index."""
        if source_ids is None:
            every = self._every_vector()
            return self._vectors.search(vector, k=k) if every is None else _nearest(*every, vector, k)
        allowed = self._library.passage_ids(source_ids)
        if len(allowed) > EXACT_LIMIT:
            wanted = set(allowed)
            return [pair for pair in self._vectors.search(vector, k=min(20 * k, 2000)) if pair[0] in wanted][:k]
        return _nearest(*self._library.vectors_by_passage(allowed), vector, k)

    def _every_vector(self) -> tuple[list[str], np.ndarray] | None:
        """All stored vectors as of the generation now seen, kept until it changes; None where there are too many of them."""
        with self._lock:
            if self._every is not None and self._every_at == self._generation:
                return self._every
            if self._vectors.size() > EXACT_LIMIT:
                self._every = None
                return None
            generation = self._generation
            self._every, self._every_at = self._library.all_vectors(), generation
            return self._every

    @property
    def words(self) -> WordShelves:
        """The word index: the packaged passages, and people's own, side by side."""
        return self._words

    def add(self, rows: Sequence[IndexRow]) -> None:
        """Index passages, in both indexes at once; they answer only once the catalogue publishes their source."""
        if rows:
            with ThreadPoolExecutor(1) as beside:
                words = beside.submit(self._words.change, add=[word_row(row.passage, row.source) for row in rows])
                self._vectors.add([row.passage.id for row in rows], np.vstack([row.vector for row in rows]))
            words.result()

    def remove(self, passage_ids: Sequence[str]) -> None:
        """Forget passages."""
        if passage_ids:
            self._vectors.remove(passage_ids)
            self._words.change(remove=passage_ids)

    def verify(self) -> IndexReport:
        """Compare both indexes with the catalogue, id by id."""
        self._catch_up()
        truth = set(self._library.passage_ids())
        vectors, words = self._vectors.ids(), self._words.ids()
        return IndexReport(len(truth), len(truth - vectors), len(vectors - truth), len(truth - words), len(words - truth))

    def rebuild(self, writer: LibraryWriter) -> None:
        """Build both indexes anew from the catalogue beside the old ones, then switch over; all old ones go last."""
        with self._lock:
            new = _fresh_folder(self._home)
            self._open(new, self._generation)
            batch: list[IndexRow] = []
            for row in self._library.index_rows():
                batch.append(row)
                if len(batch) == REBUILD_BATCH:
                    self.add(batch)
                    batch = []
            self.add(batch)
            writer.write_meta({FOLDER_KEY: new})
            self._generation = writer.move_on()
            for old in _index_folders(self._home):
                if old.name != new:
                    shutil.rmtree(old, ignore_errors=True)

    def _stored_state(self) -> tuple[str, int]:
        facts = self._library.read_meta()
        return facts.get(FOLDER_KEY, FIRST_FOLDER), int(facts.get("generation", 0))

    def _open(self, folder: str, generation: int) -> None:
        base = self._home / folder
        try:
            self._vectors = VectorIndex(base / "vectors")
            self._words = WordShelves(base)
        except OSError as error:
            raise IndexDamagedError(
                f"The index folder {base} cannot be used ({error}). Make it writable, then run `adviser doctor --repair`."
            ) from None
        self._folder, self._generation = folder, generation
        self._whole_at = -1


def word_row(passage: Passage, source: Source) -> WordRow:
    """What the word index keeps of a passage."""
    title = " ".join([source.title, *source.aliases])
    return WordRow(passage.id, passage.text, title, " ".join(passage.locator.heading), source.id, source.origin == "packaged")


def forget_indexes(home: Path, writer: LibraryWriter) -> None:
    """Start an empty index folder beside one that cannot be opened; the old one is left for `rebuild` to remove."""
    writer.write_meta({FOLDER_KEY: _fresh_folder(home)})
    writer.move_on()


def _index_folders(home: Path) -> list[Path]:
    return [path for path in home.glob("index-*") if path.name.removeprefix("index-").isdigit()]


def _fresh_folder(home: Path) -> str:
    return f"index-{max((int(path.name.removeprefix('index-')) for path in _index_folders(home)), default=0) + 1}"


def _nearest(ids: Sequence[str], matrix: np.ndarray, vector: np.ndarray, k: int) -> list[tuple[str, float]]:
    """The k rows with the highest cosine, ties by id."""
    if not ids:
        return []
    scores = matrix @ vector
    near = np.argpartition(-scores, k - 1)[:k] if k < len(ids) else np.arange(len(ids))
    edge = scores[near].min()
    order = sorted(np.flatnonzero(scores >= edge).tolist(), key=lambda row: (-scores[row], ids[row]))[:k]
    return [(ids[row], float(scores[row])) for row in order]

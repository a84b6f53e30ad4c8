"""Recognising one text in two files. Owns: a text's sketch, and how alike two sketches are. Does not own: a text's words, or what is done
about a likeness.

A sketch is a MinHash (Broder 1997) over the text's runs of five words, kept to 16 bits each: the share of equal places estimates
the Jaccard overlap of the two sets of runs, with a standard error of at most 0.045 for 128 places.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from assistant.identifiers import content_hash
from assistant.nouns import Source
from ingest.word_hashes import word_hashes

KEY = "sketch"
WORK = "work"
RUN = 5
PLACES = 128
FEWEST_WORDS = 120  # in a shorter text one changed figure is a small share of the runs and a different statement
NEAR = 0.6
_CHUNK = 256  # runs at once: what is worked on stays in the processor's own memory
_SEED = 20_231  # fixed: sketches made at any time must agree

Relation = Literal["duplicate_of", "similar_to"]


@dataclass(frozen=True)
class Sketch:
    """A text in brief. `words`: hash of all its words; `places`: uint16, shape (PLACES,), None where it is too short."""

    words: str
    places: np.ndarray | None

    def written(self) -> str:
        """As one string, for `Source.details`."""
        return self.words if self.places is None else f"{self.words}.{base64.b85encode(self.places.tobytes()).decode()}"


@dataclass(frozen=True)
class Alike:
    """A source with the same or nearly the same text. `share`: the estimated overlap, 0 to 1; `work`: what both count as."""

    source_id: str
    relation: Relation
    share: float
    work: str


def sketch_of(text: str) -> Sketch:
    """The sketch of a text; typography and case do not matter."""
    return sketch_of_words(word_hashes(text).tobytes())


def sketch_of_words(hashes: bytes) -> Sketch:
    """The sketch of a text whose words' hashes are these (`word_hashes`)."""
    hashed = np.frombuffer(hashes, dtype=np.uint32).astype(np.uint64)
    places = _minima(hashed) if len(hashed) >= FEWEST_WORDS else None
    return Sketch(words=content_hash(hashed.tobytes())[:24], places=places)


def read_sketch(written: object) -> Sketch | None:
    """A sketch as `written` gave it; None for anything else."""
    if not isinstance(written, str) or not written:
        return None
    words, _, places = written.partition(".")
    return Sketch(words, np.frombuffer(base64.b85decode(places), dtype=np.uint16) if places else None)


@lru_cache(maxsize=1)
def _hash_family() -> tuple[np.ndarray, np.ndarray]:
    """Odd factors and shifts, one pair for each place of a sketch."""
    chance = np.random.default_rng(_SEED)
    factors = chance.integers(1, 2**63, size=PLACES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    return factors, chance.integers(0, 2**63, size=PLACES, dtype=np.uint64)


def _minima(hashed: np.ndarray) -> np.ndarray:
    runs = np.zeros(len(hashed) - RUN + 1, dtype=np.uint64)
    for step in range(RUN):
        runs = runs * np.uint64(0x9E3779B97F4A7C15) + hashed[step : len(hashed) - RUN + 1 + step]
    runs ^= runs >> np.uint64(29)
    factors, shifts = _hash_family()
    least = np.full(PLACES, np.iinfo(np.uint64).max, dtype=np.uint64)
    room, shifted = np.empty((2, _CHUNK, PLACES), dtype=np.uint64)
    for start in range(0, len(runs), _CHUNK):
        some = runs[start : start + _CHUNK, None]
        spread, above = room[: len(some)], shifted[: len(some)]
        np.multiply(some, factors, out=spread)
        np.add(spread, shifts, out=spread)
        np.right_shift(spread, np.uint64(32), out=above)
        np.bitwise_xor(spread, above, out=spread)
        np.minimum(least, spread.min(axis=0), out=least)
    return ((least * np.uint64(0xBF58476D1CE4E5B9)) >> np.uint64(48)).astype(np.uint16)


class Likenesses:
    """The sketches of a library's originals, to hold new ones against: about 300 bytes and a microsecond a source."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._rows: dict[str, int] = {}
        self._ids: list[str | None] = []
        self._same: dict[str, dict[str, None]] = {}  # hash of all words: the sources that have it
        self._words: dict[str, str] = {}
        self._works: dict[str, str] = {}
        self._places = np.zeros((64, PLACES), dtype=np.uint16)
        self._compared = np.zeros(64, dtype=bool)
        for source in sources.values():
            found = read_sketch(source.details.get(KEY))
            if found is not None:
                self.add(source.id, found, str(source.details.get(WORK) or found.words))

    def add(self, source_id: str, sketch: Sketch, work: str) -> None:
        """Take a source in, in place of an earlier version of it."""
        self.forget([source_id])
        row = len(self._ids)
        if row == len(self._places):
            self._places = np.vstack([self._places, np.zeros_like(self._places)])
            self._compared = np.concatenate([self._compared, np.zeros_like(self._compared)])
        self._ids.append(source_id)
        self._rows[source_id] = row
        self._works[source_id] = work
        self._words[source_id] = sketch.words
        self._same.setdefault(sketch.words, {})[source_id] = None
        if sketch.places is not None:
            self._places[row], self._compared[row] = sketch.places, True

    def forget(self, source_ids: Iterable[str]) -> None:
        """Leave sources out from now on."""
        for source_id in source_ids:
            row = self._rows.pop(source_id, None)
            if row is not None:
                self._ids[row], self._compared[row] = None, False
                self._same[self._words.pop(source_id)].pop(source_id, None)

    def nearest(self, sketch: Sketch, *, but: str) -> Alike | None:
        """The source most like this text, if any is the same or near; `but`: the text's own source."""
        same = next((each for each in self._same.get(sketch.words, ()) if each != but), None)
        if same is not None:
            return Alike(same, "duplicate_of", 1.0, self._works[same])
        if sketch.places is None or not self._compared.any():
            return None
        shares = (self._places == sketch.places).mean(axis=1) * self._compared
        if but in self._rows:
            shares[self._rows[but]] = 0.0
        row = int(shares.argmax())
        found = self._ids[row]
        if shares[row] < NEAR or found is None:
            return None
        return Alike(found, "similar_to", float(shares[row]), self._works[found])

"""A claim laid against its passages, as numbers. Owns: the features of a pair. Does not own: their weights, or what is said of it.

Everything is read as plain text, so case, Markdown and white space change nothing; only the window of neighbouring sentences that
holds most of the claim counts, so a passage about something else changes nothing either. Two texts are embedded for a pair: the claim
and that window. `alignment` is the mean over the claim's word pieces of the best cosine with a piece of the window (the recall of
BERTScore, Zhang et al. 2020); `alignment_low` the mean of the worst quarter, where a changed name, figure or verb shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from assistant.grounding.nearness import DIGITS
from assistant.grounding.support_features import NAMES as SUPPORT_NAMES
from assistant.grounding.support_features import best_window, features
from assistant.grounding.support_reading import plain
from assistant.index.token_vectors import Tokened

BY_WORDS = ("coverage", "run")
TURNS = ("figure_nowhere", "denial_flipped", "denial_lost", "denial_added", "direction_turned")
PLAIN_TURNS = ("figure_nowhere", "denial_flipped", "direction_turned")
MOSTLY_HELD = 0.7  # share of a claim that a window must hold before one of these can be said to turn the rest of it
LOSSES = ("rare_missing",)
BY_MEANING = ("similarity", "alignment", "alignment_low")
NAMES = (*BY_WORDS, *TURNS, *LOSSES, *BY_MEANING)
LONGEST_COMPARED = 90  # words of a claim or window that are compared by meaning
_PLACES = [SUPPORT_NAMES.index(name) for name in (*BY_WORDS, *TURNS, *LOSSES)]


class TokenReader(Protocol):
    """What turns texts into vectors of the text and of its word pieces."""

    def read(self, texts: Sequence[str]) -> list[Tokened]: ...


@dataclass(frozen=True)
class PairReading:
    """A plain claim, the window that holds most of it ('' where none does), and its features in the order of NAMES."""

    claim: str
    window: str
    row: np.ndarray

    @property
    def turned(self) -> bool:
        """Whether the window holds most of the claim and turns it."""
        return bool(turned(self.row[None])[0])


def turned(rows: np.ndarray) -> np.ndarray:
    """Which rows of features hold most of a claim and turn it: another figure, another direction, or a denial."""
    turns = rows[:, [NAMES.index(name) for name in PLAIN_TURNS]].any(axis=1)
    return np.asarray(turns & (rows[:, NAMES.index("coverage")] >= MOSTLY_HELD))


def read_pairs(pairs: Sequence[tuple[str, Sequence[str]]], reader: TokenReader) -> list[PairReading]:
    """Claims with their passages, many at a time; the features are all zero where there is nothing to compare."""
    said = [plain(claim) for claim, _ in pairs]
    windows = [best_window(claim, passages) for claim, passages in pairs]
    texts = list(dict.fromkeys(_clip(text) for pair in zip(said, windows, strict=True) for text in pair if pair[1]))
    vectors = dict(zip(texts, reader.read(texts), strict=True))
    found = []
    for claim, window, (_, passages) in zip(said, windows, pairs, strict=True):
        words = features(claim, passages)[_PLACES] if window else np.zeros(len(_PLACES))
        meaning = _meaning(vectors[_clip(claim)], vectors[_clip(window)]) if words.any() else np.zeros(len(BY_MEANING))
        found.append(PairReading(claim, window, np.concatenate([words, meaning])))
    return found


def _meaning(claim: Tokened, window: Tokened) -> np.ndarray:
    if not len(claim.pieces) or not len(window.pieces):
        return np.zeros(len(BY_MEANING))
    best = np.sort((claim.pieces @ window.pieces.T).max(axis=1))
    worst = best[: max(1, len(best) // 4)]
    return np.round([float(claim.whole @ window.whole), float(best.mean()), float(worst.mean())], DIGITS)


def _clip(text: str) -> str:
    return " ".join(text.split()[:LONGEST_COMPARED])

"""A question's words against one library. Owns: how rare each is, other words for it, which are unknown. Does not own: searching."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from assistant.retrieval.question import STOPWORDS, Question
from assistant.retrieval.spelling import nearest_known, variants
from assistant.retrieval.synonyms import synonyms_of

VARIANT_WEIGHT = 0.8
SYNONYM_WEIGHT = 0.6


class Vocabulary(Protocol):
    """The words a library uses."""

    def document_frequency(self, term: str) -> int: ...

    def idf(self, term: str) -> float: ...

    def vocabulary(self, prefix: str) -> list[str]: ...


@dataclass(frozen=True)
class Terms:
    """A question's words against this library.

    `weights`: for BM25. `idf`: by term. `unknown`: words the library has nothing like. `mended`: a word the library does not use, to what stands
    for it there (one or more words): another spelling, a synonym, a word that means nearly the same, or what was probably meant.
    """

    weights: dict[str, float]
    idf: dict[str, float]
    unknown: tuple[str, ...]
    mended: dict[str, str]

    def written(self, term: str) -> list[str]:
        """The words a term stands for here."""
        return self.mended.get(term, term).split()


def read_terms(
    question: Question,
    words: Vocabulary,
    *,
    alike: Callable[[str], str | None] | None = None,
    is_word: Callable[[str], bool] | None = None,
) -> Terms:
    """Weigh the question's words by how rare they are here (BM25's idf).

    `alike`: a known word that means nearly the same, if any. `is_word`: whether something is a word at all; such a one is no typing slip.
    """
    weights: dict[str, float] = {}
    idf: dict[str, float] = {}
    unknown: list[str] = []
    mended: dict[str, str] = {}
    for term in question.terms:
        frequency = words.document_frequency(term)
        others = [w for w in synonyms_of(term) if w not in STOPWORDS]
        stands = term
        if not frequency:
            standing = _standing_for(term, others, words, alike, is_word)
            if standing:
                mended[term] = standing
                stands = standing
                weights |= dict.fromkeys(standing.split(), 1.0)
            else:
                unknown.append(term)
        weights[term] = 1.0
        idf[term] = words.idf(stands)
        weights |= {v: VARIANT_WEIGHT for v in variants(term) if v not in weights}
        weights |= {w: SYNONYM_WEIGHT for w in others if w not in weights}
    return Terms(weights=weights, idf=idf, unknown=tuple(unknown), mended=mended)


def _standing_for(
    term: str,
    others: list[str],
    words: Vocabulary,
    alike: Callable[[str], str | None] | None,
    is_word: Callable[[str], bool] | None,
) -> str | None:
    spelled = next((v for v in variants(term) if words.document_frequency(v)), None)
    if spelled:
        return spelled
    known = [word for word in others if words.document_frequency(word)]
    if known:
        return " ".join(known)
    if is_word is None or not is_word(term):
        slip = nearest_known(term, words.vocabulary(term[:1]))
        if slip:
            return slip
    close = alike(term) if alike else None
    return close if close and words.document_frequency(close) else None

"""Finding evidence. Owns: the query to each index, fusing their results, filters. Does not own: the indexes or what is said of the evidence.

Score of a passage = (likeness / the best likeness + WORDS x its BM25 / the best BM25) / (1 + WORDS), each index searched to `DEPTH`.
A statement of the packaged library whose likely questions are like the one asked (see `likely_questions.py`) gains up to ASKED.
Likeness is the cosine of question and passage; for statements of the packaged library, of the adapted question (see `query_adapter.py`).
A passage that only one index found gets its exact cosine from the stored vectors, so that the parts are always all known. WORDS was chosen
on OR-ShARC dev, Cranfield, CLAPNQ and ClimRetrieve together (nDCG@10 at 0.3 / 0.5 / 0.7: Cranfield .564 / .571 / .572, OR-ShARC .711 / .721 / .726).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np

from assistant.index.index import Index, QueryEmbedder
from assistant.library.library import Library
from assistant.nouns import Evidence, FoundBy, Passage, Source
from assistant.retrieval.likely_questions import LikelyQuestions, QuestionLikeness
from assistant.retrieval.query_adapter import adapt
from assistant.retrieval.question import Question
from assistant.retrieval.spaces import Hidden, hidden_from, nearest_seen
from assistant.retrieval.terms import Terms, read_terms
from assistant.text.folding import fold

DEPTH = 80
WORDS = 0.5
SECOND_HAND_PENALTY = 0.02
SHORT_FORM = 5  # letters; the embedding model knows most longer words itself, and few acronyms
ATTEMPTS = 6
NAMED_BONUS = 0.5  # for the passages of a source whose very title is the query: a reader who types a title wants that source
NAMED_PASSAGES = 5
ASKED = 0.3  # for a statement that answers the very same question; nothing at ASKED_LEAST
ASKED_LEAST = 0.5  # cosine of two questions
ASKED_DEPTH = 30
SPARE = 12  # passages looked at beyond k, since some may be gone from the catalogue or move when second-hand ones are marked down


@dataclass(frozen=True)
class Filters:
    """What evidence may come from. Empty means no limit."""

    source_ids: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    evidence_types: tuple[str, ...] = ()
    from_year: int | None = None
    to_year: int | None = None
    origin: str | None = None
    owner: str | None = None  # the space that asks: it finds what is its own beside what all find, and nobody else's

    @property
    def empty(self) -> bool:
        """Whether everything that the one who asks may see is allowed."""
        return replace(self, owner=None) == Filters()

    def allow(self, source: Source) -> bool:
        """Whether a source may be used. An unknown year or place does not fit a filter on it."""
        year_fits = (self.from_year is None and self.to_year is None) or (
            source.year is not None and (self.from_year or 0) <= source.year <= (self.to_year or 9999)
        )
        return (
            source.seen_by(self.owner)
            and year_fits
            and (not self.source_ids or source.id in self.source_ids)
            and (not self.themes or bool(set(self.themes) & set(source.themes)))
            and (not self.kinds or source.kind in self.kinds)
            and (not self.places or any(place.casefold() in (source.place or "").casefold() for place in self.places))
            and (not self.evidence_types or source.evidence_type in self.evidence_types)
            and (not self.origin or source.origin == self.origin)
        )


@dataclass(frozen=True)
class Retrieved:
    """Evidence for a question, best first, with what was searched. `likeness` and `words` (BM25 / the best) by passage id."""

    evidence: tuple[Evidence, ...]
    terms: Terms
    question_vector: np.ndarray
    passages: int
    sources: int
    likeness: Mapping[str, float] = field(default_factory=dict)
    words: Mapping[str, float] = field(default_factory=dict)
    asked: QuestionLikeness | None = None


@dataclass(frozen=True)
class _Found:
    """What the indexes returned: BM25 by id, cosine and likeness by id, for every candidate; `asked`: how like its questions are."""

    words: dict[str, float]
    cosine: dict[str, float]
    likeness: dict[str, float]
    by_meaning: frozenset[str]
    asked: dict[str, float] = field(default_factory=dict)


class Retriever:
    """Searches one library."""

    def __init__(
        self,
        *,
        library: Library,
        index: Index,
        embedder: QueryEmbedder,
        adapter: Callable[[np.ndarray], np.ndarray] = adapt,
        likely: LikelyQuestions | None = None,
        alike: Callable[[str], str | None] | None = None,
        is_word: Callable[[str], bool] | None = None,
    ) -> None:
        self._likely = likely or LikelyQuestions()
        self._library = library
        self._index = index
        self._embedder = embedder
        self._adapt = adapter
        self._alike = alike
        self._is_word = is_word

    def retrieve(self, question: Question, *, k: int, filters: Filters = Filters()) -> Retrieved:
        """The k best passages for a question, within the filters.

        When another process replaces sources between the search of the indexes and the reading of the catalogue, what was found is gone;
        then it is looked for again, at most ATTEMPTS times.
        """
        for _ in range(ATTEMPTS):
            generation = self._index.follow()
            found = self._retrieve_once(question, k=k, filters=filters)
            if len(found.evidence) >= min(k, found.passages) or self._library.generation() == generation:
                break
        return found

    def _retrieve_once(self, question: Question, *, k: int, filters: Filters) -> Retrieved:
        hidden = hidden_from(filters.owner, self._library)
        passages, sources = (total - unseen for total, unseen in zip(self._library.counts(), hidden.counts, strict=True))
        source_ids = None if filters.empty else [s.id for s in self._library.sources().values() if filters.allow(s)]
        terms = read_terms(question, hidden.words(self._index.words), alike=self._alike, is_word=self._is_word)
        vector = self._embedder.embed([_mended(question.text, terms)])[0]
        named = self._named(question.text, source_ids, hidden)
        asked = self._likely.likeness(vector)
        found = self._search(terms, vector, source_ids, named, hidden, asked)
        if source_ids is not None:
            passages, sources = len(self._library.passage_ids(source_ids)), len(source_ids)
        best = max(found.words.values(), default=0.0) or 1.0
        return Retrieved(
            evidence=self._fused(found, k=k, named=frozenset(named)),
            terms=terms,
            question_vector=vector,
            passages=passages,
            sources=sources,
            likeness=found.likeness,
            words={i: score / best for i, score in found.words.items()},
            asked=asked,
        )

    def rarity(self, word: str) -> float:
        """How rare a word is in the packaged passages, or in all where there are none: ln((N + 1) / (n + 1))."""
        frequency, passages = self._index.words.reference(word)
        return math.log((passages + 1) / (frequency + 1))

    def _named(self, text: str, source_ids: Sequence[str] | None, hidden: Hidden) -> list[str]:
        """Sources whose title is the query, typography and end marks aside."""
        wanted = _plain(text)
        return [
            s.id
            for s in self._library.sources().values()
            if _plain(s.title) == wanted and (source_ids is None or s.id in source_ids) and s.id not in hidden.sources
        ]

    def _search(
        self,
        terms: Terms,
        vector: np.ndarray,
        source_ids: Sequence[str] | None,
        named: Sequence[str],
        hidden: Hidden,
        asked: QuestionLikeness,
    ) -> _Found:
        adapted = self._adapt(vector)
        packaged, user = self._origins()
        by_meaning: dict[str, float] = {}
        if user or not packaged:
            by_meaning |= dict(self._by_meaning(vector, source_ids, hidden))
        if packaged:
            by_meaning |= dict(self._by_meaning(adapted, source_ids, hidden))
        words = dict(self._index.words.search(terms.weights, k=DEPTH, source_ids=source_ids, but=hidden.sources))
        if named:
            words |= dict(self._index.words.search(terms.weights, k=NAMED_PASSAGES, source_ids=named))
        by_question = self._by_question(asked, source_ids) if packaged else {}
        ids, matrix = self._library.vectors_by_passage(dict.fromkeys([*by_meaning, *words, *by_question]))
        if not ids:
            return _Found({}, {}, {}, frozenset())
        ours = self._library.packaged_among(ids) if user else set(ids) if packaged else set()
        raw, moved = matrix @ vector, matrix @ adapted
        cosine = {i: float(value) for i, value in zip(ids, raw, strict=True)}
        likeness = {i: float(m if i in ours else r) for i, r, m in zip(ids, raw, moved, strict=True)}
        return _Found({i: s for i, s in words.items() if i in cosine}, cosine, likeness, frozenset(by_meaning), by_question)

    def _by_question(self, asked: QuestionLikeness, source_ids: Sequence[str] | None) -> dict[str, float]:
        """Passages whose likely questions are like the one asked, and how like."""
        allowed = None if source_ids is None else set(source_ids)
        places = self._library.statement_passages()
        return {
            places[reference]: cosine
            for reference, cosine in asked.nearest(ASKED_DEPTH, least=ASKED_LEAST)
            if reference in places and (allowed is None or reference.partition("#")[0] in allowed)
        }

    def _by_meaning(self, vector: np.ndarray, source_ids: Sequence[str] | None, hidden: Hidden) -> Sequence[tuple[str, float]]:
        if source_ids is not None or not hidden.passages:
            return self._index.search_meaning(vector, k=DEPTH, source_ids=source_ids)
        return nearest_seen(lambda k: self._index.search_meaning(vector, k=k), hidden.passages, k=DEPTH)

    def _origins(self) -> tuple[bool, bool]:
        origins = {source.origin for source in self._library.sources().values()}
        return "packaged" in origins, "user" in origins

    def _fused(self, found: _Found, *, k: int, named: frozenset[str]) -> tuple[Evidence, ...]:
        top = max(found.likeness.values(), default=0.0) or 1.0
        best = max(found.words.values(), default=0.0) or 1.0
        scores = {
            i: (like / top + WORDS * found.words.get(i, 0.0) / best) / (1 + WORDS)
            + ASKED * (found.asked.get(i, ASKED_LEAST) - ASKED_LEAST) / (1 - ASKED_LEAST)
            for i, like in found.likeness.items()
        }
        order = sorted(scores, key=lambda i: (-scores[i], i))
        order = order if named else order[: k + SPARE]
        passages, sources = self._library.passages_by_id(order), self._library.sources()
        kept = [p for i in order if (p := passages.get(i)) is not None and p.source_id in sources]
        marked = {
            p.id: scores[p.id] - SECOND_HAND_PENALTY * (p.basis == "second_hand") + NAMED_BONUS * (p.source_id in named)
            for p in kept
        }
        kept.sort(key=lambda p: (-marked[p.id], p.id))
        return tuple(
            _evidence(passage, sources[passage.source_id], found, rank=rank, score=marked[passage.id])
            for rank, passage in enumerate(kept[:k], start=1)
        )


def _evidence(passage: Passage, source: Source, found: _Found, *, rank: int, score: float) -> Evidence:
    found_by: list[FoundBy] = []
    if passage.id in found.words:
        found_by.append("words")
    if passage.id in found.by_meaning or passage.id in found.asked:
        found_by.append("meaning")
    similarity = round(found.cosine[passage.id], 6)
    return Evidence(rank=rank, score=round(score, 6), found_by=found_by, similarity=similarity, passage=passage, source=source)


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return fold(text).strip(" ?.!\"'")


def _mended(text: str, terms: Terms) -> str:
    """The question with the library's words beside those it does not use, for the embedding model."""
    added = [right for wrong, right in terms.mended.items() if len(wrong) <= SHORT_FORM or len(right.split()) > 1]
    return f"{text} ({', '.join(added)})" if added else text

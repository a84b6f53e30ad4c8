"""The desk at which a brief is researched: one open library with all that finds, ranks and proves statements in it.

Owns: putting a question to the library and gathering what is about one subject. Does not own: choosing what is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from assistant.assistant import Assistant
from assistant.briefs.subject import holds_phrase, phrases, subject_words
from assistant.compose.candidates import Candidate, candidates
from assistant.compose.features import features
from assistant.compose.relevance import Relevance, Search, rank
from assistant.compose.writing import Scribe
from assistant.errors import NotFoundError
from assistant.grounding.meaning import strict_grounder
from assistant.llm import open_chat_model
from assistant.nouns import Evidence, Passage, Searched, Source
from assistant.retrieval.query_adapter import adapt
from assistant.retrieval.question import Question, read_question
from assistant.retrieval.retrieve import Filters, Retrieved
from assistant.text.words import content_words

ON_SUBJECT, QUESTION = 120, 40  # passages looked at
SOURCE_FITS, STATEMENT_FITS, NEAR_FITS = (
    0.55,
    0.36,
    0.45,
)  # a source is on the subject; a statement of it; a statement of a broad source
SHARE = 0.65  # of the best source's fit, below which a source is beside the subject
LIKENESS = 0.6  # cosine that counts in full
WHOLE = 0.9  # share of the subject's words from which a statement is on the whole of it
PHRASE = 0.15  # for a source whose name holds a run of the subject's words
READ_WHOLE = 10  # sources on the subject of which every statement is read
NARROW = frozenset({"case", "definition", "worked_mission", "framework"})


@dataclass(frozen=True)
class Subject:
    """What the library holds on one subject, best fit first. `fits`: 0..1 by (passage id, start)."""

    about: str
    candidates: tuple[Candidate, ...]
    fits: Mapping[tuple[str, int], float]
    sources: tuple[Source, ...]
    whole: bool
    unknown: tuple[str, ...]
    nearest: tuple[str, ...]


@dataclass
class Desk:
    """Researches one brief; remembers what it has read. `space`: whose own documents are found beside what all find.

    Not shared between threads.
    """

    assistant: Assistant
    scribe: Scribe | None = None
    on_step: Callable[[str], None] = lambda words: None  # noqa: ARG005 - nobody listens
    space: str | None = None
    _studies: dict[str, tuple[Question, Retrieved]] = field(default_factory=dict)
    _subjects: dict[str, Subject] = field(default_factory=dict)
    _passages: dict[str, list[Passage]] = field(default_factory=dict)
    _vectors: dict[str, np.ndarray] = field(default_factory=dict)

    def study(self, text: str, *, k: int = QUESTION) -> tuple[Question, Retrieved]:
        """A question as read, and what the library's search finds for it."""
        key = f"{k} {text}"
        if key not in self._studies:
            question = read_question(text)
            self._studies[key] = (question, self.assistant.retriever.retrieve(question, k=k, filters=Filters(owner=self.space)))
        return self._studies[key]

    def source(self, source_id: str) -> Source:
        """A source that may be read here. Raises NotFoundError, in the same words for what is not there and for what is another's."""
        source = self.assistant.library.sources().get(source_id)
        if source is None or not source.seen_by(self.space):
            raise NotFoundError(f"There is no source '{source_id}' in the library. `adviser sources` lists them.")
        return source

    def searched(self, about: str) -> Searched:
        """How much is searched for whoever asks."""
        retrieved = self.study(subject_words(about), k=ON_SUBJECT)[1]
        return Searched(passages=retrieved.passages, sources=retrieved.sources)

    def passages_of(self, source_id: str) -> list[Passage]:
        """A source's passages in order; none where the library has no such source."""
        if source_id not in self._passages:
            source = self.assistant.library.sources().get(source_id)
            seen = source is not None and source.seen_by(self.space)
            self._passages[source_id] = self.assistant.library.passages_of(source_id) if seen else []
        return self._passages[source_id]

    def subject(self, about: str, questions: Sequence[str]) -> Subject:
        """All statements about one subject among what the subject and the questions find, and in the sources on it."""
        if about not in self._subjects:
            self._subjects[about] = self._gather(about, questions)
        return self._subjects[about]

    def ranked(self, text: str, wanted: Sequence[Candidate]) -> list[Relevance]:
        """Candidates by their chance of answering a question, best first."""
        question, retrieved = self.study(text) if f"{QUESTION} {text}" in self._studies else self.study(text, k=1)
        held = self._held([c.evidence for c in wanted], retrieved.question_vector)
        placed = [_moved(c, _at(c.evidence, held)) for c in wanted]
        whole = replace(retrieved, evidence=tuple(c.evidence for c in placed), likeness=held.likeness)
        return rank(Search(question, whole, placed), words=self.assistant.words)

    def _gather(self, about: str, questions: Sequence[str]) -> Subject:
        subject = subject_words(about)
        question, retrieved = self.study(subject, k=ON_SUBJECT)
        found = {e.passage.id: e for e in retrieved.evidence}
        for each in questions:
            found |= {e.passage.id: e for e in self.study(each)[1].evidence if e.passage.id not in found}
        runs = phrases(subject)
        measured = self._measured(question, retrieved, list(found.values()), runs)
        on_it = [source for source in _on_subject(measured) if source.kind != "original"][:READ_WHOLE]
        more = [_evidence(p, s) for s in on_it for p in self.passages_of(s.id) if p.id not in found]
        measured += self._measured(question, retrieved, more, runs)
        on_it = _on_subject(measured)
        names = {source.id for source in on_it}
        nearest = dict.fromkeys(m.candidate.evidence.source.title for m in sorted(measured, key=lambda m: (-m.fit, m.key)))
        return Subject(
            about=subject,
            candidates=tuple(m.candidate for m in measured if m.candidate.evidence.source.id in names and m.fits),
            fits={m.key: m.fit for m in measured},
            sources=tuple(on_it),
            whole=any(m.whole for m in measured),
            unknown=retrieved.terms.unknown,
            nearest=tuple(nearest)[:3],
        )

    def _measured(
        self, question: Question, retrieved: Retrieved, evidence: Sequence[Evidence], runs: Sequence[tuple[str, ...]]
    ) -> list[_Measured]:
        """How well each statement of the evidence fits the subject."""
        held = self._held(evidence, retrieved.question_vector)
        made = candidates([_at(e, held) for e in evidence])
        if not made:
            return []
        read = features(question, replace(retrieved, likeness=held.likeness), made, words=self.assistant.words)
        measured = []
        for each, soft, like in zip(read.candidates, read.of("soft"), read.of("likeness"), strict=True):
            named = _phrase(each, runs) > 0
            fit = 0.5 * float(soft) + 0.5 * min(1.0, max(0.0, float(like)) / LIKENESS) + PHRASE * named
            measured.append(_Measured(each, min(1.0, fit), whole=named or float(soft) >= WHOLE))
        return measured

    def _held(self, evidence: Sequence[Evidence], vector: np.ndarray) -> _Held:
        """How like a question each passage is. Vectors are read once for a brief; the adapted question is for packaged statements."""
        packaged = {e.passage.id: e.source.origin == "packaged" for e in evidence}
        unread = [i for i in packaged if i not in self._vectors]
        if unread:
            found, matrix = self.assistant.library.vectors_by_passage(unread)
            self._vectors |= dict(zip(found, matrix, strict=True))
        ids = [i for i in packaged if i in self._vectors]
        if not ids:
            return _Held({}, {})
        read = np.vstack([self._vectors[i] for i in ids])
        raw, moved = read @ vector, read @ adapt(vector)
        cosine = {i: round(float(value), 6) for i, value in zip(ids, raw, strict=True)}
        return _Held(cosine, {i: float(m) if packaged[i] else cosine[i] for i, m in zip(ids, moved, strict=True)})


@dataclass(frozen=True)
class _Measured:
    """A statement with how well it fits a subject, 0..1. `whole`: it holds the subject's words all but wholly."""

    candidate: Candidate
    fit: float
    whole: bool

    @property
    def key(self) -> tuple[str, int]:
        return (self.candidate.evidence.passage.id, self.candidate.start)

    @property
    def fits(self) -> bool:
        return self.fit >= (STATEMENT_FITS if self.candidate.evidence.source.kind in NARROW else NEAR_FITS)


@dataclass(frozen=True)
class _Held:
    cosine: Mapping[str, float]
    likeness: Mapping[str, float]


def open_desk(assistant: Assistant, on_step: Callable[[str], None] | None = None, *, space: str | None = None) -> Desk:
    """A desk over one open assistant, with its chat model where one is set up."""
    model = open_chat_model(assistant.settings)
    scribe = (
        Scribe(model=model, settings=assistant.settings, strict=partial(strict_grounder, embedder=assistant.embedder))
        if model
        else None
    )
    desk = Desk(assistant, scribe, space=space)
    return desk if on_step is None else replace(desk, on_step=on_step)


def _at(evidence: Evidence, held: _Held) -> Evidence:
    similarity = held.cosine.get(evidence.passage.id, 0.0)
    return evidence.model_copy(update={"similarity": similarity, "score": held.likeness.get(evidence.passage.id, 0.0)})


def _moved(candidate: Candidate, evidence: Evidence) -> Candidate:
    """The same statement beside another question. What was read of its words is kept: reading them again is what costs."""
    moved = Candidate(evidence, candidate.start, candidate.end)
    moved.__dict__.update({name: value for name, value in candidate.__dict__.items() if name not in _FIELDS})
    return moved


_FIELDS = frozenset({"evidence", "start", "end"})


def _evidence(passage: Passage, source: Source) -> Evidence:
    return Evidence(rank=1000 + passage.ordinal, score=0.0, found_by=["link"], similarity=0.0, passage=passage, source=source)


def _on_subject(measured: Iterable[_Measured]) -> list[Source]:
    """The sources that are on the subject, best first: by their best statement, and not far below the best of all."""
    best: dict[str, float] = {}
    sources: dict[str, Source] = {}
    for each in measured:
        source = each.candidate.evidence.source
        sources[source.id] = source
        best[source.id] = max(best.get(source.id, 0.0), each.fit)
    least = max([SOURCE_FITS, *(SHARE * value for value in best.values())])
    return [sources[i] for i in sorted(best, key=lambda i: (-best[i], i)) if best[i] >= least]


def _phrase(candidate: Candidate, runs: Iterable[tuple[str, ...]]) -> int:
    source = candidate.evidence.source
    wanted = list(runs)
    named = max((holds_phrase(content_words(name), wanted) for name in (source.title, *source.aliases)), default=0)
    return max(named, holds_phrase(content_words(candidate.text), wanted))

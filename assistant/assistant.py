"""The assistant as those who embed it see it. Owns: `open_assistant`, the one wiring of the real parts, and its few verbs.

Does not own: any step. The library is filled by `ingest`, which is found by its entry point and not imported: imports point one way.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

import corpus
from assistant.ask import Asker
from assistant.compose.rewrite import Earlier
from assistant.compose.writing import Scribe
from assistant.errors import LibraryError, ModelFileError
from assistant.followup import Completed
from assistant.grounding.meaning import strict_grounder
from assistant.index.cross_encoder import CrossEncoder
from assistant.index.embedder import Embedder
from assistant.index.index import Index
from assistant.library.database import open_database
from assistant.library.library import Library
from assistant.library.writer import LibraryWriter
from assistant.llm import open_chat_model
from assistant.nouns import Answer, Depth, Reading, Receipt, SearchResult, Sentence
from assistant.receipts import make_receipt
from assistant.retrieval.likely_questions import SHIPPED_NAME as LIKELY_QUESTIONS
from assistant.retrieval.likely_questions import LikelyQuestions
from assistant.retrieval.question import read_question
from assistant.retrieval.retrieve import Filters, Retriever
from assistant.retrieval.word_vectors import SHIPPED_NAME, WordVectors
from assistant.route import read_request
from assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever

BUILDER_GROUP = "mission_adviser.library_builder"
Turn = tuple[str, Answer]


class Assistant:
    """Answers, searches and keeps receipts over one library. Safe to use from several threads."""

    def __init__(
        self,
        *,
        settings: Settings,
        library: Library,
        writer: LibraryWriter,
        index: Index,
        embedder: Embedder,
        words: WordVectors,
        reader: CrossEncoder,
    ) -> None:
        self.settings = settings
        self.library = library
        self.index = index
        self.embedder = embedder
        self.reader = reader
        self._writer = writer
        self.words = words
        self.retriever = Retriever(
            library=library,
            index=index,
            embedder=embedder,
            likely=LikelyQuestions(Path(str(corpus.__file__)).parent / LIKELY_QUESTIONS),
            alike=self.words.nearest,
            is_word=embedder.knows,
        )
        model = open_chat_model(settings)
        scribe = Scribe(model=model, settings=settings, strict=partial(strict_grounder, embedder=embedder)) if model else None
        self._asker = Asker(
            library=library, retriever=self.retriever, embedder=embedder, words=self.words, reader=reader, scribe=scribe
        )

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        depth: Depth = "short",
        source_ids: Sequence[str] = (),
        themes: Sequence[str] = (),
        filters: Filters | None = None,
    ) -> Answer:
        """Answer a question and store its receipt. Raises QuestionError for what is no question, LibraryError where the library fails."""
        steps = self.stream(question, history=history, depth=depth, source_ids=source_ids, themes=themes, filters=filters)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                answer: Answer = end.value
                return answer

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        depth: Depth = "short",
        source_ids: Sequence[str] = (),
        themes: Sequence[str] = (),
        filters: Filters | None = None,
    ) -> Generator[Sentence, None, Answer]:
        """Checked sentences, each as soon as it is checked; the generator returns the whole Answer, whose receipt is then stored."""
        steps = self.stream_steps(question, history=history, depth=depth, source_ids=source_ids, themes=themes, filters=filters)
        while True:
            try:
                step = next(steps)
            except StopIteration as end:
                answer: Answer = end.value
                return answer
            if isinstance(step, Sentence):
                yield step

    def stream_steps(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        depth: Depth = "short",
        source_ids: Sequence[str] = (),
        themes: Sequence[str] = (),
        filters: Filters | None = None,
    ) -> Generator[Reading | Sentence, None, Answer]:
        """The same, with what is being read told before the first sentence, for someone who waits."""
        text = read_request(question, limit=self.settings.question_limit)
        earlier = [Earlier(turn.standalone_question, tuple(s.text for s in turn.sentences)) for _, turn in history]
        asked = yield from self._asker.ask(text, filters=_filters(filters, source_ids, themes), depth=depth, earlier=earlier)
        facts = self.library.read_meta()
        receipt = make_receipt(
            asked.answer,
            route=asked.route.name,
            evidence=asked.evidence,
            verdicts=asked.verdicts,
            fingerprint={key.partition(".")[2]: value for key, value in facts.items() if key.startswith("fingerprint.")},
            generation=self.library.generation(),
            embedder=self.embedder.fingerprint,
            reader=self.reader.fingerprint,
            chat=asked.chat,
            completion=asked.completion,
        )
        self._writer.save_receipt(receipt)
        return asked.answer

    def search(
        self,
        query: str,
        k: int = 10,
        *,
        source_ids: Sequence[str] = (),
        themes: Sequence[str] = (),
        filters: Filters | None = None,
    ) -> list[SearchResult]:
        """The k best passages for a query. Raises QuestionError for an empty one."""
        text = read_request(query, limit=self.settings.question_limit)
        found = self.retriever.retrieve(read_question(text), k=k, filters=_filters(filters, source_ids, themes))
        return [
            SearchResult(
                rank=e.rank,
                score=e.score,
                source_id=e.source.id,
                passage_id=e.passage.id,
                title=e.source.title,
                text=e.passage.text,
                locator=e.passage.locator,
            )
            for e in found.evidence
        ]

    def standalone(self, question: str, earlier: Sequence[str]) -> Completed:
        """A question as it stands alone: completed by rule from the ones before it (as they stand alone), oldest first."""
        return self._asker.completer.by_rule(question, earlier)

    def receipt(self, receipt_id: str) -> Receipt:
        """What produced an answer. Raises NotFoundError."""
        return self.library.receipt(receipt_id)

    def as_retriever(self, k: int = 10) -> BaseRetriever:
        """The same search as a LangChain retriever."""
        from assistant.langchain_retriever import MissionRetriever

        return MissionRetriever(assistant=self, k=k)


def _filters(filters: Filters | None, source_ids: Sequence[str], themes: Sequence[str]) -> Filters:
    """All limits together."""
    if filters is None:
        return Filters(source_ids=tuple(source_ids), themes=tuple(themes))
    return replace(
        filters,
        source_ids=tuple(dict.fromkeys([*filters.source_ids, *source_ids])),
        themes=tuple(dict.fromkeys([*filters.themes, *themes])),
    )


def open_assistant(settings: Settings | None = None) -> Assistant:
    """Open the real library of these settings (of the environment when none are given), building it first if it is new.

    Raises SettingError, LibraryError (with the command that mends it) or ModelFileError.
    """
    settings = settings or load_settings()
    embedder = Embedder(threads=settings.threads or None)
    words = WordVectors(embedder, shipped=Path(str(corpus.__file__)).parent / SHIPPED_NAME)
    reader = CrossEncoder(threads=settings.threads or None)
    ahead = threading.Thread(target=_open_ahead, args=(embedder, words, reader), daemon=True)
    ahead.start()  # the models open while the indexes do
    build_library(settings)
    engine = open_database(settings.home)
    library = Library(engine)
    index = Index(library, settings.home)
    ahead.join()
    return Assistant(
        settings=settings,
        library=library,
        writer=LibraryWriter(engine),
        index=index,
        embedder=embedder,
        words=words,
        reader=reader,
    )


def _open_ahead(embedder: Embedder, words: WordVectors, reader: CrossEncoder) -> None:
    with suppress(ModelFileError):  # said again, to the person, when the model is first used
        embedder.open()
        words.open()
        reader.open()


def build_library(settings: Settings) -> None:
    """Have the installed builder make sure that the library exists and matches. Raises LibraryError."""
    found = list(entry_points(group=BUILDER_GROUP))
    if not found:
        raise LibraryError(
            "mission-adviser is not installed as a package, so its library cannot be built. Run `python3 -m pip install .` first."
        )
    found[0].load()(settings)

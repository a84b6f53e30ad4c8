"""Search and ask at size. Run by hand: python -m evals.bench.scale --sizes 5000 50000 200000 --askers 1 16

Owns: growing a library to a size and timing it beside the raw floor and what people would use instead. Does not own: quality.

The library is the packaged one plus made-up documents: each passage is two of the library's own statements joined, with some words
exchanged, and its vector is theirs mixed with noise (embedding a million texts would take hours and time nothing that is searched).
Questions are the dev set's. Printed per size: milliseconds at the 50th and 99th percentile, memory, cold start; the floor is one
question embedding, one Chroma query and one tantivy query; the tutorial is LangChain's (the same vectors in Chroma, top 4, cosine).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from queue import Queue
from typing import Any

import numpy as np

from assistant.assistant import Assistant, open_assistant
from assistant.library.library import IndexRow
from assistant.library.staged import StagedSource
from assistant.nouns import Locator, Passage, Source
from assistant.settings import Settings
from assistant.text.words import content_words
from evals.cases import QuestionCase, read_cases

PER_DOCUMENT = 50
BATCH = 100  # documents
NOISE = 0.35
SEED = 11
TOP = 4  # the tutorial's


@dataclass(frozen=True)
class Times:
    """Milliseconds of calls."""

    values: np.ndarray

    def at(self, share: float) -> float:
        """A percentile."""
        return float(np.percentile(self.values, share))

    def __str__(self) -> str:
        return f"p50 {self.at(50):7.1f}  p99 {self.at(99):7.1f} ms"


def main() -> None:
    """Grow one library through the sizes; measure each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[5000, 50_000])
    parser.add_argument("--askers", type=int, nargs="+", default=[1, 16])
    parser.add_argument("--calls", type=int, default=300)
    parser.add_argument("--home", type=Path, help="keep the library here, to go on from another time")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = arguments.home or Path(folder)
        if arguments.measure:
            measure(home, arguments.askers, arguments.calls)
            return
        for size in sorted(arguments.sizes):
            started = time.perf_counter()
            made = grow(home, size)
            print(f"\n== {size:,} passages (made {made:,} more in {time.perf_counter() - started:.0f} s)", flush=True)
            again = [sys.executable, "-m", "evals.bench.scale", "--measure", "--home", str(home), "--calls", str(arguments.calls)]
            subprocess.run([*again, "--askers", *map(str, arguments.askers)], check=True)


def grow(home: Path, size: int) -> int:
    """Add made-up documents until the library holds `size` passages; returns how many were added."""
    assistant = open_assistant(Settings(home=home))
    held, sources = assistant.library.counts()
    real = [row for row in assistant.library.index_rows() if row.source.origin == "packaged"]
    random = np.random.RandomState(SEED + sources)
    added = 0
    while held + added < size:
        batch = [
            _document(f"made-{sources + n}", real, random, count=min(PER_DOCUMENT, size - held - added - n * PER_DOCUMENT))
            for n in range(BATCH)
            if size - held - added - n * PER_DOCUMENT > 0
        ]
        assistant._writer.stage(batch, embedder_fingerprint="made-up")
        rows = [IndexRow(p, s.source, v) for s in batch for p, v in zip(s.passages, s.vectors, strict=True)]
        assistant.index.add(rows)
        assistant.index.written(assistant._writer.publish([s.key for s in batch]))
        added += len(rows)
        sources += len(batch)
    return added


def _document(name: str, real: Sequence[IndexRow], random: np.random.RandomState, *, count: int) -> StagedSource:
    source = Source(id=name, title=f"Made-up report {name}", kind="original", origin="user", year=2000 + random.randint(25))
    pairs = random.randint(len(real), size=(count, 2))
    vectors = np.array([real[a].vector + 0.6 * real[b].vector for a, b in pairs], dtype=np.float32)
    vectors += NOISE * random.randn(*vectors.shape).astype(np.float32) / np.sqrt(vectors.shape[1])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    passages, at, parts = [], 0, []
    for ordinal, (a, b) in enumerate(pairs):
        halves = [_exchanged(real[i].passage.text, random) for i in (a, b)]
        text = " ".join(halves)
        cut = len(halves[0])
        passages.append(
            Passage(
                id=f"{name}-{ordinal}"[-24:],
                source_id=name,
                ordinal=ordinal,
                text=text,
                start=at,
                end=at + len(text),
                locator=Locator(page=1 + ordinal // 3),
                sentences=[(0, cut), (cut + 1, len(text))],
            )
        )
        parts.append(text)
        at += len(text) + 2
    return StagedSource(
        source=source, hash=name, text="\n\n".join(parts), passages=tuple(passages), vectors=vectors.astype(np.float16)
    )


def _exchanged(text: str, random: np.random.RandomState) -> str:
    words = text.rstrip(".").split()
    for at in random.randint(len(words), size=max(1, len(words) // 4)):
        words[at] = (
            f"{words[at][:3].strip('.,;:()')}{random.randint(4000)}" if random.rand() < 0.1 else words[random.randint(len(words))]
        )
    return " ".join(words).strip() + "."


def measure(home: Path, askers: Sequence[int], calls: int) -> None:
    """Print every figure of a library."""
    started = time.perf_counter()
    assistant = open_assistant(Settings(home=home))
    questions = [case.question for case in read_cases("dev", "questions", QuestionCase)]
    assistant.ask(questions[0])
    cold = time.perf_counter() - started
    queries = [questions[n % len(questions)] for n in range(calls)]
    named: dict[str, Callable[[str], object]] = {
        "floor: embed + Chroma + tantivy": floor(assistant),
        "BM25 alone (tantivy, top 10)": lambda q: assistant.index.words.search(dict.fromkeys(content_words(q), 1.0), k=10),
        "search (k = 10)": lambda q: assistant.search(q, k=10),
        "ask": assistant.ask,
    }
    other = tutorial(assistant, home / "tutorial")
    if other:
        named["tutorial pipeline (LangChain, Chroma, top 4)"] = other
    for count in askers:
        print(f"   {count} at once")
        for name, call in named.items():
            print(f"     {name:46}{time_calls(call, queries, askers=count)}", flush=True)
    print(
        f"   cold start to the first answer {cold:.2f} s; memory {_memory():,.0f} MiB; {json.dumps(assistant.library.counts())}"
    )


def floor(assistant: Assistant) -> Callable[[str], object]:
    """The least that any hybrid search must do."""

    def call(query: str) -> object:
        vector = assistant.embedder.embed([query])[0]
        words = dict.fromkeys(content_words(query), 1.0)
        return assistant.index.search_meaning(vector, k=10), assistant.index.words.search(words, k=10)

    return call


def tutorial(assistant: Assistant, folder: Path) -> Callable[[str], object] | None:
    """The tutorial's vector store over the same passages and the same embedding model; None without `langchain-chroma`."""
    if find_spec("langchain_chroma") is None:
        return None
    chroma = import_module("langchain_chroma")  # nothing of ours depends on it: who wants the comparison installs it

    class Ours:
        """The product's embedding model as LangChain calls one."""

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return assistant.embedder.embed(texts).tolist()  # type: ignore[no-any-return]

        def embed_query(self, text: str) -> list[float]:
            return self.embed_documents([text])[0]

    store = chroma.Chroma(collection_name="tutorial", embedding_function=Ours(), persist_directory=str(folder))
    held, batch = store._collection.count(), []
    for at, row in enumerate(assistant.library.index_rows()):
        if at >= held:
            batch.append(row)
        if len(batch) == 5000:
            _store(store, batch)
            batch = []
    _store(store, batch)
    return lambda query: store.similarity_search(query, k=TOP)


def _store(store: Any, rows: Sequence[IndexRow]) -> None:
    if rows:
        vectors = [row.vector.astype(np.float32) for row in rows]
        store._collection.upsert(
            ids=[row.passage.id for row in rows], embeddings=vectors, documents=[row.passage.text for row in rows]
        )


def time_calls(call: Callable[[str], object], queries: Sequence[str], *, askers: int) -> Times:
    """Milliseconds of each call, made by so many threads at once."""
    waiting: Queue[str] = Queue()
    for query in queries:
        waiting.put(query)
    spent: list[float] = []

    def work() -> None:
        while not waiting.empty():
            query = waiting.get()
            started = time.perf_counter()
            call(query)
            spent.append(1000 * (time.perf_counter() - started))

    for query in list(queries)[:20]:
        call(query)
    threads = [threading.Thread(target=work) for _ in range(askers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Times(np.array(spent))


def _memory() -> float:
    """Resident memory of this process, MiB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in _lines(status) if line.startswith("VmRSS")).split()[1]) / 1024


def _lines(text: str) -> Iterator[str]:
    yield from text.splitlines()


if __name__ == "__main__":
    main()

"""Holding a corpus to its rules. Owns: the rules and what breaks them. Does not own: the shapes of the files (see `corpus_entries.py`).

Reading age: the Flesch–Kincaid grade (Kincaid et al., 1975: 0.39 words/sentence + 11.8 syllables/word − 15.59) plus five years.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit

from assistant.errors import CorpusError
from ingest.corpus_entries import CaseEntry, CorpusEntry, NoteEntry, Statement, Theme
from ingest.corpus_questions import question_pairs, question_problems, read_questions
from ingest.corpus_reader import Corpus, read_corpus
from ingest.corpus_sources import corpus_source

MOST_WORDS = 45
FEWEST_WORDS = 5
SEED_THEMES = ("defining", "convening", "implementing", "supporting-practice")
SEED_SOURCES = 15
FIRST_YEAR, LAST_YEAR = 1800, 2030
_LEANS = re.compile(r"^(?:It|Its|This|These|Those|They|Their|He|She|There|Here|Such|That|And|But|Also|However)\b")
_BAD_NUMBER = re.compile(r"\d,\d{1,2}(?!\d)(?!,)|\d\.\d{3},|\b\d{1,3}(?:,\d{3})+\d|\bper cents\b|[£€$]\s\d|\d\s%")


@dataclass(frozen=True)
class CorpusReport:
    """What breaks a rule (one line each), and figures a librarian wants to see."""

    problems: list[str]
    figures: dict[str, object]


def check_corpus(folder: Path) -> CorpusReport:
    """Check a corpus folder. Problems of shape end the check, since nothing else can be judged."""
    try:
        corpus = read_corpus(folder)
        questions = read_questions(folder)
    except CorpusError as error:
        return CorpusReport([str(error)], {})
    problems = [line for entry in corpus.entries for line in _entry_problems(entry, corpus)]
    problems += question_problems(questions, {entry.id: {s.id for s in entry.statements} for entry in corpus.entries})
    return CorpusReport(
        [*problems, *_whole_problems(corpus)], _figures(corpus) | {"likely questions": len(question_pairs(questions))}
    )


def _entry_problems(entry: CorpusEntry, corpus: Corpus) -> Iterator[str]:
    seen: set[str] = set()
    own = {statement.id for statement in entry.statements}
    known = {other.id: {s.id for s in other.statements} for other in corpus.entries}
    for statement in entry.statements:
        where = f"{entry.id}#{statement.id}"
        if statement.id in seen:
            yield f"{where}: the id stands twice"
        seen.add(statement.id)
        yield from (f"{where}: {line}" for line in _text_problems(statement.text))
        yield from (f"{where}: {line}" for line in _source_problems(entry, statement, own, known))
    yield from _work_problems(entry)
    yield from _entry_field_problems(entry)


def _work_problems(entry: CorpusEntry) -> Iterator[str]:
    for key, work in entry.works.items():
        if not _is_address(work.url):
            yield f"{entry.id}, work {key}: '{work.url}' is no web address"
        if key not in {statement.work for statement in entry.statements}:
            yield f"{entry.id}, work {key}: no statement rests on it"
        if work.year is not None and not FIRST_YEAR <= work.year <= LAST_YEAR:
            yield f"{entry.id}, work {key}: the year {work.year} is out of range"


def _entry_field_problems(entry: CorpusEntry) -> Iterator[str]:
    if entry.url is not None and not _is_address(entry.url):
        yield f"{entry.id}: '{entry.url}' is no web address"
    if entry.year is not None and not FIRST_YEAR <= entry.year <= LAST_YEAR:
        yield f"{entry.id}: the year {entry.year} is out of range"
    if not entry.licence.strip():
        yield f"{entry.id}: state the licence, or 'unknown'"
    if isinstance(entry, CaseEntry) and entry.start and entry.end and entry.start > entry.end:
        yield f"{entry.id}: it ends ({entry.end}) before it starts ({entry.start})"
    parts = {statement.part for statement in entry.statements}
    needed = (
        {"about", "use", "limits"}
        if isinstance(entry, NoteEntry)
        else {"mission", "did", "result"}
        if isinstance(entry, CaseEntry)
        else set()
    )
    for part in sorted(needed - parts):
        yield f"{entry.id}: it has no '{part}' statement"


def _text_problems(text: str) -> Iterator[str]:
    count = len(text.split())
    if count > MOST_WORDS:
        yield f"{count} words; the limit is {MOST_WORDS}"
    if count < FEWEST_WORDS:
        yield f"only {count} words: it cannot stand alone"
    if _LEANS.match(text):
        yield f"it leans on another statement ('{text.split()[0]} …'): name the subject"
    if text != " ".join(text.split()):
        yield "it has stray white space"
    if not re.search(r"[.?!][”\"’')]?$", text):
        yield "it has no full stop"
    if bad := _BAD_NUMBER.search(text):
        yield f"the figure near '{bad.group()}' is not well formed"
    if re.search(r"\b\d{1,2}/\d{1,2}/\d{2,4}\b", text):
        yield "write dates as 3 May 2024"


def _source_problems(entry: CorpusEntry, statement: Statement, own: set[str], known: dict[str, set[str]]) -> Iterator[str]:
    if statement.work is not None and statement.work not in entry.works:
        yield f"its work '{statement.work}' is not among the entry's works"
    if statement.url is not None and not _is_address(statement.url):
        yield f"'{statement.url}' is no web address"
    for name in statement.drawn_from:
        source, _, inner = name.partition("#")
        if name not in own and (source not in known or (inner and inner not in known[source])):
            yield f"it is drawn from '{name}', which does not exist"
        if name == statement.id:
            yield "it is drawn from itself"
    if statement.basis == "editor":
        if not statement.drawn_from:
            yield "an editor's statement must say what it is drawn from"
    elif not (statement.work or statement.url or entry.url or statement.drawn_from):
        yield "it has no source"


def _whole_problems(corpus: Corpus) -> Iterator[str]:
    themes: Counter[str] = Counter(theme for entry in corpus.entries for theme in entry.themes)
    for theme in get_args(Theme):
        if not themes[theme]:
            yield f"theme '{theme}' has no source"
    for theme in SEED_THEMES:
        if themes[theme] < SEED_SOURCES:
            yield f"theme '{theme}' has {themes[theme]} sources; the seed's themes need {SEED_SOURCES}"
    titles = Counter(entry.title.casefold() for entry in corpus.entries)
    yield from (f"the title '{title}' stands {count} times" for title, count in titles.items() if count > 1)
    texts = Counter(statement.text for entry in corpus.entries for statement in entry.statements)
    yield from (f"the statement '{text[:60]}…' stands {count} times" for text, count in texts.items() if count > 1)
    yield from _link_problems(corpus)
    known = {entry.id: entry for entry in corpus.entries}
    for entry in corpus.entries:
        for passage in corpus_source(entry, corpus.rules, known).passages:
            if passage.evidence_type == "unknown":
                yield f"{entry.id}#{passage.statement}: no rule gives it an evidence type"


def _link_problems(corpus: Corpus) -> Iterator[str]:
    statements = {f"{entry.id}#{statement.id}" for entry in corpus.entries for statement in entry.statements}
    for link in corpus.links:
        for end in (link.first, link.second):
            if end not in statements:
                yield f"the link on '{link.topic}' names '{end}', which does not exist"
        if link.first == link.second:
            yield f"the link on '{link.topic}' joins a statement to itself"


def _figures(corpus: Corpus) -> dict[str, object]:
    known = {entry.id: entry for entry in corpus.entries}
    texts = [statement.text for entry in corpus.entries for statement in entry.statements]
    lengths = [len(text.split()) for text in texts]
    passages = [p for entry in corpus.entries for p in corpus_source(entry, corpus.rules, known).passages]
    return {
        "sources": len(corpus.entries),
        "sources by kind": _counted(type(entry).__name__.removesuffix("Entry") for entry in corpus.entries),
        "sources by theme": _counted(theme for entry in corpus.entries for theme in entry.themes),
        "statements": len(texts),
        "statements by evidence type": _counted(passage.evidence_type for passage in passages),
        "statements by basis": _counted(passage.basis for passage in passages),
        "links": len(corpus.links),
        "licence unknown": sum(entry.licence == "unknown" for entry in corpus.entries),
        "words a statement": f"median {statistics.median(lengths):.0f}, longest {max(lengths)}",
        "reading age": f"median {statistics.median(reading_age(text) for text in texts):.0f} years",
    }


def _counted(items: Iterable[str]) -> dict[str, int]:
    return dict(Counter(items).most_common())


def reading_age(text: str) -> float:
    """Reading age in years of one or more sentences (see the module's docstring)."""
    words = re.findall(r"[A-Za-z]+(?:['’][A-Za-z]+)?", text)
    sentences = max(1, len(re.findall(r"[.!?](?:\s|$)", text)))
    if not words:
        return 5.0
    return 0.39 * len(words) / sentences + 11.8 * sum(_syllables(w) for w in words) / len(words) - 15.59 + 5


def _syllables(word: str) -> int:
    word = word.lower().rstrip("e") or word.lower()
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def _is_address(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and "." in parts.netloc

"""What a brief is about, and which statements are about it. Owns: the words of a topic that carry its subject, and how well a
statement fits them.

Does not own: whether a statement answers a question (see `assistant/compose/relevance.py`). A topic is often written as a task in a
place ("Adopting Housing First in Leeds"): the verb of the task and the place are set aside when it is asked what is about the subject;
the questions themselves keep them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.text.words import content_words

# What one does about a subject, and whom one is: words of a task and not of its subject.
TASK_WORDS = frozenset(
    """
    accelerate adopt adopting address addressing achieve achieving better boost boosting bring bringing build building change changing
    create creating cut cutting deliver delivering design designing develop developing do doing drive driving embed embedding end ending
    establish establishing expand expanding faster fix fixing get getting grow growing help helping implement implementing improve
    improving increase increasing introduce introducing launch launching lead leading lower lowering make making manage managing move
    moving plan planning prevent preventing promote promoting reduce reducing reform reforming roll rolling run running scale scaling
    set setting start starting strengthen strengthening support supporting tackle tackling transform transforming use using work working
    stop stopping avoid avoiding department departments organisation organisations government governments up
    approach approaches brief briefing case cases country county council city example examples guide idea ideas issue issues lesson
    lessons local mission missions new note option options overview paper policy policies problem problems programme programmes project
    projects region regional strategy strategies team town way ways best good
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_PLACE = re.compile(
    r"\b(?:in|at|for|across|around|within)\s+((?:the\s+)?[A-Z][\w’'-]*(?:\s+(?:of|and|the|upon|on)?\s*[A-Z][\w’'-]*)*)"
)


def subject_words(topic: str) -> str:
    """The topic without its task and the place it is for; the topic itself where nothing is left."""
    text = _PLACE.sub(" ", topic)
    kept = [word for word in re.findall(r"[^\s,;:.?!()\[\]\"“”]+", text) if word.casefold() not in TASK_WORDS]
    return " ".join(kept) if content_words(" ".join(kept)) else topic


def phrases(subject: str) -> list[tuple[str, ...]]:
    """Runs of two to four content words, longest first: a source that has one in its name is about it."""
    words = content_words(subject)
    return [tuple(words[i : i + length]) for length in (4, 3, 2) for i in range(len(words) - length + 1)]


def holds_phrase(words: Sequence[str], wanted: Iterable[tuple[str, ...]]) -> int:
    """The length of the longest of `wanted` that stands in `words`; 0 for none."""
    return max((len(run) for run in wanted if _stands(words, run)), default=0)


def _stands(words: Sequence[str], run: tuple[str, ...]) -> bool:
    size = len(run)
    return any(tuple(words[i : i + size]) == run for i in range(len(words) - size + 1))

"""Follow-ups without a model. Owns: noticing that a question leans on the one before, and completing it. Does not own: answering it.

A completed question is always shown to the reader, who can correct it. History supplies the subject only; it is never evidence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.retrieval.question import STOPWORDS, read_question

MOST_TERMS = 7  # a question with more content words of its own than this stands alone
_NEW_TOPIC = re.compile(
    r"\b(?:something else|new (?:topic|subject|question)|chang(?:e|ing) (?:of )?(?:the )?(?:subject|topic)|different (?:question|topic|subject)|"
    r"another (?:question|topic|subject|matter)|unrelated|separately|on another note|moving on)\b[\s,.:;—–-]*",
    re.I,
)
_OPENING = re.compile(
    r"^(?:(?:and|but|so|ok(?:ay)?|right|well|also|then|now|thanks|thank you|great|yes|no|hmm)\b[\s,.:;!—–-]*)+", re.I
)
_PRONOUN = re.compile(
    r"\b(?:(?P<own>its|their|his|her(?=\s+\w))|(?P<plain>it|they|them|he|she|him|this|these|those|the (?:programme|scheme|policy|project|unit|mission|law|act|plan|case)))\b"
    r"|\b(?P<that>that)\b(?=\s*(?:[?.!,]|$|work|succeed|fail|cost|mean|help|take|happen|need|make|do\b|go\b|is\b|was\b))"
    r"|(?<!is )(?<!are )(?<!was )(?<!were )(?<!^)\b(?P<there>there)\b(?!\s+(?:is|are|was|were|any|a|an)\b)",
    re.I,
)
_WHAT_ABOUT = re.compile(r"^(?:(?:what|how) about|and|in|for)\b\s*(?:(?:in|for|about|with)\s+)?(?:the\s+)?", re.I)
_LEAD_IN = re.compile(
    r"^(?:(?:can|could|would|will) you |please |tell me |explain |describe |i(?:'d| would) like to know |do you know )*"
    r"(?:about |what (?:is|are|was|were|does|do|did)|who (?:is|are|was|were|runs|ran)|how (?:do|does|did|can|should|is|are|was|were)|why (?:do|does|did|is|are|was|were)|when (?:do|does|did|is|was|were)|where|did|does|do|is|are|was|were|has|have|which)?\s*"
    r"(?:we|i|you|they|there)?\s*(?:a |an |the )?",
    re.I,
)
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_JOINTS = frozenset(["of", "and", "for", "the", "to", "in", "on", "by", "de", "la", "&"])


@dataclass(frozen=True)
class Completed:
    """A question that stands alone, whether that took the conversation, and of which earlier question it took the subject."""

    text: str
    leaned: bool
    before: str = ""


def complete(
    question: str, earlier: Sequence[str], *, weigh: Callable[[str], float], is_known: Callable[[str], bool]
) -> Completed:
    """The question as it stands alone.

    `earlier`: standalone questions of the turns before, oldest first. `weigh`: how rare a word is in the library.
    `is_known`: whether a phrase by itself names something of the library.
    """
    fresh = _NEW_TOPIC.search(question)
    if fresh:
        rest = question[fresh.end() :].strip()
        return Completed(_capital(rest) if len(rest.split()) > 2 else question, leaned=False)
    subject, before = next(((s, text) for text in reversed(earlier) if (s := subject_of(text, weigh=weigh))), ("", ""))
    if not subject or not leans(question, is_known=is_known):
        return Completed(question, leaned=False)
    return Completed(_completed(question, subject, earlier[-1]), leaned=True, before=before)


def leans(question: str, *, is_known: Callable[[str], bool]) -> bool:
    """Whether a question needs the one before it to be understood."""
    body = _OPENING.sub("", question)
    read = read_question(body)
    if _WHAT_ABOUT.match(question) and len(read.terms) <= 3 and not re.match(r"^(?:in|for)\b.{25,}", question, re.I):
        return True
    if _PRONOUN.search(body):
        return len(read.terms) <= MOST_TERMS or not read.names
    if read.names or len(read.terms) > MOST_TERMS:
        return False
    if body != question and len(read.terms) <= 4:
        return True
    return len(read.terms) <= 4 and not is_known(" ".join(read.terms))


def subject_of(question: str, *, weigh: Callable[[str], float]) -> str:
    """What a standalone question is about: its names, or else its weightiest run of content words; '' when it has neither."""
    body = _OPENING.sub("", question).strip().rstrip("?.! ")
    names = read_question(body).names
    runs = _runs(_LEAD_IN.sub("", body, count=1))
    if names:
        first, last = body.find(names[0]), body.find(names[-1]) + len(names[-1])
        span = body[first:last]
        if len(names) == 1 or len(span.split()) <= len(" ".join(names).split()) + 1:
            return _with_neighbours(body, first, last, runs)
        return f"{names[0]} ({', '.join(names[1:])})"
    return max(runs, key=lambda run: (max(weigh(w.lower()) for w in _TOKEN.findall(run)), len(run)), default="")


def _with_neighbours(body: str, first: int, last: int, runs: Sequence[str]) -> str:
    """A name with the content words it stands among ("Finland's Housing First policy"), when they make one run."""
    name = body[first:last]
    return next((run for run in runs if name in run and len(run.split()) <= len(name.split()) + 2), name)


def _runs(text: str) -> list[str]:
    """Runs of content words, joined by small words only between two content words."""
    runs: list[str] = []
    start = end = -1
    pending = False
    for match in _TOKEN.finditer(text):
        low = match.group().lower()
        content = low.replace("’", "'").removesuffix("'s") not in STOPWORDS
        touching = start >= 0 and re.fullmatch(r"[\s'’/-]*", text[end : match.start()]) is not None
        if content and start >= 0 and (touching or pending):
            end, pending = match.end(), False
        elif content:
            if start >= 0:
                runs.append(text[start:end])
            start, end, pending = match.start(), match.end(), False
        elif start >= 0 and low in _JOINTS and re.fullmatch(r"[\s\w'’-]*", text[end : match.start()]):
            pending = True
        elif start >= 0:
            runs.append(text[start:end])
            start, pending = -1, False
    return [*runs, text[start:end]] if start >= 0 else runs


def _completed(question: str, subject: str, before: str) -> str:
    body = _OPENING.sub("", question).strip()
    fragment = _WHAT_ABOUT.sub("", question).strip().rstrip("?.! ")
    if _WHAT_ABOUT.match(question) and len(fragment.split()) <= 4 and not _PRONOUN.search(fragment):
        return _swapped(before, fragment, subject)
    match = _PRONOUN.search(body)
    if match:
        lead = "in " if match.group("there") and not re.match(r"(?i)in |on |at ", subject) else ""
        own = "’s" if match.group("own") and not subject.endswith(("s", "’s")) else "’" if match.group("own") else ""
        return _capital(body[: match.start()] + lead + subject + own + body[match.end() :])
    ending = body[-1] if body[-1:] in "?.!" else "?"
    joint = (
        "about"
        if re.search(r"\b(?:say|said|think|thought|know|evidence|critic\w*|opinion|view)s?\b", body, re.I)
        else "in the case of"
    )
    return f"{_capital(body.rstrip('?.! '))} {joint} {subject}{ending}"


def _swapped(before: str, fragment: str, subject: str) -> str:
    """ "And in Wales?": the question before with its place or subject exchanged."""
    names = read_question(before).names
    if names and fragment[:1].isupper():
        place = names[-1] if len(names) > 1 else names[0]
        own = re.search(rf"{re.escape(place)}(['’]s)?", before)
        if own:
            return before[: own.start()] + fragment + ("’s" if own.group(1) else "") + before[own.end() :]
    if fragment[:1].isupper():
        return f"{before.rstrip('?.! ')} in {fragment}?"
    return f"{_capital(fragment)}: {subject}?"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

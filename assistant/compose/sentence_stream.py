"""From pieces of a reply to whole sentences, as soon as each is whole. Owns: lines, headings, sentence ends, what
belongs to no sentence.

Does not own: checking. A sentence is whole at its line's end, or when another one has begun and its tokens are surely over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.nouns import Section
from assistant.text.sentences import sentence_spans

LONGEST_LINE = 4000  # characters; what runs on beyond it is no sentence
NOTHING = "NOTHING"
_SECTIONS: dict[str, Section] = {
    "answer": "answer",
    "definition": "definition",
    "definitions": "definition",
    "finding": "finding",
    "findings": "finding",
    "case": "case",
    "cases": "case",
    "caution": "caution",
    "cautions": "caution",
    "advice": "next_step",
    "next step": "next_step",
    "next steps": "next_step",
}
_HEADING = re.compile(r"^\s*(?:#{1,6}\s*)?[*_]{0,2}\s*([A-Za-z ]{3,20}?)\s*:?[*_]{0,2}\s*:?\s*$")
_ANY_HEADING = re.compile(r"^\s*#{1,6}\s")
_LEADING_TOKENS = re.compile(r"^(?:\s*[\[【(]\s*P\s?\d{1,4}[^\]】)]{0,40}[\]】)][.,;]?)+", re.I)
_OPEN_MARK = re.compile(r"^\s*[\[【(][^\]】)]{0,40}$|^\s*$")
_THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.S | re.I)
_THINKING_STARTS = ("<think>", "<thinking>")


@dataclass(frozen=True)
class Written:
    """A whole sentence as the model wrote it, tokens and all, and the section it stands in."""

    text: str
    section: Section


class SentenceStream:
    """Collects pieces of one reply."""

    def __init__(self) -> None:
        self._section: Section = "answer"
        self._line = ""
        self._thinking = ""
        self.said_nothing = False

    def feed(self, piece: str) -> list[Written]:
        """The sentences that this piece completes, in order."""
        text = self._without_thinking(piece)
        *lines, rest = (self._line + text).split("\n")
        whole = [written for line in lines for written in self._whole_line(line)]
        if len(rest) > LONGEST_LINE:
            rest = ""
        begun, self._line = self._begun(rest)
        return whole + begun

    def finish(self, *, complete: bool) -> list[Written]:
        """What is left. When the reply did not end by itself, a last sentence that is not surely whole is let go."""
        line, self._line = self._line, ""
        if complete:
            return self._whole_line(line)
        return self._whole_line(line) if re.search(r"[.!?][\"”’)]*\s*(?:\[[^\]]*\]\s*)+$|\][.!?]$", line.rstrip()) else []

    def _without_thinking(self, piece: str) -> str:
        """Text outside <think>…</think>, where a reasoning model talks to itself; a tag may be split over pieces."""
        text = self._thinking + piece
        self._thinking = ""
        opened = max(text.lower().rfind(tag) for tag in _THINKING_STARTS)
        if opened >= 0 and "</think" not in text[opened:].lower():
            self._thinking = text[opened:]
            text = text[:opened]
        elif (at := text.rfind("<")) >= 0 and any(tag.startswith(text[at:].lower()) for tag in _THINKING_STARTS):
            self._thinking = text[at:]
            text = text[:at]
        return _THINKING.sub("", text)

    def _whole_line(self, line: str) -> list[Written]:
        line = line.strip()
        if not line:
            return []
        if line.strip("*_.`# ").upper() == NOTHING:
            self.said_nothing = True
            return []
        heading = _HEADING.match(line)
        if heading and heading.group(1).lower() in _SECTIONS:
            self._section = _SECTIONS[heading.group(1).lower()]
            return []
        if _ANY_HEADING.match(line):
            return []
        return [Written(text, self._section) for text in _sentences(line)]

    def _begun(self, rest: str) -> tuple[list[Written], str]:
        """Sentences of an unfinished line that are surely whole, and what remains of the line."""
        if _HEADING.match(rest) or _ANY_HEADING.match(rest):
            return [], rest
        sentences = _sentences(rest)
        if len(sentences) < 2 or _OPEN_MARK.match(sentences[-1]):
            return [], rest
        last = rest.rfind(sentences[-1])
        return [Written(text, self._section) for text in sentences[:-1]], rest[last:]


def _sentences(line: str) -> list[str]:
    """Sentences of a line; tokens that follow a full stop belong to the sentence before it."""
    found: list[str] = []
    for start, end in sentence_spans(line):
        text = line[start:end]
        tokens = _LEADING_TOKENS.match(text)
        if tokens and found:
            found[-1] += " " + tokens.group().strip()
            text = text[tokens.end() :].strip()
        if text:
            found.append(text)
    return found

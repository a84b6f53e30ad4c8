"""Where the words of a Word file stand. Owns: finding a sentence's runs in document order, and cutting a run in two.

Does not own: opening or saving the file, or comments (`draft_docx.py`). Works on python-docx's elements. Deleted text of tracked changes
is passed over, as extraction passes it over.
"""

from __future__ import annotations

import copy
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}ptab": " ", f"{W}noBreakHyphen": "-"}
_GONE = frozenset({f"{W}del", f"{W}moveFrom", _FALLBACK})
FEWEST = 6  # letters and digits that a piece must have to be looked for by itself


@dataclass
class Paragraph:
    """A paragraph's runs with the text of each; `key` is its letters and digits, `at` where each stands in the text."""

    element: Any
    runs: list[Any] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    key: str = ""
    at: list[int] = field(default_factory=list)

    def reread(self) -> None:
        """Read the runs again, as they now stand."""
        self.runs = list(_runs(self.element))
        self.texts = [run_text(run) for run in self.runs]
        self.key, self.at = squashed("".join(self.texts))


@dataclass(frozen=True)
class Place:
    """Characters of a paragraph, half-open."""

    paragraph: Paragraph
    start: int
    end: int


def paragraphs(body: Any) -> list[Paragraph]:
    """Every paragraph in document order, also those of tables and text boxes."""
    found = []
    for element in body.iter(f"{W}p"):
        if not any(parent.tag == _FALLBACK for parent in element.iterancestors()):
            found.append(Paragraph(element))
            found[-1].reread()
    return found


def squashed(text: str) -> tuple[str, list[int]]:
    """The letters and digits of a text, folded, and where each stood."""
    key: list[str] = []
    at: list[int] = []
    for index, character in enumerate(text):
        for folded in unicodedata.normalize("NFKC", character).casefold():
            if folded.isalnum():
                key.append(folded)
                at.append(index)
    return "".join(key), at


class Finder:
    """Finds sentences one after the other, so that a sentence that stands twice is found at each of its places."""

    def __init__(self, found: list[Paragraph]) -> None:
        self._paragraphs = found
        self._paragraph, self._offset = 0, 0

    def find(self, text: str) -> Place | None:
        """Where a sentence stands, from the last one found on, else from the start; also without a list's number before it."""
        words = text.split()
        for skipped in range(min(3, len(words))):
            key = squashed(" ".join(words[skipped:]))[0]
            if len(key) < FEWEST and skipped:
                break
            place = self._find(key)
            if place is not None:
                return _with_marks(place, text)
        return None

    def _find(self, key: str) -> Place | None:
        if not key:
            return None
        order = [*range(self._paragraph, len(self._paragraphs)), *range(self._paragraph)]
        for index in order:
            paragraph = self._paragraphs[index]
            found = paragraph.key.find(key, self._offset if index == self._paragraph else 0)
            if found >= 0:
                self._paragraph, self._offset = index, found + len(key)
                return Place(paragraph, paragraph.at[found], paragraph.at[found + len(key) - 1] + 1)
        return None


def _with_marks(place: Place, text: str) -> Place:
    """A place with the marks that its sentence begins and ends with: brackets, quotation marks, its full stop."""
    words = "".join(place.paragraph.texts)
    said = text.strip()
    kept = [index for index, character in enumerate(said) if squashed(character)[0]]
    before, after = said[: kept[0]], said[kept[-1] + 1 :]
    start = place.start - len(before) if before and words[: place.start].endswith(before) else place.start
    end = place.end + len(after) if after and words[place.end :].startswith(after) else place.end
    return Place(place.paragraph, start, end)


def within(place: Place, words: str) -> Place:
    """The place of some of a sentence's words in it, when they stand there once; else the sentence's own."""
    key = squashed(words)[0]
    inside = [(k, at) for k, at in zip(place.paragraph.key, place.paragraph.at, strict=True) if place.start <= at < place.end]
    text = "".join(k for k, _ in inside)
    if not key or text.count(key) != 1:
        return place
    first = text.index(key)
    return Place(place.paragraph, inside[first][1], inside[first + len(key) - 1][1] + 1)


def runs_of(place: Place) -> list[Any]:
    """The runs that hold exactly a place's characters; a run that holds more is cut in two first, its look kept."""
    paragraph = place.paragraph
    for edge in (place.end, place.start):
        at = 0
        for run, text in zip(paragraph.runs, paragraph.texts, strict=True):
            if at < edge < at + len(text):
                _cut(run, edge - at)
                break
            at += len(text)
        paragraph.reread()
    at, chosen = 0, []
    for run, text in zip(paragraph.runs, paragraph.texts, strict=True):
        if text and at >= place.start and at + len(text) <= place.end:
            chosen.append(run)
        at += len(text)
    return chosen


def run_text(run: Any) -> str:
    """The characters of a run as this module counts them."""
    return "".join(each.text or "" if each.tag == f"{W}t" else _SIGNS.get(each.tag, "") for each in run)


def _runs(paragraph: Any) -> Iterator[Any]:
    """A paragraph's own runs, in links and tracked insertions too, but not those of a text box inside it."""
    for each in paragraph:
        if each.tag == f"{W}r":
            yield each
        elif each.tag not in _GONE and each.tag != f"{W}p":
            yield from _runs(each)


def _cut(run: Any, offset: int) -> None:
    """Cut a run before its character `offset`; the second half follows the first."""
    second = copy.deepcopy(run)
    _keep(run, 0, offset)
    _keep(second, offset, len(run_text(second)))
    run.addnext(second)


def _keep(run: Any, start: int, end: int) -> None:
    """Of a run's characters keep those from `start` to `end`; its properties stay, and what has no characters stays in the first half."""
    at = 0
    for each in list(run):
        text = (each.text or "") if each.tag == f"{W}t" else _SIGNS.get(each.tag, "")
        low, high = max(start - at, 0), min(end - at, len(text))
        at += len(text)
        if each.tag == f"{W}rPr":
            continue
        if not text:
            if start > 0:
                run.remove(each)
        elif low >= high:
            run.remove(each)
        elif each.tag == f"{W}t":
            each.text = text[low:high]
            each.set(XML_SPACE, "preserve")

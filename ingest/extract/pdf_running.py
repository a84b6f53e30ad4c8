"""Running headers, footers and page numbers of a PDF. Owns: finding them, and the page number printed on each page.

Does not own: what is left of the page. A line near an edge is running when its like stands at the same height on nearby pages,
the same but for the page number; table heads inside the type area are therefore kept, and so are notes at the foot. What is found
goes into the locator, not into the text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, pairwise

from ingest.extract.pdf_text import Line, PageText

EDGE = 0.11  # share of the page's height at each end where running lines stand
NEAR = 6  # pages: how far away the like of a running line may be
SAME_HEIGHT = 6.0  # points
LONGEST = 200  # characters
_BARE = re.compile(r"(?:page\s*|p\.\s*|[-–—|\s]*)?(\d{1,4}|[ivxlc]{1,6})(?:[-–—|\s]*|\s*(?:of|/)\s*\d{1,4})", re.I)
_FIGURE = re.compile(r"(?<![\d.,/-])(\d{1,4})(?![\d.,/%-])")


@dataclass(frozen=True)
class Stripped:
    """Pages without their running lines, and the number printed on each page where one was found."""

    pages: tuple[PageText, ...]
    labels: tuple[str | None, ...]


def strip_running(pages: Sequence[PageText]) -> Stripped:
    """Take running lines off all pages."""
    edges = [_edge_lines(page) for page in pages]
    places: dict[tuple[str, int], list[Line]] = defaultdict(list)
    for lines in edges:
        for line in lines:
            places[_shape(line.text), line.page].append(line)
    kept, numbers = [], []
    for page, lines in zip(pages, edges, strict=True):
        running = {id(line) for line in lines if _is_running(line, page, places, len(pages))}
        numbers.append([line.text for line in lines if id(line) in running])
        kept.append(replace(page, lines=tuple(line for line in page.lines if id(line) not in running)))
    emptied = sum(bool(before.lines) and not after.lines for before, after in zip(pages, kept, strict=True))
    if emptied > 0.5 * len(pages):  # pages of one line each are the text itself
        return Stripped(tuple(pages), tuple(None for _ in pages))
    return Stripped(tuple(_without_asides(kept)), _printed(numbers))


def _edge_lines(page: PageText) -> list[Line]:
    ranked = sorted(page.lines, key=lambda line: line.base)
    low = [line for line in ranked if line.base < EDGE * page.height][:6]
    high = [line for line in ranked if line.base > (1 - EDGE) * page.height][-6:]
    for end in (ranked[:1], ranked[-1:]):  # the outermost line counts wherever it stands in the outer fifth
        low.extend(
            line for line in end if line not in low and line not in high and not 0.2 < line.base / max(1.0, page.height) < 0.8
        )
    return [*low, *(line for line in high if line not in low)]


def _is_running(line: Line, page: PageText, places: Mapping[tuple[str, int], Sequence[Line]], total: int) -> bool:
    text = line.text.strip()
    if _BARE.fullmatch(text):
        return _outermost(line, page) or total > 1
    if not re.search(r"\w", text):
        return _outermost(line, page)
    if len(text) >= LONGEST:
        return False
    shape, around = _shape(text), range(line.page - NEAR, line.page + NEAR + 1)
    others = (places.get((shape, number), ()) for number in around if number != line.page)
    alike = (None for lines in others if any(_alike(line, other) for other in lines))
    return len(list(islice(alike, 2))) == 2


def _alike(line: Line, other: Line) -> bool:
    """Whether two lines of one shape stand at the same height and differ at most by the page number, as notes do not."""
    if abs(other.base - line.base) > SAME_HEIGHT:
        return False
    step = other.page - line.page
    pairs = zip(_figures(line.text), _figures(other.text), strict=False)
    return all(a == b or int(b[:9]) - int(a[:9]) == step for a, b in pairs)


def _outermost(line: Line, page: PageText) -> bool:
    return line.base in {min(each.base for each in page.lines), max(each.base for each in page.lines)}


@lru_cache(maxsize=1024)
def _figures(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\d+", text))


@lru_cache(maxsize=1024)
def _shape(text: str) -> str:
    return re.sub(r"\b[ivxlc]+\b|\d+", "#", text.casefold()).strip()


def _without_asides(pages: Sequence[PageText]) -> list[PageText]:
    """Text that runs up the margin of several pages is a running line too."""
    shapes = Counter(_shape(line.text) for page in pages for line in page.aside)
    return [replace(page, aside=tuple(line for line in page.aside if shapes[_shape(line.text)] < 3)) for page in pages]


def _printed(found: Sequence[Sequence[str]]) -> tuple[str | None, ...]:
    """The printed number of each page: a figure in a running line that is as far from the file's page on a neighbouring page."""
    candidates: list[set[int]] = []
    for texts in found:
        figures = {
            int(figure)
            for text in texts
            for figure in [*_FIGURE.findall(text), *re.findall(r"^\s*(\d{1,4})\s*/\s*\d{1,4}\s*$", text)]
        }
        candidates.append(figures)
    votes = Counter(figure - page for page, figures in enumerate(candidates, start=1) for figure in figures)
    labels: list[str | None] = []
    for page, figures in enumerate(candidates, start=1):
        likely = [figure for figure in figures if votes[figure - page] >= 3 and _neighbour(candidates, page, figure)]
        labels.append(str(max(likely, key=lambda figure: votes[figure - page])) if likely else _roman(found[page - 1]))
    return tuple(_filled(labels))


def _neighbour(candidates: Sequence[set[int]], page: int, figure: int) -> bool:
    steps = [step for step in (-3, -2, -1, 1, 2, 3) if 0 < page + step <= len(candidates)]
    return any(figure + step in candidates[page + step - 1] for step in steps)


def _roman(texts: Sequence[str]) -> str | None:
    return next((text.strip() for text in texts if re.fullmatch(r"[ivxlc]{1,6}", text.strip())), None)


def _filled(labels: list[str | None]) -> list[str | None]:
    """Pages between two that agree (a chapter's first page often shows no number) get the number that fits between them."""
    known = [(page, int(label)) for page, label in enumerate(labels) if label and label.isdigit()]
    for (page, label), (later, far) in pairwise(known):
        if far - label == later - page and later - page <= 8:
            for between in range(page + 1, later):
                labels[between] = labels[between] or str(label + between - page)
    return labels

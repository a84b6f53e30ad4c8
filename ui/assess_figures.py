"""Pictures of assessments, drawn by us as SVG. Owns: the radar of levels and the lines of drift. Pure: values in, Markup out.

Does not own: the table that stands beside each picture and says the same in words (see `assess_document.py`).
Colours are attributes, so that a picture stands alone; the pages' style sheet overrides them by class.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, sin

from assistant.instruments.drift import Drift
from ui.markup import Markup, el

INK, SOFT, LINE, ACCENT = "#16191d", "#4a525c", "#c3ccd6", "#1b4b82"
WIDTH, HEIGHT, RADIUS = 720, 520, 165
LETTERS_A_LINE = 18


@dataclass(frozen=True)
class Spoke:
    """One dimension of a radar. Levels None: it cannot be told. `lowest` and `highest`: what respondents gave."""

    title: str
    level: int | None
    lowest: int | None = None
    highest: int | None = None


def radar(spokes: Sequence[Spoke], *, top: int, name: str, title: str) -> Markup:
    """A radar of levels from 1 (near the middle) to `top`. `name` makes its ids unique on a page."""
    told = "; ".join(f"{s.title}: {f'level {s.level}' if s.level else 'cannot tell'}" for s in spokes)
    rings = [el("circle", cx=0, cy=0, r=_length(n, top), class_="fig-line", fill="none", stroke=LINE) for n in range(1, top + 1)]
    numbers = [
        el("text", n, x=4, y=round(-_length(n, top) - 3, 1), class_="fig-soft", fill=SOFT, font_size=13)
        for n in range(1, top + 1)
    ]
    lines, points, labels = [], [], []
    for place, spoke in enumerate(spokes):
        x, y = _at(place, len(spokes), RADIUS)
        lines.append(el("line", x1=0, y1=0, x2=x, y2=y, class_="fig-line", stroke=LINE))
        labels.append(_label(spoke, place, len(spokes)))
        points += _points(spoke, place, len(spokes), top)
    return _svg(
        name,
        title,
        f"Levels from 1 to {top}. {told}.",
        *rings,
        *lines,
        *_edges(spokes, top),
        *points,
        *numbers,
        *labels,
        box=f"{-WIDTH / 2:g} {-HEIGHT / 2:g} {WIDTH} {HEIGHT}",
    )


def drift_lines(drift: Drift, *, top: int, name: str, title: str) -> Markup:
    """One small line a dimension, over the versions."""
    row, left, right = 54, 300, 690
    told = "; ".join(
        f"{line.title}: {', '.join(str(level) if level else 'cannot tell' for level in line.levels)}" for line in drift.lines
    )
    step = (right - left) / max(1, len(drift.dates) - 1)
    parts: list[Markup] = []
    for number, line in enumerate(drift.lines):
        base = 30 + row * number
        parts.append(el("text", line.title, x=8, y=base + 28, class_="fig-ink", fill=INK, font_size=15))
        for level in (1, top):
            y = _height(level, top, base)
            parts.append(el("line", x1=left, y1=y, x2=right, y2=y, class_="fig-line", stroke=LINE))
            parts.append(el("text", level, x=left - 16, y=y + 4, class_="fig-soft", fill=SOFT, font_size=12))
        places = [(left + step * at, _height(level, top, base) if level else None) for at, level in enumerate(line.levels)]
        for (x1, y1), (x2, y2) in pairwise(places):
            if y1 is not None and y2 is not None:
                parts.append(el("line", x1=_r(x1), y1=y1, x2=_r(x2), y2=y2, class_="fig-mark", stroke=ACCENT, stroke_width=2.5))
        parts += [el("circle", cx=_r(x), cy=y, r=5, class_="fig-dot", fill=ACCENT) for x, y in places if y is not None]
    foot = 30 + row * len(drift.lines) + 14
    for at in {0, len(drift.dates) - 1}:
        anchor = "start" if at == 0 else "end"
        x = _r(left + step * at)
        parts.append(el("text", drift.dates[at], x=x, y=foot, text_anchor=anchor, class_="fig-soft", fill=SOFT, font_size=13))
    return _svg(name, title, f"Levels from 1 to {top} on {', '.join(drift.dates)}. {told}.", *parts, box=f"0 0 720 {foot + 12}")


def _svg(name: str, title: str, description: str, *parts: Markup, box: str) -> Markup:
    return el(
        "svg",
        el("title", title, id=f"{name}-t"),
        el("desc", description, id=f"{name}-d"),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=box,
        role="img",
        aria_labelledby=f"{name}-t {name}-d",
        class_="figure",
        font_family="system-ui, sans-serif",
    )


def _edges(spokes: Sequence[Spoke], top: int) -> list[Markup]:
    """Lines between neighbours of which both can be told: nothing is drawn through what is not known."""
    edges = []
    for place, spoke in enumerate(spokes):
        after = spokes[(place + 1) % len(spokes)]
        if spoke.level and after.level:
            x1, y1 = _at(place, len(spokes), _length(spoke.level, top))
            x2, y2 = _at((place + 1) % len(spokes), len(spokes), _length(after.level, top))
            edges.append(
                el("path", d=f"M0 0L{x1} {y1}L{x2} {y2}Z", class_="fig-area", fill=ACCENT, fill_opacity=0.14, stroke="none")
            )
            edges.append(el("line", x1=x1, y1=y1, x2=x2, y2=y2, class_="fig-mark", stroke=ACCENT, stroke_width=2.5))
    return edges


def _points(spoke: Spoke, place: int, count: int, top: int) -> list[Markup]:
    """The level as a dot, the spread of respondents as a bar along the spoke."""
    if spoke.level is None:
        return []
    x, y = _at(place, count, _length(spoke.level, top))
    parts = [el("circle", cx=x, cy=y, r=5.5, class_="fig-dot", fill=ACCENT)]
    if spoke.lowest and spoke.highest and spoke.lowest != spoke.highest:
        x1, y1 = _at(place, count, _length(spoke.lowest, top))
        x2, y2 = _at(place, count, _length(spoke.highest, top))
        parts.insert(
            0,
            el("line", x1=x1, y1=y1, x2=x2, y2=y2, class_="fig-mark", stroke=ACCENT, stroke_width=9, stroke_opacity=0.4),
        )
    return parts


def _label(spoke: Spoke, place: int, count: int) -> Markup:
    x, y = _at(place, count, RADIUS + 18)
    anchor = "middle" if abs(x) < 30 else "start" if x > 0 else "end"
    lines = [*_broken(spoke.title), f"level {spoke.level}" if spoke.level else "cannot tell"]
    top = y - (len(lines) - 1) * 8.5 if abs(x) >= 30 else y - (len(lines) - 1) * 17 - 8 if y < 0 else y + 8
    spans = [
        el("tspan", words, x=x, y=_r(top + 17 * n + 4), class_="fig-soft" if n == len(lines) - 1 else "fig-ink",
           fill=SOFT if n == len(lines) - 1 else INK)
        for n, words in enumerate(lines)
    ]  # fmt: skip
    return el("text", *spans, text_anchor=anchor, font_size=14)


def _broken(words: str) -> list[str]:
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + len(word) < LETTERS_A_LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _length(level: int, top: int) -> float:
    return _r(RADIUS * level / top)


def _at(place: int, count: int, length: float) -> tuple[float, float]:
    angle = 2 * pi * place / count - pi / 2
    return _r(length * cos(angle)), _r(length * sin(angle))


def _height(level: int, top: int, base: float) -> float:
    return _r(base + 40 - 32 * (level - 1) / (top - 1))


def _r(number: float) -> float:
    return round(number, 1)

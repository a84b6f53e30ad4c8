"""The outcome tree as a picture. Owns: its two layouts, wide (a page) and narrow (a phone), as one SVG each. Pure.

Does not own: the framework or its words. Kinds are told apart by their label and border, not by colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.instruments.outcomes.framework import Framework, Measure, Outcome
from ui.framework_words import extra_words, goal_words, groups, kind_words
from ui.markup import Markup, el
from ui.svg_text import ACCENT, INK, LINE, PAPER, SOFT, number, picture, wrap, write_lines

WIDE, NARROW = 960.0, 360.0
PAD, GAP = 10.0, 12.0
SMALL, BODY = 12.0, 14.0


@dataclass(frozen=True)
class Box:
    """A box with its text: a label, a name, and a line under it."""

    label: str
    name: str
    under: str
    dashed: bool = False
    filled: bool = False

    def lines(self, width: float) -> tuple[list[str], list[str], list[str]]:
        """Its text in lines for this width."""
        inner = width - 2 * PAD
        return (
            wrap(self.label.upper(), inner, SMALL - 2, bold=True),
            wrap(self.name, inner, BODY, bold=True),
            wrap(self.under, inner, SMALL),
        )

    def height(self, width: float) -> float:
        """How high it has to be at this width."""
        label, name, under = self.lines(width)
        return 2 * PAD + LINE * ((SMALL - 2) * len(label) + BODY * len(name) + SMALL * len(under)) + 4

    def draw(self, x: float, y: float, width: float) -> list[Markup]:
        """Border and text, with its left upper corner here."""
        label, name, under = self.lines(width)
        ink, soft = (PAPER, PAPER) if self.filled else (INK, SOFT)
        parts = [
            el(
                "rect",
                x=number(x),
                y=number(y),
                width=number(width),
                height=number(self.height(width)),
                rx="4",
                fill=ACCENT if self.filled else PAPER,
                stroke=ACCENT,
                stroke_width="2",
                stroke_dasharray="5 4" if self.dashed else None,
            )
        ]
        top = y + PAD
        parts += write_lines(label, x=x + PAD, y=top, size=SMALL - 2, bold=True, fill=soft if self.filled else ACCENT)
        top += LINE * (SMALL - 2) * len(label) + 2
        parts += write_lines(name, x=x + PAD, y=top, size=BODY, bold=True, fill=ink)
        top += LINE * BODY * len(name)
        return parts + write_lines(under, x=x + PAD, y=top, size=SMALL, fill=soft)


def tree_svg(framework: Framework, *, narrow: bool = False, name: str = "tree") -> Markup:
    """The tree. `narrow`: for a phone, readable at 360 pixels. `name`: makes the ids of its title and description its own."""
    parts, height = _narrow(framework) if narrow else _wide(framework)
    return picture(
        parts,
        name=name,
        title=f"Outcome tree: {framework.title}",
        description=tree_words(framework),
        width=NARROW if narrow else WIDE,
        height=height,
    )


def tree_words(framework: Framework) -> str:
    """The tree as a text, for those who do not see it."""
    said = [f"Mission: {framework.mission.goal} ({goal_words(framework)})."]
    for number_, outcome in enumerate(framework.outcomes, 1):
        said.append(f"Outcome {number_}: {outcome.statement}.")
        said += [f"{kind_words(i)}: {i.name}. {extra_words(i)}." for i in outcome.indicators]
    for heading, measures in groups(framework):
        said.append(f"{heading}: {'; '.join(m.name for m in measures) or 'nothing yet'}.")
    return " ".join(said)


def _mission(framework: Framework) -> Box:
    return Box("Mission", framework.mission.goal, goal_words(framework), filled=True)


def _outcome(outcome: Outcome) -> Box:
    return Box("Outcome", outcome.statement, outcome.for_whom)


def _measure(measure: Measure) -> Box:
    return Box(kind_words(measure), measure.name, extra_words(measure), dashed=kind_words(measure) == "Early signal")


def _wide(framework: Framework) -> tuple[list[Markup], float]:
    """Mission, outcomes and indicators in three columns; the other measures in three columns below."""
    first, second, third = (10.0, 220.0), (270.0, 270.0), (580.0, 370.0)
    parts: list[Markup] = []
    top, middles = 10.0, []
    for outcome in framework.outcomes:
        boxes = [_measure(i) for i in outcome.indicators] or [Box("Indicator", "Nothing is measured yet", "", dashed=True)]
        heights = [box.height(third[1]) for box in boxes]
        own = _outcome(outcome)
        high = max(sum(heights) + GAP * (len(heights) - 1), own.height(second[1]))
        middle = top + high / 2
        y = top + (high - sum(heights) - GAP * (len(heights) - 1)) / 2
        for box, height in zip(boxes, heights, strict=True):
            parts += [_elbow(second[0] + second[1], middle, third[0], y + height / 2), *box.draw(third[0], y, third[1])]
            y += height + GAP
        parts += own.draw(second[0], middle - own.height(second[1]) / 2, second[1])
        middles.append(middle)
        top += high + 2 * GAP
    mission = _mission(framework)
    height = mission.height(first[1])
    middle = max((middles[0] + middles[-1]) / 2, 10 + height / 2)
    parts += [_elbow(first[0] + first[1], middle, second[0], m) for m in middles]
    parts += mission.draw(first[0], middle - height / 2, first[1])
    return _below(framework, parts, max(top, middle + height / 2 + 2 * GAP))


def _below(framework: Framework, parts: list[Markup], top: float) -> tuple[list[Markup], float]:
    width, bottom = 304.0, top
    for column, (heading, measures) in enumerate(groups(framework)):
        x, y = 10.0 + column * (width + 14.0), top + GAP
        parts = [*parts, *_heading(heading, x, y, width)]
        y += 30
        for box in [_measure(m) for m in measures] or [Box("", "Nothing yet", "", dashed=True)]:
            parts = [*parts, *box.draw(x, y, width)]
            y += box.height(width) + GAP
        bottom = max(bottom, y)
    return parts, bottom


def _narrow(framework: Framework) -> tuple[list[Markup], float]:
    """Everything below one another, further in the deeper it stands."""
    edge, y = NARROW - 6, 8.0
    parts: list[Markup] = []
    mission = _mission(framework)
    parts += mission.draw(6, y, edge - 6)
    y += mission.height(edge - 6) + GAP
    for outcome in framework.outcomes:
        own = _outcome(outcome)
        parts += own.draw(18, y, edge - 18)
        y += own.height(edge - 18) + GAP / 2
        start = y - GAP / 2
        for box in [_measure(i) for i in outcome.indicators] or [Box("Indicator", "Nothing is measured yet", "", dashed=True)]:
            height = box.height(edge - 42)
            parts += [_elbow(28, start, 42, y + height / 2, down_first=True), *box.draw(42, y, edge - 42)]
            y += height + GAP / 2
        y += GAP
    for heading, measures in groups(framework):
        parts += _heading(heading, 6, y, edge - 6)
        y += 30
        for box in [_measure(m) for m in measures] or [Box("", "Nothing yet", "", dashed=True)]:
            parts += box.draw(18, y, edge - 18)
            y += box.height(edge - 18) + GAP / 2
        y += GAP
    return parts, y


def _heading(words: str, x: float, y: float, width: float) -> list[Markup]:
    line = el("path", d=f"M{number(x)} {number(y + 22)}h{number(width)}", stroke=ACCENT, stroke_width="1", fill="none")
    return [*write_lines(wrap(words, width, BODY, bold=True)[:1], x=x, y=y, size=BODY, bold=True), line]


def _elbow(x1: float, y1: float, x2: float, y2: float, *, down_first: bool = False) -> Markup:
    """A line with a right angle from one box to another."""
    if down_first:
        path = f"M{number(x1)} {number(y1)}V{number(y2)}H{number(x2)}"
    else:
        path = f"M{number(x1)} {number(y1)}H{number((x1 + x2) / 2)}V{number(y2)}H{number(x2)}"
    return el("path", d=path, stroke=ACCENT, stroke_width="1.5", fill="none")

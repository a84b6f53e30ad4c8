"""What the graph at the end looks like. Owns: the picture of the headline indicator's path, with the early signals under it. Pure.

Does not own: the framework. The line is the straight path from baseline to target, which says what is needed, not what will be;
where a figure is missing the picture says so and draws nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.instruments.outcomes.dates import on_the_line
from assistant.instruments.outcomes.framework import Baseline, Framework, Indicator, Target
from ui.framework_words import NO_BASELINE, baseline_words, figure, path_words, target_words
from ui.markup import Markup, el
from ui.svg_text import ACCENT, INK, LINE, SOFT, number, picture, width_of, wrap, write_lines

WIDE, NARROW = 720.0, 360.0
BODY, SMALL = 14.0, 12.0
PLOT = 216.0
CAPTION = "The line is the straight path from baseline to target: what is needed, not a forecast."


@dataclass(frozen=True)
class _Drawn:
    """Marks so far, and where the next one may stand."""

    parts: list[Markup]
    y: float

    def add(self, parts: list[Markup], height: float) -> _Drawn:
        return _Drawn([*self.parts, *parts], self.y + height)

    def text(self, words: str, width: float, size: float, *, bold: bool = False, fill: str = INK) -> _Drawn:
        lines = wrap(words, width, size, bold=bold)
        return self.add(write_lines(lines, x=12, y=self.y, size=size, bold=bold, fill=fill), len(lines) * size * LINE + 4)


def graph_svg(framework: Framework, *, narrow: bool = False, name: str = "graph") -> Markup:
    """The picture. `narrow`: for a phone, readable at 360 pixels."""
    width = NARROW if narrow else WIDE
    inner = width - 24
    headline = framework.headline()
    drawn = _Drawn([], 8.0)
    if headline is None:
        drawn = drawn.text("No long-term indicator yet: there is nothing that the graph at the end could show.", inner, BODY)
    else:
        drawn = drawn.text(headline.name, inner, BODY + 1, bold=True)
        drawn = _path(drawn, headline, width)
        drawn = _signals(drawn, framework, headline, inner)
    return picture(
        drawn.parts,
        name=name,
        title="What the graph at the end looks like",
        description=graph_words(framework),
        width=width,
        height=drawn.y + 6,
    )


def graph_words(framework: Framework) -> str:
    """The picture as a text."""
    headline = framework.headline()
    if headline is None:
        return "No long-term indicator yet, so no graph."
    said = [f"{headline.name}: {baseline_words(headline)}; {target_words(headline)}."]
    said += [f"Early signal: {each.name}: {path_words(each)}." for each in signals_of(framework, headline)]
    return " ".join(said)


def signals_of(framework: Framework, headline: Indicator) -> list[Indicator]:
    """Early signals of the headline's outcome; of all outcomes where it has none."""
    for outcome in framework.outcomes:
        if headline in outcome.indicators:
            own = [i for i in outcome.indicators if i.horizon == "early_signal"]
            if own:
                return own
    return [i for i in framework.indicators() if i.horizon == "early_signal"]


def _path(drawn: _Drawn, headline: Indicator, width: float) -> _Drawn:
    if headline.baseline is None or headline.target is None:
        missing = "baseline" if headline.baseline is None else "target"
        says = f"{NO_BASELINE}: " if headline.baseline is None else "No target yet: "
        known = f" Known so far: {target_words(headline) if missing == 'baseline' else baseline_words(headline)}."
        what = f"{says}the line cannot be drawn until the {missing} is known, with its date and unit." + (
            known if (headline.target if missing == "baseline" else headline.baseline) else ""
        )
        box = el(
            "rect",
            x="12",
            y=number(drawn.y),
            width=number(width - 24),
            height="84",
            fill="none",
            stroke=SOFT,
            stroke_dasharray="5 4",
        )
        lines = write_lines(wrap(what, width - 48, BODY), x=24, y=drawn.y + 6, size=BODY, bold=True)
        return drawn.add([box, *lines], 84 + 10)
    drawn = drawn.add(_plot(headline.baseline, headline.target, drawn.y, width), PLOT + 62)
    return drawn.text(CAPTION, width - 24, SMALL, fill=SOFT)


def _plot(baseline: Baseline, target: Target, top: float, width: float) -> list[Markup]:
    left, right = 24.0, width - 24
    rising = target.value >= baseline.value
    high, low = top + 54, top + PLOT - 40
    if target.value == baseline.value:
        high = low = top + PLOT / 2
    start, end = (low, high) if rising else (high, low)
    x1, x2 = left + 8, right - 8
    floor = top + PLOT + 8
    first = f"{figure(baseline.value)} {baseline.unit}"
    last = figure(target.value)
    parts = [
        el("path", d=f"M{number(left)} {number(floor)}H{number(right)}", stroke=SOFT, stroke_width="1", fill="none"),
        el(
            "path",
            d=f"M{number(x1)} {number(start)}L{number(x2)} {number(end)}",
            stroke=ACCENT,
            stroke_width="2.5",
            stroke_dasharray="7 5",
            fill="none",
        ),
        el("circle", cx=number(x1), cy=number(start), r="5", fill=ACCENT),
        el("circle", cx=number(x2), cy=number(end), r="6", fill="#ffffff", stroke=ACCENT, stroke_width="3"),
    ]
    lines = wrap(first, (right - left) * 0.7, BODY, bold=True)
    parts += write_lines(lines, x=left, y=_beside(start, len(lines), above=not rising), size=BODY, bold=True)
    parts += write_lines([last], x=right, y=_beside(end, 1, above=rising), size=BODY, bold=True, anchor="end")
    return parts + _years(baseline.date, target.date, floor, left, right)


def _beside(at: float, lines: int, *, above: bool) -> float:
    """The top of a label that stands clear of the line: above or below its point."""
    return at - 12 - lines * BODY * LINE if above else at + 8


def _years(first: str, last: str, floor: float, left: float, right: float) -> list[Markup]:
    """The dates under the line: baseline, target, and whole years between them where there is room."""
    start, end = on_the_line(first), on_the_line(last)
    parts = write_lines([f"baseline {first}"], x=left, y=floor + 18, size=SMALL, fill=SOFT)
    parts += write_lines([f"target {last}"], x=right, y=floor + 18, size=SMALL, fill=SOFT, anchor="end")
    if end <= start:
        return parts
    step = max(1, round((end - start) / 5))
    for year in range(int(start) + 1, int(end) + 1, step):
        at = left + 8 + (year - start) / (end - start) * (right - left - 16)
        if left < at < right:
            parts.append(el("path", d=f"M{number(at)} {number(floor)}v5", stroke=SOFT, stroke_width="1", fill="none"))
            if left + 12 < at < right - width_of("2000", SMALL):
                parts += write_lines([str(year)], x=at, y=floor + 4, size=SMALL - 2, fill=SOFT, anchor="middle")
    return parts


def _signals(drawn: _Drawn, framework: Framework, headline: Indicator, inner: float) -> _Drawn:
    drawn = drawn.add([], 10).text("What moves first", inner, BODY, bold=True)
    signals = signals_of(framework, headline)
    if not signals:
        return drawn.text("No early signal yet.", inner, BODY)
    for signal in signals:
        rule = el("path", d=f"M12 {number(drawn.y)}h{number(inner)}", stroke=SOFT, stroke_width="0.5", fill="none")
        drawn = drawn.add([rule], 4).text(signal.name, inner, BODY)
        drawn = drawn.text(path_words(signal), inner, SMALL, fill=SOFT)
    return drawn

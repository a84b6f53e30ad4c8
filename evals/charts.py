"""Plots of the report. Owns: interval rows, differences, curves, the reliability diagram. Does not own: which figures are shown. Pure; no
outside request.

Rows are a table whose bars are boxes, so that words keep their size on a small screen and are read out row by row. Curves are inline SVG in
user units, with a title that a screen reader reads; colours come from the page's style sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

SIDE, LEFT, TOP, BELOW = 300, 44, 34, 44
LARGEST_DOT, SMALLEST_DOT = 9.0, 2.5


@dataclass(frozen=True)
class Bar:
    """One row: a label, a value from 0 to 1 (None: not scored), its interval, and whether it is the product's."""

    label: str
    value: float | None
    low: float | None
    high: float | None
    mine: bool = True
    note: str = ""


@dataclass(frozen=True)
class Line:
    """One curve. Points are (x, y), both 0 to 1; `counts`: how many cases stand behind each, drawn as the size of its dot."""

    label: str
    points: Sequence[tuple[float, float]]
    style: str = "mine"
    counts: Sequence[int] = ()


def bars(rows: Sequence[Bar], *, title: str) -> str:
    """Horizontal bars from 0 to 1 with interval whiskers, as a table."""
    return f"<table class='bars'><caption class='unseen'>{escape(title)}</caption><tbody>{''.join(_bar(row) for row in rows)}</tbody></table>"


def _bar(row: Bar) -> str:
    label = f"<th scope='row'>{escape(row.label)}{f' <small>{escape(row.note)}</small>' if row.note else ''}</th>"
    if row.value is None:
        return f"<tr>{label}<td class='track'></td><td class='number'>not scored</td></tr>"
    style = "mine" if row.mine else "dummy"
    parts = [f"<span class='bar {style}' style='width:{_percent(row.value)}'></span>"]
    said = f"<b>{row.value:.3f}</b>"
    if row.low is not None and row.high is not None:
        width = f"{100 * (_inside(row.high) - _inside(row.low)):.2f}%"
        parts.append(f"<span class='whisker' style='left:{_percent(row.low)};width:{width}'></span>")
        said += f" <span class='ends'>{row.low:.2f} to {row.high:.2f}</span>"
    return f"<tr>{label}<td class='track'><span class='box'>{''.join(parts)}</span></td><td class='number'>{said}</td></tr>"


def difference(value: float | None, low: float | None, high: float | None) -> str:
    """A difference in words: its sign, its interval, and whether that leaves nought out."""
    if value is None:
        return "not scored"
    if low is None or high is None:
        return f"<b>{value:+.3f}</b>"
    sure = "beyond chance" if low > 0 or high < 0 else "within chance"
    return f"<b>{value:+.3f}</b> <span class='ends'>{low:+.3f} to {high:+.3f}, {sure}</span>"


def curves(lines: Sequence[Line], *, title: str, x: str, y: str, diagonal: bool = False) -> str:
    """Curves in a square, with a legend under it."""
    height = TOP + SIDE + BELOW + 20 * len(lines)
    parts = [_open(SIDE + 2 * LEFT, height, title), _axes(x, y)]
    if diagonal:
        parts.append(f'<path class="ideal" d="M{LEFT} {TOP + SIDE}L{LEFT + SIDE} {TOP}"/>')
    for place, line in enumerate(lines):
        if line.points:
            path = "L".join(f"{_x(a):.1f} {_y(b):.1f}" for a, b in line.points)
            parts.append(f'<path class="line {line.style}" d="M{path}"/>')
            parts += _dots(line)
        at = TOP + SIDE + BELOW + 20 * place + 2
        parts.append(
            f'<path class="line {line.style}" d="M{LEFT} {at}h26"/><text class="label" x="{LEFT + 34}" y="{at + 4}">{escape(line.label)}</text>'
        )
    return f"<figure>{''.join(parts)}</svg><figcaption>{escape(title)}</figcaption></figure>"


def _dots(line: Line) -> list[str]:
    most = max(line.counts, default=0)
    return [
        f'<circle class="dot {line.style}" cx="{_x(a):.1f}" cy="{_y(b):.1f}" r="{max(SMALLEST_DOT, LARGEST_DOT * (n / most) ** 0.5):.1f}">'
        f"<title>{n} cases: {a:.2f}, {b:.2f}</title></circle>"
        for (a, b), n in zip(line.points, line.counts, strict=False)
    ]


def _axes(x: str, y: str) -> str:
    parts = [f'<rect class="frame" x="{LEFT}" y="{TOP}" width="{SIDE}" height="{SIDE}"/>']
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        parts.append(f'<line class="grid" x1="{LEFT}" y1="{_y(tick):g}" x2="{LEFT + SIDE}" y2="{_y(tick):g}"/>')
        parts.append(f'<text class="tick" x="{_x(tick):g}" y="{TOP + SIDE + 16}" text-anchor="middle">{tick:g}</text>')
        parts.append(f'<text class="tick" x="{LEFT - 6}" y="{_y(tick) + 4:g}" text-anchor="end">{tick:g}</text>')
    parts.append(f'<text class="axis" x="{LEFT + SIDE / 2:g}" y="{TOP + SIDE + 32}" text-anchor="middle">{escape(x)}</text>')
    parts.append(f'<text class="axis" x="{LEFT}" y="{TOP - 12}">{escape(y)}</text>')
    return "".join(parts)


def _open(width: float, height: float, title: str) -> str:
    name = escape(title)
    return f'<svg viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{name}"><title>{name}</title>'


def _x(value: float) -> float:
    return LEFT + value * SIDE


def _y(value: float) -> float:
    return TOP + (1 - value) * SIDE


def _percent(value: float) -> str:
    return f"{100 * _inside(value):.2f}%"


def _inside(value: float) -> float:
    return min(1.0, max(0.0, value))

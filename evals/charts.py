"""Plots as inline SVG. Owns: interval rows, curves, the reliability diagram. Does not own: which figures are shown. Pure; no
outside request.

All lengths are SVG user units. Every plot has a title that a screen reader reads; colours come from the page's style sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

LABEL, WIDE, ROW, NUMBER = 250, 330, 22, 200
SIDE, PAD = 300, 44


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
    """One curve. Points are (x, y), both 0 to 1."""

    label: str
    points: Sequence[tuple[float, float]]
    style: str = "mine"


def bars(rows: Sequence[Bar], *, title: str) -> str:
    """Horizontal bars with interval whiskers."""
    height = ROW * len(rows) + 26
    parts = [_open(LABEL + WIDE + NUMBER, height, title)]
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        x = LABEL + tick * WIDE
        parts.append(f'<line class="grid" x1="{x:g}" y1="0" x2="{x:g}" y2="{height - 22}"/>')
        parts.append(f'<text class="tick" x="{x:g}" y="{height - 6}" text-anchor="middle">{tick:g}</text>')
    for place, row in enumerate(rows):
        parts.append(_bar(row, place * ROW))
    return "".join([*parts, "</svg>"])


def _bar(row: Bar, y: float) -> str:
    middle = y + ROW / 2
    parts = [f'<text class="label" x="{LABEL - 8}" y="{middle + 4:g}" text-anchor="end">{escape(_short(row.label))}</text>']
    if row.value is None:
        return "".join([*parts, f'<text class="number" x="{LABEL + 6}" y="{middle + 4:g}">not scored</text>'])
    style = "mine" if row.mine else "dummy"
    parts.append(
        f'<rect class="{style}" x="{LABEL}" y="{y + 4}" width="{max(0.0, row.value) * WIDE:.1f}" height="{ROW - 8}" rx="2"/>'
    )
    said = f"{row.value:.3f}"
    if row.low is not None and row.high is not None:
        a, b = LABEL + max(0.0, row.low) * WIDE, LABEL + max(0.0, row.high) * WIDE
        parts.append(f'<path class="whisker" d="M{a:.1f} {middle - 4:g}v8M{a:.1f} {middle:g}H{b:.1f}M{b:.1f} {middle - 4:g}v8"/>')
        said += f"  ({row.low:.2f} to {row.high:.2f})"
    parts.append(f'<text class="number" x="{LABEL + WIDE + 8}" y="{middle + 4:g}">{said}</text>')
    return f"<g><title>{escape(row.label)}: {said} {escape(row.note)}</title>{''.join(parts)}</g>"


def curves(lines: Sequence[Line], *, title: str, x: str, y: str, diagonal: bool = False) -> str:
    """Curves in a square, with a legend under it."""
    height = SIDE + 2 * PAD + 18 * len(lines)
    parts = [_open(SIDE + 2 * PAD, height, title), _axes(x, y)]
    if diagonal:
        parts.append(f'<path class="ideal" d="M{PAD} {PAD + SIDE}L{PAD + SIDE} {PAD}"/>')
    for place, line in enumerate(lines):
        if line.points:
            path = "L".join(f"{PAD + a * SIDE:.1f} {PAD + (1 - b) * SIDE:.1f}" for a, b in line.points)
            parts.append(f'<path class="line {line.style}" d="M{path}"/>')
            if len(line.points) <= 12:
                parts += [
                    f'<circle class="dot {line.style}" cx="{PAD + a * SIDE:.1f}" cy="{PAD + (1 - b) * SIDE:.1f}" r="4"/>'
                    for a, b in line.points
                ]
        at = SIDE + 2 * PAD + 18 * place + 4
        parts.append(
            f'<path class="line {line.style}" d="M{PAD} {at}h26"/>'
            f'<text class="label" x="{PAD + 34}" y="{at + 4}">{escape(line.label)}</text>'
        )
    return "".join([*parts, "</svg>"])


def _axes(x: str, y: str) -> str:
    parts = [f'<rect class="frame" x="{PAD}" y="{PAD}" width="{SIDE}" height="{SIDE}"/>']
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        a, b = PAD + tick * SIDE, PAD + (1 - tick) * SIDE
        parts.append(f'<line class="grid" x1="{PAD}" y1="{b:g}" x2="{PAD + SIDE}" y2="{b:g}"/>')
        parts.append(f'<text class="tick" x="{a:g}" y="{PAD + SIDE + 14}" text-anchor="middle">{tick:g}</text>')
        parts.append(f'<text class="tick" x="{PAD - 6}" y="{b + 4:g}" text-anchor="end">{tick:g}</text>')
    parts.append(f'<text class="axis" x="{PAD + SIDE / 2:g}" y="{PAD + SIDE + 32}" text-anchor="middle">{escape(x)}</text>')
    parts.append(f'<text class="axis" x="{PAD}" y="{PAD - 14}">{escape(y)}</text>')
    return "".join(parts)


def _open(width: float, height: float, title: str) -> str:
    name = escape(title)
    box = f'viewBox="0 0 {width:g} {height:g}" style="max-width:{width:g}px"'
    return f'<svg {box} role="img" aria-label="{name}"><title>{name}</title>'


def _short(label: str, longest: int = 40) -> str:
    return label if len(label) <= longest else label[: longest - 1] + "…"

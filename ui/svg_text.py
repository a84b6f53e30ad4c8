"""Text in pictures. Owns: how wide a line of text is, breaking it into lines, and writing it into an SVG. Pure.

Does not own: any picture. Widths are those of DejaVu Sans, the widest of the usual sans-serif fonts, so that nothing runs over in any of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from ui.markup import Markup, el

FONT = "system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
INK, SOFT, PAPER, ACCENT = "#1a1a1a", "#4a4a4a", "#ffffff", "#0b5c6b"
LINE = 1.3  # line height in ems
_NARROW, _WIDE = frozenset("iljtfr.,:;'|!()[] “”‘’"), frozenset("mwMW@%—")


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide a line is, in the picture's units."""
    ems = sum(0.38 if c in _NARROW else 0.98 if c in _WIDE else 0.73 if c.isupper() else 0.62 for c in text)
    return ems * size * (1.12 if bold else 1.0)


def wrap(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """The text in lines no wider than `width`. A word that is too long for a line is broken."""
    lines: list[str] = []
    line = ""
    for word in " ".join(text.split()).split(" "):
        tried = f"{line} {word}".strip()
        if line and width_of(tried, size, bold=bold) > width:
            lines.append(line)
            tried = word
        while len(tried) > 1 and width_of(tried, size, bold=bold) > width:
            cut = _fits(tried, width, size, bold=bold)
            lines.append(tried[:cut])
            tried = tried[cut:]
        line = tried
    return [*lines, line] if line else lines


def _fits(word: str, width: float, size: float, *, bold: bool) -> int:
    """How many letters of a word fit on a line; at least one."""
    for count in range(len(word), 1, -1):
        if width_of(word[:count], size, bold=bold) <= width:
            return count
    return 1


def write_lines(
    lines: Sequence[str], *, x: float, y: float, size: float, bold: bool = False, fill: str = INK, anchor: str | None = None
) -> list[Markup]:
    """Lines of text, the first one's top at `y`."""
    return [
        el(
            "text",
            line,
            x=number(x),
            y=number(y + size + index * size * LINE),
            font_size=number(size),
            font_weight="700" if bold else None,
            fill=fill,
            text_anchor=anchor,
        )
        for index, line in enumerate(lines)
    ]


def number(value: float) -> str:
    """A coordinate, short."""
    return f"{value:.1f}".removesuffix(".0")


def picture(parts: Sequence[Markup], *, name: str, title: str, description: str, width: float, height: float) -> Markup:
    """A whole SVG that stands alone or in a page: named and described for those who do not see it, on paper of its own."""
    return el(
        "svg",
        el("title", title, id=f"{name}-title"),
        el("desc", description, id=f"{name}-desc"),
        el("rect", x="0", y="0", width=number(width), height=number(height), fill=PAPER),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=number(width),
        height=number(height),
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        font_family=FONT,
        style="max-width:100%;height:auto",
    )

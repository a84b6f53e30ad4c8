"""Reports in blocks (frameworks, cases, tools, networks) as a section of a page. Owns: their layout there. Pure.

Does not own: what stands in them, or pages that stand alone (`export_framework_html.py`).
"""

from __future__ import annotations

from collections.abc import Iterable

from assistant.instruments.outcomes.framework import Framework
from ui.export_framework_html import pictures_html
from ui.framework_report import Block
from ui.markup import Markup, el


def blocks_section(
    blocks: Iterable[Block], *, top: int, actions: Markup | None = None, framework: Framework | None = None
) -> Markup:
    """The blocks as an article. `top`: the level of its first heading; `framework`: whose pictures are shown."""
    whole = list(blocks)
    parts = [_block(block, top=top, framework=framework, first=number == 0) for number, block in enumerate(whole)]
    return el("article", parts[0], actions, *parts[1:], class_="assessment")


def _block(block: Block, *, top: int, framework: Framework | None, first: bool) -> Markup:
    picture = el("figure", pictures_html(framework, block.marks), class_="pictures") if block.marks and framework else None
    heading = el(
        f"h{min(6, top + block.level - 1)}", block.heading, tabindex="-1" if first else None, class_="asked" if first else None
    )
    return el(
        "section",
        heading,
        picture,
        *(el("p", paragraph) for paragraph in block.paragraphs),
        el("ul", *(el("li", *_lines(item)) for item in block.items)) if block.items else None,
        _table(block) if block.rows else None,
    )


def _lines(item: str) -> Iterable[object]:
    for number, line in enumerate(item.split("\n")):
        yield from ((el("br"), line) if number else (line,))


def _table(block: Block) -> Markup:
    head = el("thead", el("tr", *(el("th", name or "Verdict", scope="col") for name in block.head)))
    rows = [el("tr", el("th", row[0], scope="row"), *(el("td", *_lines(cell)) for cell in row[1:])) for row in block.rows]
    return el("div", el("table", head, el("tbody", *rows)), class_="wide", tabindex="0", role="region", aria_label=block.heading)

"""A framework with its findings as Markdown. Owns: its layout, hostile text staying text. Does not own: what stands in it."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.instruments.outcomes.review import FrameworkReview
from ui.export_markdown import plain
from ui.framework_report import Block, report_blocks


def framework_markdown(review: FrameworkReview) -> str:
    """The report; the pictures are left to the formats that can show them."""
    return blocks_markdown(report_blocks(review))


def blocks_markdown(blocks: Iterable[Block]) -> str:
    """Any report of blocks."""
    lines: list[str] = []
    for block in blocks:
        if block.marks and not block.paragraphs:
            continue
        lines += [*_block(block), ""]
    return "\n".join(lines).strip() + "\n"


def _block(block: Block) -> list[str]:
    lines = [f"{'#' * block.level} {plain(block.heading)}"]
    for paragraph in block.paragraphs:
        lines += ["", plain(paragraph)]
    if block.rows:
        lines += ["", _row(block.head), _row(tuple("---" for _ in block.head), raw=True), *map(_row, block.rows)]
    if block.items:
        lines += ["", *(_item(item) for item in block.items)]
    return lines


def _item(item: str) -> str:
    first, *under = item.split("\n")
    return "\n".join([f"- {plain(first)}", *(f"  - {plain(words)}" for words in under)])


def _row(cells: tuple[str, ...], *, raw: bool = False) -> str:
    return "| " + " | ".join(cell if raw else plain(cell) for cell in cells) + " |"

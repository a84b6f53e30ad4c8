"""A report of blocks as lines for a terminal. Owns: their indents. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ui.framework_report import Block


def block_lines(blocks: Iterable[Block]) -> Iterator[tuple[int, str]]:
    """Indent and words of each line; deeper headings stand further in."""
    for block in blocks:
        indent = max(0, block.level - 2) * 2
        yield 0, ""
        yield indent, block.heading.upper() if block.level <= 2 else block.heading
        for paragraph in block.paragraphs:
            yield indent + 2, paragraph
        for row in block.rows:
            first, *others = row
            named = [f"{name}: {cell}" if name else cell for name, cell in zip(block.head[1:], others, strict=True) if cell]
            yield indent + 2, f"{first}. {'. '.join(named)}."
        for item in block.items:
            first, *under = item.split("\n")
            yield indent + 2, f"• {first}"
            for words in under:
                yield indent + 6, words

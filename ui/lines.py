"""Plain lines in a terminal. Owns: wrapping them to its width with their indent. Does not own: what they say."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable

WIDEST = 100


def print_lines(lines: Iterable[tuple[int, str]]) -> None:
    """Each line with its indent, wrapped; lines that run on stand two further in. Control characters of documents are not sent on."""
    width = min(max(40, shutil.get_terminal_size((WIDEST, 24)).columns), WIDEST)
    for indent, words in lines:
        shown = "".join(c if c.isprintable() else " " for c in words)
        if not shown.strip():
            print()
            continue
        print(textwrap.fill(shown, width, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2)))

"""A document as Markdown. Owns: its layout, and escaping so that hostile text stays text. Does not own: other formats."""

from __future__ import annotations

import re

from ui.brief_document import Block, Contents, Document, Heading, PageBreak, Paragraph, Run, Runs, Table
from ui.export_markdown import plain
from ui.markup import is_safe_address

_NO_ADDRESS = re.compile(r"[<>\s]")
_STYLES = {"strong": "**", "emphasis": "*", "mark": "*"}
_LEADS = {"bullet": "- ", "numbered": "1. "}


def markdown_of(document: Document) -> str:
    """The whole document, its notes as Markdown footnotes under the same numbers."""
    lines: list[str] = []
    for block in document.blocks:
        lines += _block(block, document)
    notes = [f"[^{n}]: {_runs(runs)}" for n, runs in sorted(document.notes.items())]
    return "\n".join([*lines, *notes]) + "\n"


def _block(block: Block, document: Document) -> list[str]:
    if isinstance(block, Heading):
        return [f"{'#' * (block.level + 1)} {plain(block.text)}", ""]
    if isinstance(block, Paragraph):
        if block.style == "title":
            return [f"# {_runs(block.runs)}", ""]
        return [f"{_LEADS.get(block.style, '')}{_runs(block.runs)}", ""]
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Contents):
        return [*(f"- {plain(heading.text)}" for heading in document.headings() if heading.level == 1), ""]
    assert isinstance(block, PageBreak)
    return []


def _table(table: Table) -> list[str]:
    rows = ["| " + " | ".join("<br>".join(_runs(runs) for runs in cell) for cell in row) + " |" for row in table.rows]
    header = "| " + " | ".join(plain(name) for name in table.header) + " |"
    caption = [f"**{plain(table.caption)}**", ""] if table.captioned else []
    return [*caption, header, "|" + " --- |" * len(table.header), *rows, ""]


def _runs(runs: Runs) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    if run.note:
        return str(run.note) if run.style == "strong" else f"[^{run.note}]"
    text = plain(run.text)
    if run.href and is_safe_address(run.href):
        return f"[{text}](<{_NO_ADDRESS.sub('', run.href)}>)"
    outer = _STYLES.get(run.style, "")
    lead = " " if run.text[:1].isspace() else ""
    trail = " " if run.text[-1:].isspace() and run.text.strip() else ""
    return f"{lead}{outer}{text}{outer}{trail}" if text else lead

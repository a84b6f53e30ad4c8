"""A framework with its findings as a Word document. Owns: its layout. Does not own: what stands in it.

The tree is an indented list here, with real headings and tables, so that it can be edited and read aloud.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any

from assistant.instruments.outcomes.framework import Framework
from assistant.instruments.outcomes.review import FrameworkReview
from ui.export_docx import short_property
from ui.framework_report import Block, report_blocks
from ui.framework_words import extra_words, groups, kind_words

_NOT_ALLOWED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def framework_docx(review: FrameworkReview) -> bytes:
    """The document, on landscape pages for its tables."""
    return blocks_docx(review.framework.title, report_blocks(review), framework=review.framework)


def blocks_docx(title: str, blocks: Iterable[Block], *, framework: Framework | None = None) -> bytes:
    """Any report of blocks; with a framework, its tree where the blocks ask for it."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    for edge in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, edge, Cm(2))
    document.core_properties.title = short_property(_clean(title))
    document.core_properties.language = "en-GB"
    for block in blocks:
        _write(document, block, framework)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _write(document: Any, block: Block, framework: Framework | None) -> None:
    document.add_heading(_clean(block.heading), level=0 if block.level == 1 else min(block.level - 1, 3))
    if block.marks == "tree" and framework:
        _tree(document, framework)
    for paragraph in block.paragraphs:
        document.add_paragraph(_clean(paragraph))
    if block.rows:
        _table(document, block)
    for item in block.items:
        first, *under = item.split("\n")
        document.add_paragraph(_clean(first), style="List Bullet")
        for words in under:
            document.add_paragraph(_clean(words), style="List Bullet 2")


def _tree(document: Any, framework: Framework) -> None:
    document.add_paragraph(_clean(framework.mission.goal)).runs[0].bold = True
    for outcome in framework.outcomes:
        document.add_paragraph(_clean(outcome.statement), style="List Bullet")
        for indicator in outcome.indicators:
            words = f"{kind_words(indicator)}: {indicator.name}. {extra_words(indicator)}"
            document.add_paragraph(_clean(words), style="List Bullet 2")
    for heading, measures in groups(framework):
        names = "; ".join(measure.name for measure in measures) or "nothing yet"
        document.add_paragraph(_clean(f"{heading}: {names}"), style="List Bullet")


def _table(document: Any, block: Block) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    table = document.add_table(rows=1, cols=len(block.head))
    table.style = "Table Grid"
    for cell, name in zip(table.rows[0].cells, block.head, strict=True):
        cell.text = _clean(name)
        cell.paragraphs[0].runs[0].bold = True
    repeated = OxmlElement("w:tblHeader")  # the first row is repeated on every page, and read out as headings
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in block.rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = _clean(words)
    for row in table.rows:
        for cell in row.cells:
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(9)
    document.add_paragraph()


def _clean(words: str) -> str:
    """Text without the characters that a Word file cannot hold."""
    return _NOT_ALLOWED.sub("�", words)

"""A document as a PDF: the only door to typst. Owns: handing the document over as data, and what is said of characters no font has.

Does not own: the page's look (`export_pdf_page.typ`). The page is a fixed program and the document its data, so that no text of a source
can be markup. Tagged for screen readers (PDF/UA-1), with language, title, bookmarks and real footnotes; the same document gives the same
bytes.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from ui.brief_document import Block, Contents, Document, Heading, PageBreak, Paragraph, Runs, Table

PAGE = Path(__file__).parent / "export_pdf_page.typ"
UNSHOWN_WORDS = (
    "This computer has no font for some characters (such as “{}”): the PDF shows boxes there. "
    "Install a font for them, or export as .docx or .html."
)
_UNSHOWN = re.compile(r'the text `?"(.*?)"`? could not be displayed', re.S)


@dataclass(frozen=True)
class Pdf:
    """A PDF, and what its reader has to know of it."""

    content: bytes
    warnings: tuple[str, ...] = ()


def pdf_of(document: Document) -> Pdf:
    """The document as a PDF. Raises InputError where it cannot be set."""
    import typst

    data = {"data": json.dumps(_data(document), ensure_ascii=False)}
    try:
        return Pdf(_bytes(typst.compile(str(PAGE), sys_inputs=data, pdf_standards=["ua-1"])))
    except typst.TypstError as error:
        unshown = _UNSHOWN.search(str(error))
        if unshown is None:
            raise InputError(
                f"The PDF could not be set ({' '.join(str(error).split())[:200]}). Export it as .docx and print that."
            ) from None
    says = UNSHOWN_WORDS.format(unshown.group(1)[:12])
    return Pdf(_bytes(typst.compile(str(PAGE), sys_inputs=data)), (says,))


def _bytes(made: Any) -> bytes:
    if not isinstance(made, bytes):
        raise InputError("The PDF could not be set. Export it as .docx and print that.")
    return made


def _data(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "author": document.author,
        "blocks": [_block(block) for block in document.blocks],
        "notes": {str(n): _runs(runs) for n, runs in document.notes.items()},
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "text": block.text}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "style": block.style, "runs": _runs(block.runs)}
    if isinstance(block, Table):
        return {
            "kind": "table",
            "caption": block.caption if block.captioned else "",
            "alt": block.alt,
            "style": block.style,
            "header": list(block.header),
            "widths": list(block.widths),
            "rows": [[[_runs(paragraph) for paragraph in cell] for cell in row] for row in block.rows],
        }
    return {"kind": {Contents: "contents", PageBreak: "pagebreak"}[type(block)]}


def _runs(runs: Runs) -> list[dict[str, Any]]:
    return [{"text": run.text, "style": run.style, "note": run.note, "href": run.href} for run in runs]

"""An assessment's document as the blocks that Word and PDF files are written from. Owns: that translation. Pure.

Does not own: what stands in the document, or either format. Numbers are those of every other export: in brackets in the text, and in the table of
evidence at the end. Pictures are left to the tables that say the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.nouns import Citation
from ui import brief_document as doc
from ui.answer_text import citation_line
from ui.assess_document import TAG_WORDS, AssessDocument, Block, Bullets, Figure, Part, Quoted, Table, Words

EVIDENCE = "Evidence from the library"
ABOUT = "About this result"
NUMBER, QUOTE, SOURCE = 0.08, 0.5, 0.42  # shares of the page's width


def assessment_layout(document: AssessDocument, *, date: str) -> doc.Document:
    """The whole document. `date`: the ISO day that it was made."""
    return doc.Document(
        title=document.title,
        subject=document.subject,
        author="Mission Adviser",
        date=date,
        blocks=tuple(_blocks(document)),
    )


def _blocks(document: AssessDocument) -> Iterator[doc.Block]:
    yield doc.Paragraph(doc.words(document.title), "title")
    if document.subject:
        yield doc.Paragraph(doc.words(document.subject), "subtitle")
    for number, part in enumerate(document.parts, 1):
        yield doc.Heading(part.level - 1, doc.shown_text(part.heading), f"part-{number}")
        yield from _part(part)
    if document.sources:
        yield doc.Heading(1, EVIDENCE, "evidence")
        yield _evidence(document.sources)
    yield doc.Heading(1, ABOUT, "about")
    yield from (doc.Paragraph(doc.words(note), "bullet") for note in document.notes)
    yield doc.Paragraph(doc.words(document.made), "small")


def _part(part: Part) -> Iterator[doc.Block]:
    for block in part.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[doc.Block]:
    match block:
        case Words():
            yield doc.Paragraph(_runs(block))
        case Quoted():
            yield doc.Paragraph((*doc.words(f"“{block.text}” "), *doc.words(f"({block.place})", "mark")), "own")
        case Bullets():
            yield from (doc.Paragraph(_runs(item), "numbered" if block.numbered else "bullet") for item in block.items)
        case Table():
            yield _table(block)
        case Figure():
            return


def _runs(words: Words) -> doc.Runs:
    numbers = "".join(f"[{n}]" for n in words.numbers)
    said = doc.words(words.text, "strong" if words.tag in {"result", "case"} else "plain")
    after = f"{f' {numbers}' if numbers else ''}{TAG_WORDS.get(words.tag, '')}"
    return (*said, *doc.words(after, "mark")) if after else said


def _table(table: Table) -> doc.Table:
    wide = 2.0 / (len(table.head) + 1)
    return doc.Table(
        caption=table.caption,
        alt=f"{table.caption}: a row for each {table.head[0].lower()}, with {', '.join(table.head[1:]).lower()}.",
        header=table.head,
        rows=tuple(tuple((doc.words(cell),) for cell in row) for row in table.rows),
        widths=(wide, *([(1 - wide) / (len(table.head) - 1)] * (len(table.head) - 1))),
    )


def _evidence(sources: tuple[Citation, ...]) -> doc.Table:
    return doc.Table(
        caption=EVIDENCE,
        alt="A row for each citation: its number, the exact words, and the source with its kind of evidence.",
        header=("No.", "Exact words", "Source"),
        rows=tuple(
            ((doc.words(f"[{each.n}]"),), (doc.words(f"“{each.quote}”"),), (doc.words(citation_line(each)),)) for each in sources
        ),
        widths=(NUMBER, QUOTE, SOURCE),
        style="annex",
        captioned=False,
    )

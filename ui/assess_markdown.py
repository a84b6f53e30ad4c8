"""An assessment's document as Markdown, to be sent on. Owns: its layout; all text is escaped. Does not own: what is in it."""

from __future__ import annotations

from collections.abc import Iterator

from ui.answer_text import citation_line
from ui.assess_document import TAG_WORDS, AssessDocument, Block, Bullets, Figure, Quoted, Table, Words
from ui.export_markdown import plain


def document_markdown(document: AssessDocument) -> str:
    """The whole document; pictures are left to the tables that say the same."""
    lines = [f"# {plain(document.title)}", ""]
    if document.subject:
        lines += [f"**{plain(document.subject)}**", ""]
    for part in document.parts:
        lines += [f"{'#' * part.level} {plain(part.heading)}", ""]
        for block in part.blocks:
            lines += [*_block(block), ""]
    if document.sources:
        lines += ["## Evidence from the library", ""]
    for citation in document.sources:
        lines += [f"{citation.n}. {plain(citation_line(citation))}", f"   > {plain(citation.quote)}", ""]
    lines += ["## About this result", "", *(f"- {plain(note)}" for note in document.notes), "", plain(document.made), ""]
    return "\n".join(lines)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Words():
            words = _words(block)
            yield f"**{words}**" if block.tag in {"result", "case"} else words
        case Quoted():
            yield from (f"> {plain(block.text)}", ">", f"> {plain(block.place)}")
        case Bullets():
            for number, item in enumerate(block.items, 1):
                yield f"{f'{number}.' if block.numbered else '-'} {_words(item)}"
        case Table():
            yield from _table(block)
        case Figure():
            return


def _words(words: Words) -> str:
    numbers = "".join(f"\\[{n}\\]" for n in words.numbers)
    return f"{plain(words.text)}{f' {numbers}' if numbers else ''}{TAG_WORDS.get(words.tag, '')}"


def _table(table: Table) -> Iterator[str]:
    yield f"**{plain(table.caption)}**"
    yield ""
    yield f"| {' | '.join(plain(cell) for cell in table.head)} |"
    yield f"| {' | '.join('---' for _ in table.head)} |"
    for row in table.rows:
        yield f"| {' | '.join(plain(cell) for cell in row)} |"

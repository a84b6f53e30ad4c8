"""A document as a Word file. Owns: paragraphs, headings, tables, contents, in named styles that a template of one's own can replace.

Does not own: notes (`export_docx_notes.py`), styles (`export_docx_styles.py`), the file itself (`export_docx_file.py`). The same document
gives the same bytes: nothing of the time or the machine stands in them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import InputError
from ui.brief_document import Block, Contents, Document, Heading, PageBreak, Paragraph, Run, Runs, Table
from ui.export_docx_file import saved
from ui.export_docx_notes import Notes
from ui.export_docx_styles import NAMES, prepare_styles

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

TEMPLATE_BYTES = 50_000_000
LONGEST_PROPERTY = 255  # characters: what Word allows


def docx_bytes(document: Document, *, template: Path | None = None) -> bytes:
    """The document as a .docx file. Raises InputError for a template that is no Word document."""
    word = _opened(template)
    prepare_styles(word, language=document.language, own_template=template is not None)
    _properties(word, document)
    writer = _Writer(word, document)
    for block in document.blocks:
        writer.write(block)
    writer.notes.finish()
    return saved(word)


def _opened(template: Path | None) -> WordDocument:
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    if template is None:
        return docx.Document()
    try:
        if template.stat().st_size > TEMPLATE_BYTES:
            raise InputError(
                f"{template.name} is too large for a template of styles. Keep it under {TEMPLATE_BYTES // 1_000_000} MB."
            )
        word = docx.Document(str(template))
    except (PackageNotFoundError, ValueError, KeyError, OSError):
        raise InputError(f"{template} is not a Word document (.docx). Save your template as .docx and give that.") from None
    body = word.element.body
    for child in list(body):
        if not child.tag.endswith("}sectPr"):
            body.remove(child)
    return word


def _properties(word: WordDocument, document: Document) -> None:
    from datetime import datetime

    made = datetime.fromisoformat(document.date)
    core = word.core_properties
    author = short_property(document.author)
    core.title, core.subject = short_property(document.title), short_property(document.subject)
    core.author, core.last_modified_by = author, author
    core.language, core.created, core.modified, core.revision = document.language, made, made, 1
    core.comments, core.keywords, core.category = "", "", ""


def short_property(text: str) -> str:
    """Text as a file's property may hold it: at most LONGEST_PROPERTY characters."""
    return text if len(text) <= LONGEST_PROPERTY else text[: LONGEST_PROPERTY - 1].rstrip() + "…"


class _Writer:
    """Writes blocks one after the other."""

    def __init__(self, word: WordDocument, document: Document) -> None:
        self.word = word
        self.document = document
        self.notes = Notes(word, document)
        self.bookmarks = 0

    def write(self, block: Block) -> None:
        """One block at the end of the document."""
        if isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, Paragraph):
            self._runs(self.word.add_paragraph(style=NAMES[block.style]), block.runs)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Contents):
            self._contents()
        elif isinstance(block, PageBreak):
            self.word.add_page_break()  # type: ignore[no-untyped-call]

    def _heading(self, heading: Heading) -> None:
        paragraph = self.word.add_paragraph(style=f"Heading {heading.level}")
        self._bookmarked(paragraph, heading.anchor, heading.text)

    def _bookmarked(self, paragraph: Any, anchor: str, text: str) -> None:
        from docx.oxml.ns import qn
        from docx.oxml.parser import OxmlElement

        self.bookmarks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(self.bookmarks))
        start.set(qn("w:name"), bookmark_name(anchor))
        paragraph._p.append(start)
        paragraph.add_run(text)
        paragraph._p.append(end)

    def _runs(self, paragraph: Any, runs: Runs) -> None:
        for run in runs:
            if run.note:
                self.notes.refer(paragraph, run.note, raised=run.style != "strong")
            elif run.href:
                self._link(paragraph, run)
            else:
                made = paragraph.add_run(run.text)
                made.bold = True if run.style == "strong" else None
                made.italic = True if run.style == "emphasis" else None
                if run.style == "mark":
                    made.style = NAMES["mark"]

    def _link(self, paragraph: Any, run: Run) -> None:
        add_link(paragraph._p, paragraph.part, run)

    def _table(self, table: Table) -> None:
        from docx.shared import Pt

        if table.captioned:
            caption = self.word.add_paragraph(style=NAMES["caption"])
            caption.add_run(table.caption)
            caption.paragraph_format.keep_with_next = True
        made = self.word.add_table(rows=1, cols=len(table.header), style=NAMES["table"])
        made.autofit = False
        text = NAMES["annex cell" if table.style == "annex" else "cell"]
        _describe(made, table)
        for cell, name in zip(made.rows[0].cells, table.header, strict=True):
            cell.paragraphs[0].style = text
            cell.paragraphs[0].add_run(name).bold = True
        _as_header(made.rows[0])
        for row in table.rows:
            cells = made.add_row().cells
            for cell, paragraphs in zip(cells, row, strict=True):
                for number, runs in enumerate(paragraphs):
                    paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
                    paragraph.style = text
                    self._runs(paragraph, runs)
        for row in made.rows:
            _whole(row)
        _set_widths(self.word, made, table.widths)
        after = self.word.add_paragraph(style=NAMES["small"])
        after.paragraph_format.space_after, after.paragraph_format.line_spacing = Pt(0), Pt(6)

    def _contents(self) -> None:
        from ui.export_docx_notes import field_runs

        listed = [heading for heading in self.document.headings() if heading.level == 1]
        title = self.word.add_paragraph(style=NAMES["contents title"])
        title.add_run("Contents")
        begin, end = field_runs('TOC \\o "1-1" \\h \\z \\u', dirty=True)
        for number, heading in enumerate(listed):
            paragraph = self.word.add_paragraph(style=NAMES["contents"])
            if number == 0:
                for element in begin:
                    paragraph._p.append(element)
            _inner_link(paragraph, heading)
            if number == len(listed) - 1:
                for element in end:
                    paragraph._p.append(element)


def bookmark_name(anchor: str) -> str:
    """A bookmark's name in Word: at most 40 letters, digits and underscores, beginning with a letter."""
    return "b_" + "".join(ch if ch.isascii() and ch.isalnum() else "_" for ch in anchor)[:36]


def add_link(parent: Any, part: Any, run: Run) -> None:
    """A link to another site, as the part's own relationship."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), part.relate_to(run.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(styled_run(run.text, "Hyperlink"))
    parent.append(link)


def styled_run(text: str, style: str = "") -> Any:
    """A run element in a character style."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    made = OxmlElement("w:r")
    if style:
        properties, named = OxmlElement("w:rPr"), OxmlElement("w:rStyle")
        named.set(qn("w:val"), style)
        properties.append(named)
        made.append(properties)
    made.text = text
    return made


def _inner_link(paragraph: Any, heading: Heading) -> None:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), bookmark_name(heading.anchor))
    link.set(qn("w:history"), "1")
    link.append(styled_run(heading.text))
    paragraph._p.append(link)


def _describe(made: Any, table: Table) -> None:
    """Title and description for who cannot see the table."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    properties = made._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    for name, text in (("w:tblCaption", table.caption), ("w:tblDescription", table.alt)):
        element = OxmlElement(name)
        element.set(qn("w:val"), " ".join(text.split())[:250])
        properties.append(element)
    if look is not None:
        for name, value in (
            ("firstRow", "1"),
            ("firstColumn", "1" if table.row_headers else "0"),
            ("noHBand", "1"),
            ("noVBand", "1"),
        ):
            look.set(qn(f"w:{name}"), value)


def _as_header(row: Any) -> None:
    from docx.oxml.parser import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _whole(row: Any) -> None:
    from docx.oxml.parser import OxmlElement

    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def _set_widths(word: WordDocument, made: Any, shares: tuple[float, ...]) -> None:
    section = word.sections[-1]
    width = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    for column, share in zip(made.columns, shares, strict=True):
        column.width = int(width * share)
    for row in made._tbl.tr_lst:
        for cell, share in zip(row.tc_lst, shares, strict=True):
            cell.width = int(width * share)

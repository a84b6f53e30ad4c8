"""Word, PowerPoint, Excel, OpenDocument: structure, numbers and labels, and what is left out."""

from __future__ import annotations

import datetime as dt
import io

import docx as python_docx
import openpyxl
import pptx as python_pptx
import pytest
from makers import odt as make_odt
from makers import package

from assistant.errors import FileRefusedError
from ingest.document import Document
from ingest.extract import docx, odt, pptx, xlsx


def shape(document: Document) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.text) for block in document.blocks]


def saved(file: object) -> bytes:
    data = io.BytesIO()
    file.save(data)  # type: ignore[attr-defined]
    return data.getvalue()


def word(body: str, **parts: str) -> bytes:
    """A Word file written by hand, for what python-docx cannot write."""
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(f'<Relationship Id="{name}" Type="{base}/{name}" Target="{name}.xml"/>' for name in parts)
    return package({
        "[Content_Types].xml": "<Types>wordprocessingml.document.main</Types>",
        "word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f"<Relationships>{links}</Relationships>",
        **{f"word/{name}.xml": f"<w:{name} {names}>{text}</w:{name}>" for name, text in parts.items()},
    })  # fmt: skip


def test_word_headings_lists_and_tables_come_in_order() -> None:
    file = python_docx.Document()
    file.core_properties.title, file.core_properties.author = "Lamps for all", "Ann Drake"
    file.add_heading("Harbours", 1)
    file.add_paragraph("The board met twice.")
    file.add_paragraph("Buy oil.", style="List Bullet")
    table = file.add_table(rows=2, cols=2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ("Harbour", "Lamps", "Lerwick", "14"), strict=True):
        cell.text = text
    file.add_paragraph("The end.")
    document = docx.extract(saved(file))
    assert shape(document) == [
        ("heading", 1, "Harbours"),
        ("paragraph", 0, "The board met twice."),
        ("list_item", 0, "Buy oil."),
        ("table_row", 0, "Harbour: Lerwick; Lamps: 14."),
        ("paragraph", 0, "The end."),
    ]
    assert (document.title, list(document.authors)) == ("Lamps for all", ["Ann Drake"])


def test_word_numbers_its_lists_as_word_prints_them() -> None:
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>'
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )

    def item(depth: int, text: str) -> str:
        place = f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        return f"<w:p>{place}<w:r><w:t>{text}</w:t></w:r></w:p>"

    body = item(0, "Oil") + item(1, "Whale") + item(1, "Seed") + item(0, "Wicks")
    assert [b.text for b in docx.extract(word(body, numbering=numbering)).blocks] == [
        "3. Oil",
        "3.a) Whale",
        "3.b) Seed",
        "4. Wicks",
    ]


def test_word_deletions_are_gone_insertions_stay_and_notes_stand_alone() -> None:
    body = (
        "<w:p><w:r><w:t>Lamps are </w:t></w:r><w:del><w:r><w:delText>not </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>well </w:t></w:r></w:ins>"
        '<w:r><w:t>kept.</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    )
    notes = '<w:footnote w:id="2"><w:p><w:r><w:t>See the minutes.</w:t></w:r></w:p></w:footnote>'
    data = word(body, footnotes=notes)
    assert shape(docx.extract(data)) == [("paragraph", 0, "Lamps are well kept."), ("footnote", 0, "1 See the minutes.")]


def test_word_entities_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><document><body><p><r><t>&b;</t></r></p></body></document>'
    with pytest.raises(FileRefusedError, match="XML entities"):
        docx.extract(package({"[Content_Types].xml": "<Types/>", "word/document.xml": bomb}))


def test_slides_give_title_text_table_and_notes_with_their_number() -> None:
    file = python_pptx.Presentation()
    for number in (1, 2):
        slide = file.slides.add_slide(file.slide_layouts[1])
        slide.shapes.title.text = f"Harbour {number}"
        slide.placeholders[1].text = "Oil first"
    table = slide.shapes.add_table(2, 2, 0, 0, 99999, 99999).table
    for (row, column), text in {(0, 0): "Lamp", (0, 1): "Lit", (1, 0): "North", (1, 1): "1871"}.items():
        table.cell(row, column).text = text
    slide.notes_slide.notes_text_frame.text = "Say who paid."
    document = pptx.extract(saved(file))
    assert [(b.text, b.label, b.breaks[0].page) for b in document.blocks[2:]] == [
        ("Harbour 2", "slide 2", 2),
        ("Oil first", "slide 2", 2),
        ("Lamp: North; Lit: 1871.", "slide 2", 2),
        ("Say who paid.", "slide 2, notes", 2),
    ]
    assert document.pages == 2


def test_sheets_give_rows_as_sentences_with_cells_as_they_are_shown() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Costs"
    sheet.append(["Harbour", "Share", "Cost", "Opened"])
    sheet.append(["Lerwick", 0.46, 1250000, dt.date(2024, 3, 9)])
    sheet["B2"].number_format, sheet["C2"].number_format = "0%", '"£"#,##0'
    book.create_sheet("Secret").sheet_state = "hidden"
    document = xlsx.extract(saved(book))
    assert [(b.kind, b.text, b.label) for b in document.blocks] == [
        ("heading", "Costs", "sheet Costs"),
        ("table_row", "Harbour: Lerwick; Share: 46%; Cost: £1,250,000; Opened: 9 March 2024.", "sheet Costs, row 2"),
    ]
    assert list(document.warnings) == ["the hidden sheet 'Secret' was left out"]


def test_open_document_text_keeps_levels_numbers_tables_and_notes() -> None:
    styles = (
        '<text:list-style style:name="L1">'
        '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
        "</text:list-style>"
    )
    body = (
        '<text:h text:outline-level="2">Harbours</text:h><text:p>Lamps<text:s/>burn'
        "<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>So said the keeper.</text:p></text:note-body></text:note> oil.</text:p>"
        '<text:list text:style-name="L1"><text:list-item><text:p>Fill</text:p></text:list-item>'
        "<text:list-item><text:p>Light</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Lamp</text:p></table:table-cell><table:table-cell><text:p>Lit</text:p>"
        "</table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>North</text:p></table:table-cell>"
        "<table:table-cell><text:p>1871</text:p></table:table-cell></table:table-row></table:table>"
    )
    assert shape(odt.extract(make_odt(body, styles))) == [
        ("heading", 2, "Harbours"),
        ("paragraph", 0, "Lamps burn oil."),
        ("footnote", 0, "1 So said the keeper."),
        ("list_item", 0, "1. Fill"),
        ("list_item", 0, "2. Light"),
        ("table_row", 0, "Lamp: North; Lit: 1871."),
    ]

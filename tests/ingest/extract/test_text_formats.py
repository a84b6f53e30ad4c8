"""RTF, EPUB, HTML, Markdown, CSV, e-mail and plain text."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from makers import epub as make_epub

from assistant.errors import FileRefusedError
from ingest.document import Document
from ingest.extract import delimited, eml, epub, html, markdown, plain, rtf
from ingest.extract.decoding import decode


def shape(document: Document) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.text) for block in document.blocks]


def test_rtf_gives_paragraphs_numbers_characters_and_notes() -> None:
    data = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial;}}"
        rb"{\info{\title Lamps}{\author Ann Drake}{\creatim\yr2019\mo3}}"
        rb"{\header left out}\pard\outlinelevel0 Harbours\par\pard The caf\'e9 \u8211? lit{\footnote See the log.} in spring.\par"
        rb"{\listtext 1.\tab}Fill\par{\listtext 2.\tab}Light\par{\f1 \'cb\'e0\'ec\'ef\'e0}\par"
        rb"\trowd\pard\intbl Lamp\cell Lit\cell\row\pard\intbl North\cell 1871\cell\row\pard Done.\par}"
    )
    document = rtf.extract(data)
    assert shape(document) == [
        ("heading", 1, "Harbours"),
        ("paragraph", 0, "The café – lit in spring."),
        ("footnote", 0, "See the log."),
        ("list_item", 0, "1. Fill"),
        ("list_item", 0, "2. Light"),
        ("paragraph", 0, "Лампа"),
        ("table_row", 0, "Lamp: North; Lit: 1871."),
        ("paragraph", 0, "Done."),
    ]
    assert (document.title, document.authors, document.year) == ("Lamps", ["Ann Drake"], 2019)


def test_a_book_is_read_in_the_order_of_its_spine_with_its_own_facts() -> None:
    document = epub.extract(
        make_epub("<h1>One</h1><p>Oil<sup><a href='#n'>1</a></sup> first.</p>", "<h1>Two</h1><ol><li>Fill</li></ol>")
    )
    assert shape(document) == [
        ("heading", 1, "One"),
        ("paragraph", 0, "Oil first."),
        ("heading", 1, "Two"),
        ("list_item", 0, "1. Fill"),
    ]
    assert (document.title, list(document.authors), document.year, document.language) == (
        "Missions at sea",
        ["Ann Drake"],
        2021,
        "en",
    )


def test_a_protected_book_is_refused() -> None:
    lock = '<encryption><EncryptedData><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></EncryptedData></encryption>'
    with pytest.raises(FileRefusedError, match="digital rights"):
        epub.extract(make_epub("<p>x</p>", extra={"META-INF/encryption.xml": lock}))


def test_html_keeps_main_text_numbers_tables_and_leaves_navigation() -> None:
    page = (
        "<!doctype html><html lang=en><head><title>Lamps</title></head><body><nav><a href=/>Home page</a></nav>"
        "<main><h1>Harbours</h1>"
        "<p>The board met.<p>It met again.<ol start=3><li>Fill<ul><li>Slowly</ul><li>Light</ol>"
        "<table><tr><th>Lamp<th>Lit<tr><td>North<td>1871</table><blockquote>Keep it lit.</blockquote></main></body></html>"
        "<p>after the end</p>"
    )
    assert shape(html.extract(page.encode())) == [
        ("heading", 1, "Harbours"),
        ("paragraph", 0, "The board met."),
        ("paragraph", 0, "It met again."),
        ("list_item", 0, "3. Fill"),
        ("list_item", 0, "Slowly"),
        ("list_item", 0, "4. Light"),
        ("table_row", 0, "Lamp: North; Lit: 1871."),
        ("quotation", 0, "Keep it lit."),
    ]


def test_html_nested_without_end_is_read_and_does_not_break_the_reader() -> None:
    data = b"<html><body><p>shallow</p>" + b"<div>" * 100_000 + b"deep" + b"</div>" * 100_000
    assert html.extract(data).blocks[0].text == "shallow"


def test_a_raised_note_mark_leaves_the_word_and_a_power_stays() -> None:
    page = b"<body><p>appropriation<sup>1</sup> of 5 km<sup>2</sup></p></body>"
    assert html.extract(page).blocks[0].text == "appropriation of 5 km2"


def test_html_in_a_declared_encoding_is_read_in_it() -> None:
    page = "<html><head><meta charset=shift_jis></head><body><p>灯台の使命は港を照らすことである。</p></body></html>".encode(
        "shift_jis"
    )
    assert html.extract(page).blocks[0].text == "灯台の使命は港を照らすことである。"


def test_markdown_keeps_numbers_tables_notes_and_html_and_drops_template_tags() -> None:
    text = (
        "---\ntitle: Lamps\nauthor: Ann Drake\ndate: 2020-01-02\n---\n# Harbours\n{% include x %}\nLit in spring.[^1]\n\n"
        "3. Fill\n4. Light\n\n"
        "|Lamp|Lit|\n|-|-|\n|North|1871|\n\n<div><p>Kept by hand.</p></div>\n\n[^1]: The log says so.\n"
    )
    document = markdown.extract(text.encode())
    assert shape(document) == [
        ("heading", 1, "Harbours"),
        ("paragraph", 0, "Lit in spring."),
        ("list_item", 0, "3. Fill"),
        ("list_item", 0, "4. Light"),
        ("table_row", 0, "Lamp: North; Lit: 1871."),
        ("paragraph", 0, "Kept by hand."),
        ("footnote", 0, "1 The log says so."),
    ]
    assert (document.title, document.authors, document.year) == ("Lamps", ["Ann Drake"], 2020)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_table_in_text_reads_as_sentences_with_row_labels(sign: str) -> None:
    rows = [["Harbour", "Lamps"], ["Lerwick", "14"], ["Stromness", '"9"']]
    document = delimited.extract("\n".join(sign.join(row) for row in rows).encode())
    assert [(b.text, b.label) for b in document.blocks] == [
        ("Harbour: Lerwick; Lamps: 14.", "row 2"),
        ("Harbour: Stromness; Lamps: 9.", "row 3"),
    ]


def test_a_message_gives_its_headers_text_quotations_and_attachments() -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Ann Drake <ann@example.org>", "board@example.org", "The lamps"
    message["Date"] = "Mon, 04 Mar 2024 10:00:00 +0000"
    message.set_content("Dear all,\n\nthe lamps are lit.\n\n> Are they lit?\n")
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="plan.pdf")
    document = eml.extract(message.as_bytes())
    assert shape(document)[1:] == [
        ("paragraph", 0, "Dear all,"),
        ("paragraph", 0, "the lamps are lit."),
        ("quotation", 0, "Are they lit?"),
    ]
    assert document.blocks[0].text.startswith("From: Ann Drake <ann@example.org>; To: board@example.org;")
    assert (document.title, document.authors, document.year) == ("The lamps", ["Ann Drake"], 2024)
    assert list(document.warnings) == ["1 attachment not read (plan.pdf); save and ingest it"]


def test_a_message_of_html_alone_is_read_as_html() -> None:
    data = b"From: a@example.org\nSubject: Lamps\nContent-Type: text/html; charset=utf-8\n\n<h1>Harbours</h1><p>Lit.</p>"
    assert shape(eml.extract(data))[1:] == [("heading", 1, "Harbours"), ("paragraph", 0, "Lit.")]


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"])
def test_western_text_is_read_in_any_common_encoding(name: str) -> None:
    text = "The café on the quay paid £12 for its lamp — “naïve”, said the keeper. Zürich and Málaga paid more.\n" * 3
    text = text if name != "latin-1" else text.replace("—", "-").replace("“", '"').replace("”", '"')
    assert decode(text.encode(name))[0].lstrip("\ufeff") == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("shift_jis", "灯台の使命は、すべての港を十年のうちに照らすことである。毎年春に進み具合を公表した。"),
        ("cp1251", "Миссия маяка состояла в том, чтобы осветить каждую гавань островов за десять лет."),
        ("cp1250", "Posláním majáku bylo osvětlit každý přístav na ostrovech během deseti let, říkal žlutý kůň."),
        ("gb18030", "灯塔的使命是在十年内照亮群岛的每一个港口,并且每年春天公布进展情况。"),
    ],
)
def test_other_encodings_are_guessed_and_said(name: str, text: str) -> None:
    found, warning = decode((text + "\n").encode(name) * 4)
    assert found == (text + "\n") * 4
    assert warning


def test_one_endless_line_is_read_within_bounds() -> None:
    document = plain.extract(b"lamp " * 400_000)
    assert len(document.blocks) == 1

"""PDF: page numbers, reading order, headings, lists, tables, notes, hyphens, rotation, encryption and limits."""

from __future__ import annotations

import pytest
from makers import HEIGHT, WIDTH, lines
from makers import pdf as make_pdf
from reportlab.pdfgen.canvas import Canvas

from assistant.errors import FileRefusedError
from ingest.document import Block, Document
from ingest.extract import ocr, pdf

FILLER = [
    "The lighthouse mission set out to bring safe light to every harbour",
    "of the islands within ten years, and it published its progress each",
    "spring so that councils, harbour masters and insurers could see it.",
]


def texts(document: Document, kind: str | None = None) -> list[str]:
    return [block.text for block in document.blocks if kind is None or block.kind == kind]


def block_with(document: Document, phrase: str) -> Block:
    return next(block for block in document.blocks if phrase in block.text)


def plain_page(*texts: str) -> object:
    return lambda canvas: lines(canvas, texts)


def test_each_block_knows_its_page_and_a_paragraph_over_two_pages_has_both() -> None:
    def first(canvas: Canvas) -> None:
        lines(canvas, [*FILLER, "Beyond that the programme asked each of the harbour towns to name the"], top=160)

    def second(canvas: Canvas) -> None:
        lines(canvas, ["people who would keep the lamps lit in winter."])

    document = pdf.extract(make_pdf(first, second))
    crossing = block_with(document, "keep the lamps lit")
    assert document.pages == 2
    assert [b.page for b in crossing.breaks] == [1, 2]
    assert crossing.text[crossing.breaks[1].offset :] == "people who would keep the lamps lit in winter."


def test_running_headers_and_page_numbers_go_into_the_label_and_not_the_text() -> None:
    def page(number: int) -> object:
        def draw(canvas: Canvas) -> None:
            lines(canvas, ["Annual report of the Light Board"], top=HEIGHT - 40, size=8)
            lines(canvas, [*FILLER, f"Harbour number {number * 7} was lit."], top=700)
            lines(canvas, [str(number + 10)], left=WIDTH / 2, top=30, size=8)

        return draw

    document = pdf.extract(make_pdf(*(page(number) for number in range(1, 6))))  # type: ignore[arg-type]
    everything = " ".join(texts(document))
    assert "Annual report of the Light Board" not in everything
    assert "Harbour number 21 was lit." in everything
    assert [block_with(document, f"Harbour number {n * 7} was").breaks[-1].page_label for n in (1, 5)] == ["11", "15"]


def test_notes_of_one_shape_at_the_foot_of_many_pages_are_not_taken_for_footers() -> None:
    def page(number: int) -> object:
        def draw(canvas: Canvas) -> None:
            lines(canvas, FILLER * 3, top=700)
            lines(canvas, [f"{number * 3} Witness statement {number * 911}, paragraph {number * 5}"], top=50, size=8)

        return draw

    document = pdf.extract(make_pdf(*(page(number) for number in range(1, 6))))  # type: ignore[arg-type]
    assert texts(document, "footnote") == [f"{n * 3} Witness statement {n * 911}, paragraph {n * 5}" for n in range(1, 6)]


def test_two_columns_are_read_one_after_the_other_under_a_heading_that_spans_both() -> None:
    def draw(canvas: Canvas) -> None:
        left = [f"left column line {n} of the story goes on" for n in range(1, 15)]
        right = [f"right column line {n} of the story goes on" for n in range(1, 15)]
        lines(canvas, right, left=320, top=700, size=10)
        lines(canvas, left, left=60, top=700, size=10)
        lines(canvas, ["How the harbours were lit, and by whom, since the war"], left=60, top=760, size=18)

    document = pdf.extract(make_pdf(draw))
    everything = " ".join(texts(document))
    assert document.blocks[0].kind == "heading"
    assert everything.index("left column line 14") < everything.index("right column line 1 ")


def test_larger_type_is_a_higher_heading_and_bold_type_a_lower_one() -> None:
    def draw(canvas: Canvas) -> None:
        top = lines(canvas, ["Lighting the islands"], size=24)
        top = lines(canvas, ["What was tried"], top=top - 10, size=16)
        top = lines(canvas, FILLER, top=top - 10)
        top = lines(canvas, ["A word on lamps"], top=top - 10, font="Helvetica-Bold")
        lines(canvas, FILLER, top=top - 6)

    headings = [(b.text, b.level) for b in pdf.extract(make_pdf(draw)).blocks if b.kind == "heading"]
    assert headings == [("Lighting the islands", 1), ("What was tried", 2), ("A word on lamps", 3)]


def test_numbered_items_keep_their_numbers_and_bullets_lose_their_dots() -> None:
    def draw(canvas: Canvas) -> None:
        top = lines(canvas, [*FILLER])
        top = lines(
            canvas,
            ["1. Name a keeper for every lamp,", "and a second for the winter.", "2. Publish what went out."],
            top=top - 10,
        )
        lines(canvas, ["• Oil is bought in common.", "• Wicks are not."], top=top - 10)

    document = pdf.extract(make_pdf(draw))
    assert texts(document, "list_item") == [
        "1. Name a keeper for every lamp, and a second for the winter.",
        "2. Publish what went out.",
        "Oil is bought in common.",
        "Wicks are not.",
    ]


def test_a_ruled_table_reads_as_sentences_with_its_heads() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, FILLER, top=780)
        canvas.grid([72, 220, 330, 460], [600, 625, 650, 675])
        for y, row in (
            (658, ("Harbour", "Lamps", "Lit since")),
            (633, ("Lerwick", "14", "1852")),
            (608, ("Stromness", "9", "1871")),
        ):
            for x, cell in zip((76, 224, 334), row, strict=True):
                canvas.drawString(x, y, cell)

    document = pdf.extract(make_pdf(draw))
    assert texts(document, "table_row") == [
        "Harbour: Lerwick; Lamps: 14; Lit since: 1852.",
        "Harbour: Stromness; Lamps: 9; Lit since: 1871.",
    ]


def test_a_footnote_is_its_own_block_and_its_mark_leaves_the_sentence() -> None:
    def draw(canvas: Canvas) -> None:
        top = lines(canvas, FILLER * 2)
        canvas.drawString(72, top, "The board met in 1871")
        width = canvas.stringWidth("The board met in 1871", "Helvetica", 11)
        canvas.setFont("Helvetica", 6)
        canvas.drawString(72 + width, top + 4, "12")
        canvas.setFont("Helvetica", 11)
        canvas.drawString(72 + width + 9, top, "and again in spring.")
        lines(canvas, ["12 Minutes of the Light Board, volume two."], top=90, size=8)

    document = pdf.extract(make_pdf(draw))
    assert "The board met in 1871 and again in spring." in block_with(document, "The board met").text
    assert texts(document, "footnote") == ["12 Minutes of the Light Board, volume two."]


def test_hyphens_at_line_ends_are_mended_as_the_document_itself_writes_the_word() -> None:
    page = plain_page(
        "Good implementation matters here. This mission-driven board knew that imple-",
        "mentation is slow, and that a mission-",
        "driven board must be patient with its long-",
        "term work.",
    )
    text = pdf.extract(make_pdf(page)).blocks[0].text  # type: ignore[arg-type]
    assert "that implementation is slow" in text
    assert "a mission-driven board must" in text
    assert "its long-term work" in text


def test_a_page_that_is_turned_reads_like_any_other() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.translate(300, 100)
        canvas.rotate(90)
        lines(canvas, FILLER, left=0, top=0)

    assert texts(pdf.extract(make_pdf(draw))) == [" ".join(FILLER)]


def test_a_password_opens_an_encrypted_file_and_an_empty_one_needs_none() -> None:
    page = plain_page(*FILLER)
    locked = make_pdf(page, password="lamp")  # type: ignore[arg-type]
    assert pdf.extract(locked, password="lamp").pages == 1
    assert pdf.extract(make_pdf(page, password="")).pages == 1  # type: ignore[arg-type]
    with pytest.raises(FileRefusedError, match="encrypted with a password"):
        pdf.extract(locked)
    with pytest.raises(FileRefusedError, match="does not open it"):
        pdf.extract(locked, password="wick")


def test_a_broken_file_is_refused_in_one_line() -> None:
    with pytest.raises(FileRefusedError, match="broken PDF"):
        pdf.extract(b"%PDF-1.4\nnothing of the kind")


def test_pages_beyond_the_limit_are_named_in_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    document = pdf.extract(make_pdf(*[plain_page(*FILLER)] * 3))  # type: ignore[list-item]
    assert document.pages == 3
    assert document.warnings == ("only the first 2 of 3 pages were read; split the file to have the rest",)


def picture_page(canvas: Canvas) -> None:
    """A page that shows text as a picture only."""
    from PIL import Image, ImageDraw, ImageFont
    from reportlab.lib.utils import ImageReader

    picture = Image.new("L", (1200, 400), 255)
    ImageDraw.Draw(picture).text((40, 120), "The harbour was lit in spring", fill=0, font=ImageFont.load_default(size=72))
    canvas.drawImage(ImageReader(picture), 50, 400, 500, 167)


def test_a_scanned_page_without_tesseract_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    mixed = pdf.extract(make_pdf(plain_page(*FILLER), picture_page))  # type: ignore[arg-type]
    assert mixed.pages_without_text == 1
    assert "install Tesseract" in mixed.warnings[0]
    with pytest.raises(FileRefusedError, match="install Tesseract"):
        pdf.extract(make_pdf(picture_page))


def test_a_scanned_page_is_read_where_tesseract_is_installed() -> None:
    if ocr.shutil.which("tesseract") is None:
        pytest.skip("the tesseract program is not installed")
    document = pdf.extract(make_pdf(plain_page(*FILLER), picture_page))  # type: ignore[arg-type]
    assert "lit in spring" in block_with(document, "harbour was").text
    assert block_with(document, "harbour was").breaks[0].page == 2
    assert document.pages_without_text == 0


def test_a_blank_page_is_not_called_scanned() -> None:
    document = pdf.extract(make_pdf(plain_page(*FILLER), lambda canvas: None))  # type: ignore[arg-type]
    assert document.warnings == ()
    assert document.pages_without_text == 1

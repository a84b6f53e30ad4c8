"""A quotation marked on its page: the right words, line by line, and nothing where they do not stand."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import numpy as np
import pytest
from documents import PAGES, write_pdf
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from assistant.errors import FileRefusedError, NotFoundError
from ingest.highlight import Highlighted, find, highlight

sys.path.insert(0, str(Path(__file__).parent / "extract"))
from makers import HEIGHT, lines, pdf


def pixels(made: Highlighted) -> np.ndarray:
    image = np.array(Image.open(io.BytesIO(made.png)))
    assert image.shape == (made.height, made.width, 3)
    return image.astype(int)


def tinted(image: np.ndarray) -> np.ndarray:
    """Where the picture is of the marking's colour."""
    return (image[..., 0] > 240) & (image[..., 2] < 120)


def written(tmp_path: Path, *pages: object, **options: str) -> Path:
    path = tmp_path / "made.pdf"
    path.write_bytes(pdf(*pages, **options))  # type: ignore[arg-type]
    return path


def test_each_page_is_drawn_with_its_own_words_marked(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "ferry.pdf")
    for number, text in enumerate(PAGES, start=1):
        made = highlight(path, page=number, quote=text)
        assert made.whole
        assert len(made.boxes) == -(-len(text.split()) // 9)
        image = pixels(made)
        where = tinted(image)
        assert where.sum() > 2000
        inside = np.zeros_like(where)
        for box in made.boxes:
            inside[box.top : box.bottom, box.left : box.right] = True
            assert 140 <= box.left < box.right <= made.width
        assert not (where & ~inside).any()


def test_the_box_stands_round_the_letters_of_the_words_asked_for_and_no_others(tmp_path: Path) -> None:
    path = written(tmp_path, lambda c: lines(c, ["The ferry cost 412 crowns in May and the pier cost 90."], top=600))
    made = highlight(path, page=1, quote="412 crowns in May", scale=1.0)
    (box,) = made.boxes
    assert abs(box.bottom - (HEIGHT - 600)) < 8
    ink = pixels(highlight(path, page=1, quote="", scale=1.0)).min(axis=2) < 128
    row = ink[box.top : box.bottom]
    assert row[:, : box.left].any()
    assert row[:, box.right :].any()
    assert row[:, box.left : box.right].sum() < row.sum()
    assert not row[:, box.left - 2 : box.left].any(), "the mark begins at a space"


def test_typography_line_ends_hyphens_and_note_marks_do_not_hide_a_quotation() -> None:
    page = "He said \u201cimple-\r\nmentation of the o\ufb03ce\u2019s plan\u201d is slow.12 The\r\nrest, 46% of it, came later."
    for quote in (
        'He said "implementation of the office\'s plan" is slow.',
        "is slow. The rest, 46% of it",
        "implementation of the office's plan",
    ):
        span, whole = find(page, quote)
        assert span is not None, quote
        assert whole
    assert find(page, "of it, came later.")[0] == (page.index("of it,"), page.index("later") + 5)


@pytest.mark.parametrize("quote", ["lamp", "4,120 lamps", "41 lamp", "41.2 lamps", "52 lamps", ""])
def test_part_of_a_word_or_another_figure_is_not_found(quote: str) -> None:
    assert find("It lit 412 lamps and 41 lampshades.", quote) == (None, False)


def test_a_quotation_that_runs_on_to_the_next_page_is_marked_as_far_as_it_goes(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "ferry.pdf")
    both = f"{PAGES[0]} {PAGES[1]}"
    for number in (1, 2):
        made = highlight(path, page=number, quote=both)
        assert made.boxes
        assert not made.whole


def test_words_that_are_not_on_the_page_leave_it_unmarked(tmp_path: Path) -> None:
    made = highlight(write_pdf(tmp_path / "ferry.pdf"), page=1, quote="Harbour masters on Skye said nothing at all.")
    assert (made.boxes, made.whole) == ((), False)
    assert not tinted(pixels(made)).any()


def test_a_turned_page_is_marked_where_it_is_seen(tmp_path: Path) -> None:
    def turned(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        lines(canvas, ["The Stromness pier was widened by 12 metres."], top=400)

    made = highlight(written(tmp_path, turned), page=1, quote="widened by 12 metres")
    (box,) = made.boxes
    assert box.bottom - box.top > box.right - box.left
    assert tinted(pixels(made)).sum() > 500


def test_a_poster_is_drawn_small_enough(tmp_path: Path) -> None:
    def poster(canvas: Canvas) -> None:
        canvas.setPageSize((9000, 14000))
        canvas.setFont("Helvetica", 200)
        canvas.drawString(500, 7000, "The pier was widened by 12 metres")

    made = highlight(written(tmp_path, poster), page=1, quote="widened by 12 metres")
    assert max(made.width, made.height) <= 2601
    assert made.boxes


def test_what_cannot_be_drawn_is_refused_in_one_line(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "ferry.pdf")
    with pytest.raises(NotFoundError, match="no page 9"):
        highlight(path, page=9, quote="x")
    with pytest.raises(NotFoundError, match="no longer there"):
        highlight(tmp_path / "gone.pdf", page=1, quote="x")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    with pytest.raises(FileRefusedError, match="cannot be opened"):
        highlight(tmp_path / "bad.pdf", page=1, quote="x")
    locked = written(tmp_path, lambda c: lines(c, ["The Hoy ferry carried 412 people."]), password="sesame")
    with pytest.raises(FileRefusedError, match="password"):
        highlight(locked, page=1, quote="412 people")
    assert highlight(locked, page=1, quote="412 people", password="sesame").whole

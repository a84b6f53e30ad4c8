"""Small documents for tests to ingest. Owns: making them; each holds facts that nothing else in any library says."""

from __future__ import annotations

from pathlib import Path

LIGHTHOUSE = "The Zanzibar lighthouse mission lit 41 lamps along the northern reef in 1999."
KEEPER = "Keeper Amina Barwani said that the lamps must be trimmed every 6 hours."
PAGES = (
    "The Orkney ferry mission cut crossings without a spare boat from 19 to 4 in 2021.",
    "Harbour masters on Hoy reported that the ferry timetable was printed in 3 languages.",
    "The Stromness pier was widened by 12 metres so that two ferries may berth at once.",
)


def write_markdown(path: Path, *, fact: str = LIGHTHOUSE, more: str = KEEPER) -> Path:
    """A Markdown file with two headings and a list."""
    path.write_text(f"# The reef\n\n{fact}\n\n## The keeper\n\n{more}\n\n- Oil for the lamps\n- Wicks for the lamps\n", "utf-8")
    return path


def write_text(path: Path, *, fact: str = LIGHTHOUSE) -> Path:
    """A text file of several paragraphs with odd characters in it."""
    path.write_text(f"THE REEF\n\n{fact}\n\nA caf\u00e9 \U0001f6a2 stood by; soft\u00adly lit.\r\n\r\n{KEEPER}\n", "utf-8")
    return path


def write_html(path: Path, *, fact: str = LIGHTHOUSE) -> Path:
    """A page with navigation around its article."""
    filler = " ".join(["The reef was surveyed again in the spring by the harbour office."] * 3)
    path.write_text(
        "<!doctype html><html lang='en'><head><title>The reef page</title></head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>The reef page</h1><p>{fact}</p><h2>The keeper</h2><p>{KEEPER} {filler}</p></article>"
        "<footer>Cookies</footer></body></html>",
        "utf-8",
    )
    return path


def write_pdf(path: Path, *, pages: tuple[str, ...] = PAGES) -> Path:
    """A PDF whose page n holds the n-th text."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=A4)
    for text in pages:
        line = canvas.beginText(72, 720)
        line.setFont("Helvetica", 11)
        words = text.split()
        for start in range(0, len(words), 9):
            line.textLine(" ".join(words[start : start + 9]))
        canvas.drawText(line)
        canvas.showPage()
    canvas.save()
    return path

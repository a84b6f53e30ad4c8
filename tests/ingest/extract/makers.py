"""Small files that the tests of extractors make for themselves. Owns: bytes of packages and PDFs. Does not own: the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
BODY = 11
Draw = Callable[[Canvas], None]


def package(entries: Mapping[str, str | bytes]) -> bytes:
    """A ZIP file with these entries."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def pdf(*pages: Draw, title: str | None = None, password: str | None = None, owner: str | None = None) -> bytes:
    """A PDF with one page for each function, which draws it."""
    from reportlab.lib.pdfencrypt import StandardEncryption

    file = io.BytesIO()
    lock = StandardEncryption(password or "", ownerPassword=owner or "owner") if password is not None else None
    canvas = Canvas(file, pagesize=A4, encrypt=lock)
    if title:
        canvas.setTitle(title)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def lines(
    canvas: Canvas, texts: Sequence[str], *, left: float = 72, top: float = 740, size: float = BODY, font: str = "Helvetica"
) -> float:
    """Draw lines from the top; returns the height of the next one."""
    canvas.setFont(font, size)
    for text in texts:
        canvas.drawString(left, top, text)
        top -= 1.3 * size
    return top


def odt(body: str, styles: str = "") -> bytes:
    """An OpenDocument text with this body and these automatic styles."""
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"))
    )
    content = (
        f"<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return package({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def epub(*chapters: str, extra: Mapping[str, str] | None = None) -> bytes:
    """An EPUB book with these chapters' bodies."""
    items = "".join(f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(chapters)))
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    book = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>Missions at sea</dc:title><dc:creator>Ann Drake</dc:creator><dc:date>2021-04-01</dc:date>"
        "<dc:language>en</dc:language>"
        f"</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    parts = {
        f"OPS/c{n}.xhtml": f"<html><head><title>x</title></head><body>{text}</body></html>" for n, text in enumerate(chapters)
    }
    return package({
        "mimetype": "application/epub+zip", "META-INF/container.xml": container, "OPS/book.opf": book, **parts, **(extra or {}),
    })  # fmt: skip

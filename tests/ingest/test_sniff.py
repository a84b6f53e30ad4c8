"""What a file is, by its content."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from assistant.errors import FileRefusedError
from ingest.sniff import sniff


def packed(**entries: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in entries.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return file.getvalue()


def content_types(kind: str) -> str:
    return f"<Types><Override ContentType='application/vnd.openxmlformats-officedocument.{kind}.main+xml'/></Types>"


def office(kind: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", content_types(kind))
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.7\n", "report.txt", "pdf"),
        (b"\n\n%PDF-1.7\n", "report", "pdf"),
        (rb"{\rtf1 text}", "letter.doc", "rtf"),
        (office("wordprocessingml.document"), "paper.pdf", "docx"),
        (office("presentationml.presentation"), "slides", "pptx"),
        (office("spreadsheetml.sheet"), "book.zip", "xlsx"),
        (packed(mimetype="application/epub+zip"), "book.zip", "epub"),
        (packed(mimetype="application/vnd.oasis.opendocument.text"), "text", "odt"),
        (b"<!DOCTYPE html><html><body>Lamp</body></html>", "page.txt", "html"),
        (b"<p>Lamp</p>", "part.html", "html"),
        (b"# Lamps\n\nLit.", "notes.md", "markdown"),
        (b"a,b\n1,2\n", "table.csv", "csv"),
        (b"Lamp\tLit\nNorth\t1871\nSouth\t1872\n", "table", "csv"),
        (b"From: a@b.c\nTo: d@e.f\nSubject: Lamps\n\nLit.", "message", "eml"),
        ("The lamp is lit, said the keeper.".encode("utf-16"), "text.txt", "text"),
        ("The lamp is lit, said the keeper.".encode("utf-16-le"), "text.txt", "text"),
        (b"Lamps, oil, wicks.\nAnd more, of each, for all.\n", "list.txt", "text"),
    ],
)
def test_the_content_tells_the_format_whatever_the_name_says(data: bytes, name: str, kind: str) -> None:
    assert sniff(data, Path(name)) == kind


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\x89PNG\r\n\x1a\n", "PNG image"),
        (b"MZ\x90\0\x03", "program"),
        (packed(a="text"), "ZIP archive, not a document"),
        (
            packed(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
            "save a spreadsheet as .xlsx|Save a spreadsheet as .xlsx",
        ),
        (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "save it as .docx"),
        (b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le"), "save it as .xlsx"),
        (b"\xd0\xcf\x11\xe0" + "PowerPoint Document".encode("utf-16-le"), "save it as .pptx"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "encrypted with a password"),
        (b"<?xml version='1.0'?><data/>", "XML data file"),
        (bytes(range(256)) * 8, "binary data"),
    ],
)
def test_what_is_not_read_is_refused_with_what_it_is_and_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(FileRefusedError, match=says) as refused:
        sniff(data, Path("file.dat"))
    assert "\n" not in str(refused.value)

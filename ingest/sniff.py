"""What a file is, by its content and not by its name. Owns: naming the format, and saying what it is when it is not read.

Does not own: reading it. The name decides only between kinds of plain text, which nothing in their content tells apart for
certain.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from assistant.errors import FileRefusedError
from ingest.extract.archive import Archive
from ingest.extract.delimited import dividing_sign

HEAD = sys.maxsize  # the whole file: a package's table of contents stands at its end
_START = 8192
_READ = "PDF, Word, PowerPoint, Excel, CSV, ODT, RTF, EPUB, HTML, Markdown, text and e-mail are read"
_MAGIC = (
    (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"), (b"GIF8", "a GIF image"), (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"BM", "a bitmap image"), (b"\x7fELF", "a program"), (b"MZ", "a program"), (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\x1f\x8b", "a gzip archive"), (b"BZh", "a bzip2 archive"), (b"7z\xbc\xaf", "a 7z archive"), (b"Rar!", "a RAR archive"),
    (b"\xfd7zXZ", "an xz archive"), (b"SQLite format 3", "a database"), (b"RIFF", "an audio, video or image file"),
    (b"ID3", "an audio file"),
    (b"OggS", "an audio file"), (b"fLaC", "an audio file"), (b"\x1aE\xdf\xa3", "a video"), (b"%!PS", "a PostScript file"),
    (b"BOOKMOBI", "a Kindle book"),
)  # fmt: skip
_OLE = (
    ("EncryptedPackage", "It is an Office file encrypted with a password. Save a copy without one."),
    ("WordDocument", "It is an old Word file (.doc). Open it in Word or LibreOffice and save it as .docx or PDF."),
    (
        "PowerPoint Document",
        "It is an old PowerPoint file (.ppt). Open it in PowerPoint or LibreOffice and save it as .pptx or PDF.",
    ),
    ("Workbook", "It is an old Excel file (.xls). Open it in Excel or LibreOffice and save it as .xlsx."),
    ("Book", "It is an old Excel file (.xls). Open it in Excel or LibreOffice and save it as .xlsx."),
    ("__properties_version1.0", "It is an Outlook message (.msg). Open it in Outlook and save it as .eml, HTML or PDF."),
)
_PACKAGES = {
    "application/epub+zip": "epub", "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.text-template": "odt",
    "application/vnd.oasis.opendocument.text-master": "odt",
}  # fmt: skip
_OFFICE = (
    (b"wordprocessingml.document", "word/", "docx"),
    (b"presentationml.presentation", "ppt/", "pptx"),
    (b"spreadsheetml.sheet", "xl/", "xlsx"),
)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HTML = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.I)
_HTML_TAGS = re.compile(r"</?(?:p|div|h[1-6]|ul|ol|li|table|tr|td|span|a|br|section|article)\b[^<>]*>", re.I)
_HEADER = re.compile(
    r"^(?:received|from|to|cc|date|subject|message-id|mime-version|return-path|delivered-to|content-type|reply-to|sender|x-[\w-]+|dkim-signature):",
    re.I | re.M,
)
_MARKDOWN = re.compile(r"^#{1,6} \S|^\s*[-*] \[[ x]\] |^\|[-: |]+\|\s*$|^```|\[[^\]\n]+\]\([^)\s]+\)", re.M)


def sniff(data: bytes, path: Path) -> str:
    """The format of a file, one of the registry's names. Raises FileRefusedError, saying what it is, for what is not read."""
    head = data[:_START]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _package(data)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefusedError(_old_office(data))
    for magic, name in _MAGIC:
        if head.startswith(magic) and not (len(magic) == 2 and not _looks_binary(head)):
            raise FileRefusedError(f"It is {name}, whatever its name says. {_READ}.")
    if head[4:8] == b"ftyp":
        raise FileRefusedError(f"It is a video or photograph, whatever its name says. {_READ}.")
    if _looks_binary(head):
        raise FileRefusedError(f"It is not text: it holds binary data of an unknown kind. {_READ}.")
    return _text_kind(_loosely(head), path.suffix.lower())


def _package(data: bytes) -> str:
    with Archive(data) as archive:
        kind = (archive.optional("mimetype") or b"")[:100].decode("ascii", "replace").strip()
        if kind in _PACKAGES:
            return _PACKAGES[kind]
        types = archive.optional("[Content_Types].xml") or b""
        for sign, folder, name in _OFFICE:
            if sign + b".main" in types or (
                sign.split(b".")[0] in types and any(entry.startswith(folder) for entry in archive.names)
            ):
                return name
        if "META-INF/container.xml" in archive.names:
            return "epub"
        raise FileRefusedError(_other_package(kind, types, archive.names))


def _other_package(kind: str, types: bytes, names: frozenset[str]) -> str:
    if kind.startswith("application/vnd.oasis.opendocument"):
        return "It is an OpenDocument file that is not text. Save a spreadsheet as .xlsx, slides as .pptx, anything else as PDF."
    if b"ms-excel.sheet.binary" in types:
        return "It is a binary Excel file (.xlsb). Open it in Excel and save it as .xlsx."
    if any(entry.endswith(".iwa") for entry in names):
        return "It is an Apple Pages, Numbers or Keynote file. Export it as PDF, Word, Excel or PowerPoint."
    if types:
        return "It is an Office package of a kind that is not read. Save it as .docx, .pptx, .xlsx or PDF."
    return "It is a ZIP archive, not a document. Unpack it and ingest the files in it."


def _old_office(data: bytes) -> str:
    for name, reason in _OLE:
        if name.encode("utf-16-le") in data:
            return reason
    return "It is an old Office or other compound file. Open it in its own program and save it as .docx, .xlsx, .pptx or PDF."


def _loosely(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    if b"\0" in head:
        return head.replace(b"\0", b"").decode("latin-1")
    return head.decode("utf-8-sig", "replace")


def _text_kind(text: str, suffix: str) -> str:
    start = text.lstrip()
    heads = len(_HEADER.findall(re.split(r"\r?\n\r?\n", start, maxsplit=1)[0]))
    if re.match(r"From \S+ |[\w-]+:\s", start) and heads >= (1 if suffix in {".eml", ".mht", ".mhtml", ".mbox"} else 3):
        return "eml"
    named_markdown = suffix in {".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd"}
    if not named_markdown and (_HTML.search(text) or (suffix in {".html", ".htm", ".xhtml"} and _HTML_TAGS.search(text))):
        return "html"
    if named_markdown and re.match(r"<!doctype\s+html|<html[\s>]", start, re.I):
        return "html"
    if start.startswith("<?xml") or (suffix in {".xml", ".rdf", ".rss", ".svg", ".xsd", ".xsl"} and start.startswith("<")):
        raise FileRefusedError("It is an XML data file, not a document. Save what it shows as HTML, PDF or text.")
    if suffix in {".json", ".jsonl", ".geojson"} and start[:1] in {"{", "["}:
        raise FileRefusedError("It is a JSON data file, not a document. Save what it shows as CSV or text.")
    if suffix in {".csv", ".tsv", ".tab"}:
        return "csv"
    if named_markdown or (suffix not in {".txt", ".text"} and len(_MARKDOWN.findall(text)) >= 3):
        return "markdown"
    if len(_MARKDOWN.findall(text)) >= 6 and re.search(r"(?:\A|\n\s*\n)#{1,6} \S.*\n\s*\n", text):
        return "markdown"
    return "csv" if suffix not in {".txt", ".text"} and _is_table(text) else "text"


def _is_table(text: str) -> bool:
    lines = [line for line in text.splitlines()[:40] if line.strip()]
    sign = dividing_sign("\n".join(lines[:-1] or lines))
    return (
        sign is not None
        and len(lines) >= 3
        and min(line.count(sign) for line in lines[: max(2, len(lines) - 1)]) >= (1 if sign == "\t" else 2)
    )


def _looks_binary(head: bytes) -> bool:
    if head.startswith(_MARKS):
        return False
    control = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    if b"\0" in head:  # UTF-16 without a mark has a zero in every other byte; anything else with zeros is binary
        even, odd = head[0::2].count(0), head[1::2].count(0)
        return not (max(even, odd) > 0.4 * len(head) / 2 and min(even, odd) < 0.05 * len(head) / 2)
    return control > 0.05 * max(1, len(head))

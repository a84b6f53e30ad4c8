"""EPUB books. Owns: chapters in the order of the spine, and the book's own facts. Does not own: HTML (see `markup`).

The contents page that the book declares is left out. A book under digital rights management is refused.
"""

from __future__ import annotations

import posixpath
import re
from typing import Any
from urllib.parse import unquote

from assistant.errors import FileRefusedError
from ingest.document import Block, Document
from ingest.extract.archive import Archive
from ingest.extract.cleaning import clean
from ingest.extract.decoding import decode
from ingest.extract.html import declared_encoding
from ingest.extract.markup import markup_blocks, parse_html
from ingest.extract.safe_xml import attribute, child, descendants, local, parse_xml, text_of

_FONTS = ("idpf.org/2008/embedding", "ns.adobe.com/pdf/enc#RC")  # ways to hide fonts, which do not touch the text
_NO_BOOK = "It is not a readable EPUB: its list of chapters is missing. Save it again, or convert it to PDF."


def extract(data: bytes) -> Document:
    """A book's chapters as blocks. Raises FileRefusedError: damaged, protected, or without chapters."""
    warnings: list[str] = []
    blocks: list[Block] = []
    with Archive(data) as archive:
        _refuse_protected(archive)
        part = _package_part(archive)
        package = parse_xml(archive.read(part))
        for name in _chapters(package, part):
            try:
                content = archive.read(name)
            except FileRefusedError:
                warnings.append(f"the chapter '{name}' is missing or damaged")
                continue
            blocks.extend(markup_blocks(parse_html(_markup(content))))
    if not blocks:
        raise FileRefusedError(
            "No chapter of it has text. If its pages are pictures, convert it to PDF and run text recognition (OCR)."
        )
    return _described(package, blocks, warnings)


def _markup(content: bytes) -> str:
    text = decode(content, declared=declared_encoding(content[:1000]))[0]
    text = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)
    return re.sub(
        r"<(title|script|style|iframe|textarea|a|i|b|p|div|span)(\s[^<>]*)?/>", r"<\1\2></\1>", text
    )  # XHTML's short form is open in HTML


def _refuse_protected(archive: Archive) -> None:
    data = archive.optional("META-INF/encryption.xml")
    if "META-INF/rights.xml" in archive.names and data is None:
        return
    for method in descendants(parse_xml(data), "EncryptionMethod") if data else ():
        if not any(sign in (attribute(method, "Algorithm") or "") for sign in _FONTS):
            raise FileRefusedError("It is protected by digital rights management. Ask its publisher for a copy without it.")


def _package_part(archive: Archive) -> str:
    container = archive.optional("META-INF/container.xml")
    paths = [attribute(each, "full-path") or "" for each in descendants(parse_xml(container), "rootfile")] if container else []
    found = next((path for path in paths if path in archive.names), None) or next(
        (n for n in sorted(archive.names) if n.endswith(".opf")), None
    )
    if found is None:
        raise FileRefusedError(_NO_BOOK)
    return found


def _chapters(package: Any, part: str) -> list[str]:
    """The parts of the spine in order; the declared contents page is left out."""
    folder = posixpath.dirname(part)
    items = {}
    for each in descendants(package, "item"):
        kind, traits = attribute(each, "media-type") or "", (attribute(each, "properties") or "").split()
        if "html" in kind and "nav" not in traits:
            items[attribute(each, "id")] = posixpath.normpath(posixpath.join(folder, unquote(attribute(each, "href") or "")))
    spine = [items[key] for each in descendants(package, "itemref") if (key := attribute(each, "idref")) in items]
    if not spine and not items:
        raise FileRefusedError(_NO_BOOK)
    return list(dict.fromkeys(spine or items.values()))


def _described(package: Any, blocks: list[Block], warnings: list[str]) -> Document:
    about = child(package, "metadata")
    facts: dict[str, list[str]] = {}
    for each in about.iter() if about is not None else ():
        if local(each) in {"title", "creator", "publisher", "date", "language"} and clean(text_of(each)):
            facts.setdefault(local(each), []).append(clean(text_of(each)))
    year = re.search(r"\b(?:19|20)\d\d\b", " ".join(facts.get("date", [])))
    return Document(
        format="epub",
        blocks=blocks,
        title=next(iter(facts.get("title", [])), None) or next((b.text for b in blocks if b.kind == "heading"), None),
        authors=facts.get("creator", []),
        organisation=next(iter(facts.get("publisher", [])), None),
        year=int(year.group()) if year else None,
        language=next(iter(facts.get("language", [])), None),
        warnings=warnings,
    )

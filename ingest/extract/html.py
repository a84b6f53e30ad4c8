"""Web pages: the only door to trafilatura. Owns: the main text of a saved page and what the page says of itself.

Does not own: fetching.

A page with navigation around it goes through trafilatura; a page or fragment that is all text is read whole, which keeps list
numbers, tables and heading levels better. Where trafilatura finds only a small part of what stands in the page's own <main>, that
is read instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.errors import FileRefusedError
from ingest.document import Block, Document
from ingest.extract.cleaning import clean
from ingest.extract.decoding import decode
from ingest.extract.markup import markup_blocks, parse_html
from ingest.extract.rows import Row, row_blocks

LARGEST_FOR_TRAFILATURA = 5_000_000  # characters
SHORTEST_MAIN = 40  # characters: less in the page's <main> is filled in by a script
_DATES = {"extensive_search": False}  # the page's own date; a date from its text may be any
_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\r?\n.*?\n---[ \t]*\r?\n", re.S)
_TEMPLATE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.S)
_FURNITURE = re.compile(
    r"<(?:nav|header|footer|aside)[\s>]|role=[\"']?(?:navigation|banner)|(?:class|id)=[\"'][^\"']*(?:nav|menu|sidebar|cookie)",
    re.I,
)


def extract(data: bytes) -> Document:
    """A page's main text as blocks, and what it says of itself. Raises FileRefusedError where there is none."""
    text, warning = decode(data, declared=declared_encoding(data[:4096]))
    text = re.sub(r"</(?:body|html)\s*>", "", _TEMPLATE.sub(" ", _FRONT_MATTER.sub("", text, count=1)), flags=re.I)
    root = parse_html(text)
    main = _main_element(root)
    whole = markup_blocks(main if main is not None else root)
    plain = main is None and not _FURNITURE.search(text)  # all of it is main text: there is none to look for
    page = _facts(text) if plain and _size(whole) >= SHORTEST_MAIN else _trafilatura(text)
    blocks = whole if plain else _main_blocks(whole, page, own=main is not None)
    if not blocks:
        raise FileRefusedError("No main text was found in this page. Open it in a browser, and save or print it as PDF.")
    year = re.search(r"\b(?:19|20)\d\d\b", (page.date if page else None) or "")
    return Document(
        format="html",
        blocks=blocks,
        title=(page.title if page else None) or next((b.text for b in blocks if b.kind == "heading"), None),
        authors=[name.strip() for name in ((page.author if page else None) or "").split(";") if name.strip()],
        organisation=(page.sitename if page else None) or None,
        year=int(year.group()) if year else None,
        url=(page.url if page else None) or None,
        language=_language(text),
        warnings=(warning,) if warning else (),
    )


def declared_encoding(head: bytes) -> str | None:
    """The encoding a page or XML file names in its first bytes."""
    found = re.search(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]*encoding=[\"']([\w.:-]+)", head, re.I)
    return (found.group(1) or found.group(2)).decode("ascii") if found else None


def _trafilatura(text: str) -> Any | None:
    """What a page says of itself, with its main text as `body`; None where that is not found or the page is too large."""
    from trafilatura import bare_extraction

    if len(text) > LARGEST_FOR_TRAFILATURA:
        return None
    _say_nothing()
    page: Any = bare_extraction(
        text,
        with_metadata=True,
        include_tables=True,
        include_comments=False,
        favor_recall=True,
        date_extraction_params=dict(_DATES),
    )
    return page if page is not None and page.body is not None else None


def _facts(text: str) -> Any | None:
    """What a page says of itself alone: a quarter of the work."""
    from trafilatura import extract_metadata

    if len(text) > LARGEST_FOR_TRAFILATURA:
        return None
    _say_nothing()
    try:
        return extract_metadata(text, date_config=dict(_DATES))
    except (TypeError, ValueError):  # as trafilatura itself sees to when it looks for the text too
        return None


def _say_nothing() -> None:
    import logging

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def _main_blocks(whole: list[Block], page: Any | None, *, own: bool) -> list[Block]:
    """The page's main text as trafilatura found it, or `whole`: the page, or where `own` what the page calls its main text."""
    if page is None:
        return whole
    found = [block for block in _blocks(page.body) if block.text]
    if own and _size(found) < 1.5 * _size(whole) and _size(whole) >= SHORTEST_MAIN:
        return whole
    return found if found else whole


def _main_element(root: Any) -> Any | None:
    """The one element that the page itself calls its main text."""
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = root.findall(path)
        if len(found) == 1:
            return found[0]
    return None


def _size(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _blocks(body: Any) -> Iterator[Block]:
    for element in body:
        if element.tag == "head":
            level = re.sub(r"\D", "", element.get("rend", "")) or "2"
            yield Block(_text(element), "heading", int(level))
        elif element.tag == "list":
            numbered = element.get("rend") == "ol"
            for number, item in enumerate((each for each in element if each.tag == "item"), start=1):
                text = _text(item)
                yield Block(f"{number}. {text}" if numbered and text and not text[0].isdigit() else text, "list_item")
        elif element.tag == "table":
            yield from row_blocks([
                Row([_text(cell) for cell in row.iter("cell")], head=_all_heads(row)) for row in element.iter("row")
            ])  # fmt: skip
        elif element.tag == "quote":
            yield Block(_text(element), "quotation")
        elif element.tag in {"div", "section"}:
            yield from _blocks(element)
        else:
            yield Block(_text(element))


def _all_heads(row: Any) -> bool:
    cells = list(row.iter("cell"))
    return len(cells) > 1 and all(cell.get("role") == "head" for cell in cells)


def _text(element: Any) -> str:
    for gap in element.iter("lb", "p", "item"):
        gap.tail = " " + (gap.tail or "")
    return clean("".join(element.itertext()))


def _language(text: str) -> str | None:
    found = re.search(r"<html[^>]*\blang=[\"']?([a-zA-Z-]{2,8})", text[:4000])
    return found.group(1).lower() if found else None

"""PowerPoint files (.pptx). Owns: each slide's title, text, tables, charts, diagrams and notes in the order of the show.

Does not own: pictures. A slide's number stands as its page and in its label; dates, footers and slide numbers on slides are left
out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from assistant.errors import FileRefusedError
from ingest.document import Block, Break, Document
from ingest.extract.archive import Archive
from ingest.extract.cleaning import clean
from ingest.extract.docx_numbers import number_text
from ingest.extract.opc import main_part, properties, related, relationships
from ingest.extract.rows import Row, cell_text, row_blocks
from ingest.extract.safe_xml import attribute, child, descendants, local, parse_xml, text_of

MOST_SLIDES = 5000
_FURNITURE = frozenset({"dt", "ftr", "sldNum", "hdr"})
_TITLES = frozenset({"title", "ctrTitle"})
_STYLES = {
    "arabic": "decimal",
    "alphaLc": "lowerLetter",
    "alphaUc": "upperLetter",
    "romanLc": "lowerRoman",
    "romanUc": "upperRoman",
}


def extract(data: bytes) -> Document:
    """A slide show as blocks. Raises FileRefusedError: damaged, encrypted or without slides."""
    warnings: list[str] = []
    blocks: list[Block] = []
    with Archive(data) as archive:
        slides = _slides(archive, main_part(archive, "ppt/presentation.xml"))
        if len(slides) > MOST_SLIDES:
            warnings.append(f"only the first {MOST_SLIDES} of {len(slides)} slides were read")
        empty = 0
        for number, part in enumerate(slides[:MOST_SLIDES], start=1):
            try:
                found = list(_slide(archive, part, number))
            except FileRefusedError:
                warnings.append(f"slide {number} cannot be read; save the file again in PowerPoint")
                continue
            empty += not found
            blocks.extend(found)
        facts = properties(archive)
    if empty:
        warnings.append(f"{empty} of {len(slides)} slides have no text")
    title = facts.title or next((b.text for b in blocks if b.kind == "heading"), None)
    return Document(
        "pptx", blocks, title, facts.authors, year=facts.year, language=facts.language,
        pages=len(slides), pages_without_text=empty, warnings=warnings,
    )  # fmt: skip


def _slides(archive: Archive, part: str) -> list[str]:
    """The parts of the slides in the order of the show."""
    targets = relationships(archive, part)
    ids = [
        next((v for k, v in each.attrib.items() if k.endswith("}id")), "")
        for each in descendants(parse_xml(archive.read(part)), "sldId")
    ]
    return [targets[each][1] for each in ids if each in targets and targets[each][1] in archive.names]


def _slide(archive: Archive, part: str, number: int) -> Iterator[Block]:
    root = parse_xml(archive.read(part))
    if attribute(root, "show") == "0":
        return
    place = (Break(0, number),)
    shapes = list(_shapes(child(root, "cSld", "spTree")))
    shapes.sort(key=lambda shape: _kind(shape) not in _TITLES)
    for shape in shapes:
        for block in _shape(archive, part, shape):
            yield replace(block, breaks=place, label=f"slide {number}")
    notes = related(archive, part, "notesSlide")
    for shape in _shapes(child(parse_xml(archive.read(notes)), "cSld", "spTree")) if notes else ():
        if _kind(shape) == "body":
            for block in _paragraphs(shape, kind="notes"):
                yield replace(block, breaks=place, label=f"slide {number}, notes")


def _shapes(tree: Any | None) -> Iterator[Any]:
    for each in tree if tree is not None else ():
        if local(each) in {"grpSp", "AlternateContent", "Choice"}:
            yield from _shapes(each)
        elif local(each) in {"sp", "graphicFrame", "cxnSp"}:
            yield each


def _kind(shape: Any) -> str | None:
    """A shape's placeholder type: 'title', 'body' …, '' for a plain placeholder, None for any other shape."""
    found = next(descendants(shape, "ph"), None)
    return None if found is None else attribute(found, "type") or ""


def _shape(archive: Archive, part: str, shape: Any) -> Iterator[Block]:
    kind = _kind(shape)
    if kind in _FURNITURE:
        return
    if local(shape) == "graphicFrame":
        yield from _graphic(archive, part, shape)
    elif kind in _TITLES:
        text = clean(" ".join(block.text for block in _paragraphs(shape, kind=kind)))
        if text:
            yield Block(text, "heading", 1)
    else:
        yield from _paragraphs(shape, kind=kind)


def _paragraphs(shape: Any, *, kind: str | None) -> Iterator[Block]:
    counts: dict[int, int] = {}
    for paragraph in descendants(shape, "p"):
        text = clean("".join(_runs(paragraph)))
        settings = child(paragraph, "pPr")
        depth = int(attribute(settings, "lvl") or 0) if settings is not None else 0
        numbered = child(settings, "buAutoNum") if settings is not None else None
        if not text:
            continue
        if numbered is None:
            counts.pop(depth, None)
            plain = kind in {None, "notes", "subTitle", *_TITLES} or (
                settings is not None and child(settings, "buNone") is not None
            )
            bulleted = settings is not None and child(settings, "buChar") is not None
            yield Block(text, "list_item" if bulleted or not plain else "paragraph")
            continue
        style, start = attribute(numbered, "type") or "arabicPeriod", int(attribute(numbered, "startAt") or 1)
        counts[depth] = counts[depth] + 1 if depth in counts else start
        shown = number_text(counts[depth], next((v for k, v in _STYLES.items() if style.startswith(k)), "decimal"))
        yield Block(f"{shown}{')' if 'Paren' in style else '.'} {text}", "list_item")


def _runs(paragraph: Any) -> Iterator[str]:
    for each in paragraph:
        name = local(each)
        if name == "br":
            yield " "
        elif name == "r" or (name == "fld" and not (attribute(each, "type") or "").startswith(("slidenum", "datetime"))):
            yield text_of(child(each, "t"))


def _graphic(archive: Archive, part: str, frame: Any) -> Iterator[Block]:
    for table in descendants(frame, "tbl"):
        marked = child(table, "tblPr")
        first = marked is not None and attribute(marked, "firstRow") == "1"
        rows: list[Row] = []
        for row in (each for each in table if local(each) == "tr"):
            cells = [cell_text([clean("".join(_runs(p))) for p in descendants(c, "p")]) for c in row if local(c) == "tc"]
            rows.append(Row(cells, head=first and not rows and sum(map(bool, cells)) > 1))
        yield from row_blocks(rows)
    targets = relationships(archive, part)
    for pointer in descendants(frame, "relIds", "chart"):
        link = attribute(pointer, "dm") or attribute(pointer, "id") or ""
        _, target = targets.get(link, ("", ""))
        if target in archive.names:
            root = parse_xml(archive.read(target))
            yield from _chart(root) if local(pointer) == "chart" else _diagram(root)


def _diagram(root: Any) -> Iterator[Block]:
    for point in descendants(root, "pt"):
        text = clean(" ".join("".join(_runs(p)) for p in descendants(point, "p")))
        if text:
            yield Block(text, "list_item")


def _chart(root: Any) -> Iterator[Block]:
    """A chart's figures as rows, from the values saved with it."""
    title = next(descendants(root, "title"), None)
    if title is not None and (text := clean(" ".join(text_of(t) for t in descendants(title, "t")))):
        yield Block(text, "paragraph")
    for series in descendants(root, "ser"):
        name = (
            clean(" ".join(text_of(v) for v in descendants(child(series, "tx"), "v"))) if child(series, "tx") is not None else ""
        )
        heads, values = _points(child(series, "cat")), _points(child(series, "val"))
        pairs = [f"{heads.get(at, '')}: {value}".strip(": ") for at, value in sorted(values.items())]
        if pairs:
            yield Block(f"{name}: {'; '.join(pairs)}." if name else "; ".join(pairs) + ".", "table_row")


def _points(element: Any | None) -> dict[int, str]:
    found = {}
    for point in descendants(element, "pt") if element is not None else ():
        value = child(point, "v")
        at = attribute(point, "idx") or ""
        if value is not None and at.isdigit():
            found[int(at)] = clean(value.text or "")
    return found

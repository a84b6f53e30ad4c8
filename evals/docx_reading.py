"""Reading a Word file back as a stranger would. Owns: its notes, references to them, tables and links, from the file's own XML alone.

Does not own: what they should be. Nothing of the code that wrote the file is used.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET  # our own export is read, never a stranger's file
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_NOTEREF = re.compile(r"NOTEREF\s+(\S+)")


@dataclass
class WordFile:
    """What a Word file holds. `paragraphs`: text with note numbers as `⟦n⟧`; `problems`: what does not resolve."""

    notes: dict[int, str] = field(default_factory=dict)
    paragraphs: list[str] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_word_file(path: Path) -> WordFile:
    """The file's text with its notes resolved. A reference that leads nowhere is a problem, in words."""
    with zipfile.ZipFile(path) as package:
        names = set(package.namelist())
        body = ET.fromstring(package.read("word/document.xml"))  # noqa: S314 - see above
        kind = "endnote" if f"{_W}endnoteReference" in {e.tag for e in body.iter()} else "footnote"
        part = f"word/{kind}s.xml"
        notes = ET.fromstring(package.read(part)) if part in names else None  # noqa: S314
        links = {name: _relations(package, name) for name in ("word/document.xml", part) if name in names}
    found = WordFile()
    numbers = _numbers(body, kind, found)
    found.notes = _notes(notes, kind, numbers, found)
    bookmarks = _bookmarks(body, kind, numbers, found)
    for element in body.iter(f"{_W}p"):
        found.paragraphs.append(_text(element, kind, numbers, bookmarks, found))
    for table in body.iter(f"{_W}tbl"):
        rows = [[_cell(c, kind, numbers, bookmarks) for c in row.findall(f"{_W}tc")] for row in table.findall(f"{_W}tr")]
        found.tables.append(rows)
    _links(body, "word/document.xml", links, found)
    if notes is not None:
        _links(notes, part, links, found)
    return found


def _relations(package: zipfile.ZipFile, name: str) -> set[str]:
    folder, _, file = name.rpartition("/")
    rels = f"{folder}/_rels/{file}.rels"
    if rels not in package.namelist():
        return set()
    root = ET.fromstring(package.read(rels))  # noqa: S314 - see above
    return {e.get("Id", "") for e in root.iter(f"{_RELS}Relationship")}


def _numbers(body: ET.Element, kind: str, found: WordFile) -> dict[str, int]:
    """Note id to the number that Word shows: notes are counted in the order of their references."""
    numbers: dict[str, int] = {}
    for reference in body.iter(f"{_W}{kind}Reference"):
        note = reference.get(f"{_W}id", "")
        if note in numbers:
            found.problems.append(f"note id {note} is referred to twice as a new note")
        numbers[note] = len(numbers) + 1
    return numbers


def _notes(part: ET.Element | None, kind: str, numbers: dict[str, int], found: WordFile) -> dict[int, str]:
    texts: dict[int, str] = {}
    for note in part.findall(f"{_W}{kind}") if part is not None else ():
        if note.get(f"{_W}type"):
            continue
        name = note.get(f"{_W}id", "")
        if name not in numbers:
            found.problems.append(f"note id {name} is never referred to")
        else:
            texts[numbers[name]] = "".join(t.text or "" for t in note.iter(f"{_W}t")).strip()
    found.problems += [f"note {n} has no text" for n in numbers.values() if not texts.get(n)]
    return texts


def _bookmarks(body: ET.Element, kind: str, numbers: dict[str, int], found: WordFile) -> dict[str, int]:
    """Bookmark to the note number within it; 0 for one round something else."""
    marks: dict[str, int] = {}
    open_now: dict[str, str] = {}
    for element in body.iter():
        if element.tag == f"{_W}bookmarkStart":
            name = element.get(f"{_W}name", "")
            if name in marks:
                found.problems.append(f"two bookmarks are called {name}")
            marks[name] = 0
            open_now[element.get(f"{_W}id", "")] = name
        elif element.tag == f"{_W}bookmarkEnd":
            open_now.pop(element.get(f"{_W}id", ""), None)
        elif element.tag == f"{_W}{kind}Reference":
            for name in open_now.values():
                marks[name] = numbers[element.get(f"{_W}id", "")]
    return marks


def _text(paragraph: ET.Element, kind: str, numbers: dict[str, int], marks: dict[str, int], found: WordFile) -> str:
    parts: list[str] = []
    code, shown, state = "", "", ""
    for element in paragraph.iter():
        if element.tag == f"{_W}fldChar":
            state = element.get(f"{_W}fldCharType", "")
            if state == "begin":
                code, shown = "", ""
            elif state == "end":
                parts.append(_field(code, shown, marks, found))
                state = ""
        elif element.tag == f"{_W}instrText":
            code += element.text or ""
        elif element.tag == f"{_W}{kind}Reference":
            parts.append(f"⟦{numbers[element.get(f'{_W}id', '')]}⟧")
        elif element.tag in {f"{_W}t", f"{_W}br", f"{_W}tab"}:
            words = element.text or "" if element.tag == f"{_W}t" else "\n" if element.tag == f"{_W}br" else "\t"
            if state == "separate":
                shown += words
            else:
                parts.append(words)
    return "".join(parts)


def _field(code: str, shown: str, marks: dict[str, int], found: WordFile) -> str:
    match = _NOTEREF.search(code)
    if match is None:
        return shown
    number = marks.get(match.group(1), 0)
    if not number:
        found.problems.append(f"a reference to {match.group(1)} leads to no note")
    elif str(number) != shown:
        found.problems.append(f"a reference to note {number} is shown as {shown}")
    return f"⟦{number}⟧"


def _cell(cell: ET.Element, kind: str, numbers: dict[str, int], marks: dict[str, int]) -> str:
    return "\n".join(_text(p, kind, numbers, marks, WordFile()) for p in cell.findall(f"{_W}p"))


def _links(root: ET.Element, name: str, links: dict[str, set[str]], found: WordFile) -> None:
    anchors = {e.get(f"{_W}name") for e in root.iter(f"{_W}bookmarkStart")}
    for link in root.iter(f"{_W}hyperlink"):
        identifier, anchor = link.get(f"{_R}id"), link.get(f"{_W}anchor")
        if identifier is not None and identifier not in links.get(name, set()):
            found.problems.append(f"a link in {name} has no address")
        if anchor is not None and anchor not in anchors:
            found.problems.append(f"a link to {anchor} leads nowhere")


def note_numbers(text: str) -> Iterator[int]:
    """The note numbers in a paragraph's text."""
    return (int(n) for n in re.findall(r"⟦(\d+)⟧", text))

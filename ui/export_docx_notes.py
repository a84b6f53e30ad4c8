"""Notes of a Word file: real footnotes or endnotes. Owns: their part, separators, settings, and references to them.

The first reference to a number is the note itself, which Word numbers; later ones are cross-references (NOTEREF) to it, so that one quote
keeps one number. Word counts notes in the order in which they stand, as we do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui.brief_document import Document, Runs
from ui.export_docx_styles import NOTE_STYLES

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

RAISED, LINKED = " \\f", "\\h"  # switches of the field
FIRST_BOOKMARK = 100_000  # ids of notes' bookmarks, clear of the headings'
_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
# What follows notes' settings in the order that the format fixes for word/settings.xml.
_AFTER = (
    "w:endnotePr", "w:compat", "w:docVars", "w:rsids", "m:mathPr", "w:attachedSchema", "w:themeFontLang", "w:clrSchemeMapping",
    "w:doNotIncludeSubdocsInStats", "w:doNotAutoCompressPictures", "w:forceUpgrade", "w:captions", "w:readModeInkLockDown",
    "w:smartTagType", "sl:schemaLibrary", "w:shapeDefaults", "w:doNotEmbedSmartTags", "w:decimalSymbol", "w:listSeparator",
)  # fmt: skip


class Notes:
    """The notes of one document under way."""

    def __init__(self, word: WordDocument, document: Document) -> None:
        self.word = word
        self.document = document
        self.kind = "endnote" if document.endnotes else "footnote"
        self.placed: list[int] = []

    def refer(self, paragraph: Any, number: int, *, raised: bool = True) -> None:
        """A reference to a note at the end of a paragraph: the note itself where it is the first."""
        from docx.oxml.ns import qn
        from docx.oxml.parser import OxmlElement

        if number in self.placed:
            for element in self._again(number, raised=raised):
                paragraph._p.append(element)
            return
        self.placed.append(number)
        if self.placed != sorted(self.placed):
            raise ValueError(f"note {number} is first referred to after a higher one: numbers do not follow the text")
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(FIRST_BOOKMARK + number))
        start.set(qn("w:name"), f"_RefNote{number}")
        run = _run(NOTE_STYLES[self.kind][1])
        reference = OxmlElement(f"w:{self.kind}Reference")
        reference.set(qn("w:id"), str(number))
        run.append(reference)
        for element in (start, run, end):
            paragraph._p.append(element)

    def _again(self, number: int, *, raised: bool) -> list[Any]:
        style = NOTE_STYLES[self.kind][1] if raised else ""
        begin, end = field_runs(f"NOTEREF _RefNote{number}{RAISED if raised else ''} {LINKED}", style=style)
        shown = _run(style)
        shown.text = str(number)
        return [*begin, shown, *end]

    def finish(self) -> None:
        """Write the part that holds the notes, and what the settings say of it."""
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI

        missing = set(self.placed) ^ set(self.document.notes)
        if missing:
            raise ValueError(f"notes without a reference or references without a note: {sorted(missing)}")
        kinds = RELATIONSHIP_TYPE.ENDNOTES if self.document.endnotes else RELATIONSHIP_TYPE.FOOTNOTES
        types = CONTENT_TYPE.WML_ENDNOTES if self.document.endnotes else CONTENT_TYPE.WML_FOOTNOTES
        part = _part(self.word, kinds, types, PackURI(f"/word/{self.kind}s.xml"), _empty(self.kind))
        for number in self.placed:
            self._note(part, number, self.document.notes[number])
        _settings(self.word, self.kind)

    def _note(self, part: Any, number: int, runs: Runs) -> None:
        from docx.oxml.ns import qn
        from docx.oxml.parser import OxmlElement

        from ui.export_docx import add_link

        paragraph_style, reference_style = NOTE_STYLES[self.kind]
        note, paragraph = OxmlElement(f"w:{self.kind}"), OxmlElement("w:p")
        note.set(qn("w:id"), str(number))
        properties, style = OxmlElement("w:pPr"), OxmlElement("w:pStyle")
        style.set(qn("w:val"), paragraph_style)
        properties.append(style)
        mark = _run(reference_style)
        mark.append(OxmlElement(f"w:{self.kind}Ref"))
        paragraph.append(properties)
        paragraph.append(mark)
        paragraph.append(_text(" "))
        for run in runs:
            if run.href:
                add_link(paragraph, part, run)
            else:
                paragraph.append(_text(run.text, bold=run.style == "strong"))
        note.append(paragraph)
        part.element.append(note)


def field_runs(instruction: str, *, style: str = "", dirty: bool = False) -> tuple[list[Any], list[Any]]:
    """The runs that open a field, up to its shown text, and those that close it. `dirty`: Word renews it when it opens the file."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    def mark(kind: str) -> Any:
        run, character = _run(style), OxmlElement("w:fldChar")
        character.set(qn("w:fldCharType"), kind)
        if dirty and kind == "begin":
            character.set(qn("w:dirty"), "true")
        run.append(character)
        return run

    code, words = _run(style), OxmlElement("w:instrText")
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    words.text = f" {instruction} "
    code.append(words)
    return [mark("begin"), code, mark("separate")], [mark("end")]


def _run(style: str) -> Any:
    from ui.export_docx import styled_run

    return styled_run("", style)


def _text(text: str, *, bold: bool = False) -> Any:
    from docx.oxml.parser import OxmlElement

    from ui.export_docx import styled_run

    run = styled_run(text)
    if bold:
        properties = OxmlElement("w:rPr")
        properties.append(OxmlElement("w:b"))
        run.insert(0, properties)
    return run


def _empty(kind: str) -> bytes:
    """A notes part that holds the two separators and nothing else."""
    separators = "".join(
        f'<w:{kind} w:type="{name}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
        f"<w:r><w:{name}/></w:r></w:p></w:{kind}>"
        for name, number in (("separator", -1), ("continuationSeparator", 0))
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{kind}s {_SPACES}>{separators}</w:{kind}s>'.encode()


def _part(word: WordDocument, kind: str, content_type: str, name: Any, content: bytes) -> Any:
    """A new notes part; it takes the place of one that came with a template."""
    from docx.opc.part import XmlPart

    package = word.part.package
    for key, relationship in list(word.part.rels.items()):
        if relationship.reltype == kind:
            del word.part.rels[key]
    part = XmlPart.load(name, content_type, content, package)
    word.part.relate_to(part, kind)
    return part


def _settings(word: WordDocument, kind: str) -> None:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    settings = word.settings.element
    for old in settings.findall(qn(f"w:{kind}Pr")):
        settings.remove(old)
    properties = OxmlElement(f"w:{kind}Pr")
    for number in ("-1", "0"):
        separator = OxmlElement(f"w:{kind}")
        separator.set(qn("w:id"), number)
        properties.append(separator)
    after = _AFTER if kind == "footnote" else _AFTER[1:]
    following = {_tag(name) for name in after}
    place = next((at for at, child in enumerate(settings) if child.tag in following), len(settings))
    settings.insert(place, properties)


def _tag(name: str) -> str:
    from docx.oxml.ns import nsmap

    prefix, _, local = name.partition(":")
    spaces = {
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "sl": "http://schemas.openxmlformats.org/schemaLibrary/2006/main",
    }
    return f"{{{spaces.get(prefix) or nsmap[prefix]}}}{local}"

"""Named styles of a Word file. Owns: which styles a document uses, and making those that a template lacks. Never changes one it has.

Does not own: what is written in them. A corporate template replaces the look of each by defining a style of the same name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

NAMES: dict[str, str] = {
    "title": "Title",
    "subtitle": "Subtitle",
    "body": "Normal",
    "own": "Brief Own Words",
    "small": "Brief Small",
    "warning": "Brief Warning",
    "bullet": "List Bullet",
    "numbered": "List Number",
    "mark": "Brief Mark",
    "caption": "Caption",
    "cell": "Brief Table Text",
    "annex cell": "Brief Annex Text",
    "table": "Brief Table",
    "contents title": "Brief Contents Heading",
    "contents": "toc 1",
}
NOTE_STYLES: dict[str, tuple[str, str]] = {
    "footnote": ("FootnoteText", "FootnoteReference"),
    "endnote": ("EndnoteText", "EndnoteReference"),
}
FONT = "Arial"
INK, BLUE, RED, GREY = "1A1A1A", "12385B", "8A1C1C", "4A4A4A"


@dataclass(frozen=True)
class _Style:
    """A style to make where it is missing. Sizes in points; spacing before and after in points."""

    name: str
    kind: str = "paragraph"
    base: str = "Normal"
    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    colour: str | None = None
    before: float = 0
    after: float = 4
    raised: bool = False


_MADE = (
    _Style("Brief Own Words", size=10, after=2),
    _Style("Brief Small", size=9, colour=GREY, after=3),
    _Style("Brief Warning", size=10, bold=True, colour=RED, after=3),
    _Style("Brief Table Text", size=8.5, after=1),
    _Style("Brief Annex Text", size=8, after=1),
    _Style("Brief Contents Heading", size=12, bold=True, colour=BLUE, before=8, after=4),
    _Style("toc 1", after=2, size=10.5),
    _Style("footnote text", size=8, after=0),
    _Style("endnote text", size=8, after=0),
    _Style("Brief Mark", kind="character", base="", size=9, italic=True, colour=GREY),
    _Style("footnote reference", kind="character", base="", raised=True),
    _Style("endnote reference", kind="character", base="", raised=True),
    _Style("Hyperlink", kind="character", base="", colour="0B4F8A"),
)
_LOOK = (  # of the styles that come with the plain document; left alone in a template of one's own
    _Style("Normal", size=10, colour=INK, after=4, base=""),
    _Style("Title", size=22, bold=True, colour=BLUE, after=2),
    _Style("Subtitle", size=13, colour=GREY, italic=False, after=6),
    _Style("Heading 1", size=13, bold=True, colour=BLUE, before=9, after=3),
    _Style("Heading 2", size=11.5, bold=True, colour=BLUE, before=8, after=3),
    _Style("Heading 3", size=10.5, bold=True, colour=INK, before=6, after=2),
    _Style("List Bullet", after=3),
    _Style("Caption", size=9.5, bold=True, colour=GREY, before=6, after=3),
)


def prepare_styles(word: WordDocument, *, language: str, own_template: bool) -> None:
    """Make every style that is used and missing; set the language; lay out a plain document's page."""
    from docx.enum.style import WD_STYLE_TYPE

    for style in _MADE:
        if style.name not in _names(word):
            kind = WD_STYLE_TYPE.CHARACTER if style.kind == "character" else WD_STYLE_TYPE.PARAGRAPH
            made = word.styles.add_style(style.name, kind, builtin=not style.name.startswith("Brief"))
            made.element.set(_w("styleId"), _identifier(style.name))
            if style.base:
                made.base_style = word.styles[style.base]
            _dress(made, style)
    for name in ("Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "List Number", "Caption"):
        if name not in _names(word):
            made = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
            made.base_style = word.styles["Normal"]
            _dress(made, next((s for s in _LOOK if s.name == name), _Style(name)))
    if NAMES["table"] not in _names(word):
        _add_table_style(word)
    _set_language(word, language)
    if not own_template:
        for style in _LOOK:
            _dress(word.styles[style.name], style)
        _lay_out(word)


def _names(word: WordDocument) -> set[str]:
    return {str(style.name) for style in word.styles}


def _identifier(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in name.split())


def _dress(made: Any, style: _Style) -> None:
    from docx.shared import Pt, RGBColor

    font = made.font
    if style.kind == "paragraph":
        font.name = FONT
        _fonts(made.element)
        made.paragraph_format.space_before, made.paragraph_format.space_after = Pt(style.before), Pt(style.after)
        made.paragraph_format.keep_with_next = True if style.name.startswith("Heading") else None
    font.size = Pt(style.size) if style.size else font.size
    font.bold = font.bold if style.bold is None else style.bold
    font.italic = font.italic if style.italic is None else style.italic
    font.superscript = True if style.raised else font.superscript
    font.underline = True if style.name == "Hyperlink" else font.underline
    if style.colour:
        font.color.rgb = RGBColor.from_string(style.colour)
    for border in list(made.element.iter(_w("pBdr"))) if style.name == "Title" else ():
        border.getparent().remove(border)


def _fonts(element: Any) -> None:
    """The named font wherever the theme's would be used."""
    fonts = element.rPr.rFonts
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(_w(name), FONT)


def _add_table_style(word: WordDocument) -> None:
    """A table style with thin lines and a shaded first row."""
    from docx.oxml.parser import parse_xml

    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="9AA5B1"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    word.styles.element.append(
        parse_xml(
            f'<w:style xmlns:w="{space}" w:type="table" w:customStyle="1" w:styleId="BriefTable"><w:name w:val="{NAMES["table"]}"/>'
            f'<w:uiPriority w:val="99"/><w:tblPr><w:tblBorders>{lines}</w:tblBorders><w:tblCellMar><w:top w:w="40" w:type="dxa"/>'
            '<w:left w:w="80" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="E3EAF1"/></w:tcPr>'
            "</w:tblStylePr></w:style>"
        )
    )


def _set_language(word: WordDocument, language: str) -> None:
    """The document's language, as its default and in its theme's settings."""
    from docx.oxml.parser import OxmlElement

    defaults = word.styles.element.find(f".//{_w('rPrDefault')}/{_w('rPr')}")
    if defaults is not None:
        lang = defaults.find(_w("lang"))
        if lang is None:
            lang = OxmlElement("w:lang")
            defaults.append(lang)
        lang.set(_w("val"), language)
    zoom = word.settings.element.find(_w("zoom"))
    if zoom is not None and zoom.get(_w("percent")) is None:  # the library's plain document leaves out what the format demands
        zoom.set(_w("percent"), "100")
    theme = word.settings.element.find(_w("themeFontLang"))
    if theme is not None:
        theme.set(_w("val"), language)


def _lay_out(word: WordDocument) -> None:
    """A4 with a footer of page numbers."""
    from docx.shared import Mm

    from ui.export_docx_notes import field_runs

    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(20)
    paragraph = section.footer.paragraphs[0]
    paragraph.style = NAMES["small"]
    paragraph.add_run("Page ")
    begin, end = field_runs("PAGE")
    for element in begin:
        paragraph._p.append(element)
    paragraph.add_run("1")
    for element in end:
        paragraph._p.append(element)


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))

"""A brief in every format: the same text, numbers and statuses; read back, accessible, the same bytes twice."""

from __future__ import annotations

import io
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Pt
from made_briefs import first, made, with_statement

from assistant.assistant import Assistant
from assistant.briefs.desk import open_desk
from assistant.briefs.edit import edit_statement
from assistant.briefs.nouns import Brief
from assistant.briefs.review import approve
from assistant.briefs.template_file import packaged_template
from assistant.errors import InputError
from evals.docx_reading import WordFile, note_numbers, read_word_file
from ui.briefing import FORMATS, ExportOptions, Format, export_brief
from ui.export_docx_check import accessibility_problems

TEMPLATE = packaged_template("ministerial-note")
HOSTILE = '<script>alert(1)</script> & "x" [1](http://evil.example) **b** {x} #strong[y] \\input | \u202egnp.exe \x07'


_WRITTEN: dict[tuple[str, Format, ExportOptions], bytes] = {}


def written(
    assistant: Assistant, brief: Brief, form: Format, options: ExportOptions | None = None, *, again: bool = False
) -> bytes:
    """A brief in a format; once written for all tests, but for one that asks for it `again`."""
    key = (brief.model_dump_json(), form, options or ExportOptions())
    if again or key not in _WRITTEN:
        _WRITTEN[key] = export_brief(brief, TEMPLATE, assistant.library, form, options or ExportOptions()).content
    return _WRITTEN[key]


def word_of(content: bytes, folder: Path) -> WordFile:
    path = folder / "brief.docx"
    path.write_bytes(content)
    return read_word_file(path)


@pytest.mark.parametrize("notes", ["footnotes", "endnotes"])
def test_the_word_file_reads_back_with_every_number_resolved_and_every_quote_exact(
    packaged: Assistant, tmp_path: Path, notes: Any
) -> None:
    brief = made(packaged)
    word = word_of(written(packaged, brief, "docx", ExportOptions(notes=notes)), tmp_path)
    cited = brief.citations()
    assert word.problems == []
    assert sorted(word.notes) == sorted(cited)
    for n, text in word.notes.items():
        assert (cited[n].cited_as or "")[1:60] in text
        assert text.startswith("Quoted. ")
    evidence = next(table for table in word.tables if table[0][:2] == ["Note", "Quote"])
    rows = {next(note_numbers(row[0])): row for row in evidence[1:]}
    assert {n: row[1] for n, row in rows.items()} == {n: c.quote for n, c in cited.items()}
    assert all(cited[n].quote in packaged.library.source_text(cited[n].source_id) for n in rows)


def test_every_sentence_in_word_has_the_numbers_that_it_has_in_the_brief(packaged: Assistant, tmp_path: Path) -> None:
    brief = made(packaged, "session-pack")
    word = word_of(written(packaged, brief, "docx"), tmp_path)
    lines = [(re.sub(r"⟦\d+⟧", "", paragraph), set(note_numbers(paragraph))) for paragraph in word.paragraphs]
    for statement in brief.shown():
        wanted = {c.n for c in statement.citations}
        assert any(text.startswith(statement.text) and numbers == wanted for text, numbers in lines), statement.id


def test_the_reader_sees_a_broken_reference(packaged: Assistant, tmp_path: Path) -> None:
    import zipfile

    content = written(packaged, made(packaged), "docx")
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"_RefNote1 ", b"_RefNote999 ") if name == "word/document.xml" else data)
    assert any("leads to no note" in problem for problem in word_of(broken.getvalue(), tmp_path).problems)


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_brief_gives_the_same_bytes(packaged: Assistant, form: Format) -> None:
    assert written(packaged, made(packaged), form) == written(packaged, made(packaged), form, again=True)


def test_numbers_are_the_same_in_every_format(packaged: Assistant, tmp_path: Path) -> None:
    brief = made(packaged)
    quotes = {n: c.quote for n, c in brief.citations().items()}
    markdown = written(packaged, brief, "md").decode()
    page = written(packaged, brief, "html").decode()
    assert sorted({int(n) for n in re.findall(r"^\[\^(\d+)\]:", markdown, re.M)}) == sorted(quotes)
    assert sorted({int(n) for n in re.findall(r'id="note-(\d+)"', page)}) == sorted(quotes)
    stored = Brief.model_validate_json(written(packaged, brief, "json"))
    assert {n: c.quote for n, c in stored.citations().items()} == quotes
    for statement in (s for section in brief.sections for s in section.statements if s.citations):
        plain = re.escape(statement.text.split(";")[0][:40]).replace(r"\'", "'")
        assert re.search(plain, markdown.replace("\\", "")), statement.id
        assert f"[^{statement.citations[0].n}]" in next(
            line for line in markdown.replace("\\", "").splitlines() if statement.text[:40] in line
        )


def test_every_link_in_the_page_leads_somewhere_and_headings_leave_no_level_out(packaged: Assistant) -> None:
    page = written(packaged, made(packaged, "session-pack"), "html").decode()
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert '<html lang="en-GB">' in page
    assert "<script" not in page


def test_the_word_file_is_accessible(packaged: Assistant) -> None:
    for name in ("ministerial-note", "session-pack", "case-comparison"):
        content = written(packaged, made(packaged, name), "docx")
        assert accessibility_problems(content) == []
        word = docx.Document(io.BytesIO(content))
        assert word.core_properties.language == "en-GB"
        assert word.core_properties.title == "Housing First"


def test_a_very_long_topic_is_shortened_where_word_allows_no_more(packaged: Assistant) -> None:
    brief = made(packaged, topic="mission " * 37)
    word = docx.Document(io.BytesIO(export_brief(brief, TEMPLATE, packaged.library, "docx", ExportOptions()).content))
    assert len(word.core_properties.title) <= 255
    assert word.core_properties.title.startswith("mission mission")


def test_the_accessibility_check_sees_what_is_wrong(packaged: Assistant) -> None:
    word = docx.Document(io.BytesIO(written(packaged, made(packaged), "docx")))
    word.add_heading("Deep", 3)
    word.add_heading("Too deep", 5)
    word.add_table(rows=1, cols=2)
    word.core_properties.title = ""
    out = io.BytesIO()
    word.save(out)
    said = " ".join(accessibility_problems(out.getvalue()))
    for wrong in ("leaves out a level", "has no header row", "has no title", "header cell without words"):
        assert wrong in said


def test_a_template_of_ones_own_gives_its_styles_and_none_of_its_words(packaged: Assistant, tmp_path: Path) -> None:
    own = docx.Document()
    own.styles["Heading 1"].font.name = "Courier New"
    own.styles["Normal"].font.size = Pt(13)
    own.add_paragraph("Old words that must not stay")
    own.save(str(tmp_path / "corporate.docx"))
    made_with = export_brief(
        made(packaged), TEMPLATE, packaged.library, "docx", ExportOptions(template_docx=tmp_path / "corporate.docx")
    )
    word = docx.Document(io.BytesIO(made_with.content))
    assert word.styles["Heading 1"].font.name == "Courier New"
    assert word.styles["Normal"].font.size == Pt(13)
    assert "Old words" not in "\n".join(p.text for p in word.paragraphs)
    assert word_of(made_with.content, tmp_path).problems == []
    assert made_with.warnings == ()
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK no")
    with pytest.raises(InputError, match="not a Word document"):
        written(packaged, made(packaged), "docx", ExportOptions(template_docx=broken))


def test_a_failed_audit_blocks_every_format_and_shows_in_the_document_when_overridden(
    packaged: Assistant, tmp_path: Path
) -> None:
    brief = made(packaged)
    citation = first(brief).citations[0].model_copy(update={"quote": "The source never said this."})
    spoiled = with_statement(brief, first(brief).id, citations=[citation])
    for form in FORMATS:
        with pytest.raises(InputError, match="nothing was exported"):
            written(packaged, spoiled, form)
    word = word_of(written(packaged, spoiled, "docx", ExportOptions(override=True)), tmp_path)
    text = "\n".join(word.paragraphs)
    assert "The reference audit of this document fails" in text
    assert "the quote is not what stands at its place in the source" in text
    for form in ("md", "html"):
        assert "audit of this document fails" in written(packaged, spoiled, form, ExportOptions(override=True)).decode()


def test_an_unverified_edit_is_marked_with_its_author_in_every_format(packaged: Assistant, tmp_path: Path) -> None:
    brief = made(packaged)
    edited = edit_statement(
        open_desk(packaged), brief, first(brief).id, "Everything went splendidly in Atlantis.", by="Jo Bloggs"
    )
    mark = "[not verified: edited by Jo Bloggs]"
    assert mark in "\n".join(word_of(written(packaged, edited, "docx"), tmp_path).paragraphs)
    assert mark in written(packaged, edited, "html").decode()
    assert mark in written(packaged, edited, "md").decode().replace("\\", "")


def test_nothing_says_approved_unless_somebody_approved_this_content(packaged: Assistant) -> None:
    brief = made(packaged)
    assert "pproved" not in written(packaged, brief, "html").decode()
    approved = approve(brief, packaged.library, by="Ann Lee")
    assert "Approved by Ann Lee on" in written(packaged, approved, "html").decode()
    changed = edit_statement(open_desk(packaged), approved, first(brief).id, "Nothing of the sort.", by="Jo")
    assert "pproved" not in written(packaged, changed, "html").decode()


def test_hostile_words_stay_words_in_every_format(packaged: Assistant, tmp_path: Path) -> None:
    brief = made(packaged)
    request = brief.request.model_copy(update={"client": HOSTILE, "situation": HOSTILE, "decision": HOSTILE})
    section = brief.sections[0].model_copy(update={"own_words": [f"Situation: {HOSTILE}"], "heading": HOSTILE})
    hostile = brief.model_copy(update={"request": request, "title": HOSTILE, "sections": [section, *brief.sections[1:]]})
    page = written(packaged, hostile, "html").decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    markdown = written(packaged, hostile, "md").decode()
    assert "\\<script\\>" in markdown
    assert "](http://evil.example)" not in markdown
    word = word_of(written(packaged, hostile, "docx"), tmp_path)
    assert word.problems == []
    assert any('<script>alert(1)</script> & "x" [1](http://evil.example) **b** {x} #strong[y]' in p for p in word.paragraphs)
    assert not any("\u202e" in p for p in word.paragraphs)
    assert written(packaged, hostile, "pdf").startswith(b"%PDF")


def test_the_pdf_is_tagged_titled_and_in_a_language(packaged: Assistant) -> None:
    import pypdfium2

    content = written(packaged, made(packaged), "pdf")
    assert b"/StructTreeRoot" in content or b"/MarkInfo" in content
    document = pypdfium2.PdfDocument(content)
    assert document.get_metadata_value("Title") == "Housing First"
    assert document.is_tagged()
    headings = [item.get_title() for item in document.get_toc()]
    assert "The answer in three points" in headings
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert first(made(packaged)).text[:30] in re.sub(r"\s+", " ", text)
    document.close()


def test_references_are_written_in_three_formats_and_say_what_was_cited(packaged: Assistant) -> None:
    from ui.export_references import csl_items, formatted_references, references_text, works_of

    works = works_of(made(packaged), packaged.library)
    numbers = sorted(n for work in works for n in work.notes)
    assert numbers == sorted(made(packaged).citations())
    items = json.loads(references_text(works, ".json"))
    assert items == csl_items(works)
    assert all(item["title"] and item["id"] for item in items)
    bibtex = references_text(works, ".bib")
    assert bibtex.count("@techreport{") + bibtex.count("@misc{") == len(works)
    assert references_text(works, ".ris").count("ER  - ") == len(works)
    entries = formatted_references(works)
    assert len(entries) == len(works)
    assert all("Note" in entry for entry in entries)
    through = [entry for entry in entries if "through this library" in entry]
    assert through
    with pytest.raises(InputError, match="no style"):
        formatted_references(works, "no-such-style")


def test_a_csl_file_of_ones_own_is_used(packaged: Assistant, tmp_path: Path) -> None:
    from ui.export_references import formatted_references, works_of

    style = tmp_path / "mine.csl"
    style.write_text(
        '<?xml version="1.0" encoding="utf-8"?><style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">'
        "<info><title>Mine</title><id>mine</id><updated>2026-01-01T00:00:00+00:00</updated></info>"
        '<citation><layout><text variable="title"/></layout></citation>'
        '<bibliography><layout suffix=" (mine)"><text variable="title"/></layout></bibliography></style>',
        "utf-8",
    )
    entries = formatted_references(works_of(made(packaged), packaged.library), str(style))
    assert all("(mine)" in entry for entry in entries)
    style.write_text("<style/>", "utf-8")
    with pytest.raises(InputError, match=r"cannot be used|no bibliography"):
        formatted_references(works_of(made(packaged), packaged.library), str(style))

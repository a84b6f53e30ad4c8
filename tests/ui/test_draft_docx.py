"""A checked Word file: comments at the right words, and a file otherwise as it was."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.shared import Pt

from assistant.draft.nouns import CheckedSentence, DraftReport, DraftStatus
from assistant.errors import FileRefusedError
from assistant.instruments.own_document import OwnDocument
from assistant.nouns import Citation, Locator, Searched
from assistant.settings import Settings
from ui.draft_docx import commented
from ui.draft_docx_runs import W
from ui.own_documents import read_own_document

QUOTE = "From 2008 to 2022 it fell 54 per cent."
FIRST = "Homelessness in Finland fell by 80 per cent between 2008 and 2022."
SECOND = "The city built a thousand flats."


def written(word: WordDocument) -> bytes:
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def draft() -> WordDocument:
    """The first sentence lies over four runs of different looks, twice; the second in a table; a third in a list."""
    word = docx.Document()
    word.add_heading("A briefing", 1)
    paragraph = word.add_paragraph("Homelessness in ")
    paragraph.add_run("Finland").bold = True
    paragraph.add_run(" fell by ").font.size = Pt(14)
    paragraph.add_run("80 per cent between 2008 and 2022. Could we do it?")
    word.add_paragraph(FIRST)
    table = word.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Espoo", SECOND
    word.add_paragraph("Tampere closed its shelters in 2015.", style="List Number")
    return word


def read(data: bytes, folder: Path, settings: Settings) -> OwnDocument:
    path = folder / "draft.docx"
    path.write_bytes(data)
    return read_own_document(path, settings)


def judged(own: OwnDocument, *, status: DraftStatus = "contradicted", missing: tuple[str, ...] = ("80 per cent",)) -> DraftReport:
    """Every sentence but headings and questions with one status: what is tested here is where comments land."""
    citation = Citation(
        n=1, source_id="s", passage_id="p", quote=QUOTE, start=0, end=len(QUOTE), locator=Locator(page=3), title="A note",
        evidence_type="official data", cited_as="our note on Finland",
    )  # fmt: skip
    sentences = []
    for number, each in enumerate(own.sentences, start=1):
        text = own.words(each)
        claim = text.endswith(".")
        sentences.append(
            CheckedSentence(
                n=number, text=text, start=each.start, end=each.end, status=status if claim else "not_a_claim", kind=None if claim else "heading",
                because=["the library says 54 per cent"] if claim else [], missing=list(missing) if claim else [],
                citations=[citation] if claim else [],
            )
        )  # fmt: skip
    counts: dict[DraftStatus, int] = {status: sum(s.status == status for s in sentences)}
    return DraftReport(
        file="draft.docx", sha256="", checker="t", searched=Searched(passages=1, sources=1), sentences=sentences, counts=counts
    )


def anchored(data: bytes) -> dict[str, list[str]]:
    """The words under each comment, by the comment's first line."""
    word = docx.Document(io.BytesIO(data))
    said = {comment.comment_id: comment.paragraphs[0].text for comment in word.comments}
    found: dict[str, list[str]] = {}
    for number, first in said.items():
        inside, words = False, ""
        for element in word.element.body.iter():
            if element.tag == f"{W}commentRangeStart" and element.get(f"{W}id") == str(number):
                inside = True
            elif element.tag == f"{W}commentRangeEnd" and element.get(f"{W}id") == str(number):
                break
            elif inside and element.tag == f"{W}t":
                words += element.text or ""
        found.setdefault(first, []).append(words)
    return found


def test_a_comment_stands_at_the_very_words_that_are_not_borne_out(tmp_path: Path, own_settings: Settings) -> None:
    data = written(draft())
    found = anchored(commented(data, judged(read(data, tmp_path, own_settings))))
    told = found["Contradicted. The library says 54 per cent."]
    assert told == ["80 per cent", "80 per cent", SECOND, "Tampere closed its shelters in 2015."]


def test_a_comment_stands_at_the_whole_sentence_when_all_of_it_is_meant(tmp_path: Path, own_settings: Settings) -> None:
    data = written(draft())
    report = judged(read(data, tmp_path, own_settings), status="supported", missing=())
    assert anchored(commented(data, report))["Supported. The library says 54 per cent."][:2] == [FIRST, FIRST]


def test_a_comment_quotes_the_passage_with_its_source_and_kind_of_evidence(tmp_path: Path, own_settings: Settings) -> None:
    data = written(draft())
    word = docx.Document(io.BytesIO(commented(data, judged(read(data, tmp_path, own_settings)))))
    first = next(iter(word.comments))
    assert [p.text for p in first.paragraphs][1:] == [f"“{QUOTE}”", "Our note on Finland. Page 3. Evidence: official data."]


def test_text_looks_and_every_other_part_are_as_they_were(tmp_path: Path, own_settings: Settings) -> None:
    data = written(draft())
    made = commented(data, judged(read(data, tmp_path, own_settings)))
    old, new = docx.Document(io.BytesIO(data)), docx.Document(io.BytesIO(made))
    assert [p.text for p in new.paragraphs] == [p.text for p in old.paragraphs]
    assert new.paragraphs[1].runs[1].bold
    looks = [(r.text, r.font.size) for r in new.paragraphs[1].runs if r.font.size]
    assert looks == [(" fell by ", Pt(14))]
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(io.BytesIO(made)) as after:
        changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
        assert changed == {"[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels"}
        assert set(after.namelist()) - set(before.namelist()) == {"word/comments.xml"}


def test_comments_that_are_there_already_are_kept(tmp_path: Path, own_settings: Settings) -> None:
    word = draft()
    word.add_comment(word.paragraphs[0].runs[0], text="Mine.", author="Anna", initials="A")
    data = written(word)
    made = docx.Document(io.BytesIO(commented(data, judged(read(data, tmp_path, own_settings)))))
    assert [comment.text for comment in made.comments if comment.author == "Anna"] == ["Mine."]
    assert sum(1 for _ in made.comments) > 4


def test_hostile_words_stay_words(tmp_path: Path, own_settings: Settings) -> None:
    word = docx.Document()
    word.add_paragraph("<w:t>Camden</w:t> & ]]> built 12 flats.")
    data = written(word)
    found = anchored(commented(data, judged(read(data, tmp_path, own_settings), missing=())))
    assert found["Contradicted. The library says 54 per cent."] == ["<w:t>Camden</w:t> & ]]> built 12 flats."]


def test_what_cannot_be_placed_is_told_in_the_first_comment(tmp_path: Path, own_settings: Settings) -> None:
    data = written(draft())
    report = judged(read(data, tmp_path, own_settings))
    lost = report.sentences[1].model_copy(update={"text": "Oslo sank in 1921."})
    made = commented(data, report.model_copy(update={"sentences": [*report.sentences, lost]}))
    told = [comment.text for comment in docx.Document(io.BytesIO(made)).comments]
    assert "could not be found again" in told[-1]
    assert "Oslo sank in 1921." in told[-1]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no package", b"plain text"])
def test_what_is_no_word_file_is_refused_in_a_sentence(data: bytes) -> None:
    report = DraftReport(
        file="draft.docx", sha256="", checker="t", searched=Searched(passages=0, sources=0), sentences=[], counts={}
    )
    with pytest.raises(FileRefusedError, match="Comments cannot be put into this Word file"):
        commented(data, report)


def test_a_package_that_unpacks_beyond_the_limit_is_refused_before_it_is_opened() -> None:
    report = DraftReport(
        file="draft.docx", sha256="", checker="t", searched=Searched(passages=0, sources=0), sentences=[], counts={}
    )
    with pytest.raises(FileRefusedError, match="unpacked it has more than"):
        commented(written(draft()), report, most_unpacked=10_000)

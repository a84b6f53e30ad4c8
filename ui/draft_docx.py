"""A checked Word file with a comment at each statement of fact. Owns: placing the comments, and a file otherwise as it was.

Does not own: finding words (`draft_docx_runs.py`) or the comments' words (`draft_words.py`). The file has passed extraction, with its
limits, before it comes here. Only the parts that must say something new are written anew: the document, its relations, the content types
and the comments; every other part is copied byte for byte.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.draft.nouns import CheckedSentence, DraftReport
from assistant.errors import FileRefusedError
from ui.draft_docx_runs import Finder, Paragraph, Place, W, paragraphs, runs_of, within
from ui.draft_words import NOTE, comment_text, counts_line
from ui.wording import PRODUCT

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

INITIALS = "MA"
MOST_UNPACKED = 400_000_000  # bytes of all parts together
_CANNOT = "Comments cannot be put into this Word file ({}). Save it again as .docx in Word or LibreOffice, or write the table with --out report.html."
TYPES = "[Content_Types].xml"
COMMENTS_TYPE = (
    b'<Override PartName="/word/comments.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/>'
)
_UNPLACED = "These statements were checked and could not be found again in the file's text:"


def commented(data: bytes, report: DraftReport, *, most_unpacked: int = MOST_UNPACKED) -> bytes:
    """The Word file with its comments. Raises FileRefusedError where it cannot be opened for that."""
    word = _open(data, most_unpacked)
    found = paragraphs(word.element.body)
    finder, unplaced = Finder(found), list[CheckedSentence]()
    for sentence in report.sentences:
        place = finder.find(sentence.text) or _row_or_note(word, found, sentence)
        if sentence.status == "not_a_claim":
            continue
        if place is None or not _comment(word, _at_words(place, sentence), comment_text(sentence)):
            unplaced.append(sentence)
    _summary(word, found, report, unplaced)
    out = io.BytesIO()
    word.save(out)
    return _merged(data, out.getvalue())


def _open(data: bytes, most_unpacked: int) -> WordDocument:
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(entry.file_size for entry in package.infolist()) > most_unpacked:
                raise FileRefusedError(_CANNOT.format(f"unpacked it has more than {most_unpacked // 1_000_000} MB"))
        return docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError, AttributeError, NotImplementedError):
        raise FileRefusedError(_CANNOT.format("its package is not one that can be written again")) from None


def _at_words(place: Place, sentence: CheckedSentence) -> Place:
    """The very words that are not borne out, where there is one such place; else the sentence."""
    if sentence.status in {"contradicted", "partly"} and len(sentence.missing) == 1:
        return within(place, sentence.missing[0])
    return place


def _comment(word: WordDocument, place: Place, text: str) -> bool:
    from docx.text.paragraph import Paragraph as WordParagraph
    from docx.text.run import Run

    runs = runs_of(place)
    if not runs:
        return False
    parent = WordParagraph(place.paragraph.element, word._body)
    word.add_comment([Run(runs[0], parent), Run(runs[-1], parent)], text=text, author=PRODUCT, initials=INITIALS)
    place.paragraph.reread()
    return True


def _row_or_note(word: WordDocument, found: Sequence[Paragraph], sentence: CheckedSentence) -> Place | None:
    """The cell of a table's row that holds most of its words, or the place where a footnote is called."""
    if sentence.status == "not_a_claim":
        return None
    cells = [p for p in found if len(p.key) > 1 and any(parent.tag == f"{W}tc" for parent in p.element.iterancestors())]
    said = "".join(character for character in sentence.text.casefold() if character.isalnum())
    inside = [p for p in cells if p.key in said]
    if inside:
        best = max(inside, key=lambda p: len(p.key))
        return Place(best, best.at[0], best.at[-1] + 1)
    return _called_from(word, found, said)


def _called_from(word: WordDocument, found: Sequence[Paragraph], said: str) -> Place | None:
    """The words before the mark of the footnote or endnote that holds the sentence."""
    for kind in ("footnote", "endnote"):
        for note in _notes(word, kind):
            text = "".join(each.text or "" for each in note.iter(f"{W}t")).casefold()
            key = "".join(character for character in text if character.isalnum())
            if key and (said.lstrip("0123456789") in key or key in said):
                return _before_mark(found, kind, note.get(f"{W}id"))
    return None


def _notes(word: WordDocument, kind: str) -> list[Any]:
    from docx.oxml import parse_xml

    parts = [rel.target_part for rel in word.part.rels.values() if not rel.is_external and rel.reltype.endswith(f"/{kind}s")]
    return [note for part in parts for note in parse_xml(part.blob) if note.tag == f"{W}{kind}"]


def _before_mark(found: Sequence[Paragraph], kind: str, note_id: str | None) -> Place | None:
    for paragraph in found:
        at, last = 0, None
        for run, text in zip(paragraph.runs, paragraph.texts, strict=True):
            if any(mark.get(f"{W}id") == note_id for mark in run.iter(f"{W}{kind}Reference")):
                return last
            if text.strip():
                last = Place(paragraph, at, at + len(text))
            at += len(text)
    return None


def _summary(word: WordDocument, found: Sequence[Paragraph], report: DraftReport, unplaced: Sequence[CheckedSentence]) -> None:
    """One comment at the first words: the counts, what the statuses mean, and what could not be placed."""
    first = next((p for p in found if p.key), None)
    if first is None:
        return
    lines = [counts_line(report), NOTE, *report.warnings]
    if unplaced:
        lines += [_UNPLACED, *(f"{each.n}. “{each.text}” {comment_text(each)}" for each in unplaced)]
    _comment(word, Place(first, first.at[0], first.at[-1] + 1), "\n".join(lines))


def _merged(original: bytes, changed: bytes) -> bytes:
    """The original's parts in their order and byte for byte, but for those that the comments change, and the new ones after them."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(original)) as old,
        zipfile.ZipFile(io.BytesIO(changed)) as new,
        zipfile.ZipFile(out, "w") as made,
    ):
        names = dict.fromkeys(old.namelist())
        for name in [*names, *(each for each in new.namelist() if each not in names)]:
            ours = name in new.namelist() and (name not in names or _is_changed(name))
            info = new.getinfo(name) if ours else old.getinfo(name)
            part = (new if ours else old).read(name)
            made.writestr(
                info, _with_comments_type(part, new.read(name)) if name == TYPES else part, compress_type=zipfile.ZIP_DEFLATED
            )
    return out.getvalue()


def _with_comments_type(old: bytes, new: bytes) -> bytes:
    """The original list of content types with the comments in it; the newly written list where that cannot be done."""
    if b"comments+xml" in old:
        return old
    return old.replace(b"</Types>", COMMENTS_TYPE + b"</Types>") if b"</Types>" in old else new


def _is_changed(name: str) -> bool:
    """Whether comments change this part: the document itself, its relations, and the comments."""
    bare = name.rpartition("/")[2]
    return bare.startswith(("document", "comments"))

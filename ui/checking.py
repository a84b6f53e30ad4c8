"""Checking drafts and pairs, for every door. Owns: reading a draft, running the check, writing it out in a format.

Does not own: the check, the formats, or HTTP and terminals.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from assistant.assistant import Assistant
from assistant.draft.check import EVERYTHING, DraftChecker
from assistant.draft.nouns import CheckedSentence, DraftReport
from assistant.draft.pair import Pair, PairResult, read_pair
from assistant.errors import FileRefusedError, InputError, UnreadableFileError
from assistant.instruments.own_document import OwnDocument
from assistant.retrieval.retrieve import Filters
from assistant.settings import Settings
from ui.own_documents import read_own_document

if TYPE_CHECKING:
    from assistant.draft.pair_score import PairScorer

FORMATS = {"docx": "Word, with comments", "md": "a table in Markdown", "html": "a table as a web page"}
MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
}
BATCH = 384  # pairs judged together: enough to fill the embedding model's batches, few enough to see results come
LONGEST_LINE = 16_000_000  # bytes


def check_draft(assistant: Assistant, draft: OwnDocument, *, filters: Filters = EVERYTHING) -> DraftReport:
    """The whole report of a draft."""
    return DraftChecker(library=assistant.library, retriever=assistant.retriever).check(draft, filters=filters)


def check_by_sentence(assistant: Assistant, draft: OwnDocument) -> Iterator[CheckedSentence | DraftReport]:
    """Each sentence as it is checked, then the report."""
    checker = DraftChecker(library=assistant.library, retriever=assistant.retriever)
    checked: list[CheckedSentence] = []
    for sentence in checker.sentences(draft):
        checked.append(sentence)
        yield sentence
    yield checker.report(draft, checked)


def export(report: DraftReport, ending: str, original: bytes | None = None) -> bytes:
    """The report in a format. Raises InputError for comments in a draft that is no Word file, FileRefusedError for one that cannot take them."""
    if ending == "docx":
        from ui.draft_docx import commented

        if original is None or not report.file.lower().endswith(".docx"):
            raise InputError(
                "Comments can be put into a Word file (.docx) only. Choose the table (.md or .html) for another draft."
            )
        return commented(original, report)
    if ending == "md":
        from ui.draft_report import report_markdown

        return report_markdown(report).encode("utf-8")
    from importlib.resources import files

    from ui.draft_report import report_page

    return report_page(report, style=files("ui").joinpath("static", "style.css").read_text("utf-8")).encode("utf-8")


def read_pasted(text: str, settings: Settings) -> OwnDocument:
    """A draft that was pasted rather than sent as a file; Markdown is understood. Raises InputError for none."""
    if not text.strip():
        raise InputError("There is no text to check. Choose a file, or paste your draft.")
    if len(text.encode("utf-8", "replace")) > settings.file_limit_mb * 1_000_000:
        raise FileRefusedError(f"The text is larger than {settings.file_limit_mb} MB. Split it.")
    with tempfile.TemporaryDirectory(prefix="adviser-draft-") as folder:
        path = Path(folder) / "draft.md"
        path.write_text(text, encoding="utf-8", errors="replace")
        return read_own_document(path, settings, name="Your text")


def judge_pairs(lines: BinaryIO, *, threads: int | None = None) -> Iterator[list[PairResult]]:
    """Results of a file of pairs, a batch at a time, in its order. Opens no library and needs no home. Raises InputError naming a bad line."""
    pairs = _pairs(lines)
    while batch := list(_until_bad(pairs)):
        good = [each for each in batch if isinstance(each, Pair)]
        if good:
            yield judge_some(good, threads=threads)
        if isinstance(batch[-1], InputError):
            raise batch[-1]


def judge_some(pairs: Sequence[Pair], *, threads: int | None = None) -> list[PairResult]:
    """A few pairs at once, with the model kept open for the next call."""
    return _scorer(threads).judge(pairs)


@lru_cache(maxsize=1)
def _scorer(threads: int | None) -> PairScorer:
    from assistant.draft.pair_score import PairScorer
    from assistant.index.token_vectors import TokenModel

    return PairScorer(TokenModel(threads=threads))


def _until_bad(pairs: Iterator[Pair | InputError]) -> Iterator[Pair | InputError]:
    """The next batch; a bad line ends it, so that what stands before it is still judged and said."""
    for each in islice(pairs, BATCH):
        yield each
        if isinstance(each, InputError):
            return


def _pairs(lines: Iterable[bytes]) -> Iterator[Pair | InputError]:
    for number, line in enumerate(lines, start=1):
        try:
            if len(line) > LONGEST_LINE:
                raise InputError(f"Line {number}: it is longer than {LONGEST_LINE // 1_000_000} MB. Split its passages.")
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            if text.strip():
                yield read_pair(text, number)
        except UnicodeDecodeError:
            yield InputError(f"Line {number}: it is not UTF-8 text. Save the file as UTF-8.")
        except InputError as error:
            yield error


def read_bytes(path: Path) -> bytes:
    """A file's content. Raises UnreadableFileError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(f"{path.name} cannot be read ({error.strerror}). Check that you may open it.") from None

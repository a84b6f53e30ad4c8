"""`adviser check`. Owns: which of its two checks was asked for, and printing and writing what was found. Does not own: checking."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import InputError, NotFoundError, UnreadableFileError
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.draft.nouns import DraftReport

ENDINGS = {".docx": "docx", ".md": "md", ".html": "html"}


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Check a draft, or pairs."""
    if (arguments.draft is None) == (arguments.pairs is None):
        raise InputError("Give a draft to check (.docx, .md or .txt), or --pairs FILE.jsonl; one of the two.")
    if arguments.pairs is not None:
        if arguments.out:
            raise InputError(
                "--out writes a checked draft; with --pairs the results are printed. Send them to a file with > instead."
            )
        return _pairs(arguments.pairs, settings, as_json=arguments.json)
    return _draft(arguments, settings)


def _pairs(name: str, settings: Settings, *, as_json: bool) -> int:
    """A line a pair, as soon as its batch is judged."""
    from ui.checking import judge_pairs

    try:
        stream = sys.stdin.buffer if name == "-" else Path(name).open("rb")  # noqa: SIM115 - closed below, where its lines are read
    except FileNotFoundError:
        raise NotFoundError(f"There is no file '{name}'. Check the name and the folder.") from None
    except (OSError, ValueError) as error:
        raise UnreadableFileError(
            f"{name} cannot be read ({getattr(error, 'strerror', None) or error}). Check that you may open it."
        ) from None
    with stream:
        for results in judge_pairs(stream, threads=settings.threads or None):
            for each in results:
                print(each.model_dump_json() if as_json else f"{each.status:<12} {each.score:.4f}  {each.id}")
            sys.stdout.flush()
    return 0


def _draft(arguments: argparse.Namespace, settings: Settings) -> int:
    from ui.checking import export, read_bytes
    from ui.own_documents import read_own_document

    path = Path(arguments.draft)
    out = _checked_out(arguments.out, path)
    draft = read_own_document(path, settings)
    original = read_bytes(path) if out is not None and out.suffix.lower() == ".docx" else None
    report = _checked(draft, settings)
    if out is not None:
        _write(out, export(report, ENDINGS[out.suffix.lower()], original))
    if arguments.json:
        print(report.model_dump_json(indent=1))
    elif out is None:
        from ui.draft_view import report_lines

        print("\n".join(report_lines(report)))
    else:
        from ui.draft_words import counts_line

        print(f"{counts_line(report)} Written to {out}.")
    return 0


def _checked(draft: object, settings: Settings) -> DraftReport:
    """The report, with a bar while it is made."""
    from assistant.assistant import open_assistant
    from assistant.draft.nouns import DraftReport
    from assistant.instruments.own_document import OwnDocument
    from ui.checking import check_by_sentence
    from ui.terminal import progress_bar

    assert isinstance(draft, OwnDocument)
    assistant = open_assistant(settings)
    with progress_bar(len(draft.sentences)) as bar:
        task = bar.add_task("Checking", total=len(draft.sentences))
        for each in check_by_sentence(assistant, draft):
            if isinstance(each, DraftReport):
                return each
            bar.advance(task)
    raise AssertionError("a check ends with its report")


def _checked_out(out: str | None, draft: Path) -> Path | None:
    """Where to write, looked at before any work is done. The draft itself is never written over."""
    if out is None:
        return None
    path = Path(out)
    if path.suffix.lower() not in ENDINGS:
        raise InputError("--out takes a name that ends in .docx, .md or .html.")
    if path.suffix.lower() == ".docx" and draft.suffix.lower() != ".docx":
        raise InputError("Comments can be put into a Word file (.docx) only. Choose .md or .html for another draft.")
    if path.exists() and draft.exists() and path.samefile(draft):
        raise InputError("--out names the draft itself, which stays as it is. Choose another name.")
    if not path.parent.is_dir():
        raise InputError(f"There is no folder '{path.parent}'. Make it first, or choose another.")
    return path


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}). Choose another place.") from None

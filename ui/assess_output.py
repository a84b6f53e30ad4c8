"""What a command does with a finished assessment. Owns: the options that all instruments share; saving, printing, writing it out.

Does not own: any instrument. A person's own assessments only: the command line is LOCAL_OWNER.
"""

from __future__ import annotations

import argparse
from datetime import date
from importlib.resources import files
from pathlib import Path

from assistant.assistant import Assistant
from assistant.errors import InputError
from assistant.instruments.assessment import Assessment
from assistant.instruments.drift import Drift, drift_of
from assistant.library.works import LOCAL_OWNER, WorkStore
from ui.assess_document import AssessDocument, assessment_document
from ui.assess_markdown import document_markdown
from ui.render_assess import standalone_page

MEDIA_TYPES = {
    ".md": "text/markdown",
    ".html": "text/html",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}
ENDINGS = tuple(MEDIA_TYPES)


def add_output(parser: argparse.ArgumentParser) -> None:
    """--json, --save, --id and --out."""
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    parser.add_argument("--save", action="store_true", help="keep the result; `adviser assess list` shows what is kept")
    parser.add_argument("--id", metavar="ID", help="with --save: as the next version of this one, so that its drift can be seen")
    parser.add_argument("--out", metavar="FILE", help="write the result to FILE (.md, .html, .docx or .pdf)")


def finish(assessment: Assessment, arguments: argparse.Namespace, assistant: Assistant) -> int:
    """Save, write and print, as the options say."""
    out = checked_out(arguments.out)
    kept = None
    if arguments.id and not arguments.save:
        raise InputError("--id says which kept result this is the next version of, so it needs --save. Add --save.")
    if arguments.save:
        kept = save(assessment, WorkStore(assistant.library.engine), owner=LOCAL_OWNER, work_id=arguments.id)
    drift = drift_of_work(WorkStore(assistant.library.engine), kept, owner=LOCAL_OWNER) if kept else None
    document = assessment_document(assessment, drift=drift)
    if out is not None:
        write_out(document, out, date=day_of(assessment))
    if arguments.json:
        print(assessment.model_dump_json(indent=1))
        return 0
    if out is None:
        from ui.terminal import console, document_view

        console().print(document_view(document))
    else:
        print(f"Written to {out}.")
    if kept is not None:
        print(f"Kept as {kept}. `adviser assess show {kept}` shows it, `adviser assess delete {kept}` deletes it.")
    return 0


def save(assessment: Assessment, store: WorkStore, *, owner: str, work_id: str | None = None) -> str:
    """Store a version of the assessment; returns its id. Raises NotFoundError where `work_id` is not this owner's."""
    title = f"{assessment.title} {assessment.subject}".strip()
    work = store.save(
        assessment.instrument, title=title[:300], content=assessment.model_dump(mode="json"), owner=owner, work_id=work_id
    )
    return work.id


def drift_of_work(store: WorkStore, work_id: str, *, owner: str) -> Drift | None:
    """The drift over the versions of a maturity assessment; None with a single one, and for other instruments."""
    versions = store.versions(work_id, owner=owner)
    if len(versions) < 2 or versions[0].kind != "maturity":
        return None
    return drift_of([Assessment.model_validate(version.content) for version in versions])


def checked_out(name: str | None) -> Path | None:
    """The file to write to, before any work is done. Raises InputError for an ending that is not offered."""
    if name is None:
        return None
    path = Path(name)
    if path.suffix.lower() not in ENDINGS:
        raise InputError(f"'{path.name}' ends in none of {', '.join(ENDINGS)}. Give it one of these endings.")
    if not path.absolute().parent.is_dir():
        raise InputError(f"There is no folder '{path.parent}'. Make it first, or write elsewhere.")
    return path


def day_of(assessment: Assessment) -> str:
    """The ISO day that an assessment was made; today for one without a receipt."""
    return assessment.receipt.created_at[:10] if assessment.receipt else date.today().isoformat()


def content_of(document: AssessDocument, ending: str, *, date: str) -> bytes:
    """The document in the format of an ending of ENDINGS. `date`: the ISO day that it was made."""
    if ending == ".md":
        return document_markdown(document).encode("utf-8")
    if ending == ".html":
        styles = [files("ui").joinpath("static", name).read_text("utf-8") for name in ("style.css", "assess.css")]
        return standalone_page(document, style="".join(styles)).encode("utf-8")
    from ui.assess_layout import assessment_layout

    layout = assessment_layout(document, date=date)
    if ending == ".docx":
        from ui.export_docx import docx_bytes

        return docx_bytes(layout)
    from ui.export_pdf import pdf_of

    return pdf_of(layout).content


def write_out(document: AssessDocument, path: Path, *, date: str) -> None:
    """Write it in the format of the file's ending. Raises InputError where it cannot be written."""
    content = content_of(document, path.suffix.lower(), date=date)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise InputError(f"'{path}' cannot be written ({error.strerror}). Write elsewhere.") from None

"""What every door does with briefs: make, change, export. Owns: joining the steps, and that a failed audit blocks an export.

Does not own: any step (`assistant/briefs`), formats (`export_*`), arguments or HTTP.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.assistant import Assistant
from assistant.briefs.audit import Audit, audit_brief
from assistant.briefs.build import build_brief
from assistant.briefs.desk import open_desk
from assistant.briefs.nouns import Brief, BriefRequest
from assistant.briefs.stale import Touched, touched_statements
from assistant.briefs.store import BriefStore
from assistant.briefs.template import Template
from assistant.errors import InputError
from assistant.library.library import Library
from assistant.library.works import LOCAL_OWNER, WorkStore
from assistant.nouns import Noun
from ui.brief_document import Document

Format = Literal["docx", "pdf", "md", "html", "json"]
FORMATS: tuple[Format, ...] = ("docx", "pdf", "md", "html", "json")
MEDIA: dict[Format, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
}
SHOWN_FAILURES = 3


@dataclass(frozen=True)
class ExportOptions:
    """How a brief is exported. `style`: of the references; `notes`: where notes stand, the template's own way where it is empty."""

    style: str = ""
    template_docx: Path | None = None
    notes: Literal["", "footnotes", "endnotes"] = ""
    override: bool = False


@dataclass(frozen=True)
class Exported:
    """An exported brief and what its sender has to know."""

    content: bytes
    warnings: tuple[str, ...] = ()


class Standing(Noun):
    """How a brief stands: its audit, and the sentences whose sources have changed."""

    audit: Audit
    touched: list[Touched]

    @property
    def stale(self) -> bool:
        """Whether any source behind it has changed or gone."""
        return bool(self.touched)


def store_of(assistant: Assistant, owner: str = LOCAL_OWNER) -> BriefStore:
    """One owner's kept briefs."""
    return BriefStore(WorkStore(assistant.library.engine), owner=owner)


def make_brief(
    assistant: Assistant,
    request: BriefRequest,
    template: Template,
    on_step: Callable[[str], None] | None = None,
    *,
    space: str | None = None,
) -> Brief:
    """Research and write a brief. `space`: whose own documents are read too. Raises InputError, NotFoundError, LibraryError."""
    return build_brief(open_desk(assistant, on_step, space=space), request, template)


def standing_of(brief: Brief, library: Library) -> Standing:
    """The brief's audit and staleness, against the library as it stands."""
    return Standing(audit=audit_brief(brief, library), touched=touched_statements(brief, library))


def export_brief(brief: Brief, template: Template, library: Library, form: Format, options: ExportOptions) -> Exported:
    """The brief as a file. Raises InputError where its reference audit fails and that is not overridden."""
    standing = standing_of(brief, library)
    failures = standing.audit.failures
    if failures and not options.override:
        raise InputError(_blocked([failure.says for failure in failures]))
    if form == "json":
        return Exported((brief.model_dump_json(indent=1) + "\n").encode())
    from ui.brief_layout import Extras, brief_document
    from ui.export_references import DEFAULT_STYLE, formatted_references, works_of

    extras = Extras(
        references=formatted_references(works_of(brief, library), options.style or DEFAULT_STYLE),
        audit=standing.audit,
        touched=standing.touched,
        pages=template.pages,
        endnotes=(options.notes or brief.template.notes) == "endnotes",
    )
    return _written(brief_document(brief, extras), form, options)


def export_references(brief: Brief, library: Library, ending: str) -> str:
    """The works that the brief cites, by a file's ending: .bib, .ris or .json (CSL). Raises InputError for another."""
    from ui.export_references import references_text, works_of

    return references_text(works_of(brief, library), ending)


def format_of(path: Path) -> Format:
    """The format that a file's ending asks for. Raises InputError."""
    ending = path.suffix.lower().removeprefix(".")
    for form in FORMATS:
        if ending == form:
            return form
    raise InputError(f"A brief is written as .{', .'.join(FORMATS)}; '{path.name}' is none of these. Change the file's ending.")


def _written(document: Document, form: Format, options: ExportOptions) -> Exported:
    if form == "docx":
        from ui.export_docx import docx_bytes
        from ui.export_docx_check import accessibility_problems

        content = docx_bytes(document, template=options.template_docx)
        return Exported(content, tuple(f"Accessibility: {problem}" for problem in accessibility_problems(content)))
    if form == "pdf":
        from ui.export_pdf import pdf_of

        pdf = pdf_of(document)
        return Exported(pdf.content, pdf.warnings)
    if form == "html":
        from ui.export_html import html_of

        return Exported(html_of(document).encode())
    from ui.export_brief_markdown import markdown_of

    return Exported(markdown_of(document).encode())


def _blocked(says: list[str]) -> str:
    more = f" And {len(says) - SHOWN_FAILURES} more." if len(says) > SHOWN_FAILURES else ""
    return (
        f"The reference audit fails, so nothing was exported. {' '.join(says[:SHOWN_FAILURES])}{more} "
        "Redo or drop those statements, or give --override: the document then says so."
    )

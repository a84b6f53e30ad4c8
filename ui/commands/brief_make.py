"""Making a brief at the command line. Owns: its arguments, progress, and where it is written. Does not own: research or formats."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from assistant.assistant import open_assistant
from assistant.briefs.client_notes import read_client_notes
from assistant.briefs.nouns import Brief, BriefRequest
from assistant.briefs.template import Template
from assistant.briefs.template_file import packaged_template, packaged_text, read_template, template_names
from assistant.errors import InputError, NotFoundError
from assistant.library.library import Library
from assistant.settings import Settings
from ui.briefing import ExportOptions, export_brief, export_references, format_of, make_brief, store_of

DEFAULT = "ministerial-note"


def make_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of making a brief."""
    parser.add_argument("topic", help="what the brief is about, in quotation marks")
    parser.add_argument(
        "--template", default=DEFAULT, metavar="NAME|FILE", help=f"{', '.join(template_names())}; or your own file"
    )
    parser.add_argument(
        "--client-file", metavar="FILE", help="notes on the client: lines or headings Client, Decision, Audience, Situation"
    )
    parser.add_argument("--client", default="", help="who it is for")
    parser.add_argument("--situation", default="", help="where the client stands")
    parser.add_argument("--decision", default="", help="the decision at stake")
    parser.add_argument("--audience", default="", help="who will read it")
    parser.add_argument(
        "--length", choices=("short", "standard", "long"), default="standard", help="how much of each thing (standard)"
    )
    parser.add_argument("--case", action="append", default=[], metavar="ID", help="a case to compare (may be repeated)")
    parser.add_argument("--save", action=argparse.BooleanOptionalAction, default=True, help="keep it as a draft (it is kept)")
    export_options(parser)
    parser.add_argument("--json", action="store_true", help="print the brief as JSON and nothing else")


def export_options(parser: argparse.ArgumentParser) -> None:
    """Arguments of writing a brief to files."""
    parser.add_argument(
        "--out",
        action="append",
        default=[],
        metavar="FILE",
        help="write it to FILE: .docx, .pdf, .md, .html or .json (may be repeated)",
    )
    parser.add_argument("--references", metavar="FILE", help="write the works cited to FILE: .bib, .ris or .json (CSL)")
    parser.add_argument(
        "--style", default="", metavar="STYLE", help="how references are written: a CSL style's name, or a .csl file"
    )
    parser.add_argument("--template-docx", metavar="FILE", help="a Word file whose styles, header and footer are used")
    parser.add_argument(
        "--notes", choices=("footnotes", "endnotes"), default="", help="where notes stand in Word (as the template says)"
    )
    parser.add_argument("--override", action="store_true", help="export although the reference audit fails; the document says so")


def no_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def template_arguments(parser: argparse.ArgumentParser) -> None:
    """The name of a template."""
    parser.add_argument("name", choices=template_names())


def run_templates(arguments: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001 - every action takes both
    """List the templates."""
    for name in template_names():
        template = packaged_template(name)
        print(f"{name:<18}{template.title}, about {template.pages} pages. {template.for_whom}")
    return 0


def run_template(arguments: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001 - every action takes both
    """Print a template's file."""
    print(packaged_text(arguments.name), end="")
    return 0


def run_make(arguments: argparse.Namespace, settings: Settings) -> int:
    """Research, keep and write a brief."""
    template = read_template(arguments.template)
    request = request_of(arguments)
    check_outputs(arguments)
    assistant = open_assistant(settings)
    brief = make_brief(assistant, request, template, on_step=_step if sys.stderr.isatty() else None)
    kept = store_of(assistant).save(brief, template) if arguments.save else None
    write_files(arguments, brief, template, assistant.library)
    if arguments.json:
        from ui.brief_text import brief_json

        print(brief_json(brief, kept))
        return 0
    from ui.brief_text import brief_lines, summary_lines
    from ui.lines import print_lines

    if not arguments.out:
        print_lines(brief_lines(brief))
    print_lines(
        summary_lines(
            brief, kept.id if kept else None, [*arguments.out, *([arguments.references] if arguments.references else [])]
        )
    )
    return 0


def request_of(arguments: argparse.Namespace) -> BriefRequest:
    """The request: the notes of the client's file, with what stands in the arguments before them. Raises InputError."""
    from pydantic import ValidationError

    fields = read_client_notes(Path(arguments.client_file)) if arguments.client_file else {}
    given = {name: getattr(arguments, name).strip() for name in ("client", "situation", "decision", "audience")}
    fields |= {name: words for name, words in given.items() if words}
    topic = " ".join(arguments.topic.replace("\x00", " ").split())
    if not any(ch.isalpha() for ch in topic):
        raise InputError('The topic has no words. Give one, for example: adviser brief "Housing First for a city".')
    try:
        return BriefRequest(topic=topic, length=arguments.length, cases=arguments.case, **fields)
    except ValidationError as error:
        first = error.errors()[0]
        raise InputError(f"The {first['loc'][0]} cannot be used: {first['msg']}. Shorten it.") from None


def check_outputs(arguments: argparse.Namespace) -> None:
    """Refuse files that cannot be written before anything is researched."""
    from ui.export_references import ENDINGS, style_path

    for path in arguments.out:
        format_of(Path(path))
    if arguments.style:
        style_path(arguments.style)
    if arguments.references and Path(arguments.references).suffix.lower() not in ENDINGS:
        raise InputError(f"References are written as {', '.join(ENDINGS)}. Change the ending of '{arguments.references}'.")
    for path in (*arguments.out, arguments.references):
        if path and not Path(path).expanduser().resolve().parent.is_dir():
            raise NotFoundError(f"There is no folder {Path(path).expanduser().resolve().parent}. Make it first.")
    if arguments.template_docx and not Path(arguments.template_docx).is_file():
        raise NotFoundError(f"There is no file {arguments.template_docx}.")


def write_files(arguments: argparse.Namespace, brief: Brief, template: Template, library: Library) -> None:
    """Write the files that were asked for. Raises InputError where the audit blocks it or a file cannot be written."""
    options = ExportOptions(
        style=arguments.style,
        template_docx=Path(arguments.template_docx) if arguments.template_docx else None,
        notes=arguments.notes,
        override=arguments.override,
    )
    for path in (Path(name).expanduser() for name in arguments.out):
        made = export_brief(brief, template, library, format_of(path), options)
        _write(path, made.content)
        for warning in made.warnings:
            print(f"adviser: {warning}", file=sys.stderr)
    if arguments.references:
        path = Path(arguments.references).expanduser()
        _write(path, export_references(brief, library, path.suffix.lower()).encode())


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}). Choose another file or folder.") from None


def _step(says: str) -> None:
    print(says, file=sys.stderr)

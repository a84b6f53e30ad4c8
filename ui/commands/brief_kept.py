"""Briefs that are kept, at the command line. Owns: the arguments of each action, storing the next version, what is printed.

Does not own: the actions themselves (`assistant/briefs`).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable

from assistant.assistant import Assistant, open_assistant
from assistant.briefs import edit, review
from assistant.briefs.desk import Desk, open_desk
from assistant.briefs.nouns import Brief
from assistant.briefs.store import KeptBrief
from assistant.errors import InputError
from assistant.settings import Settings
from ui.brief_text import audit_lines, brief_json, brief_lines, list_lines, review_lines, stale_lines, statement_line
from ui.briefing import standing_of, store_of
from ui.commands.brief_make import check_outputs, export_options, write_files
from ui.lines import print_lines

Change = Callable[[Desk, KeptBrief], Brief]


def id_arguments(parser: argparse.ArgumentParser) -> None:
    """A brief's id."""
    parser.add_argument("id", help="the brief's id, as `adviser brief list` prints it")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")


def list_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing but the form of the output."""
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")


def show_arguments(parser: argparse.ArgumentParser) -> None:
    """A brief and its version."""
    id_arguments(parser)
    parser.add_argument("--version", type=int, help="this version, not the newest")


def export_arguments(parser: argparse.ArgumentParser) -> None:
    """A brief and the files to write."""
    show_arguments(parser)
    export_options(parser)


def section_arguments(parser: argparse.ArgumentParser) -> None:
    """A brief and a section of it."""
    id_arguments(parser)
    parser.add_argument("section", help="the section's id")


def statements_arguments(parser: argparse.ArgumentParser) -> None:
    """A brief and statements of it."""
    id_arguments(parser)
    parser.add_argument("statement", nargs="+", help="the statements' ids, as `adviser brief show` prints them")


def move_arguments(parser: argparse.ArgumentParser) -> None:
    """A statement and where it goes."""
    id_arguments(parser)
    parser.add_argument("statement", help="the statement's id")
    parser.add_argument("--to", metavar="SECTION", help="another section")
    parser.add_argument("--place", type=int, help="its place in the section, from 1 (the end)")


def edit_arguments(parser: argparse.ArgumentParser) -> None:
    """A statement, its new words, and who edits."""
    id_arguments(parser)
    parser.add_argument("statement", help="the statement's id")
    parser.add_argument("text", help="the new sentence, in quotation marks")
    parser.add_argument("--by", required=True, metavar="NAME", help="who edits it")


def rename_arguments(parser: argparse.ArgumentParser) -> None:
    """A section and its new heading."""
    section_arguments(parser)
    parser.add_argument("heading", help="the new heading, in quotation marks")


def comment_arguments(parser: argparse.ArgumentParser) -> None:
    """A section, the remark, and who makes it."""
    section_arguments(parser)
    parser.add_argument("text", help="the remark, in quotation marks")
    parser.add_argument("--by", required=True, metavar="NAME", help="who remarks")


def approve_arguments(parser: argparse.ArgumentParser) -> None:
    """A brief and who approves it."""
    id_arguments(parser)
    parser.add_argument("--by", required=True, metavar="NAME", help="who approves")
    parser.add_argument("--override", action="store_true", help="approve although the reference audit fails")


def run_list(arguments: argparse.Namespace, settings: Settings) -> int:
    """List what is kept."""
    assistant = open_assistant(settings)
    found = [(kept, standing_of(kept.brief, assistant.library)) for kept in store_of(assistant).newest()]
    if arguments.json:
        rows = [
            {
                "id": kept.id,
                "version": kept.version,
                "title": kept.brief.title,
                "template": kept.template.id,
                "changed_at": kept.created_at,
                "stale": standing.stale,
                "audit_failures": len(standing.audit.failures),
                "approved_by": kept.brief.approved.by if kept.brief.approved else None,
            }
            for kept, standing in found
        ]
        print(json.dumps(rows, indent=1, ensure_ascii=False))
    else:
        print_lines(list_lines(found))
    return 0


def run_show(arguments: argparse.Namespace, settings: Settings) -> int:
    """Show a brief with the ids of its parts, and which of its sentences are stale."""
    assistant = open_assistant(settings)
    kept = store_of(assistant).read(arguments.id, version=arguments.version)
    standing = standing_of(kept.brief, assistant.library)
    if arguments.json:
        print(brief_json(kept.brief, kept, standing))
        return 0
    print_lines([(0, f"Brief {kept.id}, version {kept.version}."), *brief_lines(kept.brief, ids=True), *stale_lines(standing)])
    return 0


def run_export(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write a brief to files."""
    if not arguments.out and not arguments.references:
        raise InputError("Say where to: --out FILE.docx, or --references FILE.bib.")
    check_outputs(arguments)
    assistant = open_assistant(settings)
    kept = store_of(assistant).read(arguments.id, version=arguments.version)
    write_files(arguments, kept.brief, kept.template, assistant.library)
    print(f"Written: {', '.join(path for path in (*arguments.out, arguments.references) if path)}.")
    return 0


def run_redo(arguments: argparse.Namespace, settings: Settings) -> int:
    """Research a section again."""
    return _change(arguments, settings, lambda desk, kept: edit.redo_section(desk, kept.brief, arguments.section, kept.template))


def run_drop(arguments: argparse.Namespace, settings: Settings) -> int:
    """Take statements out."""
    return _change(arguments, settings, lambda desk, kept: edit.set_state(desk, kept.brief, arguments.statement, "dropped"))


def run_keep(arguments: argparse.Namespace, settings: Settings) -> int:
    """Keep statements, or bring them back."""
    return _change(arguments, settings, lambda desk, kept: edit.set_state(desk, kept.brief, arguments.statement, "kept"))


def run_move(arguments: argparse.Namespace, settings: Settings) -> int:
    """Move a statement."""

    def move(desk: Desk, kept: KeptBrief) -> Brief:
        return edit.move_statement(desk, kept.brief, arguments.statement, section_id=arguments.to, place=arguments.place)

    return _change(arguments, settings, move)


def run_edit(arguments: argparse.Namespace, settings: Settings) -> int:
    """Reword a statement."""

    def reword(desk: Desk, kept: KeptBrief) -> Brief:
        return edit.edit_statement(desk, kept.brief, arguments.statement, arguments.text, by=arguments.by)

    return _change(arguments, settings, reword, tell=arguments.statement)


def run_rename(arguments: argparse.Namespace, settings: Settings) -> int:
    """Give a section another heading."""
    return _change(
        arguments, settings, lambda desk, kept: edit.rename_section(desk, kept.brief, arguments.section, arguments.heading)
    )


def run_comment(arguments: argparse.Namespace, settings: Settings) -> int:
    """Remark on a section."""
    return _change(
        arguments, settings, lambda _, kept: review.add_comment(kept.brief, arguments.section, arguments.text, by=arguments.by)
    )


def run_approve(arguments: argparse.Namespace, settings: Settings) -> int:
    """Approve a brief as it stands."""

    def give(desk: Desk, kept: KeptBrief) -> Brief:
        return review.approve(kept.brief, desk.assistant.library, by=arguments.by, override=arguments.override)

    return _change(arguments, settings, give)


def run_review(arguments: argparse.Namespace, settings: Settings) -> int:
    """Show remarks and approval."""
    kept = store_of(open_assistant(settings)).read(arguments.id)
    if arguments.json:
        approval = kept.brief.approved
        content = {
            "comments": [c.model_dump() for c in kept.brief.comments],
            "approved": approval.model_dump() if approval else None,
        }
        print(json.dumps(content, indent=1, ensure_ascii=False))
    else:
        print_lines(review_lines(kept.brief))
    return 0


def run_audit(arguments: argparse.Namespace, settings: Settings) -> int:
    """Hold every reference to the library: 0 when all hold, 1 when any fails."""
    assistant = open_assistant(settings)
    standing = standing_of(store_of(assistant).read(arguments.id).brief, assistant.library)
    if arguments.json:
        print(standing.model_dump_json(indent=1))
    else:
        print_lines(audit_lines(standing))
    return 1 if standing.audit.failures else 0


def run_delete(arguments: argparse.Namespace, settings: Settings) -> int:
    """Delete a brief."""
    count = store_of(open_assistant(settings)).delete(arguments.id)
    print(f"Deleted: {count} version{'s' if count != 1 else ''}.")
    return 0


def _change(arguments: argparse.Namespace, settings: Settings, change: Change, *, tell: str = "") -> int:
    """Change the newest version and store the next one."""
    assistant: Assistant = open_assistant(settings)
    store = store_of(assistant)
    before = store.read(arguments.id)
    brief = change(open_desk(assistant), before)
    after = store.save(brief, before.template, brief_id=before.id)
    if arguments.json:
        print(after.model_dump_json(indent=1))
        return 0
    lines = [(0, f"Brief {after.id} is now version {after.version}.")]
    if before.brief.approved and not after.brief.approved:
        lines.append((0, f"The approval by {before.brief.approved.by} was of the version before and no longer holds."))
    if tell:
        lines += statement_line(edit.statement_of(after.brief, tell))
    print_lines(lines)
    return 0

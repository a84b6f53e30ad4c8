"""`adviser brief`. Owns: its grammar, and which module does what. Does not own: making (`brief_make.py`) or what is kept (`brief_kept.py`).

adviser brief "TOPIC" …          make a brief
adviser brief ACTION ID …        look at, change, review or export one that is kept
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable
from dataclasses import dataclass

from assistant.settings import Settings
from ui.commands import brief_kept as kept
from ui.commands import brief_make as make

Run = Callable[[argparse.Namespace, Settings], int]


@dataclass(frozen=True)
class Action:
    """One thing to do: its help, its arguments, and what does it."""

    says: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Run


ACTIONS: dict[str, Action] = {
    "make": Action("research and write a brief (what happens without an action too)", make.make_arguments, make.run_make),
    "templates": Action("list the templates", make.no_arguments, make.run_templates),
    "template": Action("print a template, to be copied and changed", make.template_arguments, make.run_template),
    "list": Action("list the briefs that are kept, and which are stale", kept.list_arguments, kept.run_list),
    "show": Action("show a brief with the ids of its sections and statements", kept.show_arguments, kept.run_show),
    "export": Action("write a brief to a file", kept.export_arguments, kept.run_export),
    "redo": Action("research a section again; what was kept or edited stays", kept.section_arguments, kept.run_redo),
    "drop": Action("take statements out", kept.statements_arguments, kept.run_drop),
    "keep": Action("keep statements through a redo; brings dropped ones back", kept.statements_arguments, kept.run_keep),
    "move": Action("move a statement", kept.move_arguments, kept.run_move),
    "edit": Action("reword a statement; it is checked again", kept.edit_arguments, kept.run_edit),
    "rename": Action("give a section another heading", kept.rename_arguments, kept.run_rename),
    "comment": Action("remark on a section", kept.comment_arguments, kept.run_comment),
    "review": Action("show the remarks and the approval", kept.id_arguments, kept.run_review),
    "approve": Action("approve a brief exactly as it stands", kept.approve_arguments, kept.run_approve),
    "audit": Action("hold every reference to the library; 1 when any fails", kept.id_arguments, kept.run_audit),
    "delete": Action("delete a brief with all its versions", kept.id_arguments, kept.run_delete),
}


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do what the words ask for. Wrong words end with 2 and say how it is used."""
    rest: list[str] = list(arguments.rest)
    if not rest or rest[0] in {"-h", "--help"}:
        print(_help())
        return 0 if rest else 2
    name = rest.pop(0) if rest[0] in ACTIONS else "make"
    action = ACTIONS[name]
    prog = "adviser brief" if name == "make" else f"adviser brief {name}"
    parser = argparse.ArgumentParser(prog=prog, description=action.says[0].upper() + action.says[1:] + ".")
    action.arguments(parser)
    parsed = parser.parse_args(rest)
    if getattr(parsed, "json", False) and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    return action.run(parsed, settings)


def _help() -> str:
    listed = [f"  {name:<11}{action.says}" for name, action in ACTIONS.items()]
    return "\n".join(
        [
            'usage: adviser brief "TOPIC" [--template NAME|FILE] [--client-file FILE] [--out FILE] …',
            "       adviser brief ACTION …",
            "",
            "Client briefs from the library, every factual sentence with its note. `adviser brief make --help` lists what a brief takes.",
            "",
            "actions:",
            *listed,
        ]
    )

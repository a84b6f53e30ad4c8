"""One change of a kept brief, as a form asks for it. Owns: which action is which, and what is said of it afterwards.

Does not own: the changes (`assistant/briefs`).
"""

from __future__ import annotations

from assistant.assistant import Assistant
from assistant.briefs import edit, review
from assistant.briefs.desk import Desk, open_desk
from assistant.briefs.nouns import Brief
from assistant.briefs.store import BriefStore, KeptBrief
from assistant.errors import InputError
from ui.brief_fields import Fields, one_field
from ui.wording import STATUS_WORDS


def change_brief(assistant: Assistant, store: BriefStore, brief_id: str, fields: Fields, *, space: str | None) -> str | None:
    """Make the change and store the next version; what to say of it, or None where the brief is gone. Raises NotFoundError, InputError."""
    if one_field(fields, "action") == "delete":
        store.delete(brief_id)
        return None
    before = store.read(brief_id)
    brief, said = _changed(open_desk(assistant, space=space), before, fields)
    store.save(brief, before.template, brief_id=brief_id)
    if before.brief.approved and not brief.approved:
        said += f" The approval by {before.brief.approved.by} no longer holds."
    return said


def _changed(desk: Desk, kept: KeptBrief, fields: Fields) -> tuple[Brief, str]:
    action, statement, section = (one_field(fields, name) for name in ("action", "statement", "section"))
    text, by, brief = one_field(fields, "text"), one_field(fields, "by"), kept.brief
    if action == "drop":
        return edit.set_state(desk, brief, [statement], "dropped"), "Dropped."
    if action == "keep":
        return edit.set_state(desk, brief, [statement], "kept"), "Kept: it stays when its section is researched again."
    if action in {"up", "down"}:
        return _moved(desk, brief, statement, step=-1 if action == "up" else 1), "Moved."
    if action == "edit":
        changed = edit.edit_statement(desk, brief, statement, text, by=by)
        status = edit.statement_of(changed, statement).status
        return (
            changed,
            "Saved, and not verified by the library."
            if status == "unsupported"
            else f"Saved and checked: {STATUS_WORDS[status]}.",
        )
    if action == "redo":
        return edit.redo_section(desk, brief, section, kept.template), "Researched again."
    if action == "rename":
        return edit.rename_section(desk, brief, section, text), "The heading is changed."
    if action == "comment":
        return review.add_comment(brief, section, text, by=by), "The remark is added."
    if action == "approve":
        return review.approve(brief, desk.assistant.library, by=by), "Approved as it stands."
    raise InputError("That is nothing one can do with a brief. Go back and choose one of its buttons.")


def _moved(desk: Desk, brief: Brief, statement_id: str, *, step: int) -> Brief:
    for section in brief.sections:
        shown = [s.id for s in section.statements if s.shown]
        if statement_id in shown:
            wanted = shown.index(statement_id) + step
            if not 0 <= wanted < len(shown):
                return brief
            place = [s.id for s in section.statements].index(shown[wanted]) + 1
            return edit.move_statement(desk, brief, statement_id, place=place)
    edit.statement_of(brief, statement_id)
    raise InputError(f"'{statement_id}' stands in a table or beside a question and cannot be moved. Drop it instead.")

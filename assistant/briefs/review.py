"""A colleague's review. Owns: comments by section, and approving one content by name and date. Does not own: who may do so.

An approval holds for the content it was given to and for nothing else: the noun compares the mark.
"""

from __future__ import annotations

from assistant.briefs.audit import audit_brief
from assistant.briefs.build import now
from assistant.briefs.edit import section_of
from assistant.briefs.nouns import Approval, Brief, Comment
from assistant.errors import InputError
from assistant.library.library import Library


def add_comment(brief: Brief, section_id: str, text: str, *, by: str) -> Brief:
    """The brief with a remark on one section. Raises NotFoundError, InputError."""
    section_of(brief, section_id)
    words = text.strip()
    if not words or len(words) > 4000:
        raise InputError("Give a comment of 1 to 4,000 characters.")
    comment = Comment(section=section_id, text=words, by=_name(by), at=now())
    return brief.model_copy(update={"comments": [*brief.comments, comment]})


def approve(brief: Brief, library: Library, *, by: str, override: bool = False) -> Brief:
    """The brief approved as it stands. Raises InputError where its reference audit fails, unless overridden."""
    failures = audit_brief(brief, library).failures
    if failures and not override:
        raise InputError(
            f"The reference audit fails ({len(failures)}; first: {failures[0].says}) Mend it before approving, or give --override."
        )
    return brief.model_copy(update={"approval": Approval(by=_name(by), at=now(), mark=brief.mark())})


def _name(by: str) -> str:
    name = " ".join(by.split())
    if not name or len(name) > 200:
        raise InputError("Say who you are: --by NAME, of at most 200 characters.")
    return name

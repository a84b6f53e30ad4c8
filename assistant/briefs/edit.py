"""Changing a brief by hand. Owns: keeping, dropping, moving and rewording statements, redoing a section. Does not own: checks or research.

Every change gives a new brief, numbered again. An approval is of one content: after a change it no longer holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from assistant.briefs.build import finished, now
from assistant.briefs.check_edit import check_sentence
from assistant.briefs.desk import Desk
from assistant.briefs.nouns import Brief, BriefSection, HandEdit, State, Statement
from assistant.briefs.numbering import each_statement
from assistant.briefs.research import Said
from assistant.briefs.sections import Workbench, make_section
from assistant.briefs.template import SectionPlan, Template
from assistant.compose.candidates import Candidate
from assistant.errors import InputError, NotFoundError
from assistant.nouns import Evidence

Where = Literal["before", "after", "up", "down"]


def set_state(desk: Desk, brief: Brief, ids: Sequence[str], state: State) -> Brief:
    """Keep or drop statements, or propose dropped ones again. Raises NotFoundError for one that is not there."""
    for each in ids:
        statement_of(brief, each)
    wanted = set(ids)
    return _changed(desk, brief, lambda s: s.model_copy(update={"state": state}) if s.id in wanted else s)


def edit_statement(desk: Desk, brief: Brief, statement_id: str, text: str, *, by: str) -> Brief:
    """Reword a statement by hand: it is checked again, and says what came of it. Raises NotFoundError, InputError."""
    if not by.strip():
        raise InputError("Say who edits: --by NAME.")
    old = statement_of(brief, statement_id)
    was = old.edit.was if old.edit else old.text
    new = check_sentence(desk, text, old)
    edit = HandEdit(by=by.strip(), at=now(), was=was)
    new = new.model_copy(update={"edit": edit, "state": "kept"})
    return _changed(desk, brief, lambda s: new if s.id == statement_id else s)


def move_statement(
    desk: Desk, brief: Brief, statement_id: str, *, section_id: str | None = None, place: int | None = None
) -> Brief:
    """Move a statement of a text to `place` (from 1; the end when not given) of its own or another section's text."""
    statement = statement_of(brief, statement_id)
    home = next((s for s in brief.sections if any(x.id == statement_id for x in s.statements)), None)
    if home is None:
        raise InputError(f"'{statement_id}' stands in a table or beside a question and cannot be moved. Drop it instead.")
    target = section_of(brief, section_id or home.id)
    if target.kind in {"cases", "comparison", "options", "prompts"}:
        raise InputError(f"'{target.id}' is a table or a list of questions. Move the statement into a section of text.")
    sections = []
    for section in brief.sections:
        statements = [s for s in section.statements if s.id != statement_id]
        if section.id == target.id:
            at = len(statements) if place is None else max(0, min(place - 1, len(statements)))
            statements.insert(at, statement)
        sections.append(section.model_copy(update={"statements": statements}))
    return finished(desk, brief.model_copy(update={"sections": sections}))


def redo_section(desk: Desk, brief: Brief, section_id: str, template: Template) -> Brief:
    """Research a section again. What was kept or edited stays; what was dropped is not proposed again."""
    old = section_of(brief, section_id)
    plan = next((p for p in template.sections if p.id == section_id), None)
    if plan is None:
        raise InputError(f"The template '{template.id}' has no section '{section_id}' now, so it cannot be redone.")
    kept = [s for s in old.in_order() if s.state == "kept"]
    others = [s for section in brief.sections if section.id != section_id for s in section.in_order() if s.shown]
    said = Said(candidates=_candidates(desk, [*kept, *others]), barred=_dropped(brief))
    made = make_section(Workbench(desk, template, brief.request, said), plan).section
    return finished(desk, replace_section(brief, _renamed(old, made, plan, kept)))


def rename_section(desk: Desk, brief: Brief, section_id: str, heading: str) -> Brief:
    """Give a section another heading."""
    words = " ".join(heading.split())
    if not words or len(words) > 200:
        raise InputError("Give a heading of 1 to 200 characters.")
    return finished(desk, replace_section(brief, section_of(brief, section_id).model_copy(update={"heading": words})))


def statement_of(brief: Brief, statement_id: str) -> Statement:
    """A statement by its id. Raises NotFoundError."""
    for section in brief.sections:
        for statement in section.in_order():
            if statement.id == statement_id:
                return statement
    raise NotFoundError(f"The brief has no statement '{statement_id}'. `adviser brief show ID` lists them with their ids.")


def section_of(brief: Brief, section_id: str) -> BriefSection:
    """A section by its id. Raises NotFoundError."""
    section = brief.section(section_id)
    if section is None:
        known = ", ".join(each.id for each in brief.sections)
        raise NotFoundError(f"The brief has no section '{section_id}'. Its sections are {known}.")
    return section


def replace_section(brief: Brief, new: BriefSection) -> Brief:
    """The brief with one section in place of that of the same id."""
    return brief.model_copy(update={"sections": [new if section.id == new.id else section for section in brief.sections]})


def _changed(desk: Desk, brief: Brief, change: Callable[[Statement], Statement]) -> Brief:
    return finished(desk, brief.model_copy(update={"sections": [each_statement(section, change) for section in brief.sections]}))


def _renamed(old: BriefSection, made: BriefSection, plan: SectionPlan, kept: Sequence[Statement]) -> BriefSection:
    """The new section under free ids: kept statements of its text first, then the new proposals; the dropped are remembered."""
    texts = [s for s in old.statements if s.state in {"kept", "dropped"}]
    taken = {s.id for s in old.in_order()}
    names = (f"{plan.id}-{number}" for number in range(1, 10_000) if f"{plan.id}-{number}" not in taken)
    fresh = each_statement(made, lambda s: s.model_copy(update={"id": next(names)}))
    have = {s.text for s in kept}
    statements = [*texts, *(s for s in fresh.statements if s.text not in have)]
    return fresh.model_copy(update={"heading": old.heading, "statements": statements})


def _dropped(brief: Brief) -> set[tuple[str, int]]:
    dropped = (s for section in brief.sections for s in section.in_order() if s.state == "dropped")
    return {(c.passage_id, c.start) for s in dropped for c in s.citations}


def _candidates(desk: Desk, statements: Sequence[Statement]) -> list[Candidate]:
    """What statements rest on, as statements of the library, so that they are not proposed again."""
    library = desk.assistant.library
    passages = library.passages_by_id([c.passage_id for s in statements for c in s.citations])
    sources = library.sources()
    found = []
    for citation in (c for s in statements for c in s.citations):
        passage = passages.get(citation.passage_id)
        if passage is not None and passage.source_id in sources and citation.end <= len(passage.text):
            evidence = Evidence(
                rank=1, score=1.0, found_by=["link"], similarity=1.0, passage=passage, source=sources[passage.source_id]
            )
            found.append(Candidate(evidence, citation.start, citation.end))
    return found

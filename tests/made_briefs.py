"""Briefs for tests, made by the real product. Owns: making them once for a process; who changes one changes a copy."""

from __future__ import annotations

from functools import lru_cache

from assistant.assistant import Assistant
from assistant.briefs.build import build_brief
from assistant.briefs.desk import open_desk
from assistant.briefs.nouns import Brief, BriefRequest, Statement
from assistant.briefs.template_file import packaged_template

HOUSING = BriefRequest(
    topic="Housing First", client="Leeds", decision="Whether to fund it", audience="The cabinet member", situation="It rained."
)


@lru_cache(maxsize=8)
def made(assistant: Assistant, template: str = "ministerial-note", topic: str = "Housing First") -> Brief:
    """A brief over the packaged library."""
    request = HOUSING.model_copy(update={"topic": topic})
    return build_brief(open_desk(assistant), request, packaged_template(template))


def with_statement(brief: Brief, statement_id: str, **changes: object) -> Brief:
    """The brief with one statement tampered with, past all checks."""
    sections = []
    for section in brief.sections:
        statements = [s.model_copy(update=changes) if s.id == statement_id else s for s in section.statements]
        sections.append(section.model_copy(update={"statements": statements}))
    return brief.model_copy(update={"sections": sections})


def first(brief: Brief) -> Statement:
    """The first statement that stands in a text."""
    return next(s for section in brief.sections for s in section.statements if s.citations)

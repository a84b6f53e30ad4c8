"""Keeping what was found for a situation: cases, tools, networks. Owns: what is stored of it, and its report from what is stored.

Does not own: finding, the report's content, or the store.
"""

from __future__ import annotations

from typing import cast

from assistant.assistant import Assistant
from assistant.errors import InputError
from assistant.instruments.situation.finder import CaseFinding
from assistant.instruments.situation.learning import LearningOffer
from assistant.instruments.situation.toolkit import Toolkit
from assistant.instruments.stamp import receipt_of
from assistant.library.works import Work, WorkKind, WorkStore
from ui.framework_report import Block
from ui.situation_report import cases_report, network_report, tools_report

Finding = CaseFinding | Toolkit | LearningOffer
TITLES = {"cases": "Cases for your situation", "tools": "Tools for your situation", "network": "Who to learn from"}


def keep_finding(kind: str, found: Finding, assistant: Assistant, *, owner: str, started: float) -> str:
    """Store what was found, with a receipt of what found it; returns its id. `started`: `time.perf_counter()` at the beginning."""
    receipt = receipt_of(assistant.library, started=started)
    content = {"finding": found.model_dump(mode="json"), "receipt": receipt.model_dump(mode="json")}
    title = f"{TITLES[kind]} {found.situation.challenge or ''}".strip()[:300]
    return WorkStore(assistant.library.engine).save(cast(WorkKind, kind), title=title, content=content, owner=owner).id


def report_of(work: Work) -> list[Block]:
    """The report of a kept finding. Raises InputError for a work of another kind."""
    held = work.content.get("finding")
    if work.kind == "cases":
        return cases_report(CaseFinding.model_validate(held))
    if work.kind == "tools":
        return tools_report(Toolkit.model_validate(held))
    if work.kind == "network":
        return network_report(LearningOffer.model_validate(held))
    raise InputError(f"'{work.id}' is a {work.kind} and no finding for a situation. Look at it where it was made.")

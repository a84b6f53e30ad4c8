"""A brief in a terminal. Owns: its lines with their indents. Does not own: wrapping or printing (`lines.py`), or the words of documents."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from assistant.briefs.nouns import Brief, BriefSection, Statement
from assistant.briefs.stale import WORDS
from assistant.briefs.store import KeptBrief
from ui.brief_words import NOTHING_FOUND, day_words, kind_words, mark_words, status_line, where_words
from ui.briefing import Standing
from ui.wording import EVIDENCE_NOTE, STATUS_WORDS

Lines = list[tuple[int, str]]


def brief_lines(brief: Brief, *, ids: bool = False) -> Lines:
    """The whole brief. `ids`: with the ids of sections and statements, and the dropped statements too."""
    lines: Lines = [(0, brief.title), (0, f"{brief.template.title}. {status_line(brief)}"), (0, "")]
    for section in brief.sections:
        lines.append((0, section.heading.upper() + (f"  ({section.id})" if ids else "")))
        lines += _section(brief, section, ids=ids)
        lines.append((0, ""))
    lines.append((0, "NOTES"))
    for n, citation in sorted(brief.citations().items()):
        parts = [citation.cited_as or citation.title, where_words(citation), kind_words(citation), citation.url or ""]
        lines.append((2, f"[{n}] " + ". ".join(part for part in parts if part)))
    return lines


def summary_lines(brief: Brief, brief_id: str | None, out: Sequence[str]) -> Lines:
    """What was made and what to do with it."""
    seconds = brief.receipt.timings_ms.get("total", 0) / 1000
    count = len(brief.citations())
    lines: Lines = [(0, ""), (0, f"{count} notes, {len(brief.gaps)} gaps, {seconds:.1f} s. {EVIDENCE_NOTE}")]
    if out:
        lines.append((0, f"Written: {', '.join(out)}."))
    if brief_id:
        lines.append((0, f"Kept as draft {brief_id}: `adviser brief show {brief_id}`."))
    return lines


def brief_json(brief: Brief, kept: KeptBrief | None, standing: Standing | None = None) -> str:
    """A brief as JSON, with the id and version under which it is kept and what of it is stale."""
    content = {
        "id": kept.id if kept else None,
        "version": kept.version if kept else None,
        "stale": [touched.model_dump() for touched in standing.touched] if standing else [],
        "brief": brief.model_dump(mode="json"),
    }
    return json.dumps(content, indent=1, ensure_ascii=False)


def list_lines(found: Sequence[tuple[KeptBrief, Standing]]) -> Lines:
    """One line a kept brief, and below it what is wrong with it."""
    if not found:
        return [(0, 'No briefs are kept. Make one: adviser brief "TOPIC".')]
    lines: Lines = []
    for kept, standing in found:
        approved = kept.brief.approved
        state = f"approved by {approved.by} on {day_words(approved.at)}" if approved else "draft"
        changed = day_words(kept.created_at)
        lines.append((0, f"{kept.id}  {kept.brief.title}  ({kept.template.title}, version {kept.version}, {changed}, {state})"))
        if standing.stale:
            lines.append(
                (2, f"STALE: {_counted(len({t.statement for t in standing.touched}), 'sentence')} on sources that have changed.")
            )
        if standing.audit.failures:
            lines.append((2, f"The reference audit fails: {_counted(len(standing.audit.failures), 'reference')}."))
    return lines


def stale_lines(standing: Standing) -> Lines:
    """Which sentences are stale, and how."""
    if not standing.stale:
        return []
    return [
        (0, "STALE SENTENCES"),
        *((2, f"{t.statement} (source {t.source_id}): {WORDS[t.how]}. “{t.text}”") for t in standing.touched),
        (0, "Redo their sections, or drop them."),
    ]


def audit_lines(standing: Standing) -> Lines:
    """The audit's result."""
    audit = standing.audit
    held = f"{_counted(audit.references, 'reference')} in {_counted(audit.statements, 'statement')} held to the library"
    if not audit.findings:
        return [(0, f"{held}: all hold."), *stale_lines(standing)]
    lines: Lines = [(0, f"{held}: {_counted(len(audit.failures), 'failure')}, {_counted(len(audit.flags), 'flag')}.")]
    lines += [(2, f"FAILS  {finding.says}") for finding in audit.failures]
    lines += [(2, f"flag   {finding.says}") for finding in audit.flags]
    return [*lines, *stale_lines(standing)]


def review_lines(brief: Brief) -> Lines:
    """Remarks by section, and the approval."""
    lines: Lines = [(0, f"{brief.title}. {status_line(brief)}")]
    if brief.approval and not brief.approved:
        lines.append(
            (0, f"{brief.approval.by}'s approval of {day_words(brief.approval.at)} was of another content and no longer holds.")
        )
    for section in brief.sections:
        remarks = [comment for comment in brief.comments if comment.section == section.id]
        if remarks:
            lines.append((0, f"{section.heading}  ({section.id})"))
            lines += [(2, f"{c.by}, {day_words(c.at)}: {c.text}") for c in remarks]
    return lines if brief.comments else [*lines, (0, "No remarks.")]


def statement_line(statement: Statement) -> Lines:
    """One statement with its status, and why it is not verified."""
    lines: Lines = [(2, f"{statement.id}: {statement.text} ({STATUS_WORDS[statement.status]})")]
    lines += [(4, f"{c.cited_as or c.title}: “{c.quote}”") for c in statement.citations]
    return lines + [(4, f"Why not verified: {problem}") for problem in statement.problems]


def _section(brief: Brief, section: BriefSection, *, ids: bool) -> Lines:
    lines: Lines = [(2, own) for own in section.own_words]
    lines += _statements(section.statements, ids=ids)
    for row in section.table.rows if section.table else ():
        lines.append((2, row.label + (f" ({row.detail})" if row.detail else "")))
        assert section.table is not None
        for column, cell in zip(section.table.columns, row.cells, strict=True):
            lines.append((4, f"{column}:"))
            lines += [(indent + 4, text) for indent, text in _statements(cell.statements, ids=ids)] or [(6, NOTHING_FOUND)]
    for prompt in section.prompts:
        lines.append((2, prompt.text))
        lines += [(indent + 2, text) for indent, text in _statements(prompt.statements, ids=ids)] or [(4, NOTHING_FOUND)]
    if section.kind == "gaps":
        lines += [(2, f"- {gap}") for gap in brief.gaps]
    elif len(lines) == 0:
        lines.append((2, f"{NOTHING_FOUND}."))
    return lines


def _statements(statements: Iterable[Statement], *, ids: bool) -> Lines:
    lines: Lines = []
    for statement in statements:
        if statement.shown or ids:
            numbers = "".join(f" [{c.n}]" for c in statement.citations) if statement.shown else " (dropped)"
            name = f"{statement.id}: " if ids else ""
            lines.append((2, f"- {name}{statement.text}{numbers} {mark_words(statement)}".rstrip()))
    return lines


def _counted(number: int, name: str) -> str:
    return f"{number:,} {name}{'s' if number != 1 else ''}"

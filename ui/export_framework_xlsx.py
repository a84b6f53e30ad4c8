"""A framework as a workbook. Owns: its sheets and columns. Does not own: what stands in them.

Everything a person or a document wrote is stored as text: nothing in it becomes a formula.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from assistant.instruments.outcomes.framework import Measure
from assistant.instruments.outcomes.review import FrameworkReview
from ui.framework_report import SEVERITY, cited_in, numbers_of
from ui.framework_words import extra_words, goal_words, kind_words

MEASURES = (
    "Outcome", "Kind", "Id", "What is measured", "Baseline", "Unit", "Baseline date", "Target", "Target date", "Source",
    "How often", "Owner", "Whose behaviour", "Has to act", "One body alone?", "Says", "Note", "Evidence",
)  # fmt: skip
FINDINGS = ("Weight", "Check", "Where", "Exact text", "Why", "What to do", "Explained by the author", "Evidence")
EVIDENCE = ("Number", "Quote", "Named as", "Kind of evidence", "Strength", "Year", "Address")
_NOT_ALLOWED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST = 32_000  # a cell holds 32,767 characters


def framework_xlsx(review: FrameworkReview) -> bytes:
    """Sheets: the mission, measures, findings, evidence."""
    from openpyxl import Workbook

    book = Workbook()
    framework = review.framework
    mission = [("Title", framework.title), ("Goal", framework.mission.goal), ("", goal_words(framework))]
    mission += [("Answers for it", framework.mission.owner or "Nobody named")]
    mission += [("Outcome", f"{o.statement} ({o.for_whom})" if o.for_whom else o.statement) for o in framework.outcomes]
    mission += [("Note", note) for note in framework.notes]
    _fill(book.active, "Mission", ("", "Text"), mission)
    _fill(book.create_sheet(), "Measures", MEASURES, _measures(review))
    _fill(book.create_sheet(), "Findings", FINDINGS, _findings(review))
    cited = [
        (c.n, c.quote, c.cited_as or c.title, c.evidence_type, c.strength or "", c.year, c.url or "") for c in cited_in(review)
    ]
    _fill(book.create_sheet(), "Evidence", EVIDENCE, cited)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _measures(review: FrameworkReview) -> list[tuple[Any, ...]]:
    framework = review.framework
    rows = [_measure(review, m, outcome.statement) for outcome in framework.outcomes for m in outcome.indicators]
    return rows + [_measure(review, m, "") for m in (*framework.learning, *framework.participation, *framework.counter_metrics)]


def _measure(review: FrameworkReview, measure: Measure, outcome: str) -> tuple[Any, ...]:
    known, aim = measure.baseline, measure.target
    alone = getattr(measure, "sole_control", None)
    cited = [*measure.cited, *(known.cited if known else []), *(aim.cited if aim else [])]
    notes = [measure.note, known.note if known else "", aim.note if aim else ""]
    return (
        outcome,
        kind_words(measure),
        measure.id,
        measure.name,
        known.value if known else None,
        known.unit if known else "",
        known.date if known else "",
        aim.value if aim else None,
        aim.date if aim else "",
        measure.source,
        measure.frequency or "",
        measure.owner,
        measure.behaviour,
        ", ".join(measure.bodies),
        {True: "yes", False: "no", None: ""}[alone],
        extra_words(measure),
        " ".join(note for note in notes if note),
        numbers_of(review, cited).strip(),
    )


def _findings(review: FrameworkReview) -> list[tuple[Any, ...]]:
    return [
        (
            SEVERITY[f.severity],
            f.title,
            f.where,
            f.text,
            f.why,
            f.mend,
            f.explained or "",
            "" if f.explained else "".join(f"[{c.n}]" for c in f.citations),
        )
        for f in review.findings
    ]


def _fill(sheet: Any, title: str, head: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet.title = title
    for column, name in enumerate(head, 1):
        cell = sheet.cell(1, column, name)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDEBED")
        longest = max([len(name), *(len(str(row[column - 1] or "")) for row in rows)])
        sheet.column_dimensions[get_column_letter(column)].width = min(max(10, longest + 2), 50)
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(value, int | float):
                cell.value = value
            elif value:
                cell.value = _NOT_ALLOWED.sub("�", str(value))[:LONGEST]
                cell.data_type = "s"
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True

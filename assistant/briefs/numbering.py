"""One numbering over a whole brief. Owns: the numbers of citations, by first use in reading order, the same wherever they are shown.

Does not own: the order itself (the noun does). The same span of the same passage has one number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assistant.briefs.nouns import Brief, BriefSection, Cell, Statement

Change = Callable[[Statement], Statement]


def numbered(brief: Brief) -> Brief:
    """The same brief with its citations numbered from 1; those of dropped statements have 0."""
    numbers: dict[tuple[str, int, int], int] = {}
    for statement in brief.shown():
        for citation in statement.citations:
            numbers.setdefault((citation.passage_id, citation.start, citation.end), len(numbers) + 1)

    def renumber(statement: Statement) -> Statement:
        cited = [
            c.model_copy(update={"n": numbers[(c.passage_id, c.start, c.end)] if statement.shown else 0})
            for c in statement.citations
        ]
        return statement.model_copy(update={"citations": sorted(cited, key=lambda c: c.n)})

    return brief.model_copy(
        update={
            "sections": [each_statement(section, renumber) for section in brief.sections],
            "disagreements": [
                d.model_copy(update={"first": renumber(d.first), "second": renumber(d.second)}) for d in brief.disagreements
            ],
        }
    )


def each_statement(section: BriefSection, change: Change) -> BriefSection:
    """The section with every statement changed, in its text, table and prompts."""
    table = section.table
    if table is not None:
        rows = [
            row.model_copy(update={"cells": [Cell(statements=_all(cell.statements, change)) for cell in row.cells]})
            for row in table.rows
        ]
        table = table.model_copy(update={"rows": rows})
    prompts = [prompt.model_copy(update={"statements": _all(prompt.statements, change)}) for prompt in section.prompts]
    return section.model_copy(update={"statements": _all(section.statements, change), "table": table, "prompts": prompts})


def _all(statements: Iterable[Statement], change: Change) -> list[Statement]:
    return [change(statement) for statement in statements]

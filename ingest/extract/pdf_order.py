"""The order in which a person reads a page. Owns: columns, and blocks of lines between them. Does not own: paragraphs.

Lines that flow downwards one under the other in the file are a block and stay together; blocks are put in order by cutting the
page at white space (the recursive X-Y cut of Nagy and Seth, 1984), columns before rows. Where no cut is clean the file's own
order stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.extract.pdf_tables import Table
from ingest.extract.pdf_text import Line

GUTTER = 8.0  # points: the narrowest white space between two columns
DEEPEST = 24


@dataclass
class Flow:
    """Lines one under the other, or a table, and the box around them."""

    lines: list[Line] = field(default_factory=list)
    left: float = 1e9
    right: float = -1e9
    top: float = -1e9
    bottom: float = 1e9
    table: Table | None = None

    def add(self, line: Line) -> None:
        self.lines.append(line)
        _, left, right, base, size, *_ = line
        top, bottom = base + 0.75 * size, base - 0.25 * size  # as in Line
        self.left = left if left < self.left else self.left
        self.right = right if right > self.right else self.right
        self.top = top if top > self.top else self.top
        self.bottom = bottom if bottom < self.bottom else self.bottom


def reading_order(lines: Sequence[Line], tables: Sequence[Table] = ()) -> list[Flow]:
    """Blocks of a page's lines as a person reads them, each table as one."""
    flows = _flows(lines, tables)
    return _cut(flows, 0) if len(flows) > 1 else flows


def _flows(lines: Sequence[Line], tables: Sequence[Table]) -> list[Flow]:
    """Runs of lines that follow each other in the file and on the page."""
    owner = {id(line): table for table in tables for line in table.lines}
    made: dict[int, Flow] = {}
    flows: list[Flow] = []
    for line in lines:
        table = owner.get(id(line))
        if table is not None:
            if id(table) not in made:
                made[id(table)] = Flow(table=table)
                flows.append(made[id(table)])
            made[id(table)].add(line)
            continue
        if not flows or flows[-1].table is not None or not _flows_on(flows[-1], line):
            flows.append(Flow())
        flows[-1].add(line)
    return flows


def _flows_on(flow: Flow, line: Line) -> bool:
    before = flow.lines[-1]
    size = max(before.size, line.size)
    if (
        abs(before.base - line.base) < 0.3 * size
    ):  # the same line after a wide gap: one block only when nothing else stands above it
        return len(flow.lines) == 1 and 0 <= line.left - before.right < 3 * size
    if abs(before.size - line.size) > 0.15 * size:
        return False
    step = before.base - line.base
    overlap = min(flow.right, line.right) - max(flow.left, line.left)
    return 0 < step < 2.4 * size and overlap > 0.3 * min(flow.right - flow.left, line.right - line.left)


def _cut(flows: list[Flow], depth: int) -> list[Flow]:
    if len(flows) < 2 or depth > DEEPEST:
        return flows
    columns = _columns(flows)
    if len(columns) > 1:
        return [flow for column in columns for flow in _cut(column, depth + 1)]
    strips = _strips(flows)
    if len(strips) == 1:
        return flows
    return [flow for strip in _joined(strips) for flow in _cut(strip, depth + 1)]


def _columns(flows: Sequence[Flow]) -> list[list[Flow]]:
    """Groups from left to right that no block spans, each in the order given."""
    ordered = sorted(flows, key=lambda flow: flow.left)
    groups: list[list[Flow]] = [[ordered[0]]]
    reach = ordered[0].right
    for flow in ordered[1:]:
        if flow.left - reach >= GUTTER:
            groups.append([])
        groups[-1].append(flow)
        reach = max(reach, flow.right)
    return _as_given(groups, flows)


def _strips(flows: Sequence[Flow]) -> list[list[Flow]]:
    """Groups from top to bottom with white space between them, each in the order given."""
    ordered = sorted(flows, key=lambda flow: -flow.top)
    groups: list[list[Flow]] = [[ordered[0]]]
    reach = ordered[0].bottom
    for flow in ordered[1:]:
        if flow.top <= reach + 1.0:
            groups.append([])
        groups[-1].append(flow)
        reach = min(reach, flow.bottom)
    return _as_given(groups, flows)


def _as_given(groups: list[list[Flow]], flows: Sequence[Flow]) -> list[list[Flow]]:
    place = {id(flow): number for number, flow in enumerate(flows)}
    return [sorted(group, key=lambda flow: place[id(flow)]) for group in groups]


def _joined(strips: list[list[Flow]]) -> list[list[Flow]]:
    """Neighbouring strips put together while one gutter runs through all of them, so that columns are not read across."""
    groups: list[list[Flow]] = []
    for strip in strips:
        if groups and _share_gutter(groups[-1], strip):
            groups[-1] = [*groups[-1], *strip]
        else:
            groups.append(list(strip))
    return groups


def _share_gutter(above: Sequence[Flow], below: Sequence[Flow]) -> bool:
    apart = len(_columns(above)) > 1 or len(_columns(below)) > 1
    return apart and len(_columns([*above, *below])) > 1

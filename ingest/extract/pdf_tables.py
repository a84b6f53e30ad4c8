"""Tables on a PDF page. Owns: which lines are a table, its rows and cells.

Does not own: how rows read (see `rows`), or the rules drawn.

Two signs are taken: rules that part at least two rows and two columns; or, without rules, at least three baselines in a row whose
pieces stand in the same columns and follow each other in the file row by row (columns of prose follow each other column by
column).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.extract.pdf_rules import Rules
from ingest.extract.pdf_text import Line
from ingest.extract.pdf_words import Word

SAME = 3.0  # points within which two rules are one
MOST_COLUMNS = 16
MOST_WORDS_A_CELL = 120
Cells = list[list[list[Line]]]  # rows, columns, lines


@dataclass(frozen=True)
class Table:
    """Rows of cells, each cell its lines from top to bottom, and the page's lines that went into it."""

    rows: tuple[tuple[tuple[Line, ...], ...], ...]
    lines: tuple[Line, ...]


def find_tables(lines: Sequence[Line], rules: Rules) -> list[Table]:
    """Tables among a page's lines. There is none where no two pieces stand side by side."""
    if not side_by_side(lines):
        return []
    tables = _ruled(lines, rules)
    taken = {id(line) for table in tables for line in table.lines}
    return [*tables, *_unruled([line for line in lines if id(line) not in taken])]


def side_by_side(lines: Sequence[Line]) -> bool:
    """Whether pieces stand side by side at two places or more, as they do in any table."""
    bases = [line.base for line in lines]
    return sum([abs(base - after) < 0.5 * line.size for line, base, after in zip(lines, bases, bases[1:], strict=False)]) >= 2


def _merged(values: Sequence[float]) -> list[float]:
    merged: list[float] = []
    for value in sorted(values):
        if not merged or value - merged[-1] > SAME:
            merged.append(value)
    return merged


def _ruled(lines: Sequence[Line], rules: Rules) -> list[Table]:
    tables: list[Table] = []
    placed = [(_middle(line), line) for line in lines]
    for left, right, heights in _bands(rules.across):
        low, high = heights[0] - 1, heights[-1] + 1
        within = [(at, line) for at, line in placed if low <= at <= high and line.right > left and line.left < right]
        inside = [line for _, line in within]
        down = [rule for rule in rules.down if left + 4 < rule[0] < right - 4]
        gutters = [] if down else _gutters(inside)
        run: Cells = []
        used: list[Line] = []
        for low, high in [*reversed(list(pairwise(heights))), (0.0, 0.0)]:
            own = [line for at, line in within if low <= at < high]
            middle = (low + high) / 2
            walls = gutters or _merged([x for x, y0, y1 in down if y0 - 2 < middle < y1 + 2] if own else ())
            if own and 1 <= len(walls) < MOST_COLUMNS and not (gutters and _crossing(own, walls)):
                run.append(_row(own, walls))
                used.extend(own)
            elif own or high == 0.0:
                tables.extend(_whole(run, used))
                run, used = [], []
    return tables


def _whole(run: Cells, used: Sequence[Line]) -> list[Table]:
    rows = _split_rows(run, len(run))
    return [_table(rows, used)] if _is_table(rows) else []


def _middle(line: Line) -> float:
    return line.base + 0.3 * line.size


def _crossing(lines: Sequence[Line], walls: Sequence[float]) -> bool:
    """Whether running text stands across the supposed gutters: this is prose between two tables."""
    return sum(any(line.left + 4 < wall < line.right - 4 for wall in walls) for line in lines) > 1


def _bands(across: Sequence[tuple[float, float, float]]) -> list[tuple[float, float, list[float]]]:
    """Groups of horizontal rules that span the same width: (left, right, heights from the lowest)."""
    spans: dict[float, list[tuple[float, float]]] = defaultdict(list)
    for y, x0, x1 in sorted(across):
        near = next((key for key in (*list(spans)[-3:],) if abs(key - y) <= SAME), y)
        spans[near].append((x0, x1))
    joined = [
        (y, min(a for a, _ in parts), max(b for _, b in parts)) for y, parts in spans.items() if sum(b - a for a, b in parts) > 40
    ]
    bands: list[tuple[float, float, list[float]]] = []
    for y, left, right in sorted(joined):
        for number, (x0, x1, heights) in enumerate(bands):
            overlap = min(x1, right) - max(x0, left)
            if overlap > 0.75 * max(x1 - x0, right - left) and y - heights[-1] < 250:
                bands[number] = (min(x0, left), max(x1, right), [*heights, y])
                break
        else:
            bands.append((left, right, [y]))
    return [band for band in bands if len(band[2]) >= 3]


def _gutters(lines: Sequence[Line]) -> list[float]:
    """Places of white space that at most a twentieth of the lines cross."""
    if len(lines) < 4:
        return []
    edges = sorted([(line.left, 1) for line in lines] + [(line.right, -1) for line in lines])
    allowed = len(lines) // 20
    walls, open_lines, since = [], 0, None
    for x, step in edges:
        if since is not None and step == 1 and open_lines <= allowed and x - since >= 5 and open_lines + step > allowed:
            walls.append((since + x) / 2)
        open_lines += step
        since = x if step == -1 and open_lines <= allowed else (since if open_lines <= allowed else None)
    return walls


def _row(lines: Sequence[Line], walls: Sequence[float]) -> list[list[Line]]:
    cells: list[list[Line]] = [[] for _ in range(len(walls) + 1)]
    for line in lines:
        for column, piece in _pieces(line, walls):
            cells[column].append(piece)
    return cells


def _pieces(line: Line, walls: Sequence[float]) -> list[tuple[int, Line]]:
    """A line cut where a wall stands between two of its words; `walls` from the left."""
    groups: dict[int, list[Word]] = defaultdict(list)
    for word in line.words:
        middle = (word.left + word.right) / 2
        groups[bisect_left(walls, middle)].append(word)
    if len(groups) <= 1:
        return [(next(iter(groups), 0), line)]
    return [(column, _line_of(words, line)) for column, words in groups.items()]


def _line_of(words: Sequence[Word], line: Line) -> Line:
    text = " ".join(word.text for word in words)
    bold, italic = all(word.bold for word in words), all(word.italic for word in words)
    return Line(text, words[0].left, words[-1].right, words[0].base, line.size, bold, italic, line.page, tuple(words))


def _split_rows(rows: Cells, bands: int) -> Cells:
    """Where few rules stand between many baselines (a rule under the head only), each baseline with a first cell is a row."""
    if bands > 4 or max((len(row[0]) for row in rows), default=0) < 3:
        return rows
    split: Cells = []
    for row in rows:
        starts = sorted({line.base for line in row[0]}, reverse=True)
        several = sum(any(abs(line.base - base) < 2 for cell in row[1:] for line in cell) for base in starts)
        if len(starts) < 3 or several < 0.8 * len(starts):
            split.append(row)
            continue
        for number, base in enumerate(starts):
            floor = starts[number + 1] if number + 1 < len(starts) else -1e9
            ceiling = 1e9 if number == 0 else base
            split.append([[line for line in cell if floor + 2 < line.base <= ceiling + 2] for cell in row])
    return split


def _is_table(rows: Cells) -> bool:
    filled = [sum(bool(cell) for cell in row) for row in rows]
    longest = max((sum(len(line.words) for line in cell) for row in rows for cell in row), default=0)
    return sum(count >= 2 for count in filled) >= 2 and longest <= MOST_WORDS_A_CELL * 2


def _table(rows: Cells, lines: Sequence[Line]) -> Table:
    ordered = tuple(
        tuple(tuple(sorted(cell, key=lambda line: (-round(line.base), line.left))) for cell in row) for row in rows if any(row)
    )
    return Table(ordered, tuple(lines))


def _unruled(lines: Sequence[Line]) -> list[Table]:
    tables, run = [], list[list[Line]]()
    for row in [*_baselines(lines), []]:
        if len(row) >= 2 and (not run or _same_columns(run[-1], row)):
            run.append(row)
            continue
        if len(run) >= 3:
            table = _from_run(run)
            if table is not None:
                tables.append(table)
        run = [row] if len(row) >= 2 else []
    return tables


def _baselines(lines: Sequence[Line]) -> list[list[Line]]:
    """Neighbours in the file that share a baseline, from left to right."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and abs(rows[-1][-1].base - line.base) < 0.3 * line.size and line.left >= rows[-1][-1].right:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _same_columns(above: Sequence[Line], below: Sequence[Line]) -> bool:
    step = above[0].base - below[0].base
    if len(above) != len(below) or not 0 < step < 4 * below[0].size:
        return False
    return all(min(a.right, b.right) - max(a.left, b.left) > 0 for a, b in zip(above, below, strict=True))


def _from_run(run: Sequence[Sequence[Line]]) -> Table | None:
    words = [len(line.words) for row in run for line in row]
    if sum(words) / len(words) > 9:  # columns of prose that the file happens to hold line by line
        return None
    rows: Cells = [[[line] for line in row] for row in run]
    return _table(rows, [line for row in run for line in row])

"""The verbs of `adviser eval` that measure nothing, and how figures are printed. Owns: their output. Does not own: figures, runs
or pages.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from assistant.assistant import open_assistant
from assistant.errors import InputError
from assistant.settings import Settings
from evals.compare import Difference, compare
from evals.context import own_cases
from evals.feedback import add_case
from evals.folder import StoredRun, differing_files, find_run, read_run, run_names
from evals.gate import GateLine
from evals.report import report
from evals.verdicts import PRODUCT, Figure

PAGE = "report.html"
NAMED = 6


def show_figures(run: StoredRun, gate: Sequence[GateLine]) -> None:
    """Every whole figure of the product with its dummies, and the gate's lines."""
    whole = [f for f in run.figures if not f.part]
    for suite in dict.fromkeys(f.suite for f in whole):
        print(f"\n{suite}")
        for measure in dict.fromkeys(f.measure for f in whole if f.suite == suite):
            systems = {f.system: f for f in whole if f.suite == suite and f.measure == measure}
            if PRODUCT not in systems:
                continue
            others = ", ".join(f"{name} {_number(f.value)}" for name, f in systems.items() if name != PRODUCT)
            print(f"  {measure:<44} {_figure(systems[PRODUCT])}" + (f"  (beside it: {others})" if others else ""))
    if gate:
        red = sum(bool(line.wrong) for line in gate)
        print(f"\nGate: {'RED' if red else 'green'}, {len(gate) - red} of {len(gate)} lines hold")
        for line in gate:
            print(
                f"  {'RED  ' if line.wrong else 'holds'}  {line.suite}: {line.measure}  "
                f"{_number(line.value)}  wanted {line.wanted}  {line.wrong}".rstrip()
            )
    print()


def _figure(figure: Figure) -> str:
    if figure.value is None:
        return f"not scored ({figure.cases} cases)"
    ends = f" [{figure.low:.3f}, {figure.high:.3f}]" if figure.low is not None and figure.high is not None else ""
    lost = f", {figure.crashed} crashed" if figure.crashed else ""
    lost += f", {figure.unscored} unscored" if figure.unscored else ""
    return f"{figure.value:.3f}{ends} of {figure.cases}{lost}"


def _number(value: float | None) -> str:
    return "not scored" if value is None else f"{value:.3f}"


def write_report(folder: Path, gate: Sequence[GateLine] = ()) -> Path:
    """Write a run's page into its folder; returns where."""
    page = folder / PAGE
    page.write_text(report(read_run(folder), gate), "utf-8")
    return page


def list_runs(base: Path) -> int:
    """Print the finished runs, oldest first."""
    for name in run_names(base):
        print(name)
    return 0


def compare_runs(base: Path, names: Sequence[str], *, as_json: bool) -> int:
    """Print what changed from one run to another."""
    if len(names) != 2:
        raise InputError("Name two runs: adviser eval compare A B. `adviser eval runs` lists them.")
    folders = [find_run(base, name) for name in names]
    found, files = compare(*(read_run(folder) for folder in folders)), differing_files(*folders)
    if as_json:
        said = {"differences": [asdict(d) for d in found.differences], "unlike": found.unlike, "differing_files": files}
        print(json.dumps(said, indent=1))
        return 0
    print("The two runs are the same bytes but for their times." if not files else f"Files that differ: {', '.join(files)}.")
    if found.unlike:
        print(f"The two runs were not made alike: {', '.join(found.unlike)} differ.")
    for each in found.differences:
        if each.change or each.better or each.worse:
            _show_difference(each)
    if not any(d.change or d.better or d.worse for d in found.differences):
        print("No case changed side.")
    return 0


def _show_difference(each: Difference) -> None:
    sure = "beyond chance" if each.real else "within chance"
    print(
        f"{each.suite}: {each.measure}  {each.first:.3f} → {each.second:.3f}  "
        f"({each.change:+.3f} [{each.low:+.3f}, {each.high:+.3f}], {sure}, {each.cases} cases)"
    )
    for word, cases in (("better", each.better), ("worse", each.worse)):
        if cases:
            more = f" and {len(cases) - NAMED} more" if len(cases) > NAMED else ""
            print(f"    {word}: {', '.join(cases[:NAMED])}{more}")


def make_case(
    settings: Settings, names: Sequence[str], *, reason: str, gold: Sequence[str], facts: Sequence[str], refuse: bool
) -> int:
    """Make a case of the set `feedback` from a receipt."""
    if not names:
        raise InputError("Name the receipt: adviser eval case RECEIPT --reason TEXT. Its id stands under the answer.")
    if not reason.strip():
        raise InputError("Say with --reason what was wrong with the answer.")
    assistant = open_assistant(settings)
    for source_id in gold:
        assistant.library.source(source_id)
    path = add_case(assistant.receipt(names[0]), own_cases(settings), reason=reason, gold=gold, facts=facts, refuse=refuse)
    print(f"Added to {path}. Run it with: adviser eval answers abstention --set feedback")
    return 0

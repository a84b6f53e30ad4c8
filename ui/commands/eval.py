"""`adviser eval`. Owns: which of its verbs was meant, the progress bar, printing figures, the exit code. Does not own: measuring.

0: measured (whatever the figures); 1: the gate is red, or a measure cannot fail; 2: bad input. Offline and without a key unless
`--with-model` or `--judge` is given.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.errors import InputError
from assistant.settings import Settings
from evals.context import Plan
from evals.folder import StoredRun, find_run, read_run
from evals.gate import check_gate, read_floors, unvarying
from evals.judge import votes_cost
from evals.run import Order, run_own, runs_folder
from evals.run import run as run_suites
from evals.suites import NAMES
from ui.commands.eval_words import compare_runs, list_runs, make_case, show_figures, write_report

RED = 1
QUICK_MOST = 75


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do what the first word says; without one, run suites."""
    base = Path(arguments.out) if arguments.out else runs_folder(settings)
    verb, rest = (arguments.words[0], arguments.words[1:]) if arguments.words else ("", [])
    if verb == "compare":
        return compare_runs(base, rest, as_json=arguments.json)
    if verb == "report":
        _at_most_one(rest, "report")
        print(write_report(find_run(base, rest[0] if rest else None)))
        return 0
    if verb == "runs":
        return list_runs(base)
    if verb == "case":
        _at_most_one(rest, "case")
        return make_case(
            settings, rest, reason=arguments.reason, gold=arguments.gold, facts=arguments.fact, refuse=arguments.should_refuse
        )
    return _measure(arguments, settings, base)


def _at_most_one(rest: Sequence[str], verb: str) -> None:
    if len(rest) > 1:
        raise InputError(f"`adviser eval {verb}` takes one name, not {len(rest)}. Give one.")


def _measure(arguments: argparse.Namespace, settings: Settings, base: Path) -> int:
    suites = _suites(arguments.words)
    if arguments.file:
        if suites not in (NAMES, ("grounding",)):
            raise InputError("--file is scored by the suite grounding only. Write: adviser eval grounding --file FILE.")
        stored, lines = run_own(settings, Path(arguments.file), base=base), []
    else:
        stored = _run(arguments, settings, base, suites)
        lines = check_gate(stored.figures, read_floors(), suites=suites) if arguments.gate else []
    page = write_report(stored.folder, lines)
    if arguments.json:
        print(
            json.dumps(
                {
                    "run": str(stored.folder),
                    "report": str(page),
                    "figures": [f.model_dump() for f in stored.figures],
                    "gate": [vars(g) for g in lines],
                }
            )
        )
    else:
        show_figures(stored, lines)
        print(f"Run {stored.folder}\nReport {page}")
    flat = [] if arguments.gate or arguments.file else unvarying(stored.figures)
    for figure in flat:
        print(
            f"{figure.suite}: {figure.measure} does not vary, so it measures nothing. Mend the measure or its cases.",
            file=sys.stderr,
        )
    return RED if flat or any(line.wrong for line in lines) else 0


def _suites(words: Sequence[str]) -> tuple[str, ...]:
    unknown = [word for word in words if word not in NAMES]
    if unknown:
        raise InputError(f"There is no eval suite '{unknown[0]}'. The suites are: {', '.join(NAMES)}.")
    return tuple(name for name in NAMES if name in words) or NAMES


def _run(arguments: argparse.Namespace, settings: Settings, base: Path, suites: tuple[str, ...]) -> StoredRun:
    if (arguments.with_model or arguments.judge) and not settings.model:
        raise InputError(
            "No chat model is configured. Set ADVISER_MODEL and its address and key, or leave out --with-model and --judge."
        )
    plan = Plan(
        set_name="heldout" if arguments.gate else arguments.set,
        quick=arguments.gate,
        data=_folder(arguments.data),
        sample=arguments.sample,
        most=QUICK_MOST if arguments.gate else None,
    )
    resume = find_unfinished(base, arguments.resume) if arguments.resume else None
    order = Order(
        suites=suites,
        plan=plan,
        resume=resume,
        budget=arguments.budget,
        votes=arguments.judge or 0,
        with_model=arguments.with_model,
    )
    from ui.terminal import progress_bar

    bar = progress_bar(1000)
    with bar:
        task = bar.add_task("Asking", total=None)

        def count(questions: int) -> None:
            bar.update(task, total=questions + len(suites))
            _tell_cost(settings, order, questions)

        def tell(step: str) -> None:
            bar.update(task, advance=1, description="Asking" if step == "asked" else f"Scored {step}")

        return run_suites(settings, order, base=base, tell=tell, count=count)


def _tell_cost(settings: Settings, order: Order, questions: int) -> None:
    """What the models may cost, before the first call; nothing is said when none is used."""
    from sys import stderr

    if order.with_model:
        asked = min(questions, order.budget) if order.budget else questions
        tokens = asked * settings.model_budget
        print(f"{asked} questions to {settings.model}: at most {tokens:,} tokens{_price(settings, tokens)}.", file=stderr)
    if order.votes:
        tokens = votes_cost(order.votes)
        print(
            f"The judge {settings.model} gives {order.votes} votes on each pair of the checker's set: "
            f"at most {tokens:,} tokens{_price(settings, tokens)}.",
            file=stderr,
        )


def _price(settings: Settings, tokens: int) -> str:
    price = settings.model_prices.get(settings.model)
    return (
        f", at most {tokens * max(price.input, price.output) / 1_000_000:.2f} {price.currency}"
        if price
        else " (no price is set for it)"
    )


def _folder(name: str | None) -> Path | None:
    if name is None:
        return None
    if not Path(name).is_dir():
        raise InputError(f"{name} is not a folder. Give the folder that holds grounding/, retrieval/ and the other public sets.")
    return Path(name)


def find_unfinished(base: Path, name: str) -> Path:
    """The folder of a run to go on with. Raises InputError when it is finished or not there."""
    folder = find_run(base, name)
    try:
        read_run(folder)
    except InputError:
        return folder
    raise InputError(f"The run {folder.name} is finished. Start a new one without --resume.")

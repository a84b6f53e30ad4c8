"""The options by which a situation is given, the same for cases, tools and networks. Owns: options, questions, and where results go.

Does not own: what follows from a situation. Nothing heavy is loaded until a command runs.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.instruments.situation.vocabulary import CHOICES
from ui.block_files import FORMATS, report_bytes

if TYPE_CHECKING:
    from assistant.instruments.literature import Literature
    from assistant.instruments.situation.situation import Situation
    from assistant.settings import Settings
    from ui.framework_report import Block

ONE = ("level", "stage", "budget", "scale")
MANY = {"sector": "sector", "powers": "power", "politics": "politics", "obstacle": "obstacle", "needs": "need"}
SAYS = {
    "country": "the country, such as United Kingdom or Wales",
    "level": "at which level you work",
    "sector": "the field",
    "stage": "how far along it is",
    "budget": "the money that there is for it",
    "powers": "what you yourself can do",
    "politics": "the political setting or window",
    "scale": "how many it is for",
    "obstacle": "what stands in the way",
    "needs": "what you look for in others",
}


def add_situation_arguments(parser: argparse.ArgumentParser, fields: Sequence[str]) -> None:
    """Options for these fields, and those that every such command has."""
    parser.add_argument("--country", default="", help=SAYS["country"])
    for field in fields:
        words = "; ".join(f"{value}: {meaning}" for value, meaning in CHOICES[field].items())
        if field in ONE:
            parser.add_argument(
                f"--{field}", choices=list(CHOICES[field]), metavar=field.upper(), help=f"{SAYS[field]} ({words})"
            )
        else:
            parser.add_argument(
                f"--{MANY[field]}",
                dest=field,
                action="append",
                choices=list(CHOICES[field]),
                metavar=MANY[field].upper(),
                help=f"{SAYS[field]}; may be repeated ({words})",
            )
    parser.add_argument("--challenge", default="", help="the challenge in your own words (shown, not compared)")
    parser.add_argument("--situation", dest="paths", metavar="FILE", help="take the situation from a .yaml or .json file")
    parser.add_argument("--ask", action="store_true", help="be asked one question after another")
    parser.add_argument("--out", metavar="FILE", help=f"write it to a file that ends in {', '.join(FORMATS)}")
    parser.add_argument("--save", action="store_true", help="keep the result; `adviser assess list` shows what is kept")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")


def run_situation(
    arguments: argparse.Namespace,
    settings: Settings,
    *,
    fields: Sequence[str],
    find: Callable[[Situation, Literature], Any],
    report: Callable[[Any], list[Block]],
) -> int:
    """Take the situation, find what follows, print it and write it."""
    from assistant.assistant import open_assistant
    from assistant.instruments.literature import Literature

    if arguments.out:
        checked_ending(Path(arguments.out))
    situation = _situation(arguments, fields)
    assistant, started = open_assistant(settings), time.perf_counter()
    found = find(situation, Literature(assistant.library))
    said = [write_report(Path(arguments.out), report(found))] if arguments.out else []
    if arguments.save:
        from assistant.library.works import LOCAL_OWNER
        from ui.situation_kept import keep_finding

        kept = keep_finding(arguments.action, found, assistant, owner=LOCAL_OWNER, started=started)
        said.append(f"Kept as {kept}. `adviser assess show {kept}` shows it, `adviser assess delete {kept}` deletes it.")
    if arguments.json:
        print(found.model_dump_json(indent=1))
        return 0
    from ui.block_lines import block_lines
    from ui.lines import print_lines

    print_lines(block_lines(report(found)))
    for line in said:
        print(f"\n{line}")
    return 0


def _situation(arguments: argparse.Namespace, fields: Sequence[str]) -> Situation:
    from assistant.errors import InputError
    from assistant.instruments.situation.situation import read_situation, situation_from

    given = {"country": arguments.country, "challenge": arguments.challenge}
    given |= {field: getattr(arguments, field) for field in fields}
    said = {name: value for name, value in given.items() if value}
    if bool(said) + bool(arguments.paths) + bool(arguments.ask) > 1:
        raise InputError("Give the situation by options, by --situation FILE or by --ask: one of them.")
    if arguments.paths:
        return read_situation(Path(arguments.paths))
    return situation_from(_asked(fields)) if arguments.ask else situation_from(said)


def _asked(fields: Sequence[str]) -> dict[str, Any]:
    """Ask for every field, with its choices; an empty answer leaves it open."""
    from assistant.errors import InputError

    answers: dict[str, Any] = {}
    try:
        if country := input("Country (empty to leave open)\n> ").strip():
            answers["country"] = country
        for field in fields:
            chosen = _choose(field)
            if chosen:
                answers[field] = chosen[0] if field in ONE else chosen
    except EOFError:
        raise InputError("The answers ended before the questions did. Start again with --ask, or give options.") from None
    return answers


def _choose(field: str) -> list[str]:
    choices = list(CHOICES[field])
    many = field not in ONE
    print(f"\n{SAYS[field][0].upper()}{SAYS[field][1:]}:")
    for number, value in enumerate(choices, 1):
        print(f"  {number:>2}  {CHOICES[field][value]}")
    hint = "numbers with commas between them" if many else "a number"
    while True:
        words = [word.strip() for word in input(f"{hint}, empty to leave open\n> ").split(",") if word.strip()]
        good = [choices[int(w) - 1] if w.isdigit() and 0 < int(w) <= len(choices) else w for w in words]
        if all(word in choices for word in good) and (many or len(good) <= 1):
            return good
        print(f"Give {hint} from 1 to {len(choices)}.")


def write_report(out: Path, blocks: list[Block]) -> str:
    """Write a report in the format of the file's ending; returns what was done in words. Raises InputError."""
    from assistant.errors import InputError

    try:
        out.write_bytes(report_bytes(blocks, checked_ending(out)))
    except OSError as error:
        raise InputError(f"{out.name} cannot be written: {error.strerror}. Choose another place.") from None
    return f"Written to {out}."


def checked_ending(out: Path) -> str:
    """The ending of a file to write. Raises InputError for one that is not offered."""
    from assistant.errors import InputError

    ending = out.suffix.lower()
    if ending not in FORMATS:
        raise InputError(f"'{out.name}' does not say what to write. Give a name that ends in {', '.join(FORMATS)}.")
    return ending

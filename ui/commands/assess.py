"""`adviser assess`. Owns: which instruments there are, and what is kept of them: list, show, delete.

Does not own: any instrument: each has a module `assess_<name>` with `add_arguments(parser)` and `run(arguments, settings)`.
"""

from __future__ import annotations

import argparse
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from assistant.assistant import open_assistant
from assistant.errors import InputError
from assistant.instruments.assessment import Assessment
from assistant.library.works import Work, WorkStore
from assistant.settings import Settings
from ui.assess_document import assessment_document
from ui.assess_output import checked_out, day_of, drift_of_work, write_out

INSTRUMENTS = {
    "litmus": "is a mission the right approach here?",
    "washing": "is a strategy a mission, or only words?",
    "maturity": "how mature is our mission, and what comes next?",
    "outcomes": "what should we measure?",
    "tools": "which tools fit our situation?",
    "cases": "which cases are like ours, and which are not?",
    "network": "who can we learn from?",
}
KEPT = {"list": "what is kept", "show": "show a kept result", "delete": "delete a kept result, all its versions"}


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Hand over to the instrument, or to what is kept."""
    name = arguments.instrument
    if name in KEPT:
        return _kept(_parsed(name, _kept_arguments, arguments.rest), settings)
    module_name = f"ui.commands.assess_{name}"
    if find_spec(module_name) is None:
        raise InputError(f"`adviser assess {name}` is not part of this version. It has: {', '.join(available())}.")
    module = import_module(module_name)
    return int(module.run(_parsed(name, module.add_arguments, arguments.rest), settings))


def available() -> list[str]:
    """The instruments of this version."""
    return [name for name in INSTRUMENTS if find_spec(f"ui.commands.assess_{name}") is not None]


def _parsed(name: str, add_arguments: object, rest: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"adviser assess {name}", description={**INSTRUMENTS, **KEPT}[name].capitalize())
    parser.set_defaults(action=name)
    assert callable(add_arguments)
    add_arguments(parser)
    return parser.parse_args(rest)


def _kept_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", nargs="?", help="the id, as `adviser assess list` prints it")
    parser.add_argument("--version", type=int, help="with show: this version, not the newest")
    parser.add_argument("--out", metavar="FILE", help="with show: write it to FILE (.md, .html, .docx or .pdf)")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")


def _kept(arguments: argparse.Namespace, settings: Settings) -> int:
    if arguments.action != "list" and not arguments.id:
        raise InputError(f"`adviser assess {arguments.action}` needs an id. `adviser assess list` shows them.")
    store = WorkStore(open_assistant(settings).library.engine)
    if arguments.action == "list":
        return _list(store, json=arguments.json)
    if arguments.action == "delete":
        gone = store.delete(arguments.id)
        print(f'{{"deleted": {gone}}}' if arguments.json else f"Deleted, with {gone} version{'s' if gone != 1 else ''}.")
        return 0
    return _show(store, arguments)


def _list(store: WorkStore, *, json: bool) -> int:
    works = [work for work in store.newest() if work.kind != "brief"]
    if json:
        from pydantic import TypeAdapter

        print(TypeAdapter(list[Work]).dump_json(works, indent=1).decode())
        return 0
    if not works:
        print("Nothing is kept. Add --save to an assessment to keep it.")
    for work in works:
        print(f"{work.id}  {work.created_at[:10]}  version {work.version}  {work.kind:9}  {work.title}")
    return 0


def _show_finding(work: Work, arguments: argparse.Namespace) -> int:
    """Cases, tools or networks that were kept."""
    from ui.block_lines import block_lines
    from ui.lines import print_lines
    from ui.situation_arguments import write_report
    from ui.situation_kept import report_of

    if arguments.json:
        print(work.model_dump_json(indent=1))
    elif arguments.out:
        print(write_report(Path(arguments.out), report_of(work)))
    else:
        print_lines(block_lines(report_of(work)))
    return 0


def _show(store: WorkStore, arguments: argparse.Namespace) -> int:
    work = store.read(arguments.id, version=arguments.version)
    if "finding" in work.content:
        return _show_finding(work, arguments)
    out = checked_out(arguments.out)
    if arguments.json:
        print(work.model_dump_json(indent=1))
        return 0
    if work.kind == "brief" or "marks" not in work.content:
        raise InputError(f"'{work.id}' is a {work.kind} that this command does not show. Add --json to see it as it is kept.")
    kept = Assessment.model_validate(work.content)
    document = assessment_document(kept, drift=drift_of_work(store, work.id, owner=work.owner))
    if out is not None:
        write_out(document, out, date=day_of(kept))
        print(f"Written to {out}.")
        return 0
    from ui.terminal import console, document_view

    console().print(document_view(document))
    return 0

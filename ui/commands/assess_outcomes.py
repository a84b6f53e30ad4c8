"""`adviser assess outcomes`. Owns: its arguments, where the framework comes from and where it goes. Does not own: building or judging it."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.instruments.literature import Literature
    from assistant.instruments.outcomes.framework import Framework
    from assistant.instruments.outcomes.review import FrameworkReview
    from assistant.settings import Settings

EXAMPLES = ("home-heating", "school-readiness")
EXPORTS = {"docx": "docx", "xlsx": "xlsx", "json": "json", "md": "markdown", "html": "html"}
ENDINGS = ".docx, .xlsx, .json, .yaml, .md, .html or .svg"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("paths", nargs="?", metavar="FILE", help="a framework as .yaml or .json; - reads it from standard input")
    parser.add_argument("--example", choices=EXAMPLES, help="look at a worked example instead; with --out FILE.yaml, copy it")
    parser.add_argument("--new", action="store_true", help="be asked one question after another")
    parser.add_argument("--out", metavar="FILE", help=f"write it to a file that ends in {ENDINGS}")
    parser.add_argument("--picture", choices=("tree", "graph"), default="tree", help="which picture an .svg shows (tree)")
    parser.add_argument("--narrow", action="store_true", help="draw an .svg for a phone")
    parser.add_argument("--save", action="store_true", help="keep it among your assessments")
    parser.add_argument("--update", metavar="ID", help="with --save: as the next version of this one")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Read or ask, check, print, write and keep."""
    from assistant.assistant import open_assistant
    from assistant.instruments.literature import Literature
    from assistant.instruments.outcomes.review import review_framework

    _one_origin(arguments)
    _known_ending(arguments)
    given = None if arguments.new else _given(arguments)
    assistant = open_assistant(settings)
    literature = Literature(assistant.library)
    framework = given or _asked(literature)
    review = review_framework(framework, literature)
    said = [_kept(arguments, assistant, framework)] if arguments.save else []
    if arguments.out:
        said.append(_written(arguments, review))
    if arguments.json:
        print(review.model_dump_json(indent=1))
        return 0
    from ui.framework_text import framework_lines
    from ui.lines import print_lines

    print_lines(framework_lines(review))
    print()
    for line in said or [f"`--out FILE` writes it as {ENDINGS}; `--save` keeps it."]:
        print(line)
    return 0


def _one_origin(arguments: argparse.Namespace) -> None:
    from assistant.errors import InputError

    given = [arguments.paths is not None, arguments.example is not None, bool(arguments.new)]
    if sum(given) != 1:
        raise InputError(
            "Say where the framework comes from: a file, --new to be asked, or --example home-heating to see one. Give one of them."
        )
    if arguments.update and not arguments.save:
        raise InputError("--update says which kept framework gets a next version: give --save with it.")
    if arguments.new and arguments.json:
        raise InputError("--new asks questions on the screen, and --json prints nothing else. Give one of them.")


def _known_ending(arguments: argparse.Namespace) -> None:
    """Refuse a file that nothing can be written to before any question is asked."""
    from assistant.errors import InputError

    if arguments.out and Path(arguments.out).suffix.lower() not in {".yaml", ".yml", ".svg", *(f".{name}" for name in EXPORTS)}:
        raise InputError(f"'{Path(arguments.out).name}' does not say what to write. Give a name that ends in {ENDINGS}.")


def _given(arguments: argparse.Namespace) -> Framework:
    from assistant.instruments.outcomes.reading import example_framework, parse_framework, read_framework

    if arguments.example:
        return example_framework(arguments.example)
    if arguments.paths == "-":
        return parse_framework(_standard_input(), name="standard input")
    return read_framework(Path(arguments.paths))


def _standard_input() -> str:
    from assistant.errors import InputError

    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("Standard input is not UTF-8 text. Send it as UTF-8.") from None


def _asked(literature: Literature) -> Framework:
    from assistant.errors import InputError
    from assistant.instruments.outcomes.guided import guide
    from assistant.instruments.outcomes.rules import outcomes_spec
    from ui.lines import print_lines

    try:
        return guide(
            lambda question: input(f"\n{question}\n> "),
            lambda words: print_lines([(len(words) - len(words.lstrip()), words.strip())]),
            spec=outcomes_spec(),
            literature=literature,
        )
    except EOFError:
        raise InputError("The answers ended before the framework was whole; nothing was kept. Start again with --new.") from None


def _kept(arguments: argparse.Namespace, assistant: Assistant, framework: Framework) -> str:
    import time

    from assistant.instruments.literature import Literature
    from assistant.instruments.outcomes.review import assess_outcomes
    from assistant.instruments.stamp import stamped
    from assistant.library.works import WorkStore

    assessment = stamped(
        assess_outcomes(framework, Literature(assistant.library)), assistant.library, started=time.perf_counter()
    )
    work = WorkStore(assistant.library.engine).save(
        "outcomes", title=framework.title, content=assessment.model_dump(mode="json"), work_id=arguments.update
    )
    return f"Kept as {work.id}, version {work.version}."


def _written(arguments: argparse.Namespace, review: FrameworkReview) -> str:
    from assistant.errors import InputError

    out = Path(arguments.out)
    if arguments.paths and arguments.paths != "-" and out.resolve() == Path(arguments.paths).resolve():
        raise InputError(f"{out.name} is the file that was read. Write to another one.")
    content = _content(arguments, out, review)
    try:
        out.write_bytes(content)
    except OSError as error:
        raise InputError(f"{out.name} cannot be written: {error.strerror}. Choose another place.") from None
    return f"Written to {out}."


def _content(arguments: argparse.Namespace, out: Path, review: FrameworkReview) -> bytes:
    ending = out.suffix.lower()
    if ending in {".yaml", ".yml"}:
        from assistant.instruments.outcomes.reading import example_text, write_yaml

        return (example_text(arguments.example) if arguments.example else write_yaml(review.framework)).encode()
    if ending == ".svg":
        from ui.framework_graph import graph_svg
        from ui.framework_tree import tree_svg

        draw = graph_svg if arguments.picture == "graph" else tree_svg
        return draw(review.framework, narrow=arguments.narrow).encode()
    name = EXPORTS[ending.removeprefix(".")]
    written: bytes | str = getattr(import_module(f"ui.export_framework_{name}"), f"framework_{name}")(review)
    return written.encode() if isinstance(written, str) else written

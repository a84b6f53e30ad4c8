"""The command `adviser`. Owns: its arguments, and turning errors into one line and an exit code. Does not own: what any command does.

Exit codes: 0 done (a refusal is an answer), 1 some files failed, 2 bad input, setting or library, 3 internal error.
Nothing heavy is imported here: each command's module is loaded when it is called.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

DONE, SOME_FAILED, BAD_INPUT, INTERNAL = 0, 1, 2, 3
PROBLEM = "ADVISER_TRACEBACK"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns its exit code; never raises, but for an interrupt, which ends with 130."""
    parser = build_parser()
    arguments = parser.parse_args(argv)
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        print("Stopped. What was reported as done is kept; run the command again to go on.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _run(arguments: argparse.Namespace) -> int:
    from assistant.errors import AdviserError, ModelFileError
    from assistant.settings import load_settings, unknown_settings

    _always_printable(json=getattr(arguments, "json", False))
    try:
        _require_text(arguments)
        settings = load_settings()
        for warning in unknown_settings():
            print(f"adviser: {warning}", file=sys.stderr)
        command = import_module(f"ui.commands.{arguments.command}")
        return int(command.run(arguments, settings))
    except ModelFileError as error:
        print(f"adviser: {_one_line(error)}", file=sys.stderr)
        return INTERNAL
    except AdviserError as error:
        print(f"adviser: {_one_line(error)}", file=sys.stderr)
        return BAD_INPUT
    except (KeyboardInterrupt, BrokenPipeError):
        raise
    except Exception as error:
        if os.environ.get(PROBLEM):
            raise
        print(
            f"adviser: something went wrong inside ({type(error).__name__}: {_one_line(error)[:200]}). "
            f"Nothing acknowledged was lost. Run `adviser doctor`; set {PROBLEM}=1 to see where.",
            file=sys.stderr,
        )
        return INTERNAL


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())


def _always_printable(*, json: bool) -> None:
    """JSON is UTF-8 wherever it goes; text shows '?' for a character the terminal's encoding lacks, rather than nothing at all."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if json and stream is sys.stdout:
                stream.reconfigure(encoding="utf-8")
            else:
                stream.reconfigure(errors="replace")


def _require_text(arguments: argparse.Namespace) -> None:
    """Refuse arguments that are not text in the terminal's encoding. File names may be anything, and are judged one by one."""
    from assistant.errors import InputError

    for name, value in vars(arguments).items():
        for each in value if isinstance(value, list) else [value]:
            if name not in {"paths", "folder"} and isinstance(each, str) and not _is_text(each):
                raise InputError(f"The {name} is not UTF-8 text: {each.encode('utf-8', 'replace').decode()[:80]}. Type it again, or send it as UTF-8.")


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def build_parser() -> argparse.ArgumentParser:
    """All commands with their arguments."""
    parser = argparse.ArgumentParser(
        prog="adviser",
        description="Answers implementation questions on mission-driven government from a curated library. "
        "Every sentence carries its evidence and an honest status.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _ask(commands.add_parser("ask", help="answer a question from the library"))
    _search(commands.add_parser("search", help="find passages in the library"))
    _ingest(commands.add_parser("ingest", help="add your own documents to the library"))
    _sources(commands.add_parser("sources", help="list, show or remove the library's sources"))
    _corpus(commands.add_parser("corpus", help="check the packaged corpus, or bring its embeddings up to date"))
    receipt = commands.add_parser("receipt", help="print what produced an answer")
    receipt.add_argument("id", help="the receipt's id, as printed under an answer")
    _json(receipt)
    _json(commands.add_parser("where", help="print where the library, the indexes and the settings are"))
    _serve(commands.add_parser("serve", help="open the chat in a browser, and the API under /v1"))
    doctor = commands.add_parser("doctor", help="check that library, indexes and model agree")
    doctor.add_argument("--repair", action="store_true", help="bring the library up to this version and rebuild what does not agree")
    _json(doctor)
    return parser


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")


def _filters(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--source", action="append", default=[], metavar="ID", help="only from this source (may be repeated)")
    parser.add_argument("--theme", action="append", default=[], metavar="THEME", help="only from sources with this theme (may be repeated)")


def _ask(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("question", help="the question, in quotation marks; - reads it from standard input")
    parser.add_argument("--depth", choices=("short", "full"), default="short", help="about five statements, or about twelve")
    _filters(parser)
    _json(parser)


def _search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", help="what to look for")
    parser.add_argument("-k", type=_positive, default=10, help="how many passages (10)")
    _filters(parser)
    _json(parser)


def _ingest(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files or folders; - reads a list of them from standard input")
    _json(parser)


def _sources(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", nargs="?", choices=("list", "show", "remove"), default="list")
    parser.add_argument("id", nargs="*", help="the source's id (for show and remove)")
    parser.add_argument("--kind", choices=("note", "case", "definition", "network", "framework", "worked_mission", "original"))
    parser.add_argument("--theme", help="only sources with this theme")
    parser.add_argument("--place", help="only sources whose place holds these words")
    parser.add_argument("--mine", action="store_true", help="only documents you ingested")
    _json(parser)


def _corpus(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("check", "embed"), help="check: hold the corpus to its rules; embed: renew the embeddings that ship with it")
    parser.add_argument("--folder", help="a corpus folder other than the one in use")
    _json(parser)


def _serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to serve (127.0.0.1: this machine only); others need ADVISER_SERVE_KEY")
    parser.add_argument("--port", type=_port, default=7860, help="port to serve (7860); 0 takes a free one")


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65_535:
        raise argparse.ArgumentTypeError("give a number from 0 to 65535")
    return number


def _positive(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 1000:
        raise argparse.ArgumentTypeError("give a number from 1 to 1000")
    return number


if __name__ == "__main__":
    sys.exit(main())

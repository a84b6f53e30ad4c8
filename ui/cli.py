"""The command `adviser`. Owns: its arguments, and turning errors into one line and an exit code. Does not own: what commands do.

Exit codes: 0 done (a refusal is an answer), 1 some files failed, 2 bad input, setting or library, 3 internal error.
Nothing heavy is imported here: each command's module is loaded when it is called.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

from assistant.process import prepare_process

DONE, SOME_FAILED, BAD_INPUT, INTERNAL = 0, 1, 2, 3
PROBLEM = "ADVISER_TRACEBACK"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns its exit code; never raises, but for an interrupt, which ends with 130."""
    prepare_process()
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


def entry() -> None:
    """The console script: run one command and end the process at once.

    All that a command promises is on disk when it returns; taking the interpreter and the indexes' libraries apart costs 0.2 s and nothing else.
    """
    try:
        code = main()
    except SystemExit as end:  # argparse's own way out
        code = end.code if isinstance(end.code, int) else BAD_INPUT
    with suppress(BrokenPipeError, ValueError):
        sys.stdout.flush()
    with suppress(BrokenPipeError, ValueError):
        sys.stderr.flush()
    os._exit(code)


def _run(arguments: argparse.Namespace) -> int:
    from assistant.errors import AdviserError, ModelFileError
    from assistant.settings import load_settings, unknown_settings

    _always_printable(json=getattr(arguments, "json", "--json" in getattr(arguments, "rest", ())))
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
    """JSON is UTF-8 wherever it goes; text shows '?' for a character the terminal lacks, rather than nothing at all."""
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
            if name not in {"paths", "folder", "draft", "pairs"} and isinstance(each, str) and not _is_text(each):
                raise InputError(
                    f"The {name} is not UTF-8 text: {each.encode('utf-8', 'replace').decode()[:80]}. "
                    "Type it again, or send it as UTF-8."
                )


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


class _ShowVersion(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from assistant.receipts import product_version

        print(f"adviser {product_version()}")
        parser.exit()


def build_parser() -> argparse.ArgumentParser:
    """All commands with their arguments."""
    parser = argparse.ArgumentParser(
        prog="adviser",
        description="Answers implementation questions on mission-driven government from a curated library. "
        "Every sentence carries its evidence and an honest status.",
    )
    parser.add_argument("--version", action=_ShowVersion, nargs=0, help="print the version and end")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _ask(commands.add_parser("ask", help="answer a question from the library"))
    _search(commands.add_parser("search", help="find passages in the library"))
    _ingest(commands.add_parser("ingest", help="add your own documents to the library"))
    _fetch(commands.add_parser("fetch", help="fetch the originals behind the library's notes, where their licence allows"))
    _sources(
        commands.add_parser(
            "sources", help="list, show or remove the library's sources, or share a person's uploads with everyone"
        )
    )
    _corpus(commands.add_parser("corpus", help="check the packaged corpus, or bring its embeddings up to date"))
    receipt = commands.add_parser("receipt", help="print what produced an answer")
    receipt.add_argument("id", help="the receipt's id, as printed under an answer")
    receipt.add_argument("--html", action="store_true", help="print it as a page to keep, print or send")
    receipt.add_argument("--out", metavar="FILE", help="write that page to a file")
    _json(receipt)
    _json(commands.add_parser("where", help="print where the library, the indexes and the settings are"))
    _assess(commands.add_parser("assess", help="is a mission right, is it only words, how mature are we, what should we measure"))
    brief = commands.add_parser("brief", help="write a brief whose every reference is checked", prefix_chars="\0", add_help=False)
    brief.add_argument("rest", nargs="*", metavar="WORDS")  # its own parsers read them: a topic's, or an action's
    _check(commands.add_parser("check", help="hold your own draft against the library, sentence by sentence"))
    _eval(commands.add_parser("eval", help="measure the assistant: suites, gate, comparison, report"))
    feedback = commands.add_parser("feedback", help="print what people said of answers, or what the library does not say")
    feedback.add_argument("--gaps", action="store_true", help="the questions that found no evidence, grouped")
    _json(feedback)
    _serve(commands.add_parser("serve", help="open the chat in a browser, and the API under /v1"))
    doctor = commands.add_parser("doctor", help="check that library, indexes and model agree")
    doctor.add_argument(
        "--repair", action="store_true", help="bring the library up to this version and rebuild what does not agree"
    )
    _json(doctor)
    return parser


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")


def _filters(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--source", action="append", default=[], metavar="ID", help="only from this source (may be repeated)")
    parser.add_argument(
        "--theme", action="append", default=[], metavar="THEME", help="only from sources with this theme (may be repeated)"
    )


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
    parser.add_argument(
        "--sync", action="store_true", help="also remove from the library the documents that have vanished from the folders named"
    )
    parser.add_argument("--password", metavar="PASSWORD", help="the password of encrypted PDFs")
    _json(parser)


def _fetch(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", nargs="*", metavar="ID", help="the note's id; `adviser sources` lists them")
    parser.add_argument("--all", action="store_true", help="all originals that the catalogue has an address for")
    parser.add_argument(
        "--allow-unknown-licence",
        action="store_true",
        help="also those whose licence the catalogue does not know: you answer for it",
    )
    _json(parser)


def _sources(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", nargs="?", choices=("list", "show", "remove", "share"), default="list")
    parser.add_argument("id", nargs="*", help="the source's id (for show, remove and share)")
    parser.add_argument("--kind", choices=("note", "case", "definition", "network", "framework", "worked_mission", "original"))
    parser.add_argument("--theme", help="only sources with this theme")
    parser.add_argument("--place", help="only sources whose place holds these words")
    parser.add_argument("--mine", action="store_true", help="only documents you ingested")
    _json(parser)


def _check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("draft", nargs="?", metavar="DRAFT", help="the draft to check: Word (.docx), Markdown or text")
    parser.add_argument(
        "--pairs", metavar="FILE", help='instead of a draft: JSON lines of {"id", "claim", "passages"}; no library is used'
    )
    parser.add_argument("--out", metavar="FILE", help="write the checked draft: .docx with comments, .md or .html as a table")
    _json(parser)


def _corpus(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        choices=("check", "embed"),
        help="check: hold the corpus to its rules; embed: renew the embeddings that ship with it",
    )
    parser.add_argument("--folder", help="a corpus folder other than the one in use")
    _json(parser)


def _serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to serve (127.0.0.1: this machine only); others need ADVISER_SERVE_KEY"
    )
    parser.add_argument("--port", type=_port, default=7860, help="port to serve (7860); 0 takes a free one")


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65_535:
        raise argparse.ArgumentTypeError("give a number from 0 to 65535")
    return number


def _assess(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "instrument",
        choices=("litmus", "washing", "maturity", "outcomes", "tools", "cases", "network", "list", "show", "delete"),
        help="which instrument, or what to do with what is kept; `adviser assess litmus --help` shows its own options",
    )
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="...", help="the instrument's own arguments")


def _eval(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "words", nargs="*", metavar="SUITE", help="suites to run (all); or: compare A B, report [RUN], runs, case RECEIPT"
    )
    parser.add_argument(
        "--set",
        default="dev",
        choices=("dev", "heldout", "all", "feedback"),
        help="which questions: dev to tune on, heldout to report on",
    )
    parser.add_argument(
        "--gate", action="store_true", help="run the fast subset of the held-out set and hold it to the floors; 1 when red"
    )
    parser.add_argument(
        "--file",
        metavar="FILE",
        help="JSON lines of question, answer, contexts: hold another assistant to the grounding measures",
    )
    parser.add_argument("--data", metavar="DIR", help="folder of public sets (grounding/, retrieval/, abstention/, injection/)")
    parser.add_argument("--sample", type=_positive, default=200, help="rows taken of each public set (200)")
    parser.add_argument("--out", metavar="DIR", help="where runs are kept")
    parser.add_argument("--resume", metavar="RUN", help="go on with a run that did not finish")
    parser.add_argument(
        "--with-model", action="store_true", help="let the configured chat model write the answers; its cost is printed first"
    )
    parser.add_argument(
        "--judge",
        type=_positive,
        metavar="VOTES",
        help="let the configured chat model judge the checker's pairs, this often each",
    )
    parser.add_argument("--budget", type=_positive, metavar="N", help="ask at most N questions; the rest is not scored")
    parser.add_argument("--reason", default="", help="with case: what was wrong with the answer")
    parser.add_argument(
        "--gold", action="append", default=[], metavar="ID", help="with case: a source that holds the answer (may be repeated)"
    )
    parser.add_argument(
        "--fact",
        action="append",
        default=[],
        metavar="TEXT",
        help="with case: words to be shown, alternatives parted by | (may be repeated)",
    )
    parser.add_argument("--should-refuse", action="store_true", help="with case: the question should have been refused")
    _json(parser)


def _positive(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 1000:
        raise argparse.ArgumentTypeError("give a number from 1 to 1000")
    return number


if __name__ == "__main__":
    entry()

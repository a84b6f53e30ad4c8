"""Ingest throughput beside the raw embedder's on the same passages, by format, with peak memory.

    python -m evals.bench.ingest [FOLDER] [--rounds 2] [--passages 2000] [--only "all text" …] [--made 100] [--growth 150]

Owns: choosing files, both timings, and printing them. Does not own: ingesting or embedding.

For each format, files of FOLDER are taken until they hold `--passages` passages; files with pages that another program was asked to
recognise, even if it found nothing there, are a format of their own. "all text" is every other file in one run; "all" a half of every
format, scans too. Each measurement is a process of its own; the two
kinds take turns, so that a busy machine slows both alike, and the ratio of their medians is printed. Ingest is timed from the first
file to the last acknowledgement: reading, embedding, catalogue and both indexes, into an empty library. The embedder gets just the
passages that such an ingest embeds, all in one call. `cpu` is the same ratio in processor time, which other work on the machine
hardly changes. `--made N`: the same for N made documents of each text format, so that it is not the start of a run that is measured where
real files are few. `--growth N`: peak memory of ingesting N made documents, and ten times as many.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from assistant.errors import FileRefusedError
from assistant.process import prepare_process
from assistant.settings import Settings
from evals.bench.made_documents import MAKERS, write_made

_ALL, _TEXT, _SCANS = "all", "all text", " scans"
_RECOGNISED = "text recognition"  # in the warnings of a file of which another program was asked to read pages, whether it found words or none


def main(arguments: list[str] | None = None) -> int:
    """Measure and print. Returns the exit code."""
    options = _parse(arguments)
    if options.task:
        prepare_process()
        task: dict[str, Any] = json.loads(sys.stdin.read())
        print(json.dumps(_embed(task["texts"]) if options.task == "embed" else _ingest(task["paths"])))
        return 0
    if options.growth:
        _growth(options.growth)
    if options.made:
        with tempfile.TemporaryDirectory(prefix="bench-made-") as scratch:
            write_made(Path(scratch), each=options.made)
            _formats(Path(scratch), rounds=options.rounds, most=options.passages)
    if options.folder:
        _formats(options.folder, rounds=options.rounds, most=options.passages, only=options.only)
    return 0


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals.bench.ingest", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, help="folder of documents")
    parser.add_argument("--rounds", type=int, default=2, help="how often each is measured (2)")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="FORMAT", help="lines to measure, such as pdf or 'all text' (every line)"
    )
    parser.add_argument("--passages", type=int, default=2000, help="passages taken of each format (2,000)")
    parser.add_argument("--made", type=int, default=0, metavar="N", help="measure N made documents of each text format too")
    parser.add_argument("--growth", type=int, default=0, metavar="N", help="memory at N made documents and at ten times as many")
    parser.add_argument("--task", choices=("embed", "ingest"), help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _formats(folder: Path, *, rounds: int, most: int, only: Sequence[str] = ()) -> None:
    """A line for each format, one for all that hold text and one for a mixture of all; `only` some of these, where it is given."""
    chosen = _choose(folder, most)
    chosen[_TEXT] = [pair for name, files in chosen.items() if not name.endswith(_SCANS) for pair in files]
    chosen[_ALL] = [pair for name, files in chosen.items() for pair in files[: max(1, len(files) // 2)] if name != _TEXT]
    print(
        f"{'format':10}{'files':>6}{'passages':>10}{'embedder /s':>13}{'ingest /s':>11}{'ratio':>7}{'cpu':>6}{'peak MB':>9}{'reader MB':>11}"
    )
    for name, files in chosen.items():
        if only and name not in only:
            continue
        texts = list(dict.fromkeys(text for _, found in files for text in found))
        raw, whole = [], []
        for _ in range(rounds):
            raw.append(_run("embed", {"texts": texts}))
            whole.append(_run("ingest", {"paths": [str(path) for path, _ in files]}))
        alone, both = (median(each["embedded"] / each["seconds"] for each in runs) for runs in (raw, whole))
        effort = median(each["cpu"] for each in raw) / median(each["cpu"] for each in whole)
        print(
            f"{name:10}{len(files):>6}{whole[0]['embedded']:>10}{alone:>13.1f}{both:>11.1f}{both / alone:>7.2f}{effort:>6.2f}"
            f"{max(each['peak'] for each in whole):>9.0f}{max(each['reader'] for each in whole):>11.0f}",
            flush=True,
        )


def _choose(folder: Path, most: int) -> dict[str, list[tuple[Path, list[str]]]]:
    """Files by format with the texts that the embedding model reads of each, until a format has enough."""
    from assistant.library.staged import embedding_views
    from ingest.describe import Given, file_source
    from ingest.paths import files_under
    from ingest.worker import Reader

    chosen: dict[str, list[tuple[Path, list[str]]]] = {}
    counts: dict[str, int] = {}
    with Reader(seconds=60) as reader:
        for path in files_under([str(folder)]):
            try:
                found = reader.read(path, source_id=path.stem, source_hash="")
            except FileRefusedError:
                continue
            name = found.facts["format"] + (_SCANS if any(_RECOGNISED in each for each in found.facts["warnings"]) else "")
            if counts.get(name, 0) >= most:
                continue
            source = file_source(path, path.stem, found, given=Given(), alike=None)
            chosen.setdefault(name, []).append((path, [view for p in found.passages for view in embedding_views(source, p)]))
            counts[name] = counts.get(name, 0) + len(found.passages)
    return dict(sorted(chosen.items()))


def _growth(size: int) -> None:
    """Peak memory at one size and at ten times that."""
    with tempfile.TemporaryDirectory(prefix="bench-growth-") as scratch:
        write_made(Path(scratch), each=-(-10 * size // len(MAKERS)))
        paths = [str(path) for path in sorted(Path(scratch).iterdir())]
        for count in (size, 10 * size):
            done = _run("ingest", {"paths": paths[:count]})
            print(
                f"{count:>6} documents, {done['embedded']:>6} passages: peak {done['peak']:.0f} MB, "
                f"reader {done['reader']:.0f} MB, {done['embedded'] / done['seconds']:.1f} passages/s",
                flush=True,
            )


def _run(task: str, given: dict[str, Sequence[str]]) -> dict[str, float]:
    command = [sys.executable, "-m", "evals.bench.ingest", "--task", task]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _embed(texts: Sequence[str]) -> dict[str, float]:
    from assistant.index.embedder import Embedder

    embedder = Embedder()
    embedder.embed(texts[:8])
    started, before = time.perf_counter(), _cpu()
    embedder.embed(texts)
    return {"embedded": len(texts), "seconds": time.perf_counter() - started, "cpu": _cpu() - before, **_peaks()}


def _ingest(paths: Sequence[str]) -> dict[str, float]:
    from ingest.packaged import build_packaged_library
    from ingest.run import ingest_files

    with tempfile.TemporaryDirectory(prefix="bench-ingest-") as home:
        settings = Settings(home=Path(home), corpus="none")
        build_packaged_library(settings)
        before = _cpu()
        report = ingest_files(settings, [Path(path) for path in paths])
    return {"embedded": report.embedded, "seconds": report.seconds, "cpu": _cpu() - before, **_peaks()}


def _cpu() -> float:
    """Processor seconds of this process and of those that it started and that have ended."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in spent)


def _peaks() -> dict[str, float]:
    """Peak memory in MB of this process, and of the largest process that it started."""
    own, started = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {"peak": own, "reader": started}


if __name__ == "__main__":
    sys.exit(main())

"""What the two trials by SIGKILL share.

Owns: the documents, running the command and killing it, and looking at the library afterwards in a process of its own that only
reads (`python -m evals.killing HOME`). Does not own: what changes between runs, or what must have held (see `kill_ingest.py`,
`kill_sync.py`).
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ADVISER = (sys.executable, "-m", "ui.cli")
INSPECT = (sys.executable, "-m", "evals.killing")
SAID = {"added", "replaced", "unchanged", "removed"}
LONGEST_LOOK = 900  # seconds, on a machine that has much else to do
TRADES = ("bakers", "coopers", "drovers", "farriers", "glaziers", "hatters", "joiners", "masons", "potters", "weavers")


@dataclass(frozen=True)
class Run:
    """One run of the command: what it acknowledged as (status, file name), and how it ended. `code`: negative when a signal ended it."""

    code: int
    reported: list[tuple[str, str]]
    seconds: float
    errors: str


def environment_of(home: Path) -> dict[str, str]:
    """The environment of a run on a library of its own, without the packaged corpus."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ADVISER_")}
    own = {"ADVISER_HOME": str(home), "ADVISER_CORPUS": "none", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return kept | own


def write(folder: Path, name: str, version: int) -> None:
    """Write a version of a document: its first and last lines name it, so that a part of it can be told from the whole."""
    chance = random.Random(f"{name} {version}")  # noqa: S311 - documents, not secrets
    parts = [f"# Report of {name}", f"Report {name} begins at version {version}."]
    for number in range(3):
        trade = chance.choice(TRADES)
        parts += [
            f"## Chapter {number + 1}",
            " ".join(
                f"In {chance.randint(1500, 1999)} the {trade} of {name} sold {chance.randint(2, 900)} crates." for _ in range(4)
            ),
        ]
    parts.append(f"Report {name} ends at version {version}.")
    path = folder / f"{name}.md"
    beside = path.with_suffix(".part")
    beside.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    beside.replace(path)


def ingest(folder: Path, environment: dict[str, str], *options: str, kill_after: float | None, limit: float) -> Run:
    """Run `adviser ingest`; end it with SIGKILL after so many seconds, or after `limit` when it does not end by itself."""
    started = time.monotonic()
    command = [*ADVISER, "ingest", *options, str(folder)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    timer = threading.Timer(limit if kill_after is None else min(kill_after, limit), process.kill)
    timer.start()
    out, err = process.communicate()
    timer.cancel()
    lines = out.splitlines() if out.endswith("\n") else out.splitlines()[:-1]  # a line cut off by the kill says nothing
    words = [line.split() for line in lines]
    reported = [(each[0], Path(each[1]).stem) for each in words if len(each) > 1 and each[0] in SAID]
    return Run(process.returncode, reported, time.monotonic() - started, err)


def inspect(home: Path) -> dict[str, object]:
    """The library as a newly started process finds it: the version each source answers from, and all that is wrong with it."""
    from assistant import open_assistant
    from assistant.settings import load_settings

    assistant = open_assistant(load_settings(home=home))
    library = assistant.library
    problems, versions = [], {}
    for source_id in library.sources():
        text, passages = library.source_text(source_id), library.passages_of(source_id)
        first = f"Report {source_id} begins at version "
        version = text.partition(first)[2].partition(".")[0]
        versions[source_id] = int(version) if version.isdigit() else -1
        vectors, _ = library.vectors_by_passage([p.id for p in passages])
        whole = (
            version.isdigit()
            and text.endswith(f"Report {source_id} ends at version {version}.")
            and [p.ordinal for p in passages] == list(range(len(passages)))
            and all(text[p.start : p.end] == p.text for p in passages)
            and sum(len(p.text) for p in passages) + 2 * (len(passages) - 1) == len(text)
            and len(vectors) == len(passages)
        )
        if not whole:
            problems.append(f"half-done: {source_id}")
    report = assistant.index.verify()
    if report.missing_vectors or report.missing_words:
        problems.append(f"behind: {report.missing_vectors} vectors and {report.missing_words} words are missing")
    ready = set(library.passage_ids())
    for trade in TRADES[:3]:
        found = assistant.search(f"crates sold by the {trade}", k=50)
        problems += [f"half-done: {each.passage_id} answers and is not ready" for each in found if each.passage_id not in ready]
        if ready and not found:
            problems.append(f"lost: nothing is found for {trade}")
    return {"versions": versions, "problems": problems, "ahead": report.extra_vectors + report.extra_words}


def look(home: Path, environment: dict[str, str]) -> dict[str, object]:
    """`inspect` in a process of its own: this one must not share what it has open."""
    done = subprocess.run(
        [*INSPECT, str(home)], env=environment, capture_output=True, text=True, timeout=LONGEST_LOOK, check=False
    )
    if done.returncode != 0:
        return {"versions": {}, "problems": [f"the library cannot be opened: {done.stderr.strip()[-400:]}"], "ahead": 0}
    found: dict[str, object] = json.loads(done.stdout)
    return found


def found_in(found: dict[str, object]) -> tuple[dict[str, int], list[str]]:
    """The version that each source answers from, and what was wrong, of what `look` found."""
    versions, problems = found["versions"], found["problems"]
    assert isinstance(versions, dict)
    assert isinstance(problems, list)
    return versions, [str(problem) for problem in problems]


def doctor_says(environment: dict[str, str]) -> list[str]:
    """What the doctor finds wrong; nothing when it is content."""
    done = subprocess.run(
        [*ADVISER, "doctor"], env=environment, capture_output=True, text=True, timeout=LONGEST_LOOK, check=False
    )
    return [] if done.returncode == 0 else [f"the doctor is not content: {done.stdout}{done.stderr}"]


def ended_by_itself(run: Run) -> list[str]:
    """What is wrong with a run that failed without being killed."""
    return [f"the command failed by itself with {run.code}: {run.errors.strip()[-300:]}"] if run.code > 0 else []


def main(arguments: Sequence[str]) -> int:
    """Look at the library in a folder and print what is found."""
    print(json.dumps(inspect(Path(arguments[0]))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

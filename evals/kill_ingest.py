"""Kill an ingest with SIGKILL at random moments and see that nothing acknowledged is lost and nothing half-done answers.

    python -m evals.kill_ingest [--kills 20] [--files 300] [--seed 7] [--limit 900]

Owns: making the files, the kills, and judging the library after each one, in a process of its own that only reads.
Does not own: ingesting.

Each round changes some of the files, starts `adviser ingest` on all of them and kills it at a random moment of the time
that a whole run takes. After each kill:

- every file that a run reported as added or replaced answers, from the version reported or from a newer one (lost otherwise);
- every source that answers is whole: its first and last lines, its passages in order and at their offsets, a vector for each
  (half-done otherwise);
- both indexes hold every passage of the catalogue (behind otherwise); what they hold beyond it never answers.

The last run is left to end: it must report no failure, every file must answer from its newest version, and `adviser doctor`
must be content.
The last line printed is a summary. Exit code 0 when all held, 1 when something did not, 2 when the time limit was reached.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

ADVISER = (sys.executable, "-m", "ui.cli")
INSPECT = (sys.executable, "-m", "evals.kill_ingest", "--inspect")
STATUSES = {"added", "replaced", "unchanged"}
TRADES = ("bakers", "coopers", "drovers", "farriers", "glaziers", "hatters", "joiners", "masons", "potters", "weavers")
SHARE_CHANGED = 0.4


@dataclass
class Expected:
    """What the runs so far have acknowledged: file name to the version that was on disk when it was reported."""

    versions: dict[str, int] = field(default_factory=dict)
    acknowledged: dict[str, int] = field(default_factory=dict)


@dataclass
class Run:
    """One run of the command: what it acknowledged, and how it ended. `code`: negative when a signal ended it."""

    code: int
    reported: list[tuple[str, str]]
    seconds: float
    errors: str


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


def ingest(folder: Path, environment: dict[str, str], *, kill_after: float | None, limit: float) -> Run:
    """Run `adviser ingest`; end it with SIGKILL after so many seconds, or after `limit` when it does not end by itself."""
    started = time.monotonic()
    command = [*ADVISER, "ingest", str(folder)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    timer = threading.Timer(limit if kill_after is None else min(kill_after, limit), process.kill)
    timer.start()
    out, err = process.communicate()
    timer.cancel()
    lines = out.splitlines() if out.endswith("\n") else out.splitlines()[:-1]  # a line cut off by the kill says nothing
    words = [line.split() for line in lines]
    reported = [(each[0], Path(each[1]).stem) for each in words if len(each) > 1 and each[0] in STATUSES]
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
    done = subprocess.run([*INSPECT, str(home)], env=environment, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode != 0:
        return {"versions": {}, "problems": [f"the library cannot be opened: {done.stderr.strip()[-400:]}"], "ahead": 0}
    found: dict[str, object] = json.loads(done.stdout)
    return found


def judge(found: dict[str, object], expected: Expected, *, at_end: bool) -> list[str]:
    """What is wrong with the library as it was found."""
    versions, problems = found["versions"], found["problems"]
    assert isinstance(versions, dict)
    assert isinstance(problems, list)
    wrong = [str(problem) for problem in problems]
    for name, version in (expected.versions if at_end else expected.acknowledged).items():
        if versions.get(name, 0) < version:
            wrong.append(f"lost: {name} was acknowledged at version {version} and answers from {versions.get(name, 'nothing')}")
    return wrong + [f"invented: {name}" for name in versions if name not in expected.versions]


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """The script's own arguments."""
    parser = argparse.ArgumentParser(prog="python -m evals.kill_ingest", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=20, help="how many runs to kill (20)")
    parser.add_argument("--files", type=int, default=300, help="how many files to ingest (300)")
    parser.add_argument("--seed", type=int, default=7, help="seed of the moments and of what changes (7)")
    parser.add_argument("--limit", type=float, default=900, help="longest time for everything, in seconds (900)")
    parser.add_argument("--inspect", type=Path, metavar="HOME", help="only print what the library in HOME holds, as JSON")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Run the whole trial. Returns the exit code."""
    options = parse(arguments)
    if options.inspect is not None:
        print(json.dumps(inspect(options.inspect)))
        return 0
    with tempfile.TemporaryDirectory(prefix="kill-ingest-") as scratch:
        return trial(Path(scratch), kills=options.kills, files=options.files, seed=options.seed, limit=options.limit)


def trial(scratch: Path, *, kills: int, files: int, seed: int, limit: float) -> int:
    """Kill `kills` runs, then let one end. Prints a line for each and a summary."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    started = time.monotonic()
    folder, home = scratch / "files", scratch / "home"
    folder.mkdir()
    expected = Expected(versions={f"parish-{n}": 1 for n in range(files)})
    for name in expected.versions:
        write(folder, name, 1)
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ADVISER_")}
    environment = kept | {
        "ADVISER_HOME": str(home),
        "ADVISER_CORPUS": "none",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    whole = ingest(folder, environment | {"ADVISER_HOME": str(scratch / "measured")}, kill_after=None, limit=limit).seconds
    print(f"A run of {files} files that nobody kills takes {whole:.1f} s.")

    wrong: list[str] = []
    killed = in_the_middle = ahead = rounds = 0
    while killed < kills:
        rounds += 1
        if time.monotonic() - started > limit or rounds > 4 * kills:
            print(f"kill_ingest: the limit was reached after {killed} of {kills} kills; problems: {len(wrong)}")
            return 2
        run = ingest(folder, environment, kill_after=chance.uniform(0.05, 1.0) * whole, limit=limit)
        if run.code >= 0 and run.code != 0:
            wrong.append(f"the command failed by itself with {run.code}: {run.errors.strip()[-300:]}")
        if run.code >= 0:
            whole = run.seconds  # the machine is faster now than when it was measured: kill sooner
        killed += run.code < 0
        in_the_middle += run.code < 0 and bool(run.reported)
        acknowledge(expected, run)
        found = look(home, environment)
        problems = judge(found, expected, at_end=False)
        ahead += bool(found["ahead"])
        wrong += problems
        how = "killed" if run.code < 0 else "ended "
        print(
            f"{killed:>3}  {how} after {run.seconds:5.1f} s, {len(run.reported):>4} files reported, "
            f"{len(expected.acknowledged)} held, {len(problems)} problems"
        )
        for name in chance.sample(sorted(expected.versions), int(SHARE_CHANGED * files)) if run.reported else []:
            expected.versions[name] += 1
            write(folder, name, expected.versions[name])

    last = ingest(folder, environment, kill_after=None, limit=max(60.0, limit - (time.monotonic() - started)))
    acknowledge(expected, last)
    if last.code != 0 or len(last.reported) != files:
        wrong.append(
            f"the last run ended with {last.code} and reported {len(last.reported)} of {files} files: {last.errors[-200:]}"
        )
    wrong += judge(look(home, environment), expected, at_end=True)
    doctor = subprocess.run([*ADVISER, "doctor"], env=environment, capture_output=True, text=True, timeout=120, check=False)
    if doctor.returncode != 0:
        wrong.append(f"the doctor is not content: {doctor.stdout}{doctor.stderr}")
    for problem in wrong[:20]:
        print(f"problem: {problem}")
    print(
        f"kill_ingest: {'FAILED' if wrong else 'held'}: {killed} kills ({in_the_middle} after some files were reported, "
        f"{ahead} left an index ahead), {files} files, seed {seed}; problems: {len(wrong)}; "
        f"the last run reported {len(last.reported)} files; {time.monotonic() - started:.0f} s"
    )
    return 1 if wrong else 0


def acknowledge(expected: Expected, run: Run) -> None:
    """Note what a run reported: the version on disk is acknowledged."""
    for _, name in run.reported:
        expected.acknowledged[name] = expected.versions[name]


if __name__ == "__main__":
    sys.exit(main())

"""Kill an ingest with SIGKILL at random moments and see that nothing acknowledged is lost and nothing half-done answers.

    python -m evals.kill_ingest [--kills 20] [--files 300] [--seed 7] [--limit 900]

Owns: what changes between runs, and judging the library after each one. Does not own: the documents, the kill and the look at the
library (see `killing.py`), or ingesting.

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
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from evals.killing import Run, doctor_says, ended_by_itself, environment_of, found_in, ingest, look, write

SHARE_CHANGED = 0.4


@dataclass
class Expected:
    """What the runs so far have acknowledged: file name to the version that was on disk when it was reported."""

    versions: dict[str, int] = field(default_factory=dict)
    acknowledged: dict[str, int] = field(default_factory=dict)


def judge(found: dict[str, object], expected: Expected, *, at_end: bool) -> list[str]:
    """What is wrong with the library as it was found."""
    versions, wrong = found_in(found)
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
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Run the whole trial. Returns the exit code."""
    options = parse(arguments)
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
    environment = environment_of(home)
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
        wrong += ended_by_itself(run)
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
            f"{len(expected.acknowledged)} held, {len(problems)} problems",
            *problems,
            sep="\n     ",
            flush=True,
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
    wrong += doctor_says(environment)
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

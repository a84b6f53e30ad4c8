"""Kill `adviser ingest --sync` with SIGKILL at random moments while files come, change and go.

    python -m evals.kill_sync [--kills 20] [--files 120] [--seed 3] [--limit 900]

Owns: the coming and going of files, and judging what a sync must have done. Does not own: the documents, the kill and the look at the
library afterwards, which are those of `evals.kill_ingest`.

Before each round some files are removed, some changed and some put back. After each kill:

- what a run reported as added, replaced or unchanged answers, if no later run was told that it is gone (lost otherwise);
- what a run reported as removed does not answer, unless a later run may have brought it back (risen otherwise);
- every source that answers is whole, and both indexes hold every passage (as `kill_ingest` judges).

The last run is left to end: then the library holds just the files that are there, each from its newest version, and `adviser doctor` is
content. Exit code 0 when all held, 1 when something did not, 2 when the time limit was reached.
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


@dataclass
class World:
    """What lies in the folder (name to version), and what runs have acknowledged: a version, or None for removed."""

    there: dict[str, int] = field(default_factory=dict)
    newest: dict[str, int] = field(default_factory=dict)
    acknowledged: dict[str, int | None] = field(default_factory=dict)


def stir(folder: Path, world: World, chance: random.Random) -> None:
    """Remove, change and put back some files; never all of them."""
    for name in world.newest:
        fate = chance.random()
        if name in world.there and fate < 0.15 and len(world.there) > 3:
            (folder / f"{name}.md").unlink()
            del world.there[name]
            world.acknowledged.pop(name, None)  # a run that is killed before it says so may have removed it
        elif fate < (0.45 if name in world.there else 0.5):
            world.newest[name] += 1
            if world.acknowledged.get(name, 0) is None:  # a run that is killed before it says so may bring it back
                del world.acknowledged[name]
            world.there[name] = world.newest[name]
            write(folder, name, world.newest[name])


def acknowledge(world: World, run: Run) -> None:
    """Note what a run reported of the files as they lay there."""
    for status, name in run.reported:
        world.acknowledged[name] = None if status == "removed" else world.there.get(name)


def judge(found: dict[str, object], world: World, *, at_end: bool) -> list[str]:
    """What is wrong with the library as it was found."""
    versions, wrong = found_in(found)
    if at_end:
        wrong += [f"risen: {name} is gone and answers" for name in versions if name not in world.there]
        wrong += [f"lost: {n} answers from {versions.get(n)}, not {v}" for n, v in world.there.items() if versions.get(n) != v]
        return wrong
    for name, version in world.acknowledged.items():
        if version is None and name in versions and name not in world.there:
            wrong.append(f"risen: {name} was removed and answers")
        if version is not None and name in world.there and versions.get(name, 0) < version:
            wrong.append(f"lost: {name} was acknowledged at version {version} and answers from {versions.get(name, 'nothing')}")
    return wrong


def trial(scratch: Path, *, kills: int, files: int, seed: int, limit: float) -> int:
    """Kill `kills` runs, then let one end. Prints a line for each and a summary."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    started = time.monotonic()
    folder, home = scratch / "files", scratch / "home"
    folder.mkdir()
    world = World(newest=dict.fromkeys((f"parish-{n}" for n in range(files)), 0))
    for name in world.newest:
        world.newest[name] = world.there[name] = 1
        write(folder, name, 1)
    environment = environment_of(home)
    whole = ingest(
        folder, environment | {"ADVISER_HOME": str(scratch / "measured")}, "--sync", kill_after=None, limit=limit
    ).seconds
    print(f"A run of {files} files that nobody kills takes {whole:.1f} s.")
    wrong: list[str] = []
    killed = removals = rounds = 0
    while killed < kills:
        rounds += 1
        if time.monotonic() - started > limit or rounds > 4 * kills:
            print(f"kill_sync: the limit was reached after {killed} of {kills} kills; problems: {len(wrong)}")
            return 2
        run = ingest(folder, environment, "--sync", kill_after=chance.uniform(0.1, 1.0) * whole, limit=limit)
        wrong += ended_by_itself(run)
        if run.code >= 0:
            whole = max(0.5, run.seconds)  # a smaller run, or a faster machine: kill sooner
        killed += run.code < 0
        removals += sum(status == "removed" for status, _ in run.reported)
        acknowledge(world, run)
        problems = judge(look(home, environment), world, at_end=False)
        wrong += problems
        how = "killed" if run.code < 0 else "ended "
        print(
            f"{killed:>3}  {how} after {run.seconds:5.1f} s, {len(run.reported):>4} files reported, {len(problems)} problems",
            *problems,
            sep="\n     ",
            flush=True,
        )
        stir(folder, world, chance)
    wrong += _last(folder, world, environment, limit=max(60.0, limit - (time.monotonic() - started)))
    for problem in wrong[:20]:
        print(f"problem: {problem}")
    print(
        f"kill_sync: {'FAILED' if wrong else 'held'}: {killed} kills, {removals} removals reported before the last run, "
        f"{files} files, seed {seed}; problems: {len(wrong)}; {time.monotonic() - started:.0f} s"
    )
    return 1 if wrong else 0


def _last(folder: Path, world: World, environment: dict[str, str], *, limit: float) -> list[str]:
    """What is wrong after a run that nobody kills, and what the doctor says."""
    wrong = []
    last = ingest(folder, environment, "--sync", kill_after=None, limit=limit)
    if last.code != 0:
        wrong.append(f"the last run ended with {last.code}: {last.errors[-200:]}")
    wrong += judge(look(Path(environment["ADVISER_HOME"]), environment), world, at_end=True)
    return wrong + doctor_says(environment)


def main(arguments: list[str] | None = None) -> int:
    """Run the whole trial. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m evals.kill_sync", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=20, help="how many runs to kill (20)")
    parser.add_argument("--files", type=int, default=120, help="how many files to ingest (120)")
    parser.add_argument("--seed", type=int, default=3, help="seed of the moments and of what changes (3)")
    parser.add_argument("--limit", type=float, default=900, help="longest time for everything, in seconds (900)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="kill-sync-") as scratch:
        return trial(Path(scratch), kills=options.kills, files=options.files, seed=options.seed, limit=options.limit)


if __name__ == "__main__":
    sys.exit(main())

"""A small run of the killing trial of `--sync`; the whole one is `python -m evals.kill_sync`."""

from __future__ import annotations

import subprocess
import sys

from evals.kill_sync import World, judge


def test_killing_a_sync_loses_nothing_acknowledged_and_brings_nothing_removed_back() -> None:
    command = [sys.executable, "-P", "-m", "evals.kill_sync", "--kills", "3", "--files", "30", "--seed", "5", "--limit", "150"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].startswith("kill_sync: held: 3 kills")


def test_the_trial_would_see_a_loss_and_a_removed_file_that_answers() -> None:
    world = World(there={"a": 2, "b": 1}, newest={"a": 2, "b": 1, "c": 1}, acknowledged={"a": 2, "c": None})
    found = {"versions": {"a": 1, "c": 1}, "problems": ["half-done: a"]}
    assert [line.partition(":")[0] for line in judge(found, world, at_end=False)] == ["half-done", "lost", "risen"]
    assert [line.partition(":")[0] for line in judge(found, world, at_end=True)] == ["half-done", "risen", "lost", "lost"]
    assert judge({"versions": {"a": 2, "b": 1}, "problems": []}, world, at_end=True) == []

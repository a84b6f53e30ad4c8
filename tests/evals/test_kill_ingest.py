"""A small run of the killing trial; the whole one is `python -m evals.kill_ingest`."""

from __future__ import annotations

import subprocess
import sys

from evals.kill_ingest import Expected, judge


def test_killing_an_ingest_loses_nothing_acknowledged_and_shows_nothing_half_done() -> None:
    command = [sys.executable, "-P", "-m", "evals.kill_ingest", "--kills", "3", "--files", "40", "--seed", "11", "--limit", "150"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].startswith("kill_ingest: held: 3 kills")


def test_the_trial_would_see_a_loss_a_half_done_source_and_an_old_version() -> None:
    expected = Expected(versions={"a": 2, "b": 1, "c": 3}, acknowledged={"a": 1, "b": 1})
    found = {"versions": {"a": 1, "x": 1}, "problems": ["half-done: a"], "ahead": 0}
    assert [line.partition(":")[0] for line in judge(found, expected, at_end=False)] == ["half-done", "lost", "invented"]
    assert [line.partition(":")[0] for line in judge(found, expected, at_end=True)] == [
        "half-done",
        "lost",
        "lost",
        "lost",
        "invented",
    ]
    assert judge({"versions": {"a": 2, "b": 1}, "problems": [], "ahead": 3}, expected, at_end=False) == []

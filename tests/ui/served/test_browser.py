"""The product in a real, headless browser, and under many chats at once.

Each journey is a process of its own: sockets are refused in this one.

REQUIRE_BROWSER=1 (as `.ci/run` sets it) makes a missing browser a failure. SCREENSHOTS names a folder that keeps the pictures.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

HERE = Path(__file__).parent
MISSING = [name for name in ("chromium", "chromedriver") if shutil.which(name) is None] + (
    [name for name in ("selenium", "axe_playwright_python") if find_spec(name) is None]
)
REQUIRED = os.environ.get("REQUIRE_BROWSER") == "1"
needs_browser = pytest.mark.skipif(
    bool(MISSING) and not REQUIRED,
    reason=f"no browser ({', '.join(MISSING)} missing) apt-get install chromium chromium-driver; pip install '.[dev]'",
)


def free() -> dict[str, str]:
    """An environment in which sockets of this machine may be used: the browser itself can reach nothing else."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def start(home: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-P", "-m", "ui.cli", "serve", "--port", "0", *arguments]
    return subprocess.Popen(command, env=free(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=home.parent)


@needs_browser
@pytest.mark.parametrize("journey", ["looks", "keyboard", "hostile", "own", "waiting", "sessions"])
def test_journey(journey: str, packaged_home: Path, tmp_path: Path) -> None:
    assert not MISSING, f"a browser is required and {', '.join(MISSING)} is not there"
    pictures = Path(os.environ.get("SCREENSHOTS", tmp_path / "pictures"))
    pictures.mkdir(parents=True, exist_ok=True)
    script = ["looks.py"] if journey == "looks" else ["journeys.py", journey]
    command = [sys.executable, str(HERE / script[0]), *script[1:], str(packaged_home), str(pictures)]
    done = subprocess.run(command, env=free(), capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr[-4000:]


def test_the_server_says_where_it_is_and_stops_when_told(packaged_home: Path) -> None:
    process = start(packaged_home)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
    finally:
        process.terminate()
        _, complaints = process.communicate(timeout=30)
    assert line.split(" ready at ")[1].startswith("http://127.0.0.1:")
    assert complaints == ""


def test_many_chats_at_once_are_answered_and_none_sees_anothers(packaged_home: Path) -> None:
    """Twenty chats through the API and through the page's own queue, each with a document of its own: the bench of `evals`, which fails where one
    crosses into another."""
    command = [sys.executable, "-P", "-m", "evals.bench.serve", "--home", str(packaged_home), "--rounds", "1"]
    done = subprocess.run(
        [*command, "--only", "together,apart"], env=free(), capture_output=True, text=True, timeout=600, cwd=packaged_home.parent
    )
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    together, apart = (json.loads(line) for line in done.stdout.splitlines())
    for door in ("api", "page"):
        assert together[door]["questions"] == 20
        assert together[door]["with_a_sentence"] >= 17
    assert apart["answers"] == 60


def test_other_machines_are_served_only_with_a_key(packaged_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for key, said in (("", "ADVISER_SERVE_KEY"), ("short", "shorter than 16")):
        monkeypatch.setenv("ADVISER_SERVE_KEY", key)
        process = start(packaged_home, "--host", "0.0.0.0")
        _, complaint = process.communicate(timeout=60)
        assert process.returncode == 2
        assert said in complaint
        assert len(complaint.splitlines()) == 1


def test_a_port_in_use_is_said_in_one_line(packaged_home: Path) -> None:
    first = start(packaged_home)
    try:
        assert first.stdout is not None
        port = first.stdout.readline().split(" ready at ")[1].split()[0].rstrip("/").rpartition(":")[2]
        command = [sys.executable, "-P", "-m", "ui.cli", "serve", "--port", port]
        second = subprocess.run(command, env=free(), capture_output=True, text=True, timeout=60, cwd=packaged_home.parent)
    finally:
        first.terminate()
        first.communicate(timeout=20)
    assert second.returncode == 2
    assert "cannot be used" in second.stderr
    assert len(second.stderr.splitlines()) == 1

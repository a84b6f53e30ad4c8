"""The command `adviser` as a person runs it: in a process of its own. Owns: starting it and what came back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

COMMAND = (sys.executable, "-P", "-m", "ui.cli")
LONGEST = 120


@dataclass(frozen=True)
class Ran:
    """What a finished command gave."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Standard output as JSON; nothing but JSON may stand there."""
        return json.loads(self.out)

    def one_line(self) -> str:
        """The one line on standard error. Fails when there is not exactly one."""
        lines = self.err.splitlines()
        assert len(lines) == 1, f"{len(lines)} lines on standard error: {self.err!r}"
        assert lines[0].strip()
        assert "Traceback" not in self.err
        return lines[0]


def run(*arguments: str | bytes, given: bytes | None = None, environment: dict[str, str] | None = None, **options: Any) -> Ran:
    """Run `adviser` with these arguments to its end."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        input=given,
        stdin=subprocess.DEVNULL if given is None else None,
        capture_output=True,
        timeout=LONGEST,
        env={**os.environ, **(environment or {})},
        **options,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))


def start(*arguments: str, environment: dict[str, str] | None = None) -> subprocess.Popen[str]:
    """Start `adviser` and do not wait for it."""
    return subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(environment or {})},
    )

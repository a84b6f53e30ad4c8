"""If the README says it, a test runs it: its questions are asked, its answers and its refusal compared line by line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from command import run

README = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")
TRANSCRIPTS = re.findall(r"```console\n\$ adviser ask \"([^\"]+)\"\n(.*?)\n```", README, re.S)


def unwrapped(text: str) -> str:
    return "".join(text.split())  # a long address wraps where the terminal ends


def test_the_readme_shows_one_answer_and_one_refusal() -> None:
    assert len(TRANSCRIPTS) == 2
    assert "▪ quoted" in TRANSCRIPTS[0][1]
    assert "The library does not say." in TRANSCRIPTS[1][1]


@pytest.mark.parametrize(("question", "shown"), TRANSCRIPTS, ids=["answer", "refusal"])
def test_the_readme_s_transcripts_are_what_the_command_prints(question: str, shown: str, packaged_home: Path) -> None:
    done = run("ask", question)
    assert done.code == 0
    assert unwrapped(done.out).startswith(unwrapped(shown))


def test_the_two_commands_are_those_that_the_checks_run() -> None:
    assert 'python3 -m pip install . && adviser ask "How do we avoid mission-washing?"' in README
    assert "python3 -m pip install '.[dev]' && python3 -m pytest" in README
    script = (Path(__file__).resolve().parent.parent / ".ci" / "run").read_text(encoding="utf-8")
    assert "python3 -m pip install --quiet '.[dev]'" in script
    assert "python3 -m pytest" in script
    assert 'adviser" ask "How do we avoid mission-washing?"' in script


def test_every_command_of_the_readme_s_table_exists() -> None:
    helped = run("--help").out
    named = set(re.findall(r"^\| `adviser (\w+)", README, re.M)) | {"doctor"}
    assert len(named) >= 9
    assert all(re.search(rf"^\s+{name}\b", helped, re.M) for name in named)


def test_the_readme_s_python_runs(packaged_home: Path) -> None:
    code = re.search(r"```python\n(.*?)```", README, re.S)
    assert code is not None
    shown: dict[str, object] = {}
    exec(compile(code.group(1), "README.md", "exec"), shown)
    assert shown["answer"].sentences  # type: ignore[attr-defined]

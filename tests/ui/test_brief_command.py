"""`adviser brief`, as a person uses it: one process that does the work of each command in turn."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.docx_reading import read_word_file
from ui.cli import main
from ui.commands.brief import ACTIONS


class Typed:
    """Commands typed one after the other; what each printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: str, code: int = 0) -> str:
        found = main(["brief", *words])
        said = self._capsys.readouterr()
        assert found == code, said.err
        return said.out + said.err

    def json(self, *words: str) -> Any:
        return json.loads(self(*words, "--json"))


@pytest.fixture
def typed(packaged_home: Path, capsys: pytest.CaptureFixture[str]) -> Typed:
    return Typed(capsys)


def test_a_brief_is_made_shown_changed_reviewed_and_exported(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("Client: Leeds City Council\nDecision: Fund it?\n\nRough sleeping has risen.\n", "utf-8")
    made = typed.json(
        "--template", "ministerial-note", "Housing First", "--client-file", "notes.md", "--out", "a.docx", "--references", "a.ris"
    )
    brief_id = made["id"]
    assert made["brief"]["request"]["client"] == "Leeds City Council"
    assert read_word_file(tmp_path / "a.docx").problems == []
    assert (tmp_path / "a.ris").read_text("utf-8").startswith("TY  - ")
    shown = typed("show", brief_id)
    assert "THE ANSWER IN THREE POINTS  (answer)" in shown
    assert "answer-1: " in shown
    assert "not verified" in typed("edit", brief_id, "answer-1", "Nobody ever tried this anywhere.", "--by", "Jo") + typed(
        "show", brief_id
    )
    typed("drop", brief_id, "answer-1", "risks-1")
    typed("comment", brief_id, "risks", "Say more on money.", "--by", "Ann Lee")
    typed("approve", brief_id, "--by", "Ann Lee")
    assert "approved by Ann Lee" in typed("list").replace("\n  ", " ")
    assert "no longer holds" in typed("redo", brief_id, "risks").replace("\n  ", " ")
    assert "Ann Lee" in typed("review", brief_id)
    assert "all hold" in typed("audit", brief_id)
    assert "Written: b.md, b.bib." in typed("export", brief_id, "--out", "b.md", "--references", "b.bib")
    assert typed.json("list")[0]["version"] == 6
    assert "Deleted: 6 versions." in typed("delete", brief_id)
    assert "No briefs are kept" in typed("list")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["Housing First", "--out", "a.xyz"], "none of these"),
        (["Housing First", "--out", "no/such/folder/a.docx"], "Make it first"),
        (["Housing First", "--template", "no-such"], "The templates are"),
        (["Housing First", "--style", "no-such-style"], "There is no style"),
        (["Housing First", "--references", "a.doc"], "References are written as"),
        (["Housing First", "--client-file", "nothing.md"], "cannot be read"),
        (["...", "--no-save"], "no words"),
        (["x" * 301], "topic cannot be used"),
        (["show", "0123456789abcdef"], "There is no brief"),
        (["export", "0123456789abcdef"], "Say where to"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line_before_any_work(
    words: list[str], says: str, packaged_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["brief", *words]) == 2
    said = capsys.readouterr().err
    assert says in said
    assert said.count("\n") == 1


def test_help_names_every_action_and_each_has_help_of_its_own(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["brief", "--help"]) == 0
    said = capsys.readouterr().out
    assert all(f"  {name}" in said for name in ACTIONS)
    for name in ACTIONS:
        with pytest.raises(SystemExit) as end:
            main(["brief", name, "--help"])
        assert not end.value.code
        assert f"adviser brief{'' if name == 'make' else ' ' + name}" in capsys.readouterr().out
    assert not home.exists()


def test_a_template_can_be_printed_to_be_changed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["brief", "template", "session-pack"]) == 0
    assert capsys.readouterr().out.startswith("id: session-pack")
    assert main(["brief", "templates"]) == 0
    assert "options-brief" in capsys.readouterr().out

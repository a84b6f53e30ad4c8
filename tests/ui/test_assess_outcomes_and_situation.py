"""`adviser assess outcomes`, `cases`, `tools` and `network` as a person runs them: files, questions, JSON, exits."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from command import Ran

from assistant.instruments.outcomes.reading import example_framework, parse_framework
from ui.cli import main

Run = Callable[..., Ran]


@pytest.fixture
def run(packaged_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command in this process: the same door and exit codes, without the start of an interpreter for each call."""

    def call(*arguments: str, given: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        try:
            code = main(arguments)
        except SystemExit as end:  # argparse's own way out
            code = int(end.code or 0)
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return call


def test_a_framework_is_checked_written_kept_listed_and_read_again(run: Run) -> None:
    copied = run("assess", "outcomes", "--example", "school-readiness", "--out", "plan.yaml")
    assert copied.code == 0, copied.err
    assert parse_framework(Path("plan.yaml").read_text("utf-8")) == example_framework("school-readiness")
    done = run("assess", "outcomes", "plan.yaml", "--out", "plan.json", "--save")
    assert done.code == 0, done.err
    assert "MISSION  Children who grow up in disadvantage" in done.out
    assert "0 to mend, 0 to consider, 5 explained" in done.out
    assert "Kept as " in done.out
    assert parse_framework(Path("plan.json").read_text("utf-8")) == example_framework("school-readiness")
    kept = done.out.split("Kept as ")[1].split(",")[0]
    again = run("assess", "outcomes", "plan.json", "--save", "--update", kept)
    assert f"Kept as {kept}, version 2." in again.out
    shown = run("assess", "show", kept, "--json")
    assert shown.code == 0, shown.err
    assert "Every child ready for school" in shown.out


def test_json_is_the_review_and_nothing_else(run: Run) -> None:
    review = run("assess", "outcomes", "--example", "home-heating", "--json").json()
    assert review["framework"]["title"].startswith("Warm homes")
    assert {finding["rule"] for finding in review["findings"]} == {"missing-baseline", "missing-target"}
    from_standard_input = run("assess", "outcomes", "-", "--json", given=json.dumps(review["framework"]).encode())
    assert from_standard_input.json() == review


def test_findings_say_what_where_why_and_what_to_do(run: Run) -> None:
    Path("hubs.yaml").write_text(
        'title: Hubs\nmission: {goal: "Children are ready for school"}\noutcomes:\n- {id: hubs, statement: "Open 1,000 family hubs"}\n'
    )
    done = run("assess", "outcomes", "hubs.yaml")
    assert done.code == 0
    said = " ".join(done.out.split())
    assert "To mend: An output poses as an outcome" in said
    assert "“Open 1,000 family hubs”" in said
    assert "an output is what a programme turns out" in said
    assert "What to do:" in said


WRONG: list[tuple[list[str], str]] = [
    (["outcomes"], "Say where the framework comes from"),
    (["outcomes", "gone.yaml"], "There is no file gone.yaml"),
    (["outcomes", "plan.yaml", "--out", "plan.yaml"], "is the file that was read"),
    (["outcomes", "plan.yaml", "--out", "plan.pdf"], "does not say what to write"),
    (["outcomes", "plan.yaml", "--out", "no/such/folder/plan.md"], "cannot be written"),
    (["outcomes", "plan.yaml", "--update", "x"], "give --save with it"),
    (["outcomes", "plan.yaml", "--save", "--update", "nobodys"], "nobodys"),
    (["outcomes", "--new"], "The answers ended"),
    (["cases"], "Say something about the situation first"),
    (["tools", "--country", "UK"], "Say what stands in the way first"),
    (["network", "--situation", "gone.yaml"], "There is no file gone.yaml"),
    (["cases", "--level", "local", "--situation", "plan.yaml"], "one of them"),
    (["cases", "--situation", "plan.yaml"], "there is no field"),
    (["cases", "--ask"], "The answers ended"),
    (["tools", "--obstacle", "price", "--out", "x.pdf"], "does not say what to write"),
]


def test_what_cannot_be_used_is_one_line_and_exit_2(run: Run) -> None:
    plan = "title: P\nmission: {goal: G}\noutcomes:\n- {id: o, statement: S}\n"
    Path("plan.yaml").write_text(plan)
    for arguments, says in WRONG:
        done = run("assess", *arguments)
        assert (done.code, says in done.one_line()) == (2, True), (arguments, done)
        assert Path("plan.yaml").read_text() == plan


def test_cases_tools_and_networks_answer_by_options_by_file_and_by_questions(run: Run) -> None:
    options = ["--country", "Wales", "--level", "local", "--sector", "housing"]
    by_options = run("assess", "cases", *options, "--json")
    assert by_options.code == 0, by_options.err
    Path("here.yaml").write_text("country: Wales\nlevel: local\nsector: housing\n")
    assert run("assess", "cases", "--situation", "here.yaml", "--json").json() == by_options.json()
    asked = run("assess", "cases", "--ask", "--out", "cases.md", given=b"Wales\n9\n4\n3\n\n\n\n\n\n")
    assert asked.code == 0, asked.err
    first = by_options.json()["similar"][0]
    assert first["title"] in " ".join(asked.out.split())
    assert f"{first['agrees']} fields agree, {first['differs']} differ" in asked.out
    assert "# Cases for your situation" in Path("cases.md").read_text("utf-8")


def test_tools_and_networks_print_reasons_and_write_word(run: Run) -> None:
    tools = run("assess", "tools", "--obstacle", "fragmented", "--power", "services", "--out", "tools.docx")
    assert tools.code == 0, tools.err
    said = " ".join(tools.out.split())
    assert "For: you said “services and budgets are split between bodies”" in said
    assert "Evidence against it:" in said
    assert Path("tools.docx").read_bytes().startswith(b"PK")
    networks = run("assess", "network", "--need", "peers", "--country", "Wales", "--level", "local", "--out", "who.html")
    assert networks.code == 0, networks.err
    assert "How to join:" in networks.out
    assert "A SESSION WITH PEERS" in networks.out
    assert Path("who.html").read_text("utf-8").startswith("<!doctype html>")


def test_help_says_what_can_be_chosen(run: Run) -> None:
    for name in ("outcomes", "cases", "tools", "network"):
        done = run("assess", name, "--help")
        assert done.code == 0
        assert f"adviser assess {name}" in done.out


def test_cases_tools_and_networks_are_kept_shown_written_again_and_deleted(run: Run) -> None:
    for name, options in (
        ("cases", ["--sector", "housing"]),
        ("tools", ["--obstacle", "fragmented"]),
        ("network", ["--need", "peers"]),
    ):
        made = run("assess", name, "--country", "Wales", *options, "--save")
        assert made.code == 0, made.err
        kept = made.out.split("Kept as ")[1].split(".")[0]
        shown = run("assess", "show", kept)
        assert shown.code == 0, shown.err
        assert shown.out.strip() == made.out.split("\nKept as ")[0].strip()
        assert run("assess", "show", kept, "--out", f"{name}.docx").code == 0
        assert Path(f"{name}.docx").read_bytes().startswith(b"PK")
        held = run("assess", "show", kept, "--json").json()
        assert held["content"]["receipt"]["product_version"]
        assert run("assess", "delete", kept).code == 0
        assert run("assess", "show", kept).code == 2

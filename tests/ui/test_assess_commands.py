"""`adviser assess` as a person runs it: forms, answers, documents, keeping, repeating, deleting."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
import yaml
from assessments import DIMENSIONS, FITS, STRATEGY

from ui.assess_interview import Asked, Choice, interview
from ui.cli import main


@pytest.fixture
def litmus_file(tmp_path: Path) -> str:
    path = tmp_path / "litmus.yaml"
    path.write_text(yaml.safe_dump({"subject": "Warm homes", "respondent": {"name": "Anna"}, "marks": FITS}), "utf-8")
    return str(path)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["assess", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_litmus_from_a_file_is_written_kept_shown_and_deleted(
    packaged_home: Path, litmus_file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "litmus", "--answers", litmus_file, "--save", "--out", str(tmp_path / "l.md"))
    assert code == 0
    kept = out.split("Kept as ")[1].split(".")[0]
    assert "A mission is the right approach here." in (tmp_path / "l.md").read_text("utf-8")
    assert kept in run(capsys, "list")[1]
    assert "A mission is the right approach here." in " ".join(run(capsys, "show", kept)[1].split())
    assert "Deleted" in run(capsys, "delete", kept)[1]
    code, _, err = run(capsys, "show", kept)
    assert code == 2
    assert kept in err


def test_json_is_the_assessment_and_nothing_else(
    packaged_home: Path, litmus_file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "litmus", "--answers", litmus_file, "--json")
    assert code == 0
    assert json.loads(out)["result"]["key"] == "mission"
    assert json.loads(out)["receipt"]["composer"] == "rules"


def test_the_form_filled_in_is_the_answers(packaged_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = yaml.safe_load(run(capsys, "litmus", "--form")[1])
    assert set(form["marks"]) == set(FITS)
    path = tmp_path / "form.yaml"
    form["marks"]["solution"]["mark"] = "known"
    form["marks"]["obstacle"]["mark"] = "many_linked_causes"
    path.write_text(yaml.safe_dump(form), "utf-8")
    assert json.loads(run(capsys, "litmus", "--answers", str(path), "--json")[1])["result"]["key"] == "programme"


def test_maturity_of_two_people_with_a_document_repeated_shows_its_drift(
    packaged_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    strategy = tmp_path / "strategy.md"
    strategy.write_text(STRATEGY, "utf-8")
    proposals = json.loads(run(capsys, "maturity", "--evidence", str(strategy), "--json")[1])
    assert [proposal["dimension"] for proposal in proposals] == DIMENSIONS
    quoted = next(p for p in proposals if p["dimension"] == "data")["quotes"][0]["text"]
    assert quoted in STRATEGY
    files = []
    for name, level in (("Anna", 3), ("Ben", 1)):
        marks = {d: {"mark": level, "why": "I saw it."} for d in DIMENSIONS} | {"data": {"mark": level, "quoted": [quoted]}}
        files.append(tmp_path / f"{name}.yaml")
        files[-1].write_text(yaml.safe_dump({"subject": "Warm homes", "name": name, "marks": marks}), "utf-8")
    both = [part for path in files for part in ("--answers", str(path))]
    code, out, err = run(capsys, "maturity", *both, "--evidence", str(strategy), "--save", "--out", str(tmp_path / "m.html"))
    assert code == 0, err
    kept = out.split("Kept as ")[1].split(".")[0]
    page = (tmp_path / "m.html").read_text("utf-8")
    assert "<svg" in page
    assert "strategy.md" in page
    code, out, err = run(capsys, "maturity", "--answers", str(files[0]), "--evidence", str(strategy), "--save", "--id", kept)
    assert code == 0, err
    assert "Levels over time" in out
    assert "Other people answered" in " ".join(out.split())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("litmus",), "--answers FILE"),
        (("maturity",), "--evidence FILE"),
        (("litmus", "--answers", "none.yaml"), "no file"),
        (("litmus", "--form", "--out", "x.odt"), ""),
        (("maturity", "--evidence", "none.pdf"), "no file"),
        (("delete",), "needs an id"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    arguments: tuple[str, ...], says: str, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())  # nobody to ask
    code, _, err = run(capsys, *arguments)
    if not says:
        assert code == 0
        return
    assert code == 2
    assert says in err
    assert len(err.splitlines()) == 1
    assert not home.exists(), "nothing was opened before the arguments were found wanting"


def test_a_mistake_in_an_answers_file_names_its_place(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for text, says in (("marks: [", "line"), ("colour: blue", "colour"), ("marks: {support: {mark: [1]}}", "marks.support")):
        (tmp_path / "a.yaml").write_text(text, "utf-8")
        code, _, err = run(capsys, "litmus", "--answers", str(tmp_path / "a.yaml"))
        assert code == 2
        assert says in err
        assert len(err.splitlines()) == 1


def test_an_ending_that_is_not_offered_is_refused_before_any_work(
    home: Path, litmus_file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "litmus", "--answers", litmus_file, "--out", "x.odt")
    assert code == 2
    assert "in none of .md, .html, .docx, .pdf" in err
    assert not home.exists()


def test_an_interview_takes_numbers_letters_and_enter_and_asks_again_for_anything_else() -> None:
    from assistant.instruments.assessment import OwnQuote

    quote = OwnQuote(file="s.md", text="Two were stopped.", start=0, end=17)
    asked = [
        Asked("a", "A", "A?", "since", [Choice("one", "One"), Choice("two", "Two")], [quote]),
        Asked("b", "B", "B?", "since", [Choice("one", "One")]),
    ]
    replies = iter(["a", "9", "two", "2", "I saw it", ""])
    said: list[str] = []
    given = interview(asked, lambda _: next(replies), said.append)
    assert (given["a"].mark, given["a"].why, given["a"].quotes) == ("two", "I saw it", [quote])
    assert given["b"].mark == "cannot_tell"
    assert sum("Type a number" in line for line in said) == 2
    assert next(replies, None) is None

"""Runs: the same bytes twice but for times, taken up again where they stopped, compared, shown on one page that asks nothing."""

from __future__ import annotations

import ast
import json
import shutil
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from command import run as adviser

import evals
from assistant.assistant import Assistant
from assistant.errors import InputError
from assistant.nouns import Answer, Citation, Locator, Sentence
from assistant.settings import Settings
from evals.compare import compare
from evals.context import Context, Plan
from evals.failures import differing, marked
from evals.feedback import add_case
from evals.folder import ANSWERS, StoredRun, differing_files, find_run, read_run, run_names, write_order, write_run
from evals.gate import GateLine
from evals.product import Asked, Recorder
from evals.report import report
from evals.run import Order, cited_passages, facts_of, parts_of, run, score
from evals.suites import NAMES
from evals.verdicts import Figure

ORDER = Order(plan=Plan(set_name="dev", quick=True, most=3))


@pytest.fixture(scope="module")
def two_runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[StoredRun, StoredRun]:
    """Two whole small runs, each over a library of its own."""
    base = tmp_path_factory.mktemp("runs")
    settings = Settings(home=base / "home", threads=1)
    return run(settings, ORDER, base=base), run(settings, ORDER, base=base)


def test_two_runs_are_the_same_bytes_but_for_times(two_runs: tuple[StoredRun, StoredRun]) -> None:
    first, second = two_runs
    names = {path.name for path in first.folder.iterdir()}
    assert (
        names
        == {path.name for path in second.folder.iterdir()}
        >= {"run.json", "verdicts.jsonl", "figures.json", "answers.jsonl"}
    )
    assert first.folder != second.folder
    for name in names - {"times.json"}:  # differs by its nature
        assert (first.folder / name).read_bytes() == (second.folder / name).read_bytes(), name


def test_a_run_says_what_it_was_made_of(two_runs: tuple[StoredRun, StoredRun]) -> None:
    stored = two_runs[0]
    assert set(stored.facts["suites"]) == set(NAMES)
    assert {"fingerprint", "seed", "cases", "models", "prompt_hashes", "versions", "checker"} <= set(stored.facts)
    assert stored.times["peak_memory_mb"] is None or stored.times["peak_memory_mb"] > 50
    assert {f.suite for f in stored.figures} == set(NAMES)
    assert all(v.scorer and v.version and (v.reason or v.verdict == "pass" or v.system != "product") for v in stored.verdicts)


def test_a_run_compared_with_itself_changes_nothing(two_runs: tuple[StoredRun, StoredRun]) -> None:
    found = compare(*two_runs)
    assert found.unlike == ()
    assert found.differences
    assert all((d.change, d.low, d.high, d.better, d.worse) == (0.0, 0.0, 0.0, (), ()) for d in found.differences)


def test_a_comparison_names_what_changed_side_and_says_what_is_unlike(two_runs: tuple[StoredRun, StoredRun]) -> None:
    first = two_runs[0]
    mine = next(v for v in first.verdicts if v.suite == "retrieval" and v.measure == "Success@5" and v.system == "product")
    other = "fail" if mine.verdict == "pass" else "pass"
    changed = [
        v.model_copy(update={"verdict": other, "value": float(other == "pass")}) if v is mine else v for v in first.verdicts
    ]
    second = replace(first, verdicts=tuple(changed), facts=first.facts | {"checker": "another"})
    found = compare(first, second)
    moved = [d for d in found.differences if d.better or d.worse]
    assert found.unlike == ("checker",)
    assert [(d.suite, d.measure, (*d.better, *d.worse)) for d in moved] == [("retrieval", "Success@5", (mine.case,))]


class Page(HTMLParser):
    """What a page asks for from elsewhere, and which tags it leaves open."""

    def __init__(self) -> None:
        super().__init__()
        self.asks: list[str] = []
        self.open: list[str] = []
        self.marks = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.marks += tag == "mark"
        self.asks += [
            str(value) for name, value in attrs if name in {"src", "href", "srcset", "data"} and not str(value).startswith("#")
        ]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_report_is_one_page_that_asks_nothing_of_the_network(two_runs: tuple[StoredRun, StoredRun]) -> None:
    text = report(two_runs[0], [GateLine("answers", "shape", "≥ 0.5", 0.2, "0.300 below its floor")])
    page = Page()
    page.feed(text)
    assert (page.asks, page.open) == ([], [])
    assert "<script" not in text
    assert "@import" not in text
    assert "url(" not in text
    for words in (
        "The gate is red",
        "Risk against coverage",
        "By difficulty, kind",
        "The worst failures",
        *(f"id='{name}'" for name in NAMES),
    ):
        assert words in text, words
    assert page.marks > 0


def test_what_documents_and_questions_say_is_shown_as_text() -> None:
    assert "<script>" not in differing("a <script>alert(1)</script> claim", "a <b>passage</b>")
    citation = Citation(n=1, source_id="s", passage_id="p", quote="<i>x</i>", start=4, end=12, locator=Locator(), title="t")
    sentence = Sentence(text="<i>x</i>", section="answer", status="quoted", citations=[citation])
    assert "<mark>&lt;i&gt;x&lt;/i&gt;</mark>" in marked(sentence, {"p": "say <i>x</i> twice"})


class Counting:
    """An assistant that counts what it is asked, and crashes on what it is told to."""

    def __init__(self, base: Assistant, crash_on: str = "") -> None:
        self.base, self.crash_on, self.asked = base, crash_on, []  # type: ignore[var-annotated]
        self.library, self.search, self.receipt = base.library, base.search, base.receipt

    def ask(self, question: str, *, history=()) -> Answer:  # type: ignore[no-untyped-def]
        self.asked.append(question)
        if question == self.crash_on:
            raise RuntimeError("a wheel came off")
        return self.base.ask(question)


def test_what_was_asked_is_not_asked_again_and_a_cut_off_line_is(packaged: Assistant, fresh_folder: Path) -> None:
    questions = [
        Asked("What is a mission?"),
        Asked("Did Sure Start work?"),
        Asked("How many heat pumps?", ("Did Sure Start work?",)),
    ]
    file = fresh_folder / ANSWERS
    Recorder(Counting(packaged), file=file).ask_all(questions)
    whole = file.read_bytes()
    file.write_bytes(whole[: whole.rindex(b"\n", 0, len(whole) - 1) + 40])  # killed while writing the last one
    again = Counting(packaged)
    Recorder(again, file=file).ask_all(questions)
    assert again.asked == ["How many heat pumps?"]


def test_a_crash_is_recorded_with_its_reason_and_ends_nothing(packaged: Assistant) -> None:
    recorder = Recorder(Counting(packaged, crash_on="What is a mission?"))
    lost, kept = recorder.ask("What is a mission?"), recorder.ask("Did Sure Start work?")
    follow_up = recorder.ask("And then?", ["What is a mission?"])
    assert (lost.crashed, lost.reason) == (True, "RuntimeError: a wheel came off")
    assert kept.answer is not None
    assert follow_up.crashed


def test_what_the_budget_does_not_cover_is_unscored_and_not_recorded(packaged: Assistant, fresh_folder: Path) -> None:
    recorder = Recorder(Counting(packaged), file=fresh_folder / ANSWERS, budget=1)
    recorder.ask_all([Asked("What is a mission?"), Asked("Did Sure Start work?")])
    left = recorder.ask("Did Sure Start work?")
    assert (left.answer, left.crashed) == (None, False)
    assert "budget of 1" in left.reason
    assert len((fresh_folder / ANSWERS).read_text().splitlines()) == 1


def test_a_stored_run_reads_back_as_it_was_written(measured: Context, fresh_folder: Path) -> None:
    order = Order(suites=("premises",), plan=measured.plan)
    parts = parts_of(score(measured, order.suites))
    write_run(
        fresh_folder,
        facts=facts_of(measured, order),
        **parts,
        passages=cited_passages(measured),
        times={"date": "d", "seconds": 1.0},
    )
    stored = read_run(fresh_folder)
    assert list(stored.verdicts) == parts["verdicts"]
    assert list(stored.figures) == parts["figures"]
    assert run_names(fresh_folder.parent) == [fresh_folder.name]
    assert find_run(fresh_folder.parent, None) == fresh_folder


def test_a_run_that_is_not_there_or_not_finished_is_named_in_one_line(fresh_folder: Path) -> None:
    with pytest.raises(InputError, match="Run `adviser eval` first"):
        find_run(fresh_folder, None)
    with pytest.raises(InputError, match="no eval run 'x'"):
        find_run(fresh_folder, "x")
    with pytest.raises(InputError, match="no finished eval run"):
        read_run(fresh_folder)


def test_a_thumb_down_becomes_a_case_once(packaged: Assistant, fresh_folder: Path) -> None:
    receipt = packaged.receipt(packaged.ask("Did Sure Start work?").receipt_id)
    path = add_case(
        receipt, fresh_folder, reason="it leaves out the cost", gold=["sure-start"], facts=["2.7 billion | £2.7bn"], refuse=False
    )
    from evals.cases import QuestionCase, read_cases

    (case,) = read_cases("feedback", "questions", QuestionCase, folder=fresh_folder)
    assert (case.question, case.gold, case.facts) == ("Did Sure Start work?", ["sure-start"], [["2.7 billion", "£2.7bn"]])
    assert "it leaves out the cost" in path.read_text()
    with pytest.raises(InputError, match="is a case already"):
        add_case(receipt, fresh_folder, reason="again", gold=["sure-start"], facts=["x"], refuse=False)
    with pytest.raises(InputError, match="what would have been right"):
        add_case(receipt, fresh_folder, reason="again", gold=[], facts=[], refuse=False)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nosuch"], "There is no eval suite 'nosuch'"),
        (["compare", "a"], "Name two runs"),
        (["report"], "Run `adviser eval` first"),
        (["case"], "Name the receipt"),
        (["answers", "--file", "x.jsonl"], "the suite grounding only"),
        (["grounding", "--file", "x.jsonl"], "cannot be read"),
        (["--data", "nosuch"], "is not a folder"),
        (["--judge", "3"], "No chat model is configured"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_exit_code_2(arguments: list[str], says: str) -> None:
    ran = adviser("eval", *arguments)
    assert ran.code == 2
    assert says in ran.one_line()


def test_another_assistants_answers_are_scored_from_the_shell(fresh_folder: Path) -> None:
    file = fresh_folder / "own.jsonl"
    rows = [
        {"question": "How many wards?", "answer": "There are 15 wards.", "contexts": ["The partnership has 14 wards."]},
        {
            "question": "When?",
            "answer": "The rule came into force in June 2020.",
            "contexts": ["The rule came into force in June 2020."],
        },
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    found = adviser("eval", "grounding", "--file", str(file), "--out", str(fresh_folder / "runs"), "--json").json()
    figures = {(f["measure"], f["system"]): f for f in found["figures"] if not f["part"]}
    assert figures["passes the gate", "product"]["value"] == 0.5
    assert figures["verbatim in a context", "product"]["value"] == 0.5
    assert Path(found["report"]).read_text("utf-8").startswith("<!doctype html>")


def test_two_equal_runs_are_said_to_be_the_same_bytes_and_a_changed_file_is_named(
    two_runs: tuple[StoredRun, StoredRun], fresh_folder: Path
) -> None:
    first, second = two_runs
    assert differing_files(first.folder, second.folder) == []
    changed = fresh_folder / "changed"
    shutil.copytree(second.folder, changed)
    (changed / "verdicts.jsonl").write_text((changed / "verdicts.jsonl").read_text() + "\n")
    (changed / "passages.json").unlink()
    assert differing_files(first.folder, changed) == ["passages.json", "verdicts.jsonl"]
    said = adviser("eval", "compare", str(first.folder), str(second.folder))
    assert said.code == 0
    assert "the same bytes but for their times" in said.out


def test_a_run_is_only_taken_up_again_with_what_it_was_begun_with(fresh_folder: Path) -> None:
    write_order(fresh_folder, {"set": "dev", "most": 3})
    write_order(fresh_folder, {"set": "dev", "most": 3})
    with pytest.raises(InputError, match="begun otherwise: most differ"):
        write_order(fresh_folder, {"set": "dev", "most": 4})


def test_a_number_that_is_none_cannot_be_stored(fresh_folder: Path) -> None:
    for value in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="finite"):
            Figure(suite="s", measure="m", value=value)
        with pytest.raises(ValueError, match="JSON compliant"):
            write_order(fresh_folder, {"value": value})


def test_no_module_of_the_evals_imports_itself_by_way_of_others() -> None:
    root = Path(evals.__file__).parent
    names = {".".join(p.relative_to(root.parent).with_suffix("").parts).removesuffix(".__init__"): p for p in root.rglob("*.py")}
    imports = {name: _imported(path) & (set(names) - {name}) for name, path in names.items()}
    while free := {name for name, wanted in imports.items() if not wanted & set(imports)}:
        imports = {name: wanted for name, wanted in imports.items() if name not in free}
    assert sorted(imports) == []


def _imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found

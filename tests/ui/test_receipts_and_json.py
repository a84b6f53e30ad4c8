"""One object in every form: what `--json` prints, what the receipt stores, what the design promises of its fields."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import run
from documents import LIGHTHOUSE, write_markdown

from assistant import open_assistant
from assistant.nouns import Answer
from assistant.settings import Settings
from ingest.run import ingest_files

ANSWER = {
    "receipt_id", "question", "standalone_question", "outcome", "composer", "sentences", "gaps", "nearest", "searched",
    "timings_ms",
}  # fmt: skip
SENTENCE = {"text", "section", "status", "citations"}
CITATION = {
    "n", "source_id", "passage_id", "quote", "start", "end", "locator", "title", "organisation", "year", "url", "evidence_type",
}  # fmt: skip
LOCATOR = {"page", "page_label", "heading"}
RESULT = {"rank", "score", "source_id", "passage_id", "title", "text", "locator"}
FILE = {"path", "status", "format", "pages", "pages_without_text", "passages", "seconds", "warnings"}
SECTIONS = {"answer", "definition", "finding", "case", "caution", "next_step"}
QUESTION = "How do we avoid mission-washing?"


def without_run(answer: dict) -> dict:
    return {key: value for key, value in answer.items() if key not in {"receipt_id", "timings_ms"}}


def test_ask_json_has_the_fields_of_the_design_and_the_receipt_stores_the_same_object(packaged_home: Path) -> None:
    asked = run("ask", QUESTION, "--json")
    assert (asked.code, asked.err) == (0, "")
    answer = asked.json()
    assert set(answer) >= ANSWER
    assert answer["question"] == QUESTION
    assert answer["outcome"] in {"answered", "partial"}
    assert answer["sentences"]
    for sentence in answer["sentences"]:
        assert set(sentence) >= SENTENCE
        assert sentence["section"] in SECTIONS
        assert sentence["status"] in {"quoted", "supported", "inferred", "advice"}
        assert sentence["citations"]
        for citation in sentence["citations"]:
            assert set(citation) >= CITATION
            assert set(citation["locator"]) >= LOCATOR
    assert set(answer["searched"]) >= {"passages", "sources"}
    assert answer["searched"]["passages"] > 2000
    assert set(answer["timings_ms"]) >= {"retrieve", "compose", "ground", "total"}

    printed = run("receipt", answer["receipt_id"], "--json").json()
    assert printed["answer"] == answer
    assert printed["id"] == answer["receipt_id"]
    stored = open_assistant(Settings(home=packaged_home)).receipt(answer["receipt_id"])
    assert stored.model_dump(mode="json") == printed
    assert Answer.model_validate(answer) == stored.answer
    assert stored.evidence
    assert {v.scorer for v in stored.verdicts} != {""}
    assert set(stored.fingerprint) == {"corpus", "segmenter", "embedder"}


def test_the_same_question_twice_gives_the_same_answer_but_for_its_id_and_timings(packaged_home: Path) -> None:
    first, second = (run("ask", QUESTION, "--json").json() for _ in range(2))
    assert first["receipt_id"] != second["receipt_id"]
    assert without_run(first) == without_run(second)


def test_a_refusal_has_a_receipt_too_and_says_what_was_searched(packaged_home: Path) -> None:
    asked = run("ask", "What is the corporation tax rate on patent income in Liechtenstein?", "--json")
    answer = asked.json()
    assert asked.code == 0
    assert answer["outcome"] in {"no_evidence", "out_of_scope"}
    assert answer["sentences"] == []
    assert answer["outcome"] == "out_of_scope" or answer["searched"]["passages"] > 2000
    assert all({"source_id", "passage_id", "text"} <= set(near) for near in answer["nearest"])
    assert run("receipt", answer["receipt_id"], "--json").json()["answer"] == answer


def test_search_json_has_the_fields_of_the_design(packaged_home: Path) -> None:
    found = run("search", "mission-washing", "-k", "7", "--json")
    assert (found.code, found.err) == (0, "")
    results = found.json()
    assert [result["rank"] for result in results] == list(range(1, 8))
    assert all(set(result) >= RESULT and set(result["locator"]) >= LOCATOR for result in results)
    assert [r["score"] for r in results] == sorted((r["score"] for r in results), reverse=True)
    assert run("search", "mission-washing", "-k", "7", "--json").json() == results


def test_ingest_json_has_one_entry_for_every_file_it_was_given(tmp_path: Path, own_corpus: None) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    write_markdown(folder / "reef.md")
    (folder / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(300))
    (folder / "empty.txt").write_text(" \n")
    done = run("ingest", str(folder), "--json")
    assert done.code == 1
    assert done.err == ""
    files = done.json()["files"]
    assert all(set(file) >= FILE for file in files)
    assert {Path(file["path"]).name: file["status"] for file in files} == {
        "reef.md": "added",
        "picture.md": "failed",
        "empty.txt": "failed",
    }


def test_what_is_printed_for_people_holds_the_same_sentences_and_the_receipt_id(packaged_home: Path) -> None:
    shown = run("ask", QUESTION)
    assert (shown.code, shown.err) == (0, "")
    receipt_id = shown.out.split("Receipt ", 1)[1].split(".")[0]
    stored = run("receipt", receipt_id, "--json").json()["answer"]
    flat = " ".join(shown.out.split())
    assert stored["sentences"]
    assert all(" ".join(sentence["text"].split()) in flat for sentence in stored["sentences"])


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_output_is_whole_in_whatever_encoding_the_terminal_has(
    encoding: str, tmp_path: Path, own_settings: Settings, own_corpus: None
) -> None:
    ingest_files(own_settings, [write_markdown(tmp_path / "reef.md", fact=LIGHTHOUSE.replace("lamps", "“lamps” — né λ"))])
    environment = {"PYTHONIOENCODING": encoding}
    found = run("search", "Zanzibar lighthouse", "--json", environment=environment)
    assert "“lamps” — né λ" in found.json()[0]["text"]
    for_people = run("search", "Zanzibar lighthouse", environment=environment)
    assert (for_people.code, for_people.err) == (0, "")
    assert "Zanzibar lighthouse mission lit 41" in for_people.out

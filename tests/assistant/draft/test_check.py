"""A draft held against the packaged library: what is found, what is said otherwise, and that doubt never counts as support."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.assistant import Assistant, open_assistant
from assistant.draft.check import DraftChecker
from assistant.draft.nouns import CheckedSentence, DraftReport
from assistant.settings import Settings
from ingest.run import ingest_files
from ui.own_documents import read_own_document

DRAFT = """# Briefing

Dear Minister,

## Finland

Between 2008 and 2022 the number of homeless people living alone in Finland fell by 54 per cent. It cut long-term homelessness by 68 per cent.
In 2024 homelessness in Finland fell again, by 377 to 3,806 people. Should we follow?

## Background

The programme cut long-term homelessness by 68 per cent. Homeless people living alone in Finland fell by 80 per cent between 2008 and 2022.
The Welsh commissioner took three ministers to court over the well-being goals.
"""


def check(assistant: Assistant, text: str, folder: Path) -> DraftReport:
    path = folder / "draft.md"
    path.write_text(text, "utf-8")
    draft = read_own_document(path, assistant.settings)
    return DraftChecker(library=assistant.library, retriever=assistant.retriever).check(draft)


@pytest.fixture(scope="module")
def report(packaged: Assistant, tmp_path_factory: pytest.TempPathFactory) -> DraftReport:
    return check(packaged, DRAFT, tmp_path_factory.mktemp("draft"))


def sentence(report: DraftReport, begins: str) -> CheckedSentence:
    return next(each for each in report.sentences if each.text.startswith(begins))


def test_a_fair_paraphrase_is_supported_with_the_passage_quoted_exactly(report: DraftReport, packaged: Assistant) -> None:
    found = sentence(report, "Between 2008")
    assert found.status == "supported"
    assert found.citations[0].source_id == "finland-housing-first"
    passages = packaged.library.passages_by_id([c.passage_id for s in report.sentences for c in s.citations])
    quoted = [c for s in report.sentences for c in s.citations]
    assert len(quoted) >= 4
    for citation in quoted:
        assert passages[citation.passage_id].text[citation.start : citation.end] == citation.quote


def test_a_named_subject_is_shown_as_it_was_read(report: DraftReport) -> None:
    found = sentence(report, "It cut")
    assert (found.status, found.reads_as) == ("supported", "Finland cut long-term homelessness by 68 per cent.")
    assert "its subject was taken to be Finland" in found.because[-1]


def test_a_subject_that_nobody_names_keeps_a_sentence_from_being_supported(report: DraftReport) -> None:
    found = sentence(report, "The programme cut")
    assert found.status in {"partly", "not_found"}
    assert found.reads_as is None


def test_another_direction_and_another_figure_are_contradicted_and_say_how(report: DraftReport) -> None:
    turned, changed = sentence(report, "In 2024"), sentence(report, "Homeless people")
    assert turned.status == "contradicted"
    assert "“fell” where it says “rose”" in turned.because[0]
    assert (changed.status, changed.missing) == ("contradicted", ["80 per cent"])
    assert changed.because[0] == "the library says 54 per cent, not 80 per cent"


def test_what_the_library_does_not_hold_is_not_found_and_quotes_nothing(report: DraftReport) -> None:
    found = sentence(report, "The Welsh commissioner")
    assert found.status == "not_found"
    assert found.citations == []


def test_headings_greetings_and_questions_are_not_judged(report: DraftReport) -> None:
    kinds = [each.kind for each in report.sentences if each.status == "not_a_claim"]
    assert kinds == ["heading", "greeting", "heading", "question", "heading"]
    assert sum(report.counts.values()) == len(report.sentences)


def test_the_same_draft_gives_the_same_report(report: DraftReport, packaged: Assistant, tmp_path: Path) -> None:
    assert check(packaged, DRAFT, tmp_path) == report


def test_a_copy_of_the_draft_in_the_library_is_no_evidence_for_it(home: Path, tmp_path: Path) -> None:
    text = "# Plan\n\nCamden bought forty boats in 2019. Leeds sold nine trams in 2020. Hull painted six bridges in 2021. York rents two castles.\n"
    path = tmp_path / "plan.md"
    path.write_text(text, "utf-8")
    settings = Settings(home=home, corpus="none", threads=1)
    ingest_files(settings, [path])
    assistant = open_assistant(settings)
    report = check(assistant, text, tmp_path)
    assistant.library.engine.dispose()
    assert report.counts["supported"] == 0
    assert "is this draft itself" in report.warnings[0]
    other = check_other(settings, tmp_path)
    assert other.counts["supported"] == 1


def check_other(settings: Settings, folder: Path) -> DraftReport:
    """Another draft may be supported by the document that the first one was not."""
    assistant = open_assistant(settings)
    report = check(assistant, "Camden bought forty boats in 2019.", folder)
    assistant.library.engine.dispose()
    return report

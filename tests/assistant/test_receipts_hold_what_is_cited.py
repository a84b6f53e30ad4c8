"""A receipt holds every passage that its answer cites, whatever shape the answer has, and says whose they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.assistant import Assistant, open_assistant
from assistant.retrieval.retrieve import Filters
from assistant.settings import Settings
from ingest.describe import Given
from ingest.run import ingest_files

OWNER = "o" * 16


@pytest.mark.parametrize(
    "question",
    [
        "How many missions should a government have at once?",
        "Did Housing First in Finland work?",
        "Compare Housing First in Finland with the Rough Sleepers Unit in England.",
        "How does Sure Start compare with Flying Start?",
        "Whom should my chief scientist call about challenge prizes?",
        "Who can help us with evaluation of missions?",
    ],
)
def test_what_is_cited_is_in_the_receipt(packaged: Assistant, question: str) -> None:
    answer = packaged.ask(question)
    receipt = packaged.receipt(answer.receipt_id)
    cited = {citation.passage_id for sentence in answer.sentences for citation in sentence.citations}
    assert cited
    assert cited <= {each.passage_id for each in receipt.evidence}
    ranks = [each.rank for each in receipt.evidence]
    assert len(ranks) == len(set(ranks))


def test_a_comparison_with_a_document_of_ones_own_is_ones_own(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", threads=1)
    text = (
        "The Quaggaherd Scheme of Leeds pays 40 herders a year. The Quaggaherd Scheme is a trial of paid herding in city parks."
    )
    (tmp_path / "quaggaherd.txt").write_text(text, "utf-8")
    path = tmp_path / "quaggaherd.txt"
    added = ingest_files(settings, [path], given={path: Given(owner=OWNER)})
    assert [file.status for file in added.files] == ["added"]
    assistant = open_assistant(settings)
    answer = assistant.ask("Is Housing First in Finland better than the Quaggaherd Scheme?", filters=Filters(owner=OWNER))
    mine = {source.id for source in assistant.library.sources().values() if source.owner}
    cited = {citation.source_id for sentence in answer.sentences for citation in sentence.citations}
    receipt = assistant.receipt(answer.receipt_id)
    assert cited & mine
    assert receipt.owner == OWNER
    assert set(receipt.private_sources) >= cited & mine

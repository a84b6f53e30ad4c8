"""Briefs over a person's own documents: other scripts, hostile text, sources that change or go, and whose they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from isolation import forget_open_folders

from assistant.assistant import Assistant, open_assistant
from assistant.briefs.audit import audit_brief
from assistant.briefs.build import build_brief
from assistant.briefs.desk import open_desk
from assistant.briefs.nouns import Brief, BriefRequest
from assistant.briefs.stale import touched_statements
from assistant.briefs.template_file import template_of
from assistant.settings import Settings
from ingest.describe import Given
from ingest.remove import remove_sources
from ingest.run import ingest_files

OUTLINE = "# A note\n\n## What happened\nWhat results did $topic have?\n\n## What to fear\nWhat do critics say about $topic?\n"
FACT = "The Athens housing pilot housed 120 families in 2023, and 94 per cent of them were still housed after a year."
CRITIC = "Critics of the Athens housing pilot say that it was too small to show an effect on rents."
REQUEST = BriefRequest(topic="The Athens housing pilot")


def write(path: Path, *, fact: str = FACT, more: str = CRITIC) -> Path:
    path.write_text(f"# Ο πιλότος της Αθήνας\n\n{fact}\n\n{more}\n", "utf-8")
    path.with_name(f"{path.name}.meta.yaml").write_text(
        "title: Στέγη για όλους\nauthors: [Λίλα Παπαδοπούλου]\norganisation: Ινστιτούτο\nyear: 2024\n", "utf-8"
    )
    return path


def brief_of(assistant: Assistant, *, space: str | None = None) -> Brief:
    return build_brief(open_desk(assistant, space=space), REQUEST, template_of(OUTLINE, name="note.md"))


@pytest.fixture
def pilot(own_settings: Settings, tmp_path: Path) -> tuple[Settings, Path]:
    path = write(tmp_path / "πιλότος.md")
    assert ingest_files(own_settings, [path]).files[0].status == "added"
    return own_settings, path


def test_a_document_in_another_script_is_quoted_and_named_as_it_is(pilot: tuple[Settings, Path]) -> None:
    assistant = open_assistant(pilot[0])
    brief = brief_of(assistant)
    cited = brief.citations()
    assert FACT in {c.quote for c in cited.values()}
    assert cited[1].cited_as == "Στέγη για όλους, Ινστιτούτο, 2024"
    assert audit_brief(brief, assistant.library).findings == []
    assert touched_statements(brief, assistant.library) == []


def test_a_changed_source_marks_the_sentences_on_it_and_fails_the_audit(pilot: tuple[Settings, Path]) -> None:
    settings, path = pilot
    brief = brief_of(open_assistant(settings))
    write(path, fact=FACT.replace("94", "49"))
    assert ingest_files(settings, [path]).files[0].status == "replaced"
    forget_open_folders()
    library = open_assistant(settings).library
    touched = {t.text: t.how for t in touched_statements(brief, library)}
    assert touched[FACT] == "quote_gone"
    assert touched[CRITIC] == "changed"
    assert {finding.rule for finding in audit_brief(brief, library).failures} == {"passage_missing"}


def test_a_removed_source_marks_every_sentence_on_it(pilot: tuple[Settings, Path]) -> None:
    settings, _ = pilot
    brief = brief_of(open_assistant(settings))
    remove_sources(settings, [next(iter(brief.receipt.sources))])
    forget_open_folders()
    library = open_assistant(settings).library
    touched = touched_statements(brief, library)
    assert {t.text for t in touched} == {s.text for s in brief.shown() if s.citations}
    assert {t.how for t in touched} == {"removed"}
    assert {finding.rule for finding in audit_brief(brief, library).failures} == {"source_missing"}


def test_a_persons_own_upload_is_in_their_brief_and_in_nobody_elses(own_settings: Settings, tmp_path: Path) -> None:
    path = write(tmp_path / "private.md")
    ingest_files(own_settings, [path], given={path: Given(owner="a-space")})
    assistant = open_assistant(own_settings)
    assert FACT in {c.quote for c in brief_of(assistant, space="a-space").citations().values()}
    for space in (None, "another-space"):
        other = brief_of(assistant, space=space)
        assert other.citations() == {}
        assert "Στέγη" not in other.model_dump_json()
        assert other.receipt.searched.passages == 0

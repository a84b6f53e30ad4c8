"""Changing, reviewing and keeping a brief."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_briefs import first, made, with_statement

from assistant.assistant import Assistant
from assistant.briefs.audit import audit_brief
from assistant.briefs.client_notes import client_fields, read_client_notes
from assistant.briefs.desk import open_desk
from assistant.briefs.edit import edit_statement, move_statement, redo_section, rename_section, set_state, statement_of
from assistant.briefs.review import add_comment, approve
from assistant.briefs.store import BriefStore
from assistant.briefs.template_file import packaged_template
from assistant.errors import InputError, NotFoundError
from assistant.library.works import WorkStore


def test_a_rewording_that_the_source_supports_is_supported_and_says_who_wrote_it(packaged: Assistant) -> None:
    brief = made(packaged)
    old = next(s for s in brief.shown() if s.text.startswith("Sites of Canada's At Home/Chez Soi"))
    words = "Sites of Canada's At Home/Chez Soi that followed the Housing First model more closely had better results."
    new = statement_of(edit_statement(open_desk(packaged), brief, old.id, words, by="Jo"), old.id)
    assert (new.status, new.origin, new.state) == ("supported", "edited", "kept")
    assert new.edit is not None
    assert (new.edit.by, new.edit.was) == ("Jo", old.text)
    assert new.citations[0].quote == old.citations[0].quote


@pytest.mark.parametrize(
    "words",
    [
        "Housing First in Canada's At Home/Chez Soi cost less than usual care for every group.",
        "Finland's Housing First strategy cut long-term homelessness by 97 per cent.",
        "Ministers in Tonga adopted Housing First last Tuesday.",
    ],
)
def test_a_rewording_that_no_source_supports_is_not_verified_and_cites_nothing(packaged: Assistant, words: str) -> None:
    brief = made(packaged)
    target = first(brief).id
    new = statement_of(edit_statement(open_desk(packaged), brief, target, words, by="Jo"), target)
    assert (new.status, new.citations) == ("unsupported", [])
    assert new.problems


def test_an_edit_back_to_the_sources_words_is_quoted_again(packaged: Assistant) -> None:
    brief, desk = made(packaged), open_desk(packaged)
    old = first(brief)
    spoiled = edit_statement(desk, brief, old.id, "Cats are better than dogs at running missions.", by="Jo")
    mended = statement_of(edit_statement(desk, spoiled, old.id, old.text, by="Jo"), old.id)
    assert (mended.status, mended.citations[0].quote) == ("quoted", old.text)
    assert mended.edit is not None
    assert mended.edit.was == old.text


def test_a_dropped_statement_takes_its_number_with_it(packaged: Assistant) -> None:
    brief = made(packaged)
    changed = set_state(open_desk(packaged), brief, [first(brief).id], "dropped")
    assert sorted(changed.citations()) == list(range(1, len(changed.citations()) + 1))
    assert first(brief).text not in [s.text for section in changed.sections for s in section.statements if s.shown]


def test_a_redone_section_keeps_what_was_kept_and_does_not_propose_what_was_dropped(packaged: Assistant) -> None:
    desk, brief = open_desk(packaged), made(packaged)
    section = brief.section("ninety-days")
    assert section is not None
    kept, dropped = section.statements[1], section.statements[0]
    changed = set_state(desk, set_state(desk, brief, [kept.id], "kept"), [dropped.id], "dropped")
    redone = redo_section(desk, changed, "ninety-days", packaged_template("ministerial-note")).section("ninety-days")
    assert redone is not None
    shown = [s.text for s in redone.statements if s.shown]
    assert kept.text in shown
    assert dropped.text not in shown
    assert len({s.id for s in redone.statements}) == len(redone.statements)


def test_a_moved_statement_is_numbered_where_it_now_stands(packaged: Assistant) -> None:
    desk, brief = open_desk(packaged), made(packaged)
    moved = move_statement(desk, brief, "risks-1", section_id="answer", place=1)
    assert statement_of(moved, "risks-1").citations[0].n == 1
    answer = moved.section("answer")
    assert answer is not None
    assert answer.statements[0].id == "risks-1"
    with pytest.raises(InputError, match="table"):
        move_statement(desk, brief, "tried-1")
    with pytest.raises(InputError, match="table"):
        move_statement(desk, brief, "risks-1", section_id="tried")
    with pytest.raises(NotFoundError):
        move_statement(desk, brief, "risks-99")


def test_an_approval_is_of_one_content_and_a_change_voids_it(packaged: Assistant) -> None:
    desk, brief = open_desk(packaged), made(packaged)
    assert brief.approved is None
    approved = approve(brief, packaged.library, by="Ann Lee")
    assert approved.approved is not None
    assert approved.approved.by == "Ann Lee"
    assert add_comment(approved, "risks", "Good.", by="Bo").approved is not None
    for changed in (
        rename_section(desk, approved, "risks", "Dangers"),
        set_state(desk, approved, [first(brief).id], "dropped"),
        edit_statement(desk, approved, "risks-1", "Something else entirely happened.", by="Jo"),
    ):
        assert changed.approved is None
        assert changed.approval is not None


def test_a_brief_whose_audit_fails_is_not_approved_unless_overridden(packaged: Assistant) -> None:
    brief = made(packaged)
    citation = first(brief).citations[0].model_copy(update={"quote": "Something the source never said."})
    spoiled = with_statement(brief, first(brief).id, citations=[citation])
    with pytest.raises(InputError, match="audit fails"):
        approve(spoiled, packaged.library, by="Ann")
    assert approve(spoiled, packaged.library, by="Ann", override=True).approved is not None


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"quote": "Housing First failed everywhere."}, "quote_differs"),
        ({"start": 3}, "quote_differs"),
        ({"source_id": "no-such-source"}, "source_missing"),
        ({"passage_id": "f" * 24}, "passage_missing"),
        ({"title": "A finer title"}, "details_differ"),
        ({"year": 1066}, "details_differ"),
        ({"evidence_type": "evaluation of evaluations"}, "details_differ"),
    ],
)
def test_the_audit_sees_a_reference_that_is_not_what_the_library_holds(
    packaged: Assistant, change: dict[str, object], rule: str
) -> None:
    brief = made(packaged)
    citation = first(brief).citations[0].model_copy(update=change)
    audit = audit_brief(with_statement(brief, first(brief).id, citations=[citation]), packaged.library)
    assert rule in {finding.rule for finding in audit.failures}


@pytest.mark.parametrize(
    ("change", "rule"), [({"text": "Other words, said to be quoted."}, "not_quoted"), ({"citations": []}, "uncited")]
)
def test_the_audit_sees_a_sentence_that_its_references_do_not_carry(
    packaged: Assistant, change: dict[str, object], rule: str
) -> None:
    brief = made(packaged)
    audit = audit_brief(with_statement(brief, first(brief).id, **change), packaged.library)
    assert rule in {finding.rule for finding in audit.failures}


def test_a_statement_that_a_later_one_updates_is_flagged_and_blocks_nothing(packaged: Assistant) -> None:
    audit = audit_brief(made(packaged, "evidence-summary", "Copenhagen carbon neutral"), packaged.library)
    assert any(flag.rule == "superseded" for flag in audit.flags)
    assert audit.failures == []


def test_every_version_is_kept_and_belongs_to_its_owner(packaged_home: Path, packaged: Assistant) -> None:
    from assistant.library.database import open_database

    template, engine = packaged_template("ministerial-note"), open_database(packaged_home)
    store = BriefStore(WorkStore(engine))
    kept = store.save(made(packaged), template)
    again = store.save(add_comment(kept.brief, "risks", "More on money.", by="Ann"), template, brief_id=kept.id)
    assert (kept.version, again.version) == (1, 2)
    assert store.read(kept.id, version=1).brief == kept.brief == made(packaged)
    assert [c.text for c in store.read(kept.id).brief.comments] == ["More on money."]
    assert [each.id for each in store.newest()] == [kept.id]
    assert len(store.versions(kept.id)) == 2
    other = BriefStore(WorkStore(engine), owner="somebody else")
    with pytest.raises(NotFoundError):
        other.read(kept.id)
    assert other.newest() == []
    assert store.delete(kept.id) == 2
    engine.dispose()


def test_a_clients_notes_give_the_fields_they_name(tmp_path: Path) -> None:
    notes = "# Notes\nClient: Leeds\n**Audience:** the cabinet\n\n## Decision\nFund it\nfrom April?\n\n## Background\nRain.\n"
    assert client_fields(notes) == {
        "client": "Leeds",
        "audience": "the cabinet",
        "decision": "Fund it from April?",
        "situation": "Rain.",
    }
    assert client_fields("Just some words.\nAnd more.") == {"situation": "Just some words. And more."}
    binary = tmp_path / "notes.docx"
    binary.write_bytes(b"PK\x03\x04\xff\xfe\x00")
    with pytest.raises(InputError, match="plain text"):
        read_client_notes(binary)
    assert len(client_fields("word " * 5000)["situation"]) <= 8000

"""Making a brief from the packaged library."""

from __future__ import annotations

import pytest
from made_briefs import made

from assistant.assistant import Assistant
from assistant.briefs.audit import audit_brief
from assistant.briefs.build import build_brief
from assistant.briefs.desk import open_desk
from assistant.briefs.nouns import BriefRequest, Statement
from assistant.briefs.subject import subject_words
from assistant.briefs.template_file import packaged_template
from assistant.errors import InputError, NotFoundError
from assistant.text.folding import fold


def test_every_factual_sentence_is_quoted_from_what_it_cites(packaged: Assistant) -> None:
    brief = made(packaged)
    facts = [s for s in brief.shown() if s.status != "advice"]
    assert len(facts) >= 12
    assert all(s.status == "quoted" and fold(s.text) == fold(s.citations[0].quote) for s in facts)
    assert audit_brief(brief, packaged.library).findings == []


def test_it_holds_what_happened_what_it_takes_and_what_to_fear_from_the_right_cases(packaged: Assistant) -> None:
    brief = made(packaged)
    sources = {c.source_id for c in brief.citations().values()}
    assert {"finland-housing-first", "canada-at-home-chez-soi"} <= sources
    answer = brief.section("answer")
    assert answer is not None
    assert len(answer.statements) == 3
    tried = brief.section("tried")
    assert tried is not None
    assert tried.table is not None
    assert all(cell.statements for row in tried.table.rows for cell in row.cells)


def test_numbers_follow_first_use_without_a_hole(packaged: Assistant) -> None:
    brief = made(packaged)
    seen: list[int] = []
    for statement in brief.shown():
        seen += [c.n for c in statement.citations if c.n not in seen]
    assert seen == list(range(1, len(seen) + 1))
    places: dict[int, set[tuple[str, int, int]]] = {}
    for statement in brief.shown():
        for c in statement.citations:
            places.setdefault(c.n, set()).add((c.passage_id, c.start, c.end))
    assert all(len(each) == 1 for each in places.values())


def test_nothing_is_said_twice_in_the_text(packaged: Assistant) -> None:
    brief = made(packaged)
    texts = [s.text for section in brief.sections for s in section.statements]
    assert len(texts) == len(set(texts))


def test_the_same_request_gives_the_same_brief(packaged: Assistant) -> None:
    template = packaged_template("ministerial-note")
    request = BriefRequest(topic="Delivery units")
    first, second = (build_brief(open_desk(packaged), request, template) for _ in range(2))
    timeless = {"receipt": {"created_at", "timings_ms"}}
    assert first.model_dump(exclude=timeless) == second.model_dump(exclude=timeless)
    assert first.mark() == second.mark()


@pytest.mark.parametrize("topic", ["Knitting patterns for cats", "Asylum backlog", "社会住房"])
def test_a_topic_that_the_library_lacks_gives_gaps_and_no_padding(packaged: Assistant, topic: str) -> None:
    brief = made(packaged, topic=topic)
    assert brief.citations() == {}
    assert any("holds nothing on" in gap for gap in brief.gaps)
    facts = [s for s in brief.shown() if s.status != "advice"]
    assert facts == []


def test_a_topic_that_the_library_has_in_part_says_so(packaged: Assistant) -> None:
    brief = made(packaged, topic="Youth homelessness")
    assert brief.citations()
    assert any("as such" in gap for gap in brief.gaps)


def test_disagreements_that_touch_what_is_cited_are_quoted_on_both_sides(packaged: Assistant) -> None:
    brief = made(packaged)
    topics = [each.topic for each in brief.disagreements]
    assert "whether Housing First saves money" in topics
    assert all(side.status == "quoted" and side.citations for each in brief.disagreements for side in (each.first, each.second))


def test_cases_can_be_chosen_and_anything_else_is_refused(packaged: Assistant) -> None:
    template = packaged_template("case-comparison")
    request = BriefRequest(topic="Cities", cases=["preston-model", "barcelona-superblocks"])
    section = build_brief(open_desk(packaged), request, template).section("comparison")
    assert section is not None
    assert section.table is not None
    assert [column.partition(" (")[0] for column in section.table.columns] == [
        packaged.library.source(i).title.partition(" (")[0] for i in request.cases
    ]
    assert [row.label for row in section.table.rows] == ["Goal", "Tools", "Results", "Lessons", "Critics"]
    with pytest.raises(InputError, match="is no case"):
        build_brief(open_desk(packaged), BriefRequest(topic="Cities", cases=["plan-for-change"]), template)
    with pytest.raises(NotFoundError):
        build_brief(open_desk(packaged), BriefRequest(topic="Cities", cases=["no-such-case"]), template)


def test_a_comparison_cell_speaks_of_its_own_case_alone(packaged: Assistant) -> None:
    brief = made(packaged, "case-comparison")
    for section_id in ("comparison", "warnings"):
        section = brief.section(section_id)
        assert section is not None
        assert section.table is not None
        for row in section.table.rows:
            for column, cell in zip(section.table.columns, row.cells, strict=True):
                sources = {c.source_id for s in cell.statements for c in s.citations}
                assert all(packaged.library.source(i).title in column for i in sources)


def test_the_session_pack_has_a_primer_and_cited_prompts(packaged: Assistant) -> None:
    brief = made(packaged, "session-pack")
    guide = brief.section("guide")
    assert guide is not None
    assert len(guide.prompts) == 8
    cited: list[Statement] = [s for prompt in guide.prompts for s in prompt.statements]
    assert all(prompt.statements for prompt in guide.prompts)
    assert all(s.citations for s in cited)
    primer = brief.section("what-is-a-mission")
    assert primer is not None
    assert primer.statements[0].citations[0].source_id == "term-mission"


def test_the_clients_words_are_shown_as_theirs_and_never_as_evidence(packaged: Assistant) -> None:
    section = made(packaged).section("decision")
    assert section is not None
    assert "Situation: It rained." in section.own_words
    assert section.statements == []


@pytest.mark.parametrize(
    ("topic", "subject"),
    [
        ("Adopting Housing First in Leeds", "Housing First"),
        ("How to stop mission-washing in a department", "How to mission-washing in a"),
        ("Delivery units", "Delivery units"),
        ("Missions in Wales", "Missions in Wales"),
    ],
)
def test_the_subject_is_the_topic_without_its_task_and_its_place(topic: str, subject: str) -> None:
    assert subject_words(topic) == subject

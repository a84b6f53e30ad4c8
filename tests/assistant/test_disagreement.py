"""Sources that disagree are shown side by side, and independent ones are counted by what they rest on."""

from __future__ import annotations

from evidence import evidence

from assistant.assistant import Assistant
from assistant.disagreement import find_disagreements, independent_sources
from assistant.grounding.ground import Grounder, Pointer, Proposal
from assistant.nouns import Citation, Evidence, Link

FALL, RISE, OTHER = evidence(
    "Emissions fell by 80 per cent by 2022.", "Emissions fell by 75 per cent by 2022.", "Wales has an act."
)
LINK = Link(topic="emissions", relation="contradicts", first="source-1#argues-1", second="source-2#argues-2", note="They differ.")
SOURCES = {each.source.id: each.source for each in (FALL, RISE, OTHER)}


def cited(*known: Evidence) -> list[Citation]:
    grounder = Grounder({each.passage.id: each for each in known})
    proposals = [Proposal(each.passage.text, "finding", (Pointer(each.passage.id, each.passage.text, 0),)) for each in known]
    return [citation for proposal in proposals for citation in (grounder.ground(proposal)[0] or _nothing()).citations]


def _nothing() -> None:
    raise AssertionError("a statement quoted whole is always shown")


def test_both_sides_come_with_year_and_evidence_type_when_one_is_cited() -> None:
    (found,) = find_disagreements(
        [LINK], cited=cited(FALL), evidence=[FALL, RISE], sources=SOURCES, passages_of=lambda source: []
    )
    assert (found.first.quote, found.second.quote) == (FALL.passage.text, RISE.passage.text)
    assert (found.first.year, found.second.evidence_type) == (2021, "official data")


def test_the_other_side_is_fetched_when_the_search_did_not_find_it() -> None:
    (found,) = find_disagreements(
        [LINK], cited=cited(FALL), evidence=[FALL], sources=SOURCES, passages_of=lambda source: [RISE.passage]
    )
    assert found.second.quote == RISE.passage.text


def test_nothing_is_said_of_a_disagreement_that_the_answer_does_not_touch() -> None:
    assert (
        find_disagreements(
            [LINK], cited=cited(OTHER), evidence=[FALL, RISE, OTHER], sources=SOURCES, passages_of=lambda source: []
        )
        == []
    )


def test_notes_on_one_work_count_once_and_our_own_reading_not_at_all() -> None:
    one, two, three = cited(FALL, RISE, OTHER)
    same = two.model_copy(update={"url": f"{one.url}/#page"})
    ours = three.model_copy(update={"basis": "editor"})
    assert independent_sources([one, two, three]) == 3
    assert independent_sources([one, same, ours]) == 1


def test_every_link_of_the_packaged_library_names_two_statements_that_exist(packaged: Assistant) -> None:
    known = {
        f"{source}#{passage.statement}"
        for source in packaged.library.sources()
        for passage in packaged.library.passages_of(source)
    }
    links = packaged.library.links()
    assert links
    assert [link for link in links if link.first not in known or link.second not in known] == []

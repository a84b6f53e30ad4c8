"""A person's documents are found beside the packaged ones, and never change how those rank."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.index.word_shelves import WordShelves
from assistant.index.words import WordIndex, WordRow

WORDS = ("ferry", "timetable", "council", "mission", "budget", "harbour", "wind", "turbine", "school", "meals")
PACKAGED = [
    ("p1", "The ferry mission of the council cut the budget."),
    ("p2", "School meals were free in the harbour district, the council said."),
    ("p3", "A wind turbine stands in the harbour."),
    ("p4", "The mission budget paid for wind and for school meals."),
]
ASKED = {"mission": 1.0, "budget": 1.0, "harbour": 1.0, "school meals": 0.6}


def row(name: str, body: str, *, packaged: bool, title: str = "A title", heading: str = "") -> WordRow:
    return WordRow(name, body, title, heading, f"source-{name}", packaged)


def shelves_in(folder: Path) -> WordShelves:
    shelves = WordShelves(folder)
    shelves.change(add=[row(name, body, packaged=True) for name, body in PACKAGED])
    return shelves


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(own=st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40), min_size=1, max_size=12))
def test_packaged_scores_stay_whatever_a_person_adds(tmp_path_factory: pytest.TempPathFactory, own: list[list[str]]) -> None:
    shelves = shelves_in(tmp_path_factory.mktemp("shelves"))
    before = shelves.search(ASKED, k=10)
    rarity = {word: shelves.idf(word) for word in WORDS if shelves.document_frequency(word)}
    shelves.change(add=[row(f"own{n}", " ".join(words), packaged=False, title=words[0]) for n, words in enumerate(own)])
    after = shelves.search(ASKED, k=10)
    assert [(i, score) for i, score in after if not i.startswith("own")] == before
    assert {word: shelves.idf(word) for word in rarity} == rarity
    assert shelves.size() == len(PACKAGED) + len(own)


def test_one_document_among_many_packaged_ones_is_found_on_its_merits(tmp_path: Path) -> None:
    """A shelf of one passage has no rare words of its own: without the packaged shelf's count it would score next to nothing."""
    shelves = WordShelves(tmp_path)
    shelves.change(add=[row(f"p{n}", f"Paragraph {n} on the council's ferry timetable.", packaged=True) for n in range(200)])
    shelves.change(add=[row("p-harbour", "The harbour mission of Oban.", packaged=True)])
    shelves.change(add=[row("own", "The harbour mission of Oban.", packaged=False)])
    scores = dict(shelves.search({"harbour": 1.0, "mission": 1.0}, k=10))
    assert set(scores) == {"p-harbour", "own"}
    assert scores["own"] == pytest.approx(scores["p-harbour"], rel=0.25)
    alone = dict(WordIndex(tmp_path / "own-words").search({"harbour": 1.0, "mission": 1.0}, k=10))
    assert alone["own"] < scores["own"] / 3


def test_a_word_that_only_a_person_uses_counts_as_rare_in_the_whole(tmp_path: Path) -> None:
    shelves = shelves_in(tmp_path)
    shelves.change(add=[row("own", "The kelp nursery.", packaged=False)])
    assert shelves.search({"kelp": 1.0}, k=5)[0][0] == "own"
    assert shelves.idf("kelp") > shelves.idf("mission")
    assert shelves.idf("kelp", hidden=1, frequency=0) == shelves.idf("unheard"), "one who may not see it learns of the word"


def test_a_library_of_an_earlier_version_keeps_and_loses_its_documents(tmp_path: Path) -> None:
    """There the person's passages stand on the first shelf."""
    WordIndex(tmp_path / "words").change(
        add=[row(name, body, packaged=True) for name, body in PACKAGED] + [row("own", "The kelp nursery.", packaged=False)]
    )
    shelves = WordShelves(tmp_path)
    assert [i for i, _ in shelves.search({"kelp": 1.0}, k=5)] == ["own"]
    assert "own" in shelves.ids()
    shelves.change(remove=["own"])
    assert shelves.search({"kelp": 1.0}, k=5) == []
    assert shelves.ids() == {name for name, _ in PACKAGED}


def test_where_one_shelf_is_empty_the_other_is_as_if_alone(tmp_path: Path) -> None:
    for packaged in (True, False):
        shelves = WordShelves(tmp_path / str(packaged))
        shelves.change(add=[row(name, body, packaged=packaged) for name, body in PACKAGED])
        alone = WordIndex(tmp_path / f"alone-{packaged}")
        alone.change(add=[row(name, body, packaged=packaged) for name, body in PACKAGED])
        assert shelves.search(ASKED, k=10) == alone.search(ASKED, k=10)

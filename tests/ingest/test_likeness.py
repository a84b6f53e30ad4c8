"""One text in two files is one work: recognised across formats, said in the report, and counted once."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from assistant import open_assistant
from assistant.disagreement import independent_sources
from assistant.nouns import Citation, Locator, Source
from assistant.settings import Settings
from ingest.likeness import FEWEST_WORDS, Likenesses, read_sketch, sketch_of
from ingest.remove import remove_sources
from ingest.run import ingest_files

NOUNS = [
    "harbour",
    "lamp",
    "keeper",
    "reef",
    "council",
    "ferry",
    "pier",
    "tram",
    "boat",
    "oil",
    "wick",
    "tide",
    "chart",
    "storm",
    "bell",
    "rope",
    "sail",
    "crew",
    "port",
    "quay",
]


def prose(seed: int, sentences: int = 60) -> list[str]:
    chance = random.Random(seed)
    return [
        f"In {chance.randint(1600, 1999)} the {chance.choice(NOUNS)} of the {chance.choice(NOUNS)} cost {chance.randint(2, 900)} "
        f"crowns and the {chance.choice(NOUNS)} was {chance.choice(('sold', 'kept', 'lent', 'mended'))}."
        for _ in range(sentences)
    ]


def as_markdown(path: Path, sentences: list[str]) -> Path:
    path.write_text("# The ledger\n\n" + "\n\n".join(sentences) + "\n", "utf-8")
    return path


def as_html(path: Path, sentences: list[str]) -> Path:
    body = "".join(f"<p>{s}</p>" for s in sentences)
    path.write_text(
        f"<!doctype html><html><head><title>The ledger</title></head><body><h1>The ledger</h1>{body}</body></html>", "utf-8"
    )
    return path


def cited(source: Source) -> Citation:
    work = source.details.get("work")
    return Citation(
        n=1, source_id=source.id, passage_id="p", quote="q", start=0, end=1, locator=Locator(), title=source.id,
        work=str(work) if work else None,
    )  # fmt: skip


def test_the_estimate_is_near_the_true_overlap() -> None:
    words = [f"w{n}" for n in random.Random(3).sample(range(10**6), 4000)]
    for shared in (0.9, 0.6, 0.3):
        cut = int(4000 * shared)
        a, b = sketch_of(" ".join(words)), sketch_of(" ".join(words[:cut] + [w + "x" for w in words[cut:]]))
        assert a.places is not None
        assert b.places is not None
        true = cut / (8000 - cut)
        assert abs(float((a.places == b.places).mean()) - true) < 0.15


def test_typography_and_case_do_not_make_another_text() -> None:
    assert sketch_of("The “reef” — was ﬁne").words == sketch_of('the "reef" - was fine').words


def test_a_sketch_survives_being_written_down() -> None:
    for text in ("short", " ".join(prose(1))):
        made = sketch_of(text)
        read = read_sketch(made.written())
        assert read is not None
        assert read.written() == made.written()
    assert read_sketch(None) is None


def test_the_same_report_in_two_formats_is_one_independent_source(tmp_path: Path, own_settings: Settings) -> None:
    text = prose(1)
    paths = [as_markdown(tmp_path / "a.md", text), as_html(tmp_path / "b.html", text), as_markdown(tmp_path / "c.md", prose(2))]
    reports = {f.source_id: f for f in ingest_files(own_settings, paths).files}
    assert reports["a"].warnings == reports["c"].warnings == []
    assert any("a" in w and "one independent source" in w for w in reports["b"].warnings)
    sources = open_assistant(own_settings).library.sources()
    assert sources["b"].details.get("duplicate_of", sources["b"].details.get("similar_to")) == "a"
    assert independent_sources([cited(s) for s in sources.values()]) == 2


def test_a_new_edition_with_most_of_the_old_words_is_similar(tmp_path: Path, own_settings: Settings) -> None:
    text = prose(1, 100)
    edition = [*text[:90], *prose(9, 10)]
    ingest_files(own_settings, [as_markdown(tmp_path / "a.md", text)])
    (report,) = ingest_files(own_settings, [as_markdown(tmp_path / "b.md", edition)]).files
    assert any("per cent the same text as a" in w for w in report.warnings)


def test_short_texts_are_the_same_only_when_every_word_is() -> None:
    short = " ".join(prose(1, 3))
    assert len(short.split()) < FEWEST_WORDS
    known = Likenesses({})
    known.add("a", sketch_of(short), "w")
    assert known.nearest(sketch_of(short.replace("crowns", "pounds")), but="b") is None
    found = known.nearest(sketch_of(short.upper()), but="b")
    assert found is not None
    assert (found.source_id, found.relation, found.work) == ("a", "duplicate_of", "w")
    assert known.nearest(sketch_of(short), but="a") is None
    known.forget(["a"])
    assert known.nearest(sketch_of(short), but="b") is None


def test_two_copies_stay_one_work_when_the_first_is_changed_or_removed(tmp_path: Path, own_settings: Settings) -> None:
    text = prose(1)
    a, b = as_markdown(tmp_path / "a.md", text), as_markdown(tmp_path / "b.md", text)
    ingest_files(own_settings, [a, b])
    as_markdown(a, prose(7))
    ingest_files(own_settings, [a])
    sources = open_assistant(own_settings).library.sources()
    assert independent_sources([cited(sources["a"]), cited(sources["b"])]) == 2
    remove_sources(own_settings, ["a"])
    ingest_files(own_settings, [as_markdown(tmp_path / "c.md", text)])
    sources = open_assistant(own_settings).library.sources()
    assert independent_sources([cited(sources["b"]), cited(sources["c"])]) == 1


@pytest.mark.parametrize("count", [200])
def test_many_sources_are_compared_and_the_right_one_is_found(count: int) -> None:
    known = Likenesses({})
    for n in range(count):
        known.add(f"s{n}", sketch_of(" ".join(prose(n, 20))), f"w{n}")
    found = known.nearest(sketch_of(" ".join([*prose(137, 20), "An added line of seven words here."])), but="new")
    assert found is not None
    assert (found.source_id, found.relation) == ("s137", "similar_to")
    assert known.nearest(sketch_of(" ".join(prose(999, 20))), but="new") is None

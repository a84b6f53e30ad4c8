"""`adviser check` as a person runs it: drafts, pairs, and what cannot be used."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
from command import run

DRAFT = (
    "Between 2008 and 2022 the number of homeless people living alone in Finland fell by 54 per cent. "
    "Homeless people living alone in Finland fell by 80 per cent between 2008 and 2022. "
    "The <b>Welsh</b> commissioner took | three ministers to court.\n"
)
PAIRS = [
    {"id": "a", "claim": "Homelessness in Finland fell 54 per cent.", "passages": ["In Finland homelessness fell 54 per cent."]},
    {"id": 2, "claim": "Cats sleep all day.", "passages": ["The bridge was painted green."], "supported": False},
]


@pytest.fixture
def draft(tmp_path: Path) -> str:
    path = tmp_path / "draft.txt"
    path.write_text(DRAFT, "utf-8")
    return str(path)


def pairs_file(folder: Path, *lines: str) -> str:
    path = folder / "pairs.jsonl"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return str(path)


def test_pairs_are_judged_line_by_line_with_no_home_and_no_library(tmp_path: Path, home: Path) -> None:
    done = run("check", "--pairs", pairs_file(tmp_path, *map(json.dumps, PAIRS), ""), "--json")
    results = [json.loads(line) for line in done.out.splitlines()]
    assert (done.code, done.err) == (0, "")
    assert [set(each) for each in results] == [{"id", "status", "score"}] * 2
    assert [(each["id"], each["status"]) for each in results] == [("a", "supported"), (2, "unsupported")]
    assert not home.exists()


def test_a_bad_line_ends_with_two_and_names_itself_after_what_stood_before_it(tmp_path: Path) -> None:
    done = run("check", "--pairs", pairs_file(tmp_path, json.dumps(PAIRS[0]), '{"id": 3}'), "--json")
    assert done.code == 2
    assert done.one_line() == "adviser: Line 2: it has no claim and no passages."
    assert [json.loads(line)["id"] for line in done.out.splitlines()] == ["a"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Give a draft to check"),
        (("x.md", "--pairs", "y"), "one of the two"),
        (("--pairs", "nowhere.jsonl"), "There is no file 'nowhere.jsonl'"),
        (("nowhere.docx",), "There is no file 'nowhere.docx'"),
        (("nowhere.md", "--out", "x.pdf"), "--out takes a name that ends in"),
        (("nowhere.md", "--out", "x.docx"), "Comments can be put into a Word file"),
        (("--pairs", "y", "--out", "x.md"), "with --pairs the results are printed"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_two(arguments: tuple[str, ...], says: str) -> None:
    done = run("check", *arguments)
    assert done.code == 2
    assert says in done.one_line()


@pytest.mark.usefixtures("packaged_home")
def test_a_draft_is_told_sentence_by_sentence_and_written_as_tables(draft: str, tmp_path: Path) -> None:
    for ending in ("md", "html"):
        done = run("check", draft, "--out", str(tmp_path / f"out.{ending}"))
        assert (done.code, done.err) == (0, "")
        assert "3 statements of fact checked: 1 contradicted, 1 not found, 1 supported." in done.out
    markdown, html = ((tmp_path / f"out.{ending}").read_text("utf-8") for ending in ("md", "html"))
    assert "The \\<b\\>Welsh\\</b\\> commissioner took \\| three ministers to court." in markdown
    assert "The &lt;b&gt;Welsh&lt;/b&gt; commissioner" in html
    assert "<b>Welsh" not in html
    assert "the library says 54 per cent, not 80 per cent".capitalize() in html


@pytest.mark.usefixtures("packaged_home")
def test_a_word_file_comes_back_with_comments_and_the_json_is_the_report(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("Homeless people living alone in Finland fell by 80 per cent between 2008 and 2022.")
    path, out = tmp_path / "draft.docx", tmp_path / "checked.docx"
    word.save(str(path))
    before = path.read_bytes()
    done = run("check", str(path), "--out", str(out), "--json")
    assert done.code == 0, done.err
    assert [each["status"] for each in done.json()["sentences"]] == ["contradicted"]
    assert [comment.author for comment in docx.Document(str(out)).comments] == ["Mission adviser"] * 2
    assert path.read_bytes() == before


def test_the_draft_itself_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "draft.docx"
    docx.Document().save(str(path))
    done = run("check", str(path), "--out", str(path))
    assert done.code == 2
    assert "the draft itself" in done.one_line()

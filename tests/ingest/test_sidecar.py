"""A file beside a document that says what it is: its word goes before the document's, and a slip in it is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import write_markdown

from assistant import open_assistant
from assistant.nouns import Source
from assistant.settings import Settings
from ingest.paths import files_under
from ingest.run import ingest_files

FULL = """
title: The reef report
authors: [Amina Barwani, Bo Li]
organisation: Harbour Office
year: 2011
url: https://example.org/reef
licence: CC BY 4.0
"""


def ingested(settings: Settings, path: Path) -> Source:
    report = ingest_files(settings, [path])
    assert [f.status for f in report.files] in (["added"], ["replaced"]), report.files[0].reason
    return open_assistant(settings).library.source("reef")


@pytest.mark.parametrize("name", ["reef.md.meta.yaml", "reef.md.yaml"])
def test_a_sidecar_gives_the_facts_of_its_document_and_is_no_document(name: str, tmp_path: Path, own_settings: Settings) -> None:
    path = write_markdown(tmp_path / "reef.md")
    (tmp_path / name).write_text(FULL, "utf-8")
    assert files_under([str(tmp_path)]) == [path]
    assert files_under([str(path), str(tmp_path / name)]) == [path]
    source = ingested(own_settings, path)
    assert (source.title, source.authors, source.organisation) == (
        "The reef report",
        ["Amina Barwani", "Bo Li"],
        "Harbour Office",
    )
    assert (source.year, source.url, source.licence) == (2011, "https://example.org/reef", "CC BY 4.0")


def test_a_changed_sidecar_alone_brings_its_document_in_again(tmp_path: Path, own_settings: Settings) -> None:
    path = write_markdown(tmp_path / "reef.md")
    assert ingested(own_settings, path).title == "The reef"
    (tmp_path / "reef.md.yaml").write_text("title: Lamps\nauthors: Amina Barwani\n", "utf-8")
    source = ingested(own_settings, path)
    assert (source.title, source.authors) == ("Lamps", ["Amina Barwani"])
    assert [f.status for f in ingest_files(own_settings, [path]).files] == ["unchanged"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"titel: Lamps\n", "'titel'"),
        (b"year: soon\n", "'year'"),
        (b"url: javascript:alert(1)\n", "'url'"),
        (b"- a list\n", "does not give fields"),
        (b"title: [unclosed\n", "not readable YAML"),
        (b"\xff\xfe\x00", "not readable YAML"),
        (b"title: x\n" * 20_000, "too long"),
        (b"a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\ntitle: [*c,*c]\n", "cannot be used|not known"),
    ],
)
def test_a_sidecar_that_cannot_be_used_is_refused_in_one_line(
    content: bytes, says: str, tmp_path: Path, own_settings: Settings
) -> None:
    path = write_markdown(tmp_path / "reef.md")
    (tmp_path / "reef.md.meta.yaml").write_bytes(content)
    (report,) = ingest_files(own_settings, [path]).files
    assert report.status == "failed"
    assert report.reason is not None
    assert "\n" not in report.reason
    assert "reef.md.meta.yaml" in report.reason
    import re

    assert re.search(says, report.reason), report.reason


def test_a_yaml_file_beside_no_document_is_a_file_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "lonely.md.yaml").write_text("title: x\n", "utf-8")
    assert files_under([str(tmp_path)]) == [tmp_path / "lonely.md.yaml"]

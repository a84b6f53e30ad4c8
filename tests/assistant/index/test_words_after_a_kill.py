"""A writer of the word index that was killed before its commit stops no later one."""

from __future__ import annotations

import shutil
from pathlib import Path

from assistant.index.words import WordIndex, WordRow


def row(number: int, words: str) -> WordRow:
    return WordRow(id=f"p{number}", body=words, title="Parish report", heading="", source_id=f"s{number}", packaged=False)


def test_a_file_that_a_killed_writer_left_is_no_obstacle(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "words", tmp_path / "elsewhere"
    WordIndex(folder).change(add=[row(n, f"the bakers sold {n} crates") for n in range(8)])
    shutil.copytree(folder, elsewhere)
    WordIndex(elsewhere).change(remove=["p3"])
    left = [path for path in elsewhere.glob("*.del") if not (folder / path.name).exists()]
    assert left  # the file in which a removal is noted, written before the commit that names it
    for path in [*left, elsewhere / ".managed.json"]:
        shutil.copy(path, folder / path.name)  # as if the writer had been killed between the two

    index = WordIndex(folder)
    assert index.size() == 8
    index.change(remove=["p3"])
    assert index.ids() == {f"p{n}" for n in range(8) if n != 3}
    index.change(add=[row(3, "the bakers sold nothing")])
    assert WordIndex(folder).size() == 8

"""The cross-encoder: the same odds alone and beside others, bounded in length, and clear words for a damaged file."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import ModelFileError
from assistant.index import cross_encoder
from assistant.index.cross_encoder import ENCODING_FILE, MODEL_FOLDER, READING_FILE, CrossEncoder, statement_words

QUESTION = "How many people slept rough in England in 1998?"
ANSWERING = "Rough sleepers unit: In 1998 about 1,850 people slept rough in England on a single night."
BESIDE = "Rough sleepers unit: The unit was led by Louise Casey and worked with charities and councils."
FAR = "Superblocks in Barcelona: A superblock joins nine blocks and keeps through traffic outside."


@pytest.fixture(scope="module")
def reader() -> CrossEncoder:
    return CrossEncoder()


def test_a_statement_that_answers_comes_before_those_that_do_not(reader: CrossEncoder) -> None:
    odds = reader.log_odds(QUESTION, [ANSWERING, BESIDE, FAR])
    assert odds[0] > 0 > odds[1:].max()


TOLD = [ANSWERING, BESIDE, FAR, ANSWERING + " " + BESIDE, "Short: Yes.", BESIDE + " " + FAR, ANSWERING]


def test_a_statement_has_the_same_odds_alone_beside_others_and_on_any_number_of_cores(reader: CrossEncoder) -> None:
    together = reader.log_odds(QUESTION, TOLD)
    alone = np.array([reader.log_odds(QUESTION, [each])[0] for each in TOLD])
    assert np.abs(together - alone).max() < 1e-4
    assert np.abs(together - CrossEncoder(threads=1).log_odds(QUESTION, TOLD)).max() < 1e-4
    assert together[0] == together[-1]


def test_a_kept_statement_has_the_odds_it_had_when_it_was_new(reader: CrossEncoder) -> None:
    new = CrossEncoder()
    first = new.log_odds(QUESTION, TOLD)
    assert np.abs(new.log_odds(QUESTION, TOLD[::-1])[::-1] - first).max() < 1e-5
    assert (new.log_odds(QUESTION, TOLD) == first).all()
    assert (reader.log_odds(QUESTION, TOLD) == first).all()


def test_what_is_kept_of_statements_has_a_bound_and_the_oldest_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    small = CrossEncoder()
    each = small.encoded([FAR])[0].nbytes
    monkeypatch.setattr(cross_encoder, "KEPT_BYTES", each * 3)
    for number in range(9):
        small.log_odds(QUESTION, [f"{FAR} {number}", FAR])  # FAR is asked for each time
        assert small._kept_bytes == sum(kept.nbytes for kept in small._kept.values()) <= each * 3
    assert cross_encoder._key(FAR) in small._kept
    assert cross_encoder._key(f"{FAR} 0") not in small._kept


def test_threads_that_read_the_same_new_statements_at_once_agree(reader: CrossEncoder) -> None:
    new, wanted = CrossEncoder(threads=2), reader.log_odds(QUESTION, TOLD)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: new.log_odds(QUESTION, TOLD), range(16)))
    assert all((each == wanted).all() for each in found)
    assert new._kept_bytes == sum(kept.nbytes for kept in new._kept.values())


def test_long_and_empty_texts_have_odds_and_none_has_none(reader: CrossEncoder) -> None:
    assert np.isfinite(reader.log_odds(QUESTION * 80, [ANSWERING * 80, "", "\u200b🙂", "你好"])).all()
    assert np.isfinite(reader.log_odds("", [ANSWERING, ""])).all()
    assert reader.log_odds(QUESTION, []).shape == (0,)


def test_under_a_long_question_or_title_the_statement_is_still_read(reader: CrossEncoder) -> None:
    words = [statement_words("数" * 900, each) for each in (ANSWERING, FAR)]
    odds = reader.log_odds(QUESTION + " Please." * 300, words)
    assert odds[0] != odds[1]


def test_a_statement_is_read_under_its_title_and_a_long_title_is_cut() -> None:
    assert statement_words("Sure Start", "It began in 1999.") == "Sure Start: It began in 1999."
    assert len(statement_words("word " * 99, "It began.").split()) == 18


@pytest.mark.parametrize("name", [ENCODING_FILE, READING_FILE])
def test_a_damaged_file_is_said_in_one_line(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "cross_encoder"
    shutil.copytree(MODEL_FOLDER, folder)
    (folder / name).write_bytes(b"no model")
    reader = CrossEncoder(folder=folder)
    with pytest.raises(ModelFileError, match=r"cross-encoder.*is damaged.*Install mission-adviser again"):
        reader.log_odds(QUESTION, [ANSWERING])
    with pytest.raises(ModelFileError):
        reader.verify()


def test_the_released_files_are_those_of_the_manifest_and_the_provenance(reader: CrossEncoder) -> None:
    reader.verify()
    files = json.loads((MODEL_FOLDER / "manifest.json").read_text("utf-8"))["files"]
    assert reader.fingerprint.endswith("-".join(files[name]["sha256"][:8] for name in (ENCODING_FILE, READING_FILE)))
    provenance = (MODEL_FOLDER / "PROVENANCE.md").read_text("utf-8")
    assert all(each["sha256"] in provenance for each in files.values())

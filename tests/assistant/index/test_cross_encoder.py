"""The cross-encoder: the same odds alone and beside others, bounded in length, and clear words for a damaged file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import ModelFileError
from assistant.index.cross_encoder import MODEL_FOLDER, CrossEncoder, statement_words

QUESTION = "How many people slept rough in England in 1998?"
ANSWERING = "Rough sleepers unit: In 1998 about 1,850 people slept rough in England on a single night."
BESIDE = "Rough sleepers unit: The unit was led by Louise Casey and worked with charities and councils."
FAR = "Superblocks in Barcelona: A superblock joins nine blocks and keeps through traffic outside."


@pytest.fixture(scope="module")
def reader() -> CrossEncoder:
    return CrossEncoder()


def test_a_statement_that_answers_comes_before_those_that_do_not(reader: CrossEncoder) -> None:
    odds = reader.log_odds("answers", [(QUESTION, each) for each in (ANSWERING, BESIDE, FAR)])
    assert odds[0] > 0 > odds[1:].max()


def test_a_pair_has_the_same_odds_alone_beside_others_and_on_any_number_of_cores(reader: CrossEncoder) -> None:
    pairs = [(QUESTION, each) for each in (ANSWERING, BESIDE, FAR, ANSWERING + " " + BESIDE)]
    together = reader.log_odds("answers", pairs)
    alone = np.array([reader.log_odds("answers", [pair])[0] for pair in pairs])
    assert np.abs(together - alone).max() < 1e-4
    assert np.abs(together - CrossEncoder(threads=1).log_odds("answers", pairs)).max() < 1e-4


def test_long_and_empty_texts_have_odds_and_none_has_none(reader: CrossEncoder) -> None:
    assert np.isfinite(reader.log_odds("answers", [(QUESTION * 80, ANSWERING * 80), ("", ""), ("\u200b🙂", "你好")])).all()
    assert reader.log_odds("answers", []).shape == (0,)


def test_under_a_long_question_or_title_the_statement_is_still_read(reader: CrossEncoder) -> None:
    words = [statement_words("数" * 900, each) for each in (ANSWERING, FAR)]
    odds = reader.log_odds("answers", [(QUESTION + " Please." * 300, each) for each in words])
    assert odds[0] != odds[1]


def test_a_statement_is_read_under_its_title_and_a_long_title_is_cut() -> None:
    assert statement_words("Sure Start", "It began in 1999.") == "Sure Start: It began in 1999."
    assert len(statement_words("word " * 99, "It began.").split()) == 18


def test_a_damaged_file_is_said_in_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "cross_encoder"
    shutil.copytree(MODEL_FOLDER, folder)
    (folder / "model.int8.onnx").write_bytes(b"no model")
    reader = CrossEncoder(folder=folder)
    with pytest.raises(ModelFileError, match=r"cross-encoder.*is damaged.*Install mission-adviser again"):
        reader.log_odds("answers", [(QUESTION, ANSWERING)])
    with pytest.raises(ModelFileError):
        reader.verify()


def test_the_released_files_are_those_of_the_manifest_and_the_provenance(reader: CrossEncoder) -> None:
    reader.verify()
    files = json.loads((MODEL_FOLDER / "manifest.json").read_text("utf-8"))["files"]
    assert reader.fingerprint.endswith(files["model.int8.onnx"]["sha256"][:12])
    provenance = (MODEL_FOLDER / "PROVENANCE.md").read_text("utf-8")
    assert all(each["sha256"] in provenance for each in files.values())

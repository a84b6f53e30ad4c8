"""Uploads: names made safe, sizes held, shared servers closed."""

from __future__ import annotations

import io

import pytest

from assistant.assistant import open_assistant
from assistant.errors import FileRefusedError, InputError
from assistant.retrieval.retrieve import Filters
from assistant.settings import Settings
from ui.serving import UPLOADS, Services, Upload, open_services, safe_file_name, take_uploads

SPACE = "0123456789abcdef01234567"


@pytest.fixture
def own(own_settings: Settings) -> Services:
    return open_services(open_assistant(own_settings.model_copy(update={"file_limit_mb": 1})), shared=False)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\plan.docx", "plan.docx"),
        ("a\x00b\nc.txt", "a-b-c.txt"),
        ("..", "document"),
        ("", "document"),
        (".env", "env"),
        ('<img src=x onerror="x">.html', "img src=x onerror=-x--.html"),
        ("x" * 500 + ".pdf", "x" * 116 + ".pdf"),
        ("a\u202egpj.pdf", "a-gpj.pdf"),
    ],
)
def test_a_file_name_is_made_safe(given: str, kept: str) -> None:
    assert safe_file_name(given) == kept


def test_an_upload_is_kept_in_the_library_and_answers(own: Services) -> None:
    report = take_uploads(
        own, [Upload("../zebra.txt", io.BytesIO(b"The zebra mission costs 12 million pounds a year in Leeds."))], space=SPACE
    )
    assert [file.status for file in report.files] == ["added"]
    assert (own.settings.home / UPLOADS / SPACE / "zebra.txt").exists()
    assert own.assistant.search("zebra mission", filters=Filters(owner=SPACE))[0].source_id == f"zebra-{SPACE[:6]}"


def test_too_large_a_file_is_refused_and_leaves_nothing(own: Services) -> None:
    with pytest.raises(FileRefusedError, match="larger than 1 MB"):
        take_uploads(own, [Upload("big.txt", io.BytesIO(b"x" * 1_000_001))], space=SPACE)
    assert list((own.settings.home / UPLOADS / SPACE).iterdir()) == []


@pytest.mark.parametrize("count", [0, 51])
def test_no_file_and_too_many_files_are_refused(own: Services, count: int) -> None:
    with pytest.raises(InputError, match="1 to 50"):
        take_uploads(own, [Upload("a.txt", io.BytesIO(b"words"))] * count, space=SPACE)

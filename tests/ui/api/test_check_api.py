"""/v1/check and the page of the same name: what comes back, and that nothing is kept."""

from __future__ import annotations

import io
from collections.abc import Iterator

import docx
import pytest
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from ui.api.app import build_app
from ui.serving import open_services

SENTENCE = "Homeless people living alone in Finland fell by 80 per cent between 2008 and 2022."
HERE = {"origin": "http://127.0.0.1:7860"}


@pytest.fixture
def client(packaged: Assistant) -> Iterator[TestClient]:
    app = build_app(open_services(packaged, shared=False), key=None)
    with TestClient(app, base_url="http://127.0.0.1:7860", raise_server_exceptions=False, follow_redirects=False) as opened:
        yield opened


def word_file() -> bytes:
    word, out = docx.Document(), io.BytesIO()
    word.add_paragraph(SENTENCE)
    word.save(out)
    return out.getvalue()


def test_a_draft_comes_back_as_the_report_and_enters_nothing(client: TestClient, packaged: Assistant) -> None:
    before = packaged.library.counts()
    reply = client.post("/v1/check", files={"file": ("draft.docx", word_file())})
    assert reply.status_code == 200, reply.text
    assert [(s["status"], s["missing"]) for s in reply.json()["sentences"]] == [("contradicted", ["80 per cent"])]
    assert packaged.library.counts() == before


def test_pairs_are_judged_over_http_too(client: TestClient) -> None:
    pair = {"id": "a", "claim": "Cats sleep.", "passages": ["Cats sleep."]}
    assert client.post("/v1/check/pairs", json=[pair]).json()[0]["status"] == "supported"
    assert client.post("/v1/check/pairs", json=[pair] * 201).status_code == 422


def test_a_pasted_draft_becomes_a_table_with_the_passages(client: TestClient) -> None:
    page = client.post("/check", data={"text": f"{SENTENCE} <img src=x onerror=alert(1)> was said in 2011."}, headers=HERE)
    assert page.status_code == 200
    assert "The library says 54 per cent, not 80 per cent." in page.text
    assert "From 2008 to 2022 the number of homeless people" in page.text
    assert "<img src=x" not in page.text


def test_a_word_file_can_be_had_back_with_its_comments(client: TestClient) -> None:
    reply = client.post("/check", files={"file": ("My draft.docx", word_file())}, data={"as": "docx"}, headers=HERE)
    assert reply.headers["content-disposition"].endswith("My%20draft%20checked.docx")
    assert sum(1 for _ in docx.Document(io.BytesIO(reply.content)).comments) == 2


@pytest.mark.parametrize(
    ("data", "files", "says"),
    [
        ({"text": " "}, {}, "There is no text to check"),
        ({"text": "Cats sleep all day.", "as": "docx"}, {}, "Comments can be put into a Word file"),
        ({}, {"file": ("draft.docx", b"PK\x03\x04 no package")}, "draft.docx"),
    ],
)
def test_what_cannot_be_checked_is_said(
    client: TestClient, data: dict[str, str], files: dict[str, tuple[str, bytes]], says: str
) -> None:
    reply = client.post("/check", data=data, files=files or None, headers=HERE)
    assert reply.status_code == 422
    assert says in reply.text


def test_the_form_stands_on_a_page_of_its_own(client: TestClient) -> None:
    page = client.get("/check").text
    assert 'type="file"' in page
    assert 'name="text"' in page

"""The server in process, without a socket: guard, API, plain pages."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.assistant import Assistant, open_assistant
from assistant.settings import Settings
from ui.api.app import build_api, build_app
from ui.api.guard import BODY_LIMIT
from ui.serving import open_services

KEY = "a key of more than sixteen characters"
SNAPSHOT = Path(__file__).parents[2] / "data" / "openapi.json"
RENEW = os.environ.get("RENEW_SNAPSHOTS") == "1"
JSON = {"content-type": "application/json"}


def client_of(assistant: Assistant, *, key: str | None = None, base: str = "http://127.0.0.1:7860") -> TestClient:
    services = open_services(assistant, shared=key is not None)
    return TestClient(build_app(services, key=key), base_url=base, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture
def alone(packaged: Assistant) -> Iterator[TestClient]:
    with client_of(packaged) as client:
        yield client


@pytest.fixture
def shared(packaged: Assistant) -> Iterator[TestClient]:
    with client_of(packaged, key=KEY, base="http://adviser.example") as client:
        yield client


@pytest.fixture(scope="session")
def asked(packaged: Assistant) -> dict[str, Any]:
    """An answer with citations, as the API gives it."""
    with client_of(packaged) as client:
        reply = client.post("/v1/ask", json={"question": "What does a delivery unit do?"})
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    assert found["sentences"]
    return found


def events(text: str) -> list[tuple[str, Any]]:
    return [(name, json.loads(data)) for name, data in re.findall(r"^event: (\w+)\ndata: (.*)$", text, re.M)]


def test_it_says_that_it_is_ready(alone: TestClient) -> None:
    assert alone.get("/healthz").json() == {"status": "ready"}


def test_every_response_carries_the_security_headers(alone: TestClient, asked: dict[str, Any]) -> None:
    for path in ("/healthz", "/v1/sources", f"/answers/{asked['receipt_id']}", "/nothing", "/static/style.css"):
        headers = alone.get(path).headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["x-frame-options"] == "DENY", path
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert "unsafe" not in headers["content-security-policy"], path
        assert "server" not in headers, path


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:7860", "localhost.evil.example", ""])
def test_another_name_for_this_machine_is_refused(alone: TestClient, host: str) -> None:
    assert alone.get("/healthz", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost:7860", "127.0.0.1", "[::1]:7860"])
def test_this_machine_is_answered(alone: TestClient, host: str) -> None:
    assert alone.get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}])
def test_a_request_from_another_site_is_refused(alone: TestClient, headers: dict[str, str]) -> None:
    assert alone.post("/v1/ask", json={"question": "What is a mission?"}, headers=headers).status_code == 403


def test_gradios_own_uploads_files_and_proxies_are_closed(alone: TestClient) -> None:
    for path in (
        "/gradio_api/upload",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/proxy=https://x",
        "/docs",
        "/redoc",
        "/monitoring",
    ):
        assert alone.get(path).status_code == 404, path


def test_too_large_a_body_is_refused_before_it_is_read(alone: TestClient) -> None:
    reply = alone.post("/v1/ask", content=b"x" * (BODY_LIMIT + 1), headers=JSON)
    assert reply.status_code == 413
    assert "Send less" in reply.json()["error"]["message"]


def test_too_large_a_body_of_unknown_length_is_refused(alone: TestClient) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(30):
            yield b"x" * 100_000

    assert alone.post("/v1/ask", content=chunks(), headers=JSON).status_code in {400, 413}


@pytest.mark.parametrize("question", ["", "   ", "?!", "x" * 9_000])
def test_what_is_no_question_is_refused_with_what_to_do(alone: TestClient, question: str) -> None:
    for path in ("/v1/ask", "/v1/ask/stream"):
        reply = alone.post(path, json={"question": question})
        assert reply.status_code == 422, reply.text
        assert reply.json()["error"]["message"]


def test_unknown_fields_and_values_are_refused(alone: TestClient) -> None:
    for body in (
        {"question": "What?", "depht": "full"},
        {"question": "What?", "depth": "deep"},
        {"question": 3},
        {"history": []},
        [],
    ):
        assert alone.post("/v1/ask", json=body).status_code == 422


def test_the_stream_gives_each_checked_sentence_and_then_the_same_answer(alone: TestClient) -> None:
    reply = alone.post("/v1/ask/stream", json={"question": "What does a delivery unit do?"})
    told = events(reply.text)
    assert reply.headers["content-type"].startswith("text/event-stream")
    assert told[0][0] == "step"
    assert told[-1][0] == "answer"
    sentences = [data for name, data in told if name == "sentence"]
    assert sentences == told[-1][1]["sentences"]
    assert sentences


def test_filters_decide_where_evidence_comes_from(alone: TestClient) -> None:
    reply = alone.post("/v1/ask", json={"question": "What does a delivery unit do?", "filter": {"kinds": ["definition"]}}).json()
    sources = {source["id"] for source in alone.get("/v1/sources", params={"kind": "definition"}).json()}
    assert {citation["source_id"] for sentence in reply["sentences"] for citation in sentence["citations"]} <= sources
    nothing = alone.post("/v1/ask", json={"question": "What is a mission?", "filter": {"mine": True}})
    assert nothing.status_code == 422
    assert "Take one away" in nothing.json()["error"]["message"]


def test_a_follow_up_names_the_receipts_before_it(alone: TestClient, asked: dict[str, Any]) -> None:
    assert (
        alone.post("/v1/ask", json={"question": "And what do critics say?", "history": [asked["receipt_id"]]}).status_code == 200
    )
    assert alone.post("/v1/ask", json={"question": "And what do critics say?", "history": ["0" * 16]}).status_code == 404


def test_search_sources_and_passages_are_read(alone: TestClient) -> None:
    found = alone.get("/v1/search", params={"q": "delivery unit", "k": 3}).json()
    assert len(found) == 3
    source_id = found[0]["source_id"]
    assert alone.get(f"/v1/sources/{source_id}").json()["id"] == source_id
    assert found[0]["passage_id"] in {p["id"] for p in alone.get(f"/v1/sources/{source_id}/passages").json()}
    assert alone.get("/v1/sources/no-such-source").status_code == 404


def test_an_answer_is_kept_with_its_receipt_and_its_pages(alone: TestClient, asked: dict[str, Any]) -> None:
    receipt = asked["receipt_id"]
    assert alone.get(f"/v1/answers/{receipt}").json() == asked
    assert alone.get(f"/v1/answers/{receipt}/receipt").json()["answer"] == asked
    page = alone.get(f"/answers/{receipt}", headers={"accept": "text/html"}).text
    assert "<mark>" in page
    written = alone.get(f"/answers/{receipt}.md")
    assert "attachment" in written.headers["content-disposition"]
    assert alone.get(f"/sources/{asked['sentences'][0]['citations'][0]['source_id']}").status_code == 200


def test_what_is_not_there_is_said_as_a_page_to_a_browser_and_as_json_to_a_program(alone: TestClient) -> None:
    page = alone.get("/answers/" + "0" * 16, headers={"accept": "text/html"})
    assert page.status_code == 404
    assert "<h1>Not found</h1>" in page.text
    assert alone.get("/v1/answers/" + "0" * 16).json()["error"]["code"] == 404
    assert alone.get("/answers/%3Cscript%3E").status_code == 422


def test_feedback_is_stored_with_its_receipt_and_can_be_taken_out(alone: TestClient, asked: dict[str, Any]) -> None:
    sent = {"receipt_id": asked["receipt_id"], "verdict": "not_helpful", "reasons": ["missing"], "comment": "<b>No Wales</b>"}
    stored = alone.post("/v1/feedback", json=sent)
    assert stored.status_code == 201
    assert stored.json()["id"] in {each["id"] for each in alone.get("/v1/feedback").json()}
    assert alone.post("/v1/feedback", json=sent | {"receipt_id": "0" * 16}).status_code == 404
    assert alone.post("/v1/feedback", json=sent | {"verdict": "meh"}).status_code == 422
    assert alone.post("/v1/feedback", json=sent | {"comment": "x" * 2001}).status_code == 422


def test_a_full_queue_is_503_with_when_to_come_back(packaged: Assistant) -> None:
    services = open_services(packaged, shared=False, waiting=-services_at_once(packaged))
    with TestClient(build_app(services, key=None), base_url="http://127.0.0.1") as client:
        for path in ("/v1/ask", "/v1/ask/stream"):
            reply = client.post(path, json={"question": "What is a mission?"})
            assert reply.status_code == 503, path
            assert int(reply.headers["retry-after"]) > 0


def services_at_once(assistant: Assistant) -> int:
    """How many questions this machine takes at once: a queue shorter by that takes none."""
    return open_services(assistant, shared=False, waiting=0).gate.limit


def test_documents_are_added_found_and_removed(own_settings: Settings) -> None:
    with client_of(open_assistant(own_settings)) as client:
        files = [
            ("files", ("zebra.txt", b"The zebra mission costs 12 million pounds a year in Leeds.")),
            ("files", ("bad.pdf", b"%PDF-no")),
        ]
        report = client.post("/v1/sources", files=files).json()
        assert {file["path"]: file["status"] for file in report["files"]} == {"zebra.txt": "added", "bad.pdf": "failed"}
        (source,) = client.get("/v1/sources").json()
        assert source["path"] == "zebra.txt"
        assert client.delete(f"/v1/sources/{source['id']}").json() == {"removed": [source["id"]]}
        assert client.get("/v1/sources").json() == []


def test_a_shared_server_lets_in_only_who_has_the_key(shared: TestClient) -> None:
    assert shared.get("/v1/sources").status_code == 401
    assert shared.get("/v1/sources", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert shared.get("/v1/sources", headers={"authorization": f"Bearer {KEY}"}).status_code == 200
    assert shared.get("/healthz").status_code == 200
    page = shared.get("/", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["location"]) == (303, "/login")


def test_signing_in_gives_a_cookie_that_scripts_cannot_read(shared: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.api.pages.WRONG_KEY_SECONDS", 0.0)
    assert shared.post("/login", data={"key": "wrong"}).status_code == 401
    given = shared.post("/login", data={"key": KEY})
    assert given.status_code == 303
    cookie = given.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert KEY not in cookie
    assert shared.get("/v1/sources").status_code == 200


def test_a_shared_server_shows_nobody_what_others_asked(shared: TestClient) -> None:
    shared.headers["authorization"] = f"Bearer {KEY}"
    assert shared.get("/v1/feedback").status_code == 405


def test_the_api_is_as_written_down(packaged: Assistant) -> None:
    """A change of the API is made on purpose: RENEW_SNAPSHOTS=1 writes the snapshot anew, and the change is seen in review."""
    spec = build_api(open_services(packaged, shared=False), key=None).openapi()
    shape = {
        "paths": {
            path: {method: sorted(told["responses"]) for method, told in methods.items()}
            for path, methods in sorted(spec["paths"].items())
        },
        "ask": spec["components"]["schemas"]["AskRequest"],
        "filter": spec["components"]["schemas"]["SourceFilter"],
        "feedback": spec["components"]["schemas"]["Opinion"],
    }
    if RENEW:
        SNAPSHOT.write_text(json.dumps(shape, indent=1, ensure_ascii=False) + "\n", "utf-8")
    assert json.loads(SNAPSHOT.read_text("utf-8")) == shape

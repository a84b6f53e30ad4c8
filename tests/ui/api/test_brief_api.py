"""Briefs over HTTP: the API, the pages, and whose briefs are whose."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.assistant import open_assistant
from assistant.briefs.template_file import packaged_template
from assistant.errors import InputError
from assistant.settings import Settings
from ui.api.app import build_app
from ui.brief_fields import outline_of, outlined, request_from
from ui.serving import open_services

KEY = "a key of more than sixteen characters"
FORM = {"topic": "Housing First", "template": "ministerial-note", "client": "<b>Leeds</b>"}


@pytest.fixture
def alone(packaged_home: Path) -> Iterator[TestClient]:
    assistant = open_assistant(Settings(home=packaged_home, threads=1))
    services = open_services(assistant, shared=False)
    with TestClient(build_app(services, key=None), base_url="http://127.0.0.1:7860", follow_redirects=False) as client:
        yield client
    assistant.library.engine.dispose()


def write(client: TestClient, **fields: str) -> str:
    """Send the form, wait for the end, and give the brief's address."""
    sent = client.post("/briefs", data=FORM | fields)
    assert sent.status_code == 303, sent.text
    address = sent.headers["location"]
    for _ in range(1200):
        job = client.get(f"{address}.json").json()
        if job["brief_id"] or job["problem"]:
            assert not job["problem"], job["problem"]
            return f"/briefs/{job['brief_id']}"
        assert job["says"]
        time.sleep(0.1)
    raise AssertionError("the brief was never finished")


def test_a_form_becomes_a_brief_that_is_changed_and_downloaded_by_plain_forms(alone: TestClient) -> None:
    address = write(alone)
    page = alone.get(address).text
    assert "<b>Leeds" not in page
    assert "&lt;b&gt;Leeds" in page
    assert "Reference audit: all" in page
    for action, words in (("drop", "Dropped."), ("keep", "Kept")):
        done = alone.post(f"{address}/change", data={"action": action, "statement": "answer-1"})
        assert words in alone.get(done.headers["location"].partition("#")[0]).text
    done = alone.post(
        f"{address}/change", data={"action": "edit", "statement": "answer-1", "text": "It rained frogs.", "by": "Jo"}
    )
    assert done.headers["location"].endswith("#s-answer")
    assert "[not verified: edited by Jo]" in alone.get(address).text
    alone.post(f"{address}/change", data={"action": "down", "statement": "answer-1"})
    order = re.findall(r'id="st-(answer-\d)"', alone.get(address).text)
    assert order == ["answer-2", "answer-1", "answer-3"]
    alone.post(f"{address}/change", data={"action": "comment", "section": "risks", "text": "<i>More</i>", "by": "Ann"})
    assert "&lt;i&gt;More" in alone.get(address).text
    alone.post(f"{address}/change", data={"action": "approve", "by": "Ann Lee"})
    assert "Approved by Ann Lee" in alone.get(address).text
    for ending, start in (("docx", b"PK"), ("pdf", b"%PDF"), ("md", b"#"), ("html", b"<!DOCTYPE"), ("json", b"{")):
        got = alone.get(f"{address}/file.{ending}")
        assert got.status_code == 200, got.text
        assert got.content.startswith(start)
        assert "attachment" in got.headers["content-disposition"]
    assert alone.get(f"{address}/references.bib").text.startswith("@")
    assert alone.get(f"{address}/file.exe").status_code == 404
    assert alone.post(f"{address}/change", data={"action": "explode"}).status_code == 422
    assert alone.post(f"{address}/change", data={"action": "delete"}).headers["location"] == "/briefs"
    assert alone.get(address).status_code == 404


def test_the_api_writes_lists_audits_and_deletes(alone: TestClient) -> None:
    made = alone.post("/v1/briefs", json={"request": {"topic": "Delivery units"}, "template": "ministerial-note"})
    assert made.status_code == 201, made.text
    brief_id = made.json()["id"]
    assert [each["id"] for each in alone.get("/v1/briefs").json()] == [brief_id]
    assert alone.get(f"/v1/briefs/{brief_id}").json()["brief"]["title"] == "Delivery units"
    findings = alone.get(f"/v1/briefs/{brief_id}/audit").json()["audit"]["findings"]
    assert [
        each for each in findings if each["rule"] != "superseded"
    ] == []  # a flag, which the document shows; it blocks nothing
    assert alone.get(f"/v1/briefs/{brief_id}/file.docx").content.startswith(b"PK")
    assert alone.delete(f"/v1/briefs/{brief_id}").json() == {"versions": 1}
    assert alone.get(f"/v1/briefs/{brief_id}").status_code == 404
    assert alone.post("/v1/briefs", json={"request": {"topic": "x"}, "template": "no"}).status_code == 422


def test_on_a_shared_server_nobody_sees_anothers_brief(packaged_home: Path) -> None:
    assistant = open_assistant(Settings(home=packaged_home, threads=1))
    app = build_app(open_services(assistant, shared=True), key=KEY)
    headers = {"authorization": f"Bearer {KEY}"}
    with TestClient(app, base_url="http://adviser.example", follow_redirects=False, headers=headers) as one:
        sent = one.post("/briefs", data=FORM, headers={"origin": "http://adviser.example"})
        assert sent.status_code == 303, sent.text
        building = sent.headers["location"]
        other = TestClient(app, base_url="http://adviser.example", follow_redirects=False, headers=headers)
        assert other.get(f"{building}.json").status_code == 404
        for _ in range(1200):
            job = one.get(f"{building}.json").json()
            if job["brief_id"]:
                break
            time.sleep(0.1)
        address = f"/briefs/{job['brief_id']}"
        assert one.get(address).status_code == 200
        for path in (address, f"{address}/file.docx", f"/v1{address}", f"/v1{address}/audit"):
            assert other.get(path).status_code == 404, path
        assert other.post(f"{address}/change", data={"action": "delete"}).status_code == 404
        assert one.get(address).status_code == 200
    assistant.library.engine.dispose()


def test_an_edited_outline_keeps_its_order_its_headings_and_ones_own_sections() -> None:
    template = packaged_template("ministerial-note")
    lines = outline_of(template, "boards").splitlines()
    assert lines[1] == "answer | The answer in three points"
    own = outlined(template, "risks | Dangers\nanswer\n\nWho paid for it?\n" + "answer | Again".replace("answer", "decision"))
    assert [(s.id, s.heading) for s in own.sections] == [
        ("risks", "Dangers"),
        ("own-2", "answer"),
        ("own-3", "Who paid for it?"),
        ("decision", "Again"),
    ]
    assert own.sections[2].asks[0].question == "Who paid for it?"
    for wrong in ("\n".join(["risks | A", "risks | B"]), "  \n \n"):
        with pytest.raises(InputError):
            outlined(template, wrong)


def test_a_form_without_a_topic_is_refused() -> None:
    with pytest.raises(InputError, match="what the brief is about"):
        request_from({"topic": ["  ?! "]})
    assert request_from({"topic": ["Boards"], "cases": ["a, b  c"]}).cases == ["a", "b", "c"]

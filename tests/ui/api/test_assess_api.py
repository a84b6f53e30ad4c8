"""The instruments over HTTP, without a socket: the API, the plain pages, and that nobody sees another's results."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

sys.path.insert(0, str(Path(__file__).parents[1]))
from assessments import DIMENSIONS, FITS, HOSTILE, STRATEGY, answers

from assistant.assistant import Assistant, open_assistant
from assistant.settings import Settings
from ui.api.app import build_app
from ui.instrument_forms import FORMS
from ui.serving import open_services

KEY = "a key of more than sixteen characters"
FILE = {"file": ("strategy.md", STRATEGY.encode())}


def client_of(assistant: Assistant, *, key: str | None = None) -> TestClient:
    app = build_app(open_services(assistant, shared=key is not None), key=key)
    client = TestClient(app, base_url="http://127.0.0.1:7860", raise_server_exceptions=False, follow_redirects=False)
    if key:
        client.headers["authorization"] = f"Bearer {key}"
    return client


@pytest.fixture
def own(packaged_home: Path) -> Iterator[Assistant]:
    assistant = open_assistant(Settings(home=packaged_home, threads=1))
    yield assistant
    assistant.library.engine.dispose()


@pytest.fixture
def alone(own: Assistant) -> Iterator[TestClient]:
    with client_of(own) as client:
        yield client


@pytest.fixture
def reading(packaged: Assistant) -> Iterator[TestClient]:
    """For what keeps nothing."""
    with client_of(packaged) as client:
        yield client


def test_an_assessment_is_kept_read_versioned_and_deleted(alone: TestClient) -> None:
    plain = alone.post("/v1/assess/litmus", json={"marks": FITS})
    assert plain.json()["result"]["key"] == "mission"
    assert "location" not in plain.headers
    assert alone.get("/v1/assess/works").json() == []
    kept = alone.post("/v1/assess/maturity?keep=true", json={"respondents": [answers("Anna", *[2] * 9)]}).headers["location"]
    work = kept.rpartition("/")[2]
    again = alone.post(f"/v1/assess/maturity?keep=true&work={work}", json={"respondents": [answers("Anna", *[3] * 9)]})
    assert again.headers["location"] == kept
    assert [version["version"] for version in alone.get(f"{kept}/versions").json()] == [1, 2]
    assert alone.get(f"{kept}?version=1").json()["content"]["result"]["key"] == "level-2"
    assert "Levels over time" in alone.get(f"/assess/works/{work}").text
    assert alone.delete(kept).json() == {"deleted": 2}
    assert alone.get(kept).status_code == 404


def test_on_a_shared_server_another_browser_sees_and_deletes_nothing_of_mine(own: Assistant) -> None:
    with client_of(own, key=KEY) as mine, client_of(own, key=KEY) as other, client_of(own) as local:
        kept = mine.post("/v1/assess/litmus?keep=true", json={"marks": FITS}).headers["location"]
        work = kept.rpartition("/")[2]
        assert mine.get(kept).status_code == 200
        other.post("/v1/assess/litmus?keep=true", json={"marks": {}})
        for client in (other, local):
            assert client.get(kept).status_code == 404
            assert client.delete(kept).status_code == 404
            assert client.get(f"{kept}/versions").json() == []
            assert client.get(f"/assess/works/{work}").status_code == 404
            assert client.get(f"/assess/works/{work}.md").status_code == 404
            assert client.post(f"/assess/works/{work}/delete").status_code == 404
            assert client.post(f"/v1/assess/litmus?keep=true&work={work}", json={"marks": {}}).status_code == 404
        assert [each["id"] for each in mine.get("/v1/assess/works").json()] == [work]


def test_wrong_input_is_said_with_what_there_is(reading: TestClient) -> None:
    reply = reading.post("/v1/assess/litmus", json={"marks": {"weather": "fine"}})
    assert reply.status_code == 422
    assert "obstacle" in reply.json()["error"]["message"]
    assert reading.post("/v1/assess/maturity", json={"respondents": [{"marks": {"data": 9}}]}).status_code == 422
    assert reading.post("/v1/assess/maturity/evidence", files={"file": ("x.pdf", b"%PDF-1.7 and no more")}).status_code == 422


def test_a_sent_document_is_read_and_not_kept(alone: TestClient, own: Assistant, packaged_home: Path) -> None:
    before = set(own.library.sources())
    found = alone.post("/v1/assess/maturity/evidence", files=FILE).json()
    assert [proposal["dimension"] for proposal in found] == DIMENSIONS
    checked = alone.post("/v1/assess/washing?year=2026", files=FILE).json()
    assert checked["instrument"] == "washing"
    assert set(own.library.sources()) == before
    assert [path for path in packaged_home.rglob("*") if "strategy" in path.name] == []


@pytest.mark.parametrize("name", [each.name for each in FORMS])
def test_every_instrument_has_a_page_whose_fields_are_all_labelled(name: str, reading: TestClient) -> None:
    page = reading.get(f"/assess/{name}").text
    labelled = set(re.findall(r'<label for="([^"]+)"', page))
    fields = re.findall(r"<(?:input|select|textarea)\b[^>]*>", page)
    assert fields
    for field in fields:
        key = re.search(r' id="([^"]+)"', field)
        in_label = 'type="radio"' in field or 'type="checkbox"' in field
        assert 'type="hidden"' in field or in_label or (key and key.group(1) in labelled), field
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_form_gives_a_page_that_can_be_kept_downloaded_and_deleted(alone: TestClient) -> None:
    fields = {f"mark-{name}": mark for name, mark in FITS.items()}
    reply = alone.post("/assess/litmus", data={**fields, "subject": HOSTILE, "why-goal": HOSTILE, "keep": "yes"})
    assert reply.status_code == 200
    assert "<script>alert" not in reply.text
    assert "A mission is the right approach here." in reply.text
    work = re.search(r"/assess/works/([0-9a-f]{16})\"", reply.text)
    assert work
    listed = alone.get("/assess/works").text
    assert work.group(1) in listed
    assert "<script>alert" not in listed
    assert alone.get(f"/assess/works/{work.group(1)}.md").headers["content-disposition"].startswith("attachment")
    assert alone.get(f"/assess/works/{work.group(1)}.html").text.startswith("<!doctype html>")
    assert alone.get(f"/assess/works/{work.group(1)}.docx").content.startswith(b"PK")
    assert alone.get(f"/assess/works/{work.group(1)}.pdf").content.startswith(b"%PDF")
    assert alone.post(f"/assess/works/{work.group(1)}/delete").status_code == 303
    assert work.group(1) not in alone.get("/assess/works").text


def test_ticked_sentences_of_a_document_come_back_as_quotes_and_forged_ones_do_not(reading: TestClient) -> None:
    form = reading.post("/assess/maturity/evidence", files=FILE, headers={"x-in-page": "yes"}).text
    sealed = unescape(re.findall(r'name="quote-data" value="([^"]+)"', form)[0])
    found = reading.post("/assess/maturity", data={"mark-data": "3", "quote-data": sealed}).text
    assert "Smart meter readings show the temperature of 3,000 homes every week" in found
    assert "strategy.md" in found
    forged = reading.post(
        "/assess/maturity", data={"mark-data": "3", "quote-data": f"x{sealed}"}, headers={"accept": "text/html"}
    )
    assert forged.status_code == 422
    assert "Send your document again" in forged.text


def test_the_situation_forms_and_the_framework_form_give_their_reports(reading: TestClient) -> None:
    where = {
        "country": "England",
        "level": "local",
        "sector": ["housing", "energy"],
        "obstacle": ["price"],
        "needs": ["peers"],
        "budget": "",
    }
    for name in ("cases", "tools", "network"):
        reply = reading.post(f"/assess/{name}", data=where, headers={"x-in-page": "yes"})
        assert reply.status_code == 200, name
        assert re.search(r"<h3[^>]*>", reply.text), name
    from assistant.instruments.outcomes.reading import example_text

    page = reading.post("/assess/outcomes", data={"framework": example_text("home-heating")})
    assert "<svg" in page.text
    assert reading.post("/assess/outcomes", data={"framework": example_text("home-heating"), "as": "xlsx"}).content[:2] == b"PK"
    assert reading.post("/assess/outcomes", data={"framework": "goal: ["}).status_code == 422


def test_a_second_person_adds_their_answers_to_a_kept_maturity_assessment(alone: TestClient) -> None:
    kept = alone.post("/v1/assess/maturity?keep=true", json={"respondents": [answers("Anna", *[3] * 9)]}).headers["location"]
    work = kept.rpartition("/")[2]
    form = alone.get(f"/assess/maturity?work={work}").text
    assert f'name="work" value="{work}"' in form
    fields = {f"mark-{dimension}": "1" for dimension in DIMENSIONS} | {f"why-{dimension}": "I saw it" for dimension in DIMENSIONS}
    joined = alone.post("/assess/maturity", data={**fields, "name": "Ben", "work": work, "join": "yes", "keep": "yes"})
    assert joined.status_code == 200
    newest = alone.get(kept).json()
    assert newest["version"] == 2
    assert newest["content"]["respondents"] == ["Anna", "Ben"]
    assert [given["mark"] for given in newest["content"]["marks"][0]["given"]] == ["3", "1"]


def test_another_site_cannot_send_a_form(reading: TestClient) -> None:
    assert reading.post("/assess/litmus", data={}, headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_cases_for_a_situation_can_be_kept_downloaded_and_deleted(alone: TestClient) -> None:
    reply = alone.post("/assess/cases", data={"country": "Wales", "sector": "housing", "challenge": HOSTILE, "keep": "yes"})
    assert reply.status_code == 200
    assert "<script>alert" not in reply.text
    work = re.search(r"/assess/works/([0-9a-f]{16})\"", reply.text)
    assert work
    page = alone.get(f"/assess/works/{work.group(1)}")
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert alone.get(f"/assess/works/{work.group(1)}.docx").content.startswith(b"PK")
    assert alone.get(f"/assess/works/{work.group(1)}.html").text.startswith("<!doctype html>")
    assert alone.get(f"/assess/works/{work.group(1)}.pdf").status_code == 422
    assert alone.post(f"/assess/works/{work.group(1)}/delete").status_code == 303
    assert alone.get(f"/assess/works/{work.group(1)}").status_code == 404


def test_quotes_that_a_caller_brings_are_said_to_be_unchecked(alone: TestClient) -> None:
    quote = {"file": "s.md", "text": "Two were stopped.", "start": 0, "end": 17}
    for quotes, said in (([quote], True), ([], False)):
        marks = {"data": {"mark": "3", "why": "We look weekly.", "quotes": quotes}}
        found = alone.post("/v1/assess/maturity", json={"respondents": [{"name": "Ada", "role": "lead", "marks": marks}]})
        assert found.status_code == 200, found.text
        assert any("not compared" in note for note in found.json()["notes"]) == said

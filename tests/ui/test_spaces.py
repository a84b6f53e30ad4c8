"""A document added through the web is its person's own: no other browser finds, reads, cites or removes it, until a maintainer shares it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen import canvas
from starlette.testclient import TestClient

from assistant.assistant import Assistant, open_assistant
from assistant.errors import NotFoundError
from assistant.nouns import Receipt
from assistant.retrieval.retrieve import Filters
from assistant.settings import Settings
from ingest.run import ingest_files
from ingest.share import share_sources
from ui.api.app import build_app
from ui.asking import AskRequest, ask
from ui.serving import open_services
from ui.spaces import COOKIE, new_key, seen_receipt, space_of

SECRET = "The zebra mission of Leeds costs 12 million pounds a year and employs 40 quaggaherds."
PUBLIC = "The heron mission of York costs 3 million pounds a year. Herons are counted every spring by volunteers."
QUESTION = "What does the zebra mission of Leeds cost?"


def browser(assistant: Assistant, *, key: str | None = None) -> TestClient:
    """A browser with cookies of its own."""
    services = open_services(assistant, shared=key is not None)
    client = TestClient(build_app(services, key=key), base_url="http://127.0.0.1", follow_redirects=False)
    if key:
        client.headers["authorization"] = f"Bearer {key}"
    return client


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """A library with one document for all and one that Ann added through the web."""
    folder = tmp_path_factory.mktemp("spaces")
    settings = Settings(home=folder / "home", corpus="none", threads=1)
    (folder / "heron.txt").write_text(PUBLIC, "utf-8")
    ingest_files(settings, [folder / "heron.txt"])
    assistant = open_assistant(settings)
    yield assistant
    assistant.library.engine.dispose()


@pytest.fixture(scope="module")
def ann(library: Assistant) -> TestClient:
    client = browser(library)
    report = client.post("/v1/sources", files=[("files", ("zebra.txt", SECRET.encode())), ("files", ("page.pdf", pdf()))]).json()
    assert [file["status"] for file in report["files"]] == ["added", "added"]
    return client


@pytest.fixture
def ben(library: Assistant, ann: TestClient) -> TestClient:
    return browser(library)


@pytest.fixture(scope="module")
def told(ann: TestClient) -> dict[str, Any]:
    """Ann's answer from her own document."""
    reply: dict[str, Any] = ann.post("/v1/ask", json={"question": QUESTION}).json()
    assert "12 million" in str(reply["sentences"])
    return reply


def pdf() -> bytes:
    """A page that says something."""
    page = canvas.Canvas("page.pdf")
    page.drawString(72, 700, "The okapi mission of Hull plants nine thousand trees every year.")
    return bytes(page.getpdfdata())


def test_a_key_is_given_once_and_scripts_cannot_read_it(library: Assistant) -> None:
    client = browser(library)
    first = client.post("/v1/sources", files=[("files", ("bad.pdf", b"%PDF-no"))])
    cookie = first.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    for part in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age="):
        assert part in cookie
    assert "set-cookie" not in client.post("/v1/sources", files=[("files", ("bad.pdf", b"%PDF-no"))]).headers
    assert "set-cookie" not in client.get("/v1/sources").headers


def test_the_space_is_named_by_a_hash_so_that_the_library_holds_no_key() -> None:
    key = new_key()
    space = space_of({COOKIE: key})
    assert space is not None
    assert key not in space
    assert space_of({COOKIE: key}) == space != space_of({COOKIE: new_key()})
    for bad in ("", "short", key + "x", "<script>" + key[8:], key[:-1] + "\n"):
        assert space_of({COOKIE: bad}) is None


def test_another_browser_gets_no_word_of_it(ben: TestClient, told: dict[str, Any]) -> None:
    reply = ben.post("/v1/ask", json={"question": QUESTION})
    streamed = ben.post("/v1/ask/stream", json={"question": QUESTION}).text
    found = ben.get("/v1/search", params={"q": "zebra mission Leeds", "k": 50}).text
    listed = ben.get("/v1/sources").text
    for seen in (reply.text, streamed, found, listed):
        assert "12 million" not in seen
        assert "quaggaherds" not in seen
        assert "zebra-" not in seen
    assert reply.json()["searched"]["sources"] <= 1


def test_a_word_that_only_anothers_document_holds_is_unknown(library: Assistant, ben: TestClient, ann: TestClient) -> None:
    assert "quaggaherds" in ann.post("/v1/ask", json={"question": "Who are the quaggaherds of Leeds?"}).text
    reply = ben.post("/v1/ask", json={"question": "How many quaggaherd are there?"}).json()
    assert reply["outcome"] != "answered"
    assert not library.search("quaggaherds", k=5) or "quagga" not in str(library.search("quaggaherds", k=5))


def test_its_page_passages_and_picture_are_not_there_for_another(ben: TestClient, ann: TestClient, told: dict[str, Any]) -> None:
    source = told["sentences"][0]["citations"][0]["source_id"]
    okapi = next(s["id"] for s in ann.get("/v1/sources").json() if s["format"] == "pdf")
    passage = ann.get(f"/v1/sources/{okapi}/passages").json()[0]["id"]
    picture = f"/passages/{passage}/page.png?start=0&end=20"
    for path in (f"/v1/sources/{source}", f"/v1/sources/{source}/passages", f"/sources/{source}", picture):
        assert ann.get(path).status_code == 200, path
        assert ben.get(path).status_code == 404, path
        assert "zebra" not in ben.get(path).text
    assert ann.get(picture).content.startswith(b"\x89PNG")


def test_an_answer_that_quotes_it_opens_for_its_owner_only(ben: TestClient, ann: TestClient, told: dict[str, Any]) -> None:
    receipt = told["receipt_id"]
    for path in (f"/answers/{receipt}", f"/answers/{receipt}.md", f"/v1/answers/{receipt}", f"/v1/answers/{receipt}/receipt"):
        assert ann.get(path).status_code == 200, path
        assert ben.get(path).status_code == 404, path
    assert ben.post("/v1/ask", json={"question": "And what else?", "history": [receipt]}).status_code == 404


def test_another_cannot_remove_it(ben: TestClient, ann: TestClient, told: dict[str, Any]) -> None:
    source = told["sentences"][0]["citations"][0]["source_id"]
    assert ben.delete(f"/v1/sources/{source}").status_code == 404
    assert ben.post(f"/sources/{source}/remove").status_code == 404
    assert ann.get(f"/v1/sources/{source}").status_code == 200


def test_the_same_name_in_two_spaces_is_two_documents_and_neither_learns_of_the_other(
    library: Assistant, ann: TestClient
) -> None:
    other = browser(library)
    report = other.post("/v1/sources", files=[("files", ("zebra.txt", SECRET.encode()))]).json()["files"][0]
    assert report["status"] == "added"
    assert report["warnings"] == [], "that another has the same text is not said"
    assert not report["source_id"].endswith("-2")
    assert other.delete(f"/v1/sources/{report['source_id']}").status_code == 200
    assert "12 million" in ann.post("/v1/ask", json={"question": QUESTION}).text


def test_removing_a_document_deletes_the_file_that_was_kept(library: Assistant, ann: TestClient) -> None:
    other = browser(library)
    report = other.post("/v1/sources", files=[("files", ("gone.txt", b"The gnu mission of Bath ended in 2019."))]).json()
    space = space_of(other.cookies)
    assert space is not None
    kept = library.settings.home / "uploads" / space / "gone.txt"
    assert kept.is_file()
    assert other.post(f"/sources/{report['files'][0]['source_id']}/remove").status_code == 303
    assert not kept.exists()
    assert "gone" not in other.get("/v1/sources").text


def test_who_names_no_space_finds_what_all_find(library: Assistant, ann: TestClient) -> None:
    assert {result.source_id for result in library.search("mission")} == {"heron"}
    answer = ask(library, AskRequest(question=QUESTION), space=None)
    assert "12 million" not in answer.model_dump_json()
    owner = space_of(ann.cookies)
    assert {result.source_id for result in library.search("mission", filters=Filters(owner=owner))} > {"heron"}


def test_filters_do_not_open_what_is_hidden(library: Assistant, ann: TestClient, told: dict[str, Any]) -> None:
    source = told["sentences"][0]["citations"][0]["source_id"]
    assert library.search("zebra", source_ids=[source]) == []
    assert library.search("zebra", filters=Filters(origin="user")) == library.search("zebra")


def test_on_a_shared_server_each_keeps_their_own_too(library: Assistant) -> None:
    key = "a key of more than sixteen characters"
    one, two = browser(library, key=key), browser(library, key=key)
    assert one.post("/v1/sources", files=[("files", ("ibis.txt", b"The ibis mission of Deal began in 2020."))]).status_code == 200
    assert "ibis" in one.get("/v1/sources").text
    assert "ibis" not in two.get("/v1/sources").text
    heron = next(s["id"] for s in one.get("/v1/sources").json() if s["path"] == "heron.txt")
    assert one.delete(f"/v1/sources/{heron}").status_code == 422, "what all find is not one person's to remove"


def test_ingesting_the_kept_file_again_leaves_it_its_persons_own(library: Assistant, ann: TestClient) -> None:
    space = space_of(ann.cookies)
    assert space is not None
    kept = library.settings.home / "uploads" / space / "zebra.txt"
    kept.write_text(SECRET + " It will end in 2031.", "utf-8")
    report = ingest_files(library.settings, [kept])
    assert [file.status for file in report.files] == ["replaced"]
    assert "2031" not in str(library.search("When will the zebra mission of Leeds end?"))
    assert "2031" in str(library.search("When will the zebra mission of Leeds end?", filters=Filters(owner=space)))


def test_what_a_maintainer_shares_everyone_finds(library: Assistant, ann: TestClient, tmp_path: Path) -> None:
    shared = ann.post(
        "/v1/sources", files=[("files", ("lynx.txt", b"The lynx mission of Rye saved 7 million pounds in 2022."))]
    ).json()
    source = shared["files"][0]["source_id"]
    ben = browser(library)
    assert ben.get(f"/v1/sources/{source}").status_code == 404
    assert share_sources(library.settings, [source]) == [source]
    assert ben.get(f"/v1/sources/{source}").status_code == 200
    assert "7 million" in ben.post("/v1/ask", json={"question": "What did the lynx mission of Rye save?"}).text
    assert share_sources(library.settings, [source]) == []
    with pytest.raises(NotFoundError):
        share_sources(library.settings, ["no-such-source"])


def test_a_receipt_is_read_whole_by_its_owner_and_an_answer_that_shows_nothing_of_theirs_by_all(told: dict[str, Any]) -> None:
    fields: dict[str, Any] = {
        "id": told["receipt_id"], "created_at": "2026-01-01T00:00:00", "version": "1", "question": QUESTION, "fingerprint": {},
        "generation": 1, "route": "question", "evidence": [], "verdicts": [], "models": {}, "answer": told,
    }  # fmt: skip
    cites = told["sentences"][0]["citations"][0]["source_id"]
    quoting = Receipt.model_validate(fields | {"owner": "ann", "private_sources": [cites]})
    beside = Receipt.model_validate(fields | {"owner": "ann", "private_sources": ["another"]})
    assert seen_receipt(quoting, "ann", whole=True) is quoting
    assert seen_receipt(beside, None) is beside
    for receipt, whole in ((quoting, False), (quoting, True), (beside, True)):
        with pytest.raises(NotFoundError):
            seen_receipt(receipt, "ben", whole=whole)

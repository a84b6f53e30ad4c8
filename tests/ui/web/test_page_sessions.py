"""The mounted page in process, without a socket: what Gradio keeps of an open page is small, and is that page's own."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from ui.api.app import build_app
from ui.serving import open_services
from ui.spaces import COOKIE

NO_CHOICE = ["short", [], [], [], "", "", "", False]


@pytest.fixture(scope="module")
def page(packaged: Assistant) -> Iterator[TestClient]:
    from ui.web.app import mount

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Gradio's own deprecations
        services = open_services(packaged, shared=False)
        with TestClient(build_app(services, key=None, mount=mount), base_url="http://127.0.0.1") as client:
            yield client


def ask(client: TestClient, session: str, question: str) -> str:
    """What the page of a session is sent for a question."""
    config = client.get("/config").json()
    box = next(part["id"] for part in config["components"] if part["props"].get("elem_id") == "question")
    function = next(d["id"] for d in config["dependencies"] if [box, "submit"] in [list(t) for t in d["targets"]])
    body = {"data": [question, None, *NO_CHOICE], "fn_index": function, "trigger_id": box, "session_hash": session}
    assert client.post("/gradio_api/queue/join", json=body).status_code == 200
    sent = client.get("/gradio_api/queue/data", params={"session_hash": session}).text
    assert '"success":true' in sent.replace(" ", "")
    return sent


def sessions(client: TestClient) -> dict[str, Any]:
    """What Gradio holds of each page, by session."""
    guard: Any = client.app
    mounted = next(route.app for route in guard._app.routes if hasattr(getattr(route, "app", None), "state_holder"))
    return dict(mounted.state_holder.session_data)


def test_a_page_is_answered_and_each_session_keeps_only_its_own_receipts_and_little_else(page: TestClient) -> None:
    one = ask(page, "firstpage1", "What does a delivery unit do?")
    two = ask(page, "secondpage", "What is Vision Zero in Sweden?")
    assert "delivery unit" in one
    assert "delivery unit do?" not in two
    held = sessions(page)
    receipts = [str(held[name].state_data.values()) for name in ("firstpage1", "secondpage")]
    assert receipts[0] != receipts[1]
    assert all(len(json.dumps(held[name].config_values, default=str)) < 300_000 for name in ("firstpage1", "secondpage"))
    assert all(len(held[name].config_values) < 10 for name in ("firstpage1", "secondpage"))


def test_the_page_gives_a_browser_its_key_and_its_policy_names_every_script(page: TestClient) -> None:
    page.cookies.clear()
    reply = page.get("/")
    assert reply.headers["set-cookie"].startswith(f"{COOKIE}=")
    policy = reply.headers["content-security-policy"]
    assert "'unsafe-eval'" not in policy
    assert "script-src 'self' 'sha256-" in policy
    assert page.get("/gradio_api/deep_link").status_code == 404

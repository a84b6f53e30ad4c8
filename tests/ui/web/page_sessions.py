"""The mounted page without a socket: what Gradio keeps of an open page is small and that page's own; a browser is given its key.

    python page_sessions.py HOME

Run as a process of its own: Gradio leaves event loops unclosed, which the tests would take for errors of whatever runs after it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from assistant.assistant import open_assistant
from assistant.settings import Settings
from ui.api.app import build_app
from ui.serving import open_services
from ui.spaces import COOKIE
from ui.web.app import mount
from ui.web.loading import load

NO_CHOICE = ["short", [], [], [], "", "", "", False]


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


def gradio_routes() -> Any:
    """Where Gradio makes its apps."""
    import gradio.routes

    return gradio.routes


def main(home: Path) -> None:
    """Two pages, one question each."""
    load()
    made: list[Any] = []
    create = gradio_routes().App.create_app
    gradio_routes().App.create_app = staticmethod(lambda *given, **named: (made.append(1), create(*given, **named))[1])
    services = open_services(open_assistant(Settings(home=home, threads=1)), shared=False)
    held: list[Any] = []

    def remember(app: Any, services: Any) -> None:
        mount(app, services)
        held.extend(route.app for route in app.routes if hasattr(getattr(route, "app", None), "state_holder"))

    with TestClient(build_app(services, key=None, mount=remember), base_url="http://127.0.0.1") as client:
        first = client.get("/")
        assert first.headers["set-cookie"].startswith(f"{COOKIE}="), "a browser is given its key with the page"
        policy = first.headers["content-security-policy"]
        assert "unsafe-eval" not in policy
        assert "script-src 'self' 'sha256-" in policy
        assert client.get("/gradio_api/deep_link").status_code == 404
        one = ask(client, "firstpage1", "What does a delivery unit do?")
        two = ask(client, "secondpage", "What is Vision Zero in Sweden?")
        assert "delivery unit do?" in one
        assert "delivery unit do?" not in two
        assert len(made) == 1, "the page got apps that nothing serves"
        assert held[0].get_blocks().app is held[0]
        assert "pandas._libs" not in sys.modules, "statistics are made of the events"
        assert len(held[0].get_blocks()._queue.event_analytics) <= 1
        sessions = [held[0].state_holder.session_data[name] for name in ("firstpage1", "secondpage")]
        receipts = [[value for value in each.state_data.values() if value] for each in sessions]
        assert receipts[0] != receipts[1], "each page has its own receipts"
        for each in sessions:
            size = len(json.dumps(each.config_values, default=str))
            assert size < 1000, f"Gradio keeps {size} characters of settings for a page"


if __name__ == "__main__":
    main(Path(sys.argv[1]))

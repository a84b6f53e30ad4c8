"""The doctor tries the chat model and says for each fault what is wrong and what to do, in one line, without its key."""

from __future__ import annotations

import socket

import pytest
from scripted_chat_server import Asked, Cut, End, Raw, Say, Step, Wait, Writer, endless, fails, says, scripted_chat_server

from assistant.settings import Settings
from ingest.doctor import Finding, _chat_model

pytestmark = pytest.mark.usefixtures("loopback")
KEY = "sk-very-secret-0123456789"


def found(writer: Writer | None, *, path: str = "/v1", **given: object) -> Finding:
    """What the doctor finds of a model at this server; of one that is not there for None."""
    settings: dict[str, object] = {
        "model": "scripted",
        "model_api_key": KEY,
        "model_timeout": 20.0,
        "model_seconds": 30.0,
        **given,
    }
    if writer is None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
        return _chat_model(Settings(model_base_url=address, **settings))  # type: ignore[arg-type]
    with scripted_chat_server(writer) as server:
        return _chat_model(Settings(model_base_url=server.base_url.removesuffix("/v1") + path, **settings))  # type: ignore[arg-type]


FAULTS = {
    "wrong key": (fails(401, "bad key"), "ADVISER_MODEL_API_KEY"),
    "key without rights": (fails(403), "ADVISER_MODEL_API_KEY"),
    "no such model": (fails(404, "model not found"), "no model 'scripted'"),
    "busy, or no quota": (fails(429, Retry_After="30"), "busy or your quota is used up"),
    "failing": (fails(500), "failed (HTTP 500)"),
    "down for repair": (fails(503), "failed (HTTP 503)"),
    "request not understood": (fails(400, "unknown field"), "ADVISER_MODEL_BASE_URL"),
    "context too small": (fails(400, "maximum context length is 10 tokens"), "ADVISER_MODEL_BUDGET"),
    "silent": (lambda _asked: [Wait(1.5), End()], "ADVISER_MODEL_TIMEOUT"),
    "no API at all": (lambda _asked: [Raw(b"<html>hello</html>")], "OpenAI-compatible"),
    "malformed": (lambda _asked: [Raw(b"data: {oops\n\n")], "OpenAI-compatible"),
    "breaks off": (lambda _asked: [Say("rea"), Cut()], "Ask again"),
    "empty reply": (says(""), "answered with nothing"),
    "withholds": (lambda _asked: [End("content_filter")], "withheld its reply"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_named_with_what_to_do(fault: str) -> None:
    writer, says_so = FAULTS[fault]
    finding = found(writer, model_timeout=0.5 if fault == "silent" else 20.0)
    assert not finding.well
    assert says_so in finding.says, finding.says
    assert "Until then answers are quoted from the library." in finding.says
    assert "\n" not in finding.says
    assert KEY not in finding.says


def test_a_server_that_is_not_there_is_said_to_be_unreachable() -> None:
    finding = found(None)
    assert not finding.well
    assert "cannot be reached" in finding.says


def test_a_model_that_works_is_well_whether_or_not_it_counts_its_tokens() -> None:
    assert "reports its tokens" in found(says("ready")).says
    silent = found(says("ready", usage=None))
    assert silent.well
    assert "estimated" in silent.says


def test_a_model_that_never_stops_is_left_and_does_not_hang_the_doctor() -> None:
    assert found(endless("ready and ready and ready again.")).well


def test_a_model_that_thinks_aloud_first_is_well() -> None:
    def thinks(asked: Asked) -> list[Step]:
        return [Say("<think>what do they want</think>ready"), End()]

    assert found(thinks).well


def test_without_a_model_nothing_is_tried_and_nothing_is_wrong() -> None:
    finding = _chat_model(Settings())
    assert finding.well
    assert "ADVISER_MODEL sets one up" in finding.says

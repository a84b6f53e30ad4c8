"""The client of a chat model tries again where that helps, gives up in time, and says in one line what to do."""

from __future__ import annotations

import time

import pytest
from scripted_chat_server import End, Say, Writer, fails, says, scripted_chat_server

from assistant.errors import ChatModelBusyError, ChatModelDownError, ChatModelError, ChatModelRefusedError
from assistant.llm import Message, OpenAIChatModel, Reply, open_chat_model
from assistant.settings import Settings

pytestmark = pytest.mark.usefixtures("loopback")
ASK = [Message("system", "Be brief."), Message("user", "Hello.")]


def settings(base_url: str, **given: object) -> Settings:
    return Settings(model="scripted", model_base_url=base_url, **given)  # type: ignore[arg-type]


def asked(*writers: Writer, **given: object) -> tuple[str, Reply, list[float], int]:
    """The reply's text, the reply, how long the client slept between tries, and how many requests came."""
    slept: list[float] = []
    with scripted_chat_server(*writers) as server:
        reply = OpenAIChatModel(settings(server.base_url, **given), sleep=slept.append).reply(
            ASK, most_tokens=50, until=time.monotonic() + 20
        )
        return "".join(reply.pieces), reply, slept, len(server.asked)


def test_no_model_configured_is_no_model() -> None:
    assert open_chat_model(Settings()) is None


def test_the_text_and_the_servers_own_count_of_tokens_come_back() -> None:
    text, reply, _, _ = asked(says("Hello there.", usage=(12, 3)))
    assert (text, reply.usage.prompt, reply.usage.completion, reply.usage.estimated) == ("Hello there.", 12, 3, False)


def test_tokens_are_estimated_and_said_to_be_where_the_server_counts_none() -> None:
    _, reply, _, _ = asked(says("Hello there.", usage=None))
    assert reply.usage.estimated
    assert reply.usage.completion == 3


def test_a_busy_server_is_asked_again_after_the_time_it_names() -> None:
    text, _, slept, requests = asked(fails(429, Retry_After="2"), says("Hello."))
    assert (text, slept, requests) == ("Hello.", [2.0], 2)


def test_a_failing_server_is_asked_again_ever_later_and_then_given_up() -> None:
    with scripted_chat_server(fails(503)) as server:
        slept: list[float] = []
        model = OpenAIChatModel(settings(server.base_url, model_retries=2), sleep=slept.append)
        with pytest.raises(ChatModelDownError, match="503"):
            list(model.reply(ASK, most_tokens=50, until=time.monotonic() + 20).pieces)
        assert (slept, len(server.asked)) == ([0.5, 1.0], 3)


def test_a_wait_that_would_outlast_the_question_is_not_waited() -> None:
    with scripted_chat_server(fails(429, Retry_After="15")) as server, pytest.raises(ChatModelBusyError):
        list(OpenAIChatModel(settings(server.base_url)).reply(ASK, most_tokens=50, until=time.monotonic() + 5).pieces)


@pytest.mark.parametrize(
    ("status", "names"), [(401, "ADVISER_MODEL_API_KEY"), (403, "ADVISER_MODEL_API_KEY"), (404, "ADVISER_MODEL_BASE_URL")]
)
def test_a_refusal_is_not_repeated_and_names_the_setting(status: int, names: str) -> None:
    with scripted_chat_server(fails(status)) as server:
        with pytest.raises(ChatModelRefusedError, match=names):
            list(OpenAIChatModel(settings(server.base_url)).reply(ASK, most_tokens=50, until=time.monotonic() + 5).pieces)
        assert len(server.asked) == 1


@pytest.mark.parametrize("option", ["temperature", "stream_options"])
def test_an_option_that_a_server_refuses_is_left_out_from_then_on(option: str) -> None:
    with scripted_chat_server(fails(400, f"Unsupported parameter: '{option}'"), says("Hello.")) as server:
        model = OpenAIChatModel(settings(server.base_url))
        for _ in range(2):
            assert "".join(model.reply(ASK, most_tokens=50, until=time.monotonic() + 5).pieces) == "Hello."
        assert [option in request.body for request in server.asked] == [True, False, False]


def test_nothing_is_repeated_once_text_has_come() -> None:
    with scripted_chat_server(lambda request: [Say("Hello")]) as server:
        with pytest.raises(ChatModelError):
            list(OpenAIChatModel(settings(server.base_url)).reply(ASK, most_tokens=50, until=time.monotonic() + 5).pieces)
        assert len(server.asked) == 1


def test_a_reply_that_outlasts_the_question_is_left() -> None:
    began = time.monotonic()
    with scripted_chat_server(lambda request: [Say("word " * 400, 5, 0.02), End()]) as server, pytest.raises(ChatModelDownError):
        list(OpenAIChatModel(settings(server.base_url)).reply(ASK, most_tokens=10_000, until=time.monotonic() + 0.5).pieces)
    assert time.monotonic() - began < 3


def test_a_server_that_is_not_there_is_said_to_be_unreachable() -> None:
    with scripted_chat_server(says("Hello.")) as server:
        gone = server.base_url
    with pytest.raises(ChatModelDownError, match="cannot be reached"):
        list(OpenAIChatModel(settings(gone, model_retries=0)).reply(ASK, most_tokens=50, until=time.monotonic() + 5).pieces)

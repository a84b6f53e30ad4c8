"""Chat models: the only door to langchain_openai and openai. Owns: one streaming call, its retries, deadline, errors
and token counts.

Does not own: what is asked, or what becomes of the reply. Any OpenAI-compatible server will do (hosted, vLLM, Ollama, llama.cpp).
Nothing is imported until a model is used. The key comes from our settings alone: one meant for another server is never sent.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

from assistant.errors import ChatModelBusyError, ChatModelDownError, ChatModelError, ChatModelReplyError
from assistant.llm_errors import as_chat_model_error, option_refused
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

NO_KEY = "none"
CHARACTERS_A_TOKEN = 4  # OpenAI's rule of thumb for English; used only where the server reports no count
LONGEST_CONNECT = 10.0  # seconds
FIRST_WAIT, LONGEST_WAIT = 0.5, 20.0  # seconds between tries; doubled each time
TRIAL, TRIAL_TOKENS, TRIAL_SECONDS = "Reply with the one word: ready", 1000, 30.0  # room for a model that thinks first
MESSAGE_OVERHEAD = 8  # tokens a message costs beyond its text


@dataclass(frozen=True)
class Message:
    """One message to a chat model."""

    role: Literal["system", "user"]
    text: str


@dataclass(frozen=True)
class Usage:
    """Tokens spent. `estimated`: the server gave no count, so they were reckoned from characters."""

    prompt: int = 0
    completion: int = 0
    estimated: bool = False

    @property
    def total(self) -> int:
        """Tokens in and out together."""
        return self.prompt + self.completion

    def __add__(self, other: Usage) -> Usage:
        return Usage(self.prompt + other.prompt, self.completion + other.completion, self.estimated or other.estimated)


@dataclass
class Reply:
    """A reply as it comes. Iterate `pieces`; `usage` is right at any moment, `stopped_short` once they end."""

    pieces: Iterator[str]
    usage: Usage = field(default_factory=Usage)
    stopped_short: bool = False


class ChatModel(Protocol):
    """What the composer needs of a chat model."""

    @property
    def name(self) -> str:
        """The model's name, as receipts keep it."""
        ...

    def reply(self, messages: Sequence[Message], *, most_tokens: int, until: float, temperature: float = 0.0) -> Reply:
        """Stream a reply. `until`: `time.monotonic()` by which it must be done. Iterating raises ChatModelError."""
        ...


def tokens_in(text: str) -> int:
    """An estimate of a text's tokens, rounded up."""
    return -(-len(text) // CHARACTERS_A_TOKEN)


def estimate(messages: Sequence[Message]) -> int:
    """An estimate of what a prompt costs, in tokens."""
    return sum(MESSAGE_OVERHEAD + tokens_in(message.text) for message in messages)


def open_chat_model(settings: Settings) -> ChatModel | None:
    """The configured chat model, or None when none is. Nothing is sent or imported yet."""
    return OpenAIChatModel(settings) if settings.model else None


def try_chat_model(settings: Settings) -> str:
    """Ask the configured model for one word; say in a line how it went. Raises ChatModelError with what to do."""
    model = OpenAIChatModel(settings.model_copy(update={"model_retries": 0}))
    began = time.monotonic()
    reply = model.reply(
        [Message("user", TRIAL)], most_tokens=TRIAL_TOKENS, until=began + min(TRIAL_SECONDS, settings.model_seconds)
    )
    text = "".join(reply.pieces)
    counted = "reports its tokens" if not reply.usage.estimated else "does not report its tokens, so they are estimated"
    if not text.strip():
        raise ChatModelReplyError(f"{settings.model} answered with nothing. Try another model.")
    return f"{settings.model} answered in {time.monotonic() - began:.1f} s and {counted}"


@dataclass(frozen=True)
class _Limits:
    """What one request may take, and how freely the model may choose its words."""

    most_tokens: int
    until: float
    temperature: float


class OpenAIChatModel:
    """A model behind an OpenAI-compatible server. Safe to use from several threads."""

    def __init__(self, settings: Settings, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._settings = settings
        self._sleep = sleep
        self._left_out: frozenset[str] = frozenset()  # options this server refused

    @property
    def name(self) -> str:
        """The model's name."""
        return self._settings.model

    def reply(self, messages: Sequence[Message], *, most_tokens: int, until: float, temperature: float = 0.0) -> Reply:
        """Stream a reply, trying again only while nothing of it has come."""
        reply = Reply(pieces=iter(()), usage=Usage(0, 0, estimated=True))
        reply.pieces = self._tried(messages, _Limits(most_tokens, until, temperature), reply)
        return reply

    def _tried(self, messages: Sequence[Message], limits: _Limits, reply: Reply) -> Iterator[str]:
        tries, wait, until = 0, FIRST_WAIT, limits.until
        while True:
            started = False
            try:
                for piece in self._once(messages, limits, reply):
                    started = True
                    yield piece
                return
            except ChatModelError as error:
                pause = error.wait_seconds if isinstance(error, ChatModelBusyError) and error.wait_seconds is not None else wait
                may_retry = (
                    isinstance(error, (ChatModelBusyError, ChatModelDownError))
                    and not started
                    and tries < self._settings.model_retries
                )
                if not started:
                    reply.usage = Usage()
                if not may_retry or pause > LONGEST_WAIT or time.monotonic() + pause >= until:
                    raise
                self._sleep(pause)
                tries, wait = tries + 1, min(2 * wait, LONGEST_WAIT)

    def _once(self, messages: Sequence[Message], limits: _Limits, reply: Reply) -> Iterator[str]:
        prompt = estimate(messages)
        reply.usage = Usage(prompt, 0, estimated=True)
        written, finish = 0, ""
        for chunk in self._chunks(messages, limits):
            text = chunk.text
            written += len(text)
            counted = chunk.usage_metadata
            if counted and counted["total_tokens"]:
                reply.usage = Usage(counted["input_tokens"], counted["output_tokens"])
            elif reply.usage.estimated:
                reply.usage = Usage(prompt, -(-written // CHARACTERS_A_TOKEN), estimated=True)
            finish = chunk.response_metadata.get("finish_reason") or finish
            if text:
                yield text
            if reply.usage.estimated and reply.usage.completion > limits.most_tokens:
                reply.stopped_short = True
                return
            if time.monotonic() >= limits.until:
                raise ChatModelDownError(
                    f"The chat model took longer than the {self._settings.model_seconds:g} s it may; see ADVISER_MODEL_SECONDS."
                )
        reply.stopped_short = finish == "length"
        if finish not in {"stop", "length"}:
            why = "withheld its reply" if finish == "content_filter" else "broke off its reply"
            raise ChatModelReplyError(f"The chat model {why}. Ask again; if it stays so, try another model.")

    def _chunks(self, messages: Sequence[Message], limits: _Limits) -> Iterator[Any]:
        """Message chunks of one request, options that the server refuses left out; library errors turned into ours."""
        from openai import OpenAIError

        pairs = [(message.role, message.text) for message in messages]
        while True:
            model = self._client(limits)
            stream = model.stream(pairs)
            try:
                yield from stream
                return
            except OpenAIError as error:
                refused = option_refused(error)
                if refused is None or refused in self._left_out:
                    raise as_chat_model_error(error, self._settings) from None
                self._left_out |= {refused}
            except (
                ValueError,
                TypeError,
                KeyError,
                AttributeError,
                IndexError,
                AssertionError,
                UserWarning,
            ):  # raised on a chunk that is not one
                raise ChatModelReplyError(
                    "The chat model's server sent something that cannot be read. Check that it is OpenAI-compatible."
                ) from None
            finally:
                if hasattr(stream, "close"):
                    stream.close()

    def _client(self, limits: _Limits) -> ChatOpenAI:
        from langchain_openai import ChatOpenAI
        from pydantic import SecretStr

        left = max(0.1, limits.until - time.monotonic())
        options: dict[str, Any] = {} if "temperature" in self._left_out else {"temperature": limits.temperature}
        return ChatOpenAI(
            model=self._settings.model,
            base_url=self._settings.model_base_url,
            api_key=SecretStr(self._settings.model_api_key.get_secret_value() or NO_KEY),
            timeout=min(self._settings.model_timeout, left),
            max_retries=0,
            max_completion_tokens=limits.most_tokens,
            stream_usage="stream_options" not in self._left_out,
            use_responses_api=False,
            **options,
        )

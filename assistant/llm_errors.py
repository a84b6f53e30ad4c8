"""What went wrong at a chat model's server, in a line that says what to do. Owns: reading the client's errors. Does
not own: trying again.

Lives beside `llm.py` and is part of the same door: it looks at the errors of `openai` by their fields, and imports nothing of it.
"""

from __future__ import annotations

from assistant.errors import (
    ChatModelBusyError,
    ChatModelContextError,
    ChatModelDownError,
    ChatModelError,
    ChatModelRefusedError,
    ChatModelReplyError,
)
from assistant.settings import Settings

OPTIONS = ("stream_options", "temperature")  # options of ours that some servers do not take
_TOO_LONG = (
    "context_length_exceeded",
    "maximum context length",
    "context window",
    "context size",
    "prompt is too long",
    "input tokens exceed",
    "too many tokens",
    "exceed_context_size",
)


def option_refused(error: Exception) -> str | None:
    """Which of our options the server says it does not take, if that is what is wrong."""
    if getattr(error, "status_code", None) not in {400, 422}:
        return None
    said = str(error).lower()
    return next((option for option in OPTIONS if option in said), None)


def as_chat_model_error(error: Exception, settings: Settings) -> ChatModelError:
    """The client's error as one of ours."""
    status = getattr(error, "status_code", None)
    where = settings.model_base_url
    if any(words in str(error).lower() for words in _TOO_LONG):
        return ChatModelContextError(
            f"The passages are too long for {settings.model}. Set ADVISER_MODEL_BUDGET lower, or use a model with more room."
        )
    if status in {401, 403}:
        return ChatModelRefusedError(
            f"{where} does not accept the key (HTTP {status}). Set ADVISER_MODEL_API_KEY to a valid one."
        )
    if status == 404:
        return ChatModelRefusedError(
            f"{where} has no model '{settings.model}', or is not the address of its API (HTTP 404). "
            "Check ADVISER_MODEL and ADVISER_MODEL_BASE_URL."
        )
    if status == 429:
        return ChatModelBusyError(
            f"{where} is busy or your quota is used up (HTTP 429). Try again in a while.", wait_seconds=_wait(error)
        )
    if status is not None and status >= 500:
        return ChatModelDownError(f"{where} failed (HTTP {status}). Try again in a while.")
    if status is not None:
        return ChatModelRefusedError(
            f"{where} refused the request (HTTP {status}). Check ADVISER_MODEL and ADVISER_MODEL_BASE_URL."
        )
    if "timeout" in type(error).__name__.lower():
        return ChatModelDownError(f"{where} was silent for too long. Try again, or raise ADVISER_MODEL_TIMEOUT.")
    if "connection" in type(error).__name__.lower():
        return ChatModelDownError(
            f"{where} cannot be reached, or broke off. Check that it runs and that ADVISER_MODEL_BASE_URL is right."
        )
    return ChatModelReplyError(
        "The chat model's server reported an error in mid-reply. Ask again; if it stays so, try another model."
    )


def _wait(error: Exception) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", {})
    try:
        return max(0.0, float(headers.get("retry-after", "")))
    except ValueError:
        return None

"""The settings of the product: read once, typed, passed down.

Owns: names, defaults, limits and the one-line message when a value is wrong.
Does not own: what the settings are used for.
"""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingError

PREFIX = "ADVISER_"
PACKAGED = "packaged"
NO_CORPUS = "none"
_NEVER_PRINTED = frozenset({"model_api_key", "model_base_url"})  # a key, or an address that may hold one


def default_home() -> Path:
    """The platform's user data folder for this app."""
    from platformdirs import user_data_path

    return user_data_path("mission-adviser", appauthor=False)


class Price(BaseModel):
    """What a chat model costs, for a million tokens."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    input: float = Field(ge=0)
    output: float = Field(ge=0)
    currency: str = "USD"


class Settings(BaseSettings):
    """All settings. Each is read from `ADVISER_<NAME>` or from a `.env` file in the current folder."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    home: Path = Field(default_factory=default_home, description="Folder that holds the library, the indexes and the receipts.")
    corpus: str = Field(default=PACKAGED, description="'packaged', 'none', or a folder laid out like corpus/.")
    threads: int = Field(default=0, ge=0, le=256, description="Threads of the embedding model; 0 means one for each core.")
    question_limit: int = Field(default=8000, ge=100, le=100_000, description="Longest question, in characters.")
    file_limit_mb: int = Field(default=200, ge=1, le=4096, description="Largest file to ingest, in megabytes.")
    file_seconds: float = Field(default=60.0, gt=0, le=3600, description="Longest time to read one file, in seconds.")
    lock_seconds: float = Field(default=60.0, gt=0, le=3600, description="How long to wait for another ingest to finish.")
    model: str = Field(
        default="", max_length=200, description="Chat model that writes answers; empty: answers are quoted from the library."
    )
    model_base_url: str = Field(
        default="https://api.openai.com/v1", description="Address of an OpenAI-compatible server, usually ending in /v1."
    )
    model_api_key: SecretStr = Field(default=SecretStr(""), description="Key for that server; many local servers need none.")
    model_timeout: float = Field(default=30.0, gt=0, le=600, description="Longest silence of the chat model, in seconds.")
    model_seconds: float = Field(
        default=90.0, gt=0, le=3600, description="Longest time the chat model may take over one question, in seconds."
    )
    model_retries: int = Field(
        default=2, ge=0, le=10, description="How often a request is sent again when the server is busy or failed."
    )
    model_budget: int = Field(
        default=16_000, ge=1_000, le=1_000_000, description="Tokens one question may use, in and out together."
    )
    model_judge: int = Field(
        default=0,
        ge=0,
        le=9,
        description="Votes a reworded sentence must win from the chat model as judge, in requests of its own; 0 asks for none.",
    )
    model_prices: dict[str, Price] = Field(
        default_factory=dict,
        description='Prices for a million tokens, as JSON: {"model": {"input": 0.4, "output": 1.6, "currency": "USD"}}.',
    )

    serve_key: SecretStr = Field(
        default=SecretStr(""), description="Key that everyone gives who opens `adviser serve`; needed for other machines."
    )

    @field_validator("home")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("corpus")
    @classmethod
    def _known_corpus(cls, value: str) -> str:
        if value in (PACKAGED, NO_CORPUS):
            return value
        folder = Path(value).expanduser().absolute()
        if not folder.is_dir():
            raise ValueError(f"'{value}' is not a folder; give a folder laid out like corpus/, or 'none', or leave it out")
        return str(folder)

    @field_validator("model", "model_api_key", mode="before")
    @classmethod
    def _trimmed(cls, value: object) -> object:
        return value.strip() if isinstance(value, str) else value

    @field_validator("model_base_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        parts = urlsplit(value.strip())
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("it is not a web address; give one such as http://localhost:11434/v1")
        if parts.username or parts.password:
            raise ValueError("it holds a user name or password; give the key in ADVISER_MODEL_API_KEY instead")
        return value.strip().rstrip("/")

    @field_validator("model_api_key")
    @classmethod
    def _sendable_key(cls, value: SecretStr) -> SecretStr:
        key = value.get_secret_value()
        if not (key.isascii() and key.isprintable() and " " not in key):
            raise ValueError("a key has only plain letters, digits and signs, and no spaces")
        return value


def load_settings(**overrides: Any) -> Settings:
    """Read the settings from the environment.

    Raises SettingError with one line that names the setting, the value and the remedy.
    """
    try:
        return Settings(**overrides)
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + "_".join(str(part) for part in first["loc"]).upper()
        reason = first["msg"].removeprefix("Value error, ")
        given = "…" if first["loc"] and first["loc"][0] in _NEVER_PRINTED else str(first.get("input", ""))[:80]
        raise SettingError(f"{name}='{given}' cannot be used: {reason}. Change it or unset it.") from None


def unknown_settings(environ: dict[str, str] | None = None) -> list[str]:
    """One warning line for each `ADVISER_*` variable that no setting reads (a typo would otherwise pass in silence)."""
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    warnings = []
    for name in sorted(environ if environ is not None else os.environ):
        if name.startswith(PREFIX) and name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {close[0]}?" if close else "."
            warnings.append(f"{name} is not a setting of this version{hint}")
    return warnings

"""The settings of the chat model: a wrong one names itself, and a key is never printed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from assistant.compose.budget import cost_of
from assistant.errors import SettingError
from assistant.llm import Usage
from assistant.settings import PREFIX, Settings, load_settings


def test_no_model_is_the_default() -> None:
    assert load_settings().model == ""


def test_there_are_at_most_twenty_settings() -> None:
    assert len(Settings.model_fields) <= 20


def test_the_key_is_read_and_shows_in_no_printed_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISER_MODEL_API_KEY", " very-secret ")
    settings = load_settings()
    assert settings.model_api_key.get_secret_value() == "very-secret"
    assert "very-secret" not in f"{settings!r}{settings}{settings.model_dump_json()}"


def test_a_key_that_cannot_be_sent_is_refused_without_being_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISER_MODEL_API_KEY", "ключ с пробелом")
    with pytest.raises(SettingError, match="ADVISER_MODEL_API_KEY") as error:
        load_settings()
    assert "ключ" not in str(error.value)


@pytest.mark.parametrize("address", ["localhost:11434", "ftp://example.org", "https://name:password@example.org/v1"])
def test_an_address_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("ADVISER_MODEL_BASE_URL", address)
    with pytest.raises(SettingError, match="ADVISER_MODEL_BASE_URL") as error:
        load_settings()
    assert "password@" not in str(error.value)


def test_a_cost_is_reckoned_from_the_price_table_and_is_unknown_without_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISER_MODEL_PRICES", '{"small": {"input": 0.5, "output": 2.0, "currency": "GBP"}}')
    prices = load_settings().model_prices
    used = Usage(prompt=1_000_000, completion=500_000)
    assert cost_of(used, model="small", prices=prices) | {"money": 1.5, "currency": "GBP"} == cost_of(
        used, model="small", prices=prices
    )
    assert cost_of(used, model="large", prices=prices)["money"] == "unknown"


def test_a_price_below_nothing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISER_MODEL_PRICES", '{"small": {"input": -1, "output": 2.0}}')
    with pytest.raises(SettingError, match="ADVISER_MODEL_PRICES"):
        load_settings()


ROOT = Path(__file__).resolve().parents[2]


def test_every_setting_stands_in_the_example_file_with_its_default_and_no_other_does() -> None:
    shown = dict(re.findall(r"^#(ADVISER_[A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text("utf-8"), re.M))
    assert set(shown) == {PREFIX + name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        given = shown[PREFIX + name.upper()]
        if isinstance(field.default, int | float | str) and not isinstance(field.default, bool) and name != "home":
            assert given == f"{field.default:g}" if isinstance(field.default, float) else given == str(field.default), name
    load_settings(model_prices=json.loads(shown["ADVISER_MODEL_PRICES"]))


def test_the_addresses_of_the_readme_and_the_example_file_are_the_same_and_can_be_used() -> None:
    readme, example = ((ROOT / name).read_text("utf-8") for name in ("README.md", ".env.example"))
    local = re.compile(r"http://localhost:\d+/v1")
    assert set(local.findall(readme)) == set(local.findall(example))
    assert len(set(local.findall(readme))) == 3
    assert all(load_settings(model="m", model_base_url=address).model_base_url == address for address in local.findall(readme))


def test_a_number_of_votes_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISER_MODEL_JUDGE", "many")
    with pytest.raises(SettingError, match="ADVISER_MODEL_JUDGE"):
        load_settings()

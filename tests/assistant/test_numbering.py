"""A citation has one number wherever it is seen: while it streams, in the answer, in the stored receipt, over the API, in Markdown."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import refuse_sockets
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from scripted_chat_server import Asked, End, Say, Step, scripted_chat_server
from starlette.testclient import TestClient

from assistant import open_assistant
from assistant.nouns import Citation, Receipt, Sentence
from assistant.settings import Settings
from ui.api.app import build_app
from ui.render_receipt import receipt_page
from ui.serving import open_services

pytestmark = pytest.mark.usefixtures("loopback")
QUESTION = "Did Finland's Housing First work?"
HOW = ("quoted", "quoted under another", "two tokens", "false", "unknown token", "uncited", "said before")


class Plan:
    """What the model is to write next: passage and manner, line by line."""

    lines: Sequence[tuple[int, str]] = ()

    def write(self, asked: Asked) -> list[Step]:
        if asked.rewording:
            return [Say("1. DROP\n"), End()]
        tokens = list(asked.passages.items())
        return [Say("## answer\n" + "".join(f"{self._line(tokens, *line)}\n" for line in self.lines), 200), End()]

    def _line(self, tokens: Sequence[tuple[str, str]], at: int, how: str) -> str:
        (token, text), (other, _) = tokens[at % len(tokens)], tokens[(at + 1) % len(tokens)]
        first = tokens[self.lines[0][0] % len(tokens)]
        return {
            "quoted": f"{text} [{token}]",
            "quoted under another": f"{text} [{other}]",
            "two tokens": f"{text} [{other}][{token}]",
            "false": f"{text.rstrip('.')} in 1873. [{token}]",
            "unknown token": f"{text} [P77]",
            "uncited": text,
            "said before": f"{first[1]} [{first[0]}]",
        }[how]


@pytest.fixture(scope="module")
def served(packaged_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Plan, TestClient]]:
    """The API over a library of its own, with a model that writes what it is told to."""
    home, plan = tmp_path_factory.mktemp("numbering") / "home", Plan()
    shutil.copytree(packaged_template, home)
    refuse_sockets.loopback = True
    with scripted_chat_server(plan.write) as server:
        assistant = open_assistant(Settings(home=home, threads=1, model="scripted", model_base_url=server.base_url))
        services = open_services(assistant, shared=False)
        with TestClient(build_app(services, key=None), base_url="http://127.0.0.1:7860") as client:
            yield plan, client
        assistant.library.engine.dispose()
    refuse_sockets.loopback = False


def places(sentences: Sequence[Sentence]) -> list[tuple[int, str, int, int]]:
    return [(c.n, c.passage_id, c.start, c.end) for s in sentences for c in s.citations]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(lines=some.lists(some.tuples(some.integers(0, 11), some.sampled_from(HOW)), min_size=1, max_size=9))
def test_numbers_are_the_same_everywhere(served: tuple[Plan, TestClient], lines: list[tuple[int, str]]) -> None:
    plan, client = served
    plan.lines = lines
    told = client.post("/v1/ask/stream", json={"question": QUESTION})
    assert told.status_code == 200, told.text
    events = [dict(part.split(": ", 1) for part in block.splitlines()) for block in told.text.strip().split("\n\n")]
    streamed = [Sentence.model_validate_json(e["data"]) for e in events if e["event"] == "sentence"]
    answer = json.loads(events[-1]["data"])
    receipt_id = answer["receipt_id"]
    stored = client.get(f"/v1/answers/{receipt_id}/receipt").json()
    assert streamed
    assert [s.model_dump(mode="json") for s in streamed] == answer["sentences"] == stored["answer"]["sentences"]
    assert client.get(f"/v1/answers/{receipt_id}").json()["sentences"] == answer["sentences"]

    numbered: dict[int, tuple[str, int, int]] = {}
    for number, *where in places(streamed):
        assert numbered.setdefault(number, tuple(where)) == tuple(where), "one number for two places"  # type: ignore[arg-type]
    assert list(numbered) == list(range(1, len(numbered) + 1)), "numbers run in the order of showing, without a gap"
    assert len(set(numbered.values())) == len(numbered), "two numbers for one place"

    cited = {c.n: c for s in streamed for c in s.citations}
    _same_in_markdown(client.get(f"/answers/{receipt_id}.md").text, streamed, cited)
    _same_on_the_receipts_page(receipt_id, stored, streamed, cited)


def _same_in_markdown(text: str, streamed: Sequence[Sentence], cited: dict[int, Citation]) -> None:
    shown = [[int(n) for n in re.findall(r"\\\[(\d+)\\\]", line)] for line in text.splitlines() if line.startswith("- ")]
    assert shown[: len(streamed)] == [[c.n for c in s.citations] for s in streamed]
    quotes = dict(re.findall(r"^(\d+)\. .*\n   > (.*)$", text, re.M))
    assert {int(n): _words(quote) for n, quote in quotes.items()} == {n: _words(c.quote) for n, c in cited.items()}


def _same_on_the_receipts_page(receipt_id: str, stored: dict, streamed: Sequence[Sentence], cited: dict[int, Citation]) -> None:  # type: ignore[type-arg]
    page = receipt_page(Receipt.model_validate(stored), {})
    shown = re.findall(r'<span class="number">((?:\[\d+\] ?)*)</span> <span class="status">', page)
    assert [[int(n) for n in re.findall(r"\d+", each)] for each in shown] == [[c.n for c in s.citations] for s in streamed]
    assert [int(n) for n in re.findall(r'<li><span class="number">\[(\d+)\]</span>', page)] == sorted(cited), receipt_id


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)

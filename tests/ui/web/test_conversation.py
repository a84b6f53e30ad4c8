"""The chat's frames, in process: what one turn shows from waiting to done, and that sessions keep to themselves."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.nouns import Answer
from ui.asking import AskRequest
from ui.filters import SourceFilter
from ui.markup import el
from ui.serving import open_services
from ui.web.conversation import KEPT, Conversation, Drawn, Shelf
from ui.web.library_tab import _listed
from ui.web.quality_tab import quality


@pytest.fixture
def conversation(packaged: Assistant) -> Conversation:
    return Conversation(open_services(packaged, shared=False))


@dataclass(frozen=True)
class Shown:
    """The page as a reader sees it: what a frame leaves out stays as it was."""

    receipts: tuple[str, ...]
    past: str
    current: str
    evidence: str


async def collect(conversation: Conversation, request: AskRequest, evidence: str = "") -> list[Shown]:
    past, shown = "", []
    async for frame in conversation.ask(request):
        past = past if frame.past is None else frame.past
        evidence = evidence if frame.evidence is None else frame.evidence
        shown.append(Shown(frame.receipts, past, frame.current, evidence))
    return shown


def frames(conversation: Conversation, question: str, before: tuple[str, ...] = (), **options: object) -> list[Shown]:
    request = AskRequest.model_validate({"question": question, "history": list(before), **options})
    return asyncio.run(collect(conversation, request))


def test_a_turn_goes_from_searching_to_sentences_to_the_answer_with_its_evidence(conversation: Conversation) -> None:
    shown = frames(conversation, "What does a delivery unit do?")
    assert "Searching" in shown[0].current
    assert 'aria-busy="true"' in shown[0].current
    assert "sentence" in shown[-1].current
    assert "data-receipt" in shown[-1].current
    assert "<mark>" in shown[-1].evidence
    assert len(shown[-1].receipts) == 1


def test_older_turns_stay_with_their_own_evidence_hidden(conversation: Conversation) -> None:
    first = frames(conversation, "What does a delivery unit do?")[-1]
    second = frames(conversation, "What happened with Sure Start?", first.receipts)[-1]
    assert second.receipts[0] == first.receipts[0]
    assert "delivery unit" in second.past
    assert second.evidence.count("data-turn") == 2
    assert f'data-turn="{first.receipts[0]}" hidden' in second.evidence


def test_what_fails_is_said_on_the_page_and_the_earlier_turns_stay(conversation: Conversation) -> None:
    first = frames(conversation, "What does a delivery unit do?")[-1]
    failed = frames(conversation, "What is a mission?", first.receipts, filter=SourceFilter(mine=True).model_dump())[-1]
    assert "Take one away" in failed.current
    assert failed.receipts == first.receipts
    assert failed.past == first.current


def test_a_receipt_that_is_not_there_is_said_and_does_not_break_the_chat(conversation: Conversation) -> None:
    shown = frames(conversation, "What is a mission?", ("0" * 16,))
    assert "no receipt" in shown[-1].current
    assert shown[-1].past == ""


def test_two_sessions_at_once_never_see_each_other(conversation: Conversation) -> None:
    async def chat(question: str) -> list[Shown]:
        before: tuple[str, ...] = ()
        shown: list[Shown] = []
        for _ in range(3):
            shown += await collect(conversation, AskRequest(question=question, history=list(before)))
            before = shown[-1].receipts
        return shown

    async def both() -> tuple[list[Shown], list[Shown]]:
        one, two = await asyncio.gather(chat("What happened with Sure Start?"), chat("What is Vision Zero in Sweden?"))
        return one, two

    one, two = asyncio.run(both())
    assert all("Vision Zero in Sweden?" not in frame.past + frame.current + frame.evidence for frame in one)
    assert all("Sure Start?" not in frame.past + frame.current + frame.evidence for frame in two)
    assert not set(one[-1].receipts) & set(two[-1].receipts)


def test_the_shelf_keeps_a_fixed_number_of_turns_the_last_used() -> None:
    shelf, drawn = Shelf(2), {name: Drawn(name, el("p", name), el("p", name)) for name in "abc"}
    for name in ("a", "b"):
        shelf.keep((name, 1), drawn[name])
    assert shelf.get(("a", 1)) is drawn["a"]
    shelf.keep(("c", 1), drawn["c"])
    assert shelf.get(("b", 1)) is None
    assert shelf.get(("a", 1)) is drawn["a"]
    assert KEPT < 1000


def test_the_library_list_is_narrowed_by_words_and_paged(packaged: Assistant) -> None:
    services = open_services(packaged, shared=False)
    found, first = _listed(services, "sure start", [], [], mine=False, first=0)
    assert "Sure Start" in found
    assert first == 0
    assert "No source fits" in _listed(services, "no such words", [], [], mine=False, first=0)[0]
    _, last = _listed(services, "", [], [], mine=False, first=100_000)
    assert last % 25 == 0


def test_gaps_are_shown_where_one_person_works_and_not_on_a_shared_server(packaged: Assistant) -> None:
    packaged.ask("How many zebras does the mission board of Leeds own?")
    assert "zebras" in quality(open_services(packaged, shared=False))
    assert "zebras" not in quality(open_services(packaged, shared=True))


def test_answers_are_told_in_order_by_the_assistant_itself(packaged: Assistant) -> None:
    from ui.asking import Step, ask_by_sentence

    told: Iterator[object] = ask_by_sentence(packaged, AskRequest(question="What does a delivery unit do?"))
    listed = list(told)
    assert isinstance(listed[0], Step)
    assert isinstance(listed[-1], Answer)
    assert isinstance(listed[1], Step), "what is read is said before the first sentence"
    assert listed[2:-1] == listed[-1].sentences


def test_the_mounted_page_keeps_little_of_each_session_and_only_its_own(packaged_home: Path) -> None:
    script = Path(__file__).parent / "page_sessions.py"
    done = subprocess.run([sys.executable, str(script), str(packaged_home)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]

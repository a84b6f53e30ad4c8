"""A receipt as a page: everything that produced the answer, in words, with nothing of a document or a model as markup."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from command import run
from scripted_chat_server import Asked, End, Say, Step, scripted_chat_server

from assistant import open_assistant
from assistant.nouns import Answer, Citation, Completion, EvidenceRecord, Locator, Receipt, Searched, Sentence, Timings, Verdict
from assistant.settings import Settings
from ui.render_receipt import Held, receipt_page

HOSTILE = '<script>alert(1)</script><img src=x onerror="x"> "quoted" & more'


class Page(HTMLParser):
    """The tags of a page with their attributes, its visible text, and whether each tag is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.asks: list[str] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(page)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.asks += [
            str(value) for name, value in attrs if name in {"src", "srcset", "action"} or (tag == "link" and name == "href")
        ]
        assert not any(name.startswith("on") for name, _ in attrs)
        if tag != "meta":
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open[-1:] != ["style"]:
            self.words += data


def receipt(**changes: object) -> Receipt:
    """A receipt in which every text is hostile."""
    citation = Citation(
        n=1, source_id="s", passage_id="p-1", quote=HOSTILE, start=0, end=len(HOSTILE), locator=Locator(), title=HOSTILE,
        url="javascript:alert(1)", cited_as=HOSTILE,
    )  # fmt: skip
    sentence = Sentence(text=HOSTILE, section="answer", status="supported", citations=[citation])
    answer = Answer(
        receipt_id="ab" * 8, question=HOSTILE, standalone_question=f"{HOSTILE}?", outcome="answered", composer="generative",
        sentences=[sentence], gaps=[HOSTILE], searched=Searched(passages=3, sources=2), timings_ms=Timings(total=12.3),
    )  # fmt: skip
    votes = ["unsupported", "unreadable", "supported"]
    fields: dict[str, object] = {
        "id": "ab" * 8, "created_at": "2025-03-04T05:06:07.000+00:00", "version": "0.1.0", "question": HOSTILE,
        "fingerprint": {"corpus": HOSTILE}, "generation": 4, "route": "question",
        "evidence": [
            EvidenceRecord(passage_id="p-1", source_id="s", rank=1, score=0.5, found_by=["words"]),
            EvidenceRecord(passage_id="gone", source_id="s", rank=2, score=0.4, found_by=["meaning"]),
        ],
        "verdicts": [
            Verdict(text=HOSTILE, passage_ids=["p-1"], shown=True, status="supported", problems=[], scorer="gate-2"),
            Verdict(text="It fell.", passage_ids=["p-1"], shown=False, status="unsupported", problems=[HOSTILE], scorer="gate-2", votes=votes),
        ],
        "models": {"embedding": "minilm", "chat": HOSTILE, "chat_error": None, "judge": None},
        "prompt_hashes": {"answer": "1:abcdef"},
        "cost": {"tokens": 1200, "prompt_tokens": 1000, "completion_tokens": 200, "estimated": True, "money": "unknown"},
        "completion": Completion(by="rules", proposed=HOSTILE, problems=["the name is not in the conversation: Norway"]),
        "answer": answer,
    }  # fmt: skip
    return Receipt.model_validate(fields | changes)


def page_of(given: Receipt) -> Page:
    return Page(receipt_page(given, {"p-1": Held(HOSTILE, HOSTILE)}))


def test_hostile_text_stays_text_and_the_page_asks_nothing_of_the_network() -> None:
    page = page_of(receipt())
    assert not {"script", "img", "iframe", "a", "link", "base", "form"} & set(page.tags)
    assert page.asks == []
    assert page.words.count("<script>alert(1)</script>") >= 8
    assert {"h1", "h2", "table", "ol", "dl", "main"} <= set(page.tags)


def test_it_says_what_was_dropped_and_why_with_the_judges_votes() -> None:
    words = page_of(receipt()).words
    assert "1 statement did not pass the check. The reader did not see them." in words
    assert "It fell." in words
    assert "Votes of the model as judge: against it, unreadable, for it." in words


def test_it_says_how_a_follow_up_was_understood_and_what_was_not_taken() -> None:
    words = page_of(receipt()).words
    assert "completed by rule. No earlier turn was used as evidence." in words
    assert "That was not used: the name is not in the conversation: Norway." in words


@pytest.mark.parametrize(
    ("cost", "says"),
    [
        ({"tokens": 5, "prompt_tokens": 3, "completion_tokens": 2, "estimated": False, "money": "unknown"}, "unknown: no price is set"),
        ({"tokens": 5, "prompt_tokens": 3, "completion_tokens": 2, "estimated": False, "money": 0.0014, "currency": "GBP"}, "0.0014 GBP"),
        ({"tokens": 5, "prompt_tokens": 3, "completion_tokens": 2, "estimated": True, "money": "unknown"}, "server reported no count"),
    ],
)  # fmt: skip
def test_tokens_and_cost_are_said_and_unknown_is_unknown(cost: dict[str, object], says: str) -> None:
    assert says in page_of(receipt(cost=cost)).words


def test_a_passage_that_is_gone_is_said_to_be_gone() -> None:
    assert "Passage gone of s, no longer in the library." in page_of(receipt()).words


def test_the_page_of_an_answer_written_by_a_model_holds_all_that_its_receipt_does(packaged_home: Path, loopback: None) -> None:
    def writer(asked: Asked) -> list[Step]:
        quoted = [f"{text} [{token}]" for token, text in list(asked.passages.items())[:2]]
        return [
            Say("1. DROP" if asked.rewording else "\n".join(["## answer", *quoted, "Finland has 99 missions. [P1]"]) + "\n"),
            End(),
        ]

    with scripted_chat_server(writer) as server:
        assistant = open_assistant(Settings(home=packaged_home, threads=1, model="scripted", model_base_url=server.base_url))
        made = assistant.receipt(assistant.ask("Did Finland's Housing First work?").receipt_id)
        assistant.library.engine.dispose()
    file = packaged_home.parent / "receipt.html"
    shown = run("receipt", made.id, "--html", "--out", str(file))
    assert shown.code == 0
    words = " ".join(Page(file.read_text("utf-8")).words.split())
    for sentence in made.answer.sentences:
        assert " ".join(sentence.text.split()) in words
        assert all(" ".join(c.quote.split()) in words for c in sentence.citations)
    for each in (
        "Finland has 99 missions.",
        "scripted, checked sentence by sentence",
        "answer version 1, hash",
        f"{made.cost['tokens']:,} ({made.cost['prompt_tokens']:,} sent",
        made.id,
    ):
        assert each in words, each
    assert all(value in words for value in made.fingerprint.values())
    assert run("receipt", made.id, "--html").out == file.read_text("utf-8")
    both = run("receipt", made.id, "--html", "--json")
    assert both.code == 2
    assert "two forms" in both.one_line()
    nowhere = run("receipt", made.id, "--out", str(packaged_home / "no" / "such.html"))
    assert nowhere.code == 2
    assert "cannot be written" in nowhere.one_line()

"""Answers, evidence and pages as HTML: what is shown, and that hostile text is shown as text."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from made_answers import HOSTILE, RECEIPT, answer, citation, hostile_turn, passage, refusal, source, turn

from assistant.disagreement import independent_sources
from assistant.nouns import Answer, Disagreement, Receipt, Sentence, Side, Status
from ui.answer_text import answer_text
from ui.evidence import Card, Turn
from ui.export_markdown import answer_markdown
from ui.gaps import Gap
from ui.render import finished_words, problem_html, turn_html, waiting_html
from ui.render_actions import starters_html
from ui.render_evidence import card_html, evidence_html
from ui.render_pages import answer_page, login_page, problem_page, source_page, sources_html
from ui.render_quality import gaps_html
from ui.wording import STATUS_WORDS

ALLOWED = frozenset(
    [
        "a",
        "article",
        "b",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "code",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "fieldset",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "head",
        "header",
        "hr",
        "html",
        "img",
        "input",
        "label",
        "legend",
        "li",
        "link",
        "main",
        "mark",
        "meta",
        "ol",
        "p",
        "q",
        "section",
        "span",
        "strong",
        "summary",
        "table",
        "tbody",
        "td",
        "textarea",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)


class Elements(HTMLParser):
    """Every element with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def receipt(shown: Turn) -> Receipt:
    return Receipt(
        id=RECEIPT, created_at="2026-01-01T00:00:00", version="1", question="q", fingerprint={}, generation=1, route="question",
        evidence=[], verdicts=[], models={}, answer=shown.answer,
    )  # fmt: skip


def differing(text: str = "Homelessness fell.") -> Answer:
    """An answer that cites one of two statements that stand against each other."""
    first = Side(source_id=text, passage_id="p1", quote=text, title=text, year=2022, place=text, evidence_type="evaluation")
    pair = Disagreement(
        topic=text, relation="contradicts", note=text, first=first, second=first.model_copy(update={"passage_id": "p2"})
    )
    return answer(disagreements=[pair])


def pdf_card(**changes: object) -> Card:
    """A citation of a page of a PDF."""
    cited = citation(kind="original", **changes)
    return Card(citation=cited, passage=passage(), source=source(kind="original", origin="user", format="pdf"))


HOSTILE_VIEWS: dict[str, Callable[[], str]] = {
    "turn": lambda: turn_html(hostile_turn()),
    "evidence": lambda: evidence_html(hostile_turn()),
    "card without passage": lambda: card_html(
        Card(citation=citation(quote=HOSTILE, title=HOSTILE), passage=None, source=None), RECEIPT
    ),
    "waiting": lambda: waiting_html(HOSTILE, hostile_turn().answer.sentences, HOSTILE),
    "problem": lambda: problem_html(HOSTILE, HOSTILE),
    "refusal": lambda: turn_html(turn(refusal(HOSTILE), cards=())),
    "answer page": lambda: answer_page(hostile_turn(), receipt(hostile_turn())),
    "source page": lambda: source_page(
        source(title=HOSTILE, url=HOSTILE, authors=[HOSTILE]), [passage(HOSTILE)], [hostile_turn().answer]
    ),
    "sources": lambda: sources_html([source(id=HOSTILE, title=HOSTILE, place=HOSTILE)], first=0, shown=25),
    "gaps": lambda: gaps_html([Gap((HOSTILE,), 2, (HOSTILE,))]),
    "pair of sources that differ": lambda: turn_html(turn(differing(HOSTILE), cards=())),
    "page of a PDF": lambda: card_html(pdf_card(title=HOSTILE), RECEIPT),
    "starters": lambda: starters_html({HOSTILE: (HOSTILE,)}, HOSTILE),
    "problem page": lambda: problem_page(HOSTILE, HOSTILE),
}


@pytest.mark.parametrize("name", HOSTILE_VIEWS)
def test_hostile_text_is_text_in_every_view(name: str) -> None:
    html = HOSTILE_VIEWS[name]()
    for tag, attributes in Elements(html).found:
        assert tag in ALLOWED, tag
        assert not any(each.startswith("on") for each in attributes), attributes
        for name in {"href", "src", "action"} & set(attributes):
            assert (attributes[name] or "").startswith(("/", "#", "https://example.org")), attributes
    assert "\u202e" not in html
    assert len(html.splitlines()) == 1


def test_each_sentence_shows_its_numbers_and_its_status_in_a_word() -> None:
    html = turn_html(turn())
    assert f'href="#c-{RECEIPT}-1"' in html
    assert "Evidence 1: Finland" in html
    assert "quoted" in html


@pytest.mark.parametrize("status", ["quoted", "supported", "inferred", "advice"])
def test_a_status_is_a_sign_hidden_from_screen_readers_and_a_word_for_all(status: Status) -> None:
    html = turn_html(turn(answer(Sentence(text="x", section="finding", status=status, citations=[]))))
    assert f"{STATUS_WORDS[status]}</span>" in html
    assert 'aria-hidden="true"' in html


def test_the_quote_is_marked_in_its_passage() -> None:
    html = card_html(Card(citation=citation(), passage=passage(), source=source()), RECEIPT)
    assert "<mark>Homelessness fell.</mark> It rose in 2024." in html
    assert "page 3 (printed iii)" in html


def test_a_card_whose_passage_has_gone_keeps_its_quote_and_says_so() -> None:
    html = card_html(Card(citation=citation(), passage=None, source=None), RECEIPT)
    assert "<mark>Homelessness fell.</mark>" in html
    assert "no longer holds" in html


def test_the_page_of_a_pdf_is_fetched_by_passage_and_offsets_and_says_what_it_shows() -> None:
    html = card_html(pdf_card(), RECEIPT)
    assert 'src="/passages/p1/page.png?start=0&amp;end=18"' in html
    assert 'alt="Page 3 (printed iii) of Finland&#x27;s Housing First, the quoted words marked"' in html
    assert "<img" not in card_html(Card(citation=citation(), passage=passage(), source=source()), RECEIPT)


def test_sources_that_differ_stand_side_by_side_and_the_cited_one_has_its_number() -> None:
    html = turn_html(turn(differing()))
    assert "Sources differ" in html
    assert html.count('class="side"') == 2
    assert "These two contradict each other" in html
    assert html.count('aria-label="Evidence 1: Homelessness fell."') == 1
    assert "## Sources differ" in answer_markdown(differing(), asked_on="2026-01-01")


def test_an_answer_from_ones_own_document_says_that_only_this_browser_opens_its_page() -> None:
    own = Card(citation=citation(), passage=passage(), source=source(owner="0123456789abcdef01234567"))
    assert "opens in this browser only" in turn_html(turn(cards=(own,)))
    assert "opens in this browser only" not in turn_html(turn())


def test_only_the_last_turns_evidence_is_shown_at_first() -> None:
    assert " hidden" not in evidence_html(turn(), active=True)
    assert " hidden" in evidence_html(turn(), active=False)


def test_a_refusal_is_calm_and_says_what_was_searched_and_who_might_know() -> None:
    html = turn_html(turn(refusal(), cards=()))
    assert "The library does not say." in html
    assert "3,700 passages in 395 sources" in html
    assert "Who might know" in html
    assert 'class="problem"' not in html


def test_an_outage_does_not_look_like_a_refusal() -> None:
    assert 'class="problem"' in turn_html(turn(answer(sentences=[], outcome="error_index"), cards=()))
    assert 'class="problem"' in problem_html("q", "The index failed.")


def test_a_follow_up_shows_the_question_it_was_understood_as_to_be_changed() -> None:
    html = turn_html(turn(answer(question="And critics?", standalone_question="What do critics say of Wales?")))
    assert "Understood as" in html
    assert 'data-fill="What do critics say of Wales?"' in html
    assert "Understood as" not in turn_html(turn())


def test_independent_sources_are_counted_by_address_and_our_own_readings_are_not_evidence() -> None:
    cited = [
        citation(1),
        citation(2),
        citation(3, url="https://example.org/other"),
        citation(4, url="https://x.example/", basis="editor"),
    ]
    assert independent_sources(cited) == 2


def test_what_is_announced_is_one_short_line() -> None:
    assert finished_words(answer()) == "Answer ready: 1 statement from 1 independent source."
    assert finished_words(refusal()) == "The library does not say."


def test_the_copied_text_carries_citations_and_what_verified_means() -> None:
    copied = answer_text(answer())
    assert "Homelessness fell. [1] (quoted)" in copied
    assert "https://example.org/finland" in copied
    assert "not that it is true" in copied


def test_markdown_from_hostile_text_holds_no_markup_of_it() -> None:
    written = answer_markdown(hostile_turn().answer, asked_on="2026-01-01")
    assert "<script" not in written.replace("\\<", "")
    assert "![" not in written.replace("\\!", "").replace("\\[", "")
    assert "http://" not in written
    assert not any(line.startswith(("# heading", "![")) for line in written.splitlines())


def test_markdown_keeps_the_quote_and_the_numbering() -> None:
    written = answer_markdown(answer(), asked_on="2026-01-01")
    assert "- Homelessness fell. \\[1\\] (quoted)" in written
    assert "   > Homelessness fell." in written


def test_the_share_page_has_no_script_and_its_own_style_only() -> None:
    html = answer_page(turn(), receipt(turn()))
    assert "<script" not in html
    assert 'href="/static/style.css"' in html
    assert "Skip to the content" in html


def test_signing_in_says_when_the_key_is_wrong() -> None:
    assert "not right" in login_page(wrong=True)
    assert "not right" not in login_page(wrong=False)

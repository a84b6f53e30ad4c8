"""HTML that cannot be broken out of."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.markup import Markup, coded, el, is_safe_address, join, link, text


class Reader(HTMLParser):
    """Collects what a browser would see: tags, attributes, text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: dict[str, str | None] = {}
        self.said = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= dict(attrs)

    def handle_data(self, data: str) -> None:
        self.said += data


@given(st.text())
def test_any_text_stays_text_in_content_and_in_attributes(given_text: str) -> None:
    reader = Reader()
    reader.feed(el("p", given_text, title=given_text))
    reader.close()
    assert reader.tags == ["p"]
    assert set(reader.attributes) == {"title"}


@given(st.text())
def test_a_fragment_is_always_one_line(given_text: str) -> None:
    assert len(el("p", given_text, data_x=given_text).splitlines()) == 1


def test_plain_words_come_through_unchanged() -> None:
    reader = Reader()
    reader.feed(el("p", "Ben & Jerry's “<mission>”\nnext line"))
    assert reader.said == "Ben & Jerry's “<mission>”\nnext line"


def test_characters_that_reorder_what_is_read_are_made_visible() -> None:
    assert "\u202e" not in text("report\u202efdp.exe")
    assert "\u2066" not in text("a\u2066b")


def test_markup_is_not_escaped_twice_and_none_is_left_out() -> None:
    assert join([el("b", "x"), None, "<"]) == "<b>x</b>&lt;"


def test_attributes_are_written_bare_left_out_or_renamed() -> None:
    assert el("input", required=True, disabled=False, class_="a", data_x=None) == '<input required class="a">'


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "JAVASCRIPT:x", "vbscript:x", "//x", "file:///etc/passwd", "", None, "http:"],
)
def test_only_web_and_mail_addresses_become_links(address: str | None) -> None:
    assert not is_safe_address(address)
    assert link(address, "words") == "<span>words</span>"


def test_a_web_address_becomes_a_link_that_tells_the_other_site_nothing() -> None:
    assert link("https://example.org/a?b=1&c=2", "x") == Markup(
        '<a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer">x</a>'
    )


def test_commands_in_our_own_words_are_set_as_code() -> None:
    assert coded("Run `adviser <doctor>` now.") == "Run <code>adviser &lt;doctor&gt;</code> now."

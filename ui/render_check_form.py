"""The form that takes a draft. Owns: its fields and first words. Pure. Does not own: what becomes of it (`ui/api/check.py`)."""

from __future__ import annotations

from assistant.draft.nouns import DraftStatus
from ui.draft_words import NOTE, STATUS_ICONS, STATUS_MEANINGS, STATUS_WORDS
from ui.markup import Markup, el, join
from ui.render_assess_forms import field, form

ACCEPTED = ".docx,.md,.markdown,.txt,.pdf,.odt,.rtf"
LEAD = (
    "Your own draft, sentence by sentence against the library: what a source says, what only part of it says, what is not to be found, "
    "and where the library says otherwise. A Word file can come back with a comment at each statement."
)
PRIVATE = "The draft is read, checked and forgotten. It is not kept, and it does not enter the library."
DOWNLOADS = (("docx", "Word, with comments"), ("md", "Markdown"), ("html", "a web page"))


def check_form() -> Markup:
    """A file, or pasted text; the result below, or as a file."""
    return form(
        "check",
        el("label", "Your draft: Word, Markdown or text", for_="check-file"),
        el("input", type="file", id="check-file", name="file", accept=ACCEPTED, aria_describedby="check-hint"),
        el("p", PRIVATE, id="check-hint", class_="hint"),
        field("text", "Or paste it here", name="check", longest=200_000, rows=8),
        action="/check",
        button="Check it",
        downloads=DOWNLOADS,
    )


def statuses_html() -> Markup:
    """What the four statuses mean."""
    shown: tuple[DraftStatus, ...] = ("supported", "partly", "not_found", "contradicted")
    items = [el("li", STATUS_ICONS[s], " ", el("strong", STATUS_WORDS[s]), f": {STATUS_MEANINGS[s]}.") for s in shown]
    return el("ul", *items, class_="statuses")


def headed_report(body: Markup, title: str) -> Markup:
    """The form as a page of its own."""
    return join([el("h1", title), el("p", LEAD), body, statuses_html(), el("p", NOTE, class_="hint")])

"""What one can do around an answer, as HTML: copy, share, go on, say whether it helped; and how to begin. Pure.

Does not own: doing any of it (see `static/*.js`), the answer itself (see `render.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.nouns import Answer
from ui.answer_text import answer_text
from ui.markup import Markup, el, join
from ui.render_parts import button
from ui.wording import FEEDBACK_REASONS, STATUS_ICONS, STATUS_MEANINGS, STATUS_WORDS


def actions_html(answer: Answer, *, own: bool = False) -> Markup:
    """What one can do with an answer. `own`: it quotes the person's own document, so nobody else can open its page."""
    page = f"/answers/{answer.receipt_id}"
    row = el(
        "div",
        button("Copy with citations", data_copy=answer_text(answer)),
        el("a", "Page to share or print", href=page, target="_blank", class_="button"),
        el("a", "Download as Markdown", href=f"{page}.md", download=f"answer-{answer.receipt_id}.md", class_="button"),
        button("Copy link", data_link=page),
        button("Edit and ask again", data_fill=answer.standalone_question),
        class_="actions",
    )
    only_here = (
        "This answer quotes a document of your own, so its page opens in this browser only. To send it on, copy or download it."
    )
    return join([row, el("p", only_here, class_="hint") if own else None])


def suggestions_html(questions: Sequence[str]) -> Markup | None:
    """Questions to go on with."""
    if not questions:
        return None
    return el(
        "div", el("h3", "Go on with"), el("ul", *(el("li", button(q, data_ask=q)) for q in questions)), class_="suggestions"
    )


def feedback_html(receipt_id: str) -> Markup:
    """A form about one answer; the page's script sends it to `/v1/feedback`."""
    choices = [
        el("label", el("input", type="radio", name="verdict", value=value, required=True), " ", words)
        for value, words in (("helpful", "Helpful"), ("not_helpful", "Not helpful"))
    ]
    reasons = [
        el("label", el("input", type="checkbox", name="reason", value=key), " ", words) for key, words in FEEDBACK_REASONS.items()
    ]
    comment = f"comment-{receipt_id}"
    return el(
        "details",
        el("summary", "Was this helpful?"),
        el(
            "form",
            el("fieldset", el("legend", "Your view of this answer"), *choices),
            el("fieldset", el("legend", "If not, why?"), *reasons, class_="reasons"),
            el("label", "Anything else (optional)", for_=comment),
            el("textarea", id=comment, name="comment", rows="2", maxlength="2000"),
            el("p", "Kept in the library with the answer’s receipt.", class_="hint"),
            el("button", "Send", type="submit"),
            el("p", role="status", class_="sent"),
            class_="feedback-form",
            data_receipt=receipt_id,
        ),
        class_="feedback",
    )


def introduction_html(lines: Sequence[str]) -> Markup:
    """The first visit's three lines, and what the words for a status mean."""
    meanings = [
        el("div", el("dt", el("span", STATUS_ICONS[name], aria_hidden="true"), " ", STATUS_WORDS[name]), el("dd", meaning))
        for name, meaning in STATUS_MEANINGS.items()
    ]
    return el(
        "div",
        *(el("p", line) for line in lines),
        el("details", el("summary", "What the words after a sentence mean"), el("dl", *meanings)),
        class_="introduction",
    )


def starters_html(groups: dict[str, tuple[str, ...]], title: str) -> Markup:
    """Questions to begin with, in named groups."""
    columns = [
        el("div", el("h3", name), el("ul", *(el("li", button(question, data_ask=question)) for question in questions)))
        for name, questions in groups.items()
    ]
    return el("section", el("h2", title), el("div", *columns, class_="columns"), class_="starters")

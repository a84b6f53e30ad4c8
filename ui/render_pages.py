"""Whole plain pages: an answer to share or print, a source to read, signing in, what went wrong. Pure. Does not own: routes or
headers."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.nouns import Answer, Passage, Receipt, Source
from ui.evidence import Turn
from ui.markup import Markup, coded, el, join, link
from ui.render import turn_html
from ui.render_evidence import card_html
from ui.render_parts import page_words, source_address
from ui.wording import BASIS_WORDS, KIND_NAMES, OWN_DOCUMENT_NOTE, PRODUCT


def page(title: str, *body: object, nav: bool = True) -> str:
    """A whole document: local style only, a skip link, one main landmark."""
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="robots", content="noindex"),
        el("title", f"{title} – {PRODUCT}"),
        el("link", rel="icon", href="/static/icon.svg", type="image/svg+xml"),
        el("link", rel="stylesheet", href="/static/style.css"),
    )
    top = el("header", el("p", el("a", PRODUCT, href="/")), class_="page-top") if nav else None
    content = el("main", *body, id="content", tabindex="-1")
    skip = el("a", "Skip to the content", href="#content", class_="skip")
    return "<!doctype html>" + el("html", head, el("body", skip, top, content, class_="plain adviser"), lang="en-GB")


def answer_page(turn: Turn, receipt: Receipt) -> str:
    """An answer with all its evidence below it: to share, print and check without the chat."""
    answer = turn.answer
    made = el(
        "p",
        f"Asked on {receipt.created_at[:10]}. Receipt {receipt.id}, {PRODUCT} {receipt.version}. ",
        el("a", "What produced this answer", href=f"/v1/answers/{receipt.id}/receipt"),
        " (JSON).",
        class_="hint made",
    )
    cards = [card_html(card, answer.receipt_id) for card in turn.cards]
    evidence = el("section", el("h2", "Evidence"), *cards, class_="evidence") if cards else None
    download = el("p", el("a", "Download as Markdown", href=f"/answers/{receipt.id}.md"), class_="no-print")
    title = el("h1", "Answer from the library", class_="kicker")
    return page(answer.question[:80], title, turn_html(turn, live=False), evidence, download, made)


def source_page(source: Source, passages: Sequence[Passage], used_by: Sequence[Answer], *, removable: bool = False) -> str:
    """A source to read: what it is, all its passages in order, which answers used it. `removable`: by whoever reads this."""
    return page(
        source.title,
        el("h1", source.title),
        el("p", OWN_DOCUMENT_NOTE, class_="outcome") if source.owner else None,
        source_facts(source),
        el("section", el("h2", "Passages"), *_passages(source, passages)),
        _used_by(used_by),
        _removal(source) if removable else None,
    )


def source_facts(source: Source) -> Markup:
    """What a source is, as a list of terms; empty ones are left out."""
    facts: dict[str, object] = {
        "Kind": KIND_NAMES[source.kind],
        "By": ", ".join(source.authors),
        "Organisation": source.organisation,
        "Year": source.year,
        "Place": source.place,
        "Themes": ", ".join(source.themes).replace("-", " "),
        "Pages": source.pages,
        "Licence": source.licence,
        "Evidence": "; ".join(part for part in (source.evidence_type, source.strength) if part),
        "Original": link(source.url, source.url) if source.url else None,
    }
    return el("dl", *(el("div", el("dt", name), el("dd", value)) for name, value in facts.items() if value), class_="facts")


def _passages(source: Source, passages: Sequence[Passage]) -> list[Markup]:
    parts: list[Markup] = []
    heading: list[str] = []
    for passage in passages:
        if passage.locator.heading != heading:
            heading = passage.locator.heading
            parts.append(el("h3", " › ".join(heading)) if heading else el("hr"))
        reference = passage.reference.url if passage.reference and passage.reference.url != source.url else None
        words = f" ({said})" if (said := _said_of(source, passage)) else ""
        own = [" ", link(reference, "its own source")] if reference else []
        note = el("span", words, *own, class_="hint")
        parts.append(el("p", passage.text, note, id=f"p-{passage.id}", tabindex="-1", class_="read"))
    return parts or [el("p", "This source has no passages.")]


def _said_of(source: Source, passage: Passage) -> str:
    """Where a passage stands and what kind of evidence it is; our own reading is said once."""
    page = page_words(passage.locator.page, passage.locator.page_label)
    kind = passage.evidence_type if source.kind != "original" and passage.basis != "editor" else ""
    basis = BASIS_WORDS[passage.basis] if passage.basis != "read" else ""
    return "; ".join(part for part in (page, kind, basis) if part)


def _used_by(answers: Sequence[Answer]) -> Markup | None:
    if not answers:
        return None
    items = [el("li", el("a", answer.question, href=f"/answers/{answer.receipt_id}")) for answer in answers]
    return el("section", el("h2", "Answers that used it"), el("ul", *items), class_="no-print")


def _removal(source: Source) -> Markup:
    said = "It no longer answers, and its text and the file kept here are deleted. Answers that quoted it keep their quotes."
    form = el(
        "form",
        el("p", said),
        el("button", "Remove it for good", type="submit"),
        method="post",
        action=f"{source_address(source.id)}/remove",
    )
    return el("details", el("summary", "Remove this document"), form, class_="no-print removal")


def login_page(*, wrong: bool) -> str:
    """Asks for the key of a shared server."""
    said = (
        el("p", el("strong", "That key is not right. "), "Check it and try again.", role="alert", class_="problem")
        if wrong
        else None
    )
    form = el(
        "form",
        el("label", "Key", for_="key"),
        el("input", type="password", id="key", name="key", required=True, autocomplete="current-password", maxlength="400"),
        el("button", "Continue", type="submit"),
        method="post",
        action="/login",
        class_="login",
    )
    why = el("p", "Whoever keeps this server can give you its key.")
    return page("Sign in", el("h1", PRODUCT), why, said, form, nav=False)


def problem_page(title: str, says: str) -> str:
    """What went wrong, in a sentence that says what to do."""
    return page(title, el("h1", title), el("p", coded(says)), el("p", el("a", "Go to the chat", href="/")))


def sources_html(sources: Sequence[Source], *, first: int, shown: int) -> Markup:
    """A page of the list of sources."""
    if not sources:
        return el("p", "No source fits. Take a filter away.", class_="outcome")
    rows = [
        el("li", el("a", source.title, href=source_address(source.id)), el("br"), el("span", _about(source), class_="by"))
        for source in sources[first : first + shown]
    ]
    last = min(first + shown, len(sources))
    counted = el(
        "p", f"{len(sources):,} source{'s' if len(sources) != 1 else ''}; these are {first + 1} to {last}.", class_="hint"
    )
    return join([counted, el("ol", *rows, start=first + 1, class_="source-list")])


def _about(source: Source) -> str:
    named = KIND_NAMES[source.kind].removeprefix("Our ").removesuffix(" on a publication").capitalize()
    parts = (
        named,
        "found by this browser only" if source.owner else None,
        source.organisation,
        source.year,
        source.place,
        "; ".join(p for p in (source.evidence_type, source.strength) if p),
    )
    return " · ".join(str(part) for part in parts if part)

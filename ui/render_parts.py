"""Small pieces that several views share. Owns: buttons, words for the ear only, addresses, counted words. Pure."""

from __future__ import annotations

from urllib.parse import quote

from ui.markup import Markup, el


def button(*words: object, **attributes: object) -> Markup:
    """A plain button; what it does is in its data attributes (see `static/web.js`)."""
    return el("button", *words, type="button", **attributes)


def unseen(words: str) -> Markup:
    """Words that are read aloud and not shown: what a short link or button belongs to."""
    return el("span", words, class_="unseen")


def source_address(source_id: str, passage_id: str | None = None) -> str:
    """Where a source is read in full on this server."""
    return f"/sources/{quote(source_id, safe='')}" + (f"#p-{passage_id}" if passage_id else "")


def counted(number: int, name: str) -> str:
    """'1 source', '2 sources'."""
    return f"{number:,} {name}{'s' if number != 1 else ''}"


def page_words(page: int | None, label: str | None) -> str:
    """'page 3 (printed iii)', or nothing where the source has no pages."""
    if page is None:
        return ""
    return f"page {page}" + (f" (printed {label})" if label and label != str(page) else "")


def card_id(receipt_id: str, number: int) -> str:
    """The id of the card of one citation: what a sentence's number points to."""
    return f"c-{receipt_id}-{number}"


def mark_id(receipt_id: str, number: int) -> str:
    """The id of the first place where a number stands in an answer: where the card leads back to."""
    return f"m-{receipt_id}-{number}"

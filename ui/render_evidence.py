"""The evidence beside an answer as HTML. Owns: its cards. Pure. Does not own: looking anything up."""

from __future__ import annotations

from ui.evidence import Card, Turn
from ui.markup import Markup, el, join, link, text
from ui.render_parts import card_id, mark_id, page_words, source_address, unseen
from ui.wording import BASIS_WORDS


def evidence_html(turn: Turn, *, active: bool = True) -> Markup:
    """All evidence of one turn, as it stands beside the chat."""
    return evidence_section(evidence_content(turn), turn.answer.receipt_id, active=active)


def evidence_section(content: Markup, receipt_id: str, *, active: bool) -> Markup:
    """The place of one turn's evidence. Only the active turn's is shown; the page's script changes which one that is."""
    return el("section", content, class_="evidence", data_turn=receipt_id, hidden=not active)


def evidence_content(turn: Turn) -> Markup:
    """The cards of one turn."""
    if not turn.cards:
        return el("p", "This answer cites nothing.", class_="hint")
    asked = el("p", "For: ", el("strong", turn.answer.question), class_="for")
    cards = (card_html(card, turn.answer.receipt_id) for card in turn.cards)
    return join([asked, *cards])


def card_html(card: Card, receipt_id: str) -> Markup:
    """One citation: its quote marked in its passage, with neighbours, where it stands and what kind of evidence it is."""
    citation = card.citation
    heading = f"h-{card_id(receipt_id, citation.n)}"
    return el(
        "article",
        el("h3", el("span", f"[{citation.n}] ", class_="n"), citation.title, id=heading),
        el("p", _kind(card), class_="evidence-kind"),
        el("p", _made_by(card), class_="by") if _made_by(card) else None,
        passage_html(card),
        _page(card),
        el("p", _where(card), class_="where") if _where(card) else None,
        el("p", *_links(card, receipt_id), class_="links"),
        el("p", citation.url, class_="print-only by") if citation.url else None,
        class_="card",
        id=card_id(receipt_id, citation.n),
        tabindex="-1",
        aria_labelledby=heading,
    )


def passage_html(card: Card) -> Markup:
    """The passage with the exact quote marked; the quote alone where the passage has gone."""
    citation = card.citation
    if card.passage is None:
        gone = "The library no longer holds this passage; the quote is as it was when the answer was given."
        return join([el("blockquote", el("p", el("mark", citation.quote))), el("p", gone, class_="hint")])
    body = card.passage.text
    marked = join([body[: citation.start], el("mark", body[citation.start : citation.end]), body[citation.end :]])
    return join([el("blockquote", el("p", marked)), _neighbours(card)])


def _neighbours(card: Card) -> Markup | None:
    sides = [
        el("p", el("strong", words), neighbour.text)
        for words, neighbour in (("Before: ", card.before), ("After: ", card.after))
        if neighbour
    ]
    return el("details", el("summary", "What stands before and after"), *sides, class_="neighbours") if sides else None


def _page(card: Card) -> Markup | None:
    """The page of a PDF with the quote marked on it: fetched only when it is opened, or printed nowhere."""
    address = card.page_picture
    if address is None:
        return None
    words = page_words(card.citation.locator.page, card.citation.locator.page_label)
    picture = el(
        "img", src=address, alt=f"{words.capitalize()} of {card.citation.title}, the quoted words marked", loading="lazy"
    )
    larger = el("p", el("a", "Larger", unseen(f": {words} in a tab of its own"), href=address, target="_blank"))
    return el("details", el("summary", f"See {words} with the words marked"), picture, larger, class_="page-picture")


def _kind(card: Card) -> Markup:
    citation = card.citation
    parts = [citation.evidence_type, citation.strength, BASIS_WORDS["second_hand"] if citation.basis == "second_hand" else None]
    return text("; ".join(part for part in parts if part).capitalize())


def _made_by(card: Card) -> str:
    citation = card.citation
    place = card.source.place if card.source else None
    return ", ".join(str(part) for part in (citation.organisation, citation.year, place) if part)


def _where(card: Card) -> str:
    citation = card.citation
    named = citation.cited_as if citation.cited_as and citation.cited_as != citation.title else ""
    heading = " › ".join(citation.locator.heading) if citation.kind == "original" else ""
    parts = [f"Cited as {named}" if named else "", page_words(citation.locator.page, citation.locator.page_label), heading]
    return ". ".join(part for part in parts if part)


def _links(card: Card, receipt_id: str) -> list[Markup]:
    citation = card.citation
    links = []
    if citation.url:
        links.append(
            link(citation.url, "Open the original", unseen(f" of evidence {citation.n}, on another site"), target="_blank")
        )
    if card.source is not None:
        address = source_address(citation.source_id, citation.passage_id)
        links.append(el("a", "Read it in its place", unseen(f": evidence {citation.n}"), href=address, target="_blank"))
    back = mark_id(receipt_id, citation.n)
    links.append(el("a", "Back to the answer", unseen(f" from evidence {citation.n}"), href=f"#{back}", data_back=back))
    return links

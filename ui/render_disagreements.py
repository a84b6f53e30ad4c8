"""Where sources differ, side by side, as HTML. Owns: that view. Pure. Does not own: finding disagreement."""

from __future__ import annotations

from assistant.nouns import Answer, Disagreement, Side
from ui.markup import Markup, el
from ui.render_parts import card_id, source_address

RELATIONS = {
    "contradicts": "These two contradict each other",
    "qualifies": "One qualifies the other",
    "updates": "One updates the other",
}


def disagreements_html(answer: Answer) -> Markup | None:
    """Statements that stand against each other, each pair side by side, with what a reader needs to weigh them."""
    if not answer.disagreements:
        return None
    numbers = {c.passage_id: c.n for sentence in answer.sentences for c in sentence.citations}
    blocks = [_pair(each, answer.receipt_id, numbers) for each in answer.disagreements]
    return el("section", el("h3", el("span", "⇄ ", aria_hidden="true"), "Sources differ"), *blocks, class_="disagreements")


def _pair(pair: Disagreement, receipt_id: str, numbers: dict[str, int]) -> Markup:
    sides = [_side(side, receipt_id, numbers.get(side.passage_id)) for side in (pair.first, pair.second)]
    heading = el("h4", pair.topic[:1].upper() + pair.topic[1:])
    note = el("p", el("strong", RELATIONS[pair.relation]), ": ", pair.note)
    return el("div", heading, el("div", *sides, class_="sides"), note, class_="disagreement")


def _side(side: Side, receipt_id: str, number: int | None) -> Markup:
    kind = "; ".join(part for part in (side.evidence_type, side.strength) if part)
    about = ", ".join(str(part) for part in (side.year, side.place, kind) if part)
    title = el("a", side.title, href=source_address(side.source_id, side.passage_id), target="_blank")
    cited = None
    if number is not None:
        target = card_id(receipt_id, number)
        cited = el(
            "a", f"[{number}]", href=f"#{target}", data_cite=target, class_="cite", aria_label=f"Evidence {number}: {side.title}"
        )
    return el(
        "div",
        el("blockquote", el("p", side.quote, " ", cited)),
        el("p", title, f", {about}" if about else "", class_="by"),
        class_="side",
    )

"""Cases, tools and networks for a situation, as blocks that every format lays out alike. Owns: what stands in them. Pure.

Does not own: any format, or how they were chosen.
"""

from __future__ import annotations

from assistant.instruments.situation.finder import CaseFinding, CaseMatch, FieldMatch
from assistant.instruments.situation.learning import DiscussionGuide, LearningOffer, NetworkMatch
from assistant.instruments.situation.situation import Situation
from assistant.instruments.situation.toolkit import Fit, Reason, ToolFit, Toolkit
from assistant.instruments.situation.vocabulary import CHOICES, FIELDS, in_words
from assistant.nouns import Citation
from ui.framework_report import Block
from ui.wording import EVIDENCE_NOTE

VERDICTS = {"agrees": "agrees", "differs": "differs", "cannot_tell": "cannot tell"}
FITS: dict[Fit, str] = {
    "fits": "Fits",
    "fits_with_care": "Fits, with care",
    "nothing_calls_for_it": "Nothing in your answers calls for it",
    "does_not_fit": "Does not fit",
}
CASE_HEAD = ("Field", "Compared", "Yours", "The case")
MOST_CASES = 6


def cases_report(found: CaseFinding) -> list[Block]:
    """Similar cases, then two kinds of dissimilar ones."""
    groups = (
        ("Cases like yours", found.similar),
        ("The same problem in another setting", found.same_problem),
        ("Another problem in a setting like yours", found.same_setting),
    )
    blocks = [Block("Cases for your situation", level=1, paragraphs=[situation_words(found.situation), found.how])]
    for heading, cases in groups:
        blocks.append(Block(heading, paragraphs=[] if cases else ["None."]))
        for case in cases:
            blocks += _case(case)
    return [*blocks, Block("What to know about this", paragraphs=[*found.notes, EVIDENCE_NOTE])]


def tools_report(kit: Toolkit) -> list[Block]:
    """Tools by verdict, those that nothing calls for by name only."""
    blocks = [Block("Tools for your situation", level=1, paragraphs=[situation_words(kit.situation), kit.how])]
    for fit, words in FITS.items():
        tools = [tool for tool in kit.tools if tool.fit == fit]
        if fit == "nothing_calls_for_it":
            blocks.append(Block(words, items=[tool.name for tool in tools]))
            continue
        blocks.append(Block(words, paragraphs=[] if tools else ["None."]))
        for tool in tools:
            blocks += _tool(tool)
    return [*blocks, Block("What to know about this", paragraphs=[*kit.notes, EVIDENCE_NOTE])]


def network_report(offer: LearningOffer) -> list[Block]:
    """Networks with how to join, then the guide."""
    needs = (
        f"What you look for: {'; '.join(offer.needs)}."
        if offer.needs
        else "No need was named, so all that are open to you are shown."
    )
    blocks = [Block("Who to learn from", level=1, paragraphs=[situation_words(offer.situation), needs, offer.how])]
    blocks += [_network(network) for network in offer.networks] or [
        Block("None", paragraphs=["No network of the library fits all of this."])
    ]
    return [*blocks, *guide_report(offer.guide), Block("What to know about this", paragraphs=[*offer.notes, EVIDENCE_NOTE])]


def guide_report(guide: DiscussionGuide) -> list[Block]:
    """The running order of the session."""
    blocks = [Block(guide.title, paragraphs=[f"About {guide.minutes} minutes.", *guide.notes])]
    for part in dict.fromkeys(question.part for question in guide.questions):
        items = []
        for question in guide.questions:
            if question.part == part:
                items.append(with_quotes(f"({question.minutes} minutes) {question.ask}", question.prompt))
        blocks.append(Block(part, level=3, items=items))
    for case in guide.cases:
        blocks.append(
            Block(f"On the table, a case {case.side}: {case.title}", level=3, items=[quoted(c) for c in case.citations])
        )
    return blocks


def situation_words(situation: Situation) -> str:
    """What was said, in a line."""
    labels = {**FIELDS, "obstacle": "In the way", "needs": "Looking for"}
    given = {field: situation.given(field) for field in ("country", *CHOICES)}
    said = [f"{labels[name]}: {'; '.join(in_words(name, v) for v in values)}" for name, values in given.items() if values]
    start = f"{situation.challenge}. " if situation.challenge else ""
    return f"{start}Your situation. {'. '.join(said)}."


def quoted(citation: Citation) -> str:
    """The exact words with whose they are and what kind of evidence."""
    strength = f", {citation.strength}" if citation.strength else ""
    return f"“{citation.quote}” ({citation.cited_as}. {citation.evidence_type}{strength})"


def with_quotes(words: str, citations: list[Citation]) -> str:
    """A point with its quotes, each on a line of its own under it."""
    return "\n".join([words, *(quoted(citation) for citation in citations)])


def _case(case: CaseMatch) -> list[Block]:
    rests_on = {c.n: c.quote for field in case.fields if field.yours for c in field.citations}
    counted = (
        f"{case.agrees} fields agree, {case.differs} differ, {case.cannot_tell} cannot be told. How it went: {case.outcome}."
    )
    return [
        Block(
            f"{case.title} ({case.place})",
            level=3,
            paragraphs=[counted],
            head=CASE_HEAD,
            rows=[_field(field) for field in case.fields if field.yours],
            items=[f"[{number}] “{words}”" for number, words in sorted(rests_on.items())],
        ),
        Block(
            f"Before you carry over from {case.title}",
            level=4,
            items=[with_quotes(warning.text, warning.citations) for warning in case.warnings]
            + [f"From the case itself: {quoted(citation)}" for citation in case.watch],
        ),
    ]


def _field(field: FieldMatch) -> tuple[str, ...]:
    numbers = "".join(f"[{c.n}]" for c in field.citations)
    case = f"{'; '.join(field.case)} {numbers}" if field.case else "not stated"
    verdict = f"agrees ({'; '.join(field.shared)})" if field.shared else VERDICTS[field.verdict]
    return field.label, verdict, "; ".join(field.yours), case


def _tool(tool: ToolFit) -> list[Block]:
    lacks = [f"It takes the power to {tool.lacks_power}; you did not say that you hold it, so look for a partner who does."]
    used = [f"{case.title} ({case.outcome})" for case in tool.used_by]
    more = f" and {len(used) - MOST_CASES} more" if len(used) > MOST_CASES else ""
    return [
        Block(
            tool.name,
            level=3,
            paragraphs=[
                *(quoted(citation) for citation in tool.what),
                *(lacks if tool.lacks_power else []),
                *([f"Cases that used it: {'; '.join(used[:MOST_CASES])}{more}."] if used else []),
            ],
            items=[
                *(f"For: {_reason(reason)}" for reason in tool.reasons_for),
                *(f"Against: {_reason(reason)}" for reason in tool.reasons_against),
                *(f"Evidence for it: {quoted(citation)}" for citation in tool.evidence_for),
                *(f"Evidence against it: {quoted(citation)}" for citation in tool.evidence_against),
            ],
        )
    ]


def _reason(reason: Reason) -> str:
    return with_quotes(f"you said “{reason.said}”. {reason.because}", reason.citations)


def _network(network: NetworkMatch) -> Block:
    serves = f"For you: {'; '.join(network.serves)}. " if network.serves else ""
    also = f"Also: {'; '.join(network.also)}. " if network.also else ""
    return Block(
        f"{network.name} ({network.place})",
        level=3,
        paragraphs=[f"{serves}{also}{network.cost[0].upper()}{network.cost[1:]}. {network.url or ''}".strip()],
        items=[
            *(f"What it is: {quoted(citation)}" for citation in network.what[:1]),
            *(f"For whom: {quoted(citation)}" for citation in network.for_whom),
            *(f"How to join: {quoted(citation)}" for citation in network.join),
        ],
    )

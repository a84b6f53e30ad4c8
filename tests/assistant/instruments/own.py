"""A person's own document as a test writes it: headings, sentences, their places."""

from __future__ import annotations

from assistant.instruments.own_document import OwnDocument, OwnSentence

WARM_HOMES = (
    ("Purpose", "By 2035 no home in the county will be colder than 18 degrees in winter; in 2024 one in four were."),
    ("Who", "The director of housing is accountable for the mission and reports to the chief executive every month."),
    ("How", "A team of twelve people from the council, the NHS and two housing associations works on it from one office."),
    ("Money", "The council and the care board have pooled 14 million pounds over five years and can move money between schemes."),
    ("Learning", "Each scheme is tested in forty homes first; two were stopped in 2025 because bills did not fall."),
    ("People", "A panel of tenants chosen by lot set the temperature goal and must agree to each new scheme."),
    ("Data", "Smart meter readings show the temperature of 3,000 homes every week, broken down by ward and tenure."),
    ("Partners", "Three energy suppliers signed agreements to change their prepayment tariffs by April."),
    ("Future", "All four parties on the council voted for the goal, and it is written in the local plan to 2040."),
)


def own_document(*sections: tuple[str, str], file: str = "warm-homes.md") -> OwnDocument:
    """A document of one sentence under each heading, page 1, 2, …"""
    text, sentences = "", []
    for page, (heading, sentence) in enumerate(sections, 1):
        text += f"{heading}\n"
        sentences.append(OwnSentence(start=len(text), end=len(text) + len(sentence), page=page, heading=[heading]))
        text += f"{sentence}\n"
    return OwnDocument(file=file, sha256="0" * 64, text=text, sentences=sentences)

"""Answers made by hand for the tests of what is shown: a plain one, a refusal, and one in which everything is hostile."""

from __future__ import annotations

from assistant.nouns import Answer, Citation, Locator, NearestPassage, Passage, Searched, Sentence, Source, WhoMightKnow
from ui.evidence import Card, Turn

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><b>bold</b>\n\n# heading\n![x](http://evil.example/p.png)"
    "</div><svg/onload=alert(3)>`${alert(4)}`{{constructor}}\u202egnp.exe\u2028javascript:alert(5)"
)
RECEIPT = "0123456789abcdef"


def citation(n: int = 1, quote: str = "Homelessness fell.", **changes: object) -> Citation:
    fields: dict[str, object] = {
        "n": n,
        "source_id": "finland",
        "passage_id": f"p{n}",
        "quote": quote,
        "start": 0,
        "end": len(quote),
        "locator": Locator(page=3, page_label="iii"),
        "title": "Finland's Housing First",
        "organisation": "Y-Foundation",
        "year": 2022,
        "url": "https://example.org/finland",
        "evidence_type": "evaluation",
    }
    return Citation.model_validate(fields | changes)


def answer(*sentences: Sentence, **changes: object) -> Answer:
    shown = sentences or (Sentence(text="Homelessness fell.", section="answer", status="quoted", citations=[citation()]),)
    fields: dict[str, object] = {
        "receipt_id": RECEIPT,
        "question": "Did it work?",
        "standalone_question": "Did it work?",
        "outcome": "answered",
        "composer": "extractive",
        "sentences": list(shown),
        "searched": Searched(passages=3700, sources=395),
    }
    return Answer.model_validate(fields | changes)


def refusal(text: str = "It is about something else.") -> Answer:
    near = NearestPassage(source_id="finland", passage_id="p1", text=text, title=text, why_not=text)
    who = WhoMightKnow(source_id="net", name=text, how_to_reach=text, url="https://example.org/")
    return answer(sentences=[], outcome="no_evidence", gaps=[text], nearest=[near], who_might_know=[who])


def source(**changes: object) -> Source:
    fields: dict[str, object] = {
        "id": "finland",
        "title": "Finland's Housing First",
        "kind": "case",
        "origin": "packaged",
        "year": 2022,
    }
    return Source.model_validate(fields | changes)


def passage(text: str = "Homelessness fell. It rose in 2024.", **changes: object) -> Passage:
    fields: dict[str, object] = {
        "id": "p1",
        "source_id": "finland",
        "ordinal": 1,
        "text": text,
        "start": 0,
        "end": len(text),
        "locator": Locator(page=3),
        "sentences": [(0, len(text))],
    }
    return Passage.model_validate(fields | changes)


def turn(shown: Answer | None = None, *, cards: tuple[Card, ...] | None = None) -> Turn:
    shown = shown or answer()
    if cards is None:
        cards = tuple(Card(citation=c, passage=passage(), source=source()) for s in shown.sentences for c in s.citations)
    return Turn(answer=shown, cards=cards, suggestions=("And then?",))


def hostile_turn() -> Turn:
    bad = citation(
        quote=HOSTILE, title=HOSTILE, organisation=HOSTILE, url="javascript:alert(1)", evidence_type=HOSTILE, cited_as=HOSTILE,
        source_id=HOSTILE, kind="original", locator=Locator(page=1, page_label=HOSTILE, heading=[HOSTILE]),
    )  # fmt: skip
    sentence = Sentence(text=HOSTILE, section="answer", status="supported", citations=[bad])
    shown = answer(
        sentence, question=HOSTILE, standalone_question=HOSTILE + "?", gaps=[HOSTILE], nearest=refusal(HOSTILE).nearest,
        who_might_know=refusal(HOSTILE).who_might_know, outcome="partial",
    )  # fmt: skip
    held = source(title=HOSTILE, place=HOSTILE, organisation=HOSTILE, url="data:text/html,x", authors=[HOSTILE])
    around = passage(HOSTILE)
    card = Card(citation=bad, passage=around, source=held, before=around, after=around)
    return Turn(answer=shown, cards=(card,), suggestions=(HOSTILE,))

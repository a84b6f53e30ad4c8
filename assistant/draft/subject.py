"""What "it" and "they" stand for in a draft. Owns: naming a sentence's subject from the sentence before it or its heading.

Does not own: grammar. A subject is only ever a proper name that stands there; where there is none, the sentence says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.grounding.name_spotting import spot
from assistant.grounding.ordinary import is_ordinary
from assistant.grounding.places import SAME_PLACE

_PRONOUN = re.compile(
    r"^(?:it|they|this|these|those|he|she|that)\b(?= (?!(?:is|was) (?:clear|likely|possible|important|hard|worth)\b))", re.I
)
_GENERIC = re.compile(
    r"^(?:the|this|that|these|those|its|their|his|her) (?:\w+ ){0,1}"
    r"(?:programme|scheme|policy|act|law|project|pilot|unit|missions?|initiative|strategy|plan|trial|government|council|city|country|approach|model|fund|board|boards|target|goal|evaluation|report|study|team)\b",
    re.I,
)
_POSSESSIVE = re.compile(r"^(?:its|their|his|her)\b", re.I)
_JOINING = frozenset({"of", "the", "for", "and", "in", "on", "to", "de", "du", "la"})
_EMPTY_SUBJECT = re.compile(
    r"^it (?:is|was|has been) (?:said|reported|clear|likely|possible|true|estimated|thought|known|argued)\b"
    r"|^(?:there|it) (?:is|are|was|were) (?:no|little|some|much)\b",
    re.I,
)


@dataclass(frozen=True)
class Reading:
    """A sentence as it is judged. `named`: the subject that was put in; `unnamed`: the word whose meaning nobody names."""

    text: str
    named: str = ""
    unnamed: str = ""


def read_subject(text: str, *, before: str, heading: str) -> Reading:
    """The sentence with its subject named from the sentence before it, or else from the heading; untouched where it names its own."""
    said = text.strip()
    pronoun = _PRONOUN.match(said)
    generic = _GENERIC.match(said)
    if _EMPTY_SUBJECT.match(said) or (pronoun is None and generic is None):
        return Reading(text)
    if generic is not None and _names_itself(said):
        return Reading(text)
    subject = leading_name(before) or _headed(heading)
    if not subject:
        return Reading(text, unnamed=(generic or pronoun).group())  # type: ignore[union-attr]
    if generic is not None:
        # The words stay: "its evaluation", "the council"; the name is put before them as what they belong to.
        rest = _POSSESSIVE.sub(f"{subject}’s", said) if _POSSESSIVE.match(said) else f"{subject}: {said}"
        return Reading(rest, named=subject)
    assert pronoun is not None
    return Reading(subject + said[pronoun.end() :], named=subject)


def leading_name(text: str) -> str:
    """The first proper name of a text with the words that join it ("Rough Sleepers Unit"), without figures; '' when it names nothing."""
    words = {name.word for name in spot(text)}
    run: list[str] = []
    for token in re.findall(r"[^\W\d_][\w&'’.-]*|[^\w\s]|\d\S*", text):
        bare = token.removesuffix("'s").removesuffix("’s").rstrip(".")
        if token in words or bare in words:
            run.append(bare)
        elif run and token.casefold() in _JOINING:
            run.append(token)
        elif run:
            break
    while run and run[-1].casefold() in _JOINING:
        run.pop()
    return " ".join(run)


def _headed(heading: str) -> str:
    """The name in a heading; ordinary words have capitals there too ("Background"), so one of its words must be none."""
    name = leading_name(heading)
    words = [word.casefold() for word in name.split()]
    return name if any(word in SAME_PLACE or not is_ordinary(word) for word in words) else ""


def _names_itself(said: str) -> bool:
    """Whether a name stands in the first words, so that "the Welsh Act" needs nothing."""
    first = " ".join(said.split()[:6])
    return bool(spot(first))

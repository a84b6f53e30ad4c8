"""The same question as other people type it. Owns: making variants by rule, with a fixed seed a case. Does not own: asking. Pure,
deterministic.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split() for pair in text.split(";"))


_US = _pairs(
    """programme program; programmes programs; organisation organization; organisations organizations; centre center;
    labour labor; behaviour behavior;
    neighbourhood neighborhood; neighbourhoods neighborhoods; defence defense; licence license;
    decarbonise decarbonize; decarbonisation decarbonization; organised organized; favour favor; travelled traveled;
    modelled modeled; whilst while;
    criticised criticized; analyse analyze; recognise recognize; prioritise prioritize; enrol enroll; council municipality;
    councils municipalities"""
)
_SAME = _pairs(
    """show tell; big large; biggest largest; share proportion; start begin; started began; get obtain; people persons; say state;
    said stated; help assist; homes houses; shut closed; cut reduce; kids children; money funding; cash money; boss head;
    bring deliver; about regarding; idea notion; problem difficulty; critics sceptics; evidence proof; results outcomes;
    scheme programme; goal aim"""
)
_LONG = re.compile(r"\b[a-z]{6,}\b")
_ARTICLES = re.compile(r"\b(?:the|a|an)\s+", re.I)


def typos(question: str, *, seed: str) -> str:
    """One slip in each of up to two long words in lower case: neighbours swapped, a letter lost or doubled; the first letter
    stays.
    """
    random_ = random.Random(seed)  # noqa: S311 - variants, not secrets
    words = sorted({m.group() for m in _LONG.finditer(question)})
    for word in random_.sample(words, min(2, len(words))):
        at = random_.randrange(1, len(word) - 2)
        slips = (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
        )
        question = re.sub(rf"\b{word}\b", random_.choice(slips), question, count=1)
    return question


def us_spelling(question: str, *, seed: str) -> str:
    """American spellings and words."""
    del seed
    return _swapped(question, _US)


def second_language(question: str, *, seed: str) -> str:
    """As someone may write whose first language has no articles: none, no auxiliary 'did' or 'do', and a courtesy in front."""
    del seed
    plain = _ARTICLES.sub("", question)
    plain = re.sub(r"\b(?:did|does|do)\s+", "", plain, flags=re.I)
    return f"Please to tell me, {plain[:1].lower()}{plain[1:]}" if not plain[:2].isupper() else f"Please to tell me, {plain}"


def messy_mail(question: str, *, seed: str) -> str:
    """Inside a forwarded e-mail, wrapped and signed."""
    random_ = random.Random(seed)  # noqa: S311 - variants, not secrets
    name = random_.choice(("Priya", "Tom", "Angharad", "Moses"))
    words, lines, line = question.split(), [], ""
    for word in words:
        if len(line) + len(word) > 38:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    body = "\n> ".join([*lines, line])
    front = "Hi team,\n\nSorry for the late one, I have the board at 2pm.\n\n"
    return f"{front}> {body}\n\nThanks so much\n{name}\n\nSent from my phone"


def unpunctuated(question: str, *, seed: str) -> str:
    """All lower case, without marks."""
    del seed
    return re.sub(r"[?,;:!.](?=\s|$)", "", question).lower()


def paraphrase(question: str, *, seed: str) -> str:
    """Plain synonyms, and an indirect question."""
    random_ = random.Random(seed)  # noqa: S311 - variants, not secrets
    front = random_.choice(("I would like to know this:", "A colleague asks:", "For a briefing:"))
    return f"{front} {_swapped(question, _SAME)}"


VARIANTS: dict[str, Callable[..., str]] = {
    "typos": typos,
    "US spelling": us_spelling,
    "second language": second_language,
    "messy e-mail": messy_mail,
    "no punctuation": unpunctuated,
    "paraphrase": paraphrase,
}


def _swapped(text: str, words: dict[str, str]) -> str:
    for old, new in words.items():
        text = re.sub(rf"\b{old}\b", new, text)
        text = re.sub(rf"\b{old.capitalize()}\b", new.capitalize(), text)
    return text

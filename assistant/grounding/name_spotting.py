"""Which words of a text are names. Owns: telling names from ordinary words by capitals, place and list.

Does not own: comparing texts.

A name is a capitalised word that its place in the sentence does not explain, or an acronym. At the start of a sentence, where
every word is capitalised, an ordinary English word is told from a name by its ending and by a list; what stays in doubt counts
as a name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.grounding.ordinary import is_ordinary
from assistant.grounding.places import LOOKS_ORDINARY, SAME_PLACE
from assistant.text.folding import fold
from assistant.text.words import FUNCTION_WORDS, listed

TOKEN = re.compile(r"[^\W\d_](?:[\w&]|['’](?=\w)|\.(?=[^\W\d_]\b))*")
_STARTING = frozenset('.?!:;\n•*—–“”"‘([')
_MONTHS_AND_DAYS = frozenset(listed("""january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec"""))  # fmt: skip
_TITLES = frozenset(listed("mr mrs ms dr prof sir dame lord lady st professor"))
_LETTERED = frozenset(
    listed("""plan phase vitamin hepatitis grade group level type part annex appendix section stage option
    category class tier schedule route""")
)
_CONTRACTED = frozenset(
    listed("""i'm i've i'd i'll it's that's there's he's she's we're we've they're they've you're don't didn't
    doesn't isn't wasn't can't won't""")
)
_POSSESSIVE = ("'s", "’s", "'S", "’S")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written, and the name that stands directly before it, or ''."""

    word: str
    follows: str


def plain(word: str) -> str:
    """A name for comparing: folded, without accents, dots and possessive."""
    low = fold(word).removesuffix("'s").replace(".", "").rstrip("'")
    if low.isascii():
        return low
    bare = "".join(ch for ch in unicodedata.normalize("NFD", low) if not unicodedata.combining(ch))
    return bare.replace("ø", "o").replace("ł", "l").replace("æ", "ae").replace("đ", "d").replace("ı", "i")


def is_acronym(word: str) -> bool:
    """Whether a word is written as an acronym: SEU, DfE, U.S."""
    bare = word.removesuffix("'s").removesuffix("’s").replace(".", "")
    return 2 <= len(bare) <= 8 and sum(ch.isupper() for ch in bare) >= 2 and not re.search(r"[a-z]{3}", bare)


def is_caseless(matches: Sequence[re.Match[str]]) -> bool:
    """Whether capitals say nothing here: all of it is in capitals, or nothing is."""
    words = [m.group() for m in matches if len(m.group()) > 1]
    upper = sum(word.isupper() for word in words)
    return bool(words) and (
        (len(words) >= 2 and upper == len(words))
        or (len(words) >= 4 and upper > 0.7 * len(words))
        or not any(ch.isupper() for word in words for ch in word)
    )


@lru_cache(maxsize=4096)
def spot(text: str) -> tuple[Name, ...]:
    """The names of a text, in order, repeats kept."""
    matches = list(TOKEN.finditer(text))
    if is_caseless(matches):
        return tuple(Name(m.group(), "") for m in matches if _caseless_name(m.group()))
    found: list[Name] = []
    previous, previous_end = "", -9
    for index, match in enumerate(matches):
        word = match.group()
        if word.islower() or not _is_name(text, matches, index):
            if (
                word.islower()
                and plain(word) in SAME_PLACE
                and len(word) > 4
                and plain(word) not in LOOKS_ORDINARY
                and not _common_noun(plain(word))
            ):
                found.append(Name(word, ""))
            continue
        for suffix in _POSSESSIVE:
            word = word.removesuffix(suffix)
        adjoining = match.start() - previous_end == 1 and text[previous_end] == " "
        found.append(Name(word, previous if adjoining else ""))
        previous, previous_end = word, match.end()
    return tuple(found)


def runs(text: str, matches: Sequence[re.Match[str]]) -> list[list[str]]:
    """Neighbouring capitalised words, a run each: a name with its middle names and initials."""
    found: list[list[str]] = []
    end = -9
    for match in matches:
        word = match.group()
        if not word[:1].isupper() or (plain(word) in FUNCTION_WORDS and not word.isupper()):
            continue
        if found and text[end : match.start()] in {" ", ". ", "-", ".", "’", "'"}:
            found[-1].append(plain(word))
        else:
            found.append([plain(word)])
        end = match.end()
    return found


def _common_noun(low: str) -> bool:
    return low in {"poles", "thai", "swede", "swedes", "scots", "china", "turkey", "indian", "basque", "dutch"}


def _caseless_name(word: str) -> bool:
    low = plain(word)
    if word.isupper():
        return low not in FUNCTION_WORDS and low not in _MONTHS_AND_DAYS and len(low) > 1 and not is_ordinary(low)
    return low in SAME_PLACE and len(low) > 3 and not _common_noun(low)


def _is_name(text: str, matches: Sequence[re.Match[str]], index: int) -> bool:
    match = matches[index]
    word = match.group()
    low = plain(word)
    if not any(ch.isupper() for ch in word) or low in _TITLES or fold(word) in _CONTRACTED:
        return False
    if len(low) < 2:
        before = plain(matches[index - 1].group()) if index else ""
        return before in _LETTERED and text[match.end() : match.end() + 1] not in {".", "'", "’"} and low.isalpha()
    capitals = word.isupper() and len(word) > 1
    if (low in FUNCTION_WORDS or low in _MONTHS_AND_DAYS) and not (capitals and low not in {"i", "a"}):
        return False
    if capitals or not word[1:].islower() or not _starts_sentence(text, match.start()):
        return True
    if low in LOOKS_ORDINARY or _followed_by_name(text, matches, index):
        return True
    return not is_ordinary(low)


def _starts_sentence(text: str, at: int) -> bool:
    index = at - 1
    while index >= 0 and text[index] in " \t\u00a0“\"‘'([*_#>":
        if text[index] in '“"‘(':
            return True
        index -= 1
    return (
        index < 0
        or text[index] in _STARTING
        or (text[index] == "-" and text[index - 1 : index] in {"", " ", "\n"} and index + 1 < at)
    )


def _followed_by_name(text: str, matches: Sequence[re.Match[str]], index: int) -> bool:
    if index + 1 >= len(matches):
        return False
    here, following = matches[index], matches[index + 1]
    joined = text[here.end() : following.start()] in {" ", "-"}
    return (
        joined
        and following.group()[:1].isupper()
        and not is_ordinary(plain(here.group()))
        and plain(here.group()) not in FUNCTION_WORDS
    )

"""Proper names in a text. Owns: finding them and whether cited spans hold them. Does not own: who a name belongs to.

A name is a capitalised word that its place in the sentence does not explain, or an acronym. At the start of a sentence, where every word
is capitalised, an ordinary English word is told from a name by its ending and by a list; what stays in doubt counts as a name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.grounding.acronyms import explained, initials, spelt_out
from assistant.grounding.ordinary import is_ordinary
from assistant.grounding.places import HELD_BY, LOOKS_ORDINARY, PHRASES, SAME_PLACE
from assistant.text.folding import fold
from assistant.text.words import FUNCTION_WORDS, stem

_TOKEN = re.compile(r"[^\W\d_](?:[\w&]|['’](?=\w)|\.(?=[^\W\d_]\b))*")
_STARTING = frozenset(".?!:;\n•*—–“”\"‘([")
_MONTHS_AND_DAYS = frozenset("january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec".split())  # fmt: skip
_TITLES = frozenset("mr mrs ms dr prof sir dame lord lady st professor".split())
_LETTERED = frozenset("plan phase vitamin hepatitis grade group level type part annex appendix section stage option category class tier schedule route".split())
_CONTRACTED = frozenset("i'm i've i'd i'll it's that's there's he's she's we're we've they're they've you're don't didn't doesn't isn't wasn't can't won't".split())
_POSSESSIVE = ("'s", "’s", "'S", "’S")


@dataclass(frozen=True, slots=True)
class _Name:
    word: str
    follows: str  # the name that stands directly before it, or ''


def names(text: str) -> list[str]:
    """Words of `text` that are part of a proper name or are acronyms, as written, in order, each once."""
    return list(dict.fromkeys(name.word for name in _names(text)))


def missing_names(claim: str, spans: Sequence[str]) -> list[str]:
    """Names in `claim` that no span holds, in any case, possessive, plural or adjective form, or as an acronym of words there.

    A first and a last name that the spans hold only in two different people's names are missing too.
    """
    said = _one_word_places(claim)
    held = [_held(_one_word_places(span)) for span in spans]
    expanded = spelt_out(said, [h.text for h in held]) | explained(said)
    missing = dict.fromkeys(name.word for name in _names(said) if fold(name.word) not in expanded and not any(_holds(h, name.word) for h in held))
    for name in _names(said):
        if name.follows and name.word not in missing and _of_two_people(name, held):
            missing.setdefault(f"{name.follows} {name.word}")
    return list(missing)


@dataclass(frozen=True, slots=True)
class _Held:
    """A span as names see it: its words, those written with capitals, their acronyms, its pairs of neighbouring names, names that stand alone."""

    text: str
    words: frozenset[str]
    capitals: frozenset[str]
    initials: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    alone: frozenset[str]
    caseless: bool


def _holds(held: _Held, name: str) -> bool:
    low = plain(name)
    group = HELD_BY.get(low) or SAME_PLACE.get(low)
    if group:
        return bool((group - {"us"}) & held.words) or ("us" in group and "us" in (held.words if held.caseless else held.capitals))
    acronym = _is_acronym(name)
    if acronym and low in held.initials:
        return True
    known = held.capitals if (acronym and len(low) <= 4 or len(low) == 1) and not held.caseless else held.words
    if low in known or low.rstrip("s") in known or f"{low}s" in known or f"{low}es" in known:
        return True
    return not acronym and is_ordinary(low) and stem(low) in {stem(word) for word in held.words}


def _of_two_people(name: _Name, held: Sequence[_Held]) -> bool:
    """Whether two neighbouring names of the claim stand in the spans only as halves of other pairs."""
    first, last = plain(name.follows), plain(name.word)
    if is_ordinary(first) or is_ordinary(last) or first in SAME_PLACE or last in SAME_PLACE or _is_acronym(name.follows) or _is_acronym(name.word):
        return False
    if any((first, last) in h.pairs or first in h.alone or last in h.alone or first not in h.words | h.initials and last not in h.words for h in held):
        return False
    return all(any(word in pair for h in held for pair in h.pairs) for word in (first, last))


def plain(word: str) -> str:
    """A name for comparing: folded, without accents, dots and possessive."""
    low = fold(word).removesuffix("'s").replace(".", "").rstrip("'")
    if low.isascii():
        return low
    bare = "".join(ch for ch in unicodedata.normalize("NFD", low) if not unicodedata.combining(ch))
    return bare.replace("ø", "o").replace("ł", "l").replace("æ", "ae").replace("đ", "d").replace("ı", "i")


def _is_acronym(word: str) -> bool:
    bare = word.removesuffix("'s").removesuffix("’s").replace(".", "")
    return 2 <= len(bare) <= 8 and sum(ch.isupper() for ch in bare) >= 2 and not re.search(r"[a-z]{3}", bare)


def _one_word_places(text: str) -> str:
    low = text.lower()
    for phrase, word in PHRASES:
        if phrase in low:
            text = re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", word.upper() if len(word) == 2 else word.title(), text, flags=re.I)
            low = text.lower()
    return text


def _caseless(matches: Sequence[re.Match[str]]) -> bool:
    """Whether capitals say nothing here: all of it is in capitals, or nothing is."""
    words = [m.group() for m in matches if len(m.group()) > 1]
    upper = sum(word.isupper() for word in words)
    return bool(words) and ((len(words) >= 2 and upper == len(words)) or (len(words) >= 4 and upper > 0.7 * len(words)) or not any(ch.isupper() for word in words for ch in word))


@lru_cache(maxsize=4096)
def _names(text: str) -> tuple[_Name, ...]:
    matches = list(_TOKEN.finditer(text))
    if _caseless(matches):
        return tuple(_Name(m.group(), "") for m in matches if _caseless_name(m.group()))
    found: list[_Name] = []
    previous, previous_end = "", -9
    for index, match in enumerate(matches):
        word = match.group()
        if word.islower() or not _is_name(text, matches, index):
            if word.islower() and plain(word) in SAME_PLACE and len(word) > 4 and plain(word) not in LOOKS_ORDINARY and not _common_noun(plain(word)):
                found.append(_Name(word, ""))
            continue
        for suffix in _POSSESSIVE:
            word = word.removesuffix(suffix)
        adjoining = match.start() - previous_end == 1 and text[previous_end] == " "
        found.append(_Name(word, previous if adjoining else ""))
        previous, previous_end = word, match.end()
    return tuple(found)


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
        if text[index] in "“\"‘(":
            return True
        index -= 1
    return index < 0 or text[index] in _STARTING or (text[index] == "-" and text[index - 1 : index] in {"", " ", "\n"} and index + 1 < at)


def _followed_by_name(text: str, matches: Sequence[re.Match[str]], index: int) -> bool:
    if index + 1 >= len(matches):
        return False
    here, following = matches[index], matches[index + 1]
    joined = text[here.end() : following.start()] in {" ", "-"}
    return joined and following.group()[:1].isupper() and not is_ordinary(plain(here.group())) and plain(here.group()) not in FUNCTION_WORDS


@lru_cache(maxsize=4096)
def _held(text: str) -> _Held:
    matches = list(_TOKEN.finditer(text))
    written = [m.group() for m in matches]
    capitals = frozenset(plain(word) for word in written if any(ch.isupper() for ch in word))
    found = _names(text)
    pairs = frozenset((plain(name.follows), plain(name.word)) for name in found if name.follows)
    runs = _runs(text, matches)
    pairs |= {(one, other) for run in runs for i, one in enumerate(run) for other in run[i + 1 :]}
    alone = frozenset(run[0] for run in runs if len(run) == 1)
    return _Held(text, frozenset(plain(word) for word in written), capitals, initials(text), pairs, alone, _caseless(matches))


def _runs(text: str, matches: Sequence[re.Match[str]]) -> list[list[str]]:
    """Neighbouring capitalised words, a run each: a name with its middle names and initials."""
    runs: list[list[str]] = []
    end = -9
    for match in matches:
        word = match.group()
        if not word[:1].isupper() or plain(word) in FUNCTION_WORDS and not word.isupper():
            continue
        if runs and text[end : match.start()] in {" ", ". ", "-", ".", "’", "'"}:
            runs[-1].append(plain(word))
        else:
            runs.append([plain(word)])
        end = match.end()
    return runs

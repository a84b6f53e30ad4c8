"""Proper names in a text. Owns: finding them and whether cited spans hold them. Does not own: who a name belongs to.

A name is a capitalised word that its place in the sentence does not explain, or an acronym. At the start of a sentence, where every word
is capitalised, an ordinary English word is told from a name by its ending and by a short list; what stays in doubt counts as a name.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.text.folding import fold
from assistant.text.words import FUNCTION_WORDS, stem

_TOKEN = re.compile(r"[^\W\d_](?:[\w&]|['’](?=\w)|\.(?=\w))*")
_ORDINARY_ENDING = re.compile(r"(ing|ed|ly|ment|ments|ness|tion|tions|sion|sions|ity|ities|ance|ence|ism|ers|ors|ful|less|able|ible|ous|ive|ship|hood|ures?|ices?|ages?)$")
_ORDINARY = frozenset(
    """people person homes home homelessness government governments ministers minister councils council cities city children child families family
    leaders leader missions mission targets target goals goal teams team money costs cost spending budgets budget critics critic evidence research
    studies study reports report evaluation evaluations results result progress emissions prices schools school hospitals teachers parents pupils
    officials citizens residents workers staff firms companies business businesses services service programmes programme projects project policy
    policies public private local national central regional early late long short high low new old good better best bad worse worst three two four
    five six seven eight nine ten half twice work data rules law laws power powers trust health care housing heat energy poverty crime growth trade
    jobs skills tax taxes funding funds grants grant prizes prize tools tool boards board units unit start stop keep set use ask test learn build
    make take give find show put try avoid name choose plan plans share shared common clear strong weak open closed full part parts whole year years
    month months week weeks day days today yesterday tomorrow here there now then first second third last next overall however although while
    because since until despite according among across outside inside beyond nobody nothing everybody everyone someone no yes""".split()
)  # fmt: skip
_MONTHS_AND_DAYS = frozenset("january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday".split())
_TITLES = frozenset("mr mrs ms dr prof sir dame lord lady st".split())
_SAME_PLACE = (
    frozenset({"uk", "britain", "british", "kingdom", "u.k"}), frozenset({"us", "usa", "america", "american", "u.s", "states"}),
    frozenset({"eu", "european"}), frozenset({"finland", "finnish", "finn", "finns"}), frozenset({"wales", "welsh"}), frozenset({"scotland", "scottish"}),
    frozenset({"netherlands", "dutch"}), frozenset({"germany", "german", "germans"}), frozenset({"france", "french"}), frozenset({"spain", "spanish"}),
    frozenset({"sweden", "swedish", "swedes"}), frozenset({"denmark", "danish", "danes"}), frozenset({"norway", "norwegian"}), frozenset({"ireland", "irish"}),
    frozenset({"england", "english"}), frozenset({"canada", "canadian"}), frozenset({"australia", "australian"}), frozenset({"japan", "japanese"}),
    frozenset({"brazil", "brazilian"}), frozenset({"colombia", "colombian"}), frozenset({"zealand", "nz"}), frozenset({"barbados", "barbadian"}),
)  # fmt: skip


def names(text: str) -> list[str]:
    """Words of `text` that are part of a proper name or are acronyms, as written, in order, each once."""
    found: dict[str, None] = {}
    matches = list(_TOKEN.finditer(text))
    for index, match in enumerate(matches):
        word = match.group().rstrip(".")
        low = fold(word).removesuffix("'s")
        if not any(ch.isupper() for ch in word) or low in FUNCTION_WORDS or low in _MONTHS_AND_DAYS or low in _TITLES:
            if not (word.isupper() and len(word) > 1 and low not in {"i", "a"}):
                continue
        if len(low) < 2:
            continue
        if _starts_sentence(text, match.start()) and word[1:].islower() and not _followed_by_name(matches, index):
            if low in _ORDINARY or _ORDINARY_ENDING.search(low):
                continue
        found.setdefault(word.removesuffix("'s").removesuffix("’s"))
    return list(found)


def missing_names(claim: str, spans: list[str]) -> list[str]:
    """Names in `claim` that no span holds, in any case, possessive, plural or adjective form, or as the initials of words there."""
    held = [t for span in spans for t in _folded_tokens(span)]
    known = set(held) | {stem(t) for t in held}
    initials = _initials(spans)
    return [name for name in names(claim) if not _held(name, known, initials, spans)]


def _held(name: str, known: set[str], initials: str, spans: list[str]) -> bool:
    low = fold(name).removesuffix("'s").replace(".", "")
    if low in known or stem(low) in known or low.rstrip("s") in known:
        return True
    for group in _SAME_PLACE:
        if low in group and group & known:
            return True
    if name.isupper() and 2 <= len(low) <= 8:
        return low in initials
    return _spelt_by_acronym(low, spans)


def _spelt_by_acronym(low: str, spans: list[str]) -> bool:
    """A word of a name may stand in the span as one letter of an acronym only if the whole name does; that is left to the sentence."""
    return False if len(low) < 2 else any(low == fold(token).strip("()") for span in spans for token in span.split())


def _initials(spans: list[str]) -> str:
    """Initial letters of each span's capitalised words, with and without the small words between; a bar ends each run."""
    runs: list[str] = []
    for span in spans:
        run, with_small = "", ""
        for token in re.findall(r"[^\W\d_][\w'’-]*|[.,;:()]", span):
            if token[:1].isupper():
                parts = [p for p in re.split(r"[-‐]", token) if p]
                run += "".join(p[0] for p in parts)
                with_small += "".join(p[0] for p in parts)
            elif token.lower() in {"of", "and", "for", "the", "to", "on", "in", "de", "la", "du"} and run:
                with_small += token[0]
            else:
                runs += [run, with_small]
                run = with_small = ""
        runs += [run, with_small]
    return "|".join(runs).lower()


def _starts_sentence(text: str, at: int) -> bool:
    return re.search(r"(?:^|[.?!:;]|\n|[•\-–—*])[\s\"“”‘’'(\[]*$", text[:at]) is not None


def _followed_by_name(matches: list[re.Match[str]], index: int) -> bool:
    if index + 1 >= len(matches):
        return False
    here, following = matches[index], matches[index + 1]
    low = fold(here.group())
    return following.start() - here.end() <= 1 and following.group()[:1].isupper() and low not in _ORDINARY and not _ORDINARY_ENDING.search(low)


@lru_cache(maxsize=1024)
def _folded_tokens(span: str) -> tuple[str, ...]:
    tokens = [fold(m.group()).removesuffix("'s").rstrip(".").replace(".", "") for m in _TOKEN.finditer(span)]
    return tuple(tokens)

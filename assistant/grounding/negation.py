"""Negation in a text. Owns: which content words stand under a "not". Does not own: contradiction of any other kind.

A cue (not, never, no, without, failed to, …) reaches the content words after it up to a clause's end; under two cues a word is
affirmed again. A word that only resembles a denial (avoid, missed, lacked) makes what follows it doubtful: it may stand against
either. A claim and its spans disagree when a word both hold is denied in one and only affirmed in the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.text.folding import fold
from assistant.text.words import FUNCTION_WORDS, listed, stem

REACH = 10  # content words that a cue may reach in its clause
NEAR = 4  # content words behind a cue that it denies even alone
_CUES = frozenset(
    listed("""not never no none nobody noone nothing neither nor without cannot cant hardly scarcely barely
    rarely seldom nowhere non nor isnt wasnt didnt doesnt dont wont""")
)
_WITH_TO = frozenset(
    listed("""fail failed fails failing failure refuse refused refuses refusing decline declined declines neglect
    neglected unable inability unwilling reluctant ceased yet""")
)
_DOUBTFUL = frozenset(
    listed("""fail failed fails failing failure lack lacked lacks lacking refuse refused refuses avoid avoided avoids avoiding
        stop stopped stops stopping prevent prevented prevents
    preventing miss missed misses missing deny denied denies reject rejected rejects abandon abandoned unlikely unable against
    oppose opposed false myth wrong zero
    absence absent insufficient inadequate ended ends scrapped cancelled block blocked rather instead yet wrongly
    incorrect untrue contrary""")
)
_ENDS = frozenset(listed("but although though however while whereas because since unless"))
_ENDS_WHEN_REACHED = frozenset({"and", "until", "if", "when", "which", "who", "where"})
_SMALL = FUNCTION_WORDS - frozenset(
    listed("made make give given get go going used using use need seen seems kept put take said say says let")
)
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[.,;:!?()\-]")
_NOT_DENIALS = re.compile(
    r"\bnot (?:only|just|merely|simply|solely|least|to mention|for profit|all that)\b|\bnot-for-profits?\b|\bnon-?profits?\b"
    r"|\bwhether or not\b|\bif not\b|\bno doubt\b|\bno matter\b|\bnothing but\b|\bnone the less\b|\bnon-governmental\b"
    r"|\bnos?\.? ?\d"
    r"|\b(?:no|not) (?:longer|less|fewer|more|later|earlier|greater|higher|lower) than\b"
)
_BUT_NOT_UNTIL = re.compile(r"\b(?:not|never|n't)\b(?=[^.,;]{0,80}\buntil\b)")
_PREFIXED = re.compile(r"^(?:un|non)(?=\w{5})")
_PAIRS = """ineffective/effective inefficient/efficient inadequate/adequate insufficient/sufficient impossible/possible
    improbable/probable
    irregular/regular irrelevant/relevant illegal/legal inaccurate/accurate incomplete/complete inconsistent/consistent
    incapable/capable
    dissatisfied/satisfied disagree/agree disagreed/agreed disapproved/approved disapprove/approve dishonest/honest unsafe/safe
    unfair/fair
    unable/able unpaid/paid invalid/valid"""
_OPPOSITES = {stem(word): stem(base) for word, base in (pair.split("/") for pair in listed(_PAIRS))}


@dataclass(frozen=True, slots=True)
class Polarity:
    """Stems of a text by how they stand: denied, affirmed, doubtful; what each cue reaches; how many words resemble a denial."""

    denied: frozenset[str]
    affirmed: frozenset[str]
    doubtful: frozenset[str]
    scopes: tuple[tuple[str, ...], ...]
    hedges: int


def denied_words(text: str) -> set[str]:
    """Stems of content words within reach of a negation."""
    return set(polarity(text).denied)


def affirmed_words(text: str) -> set[str]:
    """Stems of content words outside the reach of every negation."""
    return set(polarity(text).affirmed)


def flipped_words(claim: str, spans: Sequence[str]) -> list[str]:
    """Stems that the claim denies and the spans only affirm, or the claim affirms and the spans only deny."""
    said = polarity(claim)
    held = [polarity(span) for span in spans]
    no = frozenset[str]().union(*(p.denied for p in held))
    yes = frozenset[str]().union(*(p.affirmed for p in held))
    maybe = frozenset[str]().union(*(p.doubtful for p in held))
    denied_here = (said.denied - said.affirmed - said.doubtful) & (yes - no - maybe)
    affirmed_here = (said.affirmed - said.denied - said.doubtful) & (no - yes - maybe)
    scopes = [scope for p in held for scope in p.scopes]
    return sorted(_near(denied_here, said.scopes) | _near(affirmed_here, scopes) | _opposites(said, no, yes))


def _near(flipped: frozenset[str], scopes: Sequence[tuple[str, ...]]) -> set[str]:
    """The flipped words that a cue denies at close range, or together with others:

    a lone noun far behind a "not" is seldom what it denies.
    """
    kept: set[str] = set()
    for scope in scopes:
        hit = [word for word in scope if word in flipped]
        if len(set(hit)) > 1 or any(word in flipped for word in scope[:NEAR]):
            kept.update(hit)
    return kept


def unmatched_denial(claim: str, spans: Sequence[str]) -> bool:
    """Whether the claim denies more often than the spans do, or denies what they speak of and do not deny."""
    said = polarity(claim)
    if not said.scopes:
        return False
    held = [polarity(span) for span in spans]
    no = frozenset[str]().union(*(p.denied | p.doubtful for p in held))
    yes = frozenset[str]().union(*(p.affirmed for p in held))
    allowed = sum(len(p.scopes) + p.hedges for p in held)
    denials = [said.denied.intersection(scope) for scope in said.scopes]
    return len(said.scopes) > allowed or any(words and not words & no and len(words & yes) * 2 > len(words) for words in denials)


def has_negation(text: str) -> bool:
    """Whether a text holds any negation."""
    return bool(polarity(text).scopes)


def _opposites(said: Polarity, no: frozenset[str], yes: frozenset[str]) -> set[str]:
    """ "Unsuccessful" where the spans only affirm "successful", and the other way round."""
    flipped = set()
    for word in said.affirmed - yes - no:
        base = _base(word)
        if base and base in yes and base not in no:
            flipped.add(word)
    for word in yes - said.affirmed - said.denied:
        base = _base(word)
        if base and base in said.affirmed and base not in yes:
            flipped.add(base)
    return flipped


def _base(word: str) -> str | None:
    if word in _OPPOSITES:
        return _OPPOSITES[word]
    bare = _PREFIXED.sub("", word)
    return bare if bare != word else None


def _tokens(text: str) -> list[str]:
    plain = _NOT_DENIALS.sub(
        " ", fold(text).replace("can't", "can not").replace("n't", " not").replace("no-one", "nobody").replace("no one", "nobody")
    )
    return _TOKEN.findall(_BUT_NOT_UNTIL.sub(" ", plain))


def _is_cue(tokens: list[str], index: int) -> bool:
    word = tokens[index]
    following = tokens[index + 1] if index + 1 < len(tokens) else ""
    return word in _CUES or (word in _WITH_TO and following == "to")


def _reach(tokens: list[str], cue: int) -> list[int]:
    """Indices of the words a cue reaches."""
    reached: list[int] = []
    index = cue + 1
    reach = 1 if tokens[cue] == "non" else REACH
    while index < len(tokens) and len(reached) < reach:
        word = tokens[index]
        if word == "," and not reached:
            index = _after_aside(tokens, index)
            continue
        if word == "," and _list_goes_on(tokens, index):
            index += 1
            continue
        if word != "-" and (not word[0].isalnum() or word in _ENDS or (word in _ENDS_WHEN_REACHED and reached) or word == "nor"):
            break
        if word[0].isalnum() and word not in _SMALL:
            reached.append(index)
        index += 1
    return reached


def _after_aside(tokens: list[str], comma: int) -> int:
    """After "not, in the view of most, …": the word after the second comma, or after the first where there is no second."""
    for index in range(comma + 1, min(comma + 16, len(tokens))):
        if tokens[index] == ",":
            return index + 1
        if tokens[index] in ".;:!?":
            break
    return comma + 1


def _list_goes_on(tokens: list[str], comma: int) -> bool:
    """Whether a list under one denial goes on after a comma: "no schools, hospitals or homes"."""
    for word in tokens[comma + 1 : comma + 7]:
        if word in {"or", "nor"}:
            return True
        if word in {"and", "but", ".", ";", ":"}:
            return False
    return False


@lru_cache(maxsize=4096)
def polarity(text: str) -> Polarity:
    """How each content word of a text stands."""
    tokens = _tokens(text)
    cues = [i for i in range(len(tokens)) if _is_cue(tokens, i)]
    times = [0] * len(tokens)
    doubtful = [False] * len(tokens)
    scopes = []
    for cue in cues:
        reach = _reach(tokens, cue)
        scopes.append(tuple(stem(tokens[i]) for i in reach))
        for index in reach:
            times[index] += 1
    for index, word in enumerate(tokens):
        if word in _DOUBTFUL and index not in cues:
            for reached in _reach(tokens, index):
                doubtful[reached] = True
    content = [i for i, t in enumerate(tokens) if t[0].isalnum() and t not in _SMALL and i not in cues]
    denied = frozenset(stem(tokens[i]) for i in content if times[i] % 2 and not doubtful[i])
    affirmed = frozenset(stem(tokens[i]) for i in content if not times[i] % 2 and not doubtful[i])
    return Polarity(
        denied,
        affirmed,
        frozenset(stem(tokens[i]) for i in content if doubtful[i]),
        tuple(scopes),
        sum(t in _DOUBTFUL or _base(stem(t)) is not None for t in tokens),
    )

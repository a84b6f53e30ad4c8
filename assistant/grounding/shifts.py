"""Shifts of meaning: a sentence that keeps its source's words but changes what they say. Owns: direction, quantity, rank, certainty, cause,
opposites, bounds and which figure belongs to what.

Does not own: figures, names and "not" themselves (the gate), or how much of a sentence is borne out (the support score). Pure, by word lists
and word order; it knows no grammar and errs on the side of refusing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from assistant.grounding import shift_words as lists
from assistant.text.folding import fold
from assistant.text.words import FUNCTION_WORDS, stem

SHIFTS_VERSION = "1"
_TOKEN = re.compile(r"[^\W_]+(?:[.,]\d+)*(?:'[^\W_]+)?|[,;:.()]")
_PHRASES = re.compile("|".join(rf"(?<!\w){re.escape(p)}(?!\w)" for p in sorted(lists.PHRASES, key=len, reverse=True)))
_DENIALS = re.compile(r"^(?:not?|never|nor|neither|nothing|none|nobody|without|cannot|nolonger|instead|lack|lacks|lacked|hardly|impossible|unable|non)$")
_NEGATIVE = re.compile(
    r"^non$|^uncapped$|^un(?!i|der|til|less)\w{4,}|less$|^(?:fail|refus|reject|avoid|exclud|omit|stop|absen|outsid|impossib|voluntar|skip|prevent|lack|lost|lose)|^(?:miss(?:ed|es|ing)?|left|leaves|leaving|beyond)$"
)
_MORE = re.compile(r"\bnot (?:only|just|merely)\b|\balso\b|\bas well as\b")
_CAPITAL = re.compile(r"(?<=[^.!?] )[“‘'(]?([A-Z][\w’'-]*)")
_YEARS = re.compile(r"\b(?:from|between) (\d{4}) (?:to|and|until) (\d{4})\b")
GOVERNED = 4  # content words after "may" or "planned to" that it is taken to speak of
HEDGE_REACH = 12  # tokens between a hedge and what it hedges
_SURE_FUTURE = frozenset({"will", "shall"})
_FUTURE = frozenset(
    "will shall willbe wouldbe promised expected planned plans need needs goal target aim aims aimed milestone until due seek to-come must mustdo requires would should from".split()
)
NEAR = 6  # tokens on either side of a figure that tell what it counts


@dataclass(frozen=True)
class Reading:
    """A text as words with phrases folded, and their stems. `named`: stems of words written with a capital inside a sentence."""

    tokens: tuple[str, ...]
    named: frozenset[str]
    more_than_only: bool = False

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """Stem of each token, in order."""
        return tuple(stem(t.removesuffix("'s")) for t in self.tokens)

    @cached_property
    def held(self) -> frozenset[str]:
        """All stems."""
        return frozenset(self.stems)

    @cached_property
    def content(self) -> tuple[bool, ...]:
        """Whether each token carries meaning of its own."""
        return tuple(t[0].isalnum() and t not in FUNCTION_WORDS for t in self.tokens)


@lru_cache(maxsize=4096)
def read(text: str) -> Reading:
    """Read a text."""
    folded = fold(text).replace("n't", " not")
    folded = _PHRASES.sub(lambda m: lists.PHRASES[m.group()], folded)
    named = frozenset(stem(word.lower()) for word in _CAPITAL.findall(text))
    return Reading(tuple(_TOKEN.findall(folded)), named, _MORE.search(fold(text)) is not None)


def shifts(claim_text: str, span_text: str) -> list[str]:
    """What the claim shifts against one span, in words; empty when nothing is."""
    claim, span = read(claim_text), read(span_text)
    if claim.tokens == span.tokens:
        return []
    return [
        *_classes("direction", lists.DIRECTION, claim, span),
        *_flips("direction", lists.DIRECTION, ("up", "down"), claim, span),
        *_flips("time", lists.TIME, ("before", "after"), claim, span),
        *_flips("time", lists.EARLY, ("early", "late"), claim, span),
        *_classes("quantity", lists.QUANTITY, claim, span),
        *_classes("rank", lists.RANK, claim, span, lists.RANK_ALLOWED),
        *_more_often("rank", lists.RANK, claim, span),
        *_opposites(claim, span),
        *_certainty(claim, span),
        *_tentative(claim, span),
        *_cause(claim, span),
        *_bounds(claim, span),
        *_denials(claim, span),
        *_crossed(claim, span),
        *_moved_names(claim, span),
        *_slipped_in(claim, span),
        *_backwards(claim),
    ]


def _classes(kind: str, lexicon: Mapping[str, str], claim: Reading, span: Reading, allowed: Mapping[str, str] | None = None) -> list[str]:
    """Words of a class that the span has nothing of."""
    allowed = allowed or lexicon
    held = {allowed[token] for token in span.tokens if token in allowed}
    new = {t for t, s in zip(claim.tokens, claim.stems, strict=True) if t in lexicon and s not in span.held}
    return [f"{kind}: {t}" for t in sorted(new) if lexicon[t] not in held]


def _more_often(kind: str, lexicon: Mapping[str, str], claim: Reading, span: Reading) -> list[str]:
    """A class that the claim uses more often than the span does."""
    ours, theirs = (Counter(names[t] for t in r.tokens if t in names) for r, names in ((claim, lexicon), (span, lists.RANK_ALLOWED)))
    return [f"{kind}: {name} more often" for name in ours if ours[name] > theirs[name] > 0]


def _flips(kind: str, lexicon: Mapping[str, str], pair: tuple[str, str], claim: Reading, span: Reading) -> list[str]:
    """More of one class and less of its opposite than the span has."""
    ours, theirs = (Counter(lexicon[t] for t in r.tokens if t in lexicon) for r in (claim, span))
    one, other = pair
    flipped = any(ours[a] > theirs[a] and ours[b] < theirs[b] for a, b in ((one, other), (other, one)))
    return [f"{kind} turned round"] if flipped else []


def _opposites(claim: Reading, span: Reading) -> list[str]:
    """A word where the span has only its opposite."""
    ours, theirs = frozenset(claim.tokens), frozenset(span.tokens)
    found = []
    for one, other in lists.OPPOSITES:
        for a, b in ((one, other), (other, one)):
            said = (ours & a) - theirs
            if said and theirs & b and not theirs & a:
                found.append(f"opposite: {min(said)}")
    return found


def _certainty(claim: Reading, span: Reading) -> list[str]:
    """Words that make it surer than the span does."""
    new = {(t, s) for t, s in zip(claim.tokens, claim.stems, strict=True) if t in lists.CERTAIN and s not in span.held}
    return [f"certainty: {t}" for t, s in sorted(new) if not any(s in alike and alike & span.held for alike in lists.SURE_TOGETHER)]


def _tentative(claim: Reading, span: Reading) -> list[str]:
    """What the span only plans, expects, advises or thinks possible, and the claim states."""
    if claim.tokens and claim.tokens[0] in _IMPERATIVES:
        return []
    will = [t for t in claim.tokens if t in _SURE_FUTURE]
    if will and not any(t in _FUTURE for t in span.tokens):
        return [f"surer than the source: {will[0]}"]
    if not any(t in {"did", "does", "do"} for t in span.tokens):
        for at, token in enumerate(claim.tokens):
            after = claim.tokens[at + 1] if at + 1 < len(claim.tokens) else "."
            if token in {"did", "does"} and after[0].isalpha() and after != "not" and "what" not in claim.tokens[max(0, at - 3) : at]:
                return [f"surer than the source: {token}"]
    hedged = [i for i, s in enumerate(claim.stems) if s in lists.TENTATIVE]
    for at, s in enumerate(span.stems):
        if s not in lists.STRICT_TENTATIVE:
            continue
        governed = [span.stems[i] for i in range(at + 1, min(at + 12, len(span.stems))) if span.content[i] and span.stems[i] not in span.named][:GOVERNED]
        places = [i for i, c in enumerate(claim.stems) if c in governed]
        if len({claim.stems[i] for i in places}) * 2 >= len(set(governed)) > 0 and not any(abs(i - h) <= HEDGE_REACH for i in places for h in hedged):
            return [f"the source only says “{span.tokens[at]}”"]
    return []


def _cause(claim: Reading, span: Reading) -> list[str]:
    """A cause that the span does not name."""
    ours = [t for t, stem_ in zip(claim.tokens, claim.stems, strict=True) if stem_ in lists.HARD_CAUSE]
    theirs = sum(s in lists.CAUSE for s in span.stems)
    return [f"cause: {ours[0]}"] if len(ours) > theirs else []


def _bounds(claim: Reading, span: Reading) -> list[str]:
    """A figure that the claim bounds or rounds otherwise than the span does."""
    found = []
    theirs: dict[str, set[str]] = {}
    for at, token in enumerate(span.tokens):
        if _counts(token):
            theirs.setdefault(token, set()).add(_bound(span, at))
    for at, token in enumerate(claim.tokens):
        if token in theirs and _bound(claim, at) not in theirs[token]:
            ours = _bound(claim, at)
            if ours or theirs[token] & {"least", "most"}:
                found.append(f"bound: {ours or 'none'} {token}")
    bounds = [sum(t in {"upto", "atleast", "orless", "ormore"} for t in reading.tokens) for reading in (claim, span)]
    if bounds[0] > 0 == bounds[1] and not any(t in {"over", "under", "minimum", "maximum", "within"} for t in span.tokens):
        found.append("bound: up to")
    return found


def _counts(token: str) -> bool:
    """Whether a token is a figure other than a year."""
    return token[0].isdigit() and not re.fullmatch(r"1[4-9]\d\d|20\d\d", token)


def _bound(reading: Reading, at: int) -> str:
    for index in range(at - 1, max(-1, at - 4), -1):
        if reading.tokens[index] in lists.BOUND:
            return lists.BOUND[reading.tokens[index]]
        if reading.content[index]:
            break
    if at + 1 < len(reading.stems):
        for index in range(at + 1, min(at + 4, len(reading.stems))):
            after = reading.tokens[index + 1] if index + 1 < len(reading.tokens) else "."
            if reading.tokens[index] in {"ormore", "orless"} or (reading.tokens[index] in {"upto", "atleast"} and not after[0].isdigit()):
                return lists.BOUND[reading.tokens[index]]
    return ""


def _denials(claim: Reading, span: Reading) -> list[str]:
    """A "not" in one of them and nothing like it in the other, though they speak of the same."""
    ours = sum(_DENIALS.search(t) is not None for t in claim.tokens)
    theirs = sum(_DENIALS.search(t) is not None for t in span.tokens)
    weak_ours = ours + sum(_NEGATIVE.search(t) is not None for t in claim.tokens)
    weak_theirs = theirs + sum(_NEGATIVE.search(t) is not None for t in span.tokens)
    if ours and ours > weak_theirs:
        return ["a denial that the source does not make"]
    if claim.more_than_only and not span.more_than_only:
        return ["“not only” where the source says only"]
    if theirs and not weak_ours and any(2 * len(reach & claim.held) > len(reach) for reach in _denied(span)):
        return ["a denial of the source is dropped"]
    return []


def _denied(span: Reading) -> list[frozenset[str]]:
    """The first content words after each denial."""
    found = []
    for at, token in enumerate(span.tokens):
        if _DENIALS.search(token):
            reach = [span.stems[i] for i in range(at + 1, min(at + 10, len(span.tokens))) if span.content[i] and span.stems[i] not in span.named]
            found.append(frozenset(reach[:GOVERNED]))
            found.append(_clause(span, at))
    return [reach for reach in found if reach]


def _clause(reading: Reading, at: int) -> frozenset[str]:
    """Content stems of the clause that a token stands in."""
    start = max((i for i in range(at) if reading.tokens[i] in _STOPS), default=-1) + 1
    end = min((i for i in range(at, len(reading.tokens)) if reading.tokens[i] in _STOPS), default=len(reading.tokens))
    return frozenset(reading.stems[i] for i in range(start, end) if reading.content[i] and reading.stems[i] not in reading.named)


_STOPS = frozenset(",;:.()") | {"but", "while", "although", "because", "so", "since", "when", "and"}


def _crossed(claim: Reading, span: Reading) -> list[str]:
    """A figure that stands by what belongs to another figure of the span."""
    theirs = [(t, _around(span, i)) for i, t in enumerate(span.tokens) if _counts(t)]
    found = []
    for at, token in enumerate(claim.tokens):
        if not _counts(token) or sum(t != token for t, _ in theirs) == 0 or all(t != token for t, _ in theirs):
            continue
        around = _around(claim, at)
        own = max(len(around & words) for t, words in theirs if t == token)
        other = max(len(around & (words - _own_words(theirs, token))) for t, words in theirs if t != token)
        if other > own:
            found.append(f"figure moved: {token}")
    return found


def _own_words(theirs: list[tuple[str, frozenset[str]]], token: str) -> frozenset[str]:
    return frozenset().union(*(words for t, words in theirs if t == token))


def _around(reading: Reading, at: int) -> frozenset[str]:
    """Content stems near a token, not past another figure or a clause's end."""
    found = set()
    for step in (-1, 1):
        index = at + step
        while 0 <= index < len(reading.tokens) and abs(index - at) <= NEAR:
            token = reading.tokens[index]
            if token in {";", ".", ":"} or (token[0].isdigit() and step > 0) or (token == "," and step > 0):
                break
            if token[0].isdigit():
                break
            if reading.content[index] and token not in lists.MEASURES:
                found.add(reading.stems[index])
            index += step
    return frozenset(found)


def _backwards(claim: Reading) -> list[str]:
    """Years that run backwards: "between 2016 and 2013"."""
    pairs = _YEARS.findall(" ".join(claim.tokens))
    return [f"years backwards: {a}, {b}" for a, b in pairs if int(a) > int(b)]


def _owners(reading: Reading) -> dict[str, set[str]]:
    """Stem of what is owned to the stems of its owners: "Finland's goal"."""
    owned: dict[str, set[str]] = {}
    for at, token in enumerate(reading.tokens[:-1]):
        if token.endswith("'s") and reading.stems[at] in reading.named:
            owned.setdefault(reading.stems[at + 1], set()).add(reading.stems[at])
    return owned


def _moved_names(claim: Reading, span: Reading) -> list[str]:
    """What the span gives to one owner and the claim to another."""
    theirs = _owners(span)
    return [f"owner changed: {min(names)}" for thing, names in _owners(claim).items() if thing in theirs and not names & theirs[thing]]


def _slipped_in(claim: Reading, span: Reading) -> list[str]:
    """Words changed or put in where the claim otherwise repeats the span word for word on both sides."""
    matcher = SequenceMatcher(None, span.tokens, claim.tokens, autojunk=False)
    codes = matcher.get_opcodes()
    found = []
    for index, (kind, a1, a2, b1, b2) in enumerate(codes):
        if kind in {"equal", "delete"} or b2 - b1 > LONGEST_SLIP:
            continue
        left = codes[index - 1] if index else None
        right = codes[index + 1] if index + 1 < len(codes) else None
        if left is None or right is None or left[0] != "equal" or right[0] != "equal":
            continue
        if min(left[2] - left[1], right[2] - right[1]) < ANCHOR:
            continue
        ours, theirs = claim.tokens[b1:b2], span.tokens[a1:a2]
        new = [t for t in ours if t in _SENSITIVE and t not in theirs]
        new += [t for t in ours if t in lists.COUNTED and t not in theirs and any(other in lists.COUNTED for other in theirs)]
        moved = [t for t in ours if _counts(t) and t not in theirs]
        if new or moved:
            found.append(f"changed in place: {' '.join(new or moved)}")
    return found


LONGEST_SLIP = 3
ANCHOR = 3
_SENSITIVE = frozenset(
    {*lists.DIRECTION, *lists.TIME, *lists.EARLY, *lists.QUANTITY, *lists.RANK, *lists.CERTAIN, *lists.OPPOSED_WORDS, "over", "under", "exactly", "last"}
    | {"will", "shall", "did", "does", "because", "therefore", "caused", "thus"}
) - frozenset("about around with without cost costs some since work ended failing fail back not single start".split())
_IMPERATIVES = frozenset(
    """use copy follow check look plan hold design review agree ask draw test prepare do start publish compare set choose limit build treat measure name say show keep weigh evaluate
    read take make give find define decide invite involve map list avoid adopt apply consider put write work run try call""".split()
)  # fmt: skip

"""Shifts of meaning: a sentence that keeps its source's words but changes what they say. Owns: direction, quantity,
rank, certainty, cause,
opposites, bounds and which figure belongs to what.

Does not own: figures, names and "not" themselves (the gate), or how much of a sentence is borne out (the support
score). Pure, by word lists
and word order; it knows no grammar and errs on the side of refusing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from assistant.grounding import shift_words as lists
from assistant.grounding.shift_figures import figure_shifts
from assistant.grounding.shift_places import place_shifts
from assistant.grounding.shift_reading import Reading, read

SHIFTS_VERSION = "1"
_DENIALS = re.compile(
    r"^(?:not?|never|nor|neither|nothing|none|nobody|without|cannot|nolonger|instead|lack|lacks|lacked|hardly|impossible|unable|non)$"
)
_NEGATIVE = re.compile(
    r"^non$|^uncapped$|^un(?!i|der|til|less)\w{4,}|less$|^(?:fail|refus|reject|avoid|exclud|omit|stop|absen|outsid|impossib|voluntar|skip|prevent|lack|lost|lose)|^(?:miss(?:ed|es|ing)?|left|leaves|leaving|beyond)$"
)
_SURE_FUTURE = frozenset({"will", "shall"})
_BEFORE = {"before": "before"}
GOVERNED = 4  # content words after "may" or "planned to" that it is taken to speak of
HEDGE_REACH = 12  # tokens between a hedge and what it hedges
_SURE_BEFORE = {"before": "before"}


def shifts(claim_text: str, span_text: str) -> list[str]:
    """What the claim shifts against one span, in words; empty when nothing is."""
    claim, span = read(claim_text), read(span_text)
    if claim.tokens == span.tokens:
        return []
    return [
        *_classes("direction", lists.DIRECTION, claim, span),
        *_flips("direction", lists.DIRECTION, ("up", "down"), claim, span),
        *_classes("time", _BEFORE, claim, span, lists.TIME),
        *_flips("time", lists.TIME, ("before", "after"), claim, span),
        *_flips("time", lists.EARLY, ("early", "late"), claim, span),
        *_classes("quantity", lists.QUANTITY, claim, span),
        *_classes("rank", lists.RANK, claim, span, lists.RANK_ALLOWED),
        *_more_often("rank", lists.RANK, claim, span),
        *_opposites(claim, span),
        *_certainty(claim, span),
        *_tentative(claim, span),
        *_cause(claim, span),
        *_denials(claim, span),
        *figure_shifts(claim, span),
        *place_shifts(claim, span),
    ]


def _classes(
    kind: str, lexicon: Mapping[str, str], claim: Reading, span: Reading, allowed: Mapping[str, str] | None = None
) -> list[str]:
    """Words of a class that the span has nothing of."""
    allowed = allowed or lexicon
    held = {allowed[token] for token in span.tokens if token in allowed}
    new = {t for t, s in zip(claim.tokens, claim.stems, strict=True) if t in lexicon and s not in span.held}
    return [f"{kind}: {t}" for t in sorted(new) if lexicon[t] not in held]


def _more_often(kind: str, lexicon: Mapping[str, str], claim: Reading, span: Reading) -> list[str]:
    """A class that the claim uses more often than the span does."""
    ours, theirs = (
        Counter(names[t] for t in r.tokens if t in names) for r, names in ((claim, lexicon), (span, lists.RANK_ALLOWED))
    )
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
    return [
        f"certainty: {t}" for t, s in sorted(new) if not any(s in alike and alike & span.held for alike in lists.SURE_TOGETHER)
    ]


def _tentative(claim: Reading, span: Reading) -> list[str]:
    """What the span only plans, expects, advises or thinks possible, and the claim states."""
    if claim.tokens and claim.tokens[0] in lists.IMPERATIVES:
        return []
    will = [t for t in claim.tokens if t in _SURE_FUTURE]
    if will and not any(t in lists.FUTURE for t in span.tokens):
        return [f"surer than the source: {will[0]}"]
    if not any(t in {"did", "does", "do"} for t in span.tokens):
        for at, token in enumerate(claim.tokens):
            after = claim.tokens[at + 1] if at + 1 < len(claim.tokens) else "."
            if (
                token in {"did", "does"}
                and after[0].isalpha()
                and after != "not"
                and "what" not in claim.tokens[max(0, at - 3) : at]
            ):
                return [f"surer than the source: {token}"]
    hedged = [i for i, s in enumerate(claim.stems) if s in lists.TENTATIVE]
    for at, s in enumerate(span.stems):
        if s not in lists.STRICT_TENTATIVE:
            continue
        governed = [
            span.stems[i]
            for i in range(at + 1, min(at + 12, len(span.stems)))
            if span.content[i] and span.stems[i] not in span.named
        ][:GOVERNED]
        places = [i for i, c in enumerate(claim.stems) if c in governed]
        if len({claim.stems[i] for i in places}) * 2 >= len(set(governed)) > 0 and not any(
            abs(i - h) <= HEDGE_REACH for i in places for h in hedged
        ):
            return [f"the source only says “{span.tokens[at]}”"]
    return []


def _cause(claim: Reading, span: Reading) -> list[str]:
    """A cause that the span does not name."""
    ours = [t for t, stem_ in zip(claim.tokens, claim.stems, strict=True) if stem_ in lists.HARD_CAUSE]
    theirs = sum(s in lists.CAUSE for s in span.stems)
    return [f"cause: {ours[0]}"] if len(ours) > theirs else []


def _denials(claim: Reading, span: Reading) -> list[str]:
    """A "not" in one of them and nothing like it in the other, though they speak of the same."""
    ours = sum(_DENIALS.search(t) is not None for t in claim.tokens)
    theirs = sum(_DENIALS.search(t) is not None for t in span.tokens)
    weak_ours = ours + sum(_NEGATIVE.search(t) is not None for t in claim.tokens)
    weak_theirs = theirs + sum(_NEGATIVE.search(t) is not None for t in span.tokens)
    if ours and ours > weak_theirs:
        return ["a denial that the source does not make"]
    if span.not_only and "only" in claim.tokens and not claim.not_only:
        return ["“only” where the source says “not only”"]
    if claim.not_only and not (span.not_only or span.more):
        return ["“not only” where the source says only"]
    if theirs and not weak_ours and any(2 * len(reach & claim.held) > len(reach) for reach in _denied(span)):
        return ["a denial of the source is dropped"]
    return []


def _denied(span: Reading) -> list[frozenset[str]]:
    """The first content words after each denial."""
    found = []
    for at, token in enumerate(span.tokens):
        if _DENIALS.search(token):
            reach = [
                span.stems[i]
                for i in range(at + 1, min(at + 10, len(span.tokens)))
                if span.content[i] and span.stems[i] not in span.named
            ]
            found.append(frozenset(reach[:GOVERNED]))
            found.append(_clause(span, at))
    return [reach for reach in found if reach]


def _clause(reading: Reading, at: int) -> frozenset[str]:
    """Content stems of the clause that a token stands in."""
    start = max((i for i in range(at) if reading.tokens[i] in _STOPS), default=-1) + 1
    end = min((i for i in range(at, len(reading.tokens)) if reading.tokens[i] in _STOPS), default=len(reading.tokens))
    return frozenset(reading.stems[i] for i in range(start, end) if reading.content[i] and reading.stems[i] not in reading.named)


_STOPS = frozenset(",;:.()") | {"but", "while", "although", "because", "so", "since", "when", "and"}

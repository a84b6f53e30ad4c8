"""Words put in another's place. Owns: owners that change, and changes slipped into a sentence that is otherwise
repeated word for word.

Does not own: what any word means.
"""

from __future__ import annotations

from difflib import SequenceMatcher

from assistant.grounding import shift_words as lists
from assistant.grounding.shift_figures import is_count
from assistant.grounding.shift_reading import Reading

LONGEST_SLIP = 3
ANCHOR = 3
_SENSITIVE = frozenset(
    {
        *lists.DIRECTION,
        *lists.TIME,
        *lists.EARLY,
        *lists.QUANTITY,
        *lists.RANK,
        *lists.CERTAIN,
        *lists.OPPOSED_WORDS,
        "over",
        "under",
        "exactly",
        "last",
    }
    | {"will", "shall", "did", "does", "because", "therefore", "caused", "thus"}
) - frozenset(
    [
        "about",
        "around",
        "with",
        "without",
        "cost",
        "costs",
        "some",
        "since",
        "work",
        "ended",
        "failing",
        "fail",
        "back",
        "not",
        "single",
        "start",
    ]
)


def place_shifts(claim: Reading, span: Reading) -> list[str]:
    """What stands where the span has something else."""
    return [*_moved_names(claim, span), *_slipped_in(claim, span)]


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
    return [
        f"owner changed: {min(names)}" for thing, names in _owners(claim).items() if thing in theirs and not names & theirs[thing]
    ]


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
        moved = [t for t in ours if is_count(t) and t not in theirs]
        if new or moved:
            found.append(f"changed in place: {' '.join(new or moved)}")
    return found

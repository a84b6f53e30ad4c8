"""Acronyms and what they stand for. Owns: SEU = Social Exclusion Unit, both ways, by initials alone.

Does not own: a table of known acronyms.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.text.folding import fold
from assistant.text.words import listed

_PIECE = re.compile(r"[^\W\d_][^\W_]*(?:['’][^\W_]+)*|[.,;:()\n]")
_SMALL = frozenset(listed("of and for the to on in de la du in des at with a"))
_ACRONYM = re.compile(r"(?<!\w)(?=(?:[^\W\d_]*[A-Z]){2})[A-Za-z]{2,8}(?!\w)")
_BRACKETED = re.compile(r"\(([A-Z]{2,8})s?\)")
SHORTEST = 3  # letters of an acronym that may match a part of a longer name; two letters must be the whole name


def initials(text: str) -> frozenset[str]:
    """Every acronym, folded, that runs of capitalised words in a text could make, with and without the small words between."""
    made: set[str] = set()
    for run in _runs(text):
        for start in range(len(run)):
            for end in range(start + 2, min(len(run), start + 9) + 1):
                words = run[start:end]
                if words[0] in _SMALL or words[-1] in _SMALL:
                    continue
                whole = start == 0 or all(w in _SMALL for w in run[:start])
                for made_up in ("".join(w[0] for w in words), "".join(w[0] for w in words if w not in _SMALL)):
                    if len(made_up) >= SHORTEST or (whole and end == len(run) and len(made_up) == 2):
                        made.add(fold(made_up))
    return frozenset(made)


def spelt_out(claim: str, spans: Sequence[str]) -> frozenset[str]:
    """Folded words of the claim's names that a span holds as an acronym which no span spells otherwise."""
    acronyms = {fold(a) for span in spans for a in _ACRONYM.findall(span) if len(a) >= SHORTEST and not re.search(r"[a-z]{3}", a)}
    if not acronyms:
        return frozenset()
    spelt = frozenset[str]().union(*(initials(span) for span in spans))
    held: set[str] = set()
    for run in _runs(claim):
        for start in range(len(run)):
            for end in range(start + 2, min(len(run), start + 9) + 1):
                words = run[start:end]
                letters = {fold("".join(w[0] for w in words)), fold("".join(w[0] for w in words if w not in _SMALL))}
                if words[0] not in _SMALL and words[-1] not in _SMALL and letters & (acronyms - spelt):
                    held.update(fold(w) for w in words)
    return frozenset(held)


def explained(text: str) -> frozenset[str]:
    """Folded acronyms that a text itself spells out, in any case, before their brackets: artificial intelligence (AI)."""
    found: set[str] = set()
    for match in _BRACKETED.finditer(text):
        letters = fold(match[1])
        before = [
            word
            for word in re.findall(r"[^\W\d_]+", text[: match.start()])[-len(letters) - 3 :]
            if fold(word) not in _SMALL or fold(word)[0] in letters
        ]
        firsts = fold("".join(word[0] for word in before))
        if firsts.endswith(letters) or fold("".join(word[0] for word in before if fold(word) not in _SMALL)).endswith(letters):
            found |= {letters, f"{letters}s"}
    return frozenset(found)


def _runs(text: str) -> list[list[str]]:
    """Capitalised words that stand together, small words between them kept in lower case; a hyphen parts words but not runs."""
    runs: list[list[str]] = [[]]
    for piece in _PIECE.findall(text):
        if piece[0].isupper() and piece.lower() not in _SMALL:
            runs[-1].append(piece)
        elif piece.lower() in _SMALL and runs[-1]:
            runs[-1].append(piece.lower())
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if len(run) > 1]

"""Negation in a text. Owns: which content words stand under a "not". Does not own: contradiction of any other kind.

A cue (not, never, no, without, fail to, …) reaches the next few content words up to a clause's end. A claim and its span disagree when
a word both hold is denied in one and only affirmed in the other.
"""

from __future__ import annotations

import re

from assistant.text.words import FUNCTION_WORDS, stem

REACH = 4
_CUES = frozenset("not never no none nobody nothing neither nor without cannot hardly scarcely unable nowhere".split())
_FAILING = frozenset("fail failed fails failing failure lack lacked lacks lacking refuse refused refuses avoid avoided stop stopped prevent prevented".split())
_ENDS = frozenset("but although though however while whereas because which who that and or".split())
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[.,;:!?()–—]")
_NOT_ONLY = re.compile(r"\bnot (?:only|just|merely|least)\b|\bno (?:doubt|longer than|less than|fewer than|more than|later than)\b|\bno\.? ?\d", re.I)


def denied_words(text: str) -> set[str]:
    """Stems of content words within reach of a negation."""
    return _read(text)[0]


def affirmed_words(text: str) -> set[str]:
    """Stems of content words outside the reach of every negation."""
    return _read(text)[1]


def flipped_words(claim: str, spans: list[str]) -> list[str]:
    """Stems that the claim denies and the spans only affirm, or the claim affirms and the spans only deny."""
    claim_no, claim_yes = _read(claim)
    span_no: set[str] = set()
    span_yes: set[str] = set()
    for span in spans:
        no, yes = _read(span)
        span_no |= no
        span_yes |= yes
    denied_here = {w for w in claim_no - claim_yes if w in span_yes and w not in span_no}
    affirmed_here = {w for w in claim_yes - claim_no if w in span_no and w not in span_yes}
    return sorted(denied_here | affirmed_here)


def has_negation(text: str) -> bool:
    """Whether a text holds any negation."""
    return bool(_cue_positions(_tokens(text)))


def _tokens(text: str) -> list[str]:
    plain = _NOT_ONLY.sub(" ", text)
    return [t.lower().replace("’", "'") for t in _TOKEN.findall(plain)]


def _is_cue(tokens: list[str], index: int) -> bool:
    token = tokens[index]
    return token in _CUES or token.endswith("n't") or token in _FAILING


def _cue_positions(tokens: list[str]) -> list[int]:
    return [i for i in range(len(tokens)) if _is_cue(tokens, i)]


def _read(text: str) -> tuple[set[str], set[str]]:
    tokens = _tokens(text)
    denied: set[int] = set()
    cues = _cue_positions(tokens)
    for cue in cues:
        reached = 0
        for index in range(cue + 1, len(tokens)):
            token = tokens[index]
            if not token[0].isalnum() or (token in _ENDS and reached):
                break
            if token in FUNCTION_WORDS or token in _ENDS:
                continue
            denied.add(index)
            reached += 1
            if reached == REACH:
                break
    content = {i for i, t in enumerate(tokens) if t[0].isalnum() and t not in FUNCTION_WORDS and i not in cues}
    return {stem(tokens[i]) for i in content & denied}, {stem(tokens[i]) for i in content - denied}

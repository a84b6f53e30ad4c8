"""Advice: what a model may suggest without a source. Owns: telling a suggestion from a claim. Does not own: whether it is good.

Advice is shown only under its own heading and labelled. It may hold no figure, no name, no quotation and no word on
what happened or
what evidence shows; whatever is in doubt counts as a claim and needs a source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.grounding.figures import figures
from assistant.grounding.names import names
from assistant.text.words import listed, words

MOST = 3  # sentences of advice in one answer
REPEATED = 4  # words in a row that are no coincidence
_VERBS = frozenset(
    listed(
        """agree ask assign audit avoid bring build challenge check choose clarify collect compare consider consult decide
        define describe design discuss draw establish explain fix hold identify invite involve keep learn limit list look
        make map measure meet name plan prepare prioritise publish record review seek set share spell start talk test think
        track treat try use walk weigh work"""
    )
)
_CLAIMS = re.compile(
    r"\b(?:evidence|research|stud(?:y|ies)|evaluations?|trials?|found|finds?|shows?|showed|shown|proves?|proven|proved|"
    r"demonstrat\w+|according|reported|because|since|caused?|leads? to|led to|results? in|resulted"
    r"|works? best|worked|always|never fails?|"
    r"guarantee\w*|was|were|had|did|has|have been|"
    r"(?:increas|decreas|reduc|improv|sav|cut)(?:es|ed|ing)|per cent|percent|experts?|officials?|ministers?)\b|[%£€$]|[\"“”‘]",
    re.I,
)


def is_advice(text: str, *, question: str, passages: Sequence[str]) -> bool:
    """Whether a sentence without a source only suggests something: it begins with a plain verb, claims nothing, and
    repeats nobody's words.

    A suggestion that stands in a passage or in the question could be an order smuggled in; it would have to be quoted
    with its source.
    """
    first = re.match(r"[A-Za-z]+", text)
    if first is None or first.group().lower() not in _VERBS or _CLAIMS.search(text) or figures(text):
        return False
    runs = _runs(text)
    if any(runs & _runs(other) for other in (question, *passages)):
        return False
    asked = {name.lower() for name in names(question)}
    return all(name.lower() in asked for name in names(text) if name != first.group())


def _runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + REPEATED]) for i in range(len(found) - REPEATED + 1)}

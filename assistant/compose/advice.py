"""Advice: what a model may suggest without a source. Owns: telling a suggestion from a claim. Does not own: whether it is good.

Advice is shown only under its own heading and labelled. It may hold no figure, no name, no quotation and no word on what happened or
what evidence shows; whatever is in doubt counts as a claim and needs a source.
"""

from __future__ import annotations

import re

from assistant.grounding.figures import figures
from assistant.grounding.names import names

MOST = 3  # sentences of advice in one answer
_VERBS = frozenset(
    """agree ask assign audit avoid bring build challenge check choose clarify collect compare consider consult decide define describe design
    discuss draw establish explain find fix give hold identify invite involve keep learn limit list look make map measure meet name plan prepare
    prioritise publish put record review say seek set share show spell start state stop talk test think track treat try use walk weigh work write""".split()
)  # fmt: skip
_CLAIMS = re.compile(
    r"\b(?:evidence|research|stud(?:y|ies)|evaluations?|trials?|found|finds?|shows?|showed|shown|proves?|proven|proved|demonstrat\w+|according|reported|"
    r"because|since|caused?|leads? to|led to|results? in|resulted|works? best|worked|always|never fails?|guarantee\w*|was|were|had|did|has|have been|"
    r"(?:increas|decreas|reduc|improv|sav|cut)(?:es|ed|ing)|per cent|percent|experts?|officials?|ministers?)\b|[%£€$]|[\"“”‘]",
    re.I,
)


def is_advice(text: str, *, question: str) -> bool:
    """Whether a sentence without a source only suggests something: it begins with a plain verb and claims nothing."""
    first = re.match(r"[A-Za-z]+", text)
    if first is None or first.group().lower() not in _VERBS or _CLAIMS.search(text) or figures(text):
        return False
    asked = {name.lower() for name in names(question)}
    return all(name.lower() in asked for name in names(text) if name != first.group())

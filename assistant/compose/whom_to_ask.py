"""The answer to "who could I talk to about this?". Owns: when that is asked, which networks fit, and what is said of each.

Does not own: searching them, or who is named with a refusal (`assistant/refusal.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.compose.candidates import Candidate, whole_passage
from assistant.compose.relevance import Relevance
from assistant.nouns import Depth, Passage, Section, Source

NETWORK = "network"
MOST: dict[Depth, int] = {"short": 3, "full": 5}  # networks
SURE = 0.2  # chance from which a network's statement shows that it fits by itself
LIKELY, NEAR = 0.02, 0.4  # a lesser chance does where its words are this near in meaning
_SAYS = frozenset({"what", "for_whom"})
LONGEST_QUESTION = 600  # characters; a longer text asks for more than a name
_CAN, _US = r"(?:can|could|should|might|would|do|must)", r"(?:i|we|(?:my|our)(?: [\w'-]+){1,2})"
_TURN = (
    r"(?:(?:talk|speak|turn|reach out|write|go) (?:to|with)|contact|get in touch with|phone|call(?! (?:it|for|a|an)\b)"
    r"|ask(?! (?:for (?!advice|help)|whether))|learn from|approach)\b"
)
_WHO = r"(?:who|whom|anyone|anybody|someone|somebody|which (?:networks?|organisations?|bod(?:y|ies)|experts?|teams?|places?))"
_GROUP = r"(?:networks?|communit(?:y|ies)(?: of practice)?|peer groups?)"
_ASKS = re.compile(
    rf"\b{_WHO}\b(?: [\w'-]+){{0,6}}? (?:{_CAN} {_US}|{_US} {_CAN}) (?:best |usefully )?{_TURN}"
    rf"|\b(?:who|which [\w'-]+) (?:can|could|might|would) (?:best )?(?:help|advise|support|teach|coach) (?:us|me|{_US})\b"
    rf"|\b(?:is|are) there (?:a |an |any )?{_GROUP} (?:for|of) (?:people|officials|leaders|those|cities|councils|teams|civil servants|us)\b"
    rf"|\b(?:is|are) there (?:a |an |any )?{_GROUP}\b.{{0,60}}\b(?:{_CAN} {_US}|{_US} {_CAN})\b"
    r"|\b(?:which|what) (?:networks?|communit(?:y|ies) of practice)\b.{0,40}\b(?:support|help|join|exist|are there|for people|for (?:my|our|us))\b"
    rf"|\bwhere {_CAN} {_US}(?: [\w'-]+)?? (?:meet|find) (?:peers|others|people (?:who|doing|working))\b"
    rf"|\b{_GROUP}\b.{{0,80}}\b(?:{_CAN} {_US}|{_US} {_CAN}) (?:join|take part in|sign up to|belong to)\b",
    re.I,
)


def asks_whom(question: str) -> bool:
    """Whether a question wants somebody to turn to, rather than to know who did something."""
    text = " ".join(question.replace("’", "'").split())
    return len(text) <= LONGEST_QUESTION and _ASKS.search(text) is not None


def find_networks(
    ranked: Sequence[Relevance], *, depth: Depth, passages_of: Callable[[str], Sequence[Passage]]
) -> tuple[tuple[Candidate, Section], ...]:
    """Of the networks among ranked statements those that fit: what each is, then how to reach it, with the section each is shown in; () where
    none fits.

    `ranked`: statements of networks alone, by their features, best first.
    """
    fitting = [source for source in _sources(ranked) if _fits([r for r in ranked if r.candidate.evidence.source.id == source.id])]
    says: list[tuple[Candidate, Section]] = []
    reach: list[tuple[Candidate, Section]] = []
    for source in fitting[: MOST[depth]]:
        own = [r.candidate for r in ranked if r.candidate.evidence.source.id == source.id]
        passages = passages_of(source.id)
        said = [c for c in own if c.evidence.passage.section in _SAYS] or [
            whole_passage(p, source) for p in passages if p.section in _SAYS
        ]
        joining = [whole_passage(p, source) for p in passages if p.section == "join"]
        says += [(c, "answer") for c in said[:1]]
        reach += [(c, "next_step") for c in joining[:1]]
    return (*says, *reach) if says else ()


def _sources(ranked: Sequence[Relevance]) -> list[Source]:
    return list({r.candidate.evidence.source.id: r.candidate.evidence.source for r in ranked}.values())


def _fits(own: Sequence[Relevance]) -> bool:
    chance = max(each.total for each in own)
    near = max(each.candidate.evidence.similarity for each in own)
    return chance >= SURE or (chance >= LIKELY and near >= NEAR)

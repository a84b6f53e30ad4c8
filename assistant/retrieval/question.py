"""Reading a question. Owns: its content words, its names, figures and the kind of thing it asks for. Does not own: searching.

Pure: the same question gives the same reading, whatever the library holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

AskedKind = Literal["definition", "when", "count", "cost", "who", "where", "why", "worked", "how_to", "comparison", "examples", "yes_no", "open"]

STOPWORDS = frozenset(
    """a about above after again against all also am an and any anyone are aren as at be because been before being below between both but by
    can cannot could did didn do does doesn doing don done down during each either else ever every few for from further get gets getting give
    given gives go goes going gone got had has have having he hello her here hers hey hi him his how however i if in into is isn it its itself
    just kindly know let like ll may maybe me might mine more most much must my need needs no nor not now of off ok okay on once one only or
    other our ours out over own please put re really said same say says shall she should so some such tell than thank thanks that the their
    theirs them then there these they thing things this those through to too try under until up upon us use used using ve very via want wants
    was wasn way ways we well were what when where whether which while who whom whose why will with within without won would yes yet you your
    yours ask asked asking explain describe show talk mean means meant called exactly actually currently work works worked working happen
    happened happens make makes made take takes took""".split()
)  # fmt: skip

_PATTERNS: tuple[tuple[AskedKind, str], ...] = (
    ("comparison", r"\b(compare[ds]?|comparison|versus|vs\.?|differ(s|ence|ences|ent)?( from| between)?|better than|rather than|\w+ or (a |an |the )?\w+( \w+)?\?$)"),
    ("cost", r"\b(how much (did|does|do|has|have|was|were|is|are|will|would)? ?(it|they|we|the|this|that|money|\w+)? ?.*(cost|spen[dt]|pa(y|id)|fund|budget|worth|invest)|how expensive|what (did|does|do|was|is|were) .*\b(cost|price|budget)|cost of|budget (of|for)|price of|how much (money|funding))"),
    ("count", r"\b(how (many|much|often|large|big|far|high|low|long)|what (number|share|percentage|proportion|fraction|rate)|by how much|per cent of|percentage of)\b"),
    ("when", r"^(and )?(when|since when|until when|in (what|which) year|what year|on what date|by (when|what date))\b|\bwhat (year|date)\b|\bwhen (did|was|were|will|is|does|do)\b"),
    ("who", r"^(and )?(who|whom|whose|which (organisation|organization|department|minister|person|people|body|agency|company|firm|network|team)s?)\b|\bwho (led|leads|ran|runs|should|can|else|is|was|are|were|has|might|could|decides|owns)\b"),
    ("where", r"^(and )?(where|in (what|which) (country|city|place|region)|which (country|countries|city|cities|places|council|councils|region|regions))\b"),
    ("definition", r"^(so )?(what('s| is| are| does| do)|whats|define|definition)\b.*\b(mean|means|meaning|definition|defined|called)\b|^(what('s| is| are)|whats) (a |an |the )?[\w'-]+( [\w'-]+){0,3} ?\??$|\bdefin(e|ition|ed)\b|\bmeant by\b|^is (a |an )?.+ just (a |an )?"),
    ("why", r"^(and )?(why|how come|what (caused|explains|led to))\b|\bwhy (did|do|does|is|are|was|were|has|have)\b|\breasons? (for|why)\b"),
    ("worked", r"\b(did|does|do|has|have|is|was|were|are) .*\b(work(ed|ing|s)?|succeed(ed)?|success(ful)?|fail(ed)?|effective|deliver(ed)?|achieve[ds]?|reach(ed)?|met|impact|difference|pay off|paid off|results?)\b|\bwhat (happened|were the results|came of|became of|evidence|results?)\b|\bhow (well|successful|effective)\b|\btrack record\b"),
    ("how_to", r"\bhow (do|can|could|should|might|would|to|did|does|best)\b|\bwhat (should|can|could|must|do) (we|i|a|an|the|our|you|government|ministers|leaders)\b|\bwhat (steps|are the steps)\b|\b(steps|advice|tips|guidance|ways) (to|for|on)\b|\bwhere (do|should) (we|i) (start|begin)\b"),
    ("examples", r"\b(examples?|instances?|cases?|who else|anyone|has anyone|which governments|list|what are (the|some)|name (some|three|two|a few))\b"),
    ("yes_no", r"^(is|are|was|were|do|does|did|has|have|had|can|could|should|will|would)\b"),
)  # fmt: skip

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NAME = re.compile(r"\b[A-Z][\w&’'-]*(?:\s+(?:of|and|for|the|de|du|la)?\s*[A-Z0-9][\w&’'-]*)*")


@dataclass(frozen=True)
class Question:
    """A question as the rest of the pipeline sees it. `terms` are lower-case content words in order, without repeats."""

    text: str
    terms: tuple[str, ...]
    names: tuple[str, ...]
    figures: tuple[str, ...]
    asked: AskedKind


def read_question(text: str) -> Question:
    """Read a question, without any library."""
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    terms = [word.removesuffix("'s") for word in words if word not in STOPWORDS and (len(word) > 1 or word.isdigit())]
    return Question(
        text=text,
        terms=tuple(dict.fromkeys(term for term in terms if term not in STOPWORDS)),
        names=tuple(dict.fromkeys(_names(text))),
        figures=tuple(dict.fromkeys(re.findall(r"\d[\d.,]*\d|\d", text))),
        asked=_asked(text),
    )


def _asked(text: str) -> AskedKind:
    lowered = " ".join(text.lower().replace("’", "'").split())
    for kind, pattern in _PATTERNS:
        if re.search(pattern, lowered):
            return kind
    return "open"


def _names(text: str) -> list[str]:
    """Runs of capitalised words; a sentence's first word counts only when another capitalised word follows or it is an acronym."""
    found = []
    for match in _NAME.finditer(text):
        name = match.group().strip()
        starts_sentence = re.search(r"(^|[.?!:]\s+)$", text[: match.start()]) is not None
        if starts_sentence:
            first, _, rest = name.partition(" ")
            if first.lower() in STOPWORDS or (not rest and not (first.isupper() and len(first) > 1)):
                name = rest if first.lower() in STOPWORDS else ""
        if name and name.lower() not in STOPWORDS:
            found.append(name)
    return found

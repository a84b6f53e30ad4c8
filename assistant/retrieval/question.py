"""Reading a question. Owns: its content words, its names, figures and the kind of thing it asks for. Does not own: searching.

Pure: the same question gives the same reading, whatever the library holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

AskedKind = Literal[
    "definition", "when", "count", "cost", "who", "where", "why", "worked", "how_to", "comparison", "examples", "yes_no", "open"
]

STOPWORDS = frozenset(
    """
    a about above after again against all also am an and any anyone are aren as at be because been before being below between both but by
    can cannot could did didn do does doesn doing don done down during each either else ever every few for from further get gets getting
    give given gives go goes going gone got had has have having he hello her here hers hey hi him his how however i if in into is isn it its
    itself just kindly know let like ll may maybe me might mine more most much must my need needs no nor not now of off ok okay on once one
    only or other our ours out over own please put re really said same say says shall she should so some such tell than thank thanks that
    the their theirs them then there these they thing things this those through to too try under until up upon us use used using ve very via
    want wants was wasn way ways we well were what when where whether which while who whom whose why will with within without won would yes
    yet you your yours ask asked asking explain describe show talk mean means meant called exactly actually currently work works worked
    working happen happened happens make makes made take takes took
    """.split()  # noqa: SIM905 - a list of words reads better as words
)  # fmt: skip

_MONEY = r"cost|costs|costing|spen[dt]|spending|budget|price|bill|bills|paid|pay|fund(?:s|ed|ing)?|money|cash|pot|worth|invest(?:ed|ment|ing)?|sav(?:e|ed|ing|ings)|overhead|expensive|cheap|set aside|put (?:in|into|up|towards?)|dear"
_PATTERNS: tuple[tuple[AskedKind, str], ...] = (
    ("definition", r"\b(?:mean|means|meaning|meant) by\b|\bdefin(?:e|es|ed|ition|itions)\b|\bwhat (?:do|does|did) .{2,60}\bmean\b|^(?:so )?(?:what(?:'s| is| are| was)|whats) (?:a |an |the )?[\w'/-]+(?: [\w'/-]+){0,3} ?\??$|\bwhat (?:exactly )?is (?:a|an) \w|\bis (?:a|an) .+ (?:just|simply|only|the same as) |\bdifference between\b"),
    ("comparison", r"\bcompar(?:e|ed|es|ison|ing)\b|\bversus\b|\bvs?\b\.?|\bdiffer(?:s|ence|ences|ent|ently)?\b|\bbetter than\b|\brather than\b|\b(?:which|what) (?:is|was|works|worked) (?:better|best)\b|\w+ or (?:a |an |the )?\w+(?: \w+){0,2}\?$"),
    ("cost", rf"\bhow much\b.*\b(?:{_MONEY})\b|\b(?:{_MONEY})\b.*\bhow (?:much|big|large)\b|\bhow expensive\b|\bwhat (?:did|does|do|was|is|were|would|will)\b.*\b(?:cost|price|budget|bill)\b|\b(?:cost|price|budget|bill|size) (?:of|for|to|per)\b.*\?|\bhow much (?:did|does|do|has|have|was|were|is)\b|\bhow big is the pot\b"),
    ("count", r"\bhow (?:many|much|often|large|big|far|high|low|long|bad|confident|quickly|fast|steep|wide)\b|\b(?:what|which) (?:number|share|percentage|proportion|fraction|rate|slice|chunk|figure|figures|sort of average|kind of (?:sum|money|number|figure|share|saving)s?)\b|\bby how much\b|\b(?:percentage|proportion|share|number|figure|figures|numbers|rate)\b.*\?|\bper cent of\b"),
    ("when", r"\b(?:when|since when|until when)\b|\b(?:what|which) (?:year|date|month|decade)\b|\bhow long ago\b|\bby when\b|\bdeadline\b"),
    ("who", r"\b(?:who|whom|whose|who's)\b|\b(?:which|what) (?:organisation|organization|department|minister|official|officials|person|people|body|agency|company|firm|network|team|academic|author|expert|group|union)s?\b"),
    ("where", r"\bwhere\b|\b(?:which|what) (?:country|countries|city|cities|place|places|council|councils|region|regions|town|towns|area|areas|state|nation)\b"),
    ("why", r"\bwhy\b|\bhow come\b|\b(?:what|which) (?:caused|explains|led to|went wrong|was the reason|were the reasons)\b|\breasons? (?:for|why|behind|given)\b|\bwhat stopped\b|\bcause of\b"),
    ("worked", r"\b(?:did|does|do|has|have|is|was|were|are)\b.*\b(?:work(?:ed|ing|s)?|succeed(?:ed)?|success(?:ful)?|fail(?:ed)?|effective|deliver(?:ed)?|achieve[ds]?|reach(?:ed)?|met|impact|difference|pay off|paid off|results?|any good|help(?:ed)?|improve[d]?)\b|\bwhat (?:happened|were the results|came of|became of|evidence|results?|good)\b|\bhow (?:well|successful|effective)\b|\btrack record\b|\bany (?:evidence|proof)\b|\bcritics?\b|\bcriticisms?\b"),
    ("how_to", r"\bhow (?:do|can|could|should|might|would|to|best|am|are|is)\b|\bwhat (?:should|can|could|must|do|would) (?:we|i|a|an|the|our|you|government|ministers|leaders)\b|\bwhat (?:steps|are the steps)\b|\b(?:steps|advice|tips|guidance|ways|pointers) (?:to|for|on)\b|\bwhere (?:do|should) (?:we|i) (?:start|begin)\b|\b(?:should|how) (?:we|i)\b"),
    ("examples", r"\b(?:examples?|instances?|cases?|who else|anyone|anybody|has anyone|anywhere|list|what are (?:the|some)|name (?:some|three|two|a few)|which (?:ones|missions|programmes|tools|principles))\b"),
    ("yes_no", r"^(?:is|are|was|were|do|does|did|has|have|had|can|could|should|will|would)\b"),
)  # fmt: skip
# "How many should we have?", "who should own it?" and "what should the letter say?" want guidance, not a count, a name or a date.
_ADVICE = re.compile(
    r"\b(?:how (?:many|much|often|long|large|big|far|fast|quickly)|who|when|what)\b(?:\W+\w+){0,4}?\W+(?:(?:should|ought to)\b(?! have\b)|do (?:we|i) need\b)"
)
_WANTS: dict[AskedKind, str] = {"cost": "money", "count": "figure", "when": "date", "who": "name", "where": "name"}

_GREETING = re.compile(r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b(?:[\s,.!]+[\w'’.-]+){0,3}[,.!]*$", re.I)
_FAREWELL = re.compile(
    r"(?:(?:many )?thanks|thank you)(?: (?:so much|very much|a lot|again|in advance))?[\s,.!]*$|cheers[\s,.!]*$"
    r"|(?:(?:kind|best|warm) )?regards[\s,.!]*$|best wishes[\s,.!]*$|best[,!]$|yours (?:sincerely|faithfully|truly|ever)[\s,.!]*$|sent from my \w+[.!]*$",
    re.I,
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NAME = re.compile(r"\b[A-Z][\w&’'-]*(?:\s+(?:of|and|for|the|de|du|la)?\s*[A-Z0-9][\w&’'-]*)*")


@dataclass(frozen=True)
class Question:
    """A question as the rest of the pipeline sees it. `terms` are lower-case content words in order, without repeats.

    `asked` is the shape of answer it calls for; `wants` the kinds of thing a statement must hold: money, figure, date, name (or none).
    """

    text: str
    terms: tuple[str, ...]
    names: tuple[str, ...]
    figures: tuple[str, ...]
    asked: AskedKind
    wants: frozenset[str]


def without_courtesies(text: str) -> str:
    """A pasted e-mail without its greeting, its thanks and what stands under them, its marks of quotation and its line breaks.

    Where a line under the thanks asks something, all of them stay.
    """
    lines = [line.lstrip("> \t").strip() for line in text.strip().splitlines()]
    if len(lines) < 2:
        return text
    kept: list[str] = []
    for place, line in enumerate(lines):
        if kept and _FAREWELL.match(line) and "?" not in " ".join(lines[place:]):
            break
        if line and not _GREETING.match(line):
            kept.append(line)
    return " ".join(kept) or text


def read_question(text: str) -> Question:
    """Read a question, without any library."""
    asked = _asked(text)
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    terms = [word.removesuffix("'s") for word in words if word not in STOPWORDS and (len(word) > 1 or word.isdigit())]
    return Question(
        text=text,
        terms=tuple(dict.fromkeys(term for term in terms if term not in STOPWORDS)),
        names=tuple(dict.fromkeys(_names(text))),
        figures=tuple(dict.fromkeys(re.findall(r"\d[\d.,]*\d|\d", text))),
        asked=asked[0] if asked else "open",
        wants=frozenset(_WANTS[kind] for kind in asked if kind in _WANTS),
    )


def _asked(text: str) -> list[AskedKind]:
    """Every kind of thing a question asks for, in the order of the table; how to do it first, and no figure, date or name, where advice is asked."""
    lowered = " ".join(text.lower().replace("’", "'").split())
    kinds = [kind for kind, pattern in _PATTERNS if re.search(pattern, lowered)]
    if kinds and kinds[0] in _WANTS and _ADVICE.search(lowered):
        return ["how_to", *(kind for kind in kinds if kind not in _WANTS and kind != "how_to")]
    return kinds


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

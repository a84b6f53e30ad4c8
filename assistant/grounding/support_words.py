"""Words that turn what a sentence says: hedges, quantifiers, opposites. Owns: the lists. Does not own: reading or scoring."""

from __future__ import annotations

from assistant.text.words import listed, stem

HEDGES = frozenset(
    listed(
        """may might could possibly perhaps likely probably potentially potential seems seem seemed appears appear appeared
        suggests suggest suggested suggesting aims aim aimed
        aiming plans plan planned planning intends intend intended hopes hope hoped expects expect expected expecting proposes
        propose proposed seeks seek sought should would
        alleged allegedly reportedly believe believes believed promised promises pledged tried tries attempted attempts attempt
        wants wanted target targets estimated maybe
        theoretically hypothesised presumably supposed supposedly can"""
    )
)
# How much of a whole a word claims; a claim may not put one where its span has another.
QUANTIFIERS = (
    dict.fromkeys(listed("all every each always entire entirely everyone everybody whole completely fully invariably"), 5)
    | dict.fromkeys(listed("most mostly majority usually generally largely mainly typically"), 4)
    | dict.fromkeys(listed("many often frequently numerous much widely commonly"), 3)
    | dict.fromkeys(listed("some sometimes several partly partially occasionally somewhat certain"), 2)
    | dict.fromkeys(listed("few rarely seldom hardly little scarcely minority barely"), 1)
)
_OPPOSITES = """rise rose risen rising rises increase increased increases increasing grow grew grown growth growing gain gained
    climbed climb up upward expand expanded raise raised boost boosted surged jumped exceed soared improve improved improving
    improves improvement/fall fell fallen falling falls decrease decreased decreases decreasing decline declined declining drop
    dropped cut cuts reduce reduced reduces reducing reduction shrank shrink lose lost down downward lower lowered slump
    plunged worsen worsened worsening worsens deteriorated |
    more greater higher above over exceeding larger bigger/less fewer lower below under smaller lesser |
    before prior earlier preceding precedes preceded/after following later afterwards follows followed since |
    first earliest/last latest |
    best better/worst worse |
    early/late |
    start started begin began begun launch launched open opened opening introduced/end ended stop stopped ceased close closed
    closing abolished scrapped |
    win won winning winner beat defeated/lose lost losing loser |
    support supported supports favour favoured endorsed backed/oppose opposed opposes resisted |
    accept accepted agree agreed agrees approve approved approves/reject rejected refuse refused disagree disagreed declined |
    include included includes including/exclude excluded excludes excluding |
    cause caused causes causing induces induced promotes promote/prevent prevented prevents preventing inhibits inhibit
    inhibited blocks suppresses suppressed protects |
    success successful succeed succeeded/failure unsuccessful fail failed |
    positive/negative |
    possible/impossible |
    high/low |
    large big great/small tiny little |
    long/short |
    strong stronger/weak weaker |
    public/private |
    north northern/south southern |
    east eastern/west western |
    old older elder/young younger |
    male man men boy father brother husband son he his him/female woman women girl mother sister wife daughter she her |
    true/false |
    alive living/dead died |
    buy bought/sell sold |
    arrive arrived enter entered/leave left departed |
    hot hotter warm warmer warming/cold colder cool cooler cooling |
    easy easier/hard harder difficult |
    rich/poor |
    safe/dangerous unsafe |
    national/local |
    former previous/current present |
    maximum/minimum |
    import imports imported/export exports exported |
    inside within/outside beyond |
    senior/junior |
    effective/ineffective |
    same similar/different |
    major main/minor"""


def _directions() -> dict[str, frozenset[tuple[int, int]]]:
    """Each word with the (axis, sign) places it has among the opposites."""
    found: dict[str, set[tuple[int, int]]] = {}
    for axis, line in enumerate(_OPPOSITES.split("|")):
        for sign, side in zip((1, -1), line.split("/"), strict=True):
            for word in listed(side):
                found.setdefault(word, set()).add((axis, sign))
    return {word: frozenset(places) for word, places in found.items()}


DIRECTIONS = _directions()
# Stems of the words that say that an amount rose (1) or fell (-1): "rose" counts as said where a span has "increased".
AMOUNT = {stem(word): sign for word, places in DIRECTIONS.items() for axis, sign in places if axis == 0}

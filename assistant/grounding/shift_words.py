"""Words whose change changes what a sentence says. Owns: the word lists behind `shifts.py`. Does not own: the rules.

Within a class words may stand for one another; a word of one class never stands for one of another.
"""

from __future__ import annotations

from assistant.text.words import stem


def _classes(**words: str) -> dict[str, str]:
    """Word, as written, to the name of its class."""
    return {word: name for name, listed in words.items() for word in listed.split()}


# Phrases folded into one word before anything is read, so that their parts are not taken alone.
PHRASES = {
    "at least": "atleast", "no less than": "atleast", "no fewer than": "atleast", "not less than": "atleast", "a minimum of": "atleast", "minimum of": "atleast",
    "at most": "upto", "no longer than": "upto", "not longer than": "upto", "no later than": "by", "up to": "upto", "no more than": "upto", "not more than": "upto", "a maximum of": "upto", "maximum of": "upto", "or less": "orless",
    "or more": "ormore", "or fewer": "orless", "at the most": "upto", "at the earliest": "earliest", "no more": "nomore", "more than": "over", "greater than": "over", "in excess of": "over",
    "less than": "under", "fewer than": "under", "as many as": "upto", "as much as": "upto", "close to": "nearly", "just over": "over", "just under": "under",
    "as well as": "aswellas", "so far": "sofar", "so as": "soas", "rather than": "instead", "more or less": "about", "most of the": "most", "in order to": "inorderto", "ended up": "was", "end up": "be", "ends up": "is", "up with": "with", "put up with": "tolerate", 
    "as a result of": "because", "as a result": "therefore", "led to": "caused", "leads to": "causes", "lead to": "cause", "leading to": "causing",
    "resulted in": "caused", "results in": "causes", "resulting in": "causing", "due to": "because", "thanks to": "because", "owing to": "because", "set off": "caused",
    "brought about": "caused", "gave rise to": "caused",  "was to": "wouldbe", "were to": "wouldbe", "is to": "willbe", "are to": "willbe",
    "at all": "", "not only": "", "not just": "", "not merely": "", "on the whole": "mostly", "all that": "", "all with": "with", "every year": "each year", "every month": "each month", "every day": "each day", "100 percent": "all 100 percent", "100 per cent": "all 100 percent", "above all else": "mostly", "within a year": "under a year", "manage to": "managedto", "managed to": "managedto", "manages to": "managedto", "the only": "theonly", "the first": "thefirst", "its first": "thefirst", "their first": "thefirst", "a first": "thefirst", "the most": "themost", "the best": "thebest", "the last": "thelast", "the sole": "theonly", "had to": "mustdo", "have to": "mustdo", "has to": "mustdo", "not necessarily": "maybe",  "above all": "mostly", "all round": "allround", "in all": "inall", "such as": "suchas", "so that": "sothat", "per cent": "percent",
    "percentage points": "points", "after all": "", "a few": "few", "a little": "", "hardly any": "few", "almost no": "few", "a lot of": "many", "lots of": "many",
    "a majority of": "most", "the majority of": "most", "a number of": "several", "some of": "some", "none of": "none", "all of": "all", "half of": "half",
    "two thirds": "twothirds", "over time": "overtime", "over the": "overthe", "over a": "overthe", "over two": "overthe", "over three": "overthe", "over five": "overthe",
    "over six": "overthe", "over ten": "overthe", "the more": "themore", "no longer": "nolonger", "better off": "betteroff", "worse off": "worseoff", "more and more": "increasingly",
    "set up": "setup", "carried out": "made", "first of all": "", "at first": "initially", "the best start": "thestart", "best practice": "goodpractice",
}  # fmt: skip

# Direction and comparison: a word is matched by one of its own class only.
DIRECTION = _classes(
    up="rose rise rises risen rising increase increased increases increasing grow grew grown grows growing growth climb climbed gain gained gains upward raise raised raises raising more "
    "higher larger bigger greater stronger expand expanded boost boosted surge surged soar soared double doubled treble tripled extend extended widen widened longer improve improved "
    "improves improving improvement improvements exceed exceeded exceeds strengthen strengthened strengthens faster quicker quicken accelerate accelerated deeper betteroff better heighten multiply multiplied add added adds above reinforce reinforced upgrade upgraded upgrading",
    down="fell fall falls fallen falling decrease decreased decreases decreasing drop dropped drops dropping decline declined declines shrink shrank shrunk down downward compressed undermine undermined below reduce reduced reduces "
    "reducing reduction cut cuts cutting less fewer lower lowered smaller weaker slower halve halved dwindle lose lost loses loss shorten shorter narrow narrowed worsen worsened worse "
    "weaken weakened weakens cheaper slow slowed ease eased lessen lessened diminish diminished worseoff plunge plunged tumble tumbled slump slumped contract contracted slash slashed minus",
)
TIME = _classes(before="before earlier prior previously ahead until pre", after="after afterwards later following since then subsequent subsequently post")
EARLY = _classes(early="early beforehand", late="late delayed overdue")

# How much. What is weaker than "half" may always be said, so it is not listed.
QUANTITY = _classes(
    none="none nobody zero", half="half halved", many="many numerous plenty frequently widely widespread",
    most="most mostly majority mainly largely chiefly usually predominantly generally primarily main",
    all="all every whole wholly entire entirely always everybody everyone everywhere everything completely totally fully universally invariably constantly",
)  # fmt: skip
# How near a figure is.
BOUND = _classes(
    least="atleast over above minimum exceeding ormore passing", most="upto maximum under below orless within", near="about around roughly some approximately nearly almost circa perhaps approx estimated",
    exact="exactly precisely exact precise",
)  # fmt: skip

# Words that rank or single out; and, under the same names, those in a source that allow them.
RANK = _classes(
    first="thefirst pioneering pioneer", last="thelast", best="thebest best finest ideal optimal perfect outstanding exemplary", worst="worst poorest",
    only="theonly sole unique uniquely exclusive exclusively", record="record unprecedented highest largest biggest greatest", least="lowest smallest fewest",
    main="themost foremost", second="second", third="third", fastest="fastest quickest", slowest="slowest",
)  # fmt: skip
RANK_ALLOWED = RANK | _classes(
    first="first initial initially start began begun launched", last="last final finally end", only="only solely", main="main chief principal leading mostly",
)  # fmt: skip

# What makes a claim surer, or stronger, than its source.
CERTAIN = frozenset(
    """prove proved proven proves proving proof confirm confirmed confirms demonstrate demonstrated demonstrates establish established certain certainly definitely undoubtedly clearly
    obviously inevitably guarantee guaranteed guarantees always never exactly precisely known undeniable undeniably conclusive conclusively unquestionably surely absolutely
    indisputable irrefutable must forced compelled compels requires required mandated ensure ensured ensures achieved accomplished managedto succeeds succeeded successful
    successfully eliminated eradicated transformed adopted banned abandoned scrapped approved rejected won stays remains as_ever""".split()
)  # fmt: skip
SURE_TOGETHER = (
    frozenset(stem(w) for w in "must need needs mustdo make made makes require required requires oblige obliged mandatory compulsory shall".split()),
    frozenset(stem(w) for w in "prove proved proves proof show shows shown showed demonstrate demonstrated demonstrates confirm confirmed establish established".split()),
    frozenset(stem(w) for w in "reject rejected refuse refused".split()),
    frozenset(stem(w) for w in "adopt adopted adopts take took taken accept accepted".split()),
    frozenset(stem(w) for w in "abandon abandoned scrap scrapped drop dropped end ended".split()),
    frozenset(stem(w) for w in "ensure ensured ensures ensuring guarantee".split()),
    frozenset(stem(w) for w in "achieve achieved achieves reach reached reaches meet met attain result results outcome outcomes succeed success successful".split()),
)  # fmt: skip
# What makes a claim less sure: intention, advice, possibility, estimate. Anything of the one list may stand for anything of it.
TENTATIVE = frozenset(
    stem(w)
    for w in """may might could would should can shall ought wouldbe willbe will plan plans planned planning aim aims aimed aiming intend intends intended intention expect expected expects expectation
    propose proposed proposes proposal promise promised promises pledge pledged seek seeks sought want wants wanted maybe hope hopes hoped suggest suggests suggested suspect suspected advise advised
    advises recommend recommended recommends consider considers considered estimate estimated estimates project projected projection predict predicted forecast likely possibly perhaps probably
    apparently reportedly allegedly goal goals target targets milestone ambition ambitions mission wish wished if whether try tries tried attempt attempted attempting commit committed
    commitment ask asks asked invite invited argue argues argued claim claims claimed contend believe believes believed think thinks thought view views warn warns warned draft potential potentially
    risk risks risky must need needs worth difficult possible appear appears appeared seem seems seemed call calls called set agreed agree said says say told according account reported reports reckon doubt""".split()
)  # fmt: skip
STRICT_TENTATIVE = frozenset(
    stem(w)
    for w in """may might could would should can ought wouldbe plan plans planned aim aims aimed intend intends intended expect expected expects propose proposed promise promised pledge pledged seek seeks
    sought want wants wanted hope hoped suggest suggests suggested suspect suspected advise advised recommend recommended consider estimate estimated estimates projected predicted forecast likely perhaps""".split()
)  # fmt: skip

CAUSE = frozenset(
    stem(w)
    for w in """because cause caused causes causing therefore thus hence consequently thereby drive drove driven drives trigger triggered blame blames blamed reason reasons so since explain explains
    explained enable enabled enables let lets""".split()
)  # fmt: skip
HARD_CAUSE = frozenset(stem(w) for w in "because cause caused causes causing therefore thus hence consequently thereby trigger triggered due".split())

# Opposites: one side in the claim and the other in the source, and neither in both, is a contradiction.
_OPPOSED = tuple(
    (tuple(a.split()), tuple(b.split())) for a, b in (pair.split("/") for pair in (
        "success successful succeed succeeded succeeds/failure fail failed fails failing unsuccessful", "voluntary voluntarily optional/obliged compulsory mandatory obligatory forced required",
        "public/private", "temporary shortlived/permanent", "local locally/national nationally central global", "supporter supporters backer backers advocates supportive/critic critics sceptic sceptics doubter doubters opponents detractors",
        "independent independently/government dependent internal own", "narrow narrowly/broad broadly wide", "nonprofit charitable/profit commercial forprofit", "strong stronger strongly/weak weaker weakly", "strengthen strengthens strengthened strengthening/weaken weakens weakened undermine undermined",
        "quick quickly fast rapid rapidly/slow slowly gradual", "clear clearly/unclear vague ambiguous", "realistic/unrealistic", "inside within internal/outside external beyond", "cost costs costing spend spent spending/save saved saves saving savings",
        "limit limits limited limiting restrict restricted/extend extends extended widen expand unlimited", "with/without", "open openly transparent/secret secretly closed hidden", "accept accepted accepts acceptable/reject rejected refuse refused unacceptable", "allow allowed allows permit permitted/ban banned forbid forbidden prohibit prohibited prevent prevented",
        "launch launched launches start started begin began begun open opened opens/close closed closes closing end ended stop stopped scrap scrapped abandon abandoned finish finished", "risk risks danger harm harms harmed/benefit benefits advantage opportunity safe", "small little minor tiny/large big great huge major substantial", "poor bad badly/excellent good great rich well", "useful helpful valuable/useless unhelpful worthless harmful",
        "sensible wise reasonable/foolish absurd unwise silly", "best/worst", "first thefirst/last thelast", "soon early/late later", "long/short brief", "support supports supported back backed favour favoured/oppose opposes opposed resist resisted criticise criticised attack attacked", "agree agreed agrees/disagree disagreed disagrees dispute disputed", "include includes included including/exclude excludes excluded excluding omit omitted",
        "easy easily simple/hard difficult complex complicated", "cheap cheaper inexpensive/dear dearer expensive costly", "high highly/low", "same similar alike/different differ differs differently dissimilar", "true truth/false untrue myth", "effective effectively/ineffective ineffectively", "efficient efficiently/inefficient wasteful",
        "formal/informal", "direct directly/indirect indirectly", "old older/new newer", "rich richer wealthy/poor poorer deprived", "urban city cities/rural countryside", "winner winners win won gain gained/loser losers lose lost", "increase increased/decrease decreased reduce reduced", "majority most/minority few",
        "legal lawful/illegal unlawful", "positive positively/negative negatively", "optimistic optimism/pessimistic pessimism gloomy", "praise praised praises welcomed/criticise criticised blame blamed condemned", "centralise centralised centralisation/decentralise decentralised decentralisation devolve devolved", "regular regularly frequent/irregular rare rarely", "complete completed full/incomplete partial unfinished",
        "ahead early/behind late delayed", "possible feasible/impossible infeasible unfeasible", "connected linked joined/separate separated disconnected", "together jointly collective/alone separately individually", "top topdown/bottom bottomup", "input inputs/output outputs", "output outputs/outcome outcomes", "qualitative/quantitative", "theory theoretical/practice practical", "before/after",
        "remember remembered/forget forgotten", "trust trusted/distrust distrusted mistrust", "male men boys/female women girls", "adult adults/child children", "north northern/south southern", "east eastern/west western", "left/right", "import imports imported/export exports exported", "supply supplied supplier/demand demanded", "employer employers/employee employees worker", "buy buys bought purchase/sell sells sold",
        "borrow borrowed/lend lent", "teach teaches taught teacher/learn learns learned learnt", "question asks asked ask/answer answers answered", "problem problems/solution solutions", "oppose against/favour for_it", "adequate sufficient enough/inadequate insufficient", "necessary needed essential/unnecessary needless", "visible/invisible hidden", "active actively/passive passively", "domestic home/foreign overseas abroad",
    ))
)  # fmt: skip
OPPOSITES = tuple((frozenset(a), frozenset(b)) for a, b in _OPPOSED)
OPPOSED_WORDS = frozenset(word for pair in _OPPOSED for side in pair for word in side)
# What is counted or measured: in the place of another of these, it changes the claim.
COUNTED = frozenset(
    """people persons homes households houses schools children pupils cities countries councils regions firms companies members organisations interviews trials projects missions jobs
    seconds minutes hours days weeks months years decades million billion thousand percent points pounds euros dollars kilometres miles tonnes""".split()
)
MEASURES = frozenset("percent million billion thousand points pounds euros dollars m bn over about around nearly almost some".split())
